"""RTF: our own reader of its control words, since libraries for it give bare text.

What has no text that a reader sees (pictures, styles, field codes) is passed over with its group.
"""

from __future__ import annotations

import codecs
import re

from annotations.formats.dates import iso_date
from annotations.formats.detect import RTF
from annotations.formats.document import composed
from annotations.formats.passages import Piece
from annotations.formats.rtf_group import CHARACTER_WORDS, PAGE, UNSEEN_GROUP, Group
from annotations.formats.rtf_text import Paragraph, RtfText
from annotations.formats.rtf_tokens import Token, tokens
from annotations.formats.rtf_words import (
    CHARACTERS,
    CHARSETS,
    CODE_PAGES,
    COLLECTED,
    TRANSPARENT,
    UNSEEN,
)
from annotations.formats.source import Source
from annotations.model import ImportedDocument, Metadata

_DEEPEST = 10_000
"""Groups that may be open at once."""
_HYPERLINK = re.compile(r"HYPERLINK\s+(?P<local>\\l\s+)?\"?(?P<target>[^\"\s]+)", re.IGNORECASE)
_HEADING = re.compile(r"heading (?P<level>[1-6])\b|\A\s*title(?:;|\Z)", re.IGNORECASE)
_BULLET = re.compile("[·\uf000-\uf0ff]")
"""What bullets are in fonts of signs, whose letters Unicode puts into its private use area."""
_FIELDS = frozenset({"title", "author", "company"})
"""Destinations of the file's information about itself."""
_DATE_PARTS = ("yr", "mo", "dy")
_OUTLINE_LEVELS = 6
_SYMBOLS = 2
"""The character set of fonts of bullets and signs, whose letters are no letters."""


def read(source: Source) -> ImportedDocument:
    """The text of an RTF file, with its notes, tables and links.

    Raises:
        UnreadableFileError: it breaks off, or its groups nest without end.
    """
    reader = _Reader()
    for token in tokens(source.whole()):
        if not reader.take(token):
            raise source.unreadable("is nested too deeply")
    pieces = reader.pieces()
    if not pieces and not reader.is_closed:
        raise source.unreadable("is a damaged RTF file: it breaks off before its text")
    return composed(source, reader.metadata(), pieces, RTF.media_type)


