"""Which single lines of a plain text are its title and its headings, where the evidence is good.

A wrong heading does more harm than a missing one, so each rule asks for two signs at least: what
the line looks like, and what stands around it. Pure functions over stanzas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotations.text.east_asian import cells
from annotations.text.lines import WIDEST_MEASURE, ends_sentence
from annotations.text.stanzas import Stanza

LONGEST_HEADING = 160
"""Code points; a longer line is a paragraph."""
_PROSE = 120
"""A stanza this long that ends a sentence is running text."""
_OPENING = 6
"""How many stanzas may stand before the first prose and the title still be told."""

_DIVISION_NAMES = (
    "part|book|volume|chapter|section|article|annex|appendix|act|scene|letter|"
    "partie|livre|tome|chapitre|teil|buch|band|kapitel|abschnitt|artikel|"
    "libro|capítulo|capitulo|capitolo|artículo|artigo|articolo|hoofdstuk|"
    "часть|книга|том|глава|раздел|статья|розділ|частина|стаття"
)
_DIVISIONS = frozenset(_DIVISION_NAMES.split("|"))
# What few texts have is compiled when the first one has it: it takes milliseconds of the start.
_DIVISION = (
    rf"(?i)\s*(?P<word>{_DIVISION_NAMES})\s+"
    r"(?:\d{1,3}|[ivxlc]{1,7}|[a-z]|one|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"(?P<rest>[\s.:—–-].*)?\Z"
)
_UPPER_NAMES = "part book volume partie livre tome teil buch band libro часть книга том частина"
_UPPER_DIVISIONS = frozenset(_UPPER_NAMES.split())
_WIDE_DIVISION = (
    r"\s*(?:第[〇零一二三四五六七八九十百千0-9０-９]{1,7}(?P<sign>[部卷巻編编篇章回节節幕話话])"
    r"|제\s?[0-9]{1,3}\s?(?P<korean>[부편장절화]))(?=[\s：:、.]|\Z).{0,40}\Z"
)
_ARABIC_DIVISION = (
    r"\s*(?:الفصل|الباب|القسم|الجزء|المادة|פרק|חלק|סעיף)\s\S{1,12}(?:\s*[:：.–—-].{0,60})?\s*\Z"
)
_UPPER_SIGNS = frozenset("部卷巻編编篇부편")
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?[ \t]+(?=[^\W\d_])")
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^\s:]+(?: [^\s:]+)?:(?:\s|\Z)|https?://|www\.|\S+@\S+\.\S")
_SALUTATION = re.compile(r"(?:dear|hi|hello|to|from|subject|re|by|excellency)\b", re.IGNORECASE)
_GOES_ON = frozenset(",;，；、：،؛")
"""What ends a line that something belonging to it follows: a greeting, a field, an item."""
_WIDE_DATE = r"\W*(?:19|20)\d\d\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일].{0,6}\Z"
_HASHES = re.compile(r"#{1,6}[ \t]+(?=\S)")
_VOWELLESS = re.compile("[\u05d0-\u074f]")
_MANY = 8
"""Paragraphs from which a habit of theirs is one."""
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_SMALL_WORDS = frozenset({"from", "with", "into", "over", "upon", "that", "this", "than", "dated"})
_CAPITALISED = 0.7


def headings(stanzas: Sequence[Stanza], *, opening: bool) -> dict[int, int]:
    """The level of each stanza that is a heading, by its index in ``stanzas``.

    Args:
        stanzas: of a stretch, in order.
        opening: whether the stretch begins the document, so that its title may be in it.
    """
    found: dict[int, int] = {}
    lines = {index: line for index, stanza in enumerate(stanzas) if (line := _line(stanza))}
    shouting = sum(map(_is_capitals, lines.values())) * 3 > len(stanzas)
    numbered = [number for line in lines.values() if (number := _section(line))]
    parted = {number[0] for number in numbered if len(number) > 1}
    hanging = _is_indented(stanzas)
    marked = _uses_hashes(stanzas)
    divisions = list(map(_division, stanzas))
    for index, stanza in enumerate(stanzas):
        line = lines.get(index, "")
        level = divisions[index] or _level(stanza, line, shouting=shouting)
        if line and not level:
            number = _section(line)
            if number and number[0] in parted:
                level = len(number) + 1
            elif hanging and _stands_out(line, stanza):
                level = 2
            elif index + 1 < len(stanzas) and _is_prose(stanzas[index + 1]):
                if number and len(numbered) > 1:
                    level = len(number) + 1
                elif _is_title_case(line):
                    level = 2
        if marked and (lead := hashes(stanza.lines[0])) and len(stanza.lines) == 1:
            level = lead - 1
        if level:
            found[index] = min(level, 6)
    title = _title(stanzas) if opening else None
    if title is not None and (not _division(stanzas[title]) or sum(map(bool, divisions)) == 1):
        found[title] = 1
    return found


def _line(stanza: Stanza) -> str:
    """The stanza's text if it could be a heading by its shape, else an empty string."""
    if len(stanza.lines) != 1 or stanza.quoted or len(stanza.lines[0]) > LONGEST_HEADING:
        return ""
    line = stanza.lines[0].strip()
    asks = line[-1] == "?" and len(_section(line)) > 1
    return "" if (ends_sentence(line) and not asks) or line[-1] in _GOES_ON else line


