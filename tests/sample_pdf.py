"""PDF files, set by a small typesetter of our own: for tests and benchmarks of the PDF reader.

The face is Times, whose widths every PDF program knows; lines are filled, hyphenated or justified
as books are, in one column or two, with running heads, page numbers and an outline.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_WIDTHS = (
    "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 "
    "500 500 500 278 278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 "
    "722 722 556 722 667 556 611 722 722 944 722 722 611 333 278 333 469 500 333 444 500 444 500 "
    "444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444 480 "
    "200 480 541"
)
"""Of Times Roman, from the blank to the tilde, in thousandths of an em (Adobe's metrics)."""
WIDTHS = [int(width) for width in _WIDTHS.split()]
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
"""What passwords are filled up with (ISO 32000-1, 7.6.3.3)."""


@dataclass(frozen=True)
class Setting:
    """How the pages look; lengths are in points."""

    columns: int = 1
    size: float = 10.5
    leading: float = 13.0
    indent: float = 0.0
    """Of a paragraph's first line."""
    skip: float = 6.0
    """Between paragraphs."""
    justified: bool = False
    hyphenated: bool = False
    head: str = "A running head"
    page: tuple[float, float] = (595.0, 842.0)
    margin: float = 64.0
    gutter: float = 20.0


@dataclass
class _Pages:
    """Pages in the making: their content streams, and where the pen is."""

    setting: Setting
    streams: list[list[str]] = field(default_factory=list)
    column: int = 0
    y: float = 0.0

    @property
    def width(self) -> float:
        """Of a column."""
        setting = self.setting
        whole = setting.page[0] - 2 * setting.margin - (setting.columns - 1) * setting.gutter
        return whole / setting.columns

    def make_room(self, height: float) -> None:
        """Go to the next column or page if fewer than ``height`` points are left."""
        setting = self.setting
        if self.streams and self.y - height >= setting.margin:
            return
        if self.streams and self.column + 1 < setting.columns:
            self.column += 1
        else:
            self.column = 0
            self.streams.append([])
            if setting.head:
                number = len(self.streams)
                self.show(setting.head, setting.margin, setting.page[1] - 36, 9, "F1")
                self.show(f"Page {number}", setting.page[0] / 2 - 12, 30, 9, "F1")
        self.y = setting.page[1] - setting.margin

    def line(
        self, text: str, size: float, leading: float, face: str, indent: float, gap: float
    ) -> None:
        """Set one line below the last; ``gap`` is added to every blank."""
        self.make_room(leading)
        self.y -= leading
        left = self.setting.margin + self.column * (self.width + self.setting.gutter) + indent
        self.show(text, left, self.y, size, face, gap)

    def show(self, text: str, x: float, y: float, size: float, face: str, gap: float = 0.0) -> None:
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.streams[-1].append(
            f"BT /{face} {size:g} Tf {gap:.3f} Tw {x:.2f} {y:.2f} Td ({escaped}) Tj ET"
        )


def text_width(text: str, size: float) -> float:
    """How wide ``text`` is, in points."""
    return sum(WIDTHS[ord(character) - 32] for character in text) * size / 1000


def broken(text: str, width: float, setting: Setting) -> Iterator[str]:
    """The lines of a paragraph; long words are divided if the setting says so."""
    line = ""
    room = width - setting.indent
    for word in text.split():
        longer = f"{line} {word}".strip()
        if text_width(longer, setting.size) <= room:
            line = longer
            continue
        if setting.hyphenated and len(word) > 7 and word.isalpha() and word.islower():
            half = len(word) // 2
            divided = f"{line} {word[:half]}-".strip()
            if text_width(divided, setting.size) <= room:
                yield divided
                line, room = word[half:], width
                continue
        if line:
            yield line
            room = width
        line = word
    yield line


def pdf(
    chapters: Sequence[tuple[str, Sequence[str]]],
    setting: Setting | None = None,
    *,
    title: str = "",
    outline: bool = False,
    password: str = "",
) -> bytes:
    """A PDF of chapters; text may hold ASCII alone.

    Args:
        chapters: headings (empty for none) with their paragraphs.
        setting: how it looks.
        title: for the file's information.
        outline: whether the file lists its chapters.
        password: encrypts it (40-bit RC4, the standard's first method) if it is not empty.
    """
    setting = setting or Setting()
    pages = _Pages(setting)
    starts: list[tuple[str, int]] = []
    for heading, paragraphs in chapters:
        if heading:
            pages.make_room(60)
            pages.y -= 10
            pages.line(heading, 18, 24, "F2", 0, 0)
            pages.y -= 8
            starts.append((heading, len(pages.streams) - 1))
        for paragraph in paragraphs:
            lines = list(broken(paragraph, pages.width, setting))
            for number, line in enumerate(lines):
                indent = setting.indent if number == 0 else 0.0
                room = pages.width - indent - text_width(line, setting.size)
                blanks = line.count(" ")
                stretched = setting.justified and number + 1 < len(lines) and blanks
                gap = room / blanks if stretched else 0.0
                pages.line(line, setting.size, setting.leading, "F1", indent, gap)
            pages.y -= setting.skip
    return _file(pages, starts if outline else [], title, password)


def _file(pages: _Pages, starts: list[tuple[str, int]], title: str, password: str) -> bytes:
    """The objects of the file with their table, encrypted if there is a password."""
    count = len(pages.streams)
    first_page = 7
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(count))
    first_entry = first_page + 2 * count
    box = f"[0 0 {pages.setting.page[0]:g} {pages.setting.page[1]:g}]"
    outlines = "/Outlines 6 0 R /PageMode /UseOutlines" if starts else ""
    bodies: list[bytes] = [
        f"<< /Type /Catalog /Pages 2 0 R {outlines} /Lang (en) >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding /WinAnsiEncoding >>",
        b"",
        f"<< /Type /Outlines /First {first_entry} 0 R /Last {first_entry + len(starts) - 1} 0 R "
        f"/Count {len(starts)} >>".encode()
        if starts
        else b"null",
    ]
    key = _key(password) if password else b""
    bodies[4] = (
        b"<< /Title "
        + _string(title, key, 5)
        + b" /CreationDate "
        + _string("D:20231030090000Z", key, 5)
        + b" /Author "
        + _string("Ann Author", key, 5)
        + b" >>"
    )
    for number, stream in enumerate(pages.streams):
        page = first_page + 2 * number
        data = "\n".join(stream).encode("ascii")
        if key:
            data = _rc4(_object_key(key, page + 1), data)
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents {page + 1} 0 R /Resources "
            f"<< /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        bodies.append(f"<< /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream")
    for index, (heading, page) in enumerate(starts):
        entry = first_entry + index
        around = f"/Prev {entry - 1} 0 R " * (index > 0)
        around += f"/Next {entry + 1} 0 R " * (index + 1 < len(starts))
        bodies.append(
            b"<< /Title "
            + _string(heading, key, entry)
            + f" /Parent 6 0 R {around}/Dest "
            f"[{first_page + 2 * page} 0 R /XYZ null null null] >>".encode()
        )
    extra = b""
    if key:
        bodies.append(
            b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <"
            + _owner(password).hex().encode()
            + b"> /U <"
            + _rc4(key, _PADDING).hex().encode()
            + b"> >>"
        )
        identity = _IDENTITY.hex().encode()
        extra = b"/Encrypt %d 0 R /ID [<%b> <%b>] " % (len(bodies), identity, identity)
    return _assembled(bodies, extra)


_IDENTITY = b"0123456789abcdef"


def _assembled(bodies: Sequence[bytes], extra: bytes) -> bytes:
    data = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places: list[int] = []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R " % (len(bodies) + 1) + extra
    return bytes(data + b">>\nstartxref\n%d\n%%%%EOF\n" % table)


def _string(text: str, key: bytes, number: int) -> bytes:
    data = text.encode("latin-1")
    if key:
        data = _rc4(_object_key(key, number), data)
    return b"<" + data.hex().encode() + b">"


def _padded(password: str) -> bytes:
    return (password.encode("latin-1") + _PADDING)[:32]


def _owner(password: str) -> bytes:
    return _rc4(hashlib.md5(_padded(password)).digest()[:5], _padded(password))


def _key(password: str) -> bytes:
    permissions = (-4).to_bytes(4, "little", signed=True)
    return hashlib.md5(_padded(password) + _owner(password) + permissions + _IDENTITY).digest()[:5]


def _object_key(key: bytes, number: int) -> bytes:
    return hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
