"""What people did."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did in one go: a group of journal entries, undone as a whole."""

    id: str
    clock: str
    """Hybrid logical clock; sorts by time of doing, across devices."""
    at: str
    """UTC, ISO 8601 with ``Z``."""
    coder: str
    device: str
    name: str
    """The verb: ``highlight``, ``tag``, ``untag``, ``note``, ``remove``, ``import`` ..."""
    undoes: str
    """The act that this one takes back, or empty."""
    undone: bool
    changes: int
    """How many rows it changed."""
    summary: str = ""
    """A sentence without its subject: ``tagged “We must prevent …” with risk/misuse``."""
