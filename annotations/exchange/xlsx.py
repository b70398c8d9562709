"""XLSX, for spreadsheets: the rows of :mod:`annotations.exchange.rows`, no cell a formula.

Needs xlsxwriter, which comes with ``florilegium[xlsx]``.
"""

from __future__ import annotations

import shutil
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

from annotations.errors import InvalidError
from annotations.exchange.rows import Cell, Table, join_tags

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_LONGEST = 32_767
"""Characters of a cell, counted in UTF-16 units."""
_MOST_ROWS = 1_048_576
_WIDTHS = {"quote": 60, "note": 40, "title": 30, "tags": 30, "tag": 30}


def write(table: Table, stream: BinaryIO, raw: bool = False) -> None:
    """Write ``table`` as it comes, in as many sheets as it takes; ``raw`` changes nothing.

    Raises:
        InvalidError: xlsxwriter is not installed.
        OSError: There is no room.
    """
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import FileCreateError
    except ImportError:
        raise InvalidError(
            "XLSX needs a package that is not installed: pip install 'florilegium[xlsx]'"
        ) from None
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    # By way of a file of its own: a zip file that cannot be ended leaves a complaint behind.
    with TemporaryDirectory() as folder, TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {**options, "tmpdir": folder})
        _fill(book, table)
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error
        file.seek(0)
        shutil.copyfileobj(file, stream, 1 << 20)


def _fill(book: Workbook, table: Table) -> None:
    bold = book.add_format({"bold": True})
    sheet = None
    line = _MOST_ROWS
    sheets = 0
    for row in table.rows:
        if line == _MOST_ROWS or sheet is None:
            sheets += 1
            sheet = book.add_worksheet("highlights" if sheets == 1 else f"highlights {sheets}")
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(table.columns):
                sheet.write_string(0, column, name, bold)
                sheet.set_column(column, column, _WIDTHS.get(name, 14))
            line = 1
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(line, column, cell)
            else:
                sheet.write_string(line, column, _fitting(cell, table))
        line += 1
    if sheet is None:
        sheet = book.add_worksheet("highlights")
        for column, name in enumerate(table.columns):
            sheet.write_string(0, column, name, bold)


def _fitting(cell: Cell, table: Table) -> str:
    text = join_tags(cell) if isinstance(cell, tuple) else str(cell)
    if len(text) * 2 <= _LONGEST:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= _LONGEST * 2:
        return text
    table.report.add("ends of cells too long for a spreadsheet", text)
    return units[: _LONGEST * 2].decode("utf-16-le", "ignore")
