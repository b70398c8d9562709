"""Certain highlights as rows: those that a query found, or one that was just made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from annotations.exchange.report import LossReport
from annotations.exchange.rows import Row
from annotations.library.rows import NOTES, STARS, TEXTS
from annotations.library.stubs import MEDIA_TYPE
from annotations.model import Document, Highlight

if TYPE_CHECKING:
    from annotations.library.library import Library


def rows(
    library: Library,
    highlights: Iterable[Highlight],
    by: Literal["highlight", "tag"] = "highlight",
    report: LossReport | None = None,
) -> Iterator[Row]:
    """Highlights under the columns of :mod:`annotations.exchange.rows`, as they come.

    Args:
        library: where they are.
        highlights: those of one document should follow each other.
        by: a row for each highlight, or for each highlight and tag.
        report: is told of what has no column.
    """
    document = None
    for highlight in highlights:
        if document is None or document.id != highlight.document:
            document = library.documents.get(highlight.document)
            if report is not None:
                _report_rest(document, report)
        if report is not None and highlight.starred:
            report.add(STARS)
        if by == "highlight":
            yield _row(highlight, document, highlight.tags)
        else:
            for tag in highlight.tags or ("",):
                yield _row(highlight, document, tag)


def _report_rest(document: Document, report: LossReport) -> None:
    """Tell what rows do not say of a document."""
    report.add_fields_of(document, "source")
    if document.note:
        report.add(NOTES, document.title)
    if document.media_type != MEDIA_TYPE:
        report.add(TEXTS, document.title)


def _row(highlight: Highlight, document: Document, tags: tuple[str, ...] | str) -> Row:
    return (
        highlight.id,
        highlight.document,
        document.title,
        document.source,
        highlight.start,
        highlight.end,
        highlight.quote,
        tags,
        highlight.note,
        highlight.colour,
        highlight.coder,
        highlight.status,
        highlight.created_at,
        highlight.updated_at,
        highlight.revision,
    )
