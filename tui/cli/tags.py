"""``flor tags``: the codebook."""

from __future__ import annotations

from annotations.model import Tag
from tui.cli import output
from tui.cli.session import Session, command, json_option


@command("tags")
@json_option
def tags_command(session: Session, as_json: bool) -> None:
    """List the tags of the codebook.

    A line holds the path, the number of highlights, the colour and the description.
    """
    with session.library() as library:
        tags = library.codebook.tags()
    if as_json:
        output.json_values(Tag, tags)
    else:
        rows = [
            (tag.path, str(tag.count), tag.colour, output.one_line(tag.description)) for tag in tags
        ]
        for row in output.columns(rows):
            output.line(row)
