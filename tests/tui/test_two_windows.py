"""Two windows on one library: who is written over hears of it."""

from __future__ import annotations

from annotations.library.library import Library
from tests.tui.conftest import Open


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
