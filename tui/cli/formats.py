"""``flor formats``."""

from __future__ import annotations

from annotations.exchange.formats import FORMATS
from tui.cli import output
from tui.cli.session import Session, command, json_option


@command("formats")
@json_option
def formats_command(_: Session, as_json: bool) -> None:
    """List the formats that can be exported and imported."""
    if as_json:
        names = ("name", "title", "suffixes", "exports", "imports")
        rows = (
            (each.name, each.title, each.suffixes, each.writes, each.reads)
            for each in FORMATS.values()
        )
        output.json_table(names, rows)
        return
    rows_for_people = [
        (
            each.name,
            "out" if each.writes else "",
            "in" if each.reads else "",
            " ".join(each.suffixes),
            each.title,
        )
        for each in FORMATS.values()
    ]
    for line in output.columns(rows_for_people):
        output.line(line)
