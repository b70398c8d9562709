"""Two windows on one library: who is written over hears of it."""

from __future__ import annotations

import sys
from contextlib import suppress

import pytest

from annotations.errors import NotFoundError
from annotations.library.library import Library
from annotations.library.tags import Tags
from tests.tui.conftest import Open
from tui.screens.codebook import CodebookScreen


async def test_the_later_edit_wins_field_by_field_and_the_earlier_is_told(
    reader: Open, library: Library
) -> None:
    document = library.documents.find("Chinese envoy").id
    made = library.highlights.add(document, 300, 360, note="first").id
    async with reader() as screen:
        await screen.press("]", "c")
        await screen.write(" mine")
        await screen.press("ctrl+s", "C", "down", "enter")
        colour = library.highlights.get(made).colour
        assert colour
        with Library(library.path, "bob") as bob:
            bob.highlights.note(made, "bob's")
        screen.reader.watcher._last_key = 0.0
        screen.reader.watcher._look()
        await screen.settle()
        highlight = library.highlights.get(made)
        assert (highlight.note, highlight.colour) == ("bob's", colour)
        told = [notice for notice in screen.notices if notice.startswith("bob wrote a note")]
        assert len(told) == 1
        assert "after you did" in told[0]
        with Library(library.path, "bob") as bob:
            bob.highlights.star([made])
        screen.reader.watcher._look()
        assert len([each for each in screen.notices if each.startswith("bob")]) == 1


async def test_a_tag_that_another_window_renames_is_left_out_of_the_count(
    reader: Open, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    used_in = Tags.used_in

    def rename_meanwhile(tags: Tags, document: str) -> dict[str, int]:
        with Library(library.path, "bob") as bob, suppress(NotFoundError):
            bob.codebook.rename("risk", "danger")
        return used_in(tags, document)

    monkeypatch.setattr(Tags, "used_in", rename_meanwhile)
    async with reader() as screen:
        await screen.press("ctrl+t")
        assert isinstance(screen.screen, CodebookScreen)
        assert "digital" in screen.screen.cards.families
        assert "risk" not in screen.screen.cards.families


@pytest.mark.skipif(sys.platform == "win32", reason="Windows moves no open file")
async def test_a_library_that_was_moved_is_told_and_never_made_anew(
    reader: Open, library: Library
) -> None:
    async with reader() as screen:
        elsewhere = library.path.rename(library.path.with_name("elsewhere.sqlite"))
        await screen.press("m", "ctrl+t")
        assert any("moved, deleted or replaced" in notice for notice in screen.notices)
        assert not library.path.exists()
        elsewhere.rename(library.path)
        assert not screen.highlights
