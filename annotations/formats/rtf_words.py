"""The vocabulary of RTF, as far as it bears on the text (specification 1.9.1)."""

from __future__ import annotations

CHARACTERS = {
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
    "~": "\u00a0",
    "_": "\u2011",
    "-": "\u00ad",
}
"""Control words and symbols that are characters."""

COLLECTED = frozenset(
    {"title", "author", "company", "fldinst", "listtext", "pntext", "bkmkstart", "stylesheet"}
)
"""Destinations whose text is no part of the page, but says something."""

_UNSEEN_NAMES = (
    "colortbl listtable listoverridetable revtbl rsidtbl generator pict object header headerl "
    "headerr headerf footer footerl footerr footerf themedata colorschememapping datastore "
    "latentstyles xmlnstbl pgptbl filetbl bkmkend template userprops docvar annotation atnid "
    "atnauthor atndate atnref atnicn ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn pntxta pntxtb "
    "private passwordhash protusertbl nonshppict nonesttables sn sv"
)
UNSEEN = frozenset(_UNSEEN_NAMES.split())
"""Destinations that a reader sees nothing of."""

TRANSPARENT = frozenset({"footnote", "shpinst", "shptxt"})
"""Optional destinations that hold text of the page."""

CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    255: "cp437",
}
"""What a font's bytes stand for, by the number of its character set; the rest is the file's own."""

CODE_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
"""What a whole file's bytes stand for, by its control word."""
