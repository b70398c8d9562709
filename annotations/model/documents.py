"""A document in the library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A document in the library."""

    id: str
    title: str
    author: str
    publisher: str
    published: str
    language: str
    kind: str
    source: str
    media_type: str
    path: str
    encoding: str
    note: str
    revision: str
    """The SHA-256 of the canonical text, hexadecimal."""
    length: int
    """Code points of the canonical text."""
    highlights: int
    """How many highlights the current state has on it."""
    added_at: str
    updated_at: str
