"""Files that are sound in form and odd in what they say come in, or are refused whole."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape, quoteattr

import pytest

from annotations import open_library
from annotations.exchange.incoming import import_file
from annotations.library.library import Library
from tests.property.test_readers import READERS, complaint, sample

ODD: tuple[object, ...] = (
    *("", " ", "\0", "\ud800", "\u202e", "\x1b[31m", "\n\n", "\r", "\ufeff"),
    *("a/" * 10_000 + "b", "/" * 500, "x" * 70_000, "<a" * 50, "tag; tag\\"),
    *("-1", "9" * 30, "1e400", "2024-13-45T99:99:99Z", "0000-00-00", "9999-12-31T23:59:59+23:59"),
    *("d", "h1", "placed", "lost", "moved", "#12", "{not-a-uuid}"),
    *(-1, 0, 10**30, 1.5, float("nan"), float("inf"), None, True),
)


def word(random: Random) -> str:
    return str(random.choice(ODD))


def in_json(value: object, random: Random) -> object:
    if random.random() < 0.15:
        return random.choice((*ODD, [], {}, [[[]]]))
    if isinstance(value, dict):
        return {key: in_json(each, random) for key, each in value.items() if random.random() > 0.05}
    if isinstance(value, list):
        return [in_json(each, random) for each in value] * random.choice((1, 1, 2))
    return value


def json_file(data: bytes, random: Random) -> bytes:
    return json.dumps(in_json(json.loads(data), random)).encode()


def json_lines(data: bytes, random: Random) -> bytes:
    return b"\n".join(json_file(line, random) for line in data.splitlines())


def table(data: bytes, random: Random) -> bytes:
    text = data.decode()
    separator = "\t" if "\t" in text.partition("\n")[0] else ","
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(header)
    for row in (rows or [["x"] * len(header)]) * 3:
        writer.writerow([word(random) if random.random() < 0.25 else cell for cell in row])
    return out.getvalue().encode("utf-8", "surrogatepass")


def database(data: bytes, random: Random) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in tables:
        for _, column, *_ in connection.execute(f'PRAGMA table_info("{name}")').fetchall():
            value = random.choice((*ODD, b"\xff\xfe"))
            if random.random() < 0.12 and value not in ("\ud800", 10**30):
                # A number of a row that is no number is not to be had from SQLite.
                with suppress(sqlite3.IntegrityError):
                    connection.execute(f'UPDATE OR IGNORE "{name}" SET "{column}" = ?', (value,))
    connection.commit()
    return connection.serialize()


def xml(data: bytes, random: Random) -> bytes:
    def attribute(match: re.Match[str]) -> str:
        return f"={quoteattr(word(random))}" if random.random() < 0.1 else match[0]

    def content(match: re.Match[str]) -> str:
        return f">{escape(word(random))}<" if random.random() < 0.2 else match[0]

    text = re.sub(r'="[^"]*"', attribute, data.decode())
    return re.sub(r">[^<>]+<", content, text).encode("utf-8", "surrogatepass")


def project(data: bytes, random: Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, xml(part, random) if name.endswith(".qde") else part)
    return out.getvalue()


def text(data: bytes, random: Random) -> bytes:
    def odd(match: re.Match[str]) -> str:
        return word(random) if random.random() < 0.05 else match[0]

    return re.sub(r"[\w-]+", odd, data.decode()).encode("utf-8", "surrogatepass")


CHANGES: dict[str, Callable[[bytes, Random], bytes]] = {
    **dict.fromkeys(("json", "webannotation", "hypothesis", "zotero", "csl"), json_file),
    **dict.fromkeys(("csv", "tsv", "readwise", "taguette-codebook"), table),
    **dict.fromkeys(("taguette", "qualcoder"), database),
    "jsonl": json_lines,
    "codebook": xml,
    "refi": project,
    **dict.fromkeys(("markdown", "kindle", "bibtex", "ris"), text),
}


def state(library: Library) -> object:
    highlights, tags = list(library.highlights.list()), library.codebook.tags()
    return highlights, tags, library.documents.list()


@pytest.mark.parametrize("name", READERS)
def test_odd_values_come_in_or_are_refused_whole(name: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    with open_library(tmp_path / "library.db", coder="ann") as library:
        for seed in range(8):
            path.write_bytes(CHANGES[name](sample(name), Random(f"{name} {seed}")))
            before = state(library)
            told = complaint(partial(import_file, library, path, format_name=name))
            assert "\n" not in told
            assert not told or state(library) == before
        assert library.check() == []
        imports = [act for act in library.journal.acts(coder="ann") if act.name == "import"]
        for _ in imports:
            library.journal.undo()
        assert list(library.highlights.list()) == []
        assert library.check() == []
