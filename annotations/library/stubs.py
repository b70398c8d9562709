"""Documents of which only quotes are known, and the texts that come for them later.

A stub is a document like any other, with a text of its own that says what it is. When a text of the
same title or source is added, it becomes a revision of the stub, and the quotes find their places.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from annotations.library.connection import Connection
from annotations.library.wording import single_line
from annotations.model import Block, BlockKind, ImportedDocument, Metadata, Passage

MEDIA_TYPE = "application/x-florilegium-stub"

# The literal, not a parameter: so that the partial index answers.
_STUBS = (
    f"SELECT id, title, source FROM documents WHERE media_type = '{MEDIA_TYPE}' "
    "AND deleted_at IS NULL"
)
_word = re.compile(r"\w+").findall


def stub(metadata: Metadata) -> ImportedDocument:
    """A document of which nothing but this is known."""
    title = single_line(metadata.title) or "Untitled"
    about = ", ".join(filter(None, map(single_line, (metadata.author, metadata.source))))
    heading = f"{title}\n\n"
    text = f"{heading}{about}{chr(10) * 2 if about else ''}Its text has not been added yet.\n"
    blocks = (Block(0, len(heading), BlockKind.HEADING, 1), Block(len(heading), len(text)))
    passage = Passage(0, text, blocks)
    return ImportedDocument((passage,), replace(metadata, title=title, media_type=MEDIA_TYPE))


def awaiting(connection: Connection, metadata: Metadata) -> str:
    """The id of the stub for which this is the text, by source, title or the name of the file;
    empty if there is none."""
    rows = [] if metadata.media_type == MEDIA_TYPE else connection.all(_STUBS)
    if not rows:
        return ""
    titles = {folded(metadata.title), folded(PurePath(metadata.path).stem)} - {""}
    source = metadata.source.strip()
    for document_id, title, where in rows:
        if (source and where == source) or folded(title) in titles:
            return str(document_id)
    return ""


def folded(title: str) -> str:
    """What two titles share that differ in case, blanks or punctuation alone."""
    return " ".join(_word(title.casefold()))
