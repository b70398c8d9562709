"""Documents and exports."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.jobs import Job, Progress
from tui.widgets.lines import one_line

if TYPE_CHECKING:
    from annotations.library.library import Library
    from annotations.model import Document
    from tui.screens.export import Order
    from tui.screens.reader import Reader


def open_listed(reader: Reader) -> None:
    """Open the document that the list points at."""
    if document := reader.sidebar.pointed:
        reader.open(document)


def delete(reader: Reader) -> None:
    """Delete the document that the list points at, if the user is sure."""
    from tui.screens.confirm import Confirm

    document = reader.sidebar.pointed
    if document is None:
        return
    count = document.highlights
    takes = f", with its {count:,} highlight{'' if count == 1 else 's'}" if count else ""
    detail = (
        f"{one_line(document.title)}{takes}, leaves the list. "
        f"{reader.key('undo')} in the text brings it back."
    )
    reader.ask(Confirm("Delete this document?", detail), lambda _: _delete(reader, document))


def _delete(reader: Reader, document: Document) -> None:
    reader.act(
        lambda: reader.desk.library.documents.delete([document.id]),
        f"Deleted “{one_line(document.title)}”",
    )


def export(reader: Reader) -> None:
    """Export highlights to a file."""
    from tui.screens.export import Export

    document = reader.desk.document
    reader.ask(Export(document.title if document else ""), partial(_export, reader))


def _export(reader: Reader, order: Order) -> None:
    document = reader.desk.document
    only = None if order.library or document is None else document.id
    reader.start(
        Job(
            f"Exporting to {order.path.name}",
            "rows",
            partial(_write, order, only),
            lambda rows: reader.say(
                f"Exported {rows:,} row{'' if rows == 1 else 's'} to {order.path}"
            ),
        )
    )


def _write(order: Order, document: str | None, library: Library, progress: Progress) -> int:
    """Write the file; gives the number of rows."""
    from annotations.exchange.atomic import replacing
    from annotations.exchange.formats import format_named
    from annotations.exchange.rows import COLUMNS, TAG_COLUMNS, Table

    rows = library.rows("tag" if order.by_tag else "highlight", document)
    table = Table(TAG_COLUMNS if order.by_tag else COLUMNS, progress.count(rows, step=1))
    with replacing(order.path) as file:
        format_named(order.format).table_writer()(table, file, order.raw)
    return progress.done
