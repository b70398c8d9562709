"""``flor revisions``, ``diff``, ``review`` and ``reanchor``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from annotations.errors import InvalidError
from annotations.library.clock import local
from annotations.library.wording import counted, counts, sure
from annotations.model import Displaced, Document, Revision, Status, Tally
from tui.cli import output
from tui.cli.arguments import DOCUMENT
from tui.cli.session import SHORT_ID, Session, command, json_option

if TYPE_CHECKING:
    from annotations.library.comparing import Run
    from annotations.library.library import Library


@command("revisions")
@click.argument("document", type=DOCUMENT)
@click.option("--current", type=int, metavar="N", help="Make this one the document's text.")
@click.option(
    "--link", "newer", metavar="NEWER", type=DOCUMENT, help="Make that document a revision of it."
)
@json_option
def revisions_command(
    session: Session, document: str, current: int | None, newer: str | None, as_json: bool
) -> None:
    """List the texts that a document has had.

    A line holds the number, a star on the current one, the day on which it came, its length in
    code points, and how many highlights lie in it: in an earlier one, those that are lost.
    """
    if current is not None and newer is not None:
        raise click.UsageError("say either --current or --link")
    with session.library() as library:
        found = library.documents.find(document)
        if newer is not None:
            tally = library.revisions.link(found.id, library.documents.find(newer).id)
            _tell(found, tally)
        elif current is not None:
            turned = library.revisions.turn_to(found.id, current)
            if turned is not None:
                _tell(found, turned)
        revisions = library.revisions.list(found.id)
    if as_json:
        output.json_values(Revision, revisions)
        return
    rows = [
        (
            str(each.number),
            "*" if each.current else "",
            local(each.made_at)[:10],
            f"{each.length:,}",
            counted(each.highlights, "highlight"),
        )
        for each in revisions
    ]
    for line in output.columns(rows):
        output.line(line)


def _tell(document: Document, tally: Tally) -> None:
    """Say on standard error what became of the highlights."""
    became = counts(tally.placed, tally.moved, tally.lost)
    output.tell(f"{output.one_line(document.title)} has text {tally.revision} now: {became}")


@command("diff")
@click.argument("document", type=DOCUMENT)
@click.argument("old", type=int, required=False)
@click.argument("new", type=int, required=False)
@json_option
def diff_command(
    session: Session, document: str, old: int | None, new: int | None, as_json: bool
) -> None:
    """Show what changed between two texts of a document, by words.

    OLD and NEW are numbers from flor revisions; without them, the current text and the one before
    it. What went is in [-brackets-], what came in {+braces+}; on a terminal, both in colour. White
    space that changed alone is left out, but for --json.
    """
    with session.library() as library:
        found = library.documents.find(document)
        current = library.revisions.current(found.id)
        late = new if new is not None else current
        early = old if old is not None else late - 1
        if old is None and late == 1:
            title = output.one_line(found.title)
            raise InvalidError(f"“{title}” had no text before number 1: name two that it has")
        runs = library.revisions.compare(found.id, early, late)
        if as_json:
            output.json_objects(asdict(run) for run in runs if run.kind != "same")
            return
        _print_hunks(runs)


def _print_hunks(runs: Iterator[Run]) -> None:
    from annotations.library.comparing import hunks

    for number, hunk in enumerate(hunks(runs)):
        changed = next(run for run in hunk if run.kind != "same")
        if number:
            output.line()
        output.line(f"at {changed.old_start:,}, now {changed.new_start:,}")
        output.marked((run.old, run.new) for run in hunk)


@command("review")
@click.argument("document", type=DOCUMENT)
@click.option("--accept", multiple=True, metavar="HIGHLIGHT", help="It is in the right place.")
@click.option(
    "--accept-above",
    type=click.FloatRange(0, 1),
    metavar="C",
    help="So are all that are at least so sure, from 0 to 1.",
)
@click.option("--lost", multiple=True, metavar="HIGHLIGHT", help="It has no place in the text.")
@json_option
def review_command(
    session: Session,
    document: str,
    accept: tuple[str, ...],
    accept_above: float | None,
    lost: tuple[str, ...],
    as_json: bool,
) -> None:
    """List the highlights that a new text moved or lost.

    Each with what it was on, what it is on now, and how sure its place is. --accept and --lost say
    that you have looked; flor move gives one another place, and flor undo takes all of it back.
    """
    with session.library() as library:
        found = library.documents.find(document)
        _settle(library, found, accept, accept_above, lost)
        cases = _cases(library, found.id)
        if as_json:
            output.json_objects(
                asdict(case) | {"highlight": case.highlight._asdict()} for case in cases
            )
            return
        for case in cases:
            _print_case(case)


def _settle(
    library: Library,
    document: Document,
    accept: tuple[str, ...],
    accept_above: float | None,
    lost: tuple[str, ...],
) -> None:
    """Do what was said of highlights, as one act."""
    revisions = library.revisions
    accepted = [library.highlights.get(each).id for each in accept]
    if accept_above is not None:
        accepted += revisions.sure(document.id, accept_above)
    left = [library.highlights.get(each).id for each in lost]
    if {*accepted} & {*left}:
        raise click.UsageError("a highlight cannot be accepted and lost")
    if not (accepted or left):
        return
    with library.journal.act("review") as act:
        done = []
        if accepted:
            done.append(f"accepted {counted(revisions.accept(accepted), 'place')}")
        if left:
            revisions.leave(left)
            done.append(f"left {counted(len(left), 'highlight')} without a place")
        act.summary = f"{' and '.join(done)} in “{output.one_line(document.title)}”"
    output.tell(" and ".join(done))


_WINDOW = 200
"""Highlights read at a time."""


def _cases(library: Library, document_id: str) -> Iterator[Displaced]:
    numbers = library.revisions.numbers(document_id)
    for first in range(0, len(numbers), _WINDOW):
        yield from library.revisions.at(numbers[first : first + _WINDOW])


def _print_case(case: Displaced) -> None:
    highlight = case.highlight
    name = highlight.id[:SHORT_ID]
    if highlight.status is Status.LOST:
        output.line(f"{name}  lost  was at {case.start}-{case.end} of text {case.revision}")
        output.line(f"  {output.quoted(case.quote)}")
        return
    from annotations.anchoring import differences

    output.line(f"{name}  moved  {highlight.start}-{highlight.end}  {sure(case.confidence)}")
    output.marked(
        ((each.old, each.new) for each in differences(case.quote, highlight.quote)), indent="  "
    )


@command("reanchor")
@click.argument("document", type=DOCUMENT)
@json_option
def reanchor_command(session: Session, document: str, as_json: bool) -> None:
    """Place the moved and lost highlights of a document again.

    Those too that were left without a place. flor review shows what came of it.
    """
    with session.library() as library:
        found = library.documents.find(document)
        tally = library.revisions.place_again(found.id)
    if as_json:
        output.json_object(asdict(tally))
    else:
        output.line(counts(tally.placed, tally.moved, tally.lost))
