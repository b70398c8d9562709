"""Layout, wrapping and files, on whatever text there may be."""

from __future__ import annotations

import tempfile
from itertools import islice, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotations.model import Block, BlockKind
from annotations.text.breaks import last_opportunity, opportunities
from annotations.text.graphemes import clusters, width
from tui.page import wrap as wrapping
from tui.page.file_source import FileSource
from tui.page.flow import Flow, Place
from tui.page.shown import show
from tui.page.source import Source, text_source
from tui.page.wrap import wrap

ALPHABET = (
    "abc XYZ .,;:!?-–—/()[]“”'\"0123$% \t\n\n 中文字。，「」カナ한국 e\u0301"
    "כתב عرب 👍🏽👨\u200d👩 🇩🇪"
    "\u00a0\u2028\x1b\x00\u200b\u202e"
)
texts = st.text(st.sampled_from(ALPHABET), max_size=200)
plain_texts = st.text(st.sampled_from("abcdef ghi-–—/…?!.,()  $1"), max_size=200)
kinds = st.sampled_from(list(BlockKind))


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, tuple[Block, ...]]:
    """A text tiled by blocks of any kind."""
    text = draw(texts)
    cuts = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=6))})
    blocks = tuple(
        Block(start, end, draw(kinds), draw(st.integers(0, 3)), draw(st.booleans()))
        for start, end in pairwise(cuts)
    )
    return text, blocks or (Block(0, 0),)


@given(plain_texts, st.integers(2, 40), st.integers(2, 40))
def test_plain_text_is_wrapped_as_if_it_were_measured(text: str, room: int, first: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wrapping, "is_plain", lambda _: False)
        measured = wrap(text, room, first)
    assert wrap(text, room, first) == measured


@given(texts, st.integers(0, 200), st.integers(0, 200))
def test_the_last_opportunity_is_the_last_of_all(text: str, one: int, other: int) -> None:
    start, limit = sorted((min(one, len(text)), min(other, len(text))))
    found = [start + each for each in opportunities(text[start:]) if start + each <= limit]
    assert last_opportunity(text, start, limit) == (found[-1] if found else start)


@given(texts.map(lambda text: text.replace("\t", " ")), st.integers(2, 40))
@example("0000 \U0001f3fd", 2)
def test_rows_are_never_too_wide_and_lose_nothing_but_blanks(text: str, room: int) -> None:
    rows = wrap(text, room)
    for start, end in rows:
        assert width(text[start:end]) <= room
    edges = {0, *(end for _, end in clusters(text))}
    assert all(start in edges and end in edges for start, end in rows if start < end)
    for (_, end), (start, _) in pairwise(rows):
        assert text[end:start].strip(" \n") == ""
    assert text[: rows[0][0]] == ""
    assert text[rows[-1][1] :].strip(" ") == ""


@given(texts.map(lambda text: text.replace("\n", " ")), st.integers(8, 40))
def test_rows_end_where_unicode_allows_or_where_a_word_is_too_long(text: str, room: int) -> None:
    allowed = set(opportunities(text))
    rows = wrap(text, room)
    for (start, end), (following, _) in pairwise(rows):
        if following not in allowed:
            assert not allowed & set(range(start + 1, end + 1)) or end == start


@given(documents())
def test_what_is_shown_leads_back_to_the_text(document: tuple[str, tuple[Block, ...]]) -> None:
    text, blocks = document
    for block in blocks:
        shown = show(text, block)
        origins = [shown.local(index) for index in range(len(shown.text) + 1)]
        assert origins == sorted(origins)
        assert all(block.start <= each <= block.end for each in origins)
        assert [shown.index(shown.local(index)) for index in shown.indices if shown.text] == list(
            shown.indices if shown.text else ()
        )
        indexes = [shown.index(local) for local in range(block.start, block.end + 1)]
        assert indexes == sorted(indexes)
        assert not set(shown.text) & {"\t", "\x1b", "\x00", "\u202e", "\u2028"}


def all_rows(flow: Flow) -> list[Place]:
    return list(islice(flow.rows(Place(flow.source.stretch(0).start, 0, 0)), 5000))


