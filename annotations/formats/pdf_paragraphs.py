"""From the lines of pages to paragraphs: what belongs together.

A paragraph begins where the type changes, after a wider gap, at an indent below a full line, and
after a line that ends a sentence though more would have fitted. Across a column or a page only the
type and that last rule count. Pure: lines in, pieces out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from annotations.formats.passages import LONGEST_BLOCK, Piece
from annotations.formats.pdf_index import is_entry
from annotations.formats.pdf_layout import Habits
from annotations.formats.pdf_lines import Line
from annotations.formats.pdf_words import Vocabulary, hyphens_shown
from annotations.model import BlockKind, Mark, MarkKind
from annotations.text.lines import ends_sentence

_ITEM = re.compile(r"(?:[-*•‣◦▪●○■□–·]|\(?(?:\d{1,3}|[a-z]|[ivxlc]{2,6})[.)]|\([A-Z]\))\s+\S")
_NUMBERED = re.compile(r"\s\(?(?:\d{1,2}|[a-z]|[ivxlc]{2,6})\)\s")
"""Inside a sentence: "(i) this, and (ii) that"."""
_NOTE = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§])[\])]?\.?\s?\S")
_GAP = 1.2
"""Leadings between the baselines of two paragraphs, at least."""
_INDENT = 0.7
"""Ems."""
_SAME_SIZE = 0.6
"""Points by which sizes in one paragraph differ at most."""
_FAR_FROM_FULL = 0.3
"""The share of the column that a line leaves empty only at a paragraph's end."""
_SMALL = 0.93
"""Of the body's size: notes are set smaller."""
_LARGE = 1.08
_OFF_CENTRE = 0.2
"""Ems by which lines that are centred may miss each other's middle."""
_LONGEST_HEADING = 200
_LONGEST_NUMBER = 10
"""Letters and digits of a heading's number, such as "Chapter 12"."""
_HEADING_RATIOS = (1.6, 1.3, _LARGE)
"""Of a heading's size to the body's, from level 1 on."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the file's own outline."""

    title: str
    level: int
    """1 to 6."""

    def names(self, text: str) -> bool:
        """Whether ``text`` is the heading that the entry points to, its number aside."""
        title, heading = _folded(self.title), _folded(text)
        if not title or not heading or abs(len(title) - len(heading)) > _LONGEST_NUMBER:
            return False
        return heading.endswith(title) or title.endswith(heading)


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


@dataclass(slots=True)
class _Open:
    """The paragraph that lines are being added to."""

    first: Line
    last: Line
    right: float
    """The right edge of the column that its last line is in."""
    text: str
    lines: int = 1
    marks: list[Mark] = field(default_factory=list)
    entry: Entry | None = None
    """What the outline calls it."""
    begun: tuple[BlockKind, int] | None = None
    """Kind and level, where it is so long that its beginning has been handed out."""


