"""CSV as RFC 4180 has it: UTF-8, a header, ``\\r\\n`` ends, quotation marks where needed.

A spreadsheet runs a cell that begins with one of ``= + - @``, a tab or a carriage return as a
formula, also one that came from a document; such a cell is guarded by an apostrophe before it.
So is a cell that begins with apostrophes and then one of these, so that :func:`unguarded` gives
back exactly what was written (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO

from annotations.exchange.rows import Row, Table, join_tags

_formula = re.compile(r"'*[=+\-@\t\r]").match
_guarded_formula = re.compile(r"'+[=+\-@\t\r]").match
_SUSPECT = frozenset("=+-@\t\r'")
_ROWS_A_WRITE = 500


def write(table: Table, stream: BinaryIO, raw: bool = False) -> None:
    """Write ``table`` to ``stream`` as it comes, guarding cells unless ``raw``."""
    write_separated(table, stream, raw, ",")


def write_separated(table: Table, stream: BinaryIO, raw: bool, separator: str) -> None:
    """:func:`write` with another character between the cells."""
    lines = chain([table.columns], (_joined if raw else _guarded)(table.rows))
    for page in _pages(lines):
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(page)
        stream.write(text.getvalue().encode("utf-8"))


def guarded(cell: str) -> str:
    """``cell`` with an apostrophe before it where a spreadsheet could take it for a formula."""
    return f"'{cell}" if _formula(cell) else cell


def unguarded(cell: str) -> str:
    """What :func:`guarded` was given."""
    return cell[1:] if _guarded_formula(cell) else cell


def _joined(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        yield [join_tags(cell) if isinstance(cell, tuple) else cell for cell in row]


def _guarded(rows: Iterable[Row]) -> Iterator[Row]:
    # The look at the first character spares nearly every cell a call.
    for row in _joined(rows):
        yield [
            guarded(cell) if isinstance(cell, str) and cell[:1] in _SUSPECT else cell
            for cell in row
        ]


def _pages(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in lists that are worth a write each."""
    iterator = iter(rows)
    while page := list(islice(iterator, _ROWS_A_WRITE)):
        yield page
