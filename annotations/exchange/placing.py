"""Giving imported highlights their places: by their offsets, by their words, or none.

Pure but for :class:`Placer`, which reads the texts of the library.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from annotations.anchoring import Fragment, Placement, find_all
from annotations.errors import InvalidError
from annotations.exchange.bundle import HighlightRecord, Selector
from annotations.exchange.report import LossReport
from annotations.library.documents import Documents
from annotations.library.merging import Words, placed
from annotations.library.stubs import MEDIA_TYPE
from annotations.model import Highlight, Span, Status
from annotations.text.offsets import Offsets


class CountedText:
    """The text of one document, and the ways to count in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _offsets(self) -> Offsets:
        return Offsets(self.text)

    def span(self, selector: Selector) -> Span | None:
        """Where a selector says that its highlight is; None where that is nowhere."""
        if selector.span is None:
            return None
        try:
            start = self._offsets.code_points(selector.span.start, selector.unit)
            end = self._offsets.code_points(selector.span.end, selector.unit)
        except InvalidError:
            return None
        return Span(start, end) if start < end else None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text."""

    start: int
    end: int
    status: Status = Status.PLACED
    """MOVED where the words there are others than those that the file says."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What was found out of a highlight's place before anything was written."""

    revision: str
    """Of the text that was looked at."""
    spot: Spot | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a file says, and the highlight that has all of it but a place."""

    record: HighlightRecord
    highlight: Highlight
    foreseen: Foreseen | None = None

    @property
    def selector(self) -> Selector:
        """Of the record."""
        return self.record.selector or Selector()

    @property
    def before(self) -> Words:
        """What the highlight was on where it was made; empty where the file does not say."""
        selector = self.selector
        if self.record.former:
            return self.record.former, "", ""
        return selector.quote, selector.prefix, selector.suffix


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


class Placer:
    """Places highlights in the texts of a library."""

    def __init__(self, documents: Documents, report: LossReport) -> None:
        self._documents = documents
        self._report = report
        # The last document's text: highlights come document by document.
        self._latest: tuple[str, CountedText | None] = ("", None)

    def place(self, drawn: Iterable[Drawn]) -> list[Highlight]:
        """The highlights with their places; those that found none have the status lost."""
        by_document: dict[str, list[Drawn]] = {}
        for each in drawn:
            by_document.setdefault(each.highlight.document, []).append(each)
        return [
            highlight
            for document, some in by_document.items()
            for highlight in self._in_document(document, some)
        ]

    def _in_document(self, document: str, drawn: list[Drawn]) -> list[Highlight]:
        text = self.text(document)
        if text is None:
            return [_without_place(each) for each in drawn]
        found: list[Spot | None] = []
        unforeseen: list[int] = []
        for number, each in enumerate(drawn):
            sure = each.foreseen is not None and each.foreseen.revision == each.highlight.revision
            found.append(each.foreseen.spot if sure and each.foreseen else None)
            if not sure:
                unforeseen.append(number)
        selectors = [drawn[number].selector for number in unforeseen]
        for number, spot in zip(unforeseen, spots(text, selectors), strict=True):
            found[number] = spot
        highlights: list[Highlight] = []
        for each, spot in zip(drawn, found, strict=True):
            if spot is None:
                highlight = _without_place(each)
                self._report.add("highlights that found no place in their text", highlight.quote)
            else:
                # Whom the file says to be moved nobody has looked at yet.
                is_moved = each.record.status is Status.MOVED
                status = Status.MOVED if is_moved else spot.status
                highlight = placed(each.highlight, text.text, spot.start, spot.end, status)
            highlights.append(highlight)
        return highlights

    def text(self, document_id: str) -> CountedText | None:
        """The text of a document; None for a stub, whose text is about it."""
        if self._latest[0] != document_id:
            document = self._documents.get(document_id)
            is_stub = document.media_type == MEDIA_TYPE
            text = None if is_stub else CountedText(self._documents.text(document_id))
            self._latest = (document_id, text)
        return self._latest[1]


def _without_place(drawn: Drawn) -> Highlight:
    selector = drawn.selector
    quote = selector.quote
    if not quote and selector.bounds is not None:
        quote = " … ".join(bound.quote for bound in selector.bounds)
    return replace(drawn.highlight, quote=quote, prefix=selector.prefix, suffix=selector.suffix)
