"""Whatever a file holds, a reader gives a sound document or one clear line."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.formats.plain import pieces
from annotations.text.blocks import plain_blocks, plain_marks
from tests import sample_files as samples
from tests.unit.formats.reading import Read, outcome, read

NAMES = [
    "a.txt",
    "a.md",
    "a.rst",
    "a.html",
    "a.mhtml",
    "a.rtf",
    "a.docx",
    "a.odt",
    "a.epub",
    "a.pdf",
]
TEXTUAL = NAMES[:6]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
lines = st.sampled_from(
    [
        *(
            "",
            " ",
            "Words of a line that goes on for a while, as lines of prose do when wrapped at",
        ),
        *(
            "- item",
            "  - deeper",
            "1. first",
            "> quoted",
            ">> twice",
            "# Head",
            "=====",
            "---",
            "* * *",
        ),
        *("a\tb\tc", "a   b   c", "| a | b |", "|---|---|", "```", "    code", "\f", "\x85", "***"),
        *(
            "[link](target)",
            "[^1]",
            "[^1]: note",
            "*em* **strong** `code`",
            "<b>html",
            "&amp; &#0;",
        ),
        *("short", "CAPITALS", "Chapter 1", ".. note:: x", "::", ":field: value", "`x`_", "|s|"),
        *(
            "Ends here.",
            "and goes on",
            "\\*escaped\\*",
            "语言模型",
            "😀👩‍👩‍👧",
            "e\u0301",
            "\u202eשלום",
        ),
    ]
)
documents = st.lists(lines, max_size=25).map("\n".join)
_TAGS = (
    "p div h1 h2 ul ol li table tr td th blockquote pre b em code a br sup span q dl dt dd article "
    "main nav aside hr figure script style section center"
)
tags = st.sampled_from(_TAGS.split())
markup = st.lists(
    st.one_of(
        tags.map("<{}>".format),
        tags.map("</{}>".format),
        st.sampled_from(
            ["<a href='#x'>", "<p id=x>", "<td colspan=3>", "<li value=9>", "<!--", "-->"]
        ),
        texts,
    ),
    max_size=40,
).map("".join)


def survives(data: bytes, name: str) -> None:
    """``read`` checks each document that comes out; ``outcome`` lets one kind of error through."""
    message = outcome(data, name)
    assert not message or message.startswith(f"{name}: ")


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60)
@given(data=st.binary(max_size=400))
def test_any_bytes(name: str, data: bytes) -> None:
    survives(data, name)


@pytest.mark.parametrize("name", TEXTUAL)
@settings(max_examples=60)
@given(text=st.one_of(texts, documents))
def test_any_text(name: str, text: str) -> None:
    survives(text.encode(), name)


@settings(max_examples=80)
@given(text=st.one_of(texts, documents))
def test_plain_text_and_markdown_keep_every_character(text: str) -> None:
    canonical = re.sub("\r\n?", "\n", text.removeprefix("\ufeff"))
    for name in ("a.txt", "a.md"):
        message = outcome(text.encode(), name)
        if not message:
            assert read(text.encode(), name).text == canonical


@settings(max_examples=80)
@given(text=markup)
def test_any_markup(text: str) -> None:
    page = f"<html>{text}".encode()
    # Many control characters among few letters are taken for a binary file.
    if not outcome(page, "a.html"):
        found = read(page, "a.html")
        assert found.text == "" or found.text.endswith("\n")
    survives(samples.altered(samples.epub([("One", ["x"])]), "OEBPS/c1.xhtml", text), "a.epub")


@settings(max_examples=100)
@given(text=documents, opening=st.booleans())
def test_blocks_tile_any_text(text: str, opening: bool) -> None:
    found = plain_blocks(text, opening=opening)
    assert [block.start for block in found] == [0, *(block.end for block in found)][: len(found)]
    assert all(block.start < block.end for block in found)
    assert not text or found[-1].end == len(text)
    for mark in plain_marks(text, found):
        assert any(b.start <= mark.start < mark.end <= b.end for b in found)


@settings(max_examples=60)
@given(text=documents, cuts=st.lists(st.integers(0, 2_000), max_size=8))
def test_where_a_text_is_cut_changes_nothing(text: str, cuts: list[int]) -> None:
    edges = [0, *sorted(cut for cut in cuts if cut < len(text)), len(text)]
    parts = [text[a:b] for a, b in pairwise(edges)]
    whole = list(pieces(iter([text])))
    assert list(pieces(iter(parts))) == whole
    assert "".join(piece.text for piece in whole) == text


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.txt", samples.plain),
        ("a.html", samples.html_page),
        ("a.rtf", samples.rtf),
        ("a.docx", samples.docx),
        ("a.odt", samples.odt),
    ],
)
@settings(max_examples=40)
@given(
    found=st.lists(
        st.text(
            st.characters(categories=["L", "N", "Zs", "Po", "So"], exclude_characters="\u180e"),
            min_size=1,
            max_size=80,
        ).map(lambda text: "A" + " ".join(text.split()) + "."),
        min_size=1,
        max_size=6,
    )
)
def test_known_paragraphs_are_read_to_the_letter(name: str, make: object, found: list[str]) -> None:
    assert callable(make)
    document: Read = read(make(found), name)
    texts = [" ".join(text.split()) for _, text in document.blocks]
    assert texts == [" ".join(paragraph.split()) for paragraph in found]