class _Reader:
    """Takes the tokens of a file one after the other."""

    def __init__(self) -> None:
        self._text = RtfText()
        self._group = Group()
        self._outer: list[Group] = []
        self._optional = False
        """Whether the next control word names a destination that may be passed over."""
        self._opened = False
        """Whether the group has just begun."""
        self._raw: list[str] = []
        """Text in the encoding of the font, not decoded yet; a character a byte."""
        self._passed_over = 0
        """Characters still to come that stand for a Unicode one."""
        self._high_half = 0
        self._code_page = "cp1252"
        self._charsets: dict[int, int] = {}
        self._collected: list[str] = []
        self._fields: dict[str, str] = {}
        self._created = [0, 0, 0]
        self._style = 0
        self._style_level = 0
        self._levels: dict[int, int] = {}
        """Levels in the outline by the number of a style."""

    @property
    def is_closed(self) -> bool:
        """Whether every group has ended."""
        return not self._outer

    def pieces(self) -> list[Piece]:
        """The blocks of the file."""
        self._flush()
        return self._text.finish()

    def metadata(self) -> Metadata:
        """What the file says of itself."""
        year, month, day = self._created
        written = f"{year:04}-{month:02}-{day:02}" if year and month and day else ""
        return Metadata(
            title=self._fields.get("title", ""),
            author=self._fields.get("author", ""),
            publisher=self._fields.get("company", ""),
            published=iso_date(written),
        )

    def take(self, token: Token) -> bool:
        """Act on ``token``; False when too many groups are open."""
        if token.text:
            self._opened = self._opened and token.text.isspace()
            if text := token.text[self._passed_over :]:
                self._raw.append(text)
            self._passed_over = max(self._passed_over - len(token.text), 0)
            return True
        if self._passed_over and token.word not in ("{", "}"):
            self._passed_over -= 1
            return True
        self._passed_over = 0
        self._flush()
        opens, self._opened = self._opened, token.word == "{"
        if token.word == "{":
            self._outer.append(self._group)
            return len(self._outer) <= _DEEPEST
        if token.word == "}":
            self._end_group()
        elif token.word == "*":
            # Some programs write it inside groups, where it says nothing.
            self._optional = opens
        else:
            optional, self._optional = self._optional, False
            self._word(token.word, token.number, optional=optional)
        return True

    def _flush(self) -> None:
        """Decode the bytes that have come, in the encoding of their font."""
        if not self._raw:
            return
        raw = "".join(self._raw)
        self._raw.clear()
        charset = self._charsets.get(self._group.font, 0)
        if charset == _SYMBOLS and self._group.destination in ("listtext", "pntext"):
            self._write("•")
        elif raw.isascii():
            self._write(raw)
        else:
            codec = CHARSETS.get(charset, self._code_page)
            self._write(raw.encode("latin-1").decode(codec, "replace"))

    def _write(self, text: str) -> None:
        group = self._group
        if group.destination == PAGE:
            if not group.hidden:
                self._text.write(text, group.marks)
        elif group.destination in COLLECTED:
            self._collected.append(text)

    def _end_group(self) -> None:
        if not self._outer:
            return
        ended, self._group = self._group, self._outer.pop()
        if ended.destination == "stylesheet":
            self._end_style()
        elif ended.note and not self._group.note:
            self._text.end_note()
        elif ended.destination in COLLECTED and self._group.destination != ended.destination:
            self._collect(ended.destination, "".join(self._collected).strip())
            self._collected.clear()

    def _collect(self, destination: str, text: str) -> None:
        if destination == "fldinst":
            if match := _HYPERLINK.search(text):
                target = ("#" if match["local"] else "") + match["target"]
                self._group = self._group._replace(link=target)
        elif destination in ("listtext", "pntext"):
            self._text.paragraph.marker = _BULLET.sub("•", text)
        elif destination == "bkmkstart":
            self._text.anchor(text)
        else:
            self._fields[destination] = " ".join(text.split())

    def _end_style(self) -> None:
        """A style of the sheet is complete: remember what level its paragraphs have."""
        name = _HEADING.search("".join(self._collected))
        level = int(name["level"] or 1) if name else self._style_level
        if level and self._style:
            self._levels[self._style] = level
        self._collected.clear()
        self._style = self._style_level = 0

    def _word(self, word: str, number: int | None, *, optional: bool) -> None:
        group = self._group
        if group.destination == UNSEEN_GROUP:
            return
        if word in CHARACTER_WORDS and not optional:
            self._group = group.after(word, number)
        elif word in CHARACTERS:
            self._write(CHARACTERS[word])
        elif word in ("\n", "\r"):
            self._page_word("par", 0)
        elif word == "u" and number is not None:
            self._unicode(number % 65_536)
        elif (destination := self._destination(word, optional=optional)) is not None:
            self._group = group._replace(destination=destination)
        elif word == "fcharset" and group.destination == "fonttbl":
            self._charsets[group.font] = number or 0
        elif word == "ansicpg" and number:
            self._code_page = _known_codec(f"cp{number}") or self._code_page
        elif word in CODE_PAGES:
            self._code_page = CODE_PAGES[word]
        elif group.destination == "stylesheet":
            self._style_word(word, number or 0)
        elif group.destination == "creatim" and word in _DATE_PARTS:
            self._created[_DATE_PARTS.index(word)] = min(max(number or 0, 0), 9999)
        elif group.destination == PAGE:
            self._page_word(word, number or 0)

    def _destination(self, word: str, *, optional: bool) -> str | None:
        """The destination that ``word`` names; None if it names none."""
        if word in ("info", "fonttbl", "creatim"):
            return word
        if word in COLLECTED and (word not in _FIELDS or self._group.destination == "info"):
            return word
        if word in UNSEEN or (optional and word not in TRANSPARENT):
            return UNSEEN_GROUP
        return None

    def _style_word(self, word: str, number: int) -> None:
        if word == "s":
            self._style = number
        elif word == "outlinelevel" and 0 <= number < _OUTLINE_LEVELS:
            self._style_level = number + 1

    def _page_word(self, word: str, number: int) -> None:
        text, paragraph = self._text, self._text.paragraph
        if word in ("par", "sect", "page"):
            text.end_paragraph()
        elif word in ("line", "softline"):
            text.break_line()
        elif word == "cell":
            text.end_cell()
        elif word == "nestcell":
            text.end_nested_cell()
        elif word == "row":
            text.end_row()
        elif word == "pard":
            # Word writes the number of an item before it resets what the last paragraph was.
            text.paragraph = Paragraph(marker=paragraph.marker)
        elif word == "intbl":
            paragraph.row = True
        elif word == "ls":
            paragraph.listed = number > 0
        elif word == "ilvl":
            paragraph.depth = min(max(number, 0), 5) + 1
        elif word == "s":
            paragraph.heading = self._levels.get(number, 0)
        elif word == "outlinelevel":
            paragraph.heading = number + 1 if 0 <= number < _OUTLINE_LEVELS else 0
        elif word == "footnote":
            text.begin_note()
            self._group = self._group.opening_note()

    def _unicode(self, unit: int) -> None:
        """A UTF-16 unit; the characters after it stand for it in old readers."""
        self._passed_over = self._group.fallback
        if 0xD800 <= unit < 0xDC00:
            self._high_half = unit
            return
        if 0xDC00 <= unit < 0xE000:
            if self._high_half:
                self._write(chr(0x10000 + ((self._high_half - 0xD800) << 10) + unit - 0xDC00))
        elif unit:
            self._write(chr(unit))
        self._high_half = 0


def _known_codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
