"""The highlights of a library: making, finding, changing and removing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotations.errors import AmbiguousError, InvalidError, NotFoundError
from annotations.library.clock import new_id
from annotations.library.codebook import Codebook, clean_colour
from annotations.library.connection import Connection
from annotations.library.journal import Journal
from annotations.library.listing import COLUMNS, highlight_of, in_order
from annotations.library.texts import Texts
from annotations.library.wording import counted, listed, quoted
from annotations.model import Highlight, Status

CONTEXT = 32
"""Code points kept before and after a quote, to find it again in another text."""

LONG = 20_000
"""Code points beyond which a highlight is in the index of the few long ones."""

# The planner would take the first index for both halves.
_TOUCHING = f"""
    SELECT {COLUMNS} FROM highlights h INDEXED BY highlights_place
    WHERE h.document = :document AND h.start > :start - {LONG} AND h.start < :end
        AND h."end" > :start AND h."end" - h.start <= {LONG} AND h.status <> 'lost'
    UNION ALL
    SELECT {COLUMNS} FROM highlights h INDEXED BY highlights_long
    WHERE h.document = :document AND h."end" - h.start > {LONG} AND h.start < :end
        AND h."end" > :start AND h.status <> 'lost'
    ORDER BY 4, 5, 1
"""


class Highlights:
    """The highlights of a library. Positions are code points of the document's canonical text."""

    def __init__(self, connection: Connection, journal: Journal, codebook: Codebook) -> None:
        self._connection = connection
        self._journal = journal
        self._codebook = codebook
        self._texts = Texts(connection)

    def add(
        self,
        document_id: str,
        start: int,
        end: int,
        *,
        tags: Iterable[str] = (),
        note: str = "",
        colour: str = "",
    ) -> Highlight:
        """Highlight ``start`` to ``end``; tags that are missing are made, in the same act.

        Raises:
            NotFoundError: there is no such document.
            InvalidError: the span is empty or outside the text, or a tag or the colour cannot be.
            LibraryError: the library cannot be written; nothing was changed.
        """
        colour = clean_colour(colour)
        highlight_id = new_id()
        with self._journal.act("highlight") as act:
            revision, quote, prefix, suffix = self._read(document_id, start, end)
            place = (highlight_id, document_id, revision, start, end, quote, prefix, suffix)
            self._connection.run(
                'INSERT INTO highlights (id, document, revision, start, "end", quote, prefix, '
                "suffix, note, colour, coder, created_at, updated_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*place, note, colour, act.coder, act.at, act.at),
            )
            given = self._codebook.ensure(tags)
            self._connection.run_many(
                "INSERT INTO highlight_tags VALUES (?, ?, ?, ?, ?)",
                [
                    (highlight_id, tag_id, position, act.coder, act.at)
                    for position, tag_id in enumerate(given.values())
                ],
            )
            act.summary = f"highlighted {quoted(quote)}" + (
                f" with {listed(list(given))}" if given else ""
            )
        kept = (*place, note, colour, act.coder, Status.PLACED, act.at, act.at)
        return Highlight(*kept, tags=tuple(given))

    def get(self, ref: str) -> Highlight:
        """The highlight whose id is ``ref``, or alone begins with it.

        Raises:
            NotFoundError: there is none.
            AmbiguousError: there are several.
        """
        prefix = ref.strip().lower()
        rows = self._connection.all(
            f"SELECT {COLUMNS} FROM highlights h WHERE h.id >= ? AND h.id < ? LIMIT 2",
            (prefix, f"{prefix}g"),  # g is past every digit of an id
        )
        if not rows or not prefix:
            raise NotFoundError(f"no highlight has the id {quoted(ref)}")
        if len(rows) > 1:
            raise AmbiguousError(f"several highlights have ids that begin with {prefix}")
        return highlight_of(rows[0])

    def list(self, document: str | None = None, tag: str | None = None) -> Iterator[Highlight]:
        """The highlights in order of document title, start and id, read as they are asked for.

        Args:
            document: only those of the document with this id.
            tag: only those that bear the tag at this path.

        Raises:
            NotFoundError: there is no such tag.
        """
        tag_id = None if tag is None else self._codebook.get(tag).id
        return map(highlight_of, in_order(self._connection, COLUMNS, document=document, tag=tag_id))

    def touching(self, document_id: str, start: int, end: int) -> Matches:
        """The highlights that share a code point with ``start`` to ``end``, in order of start.

        An empty window stands for the code point at ``start``. Lost highlights touch nothing.
        """
        rows = self._connection.all(
            _TOUCHING, {"document": document_id, "start": start, "end": max(end, start + 1)}
        )
        return [highlight_of(row) for row in rows]

    def tag(self, ids: Iterable[str], paths: Iterable[str]) -> None:
        """Give tags to highlights, as one act; tags that are missing are made.

        Raises:
            NotFoundError: a highlight is not there; nothing was changed.
            InvalidError: a path cannot be one; nothing was changed.
        """
        with self._journal.act("tag") as act:
            names = self._pick(ids)
            tags = self._codebook.ensure(paths)
            for tag_id in tags.values():
                lacking = (
                    "SELECT id FROM picked WHERE NOT EXISTS (SELECT 1 FROM highlight_tags "
                    "WHERE highlight = picked.id AND tag = :tag)"
                )
                values = {"tag": tag_id, "at": act.at, "coder": act.coder}
                self._connection.run(
                    f"UPDATE highlights SET updated_at = :at WHERE id IN ({lacking})", values
                )
                self._connection.run(
                    "INSERT INTO highlight_tags SELECT id, :tag, "
                    "(SELECT coalesce(max(position) + 1, 0) FROM highlight_tags "
                    f"WHERE highlight = lacking.id), :coder, :at FROM ({lacking}) AS lacking",
                    values,
                )
            act.summary = f"tagged {names} with {listed(list(tags))}"

    def untag(self, ids: Iterable[str], paths: Iterable[str]) -> None:
        """Take tags from highlights, as one act; one that bears none of them stays as it is.

        Raises:
            NotFoundError: a highlight or a tag is not there; nothing was changed.
        """
        with self._journal.act("untag") as act:
            names = self._pick(ids)
            tags = [self._codebook.get(path) for path in paths]
            for tag in tags:
                values = {"tag": tag.id, "at": act.at}
                self._connection.run(
                    "UPDATE highlights SET updated_at = :at WHERE id IN (SELECT id FROM picked "
                    "JOIN highlight_tags ON highlight = id WHERE tag = :tag)",
                    values,
                )
                self._connection.run(
                    "DELETE FROM highlight_tags "
                    "WHERE tag = :tag AND highlight IN (SELECT id FROM picked)",
                    values,
                )
            act.summary = f"took {listed([tag.path for tag in tags])} from {names}"

    def note(self, highlight_id: str, text: str) -> None:
        """Set the note of a highlight; empty removes it.

        Raises:
            NotFoundError: there is no such highlight.
        """
        verb = "wrote a note on" if text else "removed the note on"
        self._set([highlight_id], "note", "note", text, f"{verb} {{}}")

    def colour(self, ids: Iterable[str], colour: str) -> None:
        """Set the own colour of highlights; empty: that of the first tag.

        Raises:
            NotFoundError: a highlight is not there; nothing was changed.
            InvalidError: there is no such colour.
        """
        colour = clean_colour(colour)
        self._set(ids, "colour", "colour", colour, f"coloured {{}} {colour or 'as its tag'}")

    def star(self, ids: Iterable[str], starred: bool = True) -> None:
        """Star highlights, or take the star away.

        Raises:
            NotFoundError: a highlight is not there; nothing was changed.
        """
        verb = "starred" if starred else "took the star from"
        self._set(ids, "star", "starred", int(starred), f"{verb} {{}}")

    def _set(
        self, ids: Iterable[str], name: str, column: str, value: str | int, summary: str
    ) -> None:
        with self._journal.act(name) as act:
            act.summary = summary.format(self._pick(ids))
            self._connection.run(
                f"UPDATE highlights SET {column} = :value, updated_at = :at "
                f"WHERE id IN (SELECT id FROM picked) AND {column} IS NOT :value",
                {"value": value, "at": act.at},
            )

    def move(self, highlight_id: str, start: int, end: int) -> Highlight:
        """Put the edges of a highlight elsewhere in the current text of its document.

        Raises:
            NotFoundError: there is no such highlight.
            InvalidError: the span is empty or outside the text.
        """
        with self._journal.act("move") as act:
            before = self.get(highlight_id)
            revision, quote, prefix, suffix = self._read(before.document, start, end)
            place = (revision, start, end, quote, prefix, suffix, Status.PLACED)
            self._connection.run(
                'UPDATE highlights SET revision = ?, start = ?, "end" = ?, quote = ?, prefix = ?, '
                "suffix = ?, status = ?, updated_at = ? WHERE id = ? "
                'AND (revision, start, "end", status) IS NOT (?, ?, ?, ?)',
                (*place, act.at, before.id, revision, start, end, Status.PLACED),
            )
            act.summary = f"moved the edges of {quoted(before.quote)} to {quoted(quote)}"
        return self.get(highlight_id)

    def remove(self, ids: Iterable[str]) -> None:
        """Remove highlights, as one act.

        Raises:
            NotFoundError: a highlight is not there; nothing was changed.
        """
        with self._journal.act("remove") as act:
            act.summary = f"removed {self._pick(ids)}"
            self._connection.run(
                "DELETE FROM highlight_tags WHERE highlight IN (SELECT id FROM picked)"
            )
            self._connection.run("DELETE FROM highlights WHERE id IN (SELECT id FROM picked)")

    def _pick(self, ids: Iterable[str]) -> str:
        """Put ``ids`` into the table ``picked``; what they are, for a sentence.

        Raises:
            NotFoundError: a highlight is not there.
        """
        connection = self._connection
        connection.pick(ids)
        missing = connection.value(
            "SELECT id FROM picked WHERE id NOT IN (SELECT id FROM highlights) LIMIT 1"
        )
        if missing is not None:
            raise NotFoundError(f"no highlight has the id {quoted(missing)}")
        number = connection.value("SELECT count(*) FROM picked")
        if number != 1:
            return counted(number, "highlight")
        quote: str = connection.value(
            "SELECT quote FROM highlights WHERE id IN (SELECT id FROM picked)"
        )
        return quoted(quote)

    def _read(self, document_id: str, start: int, end: int) -> tuple[str, str, str, str]:
        """The current revision, and the quote, prefix and suffix that a highlight there has.

        Raises:
            NotFoundError: there is no such document.
            InvalidError: the span is empty or outside the text.
        """
        row = self._connection.one(
            "SELECT r.id, r.number, r.length, d.deleted_at FROM documents d "
            "JOIN revisions r ON r.id = d.revision WHERE d.id = ?",
            (document_id,),
        )
        if row is None or row[3] is not None:
            raise NotFoundError(f"no document has the id {document_id}")
        revision, number, length, _ = row
        if not 0 <= start < end <= length:
            raise InvalidError(
                f"{start} to {end} is no passage of the text, which goes from 0 to {length}"
            )
        first = max(0, start - CONTEXT)
        text = self._texts.slice(number, first, end + CONTEXT)
        return (
            revision,
            text[start - first : end - first],
            text[: start - first],
            text[end - first :],
        )


Matches = list[Highlight]
