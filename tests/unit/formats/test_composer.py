"""Text in the making."""

from __future__ import annotations

from annotations.formats.composer import Composer
from annotations.formats.passages import Piece
from annotations.model import BlockKind, Mark, MarkKind


def test_a_mark_over_several_blocks_is_cut_at_their_edges() -> None:
    composer = Composer()
    composer.open_mark(MarkKind.STRONG)
    composer.begin(BlockKind.PARAGRAPH)
    composer.write("One ")
    composer.begin(BlockKind.PARAGRAPH)
    composer.write(" Two")
    composer.close_mark()
    composer.write(" three")
    assert composer.finish() == [
        Piece("One", marks=(Mark(0, 3, MarkKind.STRONG),)),
        Piece("Two three", marks=(Mark(0, 3, MarkKind.STRONG),)),
    ]


def test_white_space_is_collapsed_across_marks() -> None:
    composer = Composer()
    composer.write(" a \n")
    composer.open_mark(MarkKind.EMPHASIS)
    composer.write("\t b ")
    composer.close_mark()
    composer.write(" c\u00a0 d ")
    assert composer.finish() == [Piece("a b c\u00a0 d", marks=(Mark(2, 3, MarkKind.EMPHASIS),))]


def test_empty_blocks_and_marks_leave_nothing() -> None:
    composer = Composer()
    composer.begin(BlockKind.LIST_ITEM, 1, "• ")
    composer.open_mark(MarkKind.LINK, "x")
    composer.write(" \n")
    composer.close_mark()
    composer.begin(BlockKind.HEADING, 9)
    composer.write("Deep")
    assert composer.finish() == [Piece("Deep", BlockKind.HEADING, 6)]


def test_a_place_covers_its_block_from_the_next_word_on() -> None:
    composer = Composer()
    composer.write("Above. ")
    composer.anchor("here")
    composer.begin(BlockKind.PARAGRAPH)
    composer.write("Below it.")
    assert composer.finish()[1].marks == (Mark(0, 9, MarkKind.ANCHOR, "here"),)
