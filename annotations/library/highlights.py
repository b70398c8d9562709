"""The highlights of a library: making them, and saying things of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from annotations.library.clock import new_id
from annotations.library.colours import clean_colour
from annotations.library.listing import insert
from annotations.library.reshaping import Reshaping
from annotations.library.wording import listed, plain_lines, quoted
from annotations.model import Highlight, Status


class Highlights(Reshaping):
    """The highlights of a library. Positions are code points of the document's canonical text."""

    def add(
        self,
        document_id: str,
        start: int,
        end: int,
        *,
        tags: Iterable[str] = (),
        note: str = "",
        colour: str = "",
        revision: str = "",
    ) -> Highlight:
        """Highlight ``start`` to ``end``; tags that are missing are made, in the same act.

        Args:
            document_id: of the document.
            start: in code points.
            end: of the same text.
            tags: paths.
            note: what is said of it.
            colour: of its own; empty: that of the first tag.
            revision: the id of the text that was looked at; empty: the current one. If the document
                has another one by now, the highlight goes along, and may be moved or lost.

        Raises:
            NotFoundError: there is no such document.
            ConflictError: the document does not have that text any more.
            InvalidError: the span is empty or outside the text, or a tag or the colour cannot be.
            LibraryError: the library cannot be written; nothing was changed.
        """
        colour = clean_colour(colour)
        with self._journal.act("highlight") as act:
            given = self._codebook.ensure(tags)
            place = self._place(document_id, start, end, revision)
            highlight = Highlight(
                id=new_id(),
                document=document_id,
                **asdict(place),
                note=plain_lines(note),
                colour=colour,
                coder=act.coder,
                status=Status.PLACED,
                created_at=act.at,
                updated_at=act.at,
                tags=tuple(given),
            )
            insert(self._connection, highlight, given)
            bearing = f" with {listed(highlight.tags)}" if highlight.tags else ""
            act.summary = f"highlighted {quoted(highlight.quote)}{bearing}"
            if revision:
                from annotations.library.resettling import follow

                if follow(self._connection, highlight, act.at):
                    highlight = self.get(highlight.id)
        return highlight

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
        self._set([highlight_id], "note", "note", plain_lines(text), f"{verb} {{}}")

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
