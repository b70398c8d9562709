"""The parts of the screen that need none: ranking, short lines, dates, the clipboard, shelves."""

from __future__ import annotations

from collections.abc import Sequence

import pyperclip
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.exchange.formats import FORMATS
from annotations.library import narrowing
from annotations.library.library import Library
from annotations.model import ImportedDocument, Metadata, Passage
from annotations.text.graphemes import width
from tui import catalogue as catalogues
from tui.catalogue import Catalogue
from tui.clipboard import OSC_52_BYTES, copy
from tui.fuzzy import TagIndex
from tui.screens.format_cards import FormatCards
from tui.shelf import Shelf
from tui.widgets.document_cards import readable_date
from tui.widgets.lines import (
    ELLIPSIS,
    clip,
    column,
    one_line,
    quoted,
    rows_needed,
    sentence,
    tail,
    titled,
    wrap,
)

PATHS = (
    "risk",
    "risk/tiers",
    "risk/misuse",
    "governance/oversight",
    "data/privacy",
    "actor/state",
    "cooperation/peacekeeping",
)


def index(paths: Sequence[str] = PATHS, described: Sequence[str] = ()) -> TagIndex:
    return TagIndex(
        [*paths, *described], [""] * len(paths) + ["about risky things"] * len(described)
    )


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("risk", "risk"),
        ("tiers", "risk/tiers"),
        ("RISK mis", "risk/misuse"),
        ("over", "governance/oversight"),
        ("st", "actor/state"),
        ("priv", "data/privacy"),
    ],
)
def test_the_best_tag_is_first(query: str, best: str) -> None:
    assert index().rank(query).close[0] == best


def test_scattered_letters_and_descriptions_come_after() -> None:
    ranking = index(described=["other"]).rank("risky")
    assert ranking.close == []
    assert ranking.loose == ["other"]
    assert index().rank("gvn").loose == ["governance/oversight"]
    assert index(described=["r/sky"]).rank("risk sky").loose == ["r/sky"]


def test_a_start_goes_before_the_inside_and_a_short_path_before_a_long_one() -> None:
    paths = ["a/xrisk", "b/risky", "risk/long", "risk", "some risk"]
    assert index(paths).rank("risk").close == [
        "risk",
        "risk/long",
        "b/risky",
        "some risk",
        "a/xrisk",
    ]


def test_without_words_the_order_is_that_of_the_tags() -> None:
    assert index().rank("  ").close == list(PATHS)


def test_no_more_than_the_limit() -> None:
    many = index([f"a/{number}" for number in range(1000)])
    assert len(many.rank("a", limit=20).close) == 20


def test_exact_paths_are_found_in_any_case() -> None:
    assert index().exact(" Risk/TIERS ") == "risk/tiers"
    assert index().exact("risk/") is None


@given(st.text(max_size=60), st.integers(0, 30))
def test_a_clipped_line_fits(text: str, cells: int) -> None:
    assert width(clip(one_line(text), cells)) <= max(cells, 0) + (cells == 0)


@given(st.text(max_size=60), st.integers(0, 30))
def test_the_end_of_a_line_fits_and_splits_no_letter(text: str, cells: int) -> None:
    end = tail(text, cells)
    assert text.endswith(end)
    assert width(end) <= cells
    assert tail("de\u0301\u0323a", 1) == "a"
    assert tail("de\u0301\u0323a", 2) == "e\u0301\u0323a"


@given(st.text(max_size=200), st.integers(3, 30), st.integers(1, 4))
def test_wrapped_lines_fit_and_no_more_rows_than_said(text: str, cells: int, limit: int) -> None:
    lines = wrap(one_line(text), cells, limit)
    assert 1 <= len(lines) <= limit
    assert all(width(line) <= cells for line in lines)
    assert len(lines) <= rows_needed(text, cells, limit)


def test_a_line_ends_where_its_script_allows() -> None:
    assert wrap("> 変数は標準で不変になります。 OK", 12, 4) == [
        "> 変数は標準",
        "で不変になり",
        "ます。 OK",
    ]
    assert wrap("déjà vu in Rio", 10, 3) == ["déjà vu in", "Rio"]


@given(st.text(max_size=80))
def test_a_line_holds_nothing_that_a_terminal_would_obey(text: str) -> None:
    assert not any(
        ord(character) < 32 or 127 <= ord(character) < 160 for character in one_line(text)
    )


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2023-10-30", "30 Oct 2023"),
        ("2023-10", "Oct 2023"),
        ("2023", "2023"),
        ("", ""),
        ("spring 1999", "spring 1999"),
        ("2023-13-01", "2023-13-01"),
        ("1-2-3-4", "1-2-3-4"),
    ],
)
def test_dates_are_readable(published: str, shown: str) -> None:
    assert readable_date(published) == shown


