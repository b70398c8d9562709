"""What records say of highlights: as new ones that have no place yet, or of those that are here."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.errors import InvalidError
from annotations.exchange.bundle import HighlightRecord, Selector
from annotations.exchange.report import LossReport
from annotations.library.colours import clean_colour
from annotations.library.staging import Staged, Words
from annotations.library.tagpath import clean, fold
from annotations.library.wording import plain_lines
from annotations.model import Highlight, Span, Status

_FURTHEST = 1 << 40
"""Where no text goes on: a place behind it is nothing to search by."""
_LONGEST_JOINED = 100_000
"""Code points of a note from which no other is joined to it: each joining copies all of it."""


def draw(record: HighlightRecord, own: str, number: int, coder: str, report: LossReport) -> Staged:
    """What a record says, as a highlight that has not found its place.

    Args:
        record: One that is about a passage.
        own: The id that it has in the library.
        number: The one that the staging gave it.
        coder: Who made it, where the record does not say.
        report: Is told of tags and colours that cannot be.
    """
    selector = record.selector or Selector()
    quote = selector.quote
    if not quote and selector.bounds is not None:
        quote = " … ".join(bound.quote for bound in selector.bounds)
    said = (selector.quote, selector.prefix, selector.suffix)
    span = selector.span
    if span is None or span.end >= _FURTHEST:
        span = Span(0, 0)
    highlight = Highlight(
        own,
        record.document,
        "",
        span.start,
        span.end,
        quote,
        selector.prefix,
        selector.suffix,
        note=plain_lines(record.note),
        colour=known_colour(record.colour, report),
        coder=record.coder or coder,
        status=Status.LOST,
        created_at=record.created_at,
        updated_at=record.updated_at,
        tags=_paths(record.tags, report),
        starred=record.starred,
    )
    before: Words = (record.former, "", "") if record.former else said
    return Staged(highlight, number, before)


def joined(first: Staged, second: Staged, report: LossReport) -> Staged:
    """One highlight of two that share id and place, as in formats that have a row for each tag.

    Args:
        first: What is kept.
        second: Adds its tags, its star, and its note as a paragraph.
        report: Is told of a note that would make that of the highlight too long.
    """
    here, there = first.highlight, second.highlight
    note = here.note
    if not holds(note, there.note):
        if len(note) < _LONGEST_JOINED:
            note = f"{note}\n\n{there.note}" if note else there.note
        else:
            report.add("notes beyond those that fit into one", there.note)
    tags = tuple(dict.fromkeys(here.tags + there.tags))
    starred = here.starred or there.starred
    return first._replace(highlight=here._replace(tags=tags, note=note, starred=starred))


def merged(here: Highlight, said: Highlight, report: LossReport) -> Highlight:
    """A highlight of the library that says too what a file says of it.

    Tags and a star are added. Note and colour are taken where there is none here, or where they are
    not older than those here: then the file has been changed since it was written.
    """
    newer = bool(said.updated_at) and said.updated_at >= here.updated_at
    note, colour = here.note, here.colour
    if said.note and said.note != here.note:
        if newer or not here.note:
            note = said.note
        elif not holds(here.note, said.note):
            report.add("notes written otherwise here", said.note)
    if said.colour and said.colour != here.colour and (newer or not here.colour):
        colour = said.colour
    known = set(map(fold, here.tags))
    tags = here.tags + tuple(path for path in said.tags if fold(path) not in known)
    starred = here.starred or said.starred
    if (note, colour, tags, starred) == (here.note, here.colour, here.tags, here.starred):
        return here
    changed = max(here.updated_at, said.updated_at)
    return here._replace(note=note, colour=colour, tags=tags, starred=starred, updated_at=changed)


def corrected(here: Highlight, said: HighlightRecord) -> Highlight:
    """A highlight of the library with the note and the tags of a record, and no others."""
    known = {fold(path): path for path in here.tags}
    tags = (known.get(fold(path), path) for path in _paths(said.tags, LossReport()))
    return here._replace(note=plain_lines(said.note), tags=tuple(tags))


def holds(note: str, said: str) -> bool:
    """Whether a note says something already, as whole paragraphs of it."""
    return not said or f"\n\n{said}\n\n" in f"\n\n{note}\n\n"


def known_colour(colour: str, report: LossReport) -> str:
    """A colour as it is kept; empty, and reported, where it is none."""
    if not colour:
        return ""
    try:
        return clean_colour(colour)
    except InvalidError:
        report.add("colours not known here", colour)
        return ""


def _paths(tags: tuple[str, ...], report: LossReport) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys(map(clean, tags)))
    except InvalidError:
        return tuple(dict.fromkeys(_possible(tags, report)))


def _possible(tags: tuple[str, ...], report: LossReport) -> Iterator[str]:
    for path in tags:
        try:
            yield clean(path)
        except InvalidError as error:
            report.add("tags not possible here", str(error))
