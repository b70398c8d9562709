"""Kindle: ``My Clippings.txt``, as devices of many years and languages write it.

An entry is a line with title and author, a line with kind, place and time, a blank line and the
words; a row of ``=`` ends it. A note is an entry of its own and belongs to the highlight at its
place. Entries may begin with a byte-order mark each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from annotations.errors import UnreadableFileError
from annotations.exchange.bundle import (
    READING,
    DocumentRecord,
    HighlightRecord,
    Record,
    Selector,
)
from annotations.exchange.clippingdates import clipping_time
from annotations.exchange.clippings import Clipping, laid_aside
from annotations.exchange.report import LossReport
from annotations.exchange.textfile import open_text
from annotations.model import Metadata

_END = re.compile(r"={6,}\s*")
_TITLE = re.compile(
    r"(?P<title>.*\S)\s*[(\uff08]"
    r"(?P<author>[^()\uff08\uff09]*(?:[(\uff08][^()\uff08\uff09]*[)\uff09][^()\uff08\uff09]*)*)"
    r"[)\uff09]\s*"
)
_RANGE = re.compile(r"(\d+)\s*[-–]\s*(\d+)|(\d+)")
_NOTE = re.compile(
    r"\b(?:note|notiz|nota|notitie|anteckning|notatka|nota personale|заметка|not)\b|メモ|笔记|筆記|"
    r"노트|메모",
    re.IGNORECASE,
)
_BOOKMARK = re.compile(
    r"\b(?:bookmark|lesezeichen|signet|marcador|segnalibro|bladwijzer|bokmärke|zakładka|закладка)\b"
    r"|ブックマーク|书签|書籤|북마크",
    re.IGNORECASE,
)
_HIGHLIGHT = re.compile(
    r"highlight|markierung|surlign|subrayad|destaque|evidenziazione|markering|podkreśl|выделен|"
    r"ハイライト|标注|標註|하이라이트",
    re.IGNORECASE,
)
_LOCATION = re.compile(
    r"(?:loc(?:ation|\.)?|position|posici[oó]n|posição|posizione|emplacement|locatie|位置|места?|"
    r"место|위치|"
    r"plats|lokalizacj|konum|स्थान)\D{0,12}?",
    re.IGNORECASE,
)
_LIMIT = re.compile(r"^\s*<.*(?:limit|limite|Grenze|límite|上限|制限|限制).*>\s*$", re.IGNORECASE)
_AT_A_TIME = 1_000
"""Entries after which it can be stopped."""
_LONGEST = 1 << 24
"""Code points of a line."""
_LONGEST_TITLE = 1_000
"""Code points of the two lines before the words that are looked at."""


def read(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield the books and what was highlighted and noted in them.

    Raises:
        UnreadableFileError: It is no such file.
        UnwritableFileError: There is no room to lay its entries aside.
    """
    with laid_aside(report) as clippings:
        found = False
        for number, clipping in enumerate(_entries(path, report), 1):
            found = True
            clippings.add(clipping)
            if number % _AT_A_TIME == 0:
                yield READING
        if not found and not report:
            raise UnreadableFileError(f"{path.name} holds no clippings of a Kindle")
        book = ""
        for clipping, notes in clippings:
            if clipping.book != book:
                book = clipping.book
                match = _TITLE.fullmatch(book)
                about = Metadata(match["title"], match["author"]) if match else Metadata(book)
                yield DocumentRecord(book, about)
            yield _record(clipping, notes)


def _record(clipping: Clipping, notes: list[str]) -> HighlightRecord:
    where = [f"({clipping.place})"] if clipping.place else []
    kind = "note" if clipping.is_note else "highlight"
    said = [clipping.words] if clipping.is_note else notes
    return HighlightRecord(
        clipping.book,
        # A note alone stands for a place of which the file does not have the words.
        Selector(quote="" if clipping.is_note else clipping.words),
        note="\n\n".join([*said, *where]),
        id="/".join(
            ("kindle", clipping.book, kind, clipping.place, clipping.made_at, clipping.words)
        ),
        created_at=clipping.made_at,
    )


def _entries(path: Path, report: LossReport) -> Iterator[Clipping]:
    lines: list[str] = []
    first = 1
    with open_text(path) as file:
        for number, line in enumerate(iter(lambda: file.readline(_LONGEST), ""), 1):
            if not _END.fullmatch(line):
                lines.append(line.rstrip("\n"))
                continue
            entry = _entry(lines, f"line {first}", report)
            if entry is not None:
                yield entry
            lines, first = [], number + 1
    if any(line.strip("\ufeff ") for line in lines):
        report.add("entries cut short", f"line {first}")


def _entry(lines: list[str], where: str, report: LossReport) -> Clipping | None:
    while lines and not lines[0].strip("\ufeff\u200e\u200f \t"):
        lines.pop(0)
    if len(lines) < 2 or not lines[1].lstrip().startswith(("-", "–", "—")):
        report.add("entries other than clippings", where)
        return None
    book = lines[0].strip("\ufeff\u200e\u200f \t")[:_LONGEST_TITLE]
    about, text = lines[1][:_LONGEST_TITLE], "\n".join(lines[2:]).strip()
    kind = _kind(about)
    if kind == "bookmark" or not text:
        report.add("bookmarks" if kind == "bookmark" else "clippings without words", where)
        return None
    if len(text) < _LONGEST_TITLE and _LIMIT.match(text):
        report.add("clippings that the publisher's limit kept empty", where)
        return None
    parts = [part.strip(" -–—\u200e") for part in about.split("|")]
    made_at = clipping_time(parts[-1])
    if made_at:
        parts.pop()
    place = _place(parts) if parts else (-1, -1)
    shown = re.sub(r"\s+", " ", ", ".join(filter(None, parts)))
    return Clipping(book, kind == "note", *place, shown, made_at, text)


def _kind(about: str) -> str:
    """By the words before the place, whatever the language."""
    if _BOOKMARK.search(about) and not _HIGHLIGHT.search(about):
        return "bookmark"
    return "note" if _NOTE.search(about) and not _HIGHLIGHT.search(about) else "highlight"


def _place(parts: list[str]) -> tuple[int, int]:
    """Start and end of the location, or of the page; an end may lack its first digits.

    In a language that is not known here, the location is the second of two numbers.
    """
    numbered = [part for part in parts[:2] if _RANGE.search(part)] or parts[:1]
    # The last: devices in Portuguese say “Your Highlight on Location” before a page too.
    located = next((part for part in parts[1::-1] if _LOCATION.search(part)), numbered[-1])
    match = _LOCATION.search(located)
    found = _RANGE.search(located, match.end() if match else 0) or _RANGE.search(located)
    if found is None:
        return -1, -1
    first, last = found[1] or found[3], found[2] or found[3]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    if len(last) > 18:
        return -1, -1
    return int(first), int(last)
