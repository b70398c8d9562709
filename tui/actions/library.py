"""Keeping a file, exports and imports."""

from __future__ import annotations

from collections.abc import Awaitable
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from annotations.library.wording import counted
from tui.jobs import CountedFile, Job, Progress
from tui.widgets.lines import one_line

if TYPE_CHECKING:
    from annotations.exchange.report import LossReport
    from annotations.library.library import Library
    from annotations.model import Document
    from tui.adopting import Adopted
    from tui.loose import Imported
    from tui.screens.export import Order
    from tui.screens.importing import Source
    from tui.screens.reader import Reader


def keep(reader: Reader) -> None:
    """Add the open file to the library, while it is read."""
    file = reader.desk.file
    if file is None:
        return

    def take(imported: Imported) -> None:
        reader.desk.refresh()
        # The user may have gone on to another document meanwhile.
        if reader.desk.file is file:
            turned = reader.page.visual_order
            reader.open(imported.document, imported.position)
            if turned:
                reader.act(lambda: reader.desk.library.documents.turn(imported.document.id, turned))
                reader.page.visual_order = turned
        if imported.adopted.left:
            reader.say(str(imported.adopted), "warning")
        settle(reader)

    def left() -> str:
        count = len(reader.desk.waiting)
        return f". {_waits(count)} until it is added" if count else ""

    reader.start(
        Job(
            f"Adding {file.path.name}",
            "characters",
            lambda library, progress: file.import_into(
                library, progress, lambda: reader.page.caret
            ),
            take,
            left,
        )
    )


def settle(reader: Reader) -> None:
    """Place the highlights that wait for a file which is in the library by now, and tell of those
    that go on waiting."""
    library, file = reader.desk.library, reader.desk.file
    here: list[tuple[Document, Path]] = []
    for path, waiting in groupby(library.waiting.list(), lambda each: Path(each.path)):
        document = reader.desk.document_at(path)
        if document is not None:
            here.append((document, path))
        elif file is None or path != file.path:
            name, count = one_line(path.name), len(list(waiting))
            reader.say(f"{_waits(count)} until {name} is added: flor {path}", "warning")
    if here:
        reader.start(
            Job(
                "Placing highlights",
                "files",
                partial(_place, here),
                lambda came: reader.say(". ".join(map(str, came))),
            )
        )


def _place(
    here: list[tuple[Document, Path]], library: Library, progress: Progress
) -> list[Adopted]:
    """Give documents the highlights that waited for their files."""
    from tui.adopting import adopt

    came: list[Adopted] = []
    for document, path in here:
        progress.check(len(came))
        came.append(adopt(library, document, path))
    return came


def _waits(count: int) -> str:
    return f"{counted(count, 'highlight')} {'waits' if count == 1 else 'wait'}"


def export(reader: Reader) -> Awaitable[None]:
    """Export highlights to a file."""
    from tui.screens.export import Export

    document = reader.desk.document
    return reader.ask(Export(document.title if document else ""), partial(_export, reader, None))


def export_passages(reader: Reader, query: str) -> Awaitable[None]:
    """Export what a query of the passages language asks for."""
    from tui.screens.export import Export

    return reader.ask(Export(""), partial(_export, reader, query))


def _export(reader: Reader, query: str | None, order: Order) -> None:
    document = reader.desk.document
    only = None if order.library or document is None else document.id

    def tell(losses: LossReport) -> None:
        lost = f"; {losses.summary()}" if losses else ""
        reader.say(f"Exported to {order.path}{lost}")

    reader.start(
        Job(f"Exporting to {order.path.name}", "bytes", partial(_write, order, only, query), tell)
    )


def _write(
    order: Order, document: str | None, query: str | None, library: Library, progress: Progress
) -> LossReport:
    """Write the file, or the files of the folder."""
    from annotations.exchange.atomic import replacing
    from annotations.exchange.export import export as write
    from annotations.exchange.export import refuse_library
    from annotations.exchange.formats import FORMATS

    refuse_library(library, order.path)
    write_to = partial(
        write,
        library,
        format_name=order.format,
        by="tag" if order.by_tag else "highlight",
        document=document,
        query=query,
        raw=order.raw,
    )
    if FORMATS[order.format].folder:
        return write_to(order.path)
    with replacing(order.path) as file:
        return write_to(cast(BinaryIO, CountedFile(file, progress)))


def bring_in(reader: Reader) -> Awaitable[None]:
    """Import what another program, or this one, exported."""
    from tui.screens.importing import Import

    return reader.ask(Import(), partial(_bring_in, reader))


def _bring_in(reader: Reader, source: Source) -> None:
    def tell(told: str) -> None:
        reader.desk.refresh()
        reader.say(told)

    reader.start(Job(f"Importing {source.path.name}", "highlights", partial(_take, source), tell))


def _take(source: Source, library: Library, progress: Progress) -> str:
    """Import; what came of it, in a sentence."""
    from annotations.exchange.incoming import import_file

    _, outcome, losses = import_file(
        library, source.path, dry_run=source.dry_run, progress=progress.reach
    )
    done = "Would import" if source.dry_run else "Imported"
    lost = f"; did not come across: {losses.summary()}" if losses else ""
    return f"{done} {outcome} from {source.path.name}{lost}"
