"""Where in a text the words of a search are. Pure.

Agrees with the library's index of words: what that finds in a passage, this finds the places of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from annotations.query.nodes import And, Near, Not, Or, Query, Words
from annotations.text.folding import Folded, fold
from annotations.text.terms import Run, has_more_terms


def wanted_words(query: Query) -> list[Words | Near]:
    """The words that a document is found by: those that no ``not`` stands before, each once."""
    return list(dict.fromkeys(_wanted(query, negated=False)))


def _wanted(query: Query, *, negated: bool) -> Iterator[Words | Near]:
    match query:
        case Not(operand):
            yield from _wanted(operand, negated=not negated)
        case And(operands) | Or(operands):
            for operand in operands:
                yield from _wanted(operand, negated=negated)
        case Words() | Near() if not negated:
            yield query


class Matcher:
    """Finds words in texts."""

    def __init__(self, wanted: Iterable[Words | Near]) -> None:
        self._finders = [_Finder(each) for each in wanted]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the words are, as code point offsets (start, end) in order; of places that overlap,
        the earlier and longer."""
        folded = Folded.of(text)
        found = [span for finder in self._finders for span in finder.spans(folded.text)]
        if len(self._finders) > 1:
            found.sort(key=_by_start)
        kept: list[tuple[int, int]] = []
        reached = -1
        for span in found:
            if span[0] >= reached:
                kept.append(span)
                reached = span[1]
        return kept if folded.is_even else [folded.original(*span) for span in kept]


def _by_start(span: tuple[int, int]) -> tuple[int, int]:
    """The earlier before the later, the longer before the shorter."""
    return span[0], -span[1]


def saying(query: Query) -> Callable[[str], bool]:
    """Tells of many texts whether a search is true of each alone; terms about documents and
    highlights are not."""
    true_of = _saying(query)
    return lambda text: true_of(fold(text))


def _saying(query: Query) -> Callable[[str], bool]:
    """The same of folded texts."""
    match query:
        case Not(operand):
            denied = _saying(operand)
            return lambda folded: not denied(folded)
        case And(operands):
            needed = [_saying(operand) for operand in operands]
            return lambda folded: all(each(folded) for each in needed)
        case Or(operands):
            enough = [_saying(operand) for operand in operands]
            return lambda folded: any(each(folded) for each in enough)
        case Words() | Near():
            finder = _Finder(query)
            return lambda folded: any(True for _ in finder.spans(folded))
        case _:
            return lambda _: False


class _Finder:
    """Finds one phrase, or phrases near each other, in folded text."""

    def __init__(self, wanted: Words | Near) -> None:
        operands = (wanted,) if isinstance(wanted, Words) else wanted.operands
        self._runs = [Run(each.text, open_ended=each.open_ended) for each in operands]
        self._apart = 0 if isinstance(wanted, Words) else wanted.distance

    def spans(self, folded: str) -> Iterator[tuple[int, int]]:
        """The places, as offsets in ``folded``."""
        if len(self._runs) == 1:
            return self._runs[0].spans(folded)
        return self._clusters(folded)

    def _clusters(self, folded: str) -> Iterator[tuple[int, int]]:
        """From each place where a phrase is, to the nearest place of the last of the others, which
        may share words with it."""
        found = [list(run.spans(folded)) for run in self._runs]
        if not all(found):
            return
        nexts = [0] * len(found)
        for start, end, leader in sorted(
            (start, end, index) for index, spans in enumerate(found) for start, end in spans
        ):
            last_start = last_end = end
            for index, spans in enumerate(found):
                if index == leader:
                    continue
                at = nexts[index]
                while at < len(spans) and spans[at][0] < start:
                    at += 1
                nexts[index] = at
                if at == len(spans):
                    break
                if spans[at][0] > last_start:
                    last_start = spans[at][0]
                if spans[at][1] > last_end:
                    last_end = spans[at][1]
            else:
                if not has_more_terms(folded, end, last_start, self._apart):
                    yield start, last_end
