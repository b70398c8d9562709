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


def require_apart(report_path: Path | None, other: Path) -> None:
    """Keep the report from taking the place of the file that it is about.

    Raises:
        UsageError: they are the same.
    """
    if report_path is not None and report_path.resolve() == other.resolve():
        raise click.UsageError(f"--report names {other} itself")


def tell_losses(report: LossReport, path: Path | None) -> None:
    """Say on standard error what did not come across, and write it down where that was asked."""
    if report:
        output.tell(f"did not come across: {report.summary()}")
    if path is not None:
        from annotations.exchange.atomic import replacing

        with replacing(path) as file:
            file.writelines(f"{line}\n".encode() for line in report.lines())
