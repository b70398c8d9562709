"""Finding a pattern in a text of any size, a slice at a time. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from annotations.errors import InvalidError
from annotations.model import Span

_BLANKS = re.compile(r"\s+")


def pattern(text: str, *, case: bool = False, regex: bool = False) -> re.Pattern[str]:
    """What to look for.

    Args:
        text: As it was typed. A blank in it stands for any white space, so that words are found
            across the line ends of a file.
        case: Whether capitals count.
        regex: Whether ``text`` is a regular expression.

    Raises:
        InvalidError: It is no valid regular expression; the message says where.
    """
    flags = re.MULTILINE | (re.NOFLAG if case else re.IGNORECASE)
    expression = text if regex else r"\s+".join(map(re.escape, _BLANKS.split(text)))
    try:
        return re.compile(expression, flags)
    except re.error as error:
        raise InvalidError(f"no regular expression: {error}") from error


def hits(wanted: re.Pattern[str], texts: Iterable[tuple[int, str]]) -> Iterator[list[Span]]:
    """The places where a pattern matches, a list for each slice of the text.

    Args:
        wanted: Matches that are empty count for nothing.
        texts: Slices that end where a match may end, each with the position of its start.
    """
    for start, text in texts:
        yield [
            Span(start + match.start(), start + match.end())
            for match in wanted.finditer(text)
            if match.end() > match.start()
        ]
