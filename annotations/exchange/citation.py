"""Citing a document: what a reference consists of, and how several styles write it in a line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MOST_FAMILY, _MOST_GIVEN = 4, 4
"""Words that a family name and given names have, at most."""
_is_date = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?").fullmatch


class Described(Protocol):
    """What a document and its metadata have in common."""

    @property
    def title(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def published(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def source(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Name:
    """An author: family and given name where they are told apart, otherwise ``family`` alone, as
    for an institution."""

    family: str
    given: str = ""

    @property
    def turned(self) -> str:
        """``Doe, Jane``."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def straight(self) -> str:
        """``Jane Doe``."""
        return f"{self.given} {self.family}" if self.given else self.family


def names(author: str) -> tuple[Name, ...]:
    """The authors in a document's field: parted by ``;``, the family name before a comma.

    What follows a comma may also say who somebody is; then the whole is one name.
    """
    parts = (" ".join(part.split()) for part in author.split(";"))
    return tuple(_name(part) for part in parts if part.strip(" ,"))


def _name(written: str) -> Name:
    family, _, given = (half.strip() for half in written.partition(","))
    words = given.split()
    is_given = 0 < len(words) <= _MOST_GIVEN and not any(word.islower() for word in words)
    if family and is_given and len(family.split()) <= _MOST_FAMILY:
        return Name(family, given)
    return Name(written)


def joined(authors: tuple[Name, ...]) -> str:
    """The reverse of :func:`names`."""
    return "; ".join(name.turned for name in authors)


def date_parts(published: str) -> tuple[int, ...]:
    """Year, month and day as far as they are known; nothing where it is no date."""
    match = _is_date(published.strip())
    return tuple(int(part) for part in match.groups() if part) if match else ()


def _plain(document: Described) -> str:
    """Everything that is known, parted by commas."""
    author = "" if document.author == document.publisher else document.author
    parts = (author, document.title, document.publisher, document.published, document.source)
    return ", ".join(_line(part) for part in parts if part.strip())


def _apa(document: Described) -> str:
    """https://apastyle.apa.org, seventh edition: author, date, title, publisher, address."""
    authors = names(document.author)
    shown = [
        f"{name.family}, {' '.join(f'{word[0]}.' for word in name.given.split())}"
        if name.given
        else name.family
        for name in authors
    ]
    who = _listed(shown, ", & ")
    when = f"({_apa_date(document.published)})"
    what = _line(document.title)
    publisher = "" if document.publisher == document.author else document.publisher
    head = _sentences([who, when, what] if who else [what, when])
    return _sentences([head, _line(publisher), _line(document.source)], last=not document.source)


def _apa_date(published: str) -> str:
    parts = date_parts(published)
    if len(parts) < 2:
        return str(parts[0]) if parts else _line(published) or "n.d."
    month = _MONTHS[parts[1] - 1] if 1 <= parts[1] <= 12 else str(parts[1])
    return f"{parts[0]}, {month} {parts[2]}" if len(parts) > 2 else f"{parts[0]}, {month}"


def _chicago(document: Described) -> str:
    """https://www.chicagomanualofstyle.org, notes and bibliography."""
    authors = names(document.author)
    shown = [name.straight if number else name.turned for number, name in enumerate(authors)]
    publisher = "" if document.publisher == document.author else document.publisher
    parts = [
        _listed(shown, ", and "),
        f"“{_line(document.title)}.”",
        ", ".join(
            filter(None, (_line(publisher), _in_words(document.published, "{month} {day},")))
        ),
        _line(document.source),
    ]
    return _sentences(parts)


def _mla(document: Described) -> str:
    """https://style.mla.org, ninth edition."""
    authors = names(document.author)
    who = ""
    if authors:
        more = ", et al" if len(authors) > 2 else ""
        second = f", and {authors[1].straight}" if len(authors) == 2 else ""
        who = authors[0].turned + second + more
    publisher = "" if document.publisher == document.author else document.publisher
    container = ", ".join(
        filter(
            None,
            (
                _line(publisher),
                _in_words(document.published, "{day} {month}"),
                _line(document.source),
            ),
        )
    )
    return _sentences([who, f"“{_line(document.title)}.”", container])


def _in_words(published: str, day: str) -> str:
    """A date with the name of its month, and its day, where there is one, as ``day`` has it."""
    parts = date_parts(published)
    if len(parts) < 2 or not 1 <= parts[1] <= 12:
        return _line(published)
    month = _MONTHS[parts[1] - 1]
    dated = day.format(day=parts[2], month=month) if len(parts) > 2 else month
    return f"{dated} {parts[0]}"


def _listed(shown: list[str], last: str) -> str:
    if len(shown) < 2:
        return "".join(shown)
    return ", ".join(shown[:-1]) + last + shown[-1]


def _sentences(parts: list[str], last: bool = True) -> str:
    """Parts one after the other, each ended by a full stop where it has no end of its own."""
    kept = [part for part in parts if part]
    ended = [
        part if part.endswith((".", "?", "!", ".”", "?”", "!”")) else f"{part}." for part in kept
    ]
    if kept and not last:
        ended[-1] = kept[-1]
    return " ".join(ended)


def _line(text: str) -> str:
    return " ".join(text.split())


STYLES: dict[str, Callable[[Described], str]] = {
    "plain": _plain,
    "apa": _apa,
    "chicago": _chicago,
    "mla": _mla,
}
"""The styles by their names."""


def citation(document: Described, style: str = "plain") -> str:
    """A document in one line, in one of :data:`STYLES`."""
    return STYLES[style](document)


def cited(quote: str, document: Described, style: str = "plain") -> str:
    """A quote in quotation marks with its citation; line ends in the quote become blanks."""
    return f"“{_line(quote)}” ({citation(document, style)})"
