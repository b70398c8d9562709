"""The little of LaTeX that stands in BibTeX: accents, special characters, braces."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
}
_LETTERS = {
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "o": "ø",
    "O": "Ø",
    "aa": "å",
    "AA": "Å",
    "l": "ł",
    "L": "Ł",
    "i": "i",
    "j": "j",
    "textendash": "–",
    "textemdash": "—",
    "textquoteright": "’",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "ldots": "…",
    "dots": "…",
}
_ACCENT = re.compile(
    r"""\\([`'^~=."]|[urHvdck](?![A-Za-z]))\s*(?:\{\s*(\\?[A-Za-z]?)\s*\}|(\\[ij]|[A-Za-z]))"""
)
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*(?:\{\})?")
_SYMBOL = re.compile(r"\\([&%$#_{}])")
_TIE = re.compile(r"(?<!\\)~")
_MARKUP = str.maketrans("", "", "{}$")
"""Groups, and what parts formulas from words."""
_SPECIAL = re.compile(r"[&%$#_{}\\~^]")
_NAMED = {"\\": "backslash", "~": "asciitilde", "^": "asciicircum"}
_LIGATURE = re.compile(r"([-`'])(?=\1)")
"""The first of two characters that are set as one."""


def to_text(latex: str) -> str:
    """A value of BibTeX as text; commands that are not known vanish, their arguments stay."""
    typed = latex.replace("~", "\u00a0") if "\\~" not in latex else _TIE.sub("\u00a0", latex)
    typed = typed.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    return " ".join(_spelled(typed).replace("\u00a0", " ").split())


def to_address(latex: str) -> str:
    """A value of BibTeX that is set as it is: an address, a DOI."""
    return _spelled(latex).strip()


def _spelled(latex: str) -> str:
    text = _ACCENT.sub(_accented, latex)
    text = _SYMBOL.sub(lambda match: f"\0{ord(match[1])}\1", text)
    # Last of what a backslash begins: one of them stands for a backslash.
    kept = _COMMAND.sub(lambda match: _letter(match[1]), text)
    kept = kept.translate(_MARKUP)
    return re.sub("\0(\\d+)\1", lambda match: chr(int(match[1])), kept)


def _letter(command: str) -> str:
    """What a command stands for: a letter of its own, or a Greek one by its name."""
    size = "CAPITAL" if command[0].isupper() else "SMALL"
    try:
        return _LETTERS.get(command) or unicodedata.lookup(f"GREEK {size} LETTER {command}")
    except KeyError:
        return ""


def from_text(text: str) -> str:
    """Text as a value of BibTeX, in UTF-8."""
    escaped = _SPECIAL.sub(
        lambda match: f"\\text{name}{{}}" if (name := _NAMED.get(match[0])) else f"\\{match[0]}",
        text,
    )
    return _LIGATURE.sub(r"\1{}", escaped)


def from_address(text: str) -> str:
    """An address as a value of BibTeX, which sets it as it is; braces and backslashes, which that
    does not go for, are encoded."""
    return text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _accented(match: re.Match[str]) -> str:
    letter = (match[2] if match[2] is not None else match[3]).removeprefix("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[match[1]]) if letter else ""
