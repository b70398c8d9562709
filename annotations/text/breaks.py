"""Where a line may end: Unicode Standard Annex #14, its default rules LB2 to LB31.

Numbers are kept together as the annex's rule LB25 says in its regular-expression form. Only
characters are judged: whether a row is full is the caller's business.
"""

from __future__ import annotations

from typing import Final

from annotations.text.classes import ClassTable
from annotations.text.properties import LINE

_CLASSES: Final = ClassTable(LINE)

_HARD: Final = frozenset({"bk", "lf", "nl"})
_LINE_ENDS: Final = _HARD | {"cr"}
_MARKS: Final = frozenset({"cm", "zwj"})
_NO_BASE: Final = _LINE_ENDS | {"sp", "zw"}
"""What a combining mark does not combine with (LB9)."""
_NEVER_BEFORE: Final = frozenset({"cl", "cp", "cpe", "ex", "is", "sy"})
_CLOSED: Final = frozenset({"cl", "cp", "cpe"})
_OPEN: Final = frozenset({"op", "ope"})
_LETTERS: Final = frozenset({"", "hl"})
_IDEOGRAPHS: Final = frozenset({"id", "eb", "em"})
_HANGUL: Final = frozenset({"jl", "jv", "jt", "hlv", "hlvt"})
_UNITS: Final = frozenset({"pr", "po"})
_DIGITS: Final = frozenset({"nu", "sy", "is"})

_PAIRS: Final = frozenset(
    [("sy", "hl")]  # LB21b
    + [(letter, "nu") for letter in _LETTERS]  # LB23
    + [("nu", letter) for letter in _LETTERS]
    + [("pr", each) for each in _IDEOGRAPHS]  # LB23a
    + [(each, "po") for each in _IDEOGRAPHS]
    + [(unit, letter) for unit in _UNITS for letter in _LETTERS]  # LB24
    + [(letter, unit) for unit in _UNITS for letter in _LETTERS]
    + [(before, "nu") for before in ("pr", "po", "op", "ope", "hy")]  # LB25
    + [("jl", each) for each in ("jl", "jv", "hlv", "hlvt")]  # LB26
    + [(before, after) for before in ("jv", "hlv") for after in ("jv", "jt")]
    + [(before, "jt") for before in ("jt", "hlvt")]
    + [(each, "po") for each in _HANGUL]  # LB27
    + [("pr", each) for each in _HANGUL]
    + [(one, other) for one in _LETTERS for other in _LETTERS]  # LB28
    + [("is", letter) for letter in _LETTERS]  # LB29
    + [(each, "op") for each in (*_LETTERS, "nu")]  # LB30
    + [("cp", each) for each in (*_LETTERS, "nu")]
    + [("eb", "em")]  # LB30b
)
"""Neighbours that stay together whatever stands around them."""


def _class_of(character: str) -> str:
    name = _CLASSES[character]
    if name == "h":
        return "hlvt" if (ord(character) - 0xAC00) % 28 else "hlv"
    return name


def _hebrew_hyphen(classes: list[str]) -> bool:
    return len(classes) > 1 and classes[-2] == "hl" and classes[-1] in {"hy", "ba"}


def opportunities(text: str) -> list[int]:
    """The offsets inside a text at which a line may end, in order.

    After a line end it must; that offset is given like the others. Neither 0 nor the text's length
    is.
    """
    found: list[int] = []
    # The classes so far, marks absorbed by their bases (LB9), blanks left out.
    bases: list[str] = []
    spaced = False
    joiner = False
    number = ""  # LB25: "n" inside a number, "c" after its closing bracket
    flags = 0  # LB30a: regional indicators in a row
    for offset, character in enumerate(text):
        here = _class_of(character)
        before = bases[-1] if bases else "sot"
        absorbed = here in _MARKS and bool(bases) and not spaced and before not in _NO_BASE
        if here in _MARKS and not absorbed:
            raw, here = here, ""
        else:
            raw = here
        if bases or spaced:
            following = text[offset + 1 : offset + 2]
            if not absorbed and _may_break(
                before, here, spaced, joiner, number, flags, bases, following
            ):
                found.append(offset)
        joiner = raw == "zwj"
        if absorbed:
            continue
        if here == "sp":
            spaced = True
            number, flags = "", 0
            continue
        flags = flags + 1 if here == "ri" and not (spaced and flags) else int(here == "ri")
        if here == "nu":
            number = "n"
        elif number == "n" and here in _CLOSED and not spaced:
            number = "c"
        elif not (number == "n" and here in _DIGITS and not spaced):
            number = ""
        spaced = False
        bases.append(here)
    return found


_FORGETFUL: Final = frozenset({"", "id"})
"""Letters and ideographs: what stands before one has no say in what may happen behind it."""


def last_opportunity(text: str, start: int, limit: int) -> int:
    """The last place where a line that begins at ``start`` may end; ``start`` if there is none.

    Looks at no more of the line than it must.

    Args:
        text: Any text.
        start: Where the line begins.
        limit: Where it ends at the latest.
    """
    looked_at = 4
    while True:
        first = max(limit - looked_at, start)
        while first > start and _CLASSES[text[first]] not in _FORGETFUL:
            first -= 1
        for offset in reversed(opportunities(text[first : limit + 2])):
            if first + offset <= limit:
                return first + offset
        if first == start:
            return start
        looked_at *= 4


def _may_break(
    before: str,
    here: str,
    spaced: bool,
    joiner: bool,
    number: str,
    flags: int,
    bases: list[str],
    following: str,
) -> bool:
    """Whether a line may end before a character of class ``here``.

    Args:
        before: The class of the last character that is no blank and no mark; empty at the start.
        here: The class of the character.
        spaced: Blanks stand between the two.
        joiner: The very last character is a zero width joiner.
        number: The state of rule LB25.
        flags: How many regional indicators stand right before.
        bases: All classes before.
        following: The next character or nothing.
    """
    if not spaced and (before in _HARD or (before == "cr" and here != "lf")):
        return True  # LB4, LB5
    if here in _LINE_ENDS or here in {"sp", "zw"}:
        return False  # LB6, LB7
    if before == "zw":
        return True  # LB8
    if joiner or here == "wj" or here in _NEVER_BEFORE:
        # LB8a, LB11, LB13
        return False
    if before in _OPEN:
        return False  # LB14
    if (
        (before == "qu" and here in _OPEN)  # LB15
        or (before in _CLOSED and here == "ns")  # LB16
        or (before == here == "bt")  # LB17
    ):
        return False
    if spaced:
        return True  # LB18
    if before in {"wj", "gl"} or (here == "gl" and before not in {"ba", "hy"}):
        return False  # LB11, LB12, LB12a
    if "qu" in {before, here}:
        return False  # LB19
    if "cb" in {before, here}:
        return True  # LB20
    if here in {"ba", "hy", "ns", "in"} or before == "bb" or _hebrew_hyphen(bases):
        return False  # LB21, LB21a, LB22
    if (before, here) in _PAIRS:
        return False
    if number == "n" and (here in _DIGITS or here in _CLOSED or here in _UNITS):
        return False  # LB25
    if number == "c" and here in _UNITS:
        return False
    if before in _UNITS and here in {"op", "ope", "hy"} and _class_or_none(following) == "nu":
        return False
    return not (before == here == "ri" and flags % 2)  # LB30a, LB31


def _class_or_none(character: str) -> str | None:
    return _class_of(character) if character else None
