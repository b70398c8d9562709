"""Taking in rows that were made elsewhere: highlights with their own ids, times and coders.

What the rows mean, and whether they should come in, is decided above; everything here happens
inside an act that is open there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from annotations.library.codebook import Codebook
from annotations.library.colours import clean_colour
from annotations.library.connection import Connection
from annotations.library.describing import WORDS
from annotations.library.documents import Documents
from annotations.library.importing import take
from annotations.library.journal import Journal
from annotations.library.listing import COLUMNS, highlight_of
from annotations.library.placing import CONTEXT
from annotations.library.recording import Doing
from annotations.library.staging import Staging, staging
from annotations.library.tagpath import clean, fold
from annotations.model import Document, Highlight, ImportedDocument, Status

_MEMORY = 8 << 10
"""KiB of pages that an import keeps: more helps little, since it writes tags in their order."""
_LOOKED_UP = 500
"""Ids in one question."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What tells a document of the library from others."""

    id: str
    title: str
    source: str
    path: str
    revision: str


class Merging:
    """The one way in for rows from other programs and other libraries."""

    def __init__(
        self, connection: Connection, journal: Journal, documents: Documents, codebook: Codebook
    ) -> None:
        self._connection = connection
        self._journal = journal
        self._documents = documents
        self._codebook = codebook
        # Paths and ids of the tags met in this act, by folded path and by how they were written.
        self._tags: dict[str, tuple[str, str]] = {}
        self._spelled: dict[str, tuple[str, str]] = {}

    def require_writable(self) -> None:
        """Make sure early that an import can be written.

        Raises:
            LibraryError: the library is read-only.
        """
        self._connection.require_writable()

    @contextmanager
    def act(self, *, dry_run: bool = False) -> Iterator[Doing]:
        """Do what follows as one import; with ``dry_run`` nothing of it stays.

        Raises:
            LibraryError: the library cannot be written; nothing was changed.
        """
        self._forget()
        try:
            with self._connection.writing_much(_MEMORY), self._journal.act("import") as doing:
                yield doing
                if dry_run:
                    raise _TakenBackError
        except _TakenBackError:
            pass
        finally:
            self._forget()

    def _forget(self) -> None:
        self._tags.clear()
        self._spelled.clear()

    def listed(self) -> list[Listed]:
        """Every document that is not deleted."""
        return [
            Listed(*row)
            for row in self._connection.all(
                "SELECT id, title, source, path, revision FROM documents "
                "WHERE deleted_at IS NULL ORDER BY added_at DESC"
            )
        ]

    def add_document(self, imported: ImportedDocument, document_id: str = "") -> Document:
        """Add a document under the id that it has elsewhere, where that is free."""
        taken = self._connection.value("SELECT 1 FROM documents WHERE id = ?", (document_id,))
        found = take(
            self._connection,
            self._journal,
            imported,
            separate=True,
            document_id="" if taken else document_id,
        )
        return self._documents.get(found.id)

    def count_tags(self) -> int:
        """How many tags there are."""
        return int(self._connection.value("SELECT count(*) FROM tags"))

    def tag(self, path: str, words: Mapping[str, str], colour: str = "", tag_id: str = "") -> bool:
        """Make a tag, or fill in what the one that is there lacks.

        Args:
            path: the tag.
            words: what is said of it, by the names that
                :meth:`~annotations.library.describing.Described.describe` takes.
            colour: as :meth:`~annotations.library.codebook.Codebook.add` takes it.
            tag_id: the id that it has elsewhere.

        Returns:
            Whether all that was said of it is now so; not where the library says something else.

        Raises:
            InvalidError: it has a path or a colour that cannot be.
        """
        cleaned, colour = clean(path), clean_colour(colour)
        row = self._connection.one(
            f"SELECT path, id, colour, {', '.join(WORDS)} FROM tags WHERE folded = ?",
            (fold(cleaned),),
        )
        if row is None:
            free = not self._connection.value("SELECT 1 FROM tags WHERE id = ?", (tag_id,))
            description = words.get("description", "")
            tag = self._codebook.add(cleaned, description, colour, tag_id=tag_id if free else "")
            row = (tag.path, tag.id, colour, *(getattr(tag, name) for name in WORDS))
        kept, tag_here, colour_here, *here = row
        self._tags[fold(cleaned)] = kept, tag_here
        known = dict(zip(WORDS, here, strict=True))
        missing = {name: text for name, text in words.items() if text and not known[name]}
        if missing:
            self._codebook.describe(kept, **missing)
        if colour and not colour_here:
            self._codebook.recolour(kept, colour)
        known |= {**missing, "colour": colour_here or colour}
        said = {**words, "colour": colour}
        return all(known[name] == text for name, text in said.items() if text)

    def highlights(self, ids: Iterable[str]) -> dict[str, Highlight]:
        """Those of the highlights that are there."""
        found: dict[str, Highlight] = {}
        for page in _pages(list(ids), _LOOKED_UP):
            marks = ", ".join("?" * len(page))
            rows = self._connection.all(
                f"SELECT {COLUMNS} FROM highlights h WHERE h.id IN ({marks})", page
            )
            found.update((row[0], highlight_of(row)) for row in rows)
        return found

    def staging(self) -> AbstractContextManager[Staging]:
        """Where highlights can wait that are not there yet."""
        return staging(self._connection)

    def move(self, staged: Staging, at: str, progress: Callable[[int], bool]) -> tuple[int, int]:
        """Put in highlights that are not there yet, with their tags.

        Args:
            staged: where they wait; a moved one is reviewed like one that a revision moved.
            at: the time that those get which have none.
            progress: told many times a second how many rows have been written; ``False`` stops it.

        Returns:
            How many highlights that were, and how many of them are lost.

        Raises:
            ActStopped: it was stopped.
        """
        with self._journal.watched(progress):
            return staged.move(at, lambda path: self._tag(path)[1])

    def update(self, before: Highlight, after: Highlight) -> None:
        """Change note, colour, star, place and tags of a highlight."""
        self._connection.run(
            'UPDATE highlights SET revision = ?, start = ?, "end" = ?, quote = ?, prefix = ?, '
            "suffix = ?, status = ?, note = ?, colour = ?, starred = ?, updated_at = ? "
            "WHERE id = ?",
            (
                *(after.revision, after.start, after.end, after.quote, after.prefix, after.suffix),
                *(after.status, after.note, after.colour, after.starred, after.updated_at),
                before.id,
            ),
        )
        if after.status is not before.status:
            self._connection.run("DELETE FROM placements WHERE highlight = ?", (before.id,))
        self._connection.run_many(
            "DELETE FROM highlight_tags WHERE highlight = ? AND tag = ?",
            [(after.id, self._tag(path)[1]) for path in before.tags if path not in after.tags],
        )
        given = [
            (after.id, self._tag(path)[1], position, after.coder, after.updated_at)
            for position, path in enumerate(after.tags)
            if path not in before.tags
        ]
        self._connection.run_many(
            "INSERT OR IGNORE INTO highlight_tags VALUES (?, ?, ?, ?, ?)", given
        )

    def path(self, path: str) -> str:
        """The path under which a tag is kept; a tag that is missing is made.

        Raises:
            InvalidError: it cannot be one.
        """
        return self._tag(path)[0]

    def _tag(self, path: str) -> tuple[str, str]:
        """The path and the id of a tag, which is made where it is missing."""
        known = self._spelled.get(path)
        if known is None:
            folded = fold(clean(path))
            if folded not in self._tags:
                ((kept, tag_id),) = self._codebook.ensure([path]).items()
                self._tags[folded] = kept, tag_id
            known = self._spelled[path] = self._tags[folded]
        return known


def placed(
    highlight: Highlight, text: str, revision: str, start: int, end: int, status: Status
) -> Highlight:
    """``highlight`` at a place in a text of its document, with quote, prefix and suffix."""
    # Not _replace: it takes twice the time, and a million may come.
    return Highlight(
        highlight.id,
        highlight.document,
        revision,
        start,
        end,
        text[start:end],
        text[max(0, start - CONTEXT) : start],
        text[end : end + CONTEXT],
        highlight.note,
        highlight.colour,
        highlight.coder,
        status,
        highlight.created_at,
        highlight.updated_at,
        highlight.tags,
        highlight.starred,
    )


def _pages(ids: list[str], size: int) -> Iterator[list[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


class _TakenBackError(Exception):
    """Ends a dry run; never leaves this module."""