class Paragraphs:
    """Gathers the lines of one page after the other into pieces of bare text."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._open: _Open | None = None
        self._notes: list[Piece] = []
        """Footnotes, kept back until the paragraph that runs over them has ended."""
        self._usual = Habits(size=10.0, leading=12.0)
        self._labels: list[str] = []
        """Pages that have begun before the next line."""
        self._entries: list[Entry] = []
        """Those of the outline that point to the page and have not been found on it yet."""

    def learn(self, lines: Iterable[Line]) -> None:
        """See words before they are divided: call this with all pages that are at hand."""
        self._vocabulary.learn(lines)

    def add_page(
        self,
        label: str,
        regions: Sequence[Sequence[Line]],
        usual: Habits,
        entries: Iterable[Entry] = (),
    ) -> Iterator[Piece]:
        """The paragraphs that are complete with this page.

        Args:
            label: of the page.
            regions: its lines in reading order, apart at columns; none is empty.
            usual: of the pages around it.
            entries: the lines of the outline that point to it.
        """
        self._labels.append(label)
        self._entries = list(entries)
        self._usual = usual
        parted = [_parted(region, usual) for region in regions]
        notes = [line for _, below in parted for line in below]
        if 2 * len(notes) > sum(map(len, regions)):
            # A page in small type, such as one with an imprint.
            parted, notes = [(region, []) for region in regions], []
        for (body, _), right in zip(parted, _right_edges(regions), strict=True):
            yield from self._add_region(body, right, usual)
        self._notes += _note_pieces(notes, self._vocabulary)

    def finish(self) -> Iterator[Piece]:
        """What is left when there are no more pages."""
        yield from self._close(self._usual)

    def _add_region(self, lines: Sequence[Line], right: float, usual: Habits) -> Iterator[Piece]:
        left = min((line.left for line in lines), default=0.0)
        for number, line in enumerate(lines):
            following = lines[number + 1] if number + 1 < len(lines) else None
            named = self._named(line.text)
            current = self._open
            if (
                current is None
                or named
                or current.entry
                or _changes(current, line)
                or (number and _stands_apart(current, line, usual))
                or (
                    not _are_title(current.last, line, usual)
                    and (
                        _is_indented(current, line, following, left, opens_column=number == 0)
                        or _was_last(current, line)
                    )
                )
            ):
                yield from self._close(usual)
                text = self._vocabulary.row(line.text)
                self._open = current = _Open(line, line, right, text, entry=named)
                start = 0
            else:
                if len(current.text) > LONGEST_BLOCK:
                    yield from self._hand_out(current, line, usual)
                else:
                    current.text = self._vocabulary.join(current.text, line.text)
                current.last, current.right = line, right
                current.lines += 1
                current.entry = self._named(current.text)
                start = len(current.text) - len(line.text)
            if current.entry:
                self._entries.remove(current.entry)
            current.marks += [Mark(start, start, MarkKind.PAGE, label) for label in self._labels]
            self._labels.clear()

    def _hand_out(self, current: _Open, line: Line, usual: Habits) -> Iterator[Piece]:
        """What there is of a paragraph that has grown long; ``line`` is what is left of it."""
        joined = self._vocabulary.join(current.text, line.text)
        current.text = joined[: len(joined) - len(line.text)]
        piece = _piece(current, usual)
        current.begun, current.text, current.marks = (piece.kind, piece.level), line.text, []
        yield piece

    def _named(self, text: str) -> Entry | None:
        """What the outline calls a line, or a heading of several."""
        return next((entry for entry in self._entries if entry.names(text)), None)

    def _close(self, usual: Habits) -> Iterator[Piece]:
        current, self._open = self._open, None
        if current is not None:
            yield _piece(current, usual)
        yield from self._notes
        self._notes = []


def _right_edges(regions: Sequence[Sequence[Line]]) -> list[float]:
    """For each region the right edge of its column, which others of the page may show better."""
    edges = [
        (
            min((line.left for line in region), default=0.0),
            max((line.right for line in region), default=0.0),
        )
        for region in regions
    ]
    return [
        max(right for left, right in edges if abs(left - own) < 24 and right < end + 60)
        for own, end in edges
    ]


def _changes(current: _Open, line: Line) -> bool:
    """Whether the type changes, or a table's row or an index's entry begins or ends."""
    last = current.last
    return (
        "\t" in line.text
        or "\t" in current.text
        or abs(line.size - last.size) > _SAME_SIZE
        or line.bold is not last.bold
        or (_ITEM.match(line.text) is not None and _may_end(current) and not _counts(current))
        or (
            is_entry(line.text) and is_entry(current.text) and not current.text.endswith((",", ";"))
        )
    )


def _may_end(current: _Open) -> bool:
    """Whether a list item may follow: a wrapped line may begin with a dash or number by chance."""
    text = current.text.rstrip()
    return (
        ends_sentence(text)
        or text.endswith((";", ","))
        or _ITEM.match(text) is not None
        or current.right - current.last.right > 4 * current.last.size
    )


def _counts(current: _Open) -> bool:
    """Whether the paragraph is running text that numbers what it names, the next line too."""
    return _ITEM.match(current.text) is None and _NUMBERED.search(current.text) is not None


def _stands_apart(current: _Open, line: Line, usual: Habits) -> bool:
    """Whether the gap above ``line``, in the same column, is wider than between lines."""
    leading = usual.leading * max(line.size / usual.size, 1.0)
    gap = current.last.base - line.base
    return gap > _GAP * leading or gap < 0


def _are_title(last: Line, line: Line, usual: Habits) -> bool:
    """Whether two lines in large type are centred above each other: neither starts at a margin."""
    off = abs(last.left + last.right - line.left - line.right) / 2
    return line.size >= _LARGE * usual.size and off <= _OFF_CENTRE * line.size


def _is_indented(
    current: _Open, line: Line, following: Line | None, margin: float, *, opens_column: bool
) -> bool:
    """Whether an indent, or the end of a hanging one, shows that ``line`` begins a paragraph.

    Args:
        current: the paragraph above.
        line: the next line.
        following: the line below it in its column.
        margin: the left edge of the column.
        opens_column: whether ``line`` is the first in it.
    """
    last = current.last
    step = _INDENT * line.size
    juts_in = following is None or following.left < line.left - step
    above = margin if opens_column else last.left
    if line.left > above + step:
        if _ITEM.match(current.text) and current.lines == 1 and not opens_column:
            return False
        return juts_in or (not opens_column and ends_sentence(last.text))
    if opens_column:
        return False
    if current.lines == 1:
        # A paragraph of one line, indented as this one is.
        both = min(last.left, line.left) > margin + step
        return both and juts_in and ends_sentence(last.text)
    return last.left > line.left + step and abs(current.first.left - line.left) < step


def _was_last(current: _Open, line: Line) -> bool:
    """Whether the line above ended though the first word of ``line`` would have fitted."""
    last = current.last
    room = current.right - last.right
    letter = (line.right - line.left) / max(len(line.text), 1)
    word = line.text.split(maxsplit=1)[0]
    if room <= letter * (len(word) + 1) or line.text[:1].islower():
        return False
    width = current.right - min(current.first.left, last.left)
    return ends_sentence(last.text) or room > _FAR_FROM_FULL * width


def _piece(current: _Open, usual: Habits) -> Piece:
    kind, level = current.begun or _kind(current, usual)
    continues = current.begun is not None
    return Piece(hyphens_shown(current.text), kind, level, tuple(current.marks), continues)


def _kind(current: _Open, usual: Habits) -> tuple[BlockKind, int]:
    text = current.text
    if current.entry is not None:
        return BlockKind.HEADING, current.entry.level
    if "\t" in text:
        return BlockKind.TABLE_ROW, 0
    if len(text) <= _LONGEST_HEADING and any(map(str.isalpha, text)) and not text.endswith("."):
        ratio = current.first.size / usual.size
        for level, least in enumerate(_HEADING_RATIOS, 1):
            if ratio >= least:
                return BlockKind.HEADING, level
        if current.first.bold and current.lines <= 2 and not ends_sentence(text):
            return BlockKind.HEADING, len(_HEADING_RATIOS) + 1
    if _ITEM.match(text):
        return BlockKind.LIST_ITEM, 1
    return BlockKind.PARAGRAPH, 0


def _is_small(line: Line, usual: Habits) -> bool:
    return line.size < _SMALL * usual.size


def _parted(region: Sequence[Line], usual: Habits) -> tuple[Sequence[Line], list[Line]]:
    """The lines of a column, and the footnotes below them."""
    first = len(region)
    while first and "\t" not in region[first - 1].text and _is_small(region[first - 1], usual):
        first -= 1
    while first < len(region) and not _NOTE.match(region[first].text):
        first += 1
    return region[:first], list(region[first:])


def _note_pieces(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Piece]:
    """Footnotes as paragraphs: each begins with its number or sign."""
    texts: list[str] = []
    for line in lines:
        if not texts or _NOTE.match(line.text):
            texts.append(line.text)
        else:
            texts[-1] = vocabulary.join(texts[-1], line.text)
    return [Piece(hyphens_shown(text)) for text in texts]
