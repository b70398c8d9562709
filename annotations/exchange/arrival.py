"""Writing what an import brings, inside one act.

What is there already is not doubled: a highlight keeps the id that its format gave it, and where
the format gives none it gets one made from what it is, so that the same file says nothing new the
second time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotations.errors import ImportCancelled, InvalidError
from annotations.exchange.bundle import DocumentRecord, HighlightRecord, ReplyRecord, TagRecord
from annotations.exchange.identity import highlight_id, identifier
from annotations.exchange.placing import Drawn, Foreseen, Placer
from annotations.exchange.rehearsal import Progress
from annotations.exchange.report import LossReport
from annotations.exchange.shelf import Shelf, holds
from annotations.exchange.spool import Seen
from annotations.library.codebook import clean_colour
from annotations.library.library import Library
from annotations.library.wording import counted, listed
from annotations.model import Highlight, Status

_BATCH = 1_000
"""Highlights that are looked up and written at a time: bounds the memory."""
_LONGEST_CHAIN = 1_000
"""Answers to answers that are followed."""


@dataclass(slots=True)
class Outcome:
    """What an import brought, or would bring."""

    documents: int = 0
    """Made with their text."""
    stubs: int = 0
    """Made without a text, which may come later."""
    tags: int = 0
    """Made."""
    highlights: int = 0
    """Made."""
    updated: int = 0
    """Highlights that were there and got a tag, a note or a colour."""
    unchanged: int = 0
    """Highlights that were there as they are."""
    lost: int = 0
    """Of those made: without a place in a text."""

    def __str__(self) -> str:
        parts = [
            counted(self.highlights, "highlight"),
            counted(self.documents, "document"),
            counted(self.stubs, "document without its text", "documents without their text"),
            counted(self.tags, "tag"),
            f"{self.updated:,} updated",
        ]
        return listed([part for part in parts if not part.startswith("0 ")]) or "nothing new"


class Arrival:
    """One import that is being written.

    Args:
        library: Where to.
        report: Is told of what finds no place here.
        at: The time of the act.
        total: How many highlights there are.
        progress: Told how many of them are written; returns False to stop.
    """

    def __init__(
        self, library: Library, report: LossReport, at: str, total: int, progress: Progress | None
    ) -> None:
        self.outcome = Outcome()
        self._library = library
        self._merging = library.merging
        self._report = report
        self._at = at
        self._total = total
        self._progress = progress
        self._shelf = Shelf(library, report)
        self._placer = Placer(library.documents, report)
        self._waiting: dict[str, tuple[HighlightRecord, Foreseen | None]] = {}
        self._replies: list[ReplyRecord] = []
        self._taken = 0

    def take(self, seen: Seen) -> None:
        """Take one record in, or keep it until there are enough of its kind."""
        match record := seen.record:
            case TagRecord():
                self._tag(record)
            case DocumentRecord():
                self._shelf.announce(record)
            case HighlightRecord(selector=None):
                labels = " ".join(f"#{tag}" for tag in record.tags)
                said = "\n\n".join(filter(None, (record.note, labels)))
                self._shelf.add_note(record.document, _signed(said, record))
            case HighlightRecord():
                self._highlight(record, seen.foreseen)
            case ReplyRecord():
                self._replies.append(record)

    def finish(self) -> None:
        """Write what was kept; to be called once, at the end."""
        self._flush()
        self._answer()
        self._shelf.finish()
        self.outcome.documents, self.outcome.stubs = self._shelf.added, self._shelf.stubs

    def _tag(self, record: TagRecord) -> None:
        try:
            told = self._merging.tag(
                record.path, record.description, self._colour(record.colour), record.id
            )
        except InvalidError as error:
            self._report.add("tags that cannot be", str(error))
        else:
            if not told:
                self._report.add("tags that are described otherwise here", record.path)

    def _highlight(self, record: HighlightRecord, foreseen: Foreseen | None) -> None:
        own = highlight_id(record)
        if own in self._waiting:
            # One row a tag: the rows of a highlight share its id.
            before, foreseen = self._waiting[own]
            if before.selector != record.selector or before.note != record.note:
                self._report.add("highlights that share an id", record.id or own)
            record = replace(before, tags=(*before.tags, *record.tags))
        self._waiting[own] = record, foreseen
        if len(self._waiting) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        """Put the highlights that wait into the library."""
        waiting, self._waiting = self._waiting, {}
        here = self._merging.highlights(waiting)
        new: list[Drawn] = []
        for own, (record, foreseen) in waiting.items():
            if own in here:
                self._update(here[own], record)
            else:
                new.append(Drawn(record, self._drawn(own, record), foreseen))
        placed = self._placer.place(new)
        self._merging.insert(placed, {each.highlight.id: each.before for each in new})
        self.outcome.highlights += len(placed)
        self.outcome.lost += sum(each.status is Status.LOST for each in placed)
        self._taken += len(waiting)
        if self._progress is not None and not self._progress(self._taken, self._total):
            raise ImportCancelled("the import was stopped: the library is as it was")

    def _drawn(self, own: str, record: HighlightRecord) -> Highlight:
        """A highlight that has all but its place."""
        document = self._shelf.document(record.document)
        created = record.created_at or record.updated_at or self._at
        return Highlight(
            own,
            document.id,
            document.revision,
            *(0, 0, "", "", ""),
            note=record.note,
            colour=self._colour(record.colour),
            coder=record.coder or self._library.coder,
            status=Status.LOST,
            created_at=created,
            updated_at=record.updated_at or created,
            tags=self._tags(record),
            starred=record.starred,
        )

    def _update(self, here: Highlight, record: HighlightRecord) -> None:
        """Let an imported highlight say what the one that is here does not say yet.

        Its tags and its star are added. Its note and its colour are taken where there is none here,
        or where they are not older than those here.
        """
        newer = bool(record.updated_at) and record.updated_at >= here.updated_at
        tags = tuple(path for path in self._tags(record) if path not in here.tags)
        note, colour = here.note, here.colour
        if not holds(here.note, record.note):
            if newer or not here.note:
                note = record.note
            else:
                self._report.add("notes that are otherwise here", record.note)
        said = self._colour(record.colour)
        if said and said != here.colour and (newer or not here.colour):
            colour = said
        starred = here.starred or record.starred
        if not tags and (note, colour, starred) == (here.note, here.colour, here.starred):
            self.outcome.unchanged += 1
            return
        changed = max(here.updated_at, record.updated_at)
        after = replace(
            here,
            note=note,
            colour=colour,
            starred=starred,
            tags=here.tags + tags,
            updated_at=changed,
        )
        self._merging.update(here, after)
        self.outcome.updated += 1

    def _tags(self, record: HighlightRecord) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for path in record.tags:
            try:
                found[self._merging.path(path)] = None
            except InvalidError as error:
                self._report.add("tags that cannot be", str(error))
        return tuple(found)

    def _colour(self, colour: str) -> str:
        try:
            return clean_colour(colour)
        except InvalidError:
            self._report.add("colours that are not known here", colour)
            return ""

    def _answer(self) -> None:
        """Put replies behind the notes that they answer, in the order in which they were made."""
        targets = {reply.id: reply.to for reply in self._replies if reply.id}
        for reply in sorted(self._replies, key=lambda reply: reply.created_at):
            root = reply.to
            for _ in range(_LONGEST_CHAIN):
                if root not in targets:
                    break
                root = targets[root]
            own = identifier(root)
            here = self._merging.highlights([own]).get(own)
            if here is None:
                self._report.add("replies to what is not here", reply.text)
                continue
            said = _signed(reply.text, reply)
            if reply.text and not holds(here.note, said):
                note = "\n\n".join(filter(None, (here.note, said)))
                self._merging.update(here, replace(here, note=note))


def _signed(text: str, by: HighlightRecord | ReplyRecord) -> str:
    """What somebody said, with their name and the day: it becomes part of what others said."""
    who = ", ".join(filter(None, (by.coder, by.created_at[:10])))
    return f"{who}: {text}" if by.coder and text else text
