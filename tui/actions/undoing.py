"""Taking back, and doing again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotations.model import Act
from tui.widgets.lines import clip, one_line, quoted

if TYPE_CHECKING:
    from tui.screens.reader import Reader


def undo(reader: Reader) -> None:
    """Take back the last act of this coder, or what waits for the open file first."""
    desk = reader.desk
    if desk.file is not None and desk.waiting:
        latest = desk.waiting[-1]
        said = quoted(clip(one_line(latest.quote), 56))
        reader.act(
            lambda: desk.library.waiting.forget([latest.number]), f"Took back: highlighted {said}"
        )
        return
    act = desk.library.journal.next_undo()
    reader.acts.do_many(
        "Taking back",
        act.changes if act else 0,
        lambda library: library.journal.undo(),
        partial(_say_act, reader, "Took back"),
    )


def redo(reader: Reader) -> None:
    """Do again what was taken back."""
    act = reader.desk.library.journal.next_redo()
    reader.acts.do_many(
        "Doing again",
        act.changes if act else 0,
        lambda library: library.journal.redo(),
        partial(_say_act, reader, "Did again"),
    )


def _say_act(reader: Reader, verb: str, act: Act) -> None:
    reader.say(f"{verb}: {act.summary or act.name}")
