"""Cuts the text of a query into tokens that know where they stood.

Knows words, quotation marks and parentheses; not what a word means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from annotations.errors import QuerySyntaxError


class TokenKind(Enum):
    """What a token is."""

    WORD = auto()
    FIELD = auto()
    """``name:``; the token's text is the name, in lower case."""
    OPEN = auto()
    CLOSE = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the query. ``start`` and ``end`` are code points of the query's text."""

    kind: TokenKind
    text: str
    """A word without its quotation marks."""
    start: int
    end: int
    quoted: bool = False
    """Whether any part of the word stood in quotation marks: it is then never an operator."""
    open_ended: bool = False
    """Whether the word ends in a ``*`` outside quotation marks, which ``text`` leaves out."""
    named_star: bool = False
    """Whether it ends in a ``*`` that has quotation marks of its own."""


CLOSING = {'"': '"', "“": "”", "„": "“", "«": "»"}
"""Quotation marks and what ends them: typed ones and those that word processors make of them.

A straight mark inside is written twice, as in CSV."""

_BLANK = re.compile(r"\s+")
_BARE = re.compile(r"[^\s()\"“„«]+")
_FIELD = re.compile(r"([A-Za-z]+):")


def tokenize(text: str, fields: frozenset[str]) -> Iterator[Token]:
    """The tokens of ``text``, ending with one of kind END.

    Args:
        text: The query.
        fields: The names, in lower case, that a colon makes a field of. Other words keep their
            colons.

    Raises:
        QuerySyntaxError: A quotation mark is not closed.
    """
    at = 0
    while at < len(text):
        if blank := _BLANK.match(text, at):
            at = blank.end()
        elif text[at] in "()":
            kind = TokenKind.OPEN if text[at] == "(" else TokenKind.CLOSE
            yield Token(kind, text[at], at, at + 1)
            at += 1
        elif (field := _FIELD.match(text, at)) and field[1].lower() in fields:
            yield Token(TokenKind.FIELD, field[1].lower(), at, field.end())
            at = field.end()
        else:
            token = _word(text, at)
            yield token
            at = token.end
    yield Token(TokenKind.END, "", len(text), len(text))


def _word(text: str, start: int) -> Token:
    """The word at ``start``: bare and quoted parts without a blank between them."""
    parts: list[str] = []
    quoted = open_ended = False
    at = start
    while at < len(text):
        if text[at] in CLOSING:
            part, at = _quotation(text, at)
            parts.append(part)
            quoted, open_ended = True, False
        elif bare := _BARE.match(text, at):
            parts.append(bare[0])
            open_ended = bare[0].endswith("*")
            at = bare.end()
        else:
            break
    word = "".join(parts)
    text_of = word[:-1] if open_ended else word
    named_star = quoted and parts[-1] == "*" and not open_ended
    return Token(TokenKind.WORD, text_of, start, at, quoted, open_ended, named_star)


def _quotation(text: str, start: int) -> tuple[str, int]:
    """What stands in the quotation marks at ``start``, and where the text goes on after them."""
    mark = CLOSING[text[start]]
    parts: list[str] = []
    at = start + 1
    while (end := text.find(mark, at)) >= 0:
        parts.append(text[at:end])
        if mark != '"' or not text.startswith('"', end + 1):
            return "".join(parts), end + 1
        parts.append('"')
        at = end + 2
    raise QuerySyntaxError("this quotation mark is not closed", text, start, is_unfinished=True)