def _level(stanza: Stanza, line: str, *, shouting: bool) -> int:
    """The level that the stanza has by its own looks; 0 for none."""
    if stanza.underlined:
        return 1 if "=" in stanza.lines[1] else 2
    return 2 if line and not shouting and _is_capitals(line) else 0


def _division(stanza: Stanza) -> int:
    """The level of a line that names a part of a book; 0 of any other."""
    line = stanza.lines[0]
    if len(stanza.lines) > 1 or len(line) > LONGEST_HEADING:
        return 0
    word = line.split(maxsplit=1)[0].lower()
    if word in _DIVISIONS and (found := re.match(_DIVISION, line)):
        rest = (found["rest"] or "").strip(" .:—–-")
        if (not rest or rest[0].isupper()) and "." not in rest:
            return 1 if found["word"].lower() in _UPPER_DIVISIONS else 2
    if line.isascii():
        return 0
    if wide := re.match(_WIDE_DIVISION, line):
        return 1 if (wide["sign"] or wide["korean"]) in _UPPER_SIGNS else 2
    return 2 if re.match(_ARABIC_DIVISION, line) else 0


def _is_capitals(line: str) -> bool:
    return line.isupper() and len(line) <= 80 and sum(map(str.isalpha, line)) >= 4


def _section(line: str) -> tuple[str, ...]:
    """The parts of a section's number such as ``2.3``; none without one."""
    match = _NUMBERED.match(line) if line[0].isdigit() else None
    if not match or len(line) > 80 or not line[match.end()].isupper():
        return ()
    return tuple(match["number"].split("."))


def hashes(line: str) -> int:
    """The length of the number signs that a heading begins with, and of the blank after them."""
    match = _HASHES.match(line)
    return match.end() if match else 0


def _uses_hashes(stanzas: Sequence[Stanza]) -> bool:
    """Whether lines that begin with number signs are headings, and no comments in a program."""
    stand = [
        len(stanza.lines) == 1
        for stanza in stanzas
        for line in stanza.lines
        if line[0] == "#" and line.rstrip("# ")
    ]
    return all(stand)


def _is_indented(stanzas: Sequence[Stanza]) -> bool:
    """Whether all running text is indented, so that what is not stands out."""
    prose = [stanza for stanza in stanzas if len(stanza.lines) > 2]
    indented = sum(all(line[:2].isspace() for line in stanza.lines) for stanza in prose)
    return len(prose) >= _MANY and indented * 10 >= len(prose) * 9


def _stands_out(line: str, stanza: Stanza) -> bool:
    begins = not stanza.lines[0][0].isspace() and line[0].isalnum() and not line[0].islower()
    return begins and len(line) <= 80 and "   " not in line and not _excluded(line)


def _is_title_case(line: str) -> bool:
    if line.count(" ") < 2 or _excluded(line):
        return False
    words = [word for word in _LONG_WORD.findall(line) if word not in _SMALL_WORDS]
    capitalised = sum(word[0].isupper() for word in words)
    return len(words) >= 2 and capitalised >= _CAPITALISED * len(words)


def _excluded(line: str) -> bool:
    """Whether the line is a date, an address, a field or a greeting."""
    short = len(line.split()) <= 6
    return bool(
        _LABEL.match(line)
        or _SALUTATION.match(line)
        or (short and _DATE.search(line))
        or (short and not line.isascii() and re.match(_WIDE_DATE, line))
    )


def _is_prose(stanza: Stanza) -> bool:
    """Whether the stanza is, or begins with, running text, and no table."""
    first = stanza.lines[0]
    if sum("   " in line.strip() for line in stanza.lines) * 2 >= len(stanza.lines):
        return False
    whole = first if len(first) > WIDEST_MEASURE else " ".join(stanza.lines[:4])
    letter = next(filter(str.isalpha, whole), "")
    # An ideograph says as much as two letters, and scripts without vowels as much in four of five.
    length = cells(whole) + len(_VOWELLESS.findall(whole)) // 4
    ends = ends_sentence(stanza.lines[-1]) or length > 2 * _PROSE
    return length >= _PROSE and not letter.islower() and ends


def _title(stanzas: Sequence[Stanza]) -> int | None:
    """The index of the title: before the first prose, alone or far longer than its neighbours."""
    if not stanzas:
        return None
    opening: list[int] = []
    for index, stanza in enumerate(stanzas[: _OPENING + 1]):
        if _is_prose(stanza):
            break
        opening.append(index)
    else:
        return None
    candidates = [index for index in opening if _may_be_title(stanzas[index])]
    if not candidates:
        return None
    if [index for index in candidates if stanzas[index].lines[0].isupper()] == candidates[:1]:
        return candidates[0]
    best = max(candidates, key=lambda index: len(stanzas[index].lines[0]))
    length = len(stanzas[best].lines[0].strip())
    rivals = (len(stanzas[index].lines[0].strip()) for index in candidates if index != best)
    return best if all(length >= 2 * rival for rival in rivals) else None


def _may_be_title(stanza: Stanza) -> bool:
    if stanza.underlined:
        return True
    line = _line(stanza)
    if not line or _excluded(line):
        return False
    if not (line[0].isalnum() or line[0] in "“‘\"'«¿¡「『《") or line[0].islower():
        return False
    wide = sum(character > "\u2e80" for character in line)
    return line.count(" ") >= 2 or line.isupper() or _is_title_case(line) or wide >= 4