def test_the_filter_looks_at_title_author_publisher_and_date(library: Library) -> None:
    catalogue = Catalogue(library)
    assert [each.title for each in catalogue] == sorted(each.title for each in catalogue)
    assert [each.title[:9] for each in catalogue.filtered(["AI", "2023-10"])] == ["Global AI"]
    assert len(catalogue.filtered(["united", "nations"])) == 2
    assert list(catalogue.filtered(["ai", "1999"])) == []
    assert list(catalogue.filtered(["%"])) == []
    assert [catalogue.index_of(each) for each in catalogue] == list(range(len(catalogue)))


def test_a_catalogue_is_read_in_windows(library: Library) -> None:
    imports = (
        ImportedDocument([Passage(0, f"Text {number}")], Metadata(title=f"Ünder {number:03}"))
        for number in range(150)
    )
    list(library.documents.add_all(imports))
    catalogue = Catalogue(library)
    assert len(catalogue) == len(library.sections.list())
    assert {each.id for each in catalogue} == {each.id for each in library.documents.list()}
    assert len(catalogue.filtered(["ÜNDER"])) == 150
    assert catalogue.filtered(["ünder", "149"])[0].title == "Ünder 149"


def test_over_ssh_the_terminal_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "1 2 3 4")
    sent: list[str] = []
    copied = copy("a quote", sent.append)
    assert sent == ["a quote"]
    assert "OSC 52" in copied.way


def test_a_native_tool_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"):
        monkeypatch.delenv(name, raising=False)
    taken: list[str] = []
    monkeypatch.setattr(pyperclip, "copy", taken.append)
    sent: list[str] = []
    assert copy("a quote", sent.append).way == "the clipboard"
    assert (taken, sent) == (["a quote"], [])


def test_what_the_terminal_cannot_take_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    sent: list[str] = []
    text = "é" * OSC_52_BYTES
    copied = copy(text, sent.append)
    assert copied.left_out == len(text) - len(sent[0]) > 0
    assert len(sent[0].encode("utf-8")) <= OSC_52_BYTES


def test_a_shelf_is_the_list_read_in_windows(library: Library) -> None:
    document = library.documents.find("Chinese envoy")
    for start in range(0, 2500, 10):
        library.highlights.add(document.id, start, start + 25 + start % 3)
    shelf = Shelf(library.highlights, document.id)
    listed = sorted(
        library.highlights.list(document=document.id), key=lambda each: (each.start, each.end)
    )
    assert list(shelf) == listed
    assert shelf[-250:][0] == listed[0]
    assert [shelf.index_of(each) for each in listed[::40]] == list(range(0, 250, 40))
    assert shelf.up_to(100) == sum(each.start <= 100 for each in listed)
    assert shelf.before(100) == sum(each.start < 100 for each in listed)
    library.highlights.remove([listed[3].id])
    assert Shelf(library.highlights, document.id)[3] == listed[4]


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("there is a tag a already", "There is a tag a already"),
        ("report.txt is no text", "report.txt is no text"),
        ("“a” is no date", "“a” is no date"),
        ("", ""),
    ],
)
def test_what_the_core_says_stands_alone_as_a_sentence(message: str, line: str) -> None:
    assert sentence(message) == line


def test_what_begins_with_a_quotation_mark_gets_no_other() -> None:
    assert quoted("plain") == "“plain”"
    assert quoted('"We need') == '"We need'


def test_a_column_is_as_wide_as_it_is_whatever_is_in_it() -> None:
    for text in ("ada", "人工智能治理", "人工智能治理全球倡议", ""):
        assert width(column(text, 11)) == 11


def test_formats_are_told_whole_where_the_screen_is_narrow() -> None:
    cards = FormatCards()
    cards.show_formats(FORMATS.values())
    for item in cards.items:
        for line in cards.card(item, 71):
            assert ELLIPSIS not in "".join(text for text, _ in line)


def test_what_words_filter_is_listed_as_far_as_it_is_wanted(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    imports = (
        ImportedDocument([Passage(0, f"Text {number}")], Metadata(title=f"Über {number:03}"))
        for number in range(60)
    )
    list(library.documents.add_all(imports))
    monkeypatch.setattr(narrowing, "FEW", 10)
    monkeypatch.setattr(catalogues, "_AHEAD", 40)
    found = Catalogue(library).filtered(["über"])
    assert (len(found), found[19].title, found.is_whole) == (20, "Über 019", False)
    found.extend(found.look_ahead())
    assert (len(found), found[39].title, found.is_whole) == (40, "Über 039", False)
    assert len(list(found.ids())) == 60
    assert found.is_whole
    last = found[59]
    again = Catalogue(library).filtered(["über"])
    assert again.index_of(last) == 59
    assert again.filtered(["bet"]).is_whole


def test_a_title_takes_no_more_of_a_sentence_than_it_has_room_for() -> None:
    assert titled("A\nletter") == "“A letter”"
    assert width(titled("长" * 1_000)) <= 50
    assert titled("“Data” and after") == "“Data” and after"
