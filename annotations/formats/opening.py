"""What the first lines of a plain text say of it: mail's fields, a catalogue's, or a title."""

from __future__ import annotations

import re

from annotations.formats.dates import iso_date
from annotations.model import BlockKind, Metadata
from annotations.text.blocks import plain_blocks
from annotations.text.headings import hashes

_FIELD = re.compile(r"(?P<name>[A-Z][A-Za-z-]*): *(?P<value>\S.*)")
_ENVELOPE = re.compile(r"From \S+ .*\d\d:\d\d.*\n")
"""The line that mailboxes set before each letter."""
_CATALOGUE = re.compile(r"^(Title|Author): *(\S.*(?:\n[ \t]+\S.*)*)$", re.MULTILINE)
"""As libraries of texts set before them, Project Gutenberg for one."""
_CATALOGUE_STRETCH = 4_000
"""Code points in which it stands."""
_NAME = re.compile(r'"?(?P<before>[^"<>]*?)"?\s*<[^<>]*>|\S+(?:@| at )\S+ \((?P<after>[^()]+)\)')


def opening_metadata(start: str) -> Metadata:
    """What the first lines of a plain text say of it.

    Args:
        start: some kilobytes of the beginning.
    """
    first = _ENVELOPE.sub("", start.lstrip(), count=1).partition("\n\n")[0]
    fields = _fields(first)
    if "subject" in fields and "from" in fields:
        return Metadata(
            title=_decoded(fields["subject"]),
            author=_decoded(_name(fields["from"])),
            published=iso_date(fields.get("date", "")),
            kind="mail",
        )
    named = {
        name: " ".join(value.split())
        for name, value in reversed(_CATALOGUE.findall(start[:_CATALOGUE_STRETCH]))
    }
    if len(named) > 1:
        return Metadata(title=named["Title"], author=named["Author"])
    return Metadata(title=_title(start))


def _fields(head: str) -> dict[str, str]:
    """The fields of mail in ``head`` by their names in small letters; none if it is no mail."""
    fields: dict[str, str] = {}
    name = ""
    for line in head.split("\n"):
        match = _FIELD.fullmatch(line.rstrip())
        if match:
            name = match["name"].lower()
            fields[name] = match["value"]
        elif fields and line[:1] in (" ", "\t"):
            fields[name] += f" {line.strip()}"
        else:
            return {}
    return fields


def _decoded(value: str) -> str:
    """A field's value with the words decoded that are not in ASCII (RFC 2047)."""
    if "=?" not in value:
        return value
    # Imported here, as few texts are mail and fewer need it.
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(value))).strip()
    except (HeaderParseError, LookupError, ValueError):
        return value


def _name(sender: str) -> str:
    """The name in an address of mail, or the address where there is none."""
    match = _NAME.fullmatch(sender)
    return (match["before"] or match["after"] or sender) if match else sender


def _title(start: str) -> str:
    for block in plain_blocks(start, opening=True):
        if block.kind is BlockKind.HEADING and block.level == 1:
            line = start[block.start : block.end].strip().split("\n")[0]
            return " ".join(line[hashes(line) :].split())
    return ""
