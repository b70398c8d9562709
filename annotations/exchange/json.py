"""JSON: one array with an object for each row, one line each, under the names of the columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from annotations.exchange.rows import Table


def write(table: Table, stream: BinaryIO, raw: bool = False) -> None:
    """Write ``table`` to ``stream`` as it comes; every cell is exact, whatever ``raw`` says."""
    write_objects((dict(zip(table.columns, row, strict=True)) for row in table.rows), stream)


def write_objects(objects: Iterable[Mapping[str, object]], stream: BinaryIO) -> None:
    """Write ``objects`` to ``stream`` as they come, as one array."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    before = b"[\n"
    for each in objects:
        stream.write(before + encode(each).encode("utf-8"))
        before = b",\n"
    stream.write(b"[]\n" if before == b"[\n" else b"\n]\n")
