"""``flor import``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from annotations.exchange.formats import FORMATS
from tui.cli import output
from tui.cli.files import on_disk
from tui.cli.losses import report_option, require_apart, tell_losses
from tui.cli.progress import CountProgress
from tui.cli.session import Session, command, json_option


@command("import")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "name",
    type=click.Choice([each.name for each in FORMATS.values() if each.reads]),
    help="Otherwise by what the file holds: see flor formats.",
)
@click.option("--dry-run", is_flag=True, help="Say what would come in, and change nothing.")
@report_option
@json_option
def import_command(
    session: Session,
    path: Path,
    name: str | None,
    dry_run: bool,
    report_path: Path | None,
    as_json: bool,
) -> None:
    """Take in what another program, or this one, exported.

    Documents, tags, highlights and notes come in as one act, which flor undo takes back. What is
    there already is not doubled. A highlight of a document whose text is not in the library waits
    for it: flor add of the text finds its place. A FILE that is - is standard input.
    """
    from annotations.exchange.export import refuse_library
    from annotations.exchange.incoming import import_file

    require_apart(report_path, path)
    with (
        session.library() as library,
        on_disk(path) as file,
        CountProgress("highlights") as progress,
    ):
        refuse_library(library, report_path)
        chosen, outcome, report = import_file(
            library, file, format_name=name, dry_run=dry_run, progress=progress.reach
        )
    if as_json:
        losses = [asdict(loss) for loss in report.losses]
        output.json_object({"format": chosen.name, **asdict(outcome), "report": losses})
    else:
        output.line(f"{'would import' if dry_run else 'imported'} {outcome}")
        if outcome.unplaced:
            output.line(outcome.unplaced)
    tell_losses(report, report_path)
