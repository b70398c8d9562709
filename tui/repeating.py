"""What was done to a passage, to be done to another. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repeatable:
    """Tags given, or a note written."""

    tags: tuple[str, ...] = ()
    note: str = ""
