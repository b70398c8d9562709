"""Bringing records into the library: one act, which undo takes back whole.

What is there already is not doubled: a highlight keeps the id that its format gave it, and where
the format gives none it gets one made from what it is, so that the same file says nothing new the
second time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid5

from annotations.errors import ImportCancelled, InvalidError
from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    ReplyRecord,
    TagRecord,
)
from annotations.exchange.detect import detect
from annotations.exchange.formats import Format, format_named
from annotations.exchange.placing import Placer
from annotations.exchange.report import LossReport, shorten
from annotations.exchange.shelf import Shelf, holds
from annotations.library.codebook import clean_colour
from annotations.library.library import Library
from annotations.library.wording import counted, listed
from annotations.model import Highlight, Status

_NAMESPACE = UUID("0d1c2b7e-3b5f-5a57-9f39-0c6a3f0f6f11")
_is_uuid = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}").fullmatch
_BATCH = 1_000
"""Highlights that are placed, looked up and written at a time: bounds the memory."""
_LONGEST_CHAIN = 1_000
"""Answers to answers that are followed."""

Progress = Callable[[int], bool]
"""Told how many highlights are in; False stops the import."""


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


def import_file(
    library: Library,
    path: Path,
    *,
    format_name: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> tuple[Format, Outcome, LossReport]:
    """Take a file of another program, or one of ours, into the library.

    Args:
        library: Where to.
        path: The file, or the folder where the format is one.
        format_name: One of :data:`~annotations.exchange.formats.FORMATS`; None: by what it holds.
        dry_run: Find out what would come in, and change nothing.
        progress: Told how many highlights have been taken; returns False to stop.

    Returns:
        The format, what came in, and what did not come across.

    Raises:
        ImportCancelled: ``progress`` returned False; the library is as it was.
        InvalidError: There is no such format, or it cannot be read.
        UnreadableFileError: The file cannot be read; the library is as it was.
        LibraryError: The library cannot be written; it is as it was.
    """
    chosen = detect(path) if format_name is None else format_named(format_name)
    report = LossReport()
    records = chosen.read(path, report)
    outcome = bring_in(library, records, report, name=path.name, dry_run=dry_run, progress=progress)
    return chosen, outcome, report


def bring_in(
    library: Library,
    records: Iterable[Record],
    report: LossReport,
    *,
    name: str,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Take records into the library.

    Args:
        library: Where to.
        records: Of a reader in this package.
        report: The one that the reader fills; it is told too of what finds no place here.
        name: Of the file, for the history.
        dry_run: Find out what would come in, and change nothing.
        progress: Told how many highlights have been taken; returns False to stop.

    Raises:
        ImportCancelled: ``progress`` returned False; the library is as it was.
        UnreadableFileError: The reader met what it cannot read; the library is as it was.
        LibraryError: The library cannot be written; it is as it was.
    """
    with library.merging.act(dry_run=dry_run) as act:
        arrival = _Arrival(library, report, act.at, progress)
        tags = library.merging.count_tags()
        for record in records:
            arrival.take(record)
        arrival.finish()
        outcome = arrival.outcome
        outcome.tags = library.merging.count_tags() - tags
        act.summary = f"imported {outcome} from “{shorten(name)}”"
    return outcome


class _Arrival:
    """One import under way."""

    def __init__(
        self, library: Library, report: LossReport, at: str, progress: Progress | None
    ) -> None:
        self.outcome = Outcome()
        self._library = library
        self._merging = library.merging
        self._report = report
        self._at = at
        self._progress = progress
        self._shelf = Shelf(library, report)
        self._placer = Placer(library.documents, report)
        self._waiting: dict[str, HighlightRecord] = {}
        self._replies: list[ReplyRecord] = []
        self._taken = 0

    def take(self, record: Record) -> None:
        match record:
            case TagRecord():
                self._tag(record)
            case DocumentRecord():
                self._shelf.announce(record)
            case HighlightRecord(selector=None):
                said = "\n\n".join(
                    filter(None, (record.note, " ".join(f"#{t}" for t in record.tags)))
                )
                self._shelf.add_note(record.document, said)
            case HighlightRecord():
                self._highlight(record)
            case ReplyRecord():
                self._replies.append(record)

    def finish(self) -> None:
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

    def _highlight(self, record: HighlightRecord) -> None:
        own = highlight_id(record)
        before = self._waiting.get(own)
        if before is not None:
            # One row a tag: the rows of a highlight share its id.
            if before.selector != record.selector or before.note != record.note:
                self._report.add("highlights that share an id", record.id or own)
            record = replace(before, tags=(*before.tags, *record.tags))
        self._waiting[own] = record
        if len(self._waiting) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        """Put the highlights that wait into the library."""
        waiting, self._waiting = self._waiting, {}
        here = self._merging.highlights(waiting)
        new: list[tuple[HighlightRecord, Highlight]] = []
        for own, record in waiting.items():
            if own in here:
                self._update(here[own], record)
            else:
                new.append((record, self._drawn(own, record)))
        placed = self._placer.place(new)
        self._merging.insert(placed)
        self.outcome.highlights += len(placed)
        self.outcome.lost += sum(each.status is Status.LOST for each in placed)
        self._taken += len(waiting)
        if self._progress is not None and not self._progress(self._taken):
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
        )

    def _update(self, here: Highlight, record: HighlightRecord) -> None:
        """Let an imported highlight say what the one that is here does not say yet.

        Its tags are added. Its note and its colour are taken where there is none here, or where
        they are not older than those here.
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
        if not tags and (note, colour) == (here.note, here.colour):
            self.outcome.unchanged += 1
            return
        changed = max(here.updated_at, record.updated_at)
        after = replace(here, note=note, colour=colour, tags=here.tags + tags, updated_at=changed)
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
            who = ", ".join(filter(None, (reply.coder, reply.created_at[:10])))
            said = f"{who}: {reply.text}" if who else reply.text
            if reply.text and not holds(here.note, said):
                note = "\n\n".join(filter(None, (here.note, said)))
                self._merging.update(here, replace(here, note=note))


def highlight_id(record: HighlightRecord) -> str:
    """The id that a highlight has in the library: its own, or one made from what it is."""
    if record.id:
        return identifier(record.id)
    what = (record.document, str(record.selector), record.coder, record.created_at)
    return str(uuid5(_NAMESPACE, "\0".join(what)))


def identifier(written: str) -> str:
    """A UUID as it is; the same UUID each time for anything else."""
    folded = written.strip().strip("{}").lower()
    return folded if _is_uuid(folded) else str(uuid5(_NAMESPACE, written))
