"""What a highlight is as a row."""

from __future__ import annotations

HIGHLIGHT_COLUMNS: tuple[str, ...] = (
    "id",
    "document",
    "title",
    "source",
    "start",
    "end",
    "quote",
    "tags",
    "note",
    "colour",
    "coder",
    "status",
    "created_at",
    "updated_at",
    "revision",
)
"""A highlight as a row, in every table and JSON object: ``document`` is the id of its document,
``title`` and ``source`` are the document's."""
