"""Short texts of the side panes, cut and wrapped to cells. Pure: knows no widget."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotations.text.graphemes import cluster_width, clusters, is_plain, width
from annotations.text.symbols import visible
from tui.page.wrap import last_cut

ELLIPSIS = "…"
_MARKS = ('"', "“", "„", "«", "»", "‘", "'", "「", "『")
_AHEAD = 20
"""Code points behind the end of a line that may say whether it can end there."""
_TITLE_CELLS = 48
"""Of a title in a sentence."""
_BLANKS = re.compile(r"[ \t\n]+")


def one_line(text: str) -> str:
    """``text`` on one line: blanks and line ends folded, control characters as symbols."""
    return visible(fold_blanks(text).strip(" "))


def quoted(text: str) -> str:
    """``text`` in quotation marks, but for one that begins with one of its own."""
    return text if text.startswith(_MARKS) else f"“{text}”"


def sentence(message: str) -> str:
    """A message of the core, which may go on after a colon, as a line of its own: with a capital,
    unless it begins with a name or an address."""
    first = message.partition(" ")[0]
    return message[:1].upper() + message[1:] if first.isalpha() and first.islower() else message


def fold_blanks(text: str) -> str:
    """``text`` with every run of blanks and line ends as one blank."""
    return _BLANKS.sub(" ", text)


def clip(text: str, cells: int) -> str:
    """``text``, or as much of its start as fits into ``cells`` with an ellipsis after it."""
    if len(text) <= cells and width(text) <= cells:
        return text
    return _head(text, max(0, cells - 1)).rstrip() + ELLIPSIS if cells > 0 else ""


def titled(title: str) -> str:
    """The title of a document in quotation marks, as much of it as a sentence has room for."""
    return quoted(clip(one_line(title), _TITLE_CELLS))


def column(text: str, cells: int) -> str:
    """``text`` in a column of so many cells: cut, or blanks after it."""
    shown = clip(text, cells)
    return shown + " " * (cells - width(shown))


def _head(text: str, cells: int) -> str:
    """The longest start of ``text``, in whole clusters, that fits into ``cells``."""
    used = 0
    for start, end in clusters(text):
        used += cluster_width(text[start:end])
        if used > cells:
            return text[:start]
    return text


def tail(text: str, cells: int) -> str:
    """The longest end of ``text``, in whole clusters, that fits into ``cells``."""
    left = width(text)
    for start, end in clusters(text):
        if left <= cells:
            return text[start:]
        left -= cluster_width(text[start:end])
    return ""


def wrap(text: str, cells: int, limit: int) -> list[str]:
    """``text`` on at most ``limit`` lines of ``cells``, the last with an ellipsis if it is cut.

    Args:
        text: One line, as :func:`one_line` gives it.
        cells: Cells of a line; a word that is longer is broken.
        limit: The most lines; at least one.
    """
    lines: list[str] = []
    for line in _lines(text, max(1, cells)):
        if len(lines) == limit:
            lines[-1] = clip(f"{lines[-1]} {line}", cells)
            if not lines[-1].endswith(ELLIPSIS):
                lines[-1] = _head(lines[-1], cells - 1).rstrip() + ELLIPSIS
            break
        lines.append(line)
    return lines or [""]


def _lines(text: str, cells: int) -> Iterator[str]:
    """``text`` cut into lines where Unicode allows it, or within a word that is too long."""
    rest = text
    while rest:
        head = _head(rest, cells) or rest[:1]
        if len(head) < len(rest):
            if is_plain(head):
                blank = rest.rfind(" ", 1, len(head) + 1)
                head = rest[:blank] if blank > 0 else head
            else:
                # Many scripts have no blanks to end a line at.
                head = rest[: last_cut(rest, 0, min(len(rest), len(head) + _AHEAD), len(head))]
        yield head.rstrip(" ")
        rest = rest[len(head) :].lstrip(" ")


def rows_needed(text: str, cells: int, limit: int) -> int:
    """How many lines :func:`wrap` can fill, without wrapping: 1, or ``limit`` for a longer text."""
    return 1 if len(text) <= cells and width(one_line(text)) <= cells else limit
