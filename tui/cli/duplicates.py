"""``flor duplicates``."""

from __future__ import annotations

from dataclasses import asdict

from tui.cli import output
from tui.cli.progress import CountProgress
from tui.cli.session import SHORT_ID, Session, command, json_option


@command("duplicates")
@json_option
def duplicates_command(session: Session, as_json: bool) -> None:
    """List documents that are nearly the same.

    Two lines for each document that is like one which was added before: how much of their wording
    the two share, with the earlier one; then the later one. flor revisions EARLIER --link LATER
    makes the later one a revision of the earlier one.
    """
    with session.library() as library, CountProgress("documents") as progress:
        found = library.duplicates.find(progress.reach)
    if as_json:
        output.json_objects(asdict(each) for each in found)
        return
    for each in found:
        share = f"{each.resemblance:4.0%}"
        for lead, document in ((share, each.older), ("    ", each.newer)):
            name = output.one_line(document.title)
            output.line(f"{lead}  {document.id[:SHORT_ID]}  {document.published:10}  {name}")
