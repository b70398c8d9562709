"""``flor passages``, ``flor edit`` and ``flor show --page``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Flor


@pytest.fixture
def annotated(flor: Flor) -> Flor:
    for arguments in (
        ("Global AI", "--quote", "agile governance", "--tag", "risk/tiers", "--note", "compare"),
        ("Global AI", "--quote", "implement agile governance, and", "--tag", "oversight"),
        ("hegemony", "--quote", "narrow the digital divide"),
    ):
        assert flor("highlight", *arguments).status == 0
    return flor


@pytest.mark.parametrize(
    ("query", "quotes"),
    [
        ("risk/*", ["agile governance"]),
        ("risk/tiers within oversight", ["agile governance"]),
        ("untagged", ["narrow the digital divide"]),
        ("not untagged", ["implement agile governance, and", "agile governance"]),
        ("note:compare or text:digital", ["narrow the digital divide", "agile governance"]),
        ("climate", []),
    ],
)
def test_queries(annotated: Flor, query: str, quotes: list[str]) -> None:
    found = json.loads(annotated("passages", query, "--json").out)
    assert [row["quote"] for row in found] == quotes
    assert annotated("passages", "--count", *query.split()).out == f"{len(quotes)}\n"
    assert all(quote in annotated("passages", query).out for quote in quotes)


def test_a_tag_that_is_not_there_is_told(annotated: Flor) -> None:
    done = annotated("passages", "rsik/tiers or oversight", "--count")
    assert (done.status, done.out) == (0, "1\n")
    assert "no tag is called “rsik/tiers”" in done.err
    assert annotated("passages", "risk/tiers or risk/*").err == ""


def test_rows_are_those_of_highlights(annotated: Flor) -> None:
    assert annotated("passages", "--json").out == annotated("highlights", "--json").out
    first = json.loads(annotated("passages", "--json", "--limit", "1").out)
    assert [row["quote"] for row in first] == ["narrow the digital divide"]


def test_a_wrong_query_points_at_the_wrong_character(flor: Flor) -> None:
    done = flor("passages", "risk/tiers and (climate")
    assert (done.status, done.out) == (1, "")
    message, query, pointer = done.err.splitlines()
    assert message.startswith("flor: ")
    assert query[pointer.index("^")] == "("


def test_fields_of_a_document_are_set(flor: Flor) -> None:
    done = flor("edit", "hegemony", "--author", "Xinhua staff", "--published", "2021-05", "--json")
    edited = json.loads(done.out)
    assert (edited["author"], edited["published"]) == ("Xinhua staff", "2021-05")
    assert flor("edit", "hegemony", "--title", "").status == 1
    assert flor("edit", "hegemony").status == 2
    flor("undo")
    (document,) = (
        each for each in json.loads(flor("documents", "--json").out) if each["id"] == edited["id"]
    )
    assert (document["author"], document["published"]) == ("", "2021-05-18")


def test_the_page_is_wrapped_as_on_the_screen(annotated: Flor) -> None:
    page = annotated("show", "Global AI", "--page", "--width", "40").out
    assert max(map(len, page.splitlines())) <= 40
    # The paragraph that a page break cut in two flows on as one.
    assert "We also oppose creating" in " ".join(page.split())
    assert "\x1b" not in page
    assert annotated("show", "Global AI", "--width", "40").status == 2


def test_right_to_left_text_is_turned_where_one_asks(flor: Flor, tmp_path: Path) -> None:
    path = tmp_path / "hebrew.txt"
    path.write_text("\u05d0\u05d1\u05d2 abc", encoding="utf-8")
    flor("add", str(path))

    def page(*options: str) -> str:
        return str(flor("show", "hebrew", "--page", "--width", "20", *options).out).strip()

    assert page() == "\u05d0\u05d1\u05d2 abc"
    assert page("--visual-order") == "abc \u05d2\u05d1\u05d0"
    flor("edit", "hebrew", "--visual-order")
    assert page() == "abc \u05d2\u05d1\u05d0"
    assert page("--logical-order") == "\u05d0\u05d1\u05d2 abc"
    assert flor("show", "hebrew", "--visual-order").status == 2


@pytest.mark.parametrize(
    ("theme", "colours", "painted"),
    [
        ("dark", "truecolor", "38;2;255;255;255;48;2;107;89;0"),
        ("light", "truecolor", "38;2;0;0;0;48;2;255;242;168"),
        ("ansi", "truecolor", "30;43"),
        ("dark", "", "30;43"),
    ],
)
def test_a_highlight_is_coloured_as_the_terminal_and_the_theme_have_it(
    flor: Flor,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    theme: str,
    colours: str,
    painted: str,
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'theme = "{theme}"')
    monkeypatch.setenv("FLORILEGIUM_CONFIG", str(config))
    monkeypatch.setenv("COLORTERM", colours)
    monkeypatch.setattr("tui.cli.output.has_colours", lambda: True)
    flor("highlight", "Global AI", "--quote", "Global AI Governance Initiative")
    assert f"{painted}m" in flor("show", "Global AI", "--page").out
