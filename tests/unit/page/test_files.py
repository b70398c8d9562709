"""Files shown without being imported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.errors import UnreadableFileError
from annotations.model import Span
from annotations.text.find import pattern
from tui.page.file_source import open_file
from tui.page.find import hits_in
from tui.page.flow import Flow
from tui.page.slices import Slice
from tui.page.strides import STRIDE


def text_of(path: Path, encoding: str = "") -> str:
    source = open_file(path, encoding)
    try:
        position, text = source.stretch(0).start, ""
        while position < source.size:
            stretch = source.stretch(position)
            text += stretch.text
            position = stretch.end
        return text
    finally:
        source.close()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Grüße – 人工智能 👍🏽\n\nEnd.\n" * 2000),
        ("utf-8-sig", "Grüße\n"),
        ("utf-16", "Grüße – 人工智能\n\nEnd.\n" * 2000),
        ("utf-16-be", "Just Latin letters.\n\nEnd.\n" * 2000),
    ],
)
def test_encodings_are_told_from_the_beginning(tmp_path: Path, encoding: str, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert text_of(path) == text


@pytest.mark.parametrize("encoding", ["latin-1", "cp1251", "gb18030", "shift-jis"])
def test_the_user_may_name_the_encoding(tmp_path: Path, encoding: str) -> None:
    text = {"latin-1": "Größe\n", "cp1251": "Привет\n"}.get(encoding, "人工知能\n") * 9000
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert text_of(path, encoding) == text


def test_line_ends_are_those_of_the_canonical_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\r\ntwo\rthree\n\r\nfour" * 5000)
    assert text_of(path) == "one\ntwo\nthree\n\nfour" * 5000


def test_one_line_of_many_strides_is_cut_at_blanks_without_gaps(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"word " * STRIDE)
    source = open_file(path)
    position = 0
    while position < source.size:
        stretch = source.stretch(position)
        assert stretch.text.startswith("word ")
        assert stretch.blocks[0].continues == (position > 0)
        position = stretch.end
    flow = Flow(source, 72)
    assert all(flow.row(place).pieces for place in flow.rows(flow.place(0)))


@pytest.mark.parametrize("raw", [b"", b"\n" * 100_000, b"\x00" * 50_000 + b"a", b"\xff\xfe"])
def test_odd_files_can_be_walked(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    try:
        flow = Flow(open_file(path), 72)
    except UnreadableFileError:
        assert b"\x00" in raw
        return
    assert flow.step(flow.place(0), 10_000) == flow.last()


def test_a_file_cut_short_while_it_is_read_shows_what_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"some words\n\n" * 20_000)
    flow = Flow(open_file(path), 72)
    path.write_bytes(b"some words\n\n")
    flow.step(flow.last(), -5)
    assert flow.source.stretch(flow.source.size).end == flow.source.size


def test_what_is_no_file_of_text_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(bytes(range(256)) * 50)
    for path in (tmp_path, tmp_path / "missing", tmp_path / "binary"):
        with pytest.raises(UnreadableFileError, match=r"\A[^\n]*\Z"):
            open_file(path)


@pytest.mark.parametrize("origin", [0, 0.4, 1])
def test_hits_in_a_file_are_positions_of_it(tmp_path: Path, origin: float) -> None:
    text = "Grüße, the digital\r\ndivide 中文 and so on.\n\n" * 3000
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    source = open_file(path)
    slices = source.slices(int(source.size * origin), 40_000)
    found = [span for batch in hits_in(pattern("digital divide"), slices) for span in batch]
    raw = path.read_bytes()
    assert sorted(found) == [
        Span(match.start(), match.end()) for match in re.finditer(rb"digital\r\ndivide", raw)
    ]
    assert found[0].start >= int(source.size * origin) - 2 * STRIDE


@pytest.mark.parametrize("words", ["Sovereignty", "sovereignty"])
def test_a_hit_is_told_before_the_rest_of_the_file_is_read(tmp_path: Path, words: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"The Sovereignty of states.\n\n" + b"And so on, and so on.\n\n" * 50_000)
    source = open_file(path)
    taken = 0

    def counted() -> Iterator[Slice]:
        nonlocal taken
        for each in source.slices(0, STRIDE):
            taken += 1
            yield each

    batches = hits_in(pattern(words, case=words[0].isupper()), counted())
    assert list(next(filter(None, batches))) == [Span(4, 15)]
    assert taken < 10 < source.size // STRIDE
