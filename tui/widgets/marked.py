"""A piece of text with hits in it, cut and wrapped to cells. Pure: knows no widget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from annotations.text.graphemes import clusters, width
from annotations.text.symbols import visible
from tui.widgets.cards import Line, Run
from tui.widgets.lines import ELLIPSIS, fold_blanks, wrap

Spans = Sequence[tuple[int, int]]


def marked(text: str, hits: Iterable[tuple[int, int]]) -> tuple[str, Spans]:
    """``text`` on one line, control characters as symbols, and where the hits are in that.

    Args:
        text: Any text.
        hits: Code points of ``text``, in order, none over another.
    """
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = length = 0
    for start, end in [*hits, (len(text), len(text))]:
        for first, last, is_hit in ((at, start, False), (start, end, True)):
            part = visible(fold_blanks(text[first:last]))
            if is_hit and part:
                spans.append((length, length + len(part)))
            parts.append(part)
            length += len(part)
        at = end
    line = "".join(parts)
    blanks = len(line) - len(line.lstrip(" "))
    return line.strip(" "), [(start - blanks, end - blanks) for start, end in spans]


def marked_lines(text: str, hits: Spans, cells: int, limit: int, style: str) -> Iterator[Line]:
    """At most ``limit`` lines of ``cells``, beginning so that the first hit is on them.

    Args:
        text: One line, as :func:`marked` gives it.
        hits: Where the hits are in it.
        cells: Cells of a line.
        limit: The most lines.
        style: How hits look; see :data:`tui.widgets.cards.Run`.
    """
    cut = _beginning(text[: hits[0][0]], cells * limit // 2) if hits else 0
    lead = ELLIPSIS if cut else ""
    shown = lead + text[cut:]
    shift = len(lead) - cut
    moved = [(start + shift, end + shift) for start, end in hits]
    at = 0
    for line in wrap(shown, cells, limit):
        # Between two lines there is nothing but the blank at which they were parted.
        at += len(shown[at:]) - len(shown[at:].lstrip(" "))
        yield list(_runs(line, at, moved, style))
        at += len(line)


def _beginning(before: str, cells: int) -> int:
    """Where to begin for at most ``cells`` of what stands before a hit."""
    if width(before) <= cells:
        return 0
    used, at = 0, len(before)
    for start, end in reversed(list(clusters(before))):
        used += width(before[start:end])
        if used > cells:
            break
        at = start
    blank = before.find(" ", at)
    return blank + 1 if 0 <= blank < len(before) - 1 else at


def _runs(line: str, at: int, hits: Spans, style: str) -> Iterator[Run]:
    """The line that begins ``at`` in the text, cut at the edges of hits."""
    done = 0
    for start, end in hits:
        first, last = max(done, start - at), min(len(line), end - at)
        if first < last:
            yield line[done:first], ""
            yield line[first:last], style
            done = last
    yield line[done:], ""
