"""The values that every part of Florilegium speaks in: text plus spans, and what people made of it.

Every position is a count of Unicode code points in a document's canonical text, 0-based; ends are
exclusive. Frozen dataclasses, no behaviour beyond their own fields, no storage, no screen.

They lie in a module for each subject, which is loaded when one of its names is first asked for:
making all these dataclasses takes longer than a start may, and no start needs all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.model.acts import Act as Act
    from annotations.model.codebook import Tag as Tag
    from annotations.model.codebook import TagNames as TagNames
    from annotations.model.colours import COLOURS as COLOURS
    from annotations.model.columns import HIGHLIGHT_COLUMNS as HIGHLIGHT_COLUMNS
    from annotations.model.documents import Document as Document
    from annotations.model.files import FileState as FileState
    from annotations.model.highlights import Highlight as Highlight
    from annotations.model.imports import ImportedDocument as ImportedDocument
    from annotations.model.imports import Metadata as Metadata
    from annotations.model.revisions import Displaced as Displaced
    from annotations.model.revisions import Revision as Revision
    from annotations.model.revisions import Tally as Tally
    from annotations.model.spans import Block as Block
    from annotations.model.spans import BlockKind as BlockKind
    from annotations.model.spans import Mark as Mark
    from annotations.model.spans import MarkKind as MarkKind
    from annotations.model.spans import Passage as Passage
    from annotations.model.spans import Span as Span
    from annotations.model.status import Status as Status

_HOMES: Mapping[str, str] = {
    "Act": "acts",
    "Tag": "codebook",
    "TagNames": "codebook",
    "COLOURS": "colours",
    "HIGHLIGHT_COLUMNS": "columns",
    "Document": "documents",
    "FileState": "files",
    "Highlight": "highlights",
    "ImportedDocument": "imports",
    "Metadata": "imports",
    "Displaced": "revisions",
    "Revision": "revisions",
    "Tally": "revisions",
    "Block": "spans",
    "BlockKind": "spans",
    "Mark": "spans",
    "MarkKind": "spans",
    "Passage": "spans",
    "Span": "spans",
    "Status": "status",
}
"""The module that holds each name."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found
