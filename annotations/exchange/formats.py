"""The table of formats: what can be written and read, and by which module.

Modules are named, not imported, so that an export loads the one format that it writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from annotations.errors import InvalidError
from annotations.exchange.rows import TableWriter


@dataclass(frozen=True, slots=True)
class Format:
    """A format by the name that the command line and the screen call it."""

    name: str
    title: str
    """What it is, for a list to choose from."""
    suffixes: tuple[str, ...]
    """Endings of its files, with the dot."""
    table: str = ""
    """The module whose ``write`` is its :data:`~annotations.exchange.rows.TableWriter`."""

    def table_writer(self) -> TableWriter:
        """The function that writes rows in this format.

        Raises:
            InvalidError: The format holds no table.
        """
        if not self.table:
            raise InvalidError(f"{self.name} cannot hold a table of highlights")
        return cast(TableWriter, import_module(self.table).write)


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("csv", "comma-separated values", (".csv",), table="annotations.exchange.csv"),
        Format("json", "one JSON array of objects", (".json",), table="annotations.exchange.json"),
    )
}


def format_named(name: str) -> Format:
    """The format of that name.

    Raises:
        InvalidError: There is none.
    """
    try:
        return FORMATS[name]
    except KeyError:
        raise InvalidError(f"no format is called {name}; there are {', '.join(FORMATS)}") from None


def format_for(path: Path, default: str = "csv") -> Format:
    """The format that the ending of ``path`` stands for, otherwise the ``default``."""
    ending = path.suffix.lower()
    return next((each for each in FORMATS.values() if ending in each.suffixes), FORMATS[default])
