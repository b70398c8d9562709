"""Reading tables as people have them: comma, semicolon or tab between the cells, and a header."""

from __future__ import annotations

import csv
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from annotations.errors import UnreadableFileError
from annotations.exchange.textfile import open_text

if TYPE_CHECKING:
    from _csv import Reader as CSVReader

_SEPARATORS = (",", "\t", ";")
_LARGEST_CELL = 1 << 27
_LONGEST_HEADER = 1 << 16


def header(path: Path) -> tuple[str, ...]:
    """The names of the columns, trimmed and in small letters.

    Raises:
        UnreadableFileError: It is no text, or has no first line.
    """
    with _reader(path) as (columns, _):
        return columns


def rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with the number of the line on which it ends, under the header's names.

    A short row lacks its last cells, cells beyond the header are left out, blank rows do not count.

    Raises:
        UnreadableFileError: It is no table, or ends inside a quoted cell or in the middle of a row.
    """
    with _reader(path) as (columns, reader):
        for line, row in _sound(path, columns, reader):
            # Blank cells at the end of a short row are as good as missing.
            yield line, dict(zip(columns, row, strict=False))


def picked(path: Path, names: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """:func:`rows` with the cells of certain columns alone, empty where there are none; takes half
    the time.

    Args:
        path: The table.
        names: Of two columns or more.

    Raises:
        UnreadableFileError: As :func:`rows`.
    """
    with _reader(path) as (columns, reader):
        places = {name: number for number, name in enumerate(columns)}
        width = len(columns)
        # What is missing is taken from behind the row.
        pick = itemgetter(*(places.get(name, width) for name in names))
        for line, row in _sound(path, columns, reader):
            if len(row) != width:
                row = row[:width] + [""] * (width - len(row))
            row.append("")
            yield line, pick(row)


def _sound(
    path: Path, columns: tuple[str, ...], reader: CSVReader
) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank."""
    row = list(columns)
    try:
        for row in reader:
            if any(row):
                yield reader.line_num, row
    except csv.Error as error:
        raise _malformed(path, reader.line_num, error) from error
    if row and len(row) < len(columns) and not _ends_with_a_line(path):
        raise UnreadableFileError(f"{path.name} is cut short: its last row lacks cells")


def require(path: Path, columns: Collection[str], what: str) -> None:
    """Check that a table has certain columns.

    Raises:
        UnreadableFileError: It lacks one, and so is not ``what`` it was taken for.
    """
    missing = [name for name in columns if name not in header(path)]
    if missing:
        raise UnreadableFileError(f"{path.name} is not {what}: no column {', '.join(missing)}")


@contextmanager
def _reader(path: Path) -> Iterator[tuple[tuple[str, ...], CSVReader]]:
    csv.field_size_limit(_LARGEST_CELL)
    with open_text(path, newline="") as file:
        reader = csv.reader(file, delimiter=_separator(file), strict=True)
        try:
            names = next(reader, None)
        except csv.Error as error:
            raise _malformed(path, 1, error) from error
        if names is None:
            raise UnreadableFileError(f"{path.name} is empty")
        yield tuple(name.strip().lower() for name in names), reader


def _separator(file: TextIO) -> str:
    """The separator that parts the header most, or that a line before it names, as Excel has it;
    the file is left at its header."""
    first = file.readline(_LONGEST_HEADER)
    named = first.strip().removeprefix("sep=")
    if named in _SEPARATORS:
        return named
    file.seek(0)
    return max(_SEPARATORS, key=first.count)


def _ends_with_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 4))
        return file.read().rstrip(b"\0").endswith((b"\n", b"\r"))


def _malformed(path: Path, line: int, error: csv.Error) -> UnreadableFileError:
    if "unexpected end" in str(error):
        return UnreadableFileError(f"{path.name} is cut short: its last cell does not end")
    return UnreadableFileError(f"{path.name} is not a table: {error} in line {line}")
