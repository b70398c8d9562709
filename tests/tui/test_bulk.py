"""Acts on very many highlights: aside, with their progress in sight, stopped whole."""

from __future__ import annotations

from threading import Event

import pytest

import tui.working
from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, Selector
from annotations.exchange.incoming import bring_in
from annotations.exchange.report import LossReport
from annotations.library.library import Library
from annotations.model import Metadata, Span
from tests.tui.conftest import Open
from tests.tui.driver import Driver
from tui.jobs import Progress
from tui.screens.codebook import CodebookScreen
from tui.widgets.progress_line import ProgressLine

MANY = 3000


@pytest.fixture
def many(library: Library) -> Library:
    """A library with very many highlights that bear one tag."""
    document = library.documents.find("Chinese envoy")
    text = library.documents.text(document.id)
    records: list[Record] = [DocumentRecord("d", Metadata(document.title), id=document.id)]
    for number in range(MANY):
        start = number % (document.length - 5)
        selector = Selector(Span(start, start + 5), quote=text[start : start + 5])
        records.append(HighlightRecord("d", selector, ("risk/tiers",), id=str(number)))
    bring_in(library, records, LossReport(), name="many")
    return library


def _bearers(library: Library, path: str) -> int:
    return library.codebook.get(path).count


async def _delete_the_tag(screen: Driver) -> None:
    await screen.press("ctrl+t", "/")
    await screen.write("tiers")
    await screen.press("enter", "G", "x", "enter")


async def test_a_tag_that_many_bear_is_deleted_and_brought_back(
    reader: Open, many: Library
) -> None:
    async with reader() as screen:
        await _delete_the_tag(screen)
        assert "risk/tiers" not in screen.reader.desk.tags
        assert many.check() == []
        await screen.press("u")
        assert _bearers(many, "risk/tiers") == MANY
        codebook = screen.screen
        assert isinstance(codebook, CodebookScreen)
        assert "risk/tiers" in [node.path for node in codebook.cards.items]
        # Nobody else did it.
        screen.reader.watcher._look()
        assert not any("after you" in notice for notice in screen.notices)


async def test_marked_passages_are_tagged_in_one_act(reader: Open, many: Library) -> None:
    async with reader() as screen:
        await screen.press("ctrl+f")
        await screen.write("risk/tiers")
        await screen.press("enter", "*", "t")
        await screen.write("fairness")
        await screen.press("enter")
        assert _bearers(many, "fairness") == MANY
        await screen.press("u")
        assert _bearers(many, "fairness") == 0


async def test_what_is_stopped_leaves_nothing(
    reader: Open, many: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts = len(list(many.journal.acts()))
    monkeypatch.setattr(Progress, "report", lambda self, done: done < MANY // 2)
    async with reader() as screen:
        await screen.press("ctrl+f")
        await screen.write("risk/tiers")
        await screen.press("enter", "*", "t")
        await screen.write("fairness")
        await screen.press("enter")
        assert "Stopped: Tagging" in screen.notices
        assert _bearers(many, "fairness") == 0
        assert len(list(many.journal.acts())) == acts
        assert many.check() == []


async def test_progress_is_shown_where_the_act_was_begun_and_escape_stops_it(
    reader: Open, many: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tui.working, "SHOWN_AFTER_SECONDS", 0.01)
    held = Event()

    def wait_for_the_key(progress: Progress, done: int) -> bool:
        held.wait(10)
        return not progress.stopping

    monkeypatch.setattr(Progress, "report", wait_for_the_key)
    async with reader() as screen:
        await screen.press("ctrl+t", "/")
        await screen.write("tiers")
        await screen.press("enter", "G", "x")
        await screen.pilot.press("enter")
        await screen.until(lambda: bool(screen.screen.query(ProgressLine)))
        assert isinstance(screen.screen, CodebookScreen)
        await screen.pilot.press("escape")
        held.set()
        await screen.settle()
        assert "Stopped: Deleting risk/tiers" in screen.notices
        assert isinstance(screen.screen, CodebookScreen)
        assert not screen.screen.query(ProgressLine)
        assert _bearers(many, "risk/tiers") == MANY
        await screen.press("escape")
        assert len(screen.app.screen_stack) == 1
