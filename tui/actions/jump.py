"""Going to a place on the screen by typing its label."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING

from annotations.model import Span
from tui.page.labels import assigned, visible_sentences, visible_words

if TYPE_CHECKING:
    from tui.screens.reader import Reader


def sentence(reader: Reader) -> Awaitable[None] | None:
    """Select a sentence by its label."""
    return _jump(reader, visible_sentences(reader.page.flow, reader.page.visible_span))


def word(reader: Reader) -> Awaitable[None] | None:
    """Select a word by its label."""
    return _jump(reader, visible_words(reader.page.flow, reader.page.visible_span))


def _jump(reader: Reader, spans: Sequence[Span]) -> Awaitable[None] | None:
    from tui.screens.jump import Jump

    if not spans:
        return None
    page = reader.page
    top = page.visible_span.start
    named = assigned(spans)
    page.show_labels({label: max(span.start, top) for label, span in named.items()})

    def take(span: Span | None, extends: bool) -> None:
        page.show_labels({})
        if span is None:
            return
        if extends:
            begun = page.selection or Span(page.caret, page.caret)
            span = Span(min(begun.start, span.start), max(begun.end, span.end))
        page.select(span)

    return reader.visit(Jump(named, take))
