"""Truncated and corrupt files of every format: read as far as they go, or refused in one line."""

from __future__ import annotations

import random

import pytest

from tests import sample_files as samples
from tests.sample_pdf import pdf
from tests.unit.formats.reading import outcome, read

PARAGRAPHS = ["We should uphold a people-centered approach.", "Déjà vu – “quoted” 人工智能 😀."]
ASCII = ["We should uphold a people-centered approach.", "A second paragraph."]
FILES = {
    "a.txt": samples.plain(PARAGRAPHS, "A title"),
    "a.md": samples.markdown(PARAGRAPHS, "A title"),
    "a.rst": samples.rst(PARAGRAPHS, "A title"),
    "a.html": samples.html_page(PARAGRAPHS, "A title"),
    "a.rtf": samples.rtf(PARAGRAPHS, "A title"),
    "a.docx": samples.docx(PARAGRAPHS, "A title"),
    "a.odt": samples.odt(PARAGRAPHS, "A title"),
    "a.epub": samples.epub([("One", PARAGRAPHS)], "A title"),
    "a.pdf": pdf([("One", ASCII)], title="A title", outline=True),
}


def survives(data: bytes, name: str) -> None:
    """Reading gives a sound document or one clear line; any other error fails the test."""
    message = outcome(data, name)
    assert not message or message.startswith(f"{name}: ")
    assert "\n" not in message


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_at_any_byte(name: str) -> None:
    data = FILES[name]
    for size in range(len(data)):
        survives(data[:size], name)


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_bytes_changed(name: str) -> None:
    chance = random.Random(7)
    for _ in range(150):
        data = bytearray(FILES[name])
        for _ in range(chance.randrange(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        survives(bytes(data), name)


@pytest.mark.parametrize("name", FILES)
def test_one_format_under_the_name_of_another(name: str) -> None:
    for other in FILES:
        survives(FILES[name], other)


@pytest.mark.parametrize("name", FILES)
def test_the_sound_file_is_read(name: str) -> None:
    expected = ASCII if name == "a.pdf" else PARAGRAPHS
    assert read(FILES[name], name).whole(expected) == 1.0


def test_a_text_that_goes_by_the_name_of_rtf_keeps_its_lines() -> None:
    found = read("One paragraph.\n\nAnother one.\n", "a.rtf")
    assert [text for _, text in found.blocks] == ["One paragraph.", "Another one."]
    assert read(b"\xef\xbb\xbf\r\n" + samples.rtf(ASCII), "a.rtf").whole(ASCII) == 1.0
    assert "binary" in outcome(b"\0\1\2\0", "a.rtf")


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub", "a.pdf"])
def test_an_empty_file_of_a_format_that_cannot_be_empty(name: str) -> None:
    assert outcome(b"", name) == f"{name}: is empty"
