"""Saying what did not come across between this program and a format."""

from __future__ import annotations

from pathlib import Path

import click

from annotations.exchange.report import LossReport
from tui.cli import output

report_option = click.option(
    "--report",
    "report_path",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write here, a line each, what did not come across.",
)


def tell_losses(report: LossReport, path: Path | None) -> None:
    """Say on standard error what did not come across, and write it down where that was asked."""
    if report:
        output.tell(f"did not come across: {report.summary()}")
    if path is not None:
        from annotations.exchange.atomic import replacing

        with replacing(path) as file:
            file.writelines(f"{line}\n".encode() for line in report.lines())
