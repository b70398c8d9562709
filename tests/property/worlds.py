"""Random libraries for the languages of queries, with a slow, plain evaluation beside them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Generic, Self, TypeVar

from annotations.library.library import Library
from annotations.query import nodes as n
from tests.unit.library.support import empty_library

Item = TypeVar("Item")

WORLDS = 6


class World(Generic[Item]):
    """A library, and all that is in it in plain lists; queries ask for items of it."""

    def __init__(self, path: Path, seed: int) -> None:
        self.library = Library(empty_library(path), "ann")
        self.fill(random.Random(seed))

    @classmethod
    def several(cls, folder: Path) -> Iterator[list[Self]]:
        """Some of them in a folder, open until the generator goes on."""
        with ExitStack() as worlds:
            made = [cls(folder / f"{seed}.flor", seed) for seed in range(WORLDS)]
            for world in made:
                worlds.enter_context(world.library)
            yield made

    def fill(self, chance: random.Random) -> None:
        """Put something into the library and the lists."""
        raise NotImplementedError

    def says(self, query: n.Query, item: Item) -> bool:
        """Whether an item fits a query that is no combination of others."""
        raise NotImplementedError

    def is_true(self, query: n.Query, item: Item) -> bool:
        """Whether an item fits a query."""
        match query:
            case n.Everything():
                return True
            case n.Not(operand):
                return not self.is_true(operand, item)
            case n.And(operands):
                return all(self.is_true(operand, item) for operand in operands)
            case n.Or(operands):
                return any(self.is_true(operand, item) for operand in operands)
        return self.says(query, item)
