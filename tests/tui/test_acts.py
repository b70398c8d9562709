"""Changing the library while another program writes to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from time import monotonic

import pytest

from annotations.errors import LibraryFullError
from annotations.library.library import Library
from tests.tui.conftest import Open
from tui.acts import WaitingLine
from tui.jobs import Progress
from tui.screens.confirm import Confirm
from tui.screens.note_editor import NoteEditor


@pytest.fixture
def other(library: Library) -> Iterator[sqlite3.Connection]:
    """Another program, which holds the lock of the library."""
    with closing(sqlite3.connect(library.path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


async def test_changes_wait_in_their_order_while_the_keys_go_on(
    reader: Open, other: sqlite3.Connection
) -> None:
    async with reader("Chinese envoy") as screen:
        first, begun = screen.reader.target, monotonic()
        await screen.press("m", ")", "m", "u")
        # SQLite by itself would have waited for five seconds each of three times.
        assert monotonic() - begun < 12
        assert screen.highlights == []
        assert screen.reader.acts.waiting == 3
        assert screen.reader.page.caret > 0
        await screen.until(lambda: bool(screen.reader.foot.query(WaitingLine)))
        other.execute("ROLLBACK")
        await screen.until(lambda: not screen.reader.acts.waiting)
        await screen.settle()
        [highlight] = screen.highlights
        assert highlight.span == first
        assert screen.notices[-1].startswith("Took back: highlighted")
        assert not screen.reader.foot.query(WaitingLine)


async def test_what_waits_can_be_given_up(reader: Open, other: sqlite3.Connection) -> None:
    async with reader("Chinese envoy") as screen:
        await screen.press("m", "q")
        assert isinstance(screen.screen, Confirm)
        await screen.press("escape", "escape")
        assert screen.notices == ["Gave up 1 change: nothing was changed"]
        other.execute("ROLLBACK")
        await screen.press("m")
        assert len(screen.highlights) == 1


async def test_a_note_that_cannot_be_saved_is_there_to_be_saved_again(
    reader: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise LibraryFullError("no room to write")

    async with reader("Chinese envoy") as screen:
        with monkeypatch.context() as patch:
            patch.setattr(type(screen.library.highlights), "add", full)
            await screen.press("c")
            await screen.write("kept")
            await screen.press("ctrl+s")
            assert isinstance(screen.screen, NoteEditor)
            assert screen.notices == ["No room to write"]
        await screen.press("ctrl+s")
        assert [highlight.note for highlight in screen.highlights] == ["kept"]


def test_work_makes_room_for_what_the_screen_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.jobs._ROOM_SECONDS", 1_000.0)
    progress = Progress()
    progress.make_room()
    progress.go_on()
    # Otherwise it would wait until the test is stopped.
    assert progress.report_unlocked(1)
