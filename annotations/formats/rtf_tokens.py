"""The tokens of RTF: braces, control words with their numbers, and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"\\(?:(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,10})?[ ]?"
    r"|'(?P<hex>[0-9A-Fa-f]{2})|(?P<escaped>[\\{}])|(?P<symbol>[^A-Za-z]))"
    r"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)


class Token(NamedTuple):
    """One of: a brace, a control word or symbol, or text."""

    word: str = ""
    """The control word or symbol, without its backslash; or a brace."""
    number: int | None = None
    text: str = ""
    """A character a byte, as in ISO 8859-1: which encoding they are in depends on the font."""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of ``data``; what ``\\bin`` announces is passed over."""
    source = data.decode("latin-1")
    # Before the first brace there is at most a byte-order mark.
    place = max(source.find("{"), 0)
    while match := _TOKEN.search(source, place):
        place = match.end()
        word, number, code, escaped, symbol, brace, text = match.groups()
        if word == "bin" and number:
            place += max(int(number), 0)
        elif word:
            yield Token(word, int(number) if number else None)
        elif text or escaped:
            yield Token(text=text or escaped)
        elif code:
            yield Token(text=chr(int(code, 16)))
        elif brace or symbol:
            yield Token(brace or symbol)
