"""The table that every benchmark prints: a value beside its reference, measured in the same run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    name: str
    value: float
    unit: str
    reference: float | None = None
    """The same measure of what the value is held against; None: nothing to compare with."""
    ratio: float | None = None
    """The most (for a rate, the least) that value / reference should be; None: no goal."""


def print_table(rows: Iterable[Row]) -> None:
    """Print ``rows`` in columns: name, value, unit, reference, ratio, goal."""
    with printing():
        _print(rows)


@contextmanager
def printing() -> Iterator[None]:
    """Print what may not be read to its end: ``| head`` that has seen enough ends it silently."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter writes at its end what could not be written before.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print(rows: Iterable[Row]) -> None:
    lines = [("", "value", "unit", "reference", "ratio", "goal")]
    for row in rows:
        reference = "" if row.reference is None else _figure(row.reference)
        ratio = f"{row.value / row.reference:.2f}" if row.reference else ""
        goal = "" if row.ratio is None else f"{row.ratio:g}"
        lines.append((row.name, _figure(row.value), row.unit, reference, ratio, goal))
    name_width, *widths = (max(map(len, column)) for column in zip(*lines, strict=True))
    for name, *cells in lines:
        figures = "  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
        print(f"{name:<{name_width}}  {figures}".rstrip())


def _figure(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.3g}"
