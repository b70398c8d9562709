"""What the commands print: lines for people, JSON for programs, and messages on standard error.

Text for people never carries a control character to a terminal: a symbol stands for each. What
measures text is loaded where lines are laid out, and what writes tables where one is printed: no
other command waits for them.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO

from annotations.text.symbols import storable, visible

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from typing_extensions import Buffer

    from annotations.exchange.rows import Row


def tell(message: str) -> None:
    """Say one line on standard error, about the program's work and not its result."""
    sys.stderr.write(f"flor: {visible(message)}\n")


def line(content: str = "") -> None:
    """Print one line for people."""
    sys.stdout.write(f"{visible(content)}\n")


def text(content: str) -> None:
    """Print a document's text: exactly, or with symbols where a terminal would obey it."""
    sys.stdout.write(_safe(content) if sys.stdout.isatty() else content)


def stream() -> BinaryIO:
    """Standard output as a binary file; on a terminal, what it would obey becomes symbols."""
    sys.stdout.flush()
    return _Terminal() if sys.stdout.isatty() else sys.stdout.buffer


class _Terminal(io.BytesIO):
    """A binary file in front of a terminal; each write must end at the end of a character."""

    def write(self, data: Buffer, /) -> int:
        content = bytes(data).decode("utf-8", "replace")
        sys.stdout.write(_safe(content.replace("\r\n", "\n")))
        return len(bytes(data))


def _safe(content: str) -> str:
    """``content`` with symbols for control characters other than line ends and tabs."""
    runs = re.split(r"([\n\t])", content)
    return "".join(run if run in ("\n", "\t") else visible(run) for run in runs)


def json_object(value: Mapping[str, object]) -> None:
    """Print one JSON object."""
    # A byte of a file name that is no UTF-8 becomes an escape that JSON knows.
    text(storable(json.dumps(value, ensure_ascii=False)) + "\n")


def done(said: str, as_json: bool, **facts: object) -> None:
    """Print what was done: a line for people, or the facts of it as one JSON object."""
    if as_json:
        json_object(facts)
    else:
        line(said)


def json_table(columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Print a JSON array with an object for each row, as it comes."""
    from annotations.exchange import json as json_format
    from annotations.exchange.rows import Table

    json_format.write(Table(tuple(columns), rows), stream())


def json_objects(objects: Iterable[Mapping[str, object]]) -> None:
    """Print a JSON array of ``objects``, as they come."""
    from annotations.exchange import json as json_format

    json_format.write_objects(objects, stream())


def json_values(kind: type[DataclassInstance], values: Iterable[DataclassInstance]) -> None:
    """Print a JSON array with an object for each of ``values``, under the names of its fields."""
    from dataclasses import fields

    names = [each.name for each in fields(kind)]
    json_table(names, ([getattr(value, name) for name in names] for value in values))


def marked(runs: Iterable[tuple[str, str]], indent: str = "") -> None:
    """Print a passage in its old and its new wording as one line, the changes marked.

    Args:
        runs: the old and the new words of each run; where they differ but in their blanks, the
            old ones are marked as gone and the new ones as come.
        indent: what the line begins with.
    """
    gone, come = ("\x1b[31;9m", "\x1b[32;4m") if has_colours() else ("[-", "{+")
    after_gone, after_come = ("\x1b[0m", "\x1b[0m") if has_colours() else ("-]", "+}")
    parts = []
    for old, new in runs:
        if old.split() == new.split():
            parts.append(visible(_spaced(new)))
            continue
        if old.strip():
            parts.append(f"{gone}{visible(_spaced(old))}{after_gone}")
        if new.strip():
            parts.append(f"{come}{visible(_spaced(new))}{after_come}")
    sys.stdout.write(f"{indent}{''.join(parts).strip()}\n")


def _spaced(content: str) -> str:
    """``content`` with every run of white space as one space, at its ends too."""
    return re.sub(r"\s+", " ", content)


def has_colours() -> bool:
    """Whether standard output is a terminal that shows colours, and may."""
    return (
        sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM", "") != "dumb"
    )


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines with the cells of ``rows`` under each other; the last cell is cut at the terminal's
    edge, the others are as wide as they must be."""
    from annotations.text.graphemes import width

    if not rows:
        return
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)][:-1]
    room = terminal_width()
    for *cells, last in rows:
        padded = (
            cell + " " * (wide - width(cell)) for cell, wide in zip(cells, widths, strict=True)
        )
        start = "".join(f"{cell}  " for cell in padded)
        yield (start + (shorten(last, max(room - width(start), 10)) if room else last)).rstrip()


def one_line(content: str) -> str:
    """``content`` with every run of white space as one space."""
    return " ".join(content.split())


def quoted(content: str, cells: int = 60) -> str:
    """``content`` on one line between quotation marks, cut to ``cells``."""
    return f"“{shorten(one_line(content[: 8 * cells]), cells)}”"


def shorten(content: str, cells: int) -> str:
    """``content`` cut at a cluster's edge so that it takes at most ``cells``, with an ellipsis."""
    from annotations.text.graphemes import clusters, width

    if width(content) <= cells:
        return content
    taken, end = 1, 0
    for start, stop in clusters(content):
        taken += width(content[start:stop])
        if taken > cells:
            break
        end = stop
    return content[:end] + "…"


def terminal_width() -> int:
    """The cells of a line on standard output; 0 where it is no terminal, and without limit."""
    if not sys.stdout.isatty():
        return 0
    from shutil import get_terminal_size

    return get_terminal_size().columns
