"""Giving imported highlights their places in the texts of the library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from annotations.anchoring import Fragment, find_all
from annotations.errors import InvalidError
from annotations.exchange.bundle import HighlightRecord, Selector
from annotations.exchange.report import LossReport
from annotations.library.documents import Documents
from annotations.library.merging import placed
from annotations.library.stubs import MEDIA_TYPE
from annotations.model import Highlight, Span, Status
from annotations.text.offsets import Offsets

Drawn = tuple[HighlightRecord, Highlight]
"""What a file says, and the highlight that has all of it but a place."""


class _Text:
    """The text of one document, and the ways to count in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def offsets(self) -> Offsets:
        return Offsets(self.text)

    def span(self, selector: Selector) -> Span | None:
        """Where a selector says that its highlight is; None where that is nowhere."""
        if selector.span is None:
            return None
        try:
            start = self.offsets.code_points(selector.span.start, selector.unit)
            end = self.offsets.code_points(selector.span.end, selector.unit)
        except InvalidError:
            return None
        return Span(start, end) if start < end else None


class Placer:
    """Places highlights where their offsets say, where their words are, or nowhere."""

    def __init__(self, documents: Documents, report: LossReport) -> None:
        self._documents = documents
        self._report = report
        # The last document's text: highlights come document by document.
        self._latest: tuple[str, _Text] = ("", _Text(""))

    def place(self, drawn: Iterable[Drawn]) -> list[Highlight]:
        """The highlights with their places; those that found none have the status lost."""
        by_document: dict[str, list[Drawn]] = {}
        for each in drawn:
            by_document.setdefault(each[1].document, []).append(each)
        return [
            highlight
            for document, some in by_document.items()
            for highlight in self._in_document(self._text(document), some)
        ]

    def _text(self, document_id: str) -> _Text | None:
        """The text of a document; None for a stub, whose text is about it."""
        if self._latest[0] != document_id:
            document = self._documents.get(document_id)
            if document.media_type == MEDIA_TYPE:
                return None
            self._latest = (document_id, _Text(self._documents.text(document_id)))
        return self._latest[1]

    def _in_document(self, text: _Text | None, drawn: list[Drawn]) -> list[Highlight]:
        found: list[Highlight] = []
        searched: list[Drawn] = []
        for record, highlight in drawn:
            selector = record.selector or Selector()
            span = text.span(selector) if text else None
            if span is not None and text is not None and _agrees(text.text, span, selector.quote):
                found.append(placed(highlight, text.text, span.start, span.end))
            else:
                searched.append((record, highlight))
        return found + self._search(text, searched)

    def _search(self, text: _Text | None, drawn: list[Drawn]) -> list[Highlight]:
        if not drawn:
            return []
        if text is None:
            return [_without_place(record, highlight) for record, highlight in drawn]
        fragments = [_fragment(text, record.selector or Selector()) for record, _ in drawn]
        found: list[Highlight] = []
        placements = find_all(text.text, fragments)
        for (record, highlight), fragment, placement in zip(
            drawn, fragments, placements, strict=True
        ):
            bounded = None if fragment.quote else _bounded(text, record.selector)
            if bounded is not None:
                found.append(placed(highlight, text.text, bounded.start, bounded.end))
                continue
            if not placement.found or not fragment.quote:
                lost = _without_place(record, highlight)
                self._report.add("highlights that found no place in their text", lost.quote)
                found.append(lost)
                continue
            same = placement.quote.split() == fragment.quote.split()
            status = Status.PLACED if same else placement.status
            found.append(placed(highlight, text.text, placement.start, placement.end, status))
        return found


def _bounded(text: _Text, selector: Selector | None) -> Span | None:
    """The passage between the words at its ends, where both are found in their order."""
    if selector is None or selector.bounds is None:
        return None
    ends = [_fragment(text, bound) for bound in selector.bounds]
    first, last = find_all(text.text, ends)
    if not (first.found and last.found and all(end.quote for end in ends)):
        return None
    return Span(first.start, last.start) if first.start < last.start else None


def _agrees(text: str, span: Span, quote: str) -> bool:
    """Whether a place bears the words that it should, but for its blanks."""
    if not quote:
        return True
    here = text[span.start : span.end]
    return here == quote or (len(here) < 4 * len(quote) + 64 and here.split() == quote.split())


def _fragment(text: _Text, selector: Selector) -> Fragment:
    hint = text.span(selector)
    return Fragment(
        selector.quote, selector.prefix, selector.suffix, None if hint is None else hint.start
    )


def _without_place(record: HighlightRecord, highlight: Highlight) -> Highlight:
    selector = record.selector or Selector()
    quote = selector.quote
    if not quote and selector.bounds is not None:
        quote = " … ".join(bound.quote for bound in selector.bounds)
    return replace(highlight, quote=quote, prefix=selector.prefix, suffix=selector.suffix)
