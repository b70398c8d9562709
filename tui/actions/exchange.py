"""Exports and imports."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from tui.jobs import Job, Progress
from tui.widgets.lines import one_line

if TYPE_CHECKING:
    from annotations.exchange.arrival import Outcome
    from annotations.exchange.report import LossReport
    from annotations.library.library import Library
    from annotations.library.search import Hit
    from tui.screens.export import Look, Order, Scope
    from tui.screens.importing import Source
    from tui.screens.reader import Reader

Within: TypeAlias = tuple[str | None, str | None]
"""The id of the only document, and the query, that something is about."""

_LINES_SHOWN = 4
"""Lines of an export that are shown before it is made."""


def export(reader: Reader) -> Awaitable[None]:
    """Export highlights to a file."""
    scopes: list[Scope] = ["document"] if reader.desk.document else []
    return _ask_export(reader, [*scopes, "library"], None)


def export_passages(reader: Reader, query: str) -> Awaitable[None]:
    """Export what a query of the passages language asks for."""
    scopes: list[Scope] = ["document"] if reader.desk.document else []
    return _ask_export(reader, ["query", *scopes, "library"], query)


def _ask_export(reader: Reader, scopes: Sequence[Scope], query: str | None) -> Awaitable[None]:
    from tui.screens.export import Export

    own = reader.desk.library
    document = reader.desk.document
    within = partial(_within, document.id if document else None, query)
    look = partial(_look, own, within)
    return reader.ask(Export(scopes, look), partial(_export, reader, within))


def _within(document: str | None, query: str | None, order: Order) -> Within:
    """The id of the only document, and the query, that an order is about."""
    return (
        document if order.scope == "document" else None,
        query if order.scope == "query" else None,
    )


def _look(opened: Library, within: Callable[[Order], Within], order: Order) -> Look:
    """In a thread: the first lines of what an order would write, or why it would not."""
    from annotations.errors import FlorilegiumError
    from annotations.exchange.preview import preview
    from tui.screens.export import Look

    document, query = within(order)
    try:
        with opened.beside() as library:
            found = preview(
                library,
                order.format,
                by="tag" if order.by_tag else "highlight",
                document=document,
                query=query,
                raw=order.raw,
                lines=_LINES_SHOWN,
            )
    except FlorilegiumError as error:
        return Look(str(error), ())
    count = f"{found.highlights:,} highlight{'' if found.highlights == 1 else 's'}"
    label = f"{count}; it begins with" if found.is_itself else f"{count}; the first as a table"
    return Look(label, [one_line(line) for line in found.lines])


def _export(reader: Reader, within: Callable[[Order], Within], order: Order) -> None:
    document, query = within(order)

    def tell(losses: LossReport) -> None:
        lost = f"; did not come across: {losses.summary()}" if losses else ""
        reader.say(f"Exported to {order.path}{lost}")

    reader.start(
        Job(
            f"Exporting to {order.path.name}",
            "bytes",
            partial(_write, order, document, query),
            tell,
        )
    )


def _write(
    order: Order, document: str | None, query: str | None, library: Library, progress: Progress
) -> LossReport:
    """Write the file, or the files of the folder."""
    from annotations.exchange.export import export as write

    return write(
        library,
        order.path,
        format_name=order.format,
        by="tag" if order.by_tag else "highlight",
        document=document,
        query=query,
        raw=order.raw,
        progress=progress.check,
    )


def export_hits(
    reader: Reader, all_of_them: Callable[[Library], Iterator[Hit]], marked: Sequence[Hit]
) -> Awaitable[None]:
    """Export the places that a search found, or those of them that are marked."""
    from tui.screens.export import Export

    own = reader.desk.library
    scopes: list[Scope] = ["marked", "hits"] if marked else ["hits"]

    def find(library: Library, order: Order) -> Iterator[Hit]:
        return iter(marked) if order.scope == "marked" else all_of_them(library)

    def write(library: Library, order: Order, progress: Progress) -> None:
        from annotations.exchange.occurrences import export_hits as write_hits

        write_hits(
            library,
            find(library, order),
            order.path,
            format_name=order.format,
            raw=order.raw,
            progress=progress.check,
        )

    def go_on(order: Order) -> None:
        reader.start(
            Job(
                f"Exporting to {order.path.name}",
                "bytes",
                lambda library, progress: write(library, order, progress),
                lambda _: reader.say(f"Exported to {order.path}"),
            )
        )

    look = partial(_look_at_hits, own, find)
    return reader.ask(Export(scopes, look, hits=True), go_on)


def _look_at_hits(
    opened: Library, find: Callable[[Library, Order], Iterator[Hit]], order: Order
) -> Look:
    """In a thread: the first lines of what an order would write."""
    from annotations.errors import FlorilegiumError
    from annotations.exchange.formats import FORMATS
    from annotations.exchange.occurrences import export_hits as write_hits
    from tui.screens.export import Look

    shown = order.format if FORMATS[order.format].is_text else "csv"
    written = BytesIO()
    try:
        with opened.beside() as library:
            first = list(islice(find(library, order), _LINES_SHOWN))
            write_hits(library, first, written, format_name=shown, raw=order.raw)
    except FlorilegiumError as error:
        return Look(str(error), ())
    lines = written.getvalue().decode().splitlines()[:_LINES_SHOWN]
    label = "It begins with" if shown == order.format else "The first as a table"
    return Look(label, [one_line(line) for line in lines])


def bring_in(reader: Reader) -> Awaitable[None]:
    """Import what another program, or this one, exported."""
    from tui.screens.importing import Import

    return reader.ask(Import(), partial(_bring_in, reader))


def _bring_in(reader: Reader, source: Source) -> None:
    from tui.screens.confirm import Confirm

    def tell(came: Came) -> None:
        reader.desk.refresh()
        lost = f"; did not come across: {came.losses.summary()}" if came.losses else ""
        reader.say(f"Imported {came.outcome} from {source.path.name}{lost}")

    def ask(came: Came) -> None:
        told = [f"{source.path.name} would bring {came.outcome}."]
        if came.outcome.unplaced:
            told.append(f"{came.outcome.unplaced}.")
        if came.losses:
            told += ["", "Does not come across:", *came.losses.lines()]
        question = Confirm("Import it?", "\n".join(map(one_line, told)))
        reader.ask(question, lambda _: _import(reader, source, tell))

    if source.ask:
        _import(reader, source, ask, dry_run=True)
    else:
        _import(reader, source, tell)


def _import(
    reader: Reader, source: Source, then: Callable[[Came], None], *, dry_run: bool = False
) -> None:
    title = f"{'Reading' if dry_run else 'Importing'} {source.path.name}"
    reader.start(Job(title, "highlights", partial(_take, source, dry_run), then))


@dataclass(frozen=True, slots=True)
class Came:
    """What an import brought, or would bring."""

    outcome: Outcome
    losses: LossReport


def _take(source: Source, dry_run: bool, library: Library, progress: Progress) -> Came:
    """In a thread."""
    from annotations.exchange.incoming import import_file

    _, outcome, losses = import_file(
        library,
        source.path,
        format_name=source.format or None,
        dry_run=dry_run,
        progress=progress.reach,
    )
    return Came(outcome, losses)
