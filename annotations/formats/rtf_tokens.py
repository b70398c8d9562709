"""The tokens of RTF: braces, control words with their numbers, and bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    rb"|'(?P<hex>[0-9A-Fa-f]{2})|(?P<escaped>[\\{}])|(?P<symbol>[^A-Za-z]))"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)


class Token(NamedTuple):
    """One of: a brace, a control word or symbol, or bytes of text."""

    word: str = ""
    """The control word or symbol, without its backslash; or a brace."""
    number: int | None = None
    text: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of ``data``; what ``\\bin`` announces is passed over."""
    place = 0
    while match := _TOKEN.search(data, place):
        place = match.end()
        if text := match["text"] or match["escaped"]:
            yield Token(text=text)
        elif match["hex"]:
            yield Token(text=bytes.fromhex(match["hex"].decode("ascii")))
        elif match["brace"]:
            yield Token(match["brace"].decode("ascii"))
        elif match["symbol"]:
            yield Token(match["symbol"].decode("latin-1"))
        elif match["word"]:
            word = match["word"].decode("ascii")
            number = int(match["number"]) if match["number"] else None
            if word == "bin" and number is not None:
                place += max(number, 0)
            else:
                yield Token(word, number)
