"""Writing what an import brings, inside one act.

What is there already is not doubled: a highlight keeps the id that its format gave it, and where
the format gives none it gets one made from what it is, so that the same file says nothing new the
second time.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import groupby

from annotations.errors import ActStopped, InvalidError
from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    ReplyRecord,
    Selector,
    TagRecord,
)
from annotations.exchange.criteria import parted
from annotations.exchange.drawing import corrected, holds, known_colour, merged
from annotations.exchange.identity import identifier
from annotations.exchange.placing import Texts, place
from annotations.exchange.rehearsal import Progress, stopped
from annotations.exchange.report import LossReport
from annotations.exchange.shelf import Shelf
from annotations.library.library import Library
from annotations.library.staging import Staged, Staging
from annotations.library.stubs import MEDIA_TYPE
from annotations.library.wording import counted, listed, plain_lines
from annotations.model import Highlight, Span, Status

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

    @property
    def unplaced(self) -> str:
        """How many of those made have no place, in a sentence; empty where all have one."""
        have = "has" if self.lost == 1 else "have"
        return f"{self.lost:,} of the highlights {have} no place in a text yet" * bool(self.lost)


class Arrival:
    """One import that is being written.

    Args:
        library: Where to.
        staging: The highlights, with the places that they had when they were looked for.
        named: What the file calls the documents of which highlights say something.
        report: Is told of what finds no place here.
        at: The time of the act.
        progress: Told how many highlights are written; returns False to stop.
    """

    def __init__(
        self,
        library: Library,
        staging: Staging,
        named: Container[str],
        report: LossReport,
        at: str,
        progress: Progress | None,
    ) -> None:
        self.outcome = Outcome()
        self._merging = library.merging
        self._staging = staging
        self._report = report
        self._at = at
        self._progress = progress
        self._shelf = Shelf(library, report, named)
        self._documents = library.documents
        self._texts = Texts(library.documents)
        self._replies: list[ReplyRecord] = []
        self._corrections: list[HighlightRecord] = []

    def take(self, record: Record) -> None:
        """Take in what is no highlight, and take note of what corrects one."""
        match record:
            case TagRecord():
                self._tag(record)
            case DocumentRecord():
                self._shelf.announce(record)
            case HighlightRecord(exact=True):
                self._corrections.append(record)
            case HighlightRecord():
                labels = " ".join(f"#{tag}" for tag in record.tags)
                said = "\n\n".join(filter(None, (record.note, labels)))
                self._shelf.add_note(record.document, _signed(said, record))
            case ReplyRecord():
                self._replies.append(record)

    def finish(self) -> None:
        """Take in the highlights, and what waits for them; to be called once, at the end."""
        total = len(self._staging)
        self._tell(0, total)
        self._correct()
        done = 0
        for some in self._staging.known():
            here = self._merging.highlights(each.highlight.id for each in some)
            for each in some:
                self._update(here[each.highlight.id], each.highlight)
            done += len(some)
            self._tell(done, total)
        for key in self._staging.documents():
            document = self._shelf.document(key)
            self._staging.settle(key, document, document.media_type == MEDIA_TYPE)
        for some in self._staging.outdated():
            self._staging.add(self._placed_anew(some))
        self._move(done, total)
        self._answer()
        self._shelf.finish()
        self.outcome.documents, self.outcome.stubs = self._shelf.added, self._shelf.stubs

    def _tell(self, done: int, total: int) -> None:
        if self._progress is not None and not self._progress(done, total):
            raise stopped()

    def _placed_anew(self, some: list[Staged]) -> Iterator[Staged]:
        """Place highlights in texts that came when others had been looked at."""
        for key, group in groupby(some, lambda each: each.highlight.document):
            document = self._shelf.document(key)
            text = self._texts.of(document)
            if text is not None:
                yield from place(text, document.revision, list(map(_drawn, group)), self._report)

    def _move(self, done: int, total: int) -> None:
        """Put in the highlights that are not here yet, the most of most imports."""
        share = (total - done) / max(1, self._staging.rows)

        def progress(rows: int) -> bool:
            reached = min(total, done + round(rows * share))
            return self._progress is None or self._progress(reached, total)

        try:
            made, lost = self._merging.move(self._staging, self._at, progress)
        except ActStopped as error:
            raise stopped() from error
        self.outcome.highlights, self.outcome.lost = made, lost
        self._tell(total, total)

    def _tag(self, record: TagRecord) -> None:
        colour = known_colour(record.colour, self._report)
        try:
            told = self._merging.tag(record.path, parted(record.description), colour, record.id)
        except InvalidError as error:
            self._report.add("tags not possible here", str(error))
        else:
            if not told:
                self._report.add("tags described otherwise here", record.path)

    def _update(self, here: Highlight, said: Highlight) -> None:
        # What is otherwise here was told of when the file was read.
        after = merged(here, said, LossReport())
        if said.status is Status.PLACED and self._is_current(here, said.revision):
            # A place was looked for, since there was none that is sure.
            after = _at_place_of(said, after)
        if after == here:
            self.outcome.unchanged += 1
            return
        self._merging.update(here, after)
        self.outcome.updated += 1

    def _correct(self) -> None:
        """Take from highlights what somebody took from them in a file."""
        for record in self._corrections:
            own = identifier(record.id)
            here = self._merging.highlights([own]).get(own)
            if here is not None and record.updated_at >= here.updated_at:
                after = corrected(here, record)
                if after != here:
                    self._merging.update(here, after)
                    self.outcome.updated += 1

    def _is_current(self, here: Highlight, revision: str) -> bool:
        """Whether a place in the text ``revision`` is one in the document of a highlight."""
        return self._documents.get(here.document).revision == revision

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
                # Newer than the file, which does not have the answer in the note.
                self._merging.update(here, here._replace(note=note, updated_at=self._at))


def _at_place_of(placed: Highlight, other: Highlight) -> Highlight:
    """``other`` where ``placed`` is."""
    return other._replace(
        revision=placed.revision,
        start=placed.start,
        end=placed.end,
        quote=placed.quote,
        prefix=placed.prefix,
        suffix=placed.suffix,
        status=placed.status,
    )


def _signed(text: str, by: HighlightRecord | ReplyRecord) -> str:
    """What somebody said, with their name and the day: it becomes part of what others said."""
    who = ", ".join(filter(None, (by.coder, by.created_at[:10])))
    text = plain_lines(text)
    return f"{who}: {text}" if by.coder and text else text


def _drawn(staged: Staged) -> tuple[Staged, Selector, Status]:
    """A highlight with where it lies in the text that its document had, to be found in another."""
    here = staged.highlight
    span = Span(here.start, here.end) if here.start < here.end else None
    selector = Selector(span, quote=here.quote, prefix=here.prefix, suffix=here.suffix)
    before = staged.before if staged.before[0] else (here.quote, here.prefix, here.suffix)
    return staged._replace(before=before), selector, here.status
