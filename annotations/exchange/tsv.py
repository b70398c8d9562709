"""Tab-separated values, with quotation marks and guards as in :mod:`annotations.exchange.csv`."""

from __future__ import annotations

from typing import BinaryIO

from annotations.exchange.csv import write_separated
from annotations.exchange.rows import Table


def write(table: Table, stream: BinaryIO, raw: bool = False) -> None:
    """Write ``table`` to ``stream`` as it comes, guarding cells unless ``raw``."""
    write_separated(table, stream, raw, "\t")
