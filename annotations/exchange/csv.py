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
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import BinaryIO, cast

from annotations.exchange.rows import Cell, Row, Table, join_tags

_formula = re.compile(r"'*[=+\-@\t\r]").match
_guarded_formula = re.compile(r"'+[=+\-@\t\r]").match
_SUSPECT = frozenset("=+-@\t\r'")
_first = itemgetter(slice(1))
_ROWS_A_WRITE = 500


def write(table: Table, stream: BinaryIO, raw: bool = False) -> None:
    """Write ``table`` to ``stream`` as it comes, guarding cells unless ``raw``."""
    write_separated(table, stream, raw, ",")


def write_separated(table: Table, stream: BinaryIO, raw: bool, separator: str) -> None:
    """:func:`write` with another character between the cells."""
    header: list[Row] = [table.columns]
    for page in chain([header], _pages(table.rows)):
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
        writer.writerows(_written(page, raw))
        stream.write(text.getvalue().encode("utf-8"))


def guarded(cell: str) -> str:
    """``cell`` with an apostrophe before it where a spreadsheet could take it for a formula."""
    return f"'{cell}" if _formula(cell) else cell


def unguarded(cell: str) -> str:
    """What :func:`guarded` was given."""
    return cell[1:] if _guarded_formula(cell) else cell


def _written(page: list[Row], raw: bool) -> Iterable[Row]:
    """Rows as they are to be written. Column by column, since nearly none holds anything that has
    to be guarded, and a column is looked through at once."""
    return zip(*(_column(cells, raw) for cells in zip(*page, strict=True)), strict=True)


def _column(cells: Sequence[Cell], raw: bool) -> Iterable[Cell]:
    kinds = set(map(type, cells))
    if tuple in kinds:
        joined = {cell: join_tags(cell) for cell in set(cells) if isinstance(cell, tuple)}
        cells = [joined[cell] if isinstance(cell, tuple) else cell for cell in cells]
        kinds = set(map(type, cells))
    if raw or kinds == {int}:
        return cells
    if int not in kinds and _SUSPECT.isdisjoint(map(_first, cast("Sequence[str]", cells))):
        return cells
    return [guarded(cell) if isinstance(cell, str) else cell for cell in cells]


def _pages(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in lists that are worth a write each."""
    iterator = iter(rows)
    while page := list(islice(iterator, _ROWS_A_WRITE)):
        yield page
