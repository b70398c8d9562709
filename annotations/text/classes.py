"""Look-ups in the tables of :mod:`annotations.text.properties`, unpacked when first needed."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, pairwise

_RUN = re.compile(r"([0-9A-F]+)([a-z]+|_)")


class ClassTable(dict[str, str]):
    """The class of each character, kept once it has been asked for; empty for the usual one.

    Args:
        packed: Run lengths and classes, as :mod:`annotations.text.properties` has them.
    """

    def __init__(self, packed: str) -> None:
        super().__init__()
        self._packed = packed
        self._starts: list[int] = []
        self._names: list[str] = []

    def _unpack(self) -> None:
        if not self._starts:
            runs = _RUN.findall(self._packed)
            lengths = [int(length, 16) for length, _ in runs]
            self._starts = list(accumulate(lengths, initial=0))
            self._names = ["" if name == "_" else name for _, name in runs] + [""]

    def __missing__(self, character: str) -> str:
        self._unpack()
        name = self._names[bisect_right(self._starts, ord(character)) - 1]
        self[character] = name
        return name

    def pattern(self, *names: str) -> str:
        """The characters of some classes, as the inside of a regular expression's brackets."""
        self._unpack()
        return "".join(
            f"\\U{start:08x}-\\U{following - 1:08x}"
            for (start, following), name in zip(pairwise(self._starts), self._names, strict=False)
            if name in names
        )
