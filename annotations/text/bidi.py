"""The order in which right-to-left text is written on a line: Unicode Standard Annex #9.

For terminals that write every character right of the one before. Only the implicit rules: embedding
and isolating controls count as signs, since the page shows them as such.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_PAIRS = "()[]{}<>«»‹›≤≥「」『』【】〈〉《》〔〕（）［］｛｝⟨⟩"
_OPENING = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
MIRRORED = _OPENING | {closing: opening for opening, closing in _OPENING.items()}
"""Signs that are written the other way round in right-to-left text (rule L4)."""

_BRACKETS = {sign: _OPENING[sign] for sign in "([{「『【〈《〔（［｛⟨"}
_SAME = {"\u2329": "\u3008", "\u232a": "\u3009"}
"""Brackets that are canonically equivalent to others (definition BD16)."""
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})
_MOST_OPEN = 63
"""Brackets that are kept open at most (definition BD16)."""


def has_right_to_left(text: str) -> bool:
    """Whether any character may run from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def levels(text: str, base: int | None = None) -> tuple[int, list[int]]:
    """The level of a paragraph and of each of its characters: odd ones run from right to left.

    Args:
        text: The paragraph.
        base: Its own level, 0 or 1; None: that of its first letter (rules P2 and P3).
    """
    types = [_type(character) for character in text]
    if base is None:
        base = next((int(each != "L") for each in types if each in {"L", "R", "AL"}), 0)
    towards = "R" if base else "L"
    weak = _weak(types, towards)
    _brackets(text, types, weak, towards)
    _neutrals(weak, towards)
    found = [_level(each, base) for each in weak]
    # L1: blanks at the end of a line stand where the paragraph ends; so do all that are alone.
    for number in range(len(text) - 1, -1, -1):
        if types[number] not in {"WS", "B", "S", "BN"}:
            break
        found[number] = base
    return base, found


def visual_order(of_levels: Sequence[int]) -> list[int]:
    """The numbers of the parts of a line, from left to right (rule L2)."""
    order = list(range(len(of_levels)))
    odd = [level for level in of_levels if level % 2]
    for level in range(max(of_levels, default=0), min(odd, default=1) - 1, -1):
        turned: list[int] = []
        higher: list[int] = []
        for number in order:
            if of_levels[number] >= level:
                higher.append(number)
            else:
                turned += [*reversed(higher), number]
                higher = []
        order = turned + higher[::-1]
    return order


_CONTROLS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def _type(character: str) -> str:
    found = unicodedata.bidirectional(character) or "L"
    return "ON" if found in _CONTROLS else found


def _level(kind: str, base: int) -> int:
    """I1 and I2."""
    if kind == "R":
        return 1
    return (base + base % 2) if kind == "L" else 2


def _weak(types: list[str], towards: str) -> list[str]:
    """W1 to W7: marks and what belongs to numbers."""
    found = types[:]
    before = strong = towards
    for number, kind in enumerate(types):
        if kind in {"NSM", "BN"}:
            found[number] = kind = before
        before = kind
        if kind in {"L", "R", "AL"}:
            strong = kind
        elif kind == "EN" and strong == "AL":
            found[number] = before = "AN"
    found = ["R" if kind == "AL" else kind for kind in found]
    for number in range(1, len(found) - 1):
        before, kind, after = found[number - 1 : number + 2]
        if before == after and (kind, before) in {("ES", "EN"), ("CS", "EN"), ("CS", "AN")}:
            found[number] = before
    for start, end, kind in _runs(found):
        if kind == "ET" and (found[start - 1 : start] == ["EN"] or found[end : end + 1] == ["EN"]):
            found[start:end] = ["EN"] * (end - start)
    strong = towards
    for number, kind in enumerate(found):
        if kind in {"ES", "ET", "CS"}:
            found[number] = "ON"
        elif kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            found[number] = "L"
    return found


def _runs(kinds: list[str]) -> Iterator[tuple[int, int, str]]:
    start = 0
    for kind, run in groupby(kinds[:]):
        end = start + sum(1 for _ in run)
        yield start, end, kind
        start = end


def _strong(kind: str) -> str:
    """Numbers count as right to left around neutrals."""
    return "R" if kind in {"R", "EN", "AN"} else kind if kind == "L" else ""


def _brackets(text: str, types: list[str], kinds: list[str], towards: str) -> None:
    """N0: both brackets of a pair run the way of what is inside, or of what is before."""
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    signs = [_SAME.get(character, character) for character in text]
    for number, character in enumerate(signs):
        if kinds[number] != "ON":
            continue
        if character in _BRACKETS:
            if len(open_at) == _MOST_OPEN:
                break
            open_at.append(number)
        else:
            for depth in range(len(open_at) - 1, -1, -1):
                if _BRACKETS[signs[open_at[depth]]] == character:
                    pairs.append((open_at[depth], number))
                    del open_at[depth:]
                    break
    for opening, closing in sorted(pairs):
        inside = {_strong(kind) for kind in kinds[opening + 1 : closing]} - {""}
        if towards in inside:
            way = towards
        elif inside:
            context = next((_strong(k) for k in reversed(kinds[:opening]) if _strong(k)), towards)
            other = "L" if towards == "R" else "R"
            way = other if context == other else towards
        else:
            continue
        for bracket in (opening, closing):
            kinds[bracket] = way
            after = bracket + 1
            while after < len(types) and types[after] in {"NSM", "BN"}:
                kinds[after] = way
                after += 1


def _neutrals(kinds: list[str], towards: str) -> None:
    """N1 and N2: between two of one way a neutral runs that way, else the paragraph's."""
    merged = ["N" if kind in _NEUTRAL else kind for kind in kinds]
    for start, end, kind in _runs(merged):
        if kind != "N":
            continue
        before = _strong(kinds[start - 1]) if start else towards
        after = _strong(kinds[end]) if end < len(kinds) else towards
        kinds[start:end] = [before if before == after else towards] * (end - start)
