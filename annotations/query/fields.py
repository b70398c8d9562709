"""The fields of a query, declared once: their names, and how their values are read."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass

from annotations.model import COLOURS, Status
from annotations.query.nodes import Contains, During, Equals, Field, Tagged, Term

DESCENDANTS = "/*"


class MisreadError(ValueError):
    """A value that cannot be read, in words for the user.

    Args:
        problem: What is wrong.
        at: The code point of the value at which it is.
    """

    def __init__(self, problem: str, at: int = 0) -> None:
        super().__init__(problem)
        self.at = at


def read_tag(value: str, *, is_quoted: bool = False, is_named_star: bool = False) -> Term:
    """A tag by its path; ``path/*`` are its descendants, ``*`` is any tag.

    Args:
        value: What was written.
        is_quoted: Whether it stood in quotation marks, where any other ``*`` is a letter.
        is_named_star: Whether a ``*`` at its end is a letter too.

    Raises:
        MisreadError: It cannot be a tag.
    """
    below = not is_named_star and ((value == "*" and not is_quoted) or value.endswith(DESCENDANTS))
    path = value[:-1] if below else value
    segments = [" ".join(segment.split()) for segment in path.strip("/ ").split("/")]
    if not below and not any(segments):
        raise MisreadError("a tag's name is missing")
    if "*" in path and not is_quoted:
        problem = "* stands for any tag, or after a / for those below; in a name it is quoted"
        raise MisreadError(problem, path.index("*"))
    if any(segments) and not all(segments):
        raise MisreadError("a tag's path has a name between two /", value.find("//") + 1)
    return Tagged("/".join(segments), below)


def tag_query(path: str) -> str:
    """The query that asks for just one tag, whatever is in its name."""
    if path.endswith(DESCENDANTS):
        return f'{in_quotes(path.removesuffix(DESCENDANTS))}/"*"'
    return in_quotes(path)


def in_quotes(text: str) -> str:
    """``text`` as a query holds it, whatever is in it: the value of a field."""
    return '"' + text.replace('"', '""') + '"'


def read_period(value: str) -> tuple[str, str]:
    """``2026``, ``2026-01``, ``2026-01-31``, ``2026..2027-03``, ``2026..`` or ``..2026``.

    Returns:
        The first day, month or year inside, and the first after; empty where a side is open.

    Raises:
        MisreadError: It is none of these, or ends before it starts.
    """
    first, dots, last = value.partition("..")
    if not dots:
        if not _DATE.fullmatch(value):
            raise MisreadError(f"{value} is no date; {_DATES}, periods like 2019..2023")
        last = first
    if not first and not last:
        raise MisreadError("a date is missing")
    since = read_date(first) if first else ""
    try:
        until = _following(read_date(last)) if last else ""
    except MisreadError as error:
        raise MisreadError(str(error), len(first) + len(dots)) from None
    if since and until and since >= until:
        raise MisreadError(f"{value} ends before it starts")
    return since, until


_DATES = "dates are like 2026, 2026-03 or 2026-03-31"
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def read_date(value: str) -> str:
    """A day, a month or a year: ``2026-01-31``, ``2026-01`` or ``2026``.

    Raises:
        MisreadError: It is none.
    """
    written = _DATE.fullmatch(value)
    if not written:
        raise MisreadError(f"{value} is no date; {_DATES}")
    year, month, day = int(written[1]), int(written[2] or 1), int(written[3] or 1)
    if not (1 <= month <= 12 and year >= 1 and 1 <= day <= calendar.monthrange(year, month)[1]):
        raise MisreadError(f"there is no {value} in the calendar")
    return value


def _following(date: str) -> str:
    """The year, month or day after ``date``, in its own precision; empty after the last."""
    year, month, day = (int(part) for part in [*date.split("-"), "0", "0"][:3])
    if day and day < calendar.monthrange(year, month)[1]:
        return f"{year:04}-{month:02}-{day + 1:02}"
    if month and month < 12:
        month += 1
    elif year == 9999:
        return ""
    else:
        year, month = year + 1, min(month, 1)
    return "-".join([f"{year:04}", *([f"{month:02}"] if month else []), *(["01"] if day else [])])


def _contains(field: Field) -> Callable[[str], Term]:
    return lambda value: Contains(field, value)


def _equals(field: Field) -> Callable[[str], Term]:
    return lambda value: Equals(field, value)


def _during(field: Field) -> Callable[[str], Term]:
    return lambda value: During(field, *read_period(value))


def _status(value: str) -> Term:
    try:
        return Equals(Field.STATUS, Status(value.lower()))
    except ValueError:
        raise MisreadError(f"a status is one of {', '.join(Status)}") from None


def _colour(value: str) -> Term:
    if value.lower() not in COLOURS and not re.fullmatch("#[0-9A-Fa-f]{6}", value):
        raise MisreadError(f"a colour is #rrggbb or one of {', '.join(COLOURS)}")
    return Equals(Field.COLOUR, value.lower())


@dataclass(frozen=True, slots=True)
class FieldForm:
    """How a field is written. ``read`` makes a term of a value, or raises MisreadError."""

    field: Field
    read: Callable[[str], Term]
    help: str
    aliases: tuple[str, ...] = ()


FIELDS: tuple[FieldForm, ...] = (
    FieldForm(Field.TAG, read_tag, "a tag, or risk/* for the tags below risk"),
    FieldForm(Field.TEXT, _contains(Field.TEXT), "words in the highlighted text"),
    FieldForm(Field.NOTE, _contains(Field.NOTE), "words in a highlight's note"),
    FieldForm(Field.CODER, _equals(Field.CODER), "who made the highlight"),
    FieldForm(Field.COLOUR, _colour, "the highlight's own colour", ("color",)),
    FieldForm(Field.STATUS, _status, "placed, moved or lost"),
    FieldForm(Field.MADE, _during(Field.MADE), "when it was made: 2026-01..2026-03"),
    FieldForm(Field.DOC, _contains(Field.DOC), "part of a document's title, its id or path"),
    FieldForm(Field.AUTHOR, _contains(Field.AUTHOR), "part of its author's name"),
    FieldForm(Field.PUBLISHER, _contains(Field.PUBLISHER), "part of its publisher's name"),
    FieldForm(Field.SOURCE, _contains(Field.SOURCE), "part of its address or reference"),
    FieldForm(Field.KIND, _equals(Field.KIND), "letter, news, report ..."),
    FieldForm(Field.LANGUAGE, _equals(Field.LANGUAGE), "en (also finds en-GB), zh-Hans ..."),
    FieldForm(Field.PUBLISHED, _during(Field.PUBLISHED), "when it was published: 2019..2023"),
)

CONTAINED = frozenset(
    {Field.TEXT, Field.NOTE, Field.DOC, Field.AUTHOR, Field.PUBLISHER, Field.SOURCE}
)
"""Fields of which a part is told."""

FORMS: dict[str, FieldForm] = {
    name: form for form in FIELDS for name in (form.field.value, *form.aliases)
}
"""Every name that may stand before a colon, in lower case."""


def no_field(name: str) -> str:
    """That no field is called ``name``, the one that may have been meant, and which there are."""
    from difflib import get_close_matches  # rarely needed

    near = get_close_matches(name.lower(), FORMS, 1)
    meant = f", did you mean {near[0]}:?" if near else ""
    return f"no field is called {clip(name)}{meant} (there are {', '.join(sorted(FORMS))})"


def clip(text: str) -> str:
    """Enough of ``text`` to know it by in a message of one line."""
    return text if len(text) <= 40 else text[:39] + "…"
