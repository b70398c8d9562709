"""JSON Lines: an object for each row, one line each, under the names of the columns."""

from __future__ import annotations

import json
from typing import BinaryIO

from annotations.exchange.rows import Table


def write(table: Table, stream: BinaryIO, raw: bool = False) -> None:
    """Write ``table`` to ``stream`` as it comes; every cell is exact, whatever ``raw`` says."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for row in table.rows:
        stream.write(f"{encode(dict(zip(table.columns, row, strict=True)))}\n".encode())
