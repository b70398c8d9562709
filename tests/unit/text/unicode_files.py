"""Unicode's own test files: strings and where they break."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def break_tests(path: Path) -> Iterator[tuple[str, list[int], str]]:
    """The lines of a ``...BreakTest.txt``: text, offsets of its breaks, the line itself."""
    for line in path.read_text(encoding="utf-8").splitlines():
        text = ""
        breaks = []
        for field in line.partition("#")[0].split():
            if field == "÷":
                breaks.append(len(text))
            elif field != "×":
                text += chr(int(field, 16))
        if text:
            yield text, breaks, line
