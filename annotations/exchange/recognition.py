"""Which highlight of the library a record means that has no id of its own."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.exchange.bundle import HighlightRecord
from annotations.exchange.identity import highlight_id, identifier
from annotations.library.library import Library
from annotations.library.tagpath import fold
from annotations.model import Highlight

_COMPARED = 50
"""Highlights with the same words whose tags are looked at."""


class Recogniser:
    """Finds the ids of records; of those that are known by their words, document by document.

    Of several highlights with the same words a record means the one that has its tags too,
    otherwise the first that no other record means.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._document = ""
        self._ids: set[str] = set()
        self._by_words: dict[str, list[Highlight]] = {}
        # By the ids of records: those of the highlights that they mean.
        self._meant: dict[str, str] = {}

    def id_of(self, record: HighlightRecord, document: str | None) -> str:
        """The id of the highlight in the library that a record is, or will be.

        Args:
            record: One that is about a passage.
            document: The id of its document; None where that is not there yet.
        """
        own = highlight_id(record)
        if record.also:
            other = identifier(record.also)
            known = self._library.merging.highlights([own, other])
            return other if other in known and own not in known else own
        if not record.by_words or record.selector is None or document is None:
            return own
        self._turn_to(document)
        if own not in self._ids and own not in self._meant:
            here = self._by_words.get(_letters(record.selector.quote))
            self._meant[own] = _taken(here, record.tags).id if here else own
        return self._meant.get(own, own)

    def _turn_to(self, document: str) -> None:
        if document == self._document:
            return
        self._document = document
        for known in (self._ids, self._by_words, self._meant):
            known.clear()
        for each in self._library.highlights.list(document):
            self._ids.add(each.id)
            self._by_words.setdefault(_letters(each.quote), []).append(each)


def _taken(here: list[Highlight], tags: Sequence[str]) -> Highlight:
    """The one of several that bears ``tags`` best, which is none of them any longer."""
    said = set(map(fold, tags))
    best = min(here[:_COMPARED], key=lambda each: len(said ^ set(map(fold, each.tags))))
    here.remove(best)
    return best


def _letters(words: str) -> str:
    """Words without the blanks between them: programs differ in what parts two paragraphs."""
    return "".join(words.split())
