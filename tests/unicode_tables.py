"""Write ``annotations/text/properties.py`` from the Unicode Character Database.

Run ``python -m tests.unicode_tables DIRECTORY`` with a directory that holds the database's files as
the Unicode Consortium publishes them (Debian installs them with the package ``unicode-data``). The
tables are of version 15.0, that of the test files that the tests run against.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "annotations" / "text" / "properties.py"

CONJUNCT_SCRIPTS = frozenset({"Bengali", "Devanagari", "Gujarati", "Malayalam", "Oriya", "Telugu"})
"""The scripts whose consonants join over a virama (rule GB9c; Indic_Conjunct_Break)."""

LAST = 0x110000

HEADER = '''"""Properties of characters that :mod:`unicodedata` lacks, from Unicode's own database.

Written by ``python -m tests.unicode_tables``; do not edit. Version {version}, from LineBreak.txt,
EastAsianWidth.txt, UnicodeData.txt, PropList.txt, Scripts.txt, IndicSyllabicCategory.txt,
GraphemeBreakProperty.txt, emoji-data.txt and emoji-variation-sequences.txt.

A table is a string of ``LENGTH CLASS`` pairs without blanks between them: how many code points in a
row, as a number in base 16 (capital digits) have the class (small letters, underscore for none).
"""

from __future__ import annotations
'''


def records(path: Path) -> Iterator[tuple[range, str]]:
    """The ``FIRST..LAST ; VALUE`` lines of a file of the database."""
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.partition("#")[0].split(";")
        if len(fields) < 2:
            continue
        first, _, last = fields[0].strip().partition("..")
        yield range(int(first, 16), int(last or first, 16) + 1), fields[1].strip()


def table(path: Path, keep: Iterable[str] | None = None) -> list[str]:
    """The value of each code point; empty where the file has none, or one that is not kept."""
    wanted = None if keep is None else frozenset(keep)
    values = [""] * LAST
    for points, value in records(path):
        if wanted is None or value in wanted:
            for point in points:
                values[point] = value
    return values


def general_categories(path: Path) -> list[str]:
    """The general category of each code point, ranges of ideographs and the like filled in."""
    values = ["Cn"] * LAST
    first = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        point, name, category = line.split(";")[:3]
        if name.endswith(", First>"):
            first = int(point, 16)
            continue
        start = first if name.endswith(", Last>") else int(point, 16)
        for each in range(start, int(point, 16) + 1):
            values[each] = category
    return values


def grapheme_classes(directory: Path) -> list[str]:
    """The classes of UAX #29, with Extended_Pictographic and the parts of an Indic conjunct."""
    short = {
        "CR": "cr",
        "LF": "lf",
        "Control": "cn",
        "Extend": "ex",
        "ZWJ": "zwj",
        "Regional_Indicator": "ri",
        "Prepend": "pp",
        "SpacingMark": "sm",
        "L": "l",
        "V": "v",
        "T": "t",
        "LV": "lv",
        "LVT": "lvt",
        "Extended_Pictographic": "ep",
        "": "",
    }
    values = table(directory / "auxiliary" / "GraphemeBreakProperty.txt")
    pictographic = table(directory / "emoji" / "emoji-data.txt", {"Extended_Pictographic"})
    scripts = table(directory / "Scripts.txt")
    syllabic = table(directory / "IndicSyllabicCategory.txt")
    classes = []
    for point, value in enumerate(values):
        name = short[value or pictographic[point]]
        if scripts[point] in CONJUNCT_SCRIPTS:
            if syllabic[point] == "Consonant":
                name = "ic"
            elif syllabic[point] == "Virama":
                name = "iv"
        classes.append(name)
    # The 11,172 Hangul syllables alternate one LV and 27 LVT: computed, not stored.
    classes[0xAC00:0xD7A4] = ["lv"] * (0xD7A4 - 0xAC00)
    return classes