@given(documents(), st.integers(2, 60))
def test_every_row_is_reached_from_every_other(
    document: tuple[str, tuple[Block, ...]], measure: int
) -> None:
    flow = Flow(text_source(*document), measure)
    rows = all_rows(flow)
    assert rows == sorted(rows)
    assert flow.last() == rows[-1]
    for number, place in enumerate(rows):
        assert flow.step(rows[0], number) == place
        assert flow.step(rows[-1], number - len(rows) + 1) == place
    assert flow.step(rows[-1], 3) == rows[-1]
    assert flow.step(rows[0], -3) == rows[0]


@given(documents(), st.integers(2, 60))
def test_a_place_on_the_screen_leads_to_a_position_and_back(
    document: tuple[str, tuple[Block, ...]], measure: int
) -> None:
    flow = Flow(text_source(*document), measure)
    for place in all_rows(flow):
        for cell in flow.cells(place):
            if not cell.width:
                continue
            position = flow.position_at(place, cell.cell)
            assert flow.position_at(place, cell.cell + cell.width - 1) == position
            shown = flow.block(place).shown
            if shown.index(position) == cell.start:
                assert flow.place(position) == place
                assert flow.cell_of(place, position) == cell.cell


characters = [each.encode() for each in ("word ", "a", ".", "é", "中", "👍🏽", "long words here ")]
ends = [b"\n", b"\n\n", b"\r\n", b"\r", b"  ", b"\t", b"\x00"]
damaged = [b"\xff", b"\xe4\xb8"]
file_bytes = st.lists(st.sampled_from([*characters, *ends, *damaged]), max_size=120).map(b"".join)


@settings(max_examples=200)
@example("aaaaaaaaé中\n\n".encode(), 7, 1.0)  # a line ends where the slices before the first do
@given(file_bytes, st.sampled_from([7, 16, 64]), st.floats(0, 1))
def test_slices_go_once_around_a_file(raw: bytes, stride: int, share: float) -> None:
    with tempfile.TemporaryFile() as stream:
        stream.write(raw)
        stream.flush()
        source = FileSource(stream, stride=stride)
        position = int(share * len(raw))
        slices = list(source.slices(position, 3 * stride))
        in_order = sorted(slices, key=lambda each: each.start)
        assert b"".join(each.read() for each in in_order) == raw
        assert all(raw[each.start : each.end] == each.read() for each in slices)
        for each in slices:
            assert each.read(around=5) == raw[max(each.start - 5, 0) : each.end + 5]
    assert not slices or slices[0].start <= position
    ahead = [each for each in slices if each.start >= slices[0].start]
    assert slices == ahead + [each for each in in_order if each.start < slices[0].start]


@given(file_bytes, st.sampled_from([7, 16, 64]))
def test_a_file_is_read_whole_in_stretches(raw: bytes, stride: int) -> None:
    with tempfile.TemporaryFile() as stream:
        stream.write(raw)
        stream.flush()
        source = FileSource(stream, stride=stride)
        position, text = 0, ""
        while position < source.size:
            stretch = source.stretch(position)
            assert stretch.start == position < stretch.end
            for local in range(len(stretch.text) + 1):
                assert stretch.local(stretch.position(local)) == local
            text += stretch.text
            position = stretch.end
        # Bytes that are no UTF-8 may count for another number of signs where a cut goes through.
        decoded = raw.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
        if "\ufffd" not in decoded:
            assert text == decoded
            for offset in range(0, len(text), 5):
                assert source.offset(source.position(offset)) == offset


@given(documents(), st.integers(2, 60))
def test_sources_of_one_text_show_the_same(
    document: tuple[str, tuple[Block, ...]], measure: int
) -> None:
    text, blocks = document
    source: Source = text_source(text, blocks)
    one = Flow(source, measure)
    shown = [one.block(place).shown.text for place in all_rows(one)]
    other = Flow(source, measure + 7)
    again = [other.block(place).shown.text for place in all_rows(other)]
    assert list(dict.fromkeys(shown)) == list(dict.fromkeys(again))
