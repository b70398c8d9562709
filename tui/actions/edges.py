"""Growing and shrinking a selection, and moving the edges of a highlight."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from annotations.model import Span, Status
from tui.page import motion

if TYPE_CHECKING:
    from tui.screens.reader import Reader


def grow_word(reader: Reader) -> None:
    """Take in the next word."""
    _end_at(reader, lambda span: motion.word_end(reader.page.flow, span.end))


def grow_sentence(reader: Reader) -> None:
    """Take in the next sentence."""
    flow = reader.page.flow

    def end(span: Span) -> int:
        here = motion.sentence_at(flow, span.end - 1)
        if here is not None and here.end > span.end:
            return here.end
        following = motion.sentence_at(flow, motion.sentence(flow, span.end - 1, True))
        return following.end if following else span.end

    _end_at(reader, end)


def shrink_word(reader: Reader) -> None:
    """Leave out the last word."""
    flow = reader.page.flow

    def end(span: Span) -> int:
        before = motion.word_at(flow, motion.word(flow, motion.word(flow, span.end, False), False))
        return before.end if before else span.end

    _end_at(reader, end)


def shrink_sentence(reader: Reader) -> None:
    """Leave out the last sentence, or the part of one."""
    flow = reader.page.flow

    def end(span: Span) -> int:
        last = motion.sentence_at(flow, span.end - 1)
        if last is None:
            return span.end
        before = motion.sentence_at(flow, motion.sentence(flow, last.start, False))
        return before.end if before else span.end

    _end_at(reader, end)


def _end_at(reader: Reader, find: Callable[[Span], int]) -> None:
    """Let the selection end elsewhere, if something is left of it; without one, take the word."""
    page = reader.page
    span = page.selection
    if span is None:
        page.select_word()
        return
    end = find(span)
    if end > span.start:
        page.select(Span(span.start, end))


def adjust(reader: Reader) -> None:
    """Let the edges of the highlight follow the caret: first its end, then, again, its start."""
    page = reader.page
    if reader.adjusting is not None:
        page.swap_ends()
        return
    wanted = reader.spot
    if wanted is not None and wanted.status is Status.LOST:
        reader.say(f"It has no place in this text; {reader.key('review')} gives it one")
    elif wanted is not None:
        page.select(wanted.span)
        reader.adjusting = wanted
        reader.refresh_lines()


def keep(reader: Reader) -> None:
    """Give the highlight the edges that are shown."""
    wanted, span = reader.adjusting, reader.page.selection
    if wanted is None or span is None:
        return
    reader.adjusting = None
    reader.page.drop_selection()
    reader.page.go_to(span.end - 1)
    move = partial(reader.desk.library.highlights.move, wanted.id, span.start, span.end)
    reader.act(partial(move, revision=reader.desk.revision))


def split(reader: Reader) -> None:
    """Cut the highlight in two at the caret."""
    wanted = reader.spot
    if wanted is not None:
        split_at = partial(reader.desk.library.highlights.split, wanted.id, reader.page.caret)
        reader.act(
            partial(split_at, revision=reader.desk.revision),
            f"Split the highlight; {reader.key('undo')} joins it again",
        )


def join(reader: Reader) -> None:
    """Join the highlights that the selection touches, or this one and the next."""
    desk = reader.desk
    selection = reader.page.selection
    if selection is not None:
        parts = [each.id for each in desk.touching(selection.start, selection.end)]
    else:
        here = reader.spot
        following = desk.highlights.following(here.start) if here else None
        parts = [each.id for each in (here, following) if each is not None]
    if len(parts) < 2:
        reader.say("There is no other highlight to join with")
        return
    reader.page.drop_selection()
    reader.act(
        lambda: desk.library.highlights.join(parts),
        f"Joined {len(parts)} highlights; {reader.key('undo')} parts them again",
    )
