"""The language that asks for highlights: a bare word is a tag, relations stand between terms.

On top of :mod:`annotations.query.grammar`::

    BETWEEN  = "overlaps" | "within" | "contains" | "before" | "after"
             | "near" [ "/" NUMBER UNIT | NUMBER UNIT ]
    UNIT     = "s" | "sentence(s)" | "p" | "paragraph(s)"
    BARE     = "untagged" | "starred" | TAG
"""

from __future__ import annotations

import re
from typing import ClassVar

from annotations.query.fields import no_field
from annotations.query.grammar import Grammar
from annotations.query.nodes import (
    DEFAULT_DISTANCE,
    Distance,
    Not,
    Query,
    Related,
    Relation,
    Starred,
    Tagged,
    Unit,
)
from annotations.query.tokens import Token

MAX_RELATIONS = 40
"""Each is a pass over the highlights of both its sides."""

_UNITS = {
    name: unit
    for unit, names in (
        (Unit.SENTENCES, ("s", "sentence", "sentences")),
        (Unit.PARAGRAPHS, ("p", "paragraph", "paragraphs")),
    )
    for name in names
}
_NEAR = re.compile(r"near(?:/(\d*)(\w*))?", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
_UNIT_NEEDED = "a distance is written near/3s for sentences or near/2p for paragraphs"


class PassagesGrammar(Grammar):
    """Reads a query for highlights."""

    BETWEEN: ClassVar[frozenset[str]] = frozenset(Relation)
    WANTED: ClassVar[str] = "a tag or a term"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._relations = 0

    def between(self, left: Query, operator: str, token: Token) -> Query:
        """A relation."""
        self._relations += 1
        if self._relations > MAX_RELATIONS:
            raise self._error(f"more than {MAX_RELATIONS} relations in one query", token)
        relation = Relation(operator)
        distance = self._distance(token) if relation is Relation.NEAR else None
        return Related(left, relation, self._single(), distance)

    def bare(self, token: Token) -> Query:
        """A tag, or a word for some."""
        if not token.quoted:
            match token.text.lower():
                case "untagged":
                    return Not(Tagged("", below=True))
                case "starred":
                    return Starred()
            name, colon, _ = token.text.partition(":")
            if colon:
                written = "a tag with a colon is written in quotation marks"
                raise self._error(f"{no_field(name)}; {written}", token)
        written = token.text + "*" * token.open_ended
        return self._read(self._tag_reader(token), written, token)

    def _distance(self, near: Token) -> Distance:
        written = _NEAR.fullmatch(near.text)
        if written is None or written[1] == "":
            raise self._error(_UNIT_NEEDED, near, len("near/"))
        count, unit = written[1], written[2]
        if count is None:
            number, name = self._peek(), self._peek(1)
            if not _NUMBER.fullmatch(number.text) or name.text.lower() not in _UNITS:
                return DEFAULT_DISTANCE
            count, unit = self._take().text, self._take().text
        if unit.lower() not in _UNITS:
            raise self._error(_UNIT_NEEDED, near, len("near/") + len(count))
        if not _NUMBER.fullmatch(count):
            raise self._error("this distance is too large", near, len("near/"))
        return Distance(int(count), _UNITS[unit.lower()])
