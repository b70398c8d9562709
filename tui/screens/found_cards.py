"""What a search found, as a list: the places in documents, tags, or what could be searched for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar

from annotations.library.search import Found, Hit
from annotations.model import Span, Status, Tag
from annotations.text.graphemes import width
from tui.bars import bar
from tui.screens.station import StationCards
from tui.widgets.cards import Line
from tui.widgets.lines import clip, one_line, quoted, rows_needed
from tui.widgets.marked import marked, marked_lines
from tui.widgets.marking import MarkingCards

_TEXT_ROWS = 2
_BAR = 6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that could be searched for."""

    query: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document that was found; the first of them stands below its title."""

    found: Found
    span: Span
    """Where to go, in code points of the document's canonical text."""
    text: str
    """What is shown of it; empty where only the title was found."""
    hits: tuple[tuple[int, int], ...]
    """In ``text``."""
    is_hit: bool
    """Whether the words are in the text at ``span``, and not in a note on it or in the title."""
    is_first: bool
    is_last: bool

    @property
    def places(self) -> Hits:
        """All that was found here."""
        at = self.span.start - self.hits[0][0] if self.hits else 0
        document = self.found.document.id
        return tuple(Hit(document, at + start, at + end) for start, end in self.hits)

    def rows(self, cells: int) -> int:
        """How high its card is where a line of its text has so many cells."""
        text = rows_needed(self.text, cells, _TEXT_ROWS) if self.text else 0
        return self.is_first + text + self.is_last


Entry = Suggestion | Tag | Place
Hits = tuple[Hit, ...]


def places(found: Found) -> Iterator[Place]:
    """What is listed of a document."""
    parts: list[tuple[Span, str, tuple[tuple[int, int], ...], bool]] = []
    for each in found.snippets:
        hits = tuple((hit.start - each.start, hit.end - each.start) for hit in each.hits)
        parts.append((each.hits[0], each.text, hits, True))
    for highlight in found.notes:
        lost = f"Lost: {quoted(highlight.quote)}" if highlight.status is Status.LOST else ""
        note = f"Note: {highlight.note}" if highlight.note else ""
        parts.append((highlight.span, f"{lost}  {note}".strip(), (), False))
    parts = parts or [(Span(0, 0), "", (), False)]
    for index, part in enumerate(parts):
        yield Place(found, *part, index == 0, index == len(parts) - 1)


class FoundCards(StationCards[Entry], MarkingCards[Entry, Hits]):
    """Of a document its title, its date and how many places it has, then its first places."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"cards--hit"}
    DEFAULT_CSS = """
    FoundCards > .cards--hit { color: $accent; text-style: bold underline; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.most = 1
        """Places of the document that has most of them, for the bars."""

    def key(self, item: Entry) -> Hits | None:
        """What was found in the text there."""
        return item.places if isinstance(item, Place) and item.is_hit else None

    def tops(self, items: Sequence[Entry], cells: int) -> Sequence[int]:
        """The heights follow from what is shown."""
        return list(accumulate((_rows(item, cells) for item in items), initial=0))

    def card(self, item: Entry, cells: int) -> Iterable[Line]:
        """Any of the three."""
        match item:
            case Suggestion(query, meaning):
                query = clip(one_line(query), max(10, cells - width(meaning) - 4))
                yield [(query, "accent"), ("  ", ""), (meaning, "dim")]
            case Tag():
                about = one_line(item.description)
                path = clip(f"#{one_line(item.path)}", cells)
                yield [(path, "accent"), ("  ", ""), (clip(about, cells - width(path) - 2), "dim")]
            case Place():
                if item.is_first:
                    yield self._title(item.found, cells)
                if item.text:
                    text, hits = marked(item.text, item.hits)
                    limit = rows_needed(item.text, _room(cells), _TEXT_ROWS)
                    for line in marked_lines(text, hits, _room(cells), limit, "hit"):
                        yield [(self.sign(item), "accent"), (" ", ""), *line]

    def _title(self, found: Found, cells: int) -> Line:
        """The title with what was found in it, the date, and a bar for the places."""
        document = found.document
        number = f"{found.hits:,}{'' if found.counted else '+'}"
        facts = f"  {document.published[:10]:10}  {number:>5} "
        filled = bar(found.hits, self.most, _BAR)
        room = max(10, cells - len(facts) - _BAR)
        text, hits = marked(document.title, ((hit.start, hit.end) for hit in found.title_hits))
        line = next(marked_lines(text, hits, room, 1, "hit"))
        title = [(run, style or "strong") for run, style in line]
        gap = " " * max(0, room - sum(width(run) for run, _ in title))
        return [*title, (gap, ""), (facts, "dim"), (f"{filled:{_BAR}}", "accent")]


def _room(cells: int) -> int:
    """Cells of a line of text on a card that is so wide."""
    return max(10, cells - 3)


def _rows(item: Entry, cells: int) -> int:
    return item.rows(_room(cells)) if isinstance(item, Place) else 1
