"""``flor export``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from annotations.exchange.export import By, export, refuse_library
from annotations.exchange.formats import FORMATS, format_for, format_named
from tui.cli import output
from tui.cli.arguments import document_option, tag_option
from tui.cli.files import destination, force_option
from tui.cli.losses import report_option, require_apart, tell_losses
from tui.cli.progress import ByteProgress
from tui.cli.session import Session, command


@command("export")
@click.option(
    "--format",
    "name",
    type=click.Choice([each.name for each in FORMATS.values() if each.writes]),
    help="Otherwise by the ending of --output, otherwise csv.",
)
@click.option(
    "--rows",
    type=click.Choice(["highlight", "tag"]),
    default="highlight",
    help="A row for each highlight, or for each highlight and tag.",
)
@document_option
@tag_option
@click.option("--query", metavar="QUERY", help="What this asks for only: see flor passages.")
@click.option(
    "--output",
    "target",
    metavar="FILE",
    default="-",
    help="Write this file, whole or not at all; - is standard output.",
)
@force_option
@click.option(
    "--raw",
    is_flag=True,
    help="Do not guard cells that a spreadsheet would run as a formula.",
)
@report_option
def export_command(
    session: Session,
    name: str | None,
    rows: By,
    document: str | None,
    tag: str | None,
    query: str | None,
    target: str,
    force: bool,
    raw: bool,
    report_path: Path | None,
) -> None:
    """Export the highlights to a file or to standard output.

    They are in order of document title, place and id. What a format cannot hold is said on
    standard error: see flor formats.
    """
    if query is not None and (document is not None or tag is not None):
        raise click.UsageError("--query says all: write doc:... or a tag into it")
    require_apart(report_path, Path(target))
    path = destination(target, force)
    if name is None:
        name = format_for(path).name if path else "csv"
    if rows == "tag" and not format_named(name).table:
        tables = ", ".join(each.name for each in FORMATS.values() if each.table)
        raise click.UsageError(f"{name} has no rows: --rows goes with {tables}")
    if path is None and not format_named(name).is_text and sys.stdout.isatty():
        raise click.ClickException(f"{name} is no text for a terminal: name a file with --output")
    with session.library() as library, ByteProgress() as progress:
        refuse_library(library, report_path)
        within = library.documents.find(document).id if document is not None else None
        report = export(
            library,
            path or output.stream(),
            format_name=name,
            by=rows,
            document=within,
            tag=tag,
            query=query,
            raw=raw,
            progress=None if path is None else progress.reach,
        )
    tell_losses(report, report_path)
