"""JSON, XML and zip files that are cut short, hostile or huge are refused in one line."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from annotations.errors import UnreadableFileError
from annotations.exchange import jsonstream, xmlstream
from annotations.exchange.archive import is_inside, open_archive
from annotations.exchange.textfile import open_text


def parsed(data: bytes, wanted: set[str]) -> list[str]:
    found = xmlstream.elements(lambda: io.BytesIO(data), "file.xml", wanted, ())
    return [element.text or "" for _, element in found]


def test_xml_streams_its_elements_and_forgets_them() -> None:
    data = b"<a>" + b"<b>x<c>y</c></b>" * 3 + b"</a>"
    assert parsed(data, {"b", "c"}) == ["x"] * 3


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "document type"),
        (b"<a><b>", "cut short"),
        (b"", "cut short"),
        (b"<a></b>", "not XML: mismatched tag in line 1"),
        (b"<a>" * 300 + b"</a>" * 300, "levels deep"),
        (b"PK\3\4", "not XML"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "encoding that is not known"),
        (b'<?xml version="1.0" encoding="shift-jis"?><a/>', "encoding that is not known"),
    ],
)
def test_xml_that_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        parsed(data, {"b"})


VALUE = {
    "type": "AnnotationCollection",
    "first": {"items": [{"a": [1, 2]}, 17, "é", None], "next": "x"},
    "empty": [],
    "rows": [[], {}],
}


def test_json_streams_the_arrays_that_were_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(VALUE), encoding="utf-8")
    assert list(jsonstream.elements(path, {"first", "items"})) == [
        ("type", "AnnotationCollection"),
        ("items", {"a": [1, 2]}),
        ("items", 17),
        ("items", "é"),
        ("items", None),
        ("next", "x"),
        ("empty", []),
        ("rows", [[], {}]),
    ]


def test_json_cut_short_anywhere_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    text = json.dumps(VALUE, ensure_ascii=False)
    for cut in range(len(text)):
        path.write_text(text[:cut], encoding="utf-8")
        with pytest.raises(UnreadableFileError, match="cut short"):
            list(jsonstream.elements(path, {"first", "items"}))


@pytest.mark.parametrize("text", ["[1 2]", "[1]]", '{"a" 1}', "{1: 2}", "hello", "[1,]"])
def test_json_that_is_malformed_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="not JSON"):
        list(jsonstream.elements(path))


def test_json_that_nests_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"a": ' + "[" * 100_000, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="too deeply"):
        list(jsonstream.elements(path))


def test_long_values_cross_the_window(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    values = ["x" * 300_000, 10**40, ["é" * 70_000]]
    path.write_text(json.dumps(values), encoding="utf-8")
    assert [value for _, value in jsonstream.elements(path)] == values


def test_half_a_surrogate_pair_becomes_a_character() -> None:
    assert jsonstream.text_of(json.loads('"a\\ud83d b\\ud83d\\ude00"')) == "a� b😀"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("bomb", b"\0" * (1 << 26))
    with (
        open_archive(path) as archive,
        pytest.raises(UnreadableFileError, match="not credible"),
        archive.open("bomb"),
    ):
        pass


def test_members_that_lead_out_do_not_exist(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    outside = ["../a", "/etc/passwd", "a/../../b", "C:\\x", "..\\x"]
    with zipfile.ZipFile(path, "w") as file:
        for name in [*outside, "Sources/In.txt"]:
            file.writestr(name, b"text")
    with open_archive(path) as archive:
        assert archive.names == ["Sources/In.txt"]
        assert archive.holds("sources\\in.txt")
    assert not any(map(is_inside, outside))


def test_a_truncated_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\3\4 and no more")
    with pytest.raises(UnreadableFileError, match="cut short"), open_archive(path):
        pass
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "text")
    later = path.read_bytes().replace(b"PK\1\2\x14\x03\x14", b"PK\1\2\x14\x03\x5c")
    path.write_bytes(later)
    with pytest.raises(UnreadableFileError, match="not a zip file"), open_archive(path):
        pass


QUOTE = "id,quote\r\n1,café\r\n"


@pytest.mark.parametrize(
    "data",
    [
        *(QUOTE.encode(name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252")),
        *(QUOTE.encode(name) for name in ("utf-16-le", "utf-16-be", "utf-32-le")),
    ],
)
def test_text_is_read_in_its_own_encoding(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with open_text(path, newline="") as file:
        assert file.read() == QUOTE
        file.seek(0)
        assert file.readline() == "id,quote\r\n"


def read(path: Path) -> str:
    with open_text(path) as file:
        return file.read()


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a\0\xff\1\2\3")
    with pytest.raises(UnreadableFileError, match="binary"):
        read(path)
    with pytest.raises(UnreadableFileError, match=r"cannot read .*: no such file"):
        read(tmp_path / "missing")
    with pytest.raises(UnreadableFileError, match="cannot read"):
        read(tmp_path)
