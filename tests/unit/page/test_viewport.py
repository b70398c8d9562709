"""Which rows are in the window."""

from __future__ import annotations

import pytest

from annotations.text.blocks import plain_blocks
from tui.page.flow import Flow
from tui.page.source import text_source
from tui.page.viewport import Align, Viewport


@pytest.mark.parametrize(
    ("text", "blank"),
    [("", True), ("\n" * 50, True), (" \t\n\n \n", True), ("\n\na\n", False), ("\x00", False)],
)
def test_a_text_of_nothing_but_blanks_has_nothing_to_be_read(text: str, blank: bool) -> None:
    viewport = Viewport(Flow(text_source(text, plain_blocks(text, opening=True)), 72), 20)
    assert viewport.is_blank == blank


def test_what_goes_on_below_the_window_is_no_blank_text() -> None:
    text = "\n\n".join(["word"] * 50)
    viewport = Viewport(Flow(text_source(text, plain_blocks(text, opening=True)), 72), 1)
    viewport.scroll(1)
    assert not viewport.is_blank


def test_what_is_gone_to_is_in_the_middle_unless_it_was_seen() -> None:
    text = " ".join(str(number) for number in range(500))
    flow = Flow(text_source(text, plain_blocks(text, opening=True)), 40)
    viewport = Viewport(flow, 5)
    below = flow.step(viewport.rows[0], 9)
    viewport.bring(below, Align.IN_CONTEXT)
    assert viewport.rows[2] == below
    seen = viewport.rows
    viewport.bring(seen[4], Align.IN_CONTEXT)
    assert viewport.rows == seen


def test_another_width_keeps_the_first_character_and_the_same_shape_its_rows() -> None:
    text = " ".join(str(number) for number in range(500))
    source = text_source(text, plain_blocks(text, opening=True))
    flow = Flow(source, 40)
    viewport = Viewport(flow, 5)
    viewport.scroll(10)
    rows, first = viewport.rows, viewport.visible.start
    viewport.reshape(flow, 5)
    assert viewport.rows == rows
    viewport.reshape(Flow(source, 30), 5)
    assert viewport.visible.start <= first < viewport.spans[0][1]
    viewport.reshape(Flow(source, 30), 8)
    assert len(viewport.rows) == 8
