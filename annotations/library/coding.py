"""Automatic coding: what a search or a query finds, as passages to highlight and tag in one act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from annotations.errors import ConflictError, InvalidError
from annotations.library.codebook import Codebook
from annotations.library.documents import Documents
from annotations.library.highlights import Highlights
from annotations.library.journal import Journal
from annotations.library.passages import Passages
from annotations.library.search import Hit, Search
from annotations.library.wording import counted, listed, quoted
from annotations.model import Passage, Status
from annotations.text.boundaries import sentences

Progress = Callable[[int], None]
"""Told how many passages are coded."""


class Extent(StrEnum):
    """How much around a hit is coded."""

    MATCH = "match"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that could be coded, to look at before it is."""

    document: str
    """The document's id."""
    start: int
    """Code points of the document's canonical text."""
    end: int
    quote: str


class Coding:
    """Codes what is found."""

    def __init__(
        self,
        journal: Journal,
        documents: Documents,
        highlights: Highlights,
        codebook: Codebook,
        passages: Passages,
        search: Search,
    ) -> None:
        self._journal = journal
        self._documents = documents
        self._highlights = highlights
        self._codebook = codebook
        self._passages = passages
        self._search = search

    def of_search(self, query: str, extent: Extent = Extent.MATCH) -> Iterator[Candidate]:
        """What the places that a search finds come to, each once, document by document.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        return self.of_hits(self._search.hits(query), extent)

    def of_passages(self, query: str, extent: Extent = Extent.MATCH) -> Iterator[Candidate]:
        """What the highlights that a passages query finds come to; lost ones are left out.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        found = self._passages.find(query)
        hits = (
            Hit(each.document, each.start, each.end)
            for each in found
            if each.status is not Status.LOST
        )
        return self.of_hits(hits, extent)

    def apply(
        self,
        candidates: Iterable[Candidate],
        tags: Iterable[str],
        *,
        progress: Progress | None = None,
    ) -> int:
        """Highlight and tag passages, all as one act; how many.

        A passage that is highlighted already, with just these edges, gets the tags instead of a
        second highlight.

        Raises:
            ConflictError: A text says something else by now; nothing was changed.
            InvalidError: There is no tag, or one cannot be, or a passage is outside its text;
                nothing was changed.
        """
        given = list(tags)
        if not given:
            raise InvalidError("there is no tag to code with")
        coming = iter(candidates)
        first = next(coming, None)
        if first is None:
            return 0
        number = 0
        with self._journal.act("code") as act:
            paths = list(self._codebook.ensure(given))
            for number, candidate in enumerate(chain([first], coming), 1):
                self._code(candidate, paths)
                if progress is not None:
                    progress(number)
            act.summary = f"coded {counted(number, 'passage')} with {listed(paths)}"
        return number

    def _code(self, candidate: Candidate, tags: list[str]) -> None:
        place = candidate.document, candidate.start, candidate.end
        there = [
            each
            for each in self._highlights.touching(*place)
            if (each.start, each.end) == place[1:]
        ]
        if there:
            self._highlights.tag([there[0].id], tags)
        else:
            there = [self._highlights.add(*place, tags=tags)]
        if there[0].quote != candidate.quote:
            raise ConflictError(f"{quoted(candidate.quote)} has changed meanwhile: search again")

    def of_hits(self, hits: Iterable[Hit], extent: Extent = Extent.MATCH) -> Iterator[Candidate]:
        """What places come to; the same one after the other once."""
        last: tuple[str, int, int] | None = None
        reader = _Reader(self._documents)
        for hit in hits:
            start, end = hit.start, hit.end
            if extent is not Extent.MATCH:
                start = reader.around(hit.document, start, extent)[0]
                end = max(end, reader.around(hit.document, hit.end - 1, extent)[1])
            if last != (hit.document, start, end):
                last = (hit.document, start, end)
                quote = self._documents.text(hit.document, start, end)
                yield Candidate(hit.document, start, end, quote)


class _Reader:
    """Finds sentences and paragraphs, one passage in memory."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._document = ""
        self._passage = Passage(0, "")

    def around(self, document: str, offset: int, extent: Extent) -> tuple[int, int]:
        """The sentence or the paragraph that holds the code point at ``offset``, blanks around it
        left out; for a blank between two sentences, the one before."""
        if document != self._document or not self._passage.start <= offset < self._passage.end:
            self._passage = self._documents.passage_at(document, offset)
            self._document = document
        at = offset - self._passage.start
        block = next(each for each in self._passage.blocks if each.start <= at < each.end)
        text = self._passage.text[block.start : block.end]
        spans = [(0, len(text.rstrip()))]
        if extent is Extent.SENTENCE:
            spans = sentences(text) or spans
        found = max((span for span in spans if block.start + span[0] <= at), default=spans[0])
        shift = self._passage.start + block.start
        return shift + found[0], shift + found[1]
