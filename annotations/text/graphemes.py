"""Grapheme clusters, what a reader takes for one character, and the cells that they take.

The clusters are the extended ones of Unicode Standard Annex #29, with its rule GB9c for Indic
conjuncts. The widths are what terminals do in the common cases: East Asian wide characters and
emoji two cells, marks none, an emoji sequence or a flag two, everything else one. The one place
where a text is cut into characters: caret, selection, wrapping and painting all step by these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from annotations.text.classes import ClassTable
from annotations.text.properties import EMOJI_BASES, GRAPHEME, WIDTH

_CLASSES = ClassTable(GRAPHEME)
_WIDTHS = ClassTable(WIDTH)
_EMOJI_BASES = frozenset(chr(int(point, 16)) for point in EMOJI_BASES.split())

PLAIN = re.compile(
    r"[\t\n -~\u00a0-\u00a8\u00aa-\u00ac\u00af-\u02ff\u0370-\u0482\u048a-\u052f"
    r"\u1e00-\u1eff\u2010-\u2027\u2030-\u203b\u203d-\u2048\u20a0-\u20bf]*"
)
"""Text whose every character is one cluster of one cell (line ends and tabs aside)."""

_EMOJI_SIGNS = re.compile("[\ufe0f\u200d\U0001f3fb-\U0001f3ff]")
"""What makes an emoji of a character: a variation selector, a joiner, a skin tone."""


_ALWAYS_APART = frozenset({"", "ic", "ep", "lv", "cn"})
"""Classes whose characters never join one another; Hangul syllables join letters alone."""


def are_apart(text: str) -> bool:
    """Whether each character is surely a cluster of its own."""
    return _ALWAYS_APART.issuperset(_CLASSES[each] for each in set(text))


_NEVER_JOINED = frozenset({"", "ic", "ep"})
"""Classes of which two next to each other are always two clusters."""


def is_plain(text: str) -> bool:
    """Whether each character is one cluster and takes one cell."""
    return text.isascii() or PLAIN.fullmatch(text) is not None


def _class_of(character: str) -> str:
    name = _CLASSES[character]
    if name == "lv" and (ord(character) - 0xAC00) % 28:
        return "lvt"
    return name


_JOINED = frozenset(
    [("cr", "lf"), ("ri", "ri")]
    + [("l", each) for each in ("l", "v", "lv", "lvt")]
    + [(each, other) for each in ("lv", "v") for other in ("v", "t")]
    + [(each, "t") for each in ("lvt", "t")]
)
_CONTROLS = frozenset({"cr", "lf", "cn"})
_EXTENDERS = frozenset({"ex", "zwj", "iv"})


def cluster_end(text: str, start: int) -> int:
    """Where the cluster that begins at ``start`` ends (UAX #29, rules GB3 to GB13).

    Args:
        text: Any text.
        start: A code point offset inside it, the start of a cluster.
    """
    length = len(text)
    end = start + 1
    if end >= length:
        return length
    before = _class_of(text[start])
    pictograph = before == "ep"  # GB11: inside ep ex* and waiting for a joiner
    conjunct = "c" if before == "ic" else ""  # GB9c: c a consonant, l a linker seen since
    flags = before == "ri"
    while end < length:
        here = _class_of(text[end])
        if before in _CONTROLS or here in _CONTROLS:
            if not (before == "cr" and here == "lf"):
                break
        elif here in _EXTENDERS or here == "sm":
            if conjunct:
                conjunct = "" if here == "sm" else "l" if here == "iv" else conjunct
            if here == "sm":
                pictograph = False
        elif before == "pp":
            pictograph, flags = here == "ep", here == "ri"
            conjunct = "c" if here == "ic" else ""
        elif here == "ic" and conjunct == "l":
            conjunct = "c"
        elif here == "ep" and before == "zwj" and pictograph:
            pass
        elif here == "ri" and before == "ri" and flags:
            flags = False
        elif here == "ri" or (before, here) not in _JOINED:
            break
        before = here
        end += 1
    return end


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """The clusters of a text, as code point offsets (start, end)."""
    start, length = 0, len(text)
    while start < length:
        end = start + 1
        if end < length and not (
            _CLASSES[text[start]] in _NEVER_JOINED and _CLASSES[text[end]] in _NEVER_JOINED
        ):
            end = cluster_end(text, start)
        yield start, end
        start = end


_LOOK_BACK = 64
"""How far back a sure cluster edge is looked for before any edge is taken."""


def _sure_edge(text: str, offset: int) -> int:
    """An offset at or before ``offset`` where a cluster certainly begins."""
    for at in range(offset, max(0, offset - _LOOK_BACK), -1):
        pair = _CLASSES[text[at - 1]], _CLASSES[text[at]] if at < len(text) else ""
        if pair[0] in _CONTROLS and pair != ("cr", "lf"):
            return at
        if pair[0] in _NEVER_JOINED and pair[1] in _NEVER_JOINED:
            return at
    return max(0, offset - _LOOK_BACK)


def snap(text: str, offset: int) -> int:
    """The nearest cluster edge at or before an offset."""
    if offset <= 0:
        return 0
    if offset >= len(text):
        return len(text)
    edge = _sure_edge(text, offset)
    while (end := cluster_end(text, edge)) <= offset:
        edge = end
    return edge


def next_edge(text: str, offset: int) -> int:
    """The first cluster edge after an offset; the text's end at its end."""
    return cluster_end(text, snap(text, offset)) if offset < len(text) else len(text)


def previous_edge(text: str, offset: int) -> int:
    """The last cluster edge before an offset; 0 at the start."""
    return snap(text, offset - 1) if offset > 0 else 0


_CELLS = {"": 1, "w": 2, "z": 0}


@lru_cache(maxsize=8192)
def cluster_width(cluster: str) -> int:
    """The cells that one cluster takes: 0, 1 or 2; more only for a conjunct of several letters."""
    first = cluster[0]
    base = _CELLS[_WIDTHS[first]]
    if len(cluster) == 1:
        return base
    if _CLASSES[first] in {"ep", "ri"} or first in _EMOJI_BASES:
        return 2 if _CLASSES[first] == "ri" or _EMOJI_SIGNS.search(cluster) else base
    if _CLASSES[first] in {"l", "lv", "lvt"}:
        return base
    # A base with its marks is as wide as the base; a prepended sign and the letters of a conjunct
    # each take their own cells.
    return base + sum(
        _CELLS[_WIDTHS[each]] for each in cluster[1:] if _CLASSES[each] not in _EXTENDERS
    )


def width(text: str) -> int:
    """The cells that a text takes (line ends and tabs counted as one)."""
    if is_plain(text):
        return len(text)
    return sum(cluster_width(text[start:end]) for start, end in clusters(text))
