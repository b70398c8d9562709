"""The ids that highlights of other programs have here: the same each time the same file is read."""

from __future__ import annotations

import re
from uuid import UUID, uuid5

from annotations.exchange.bundle import HighlightRecord

_NAMESPACE = UUID("0d1c2b7e-3b5f-5a57-9f39-0c6a3f0f6f11")
_is_uuid = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}").fullmatch


def highlight_id(record: HighlightRecord) -> str:
    """The id that a highlight has in the library: its own, or one made from what it is."""
    if record.id:
        return identifier(record.id)
    what = (record.document, str(record.selector), record.coder, record.created_at)
    return str(uuid5(_NAMESPACE, "\0".join(what)))


def id_apart(own: str, record: HighlightRecord) -> str:
    """The id that a highlight has in the library whose file gave its own to one before it, at
    another place."""
    return str(uuid5(_NAMESPACE, "\0".join((own, record.document, str(record.selector)))))


def place_said(record: HighlightRecord) -> int:
    """A hash, good for this run, of the place where a record says that its highlight is: the same
    for all rows of one highlight, in formats that have several."""
    selector = record.selector
    if selector is None or selector.span is None:
        words = selector and (*selector.quote.split(), selector.bounds)
        return hash((record.document, words))
    return hash((record.document, selector.span.start, selector.span.end, id(selector.unit)))


def identifier(written: str) -> str:
    """A UUID as it is; the same UUID each time for anything else."""
    if _is_uuid(written):
        return written
    folded = written.strip().strip("{}").lower()
    return folded if _is_uuid(folded) else str(uuid5(_NAMESPACE, written))