def widths(directory: Path) -> list[str]:
    """``z`` for characters that take no cell of their own, ``w`` for those that take two."""
    east_asian = table(directory / "EastAsianWidth.txt", {"W", "F"})
    categories = general_categories(directory / "UnicodeData.txt")
    signs = {
        point
        for points, name in records(directory / "PropList.txt")
        if name == "Prepended_Concatenation_Mark"
        for point in points
    }
    values = []
    for point in range(LAST):
        category = categories[point]
        zero = category in {"Mn", "Me", "Mc", "Cf", "Zl", "Zp"} or 0x1160 <= point <= 0x11FF
        if point == 0x00AD or point in signs:
            zero = False
        values.append("z" if zero else "w" if east_asian[point] else "")
    for point in (0x3164, 0xFFA0, *range(0xD7B0, 0xD7FC)):
        values[point] = "z"
    return values


def line_classes(directory: Path) -> list[str]:
    """The classes of UAX #14, resolved as its rule LB1 says."""
    values = table(directory / "LineBreak.txt")
    categories = general_categories(directory / "UnicodeData.txt")
    pictographic = table(directory / "emoji" / "emoji-data.txt", {"Extended_Pictographic"})
    east_asian = table(directory / "EastAsianWidth.txt", {"W", "F", "H"})
    classes = []
    for point, value in enumerate(values):
        name = value or "XX"
        if categories[point] == "Cn" and pictographic[point]:
            name = "EB"  # LB30b counts the reserved pictographs among the emoji bases
        elif name == "SA":
            name = "CM" if categories[point] in {"Mn", "Mc"} else "AL"
        elif name in {"AI", "SG", "XX"}:
            name = "AL"
        elif name == "CJ":
            name = "NS"
        elif name == "B2":
            name = "BT"  # a digit would run into the next length
        elif name in {"OP", "CP"} and east_asian[point]:
            # LB30 leaves wide parentheses out.
            name += "E"
        classes.append("" if name == "AL" else name.lower())
    # Hangul syllables: one H2 (LV) and 27 H3 (LVT), told apart by computing.
    classes[0xAC00:0xD7A4] = ["h"] * (0xD7A4 - 0xAC00)
    return classes


def emoji_bases(directory: Path) -> str:
    """The characters that become two cells wide before U+FE0F, as code points in base 16."""
    path = directory / "emoji" / "emoji-variation-sequences.txt"
    narrow = table(directory / "EastAsianWidth.txt", {"W", "F"})
    bases = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        points = line.partition(";")[0].split()
        if len(points) == 2 and points[1] == "FE0F" and not narrow[int(points[0], 16)]:
            bases.add(int(points[0], 16))
    return " ".join(f"{point:X}" for point in sorted(bases))


def packed(values: list[str]) -> str:
    """The run lengths of a table, the last run of nothing left out."""
    runs: list[tuple[int, str]] = []
    for value in values:
        if runs and runs[-1][1] == value:
            runs[-1] = (runs[-1][0] + 1, value)
        else:
            runs.append((1, value))
    if not runs[-1][1]:
        runs.pop()
    return "".join(f"{length:X}{value or '_'}" for length, value in runs)


def constant(name: str, about: str, value: str) -> str:
    """An assignment of a long string, in lines of at most 100 characters."""
    width = 94
    pieces = [value[i : i + width] for i in range(0, len(value), width)]
    lines = "\n".join(f'    "{piece}"' for piece in pieces)
    return f'\n{name} = (\n{lines}\n)\n"""{about}"""\n'


def main(directory: Path) -> None:
    """Write the module."""
    first = (directory / "LineBreak.txt").read_text(encoding="utf-8").splitlines()[0]
    version = first.removeprefix("# LineBreak-").removesuffix(".txt")
    text = HEADER.format(version=version)
    text += constant(
        "GRAPHEME",
        "Grapheme_Cluster_Break, Extended_Pictographic (``ep``), Indic consonants and viramas.",
        packed(grapheme_classes(directory)),
    )
    text += constant(
        "WIDTH",
        "Cells: ``w`` two, ``z`` none, otherwise one.",
        packed(widths(directory)),
    )
    text += constant(
        "LINE",
        "Line_Break, AL left out; ``ope``, ``cpe``: wide OP, CP; ``h``: H2 or H3; ``bt``: B2.",
        packed(line_classes(directory)),
    )
    text += constant(
        "EMOJI_BASES",
        "Narrow characters that U+FE0F makes two cells wide, by code point.",
        emoji_bases(directory),
    )
    TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
