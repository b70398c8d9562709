"""How acts and messages name things: one line, not too long."""

from __future__ import annotations

import re

_LONGEST = 60
"""Code points of a quotation in a sentence."""
_PLURAL = re.compile(r"\b(\w+?)(ie)?s\b")


def single_line(text: str) -> str:
    """``text`` with every run of white space as one blank, and none around it."""
    return " ".join(text.split())


def plain_lines(text: str) -> str:
    """``text`` with a line feed for every line end, as notes are kept."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def quoted(text: str) -> str:
    """``text`` in quotation marks, cut where it is long for a sentence."""
    line = single_line(text[: 4 * _LONGEST])
    if len(line) > _LONGEST or len(text) > 4 * _LONGEST:
        line = f"{_first_words(line)} …"
    return f"“{line}”"


def _first_words(line: str) -> str:
    """As much of the start of a long line as a sentence has room for, in whole words; where it has
    no blanks, in whole letters."""
    from annotations.text.graphemes import snap

    blank = line.rfind(" ", _LONGEST // 2, _LONGEST + 1)
    return line[: blank if blank > 0 else snap(line, _LONGEST)]


def quoted_end(text: str) -> str:
    """The last words of a longer text in quotation marks."""
    end = text[-_LONGEST // 2 :]
    first, blank, rest = end.partition(" ")
    # What the cut left of a word is not one.
    return f"“… {single_line(rest if blank and len(first) < len(end) // 2 else end)}”"


def counted(number: int, singular: str, plural: str = "") -> str:
    """``3 highlights``, ``1 highlight``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def numbered(number: int, things: str) -> str:
    """``3 entries without a key``, ``1 entry without a key``.

    Args:
        number: How many there are.
        things: A noun in the plural with a regular singular, and what else agrees with either.
    """
    if number == 1:
        things = _PLURAL.sub(lambda noun: noun[1] + "y" * bool(noun[2]), things, 1)
    return f"{number:,} {things}"


def listed(words: list[str] | tuple[str, ...]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def sure(confidence: float) -> str:
    """A confidence from 0 to 1, in words; nothing is wholly sure, and of 0 it is not known."""
    return f"{min(confidence, 0.99):.0%} sure" if confidence else "not rated"


def counts(placed: int, moved: int, lost: int) -> str:
    """What became of the highlights of a document that got another text."""
    named = ((placed, "placed"), (moved, "moved"), (lost, "lost"))
    parts = [f"{number:,} {name}" for number, name in named if number]
    return (
        f"{counted(placed + moved + lost, 'highlight')}: {listed(parts)}"
        if parts
        else ("no highlights")
    )
