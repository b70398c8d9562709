"""Documents of which only quotes are known, and the texts that come for them later.

A stub is a document like any other, with a text of its own that says what it is. When a text of the
same title or source is added, it becomes a revision of the stub, and the quotes find their places.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import PurePath

from annotations.library.connection import Connection
from annotations.library.placing import CONTEXT
from annotations.library.texts import Texts
from annotations.library.wording import single_line
from annotations.model import Block, BlockKind, ImportedDocument, Metadata, Passage, Status

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


def awaiting(connection: Connection, metadata: Metadata) -> str | None:
    """The id of the stub for which this is the text, by source, title or the name of the file."""
    rows = [] if metadata.media_type == MEDIA_TYPE else connection.all(_STUBS)
    if not rows:
        return None
    titles = {folded(metadata.title), folded(PurePath(metadata.path).stem)} - {""}
    source = metadata.source.strip()
    for document_id, title, where in rows:
        if (source and where == source) or folded(title) in titles:
            return str(document_id)
    return None


def take_over(
    connection: Connection, document: str, revision: str, metadata: Metadata, at: str
) -> None:
    """Give a stub its text, and the quotes in it their places.

    Args:
        connection: inside an act.
        document: the stub's id.
        revision: the id of the text, which is in the library.
        metadata: what the file says; where it is silent, what the stub says stays.
        at: the time of the act.
    """
    said = {
        field.name: value
        for field in fields(metadata)
        if field.name != "title" and (value := getattr(metadata, field.name))
    }
    settings = "".join(f"{name} = ?, " for name in said)
    connection.run(
        f"UPDATE documents SET {settings}revision = ?, updated_at = ? WHERE id = ?",
        (*said.values(), revision, at, document),
    )
    _place(connection, document, revision, at)


def _place(connection: Connection, document: str, revision: str, at: str) -> None:
    # Loaded here: most texts are nobody's stub.
    from annotations.anchoring import Fragment, find_all

    rows = connection.all(
        "SELECT id, quote, prefix, suffix FROM highlights WHERE document = ?", (document,)
    )
    number, length = connection.all(
        "SELECT number, length FROM revisions WHERE id = ?", (revision,)
    )[0]
    text = Texts(connection).slice(number, 0, length)
    placements = find_all(text, [Fragment(quote, *around) for _, quote, *around in rows])
    for (highlight, quote, *_), placement in zip(rows, placements, strict=True):
        if placement.found and quote:
            start, end = placement.start, placement.end
            connection.run(
                'UPDATE highlights SET revision = ?, start = ?, "end" = ?, quote = ?, prefix = ?, '
                "suffix = ?, status = ?, updated_at = ? WHERE id = ?",
                (
                    *(revision, start, end, text[start:end]),
                    *(text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]),
                    *(placement.status, at, highlight),
                ),
            )
        else:
            connection.run(
                "UPDATE highlights SET revision = ?, status = ?, updated_at = ? WHERE id = ?",
                (revision, Status.LOST, at, highlight),
            )


def folded(title: str) -> str:
    """What two titles share that differ in case, blanks or punctuation alone."""
    return " ".join(_word(title.casefold()))
