"""``flor tags``: the codebook, and the acts on it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from annotations.library.wording import counted
from annotations.model import Tag
from tui.cli import output
from tui.cli.arguments import TAG
from tui.cli.files import destination, force_option, on_disk
from tui.cli.highlights import tell_clashes
from tui.cli.session import Session, group, json_option, subcommand

COLUMNS = ("path", "description", "colour")
"""What a codebook is as a table, the shipped one too."""


@group("tags")
def tags_command(session: Session, as_json: bool) -> None:
    """List the tags of the codebook, or change it.

    A line holds the path, the number of highlights, the colour and the description. A tag's path
    shows where it stands: risk/tiers is a child of risk. Renaming, moving, merging and deleting a
    tag takes its children along; flor undo takes any of it back.
    """
    with session.library() as library:
        tags = library.codebook.tags()
    _print_tags(tags, as_json)


def _print_tags(tags: list[Tag], as_json: bool) -> None:
    if as_json:
        output.json_values(Tag, tags)
        return
    rows = [
        (tag.path, str(tag.count), tag.colour, output.one_line(tag.description)) for tag in tags
    ]
    for line in output.columns(rows):
        output.line(line)


def _print_tag(tag: Tag, as_json: bool) -> None:
    if as_json:
        output.json_object(asdict(tag))
    else:
        _print_tags([tag], False)


@subcommand(tags_command, "add")
@click.argument("path", type=TAG)
@click.option("--description", default="", metavar="TEXT", help="What it is for.")
@click.option("--colour", default="", metavar="C", help="A colour's name or #rrggbb.")
@json_option
def add(session: Session, path: str, description: str, colour: str, as_json: bool) -> None:
    """Make a tag."""
    with session.library() as library:
        _print_tag(library.codebook.add(path, description, colour), as_json)


@subcommand(tags_command, "rename")
@click.argument("path", type=TAG)
@click.argument("new_path")
@json_option
def rename(session: Session, path: str, new_path: str, as_json: bool) -> None:
    """Give a tag another path."""
    with session.library() as library:
        paths = library.codebook.renamed(path, new_path)
        library.codebook.rename(path, new_path)
        tell_clashes(library.codebook.clashes_of(paths))
        # Of what is no tag itself, the first below it.
        _print_tag(library.codebook.get(paths[0]), as_json)


@subcommand(tags_command, "move")
@click.argument("path", type=TAG)
@click.argument("parent", type=TAG)
@json_option
def move(session: Session, path: str, parent: str, as_json: bool) -> None:
    """Put a tag below PARENT; "" is the top."""
    with session.library() as library:
        paths = library.codebook.moved(path, parent)
        library.codebook.move(path, parent)
        tell_clashes(library.codebook.clashes_of(paths))
        _print_tag(library.codebook.get(paths[0]), as_json)


@subcommand(tags_command, "merge")
@click.argument("path", type=TAG)
@click.argument("into", type=TAG)
@json_option
def merge(session: Session, path: str, into: str, as_json: bool) -> None:
    """Make one tag of two: PATH goes, INTO stays."""
    with session.library() as library:
        number = library.codebook.merge(path, into)
        tell_clashes(library.codebook.clashes_of([into]))
    said = f"merged {path} into {into}: {counted(number, 'highlight')}"
    output.done(said, as_json, path=into, highlights=number)


@subcommand(tags_command, "split")
@click.argument("path", type=TAG)
@click.argument("into", type=TAG)
@click.argument("highlights", metavar="HIGHLIGHT...", nargs=-1, required=True)
@json_option
def split(
    session: Session, path: str, into: str, highlights: tuple[str, ...], as_json: bool
) -> None:
    """Give highlights the tag INTO instead of PATH.

    INTO is made where it is missing.
    """
    with session.library() as library:
        ids = [library.highlights.get(reference).id for reference in highlights]
        number = library.codebook.split(path, into, ids)
        tell_clashes(library.codebook.clashes(ids))
    said = f"moved {counted(number, 'highlight')} from {path} to {into}"
    output.done(said, as_json, path=into, highlights=number)


@subcommand(tags_command, "order")
@click.argument("paths", metavar="PATH...", type=TAG, nargs=-1, required=True)
@json_option
def order(session: Session, paths: tuple[str, ...], as_json: bool) -> None:
    """Put the children of one tag in order.

    As in flor tags order level/low level/medium level/high.
    """
    with session.library() as library:
        library.codebook.order(paths)
        _print_tags([library.codebook.get(path) for path in paths], as_json)


@subcommand(tags_command, "describe")
@click.argument("path", type=TAG)
@click.argument("description", required=False)
@click.option("--include", "inclusion", metavar="TEXT", help="When to use it.")
@click.option("--exclude", "exclusion", metavar="TEXT", help="When not to.")
@click.option("--note", metavar="TEXT", help="A note on it.")
@click.option("--colour", metavar="C", help="A colour's name or #rrggbb.")
@click.option("--key", metavar="N", help="The digit that applies it in the reader.")
@click.option("--exclusive/--not-exclusive", default=None, help="At most one child a passage.")
@json_option
def describe(
    session: Session,
    path: str,
    colour: str | None,
    key: str | None,
    exclusive: bool | None,
    as_json: bool,
    **words: str | None,
) -> None:
    """Set the description of a tag, and what else is known of it."""
    changes = {name: text for name, text in words.items() if text is not None}
    if not changes and colour is None and key is None and exclusive is None:
        raise click.UsageError("say what to set: a DESCRIPTION, --include, --colour ...")
    with session.library() as library:
        codebook = library.codebook
        with library.journal.act("describe tag", f"described the tag {path}"):
            if changes:
                codebook.describe(path, **changes)
            if colour is not None:
                codebook.recolour(path, colour)
            if key is not None:
                codebook.assign_key(path, key)
            if exclusive is not None:
                codebook.set_exclusive(path, exclusive)
        if exclusive:
            tell_clashes(codebook.clashes_of([path]))
        _print_tag(codebook.get(path), as_json)


@subcommand(tags_command, "delete")
@click.argument("path", type=TAG)
@click.option("--keep-children", is_flag=True, help="Leave the tags below it where they are.")
@json_option
def delete(session: Session, path: str, keep_children: bool, as_json: bool) -> None:
    """Delete a tag; the highlights stay."""
    with session.library() as library:
        number = library.codebook.delete(path, children=not keep_children)
    said = f"deleted {path}: {counted(number, 'highlight')} bore it"
    output.done(said, as_json, path=path, highlights=number)


@subcommand(tags_command, "import")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@json_option
def import_(session: Session, path: Path, as_json: bool) -> None:
    """Take in the tags of a codebook.

    FILE is a CSV of the columns path,description,colour, a REFI-QDA codebook (.qdc), or anything
    else with tags that flor import reads; - is standard input.
    """
    from annotations.exchange.incoming import import_file
    from tui.cli.losses import tell_losses

    with session.library() as library, on_disk(path) as file:
        _, outcome, report = import_file(library, file, tags_only=True)
    output.done(f"imported {outcome}", as_json, **asdict(outcome))
    tell_losses(report, None)


@subcommand(tags_command, "export")
@click.option("--output", "target", metavar="FILE", default="-", help="- is standard output.")
@force_option
@click.option("--raw", is_flag=True, help="Do not guard cells that a spreadsheet would run.")
def export(session: Session, target: str, force: bool, raw: bool) -> None:
    """Write the codebook as CSV, or as .qdc.

    A FILE whose name ends in .qdc becomes a REFI-QDA codebook.
    """
    from annotations.exchange import csv
    from annotations.exchange import export as exchange
    from annotations.exchange.atomic import opened
    from annotations.exchange.criteria import described
    from annotations.exchange.rows import Table

    path = destination(target, force) or output.stream()
    with session.library() as library:
        if target.lower().endswith(".qdc"):
            exchange.export(library, path, format_name="codebook")
            return
        exchange.refuse_library(library, path)
        rows = [(tag.path, described(tag), tag.colour) for tag in library.codebook.tags()]
        with opened(path) as stream:
            csv.write(Table(COLUMNS, rows), stream, raw)
