"""Giving imported highlights their places: by their offsets, by their words, or none.

Pure but for :class:`Texts`, which reads those of the library.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from annotations.anchoring import Fragment, Placement, find_all
from annotations.errors import InvalidError
from annotations.exchange.bundle import Selector
from annotations.exchange.report import LossReport
from annotations.library.documents import Documents
from annotations.library.merging import placed
from annotations.library.staging import Staged
from annotations.library.stubs import MEDIA_TYPE
from annotations.model import Document, Span, Status
from annotations.text.offsets import Offsets, Unit

_KEPT = 1 << 22
"""Code points of texts that are kept."""


class CountedText:
    """The text of one document, and the ways to count in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _offsets(self) -> Offsets:
        return Offsets(self.text)

    def span(self, selector: Selector) -> Span | None:
        """Where a selector says that its highlight is; None where that is nowhere."""
        span = selector.span
        if span is None:
            return None
        if selector.unit is Unit.CODE_POINT:
            return span if 0 <= span.start < span.end <= len(self.text) else None
        try:
            start = self._offsets.code_points(span.start, selector.unit)
            end = self._offsets.code_points(span.end, selector.unit)
        except InvalidError:
            return None
        return Span(start, end) if start < end else None


class Spot(NamedTuple):
    """A place in a text."""

    start: int
    end: int
    status: Status = Status.PLACED
    """MOVED where the words there are others than those that the file says."""


def spots(text: CountedText, selectors: Sequence[Selector]) -> list[Spot | None]:
    """Where each of several highlights lies in a text; None for those that are not to be found."""
    found: list[Spot | None] = [_by_offsets(text, selector) for selector in selectors]
    searched = [number for number, spot in enumerate(found) if spot is None]
    fragments = [_fragment(text, selectors[number]) for number in searched]
    placements = find_all(text.text, fragments) if fragments else []
    for number, fragment, placement in zip(searched, fragments, placements, strict=True):
        if fragment.quote:
            found[number] = _by_words(fragment, placement)
        else:
            found[number] = _between(text, selectors[number])
    return found


def _by_offsets(text: CountedText, selector: Selector) -> Spot | None:
    span = text.span(selector)
    if span is None or not _agrees(text.text, span, selector.quote):
        return None
    return Spot(span.start, span.end)


def _agrees(text: str, span: Span, quote: str) -> bool:
    """Whether a place bears the words that it should, but for its blanks."""
    if not quote:
        return True
    here = text[span.start : span.end]
    return here == quote or (len(here) < 4 * len(quote) + 64 and here.split() == quote.split())


def _by_words(fragment: Fragment, placement: Placement) -> Spot | None:
    if not placement.found:
        return None
    same = placement.quote.split() == fragment.quote.split()
    status = Status.PLACED if same else placement.status
    return Spot(placement.start, placement.end, status)


def _between(text: CountedText, selector: Selector) -> Spot | None:
    """The passage between the words at its ends, where both are found in their order."""
    if selector.bounds is None:
        return None
    first, last = spots(text, selector.bounds)
    if first is None or last is None or first.start >= last.start:
        return None
    return Spot(first.start, last.start)


def _fragment(text: CountedText, selector: Selector) -> Fragment:
    hint = text.span(selector)
    return Fragment(
        selector.quote, selector.prefix, selector.suffix, None if hint is None else hint.start
    )


class Texts:
    """The texts that highlights are placed in. Those asked for last are kept, since a file may go
    through its highlights by their times."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        # By their revisions, the one asked for last at the end; and their code points together.
        self._kept: dict[str, CountedText] = {}
        self._size = 0

    def of(self, document: Document) -> CountedText | None:
        """The text of a document; None for a stub, whose text is about it."""
        if document.media_type == MEDIA_TYPE:
            return None
        text = self._kept.pop(document.revision, None)
        if text is None:
            text = CountedText(self._documents.text(document.id))
            self._size += len(text.text)
            while self._kept and self._size > _KEPT:
                self._size -= len(self._kept.pop(next(iter(self._kept))).text)
        self._kept[document.revision] = text
        return text


def place(
    text: CountedText,
    revision: str,
    drawn: Sequence[tuple[Staged, Selector, Status]],
    report: LossReport,
) -> Iterator[Staged]:
    """Yield highlights with their places; those that find none stay as they are, and are lost.

    Args:
        text: Where they lie.
        revision: Its id.
        drawn: Each with where its file says that it is, and with the state that it had there.
        report: Is told of those that find no place.
    """
    found = spots(text, [selector for _, selector, _ in drawn])
    for (staged, _, said), spot in zip(drawn, found, strict=True):
        here = staged.highlight
        if spot is None:
            report.add("highlights not found in the text", here.quote)
            lost = here._replace(revision=revision, status=Status.LOST)
            yield Staged(lost, staged.number, staged.before)
        else:
            # Whom the file says to be moved nobody has looked at yet.
            status = Status.MOVED if said is Status.MOVED else spot.status
            there = placed(here, text.text, revision, spot.start, spot.end, status)
            yield Staged(there, staged.number, staged.before)
