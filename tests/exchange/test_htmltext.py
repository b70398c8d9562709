"""The text of HTML fragments, and the way from counts in the bare text to it."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.exchange.htmltext import parse, text_of_html
from annotations.exchange.htmltokens import Tag, tokens
from annotations.model import BlockKind


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("a &amp; b &lt;i&gt; &#233; &unknown;", "a & b <i> é &unknown;"),
        ("<p>one</p>\n<p>two</p>", "one\n\ntwo"),
        ("<p>one<br>line<br/>more</p>", "one\nline\nmore"),
        ("<p>one<div><p>two", "one\n\ntwo"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a\tb\n\nc"),
        ("1 < 2 and <3", "1 < 2 and <3"),
        ("a<!-- no -->b<!doctype x>c<?pi?>d", "abcd"),
        ("a<!-- it does not end", "a"),
        ("a<b title='>'>b</b><i title=\"'>\">c</i>", "abc"),
        ("a<script>if (x < y) '<b>'</script>b<style>p {}</style>", "ab"),
        ("a<b", "a"),
        ("</p></p>a</b>", "a"),
        ("", ""),
    ],
)
def test_text(html: str, text: str) -> None:
    assert text_of_html(html) == text


def test_attributes() -> None:
    (tag,) = tokens("<SPAN Class='a b' data-x=\"&quot;\" id=7 hidden class=c/>")
    assert isinstance(tag, Tag)
    assert (tag.name, tag.is_end) == ("span", False)
    assert tag.attributes == {"class": "a b", "data-x": '"', "id": "7", "hidden": ""}


def test_blocks_have_their_kinds() -> None:
    html = "<h2>H</h2><ul><li>one<li>two</ul><blockquote><p>q</p></blockquote><pre>c</pre><p>p"
    (passage,) = parse(html).passages()
    assert passage.text == "H\n\none\n\ntwo\n\nq\n\nc\n\np"
    assert [(block.kind, block.level) for block in passage.blocks] == [
        (BlockKind.HEADING, 2),
        (BlockKind.LIST_ITEM, 1),
        (BlockKind.LIST_ITEM, 1),
        (BlockKind.QUOTATION, 1),
        (BlockKind.CODE, 0),
        (BlockKind.PARAGRAPH, 0),
    ]


PIECES = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8).map(escape),
        st.sampled_from(
            ["<p>", "</p>", "<b>", "</b>", "<br>", "\n", "<li>", "<h1>", "<script>x<y</script>"]
        ),
    ),
    max_size=12,
).map("".join)


@given(PIECES, st.data())
def test_every_place_in_the_bare_text_is_the_same_character(html: str, data: st.DataObject) -> None:
    found = parse(html)
    assert sum(len(passage.text) for passage in found.passages()) == len(found.text)
    if not found.bare:
        return
    place = data.draw(st.integers(0, len(found.bare) - 1))
    start, end = found.place(place), found.place(place + 1, end=True)
    assert 0 <= start <= len(found.text)
    # Blanks between blocks and what is not shown have no character of their own.
    if end == start + 1:
        assert found.text[start] == found.bare[place]
    else:
        assert end <= start


@given(st.text(st.sampled_from("<>!-/ab \"'=&#;?"), max_size=80))
def test_anything_is_read(html: str) -> None:
    assert all(isinstance(token, str | Tag) for token in tokens(html))
    parse(html)
