"""The tags."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tag:
    """An entry of the codebook. ``path`` is unique; ``risk/tiers`` is a child of ``risk``."""

    id: str
    path: str
    description: str
    colour: str
    key: str
    """The digit that applies it, or empty."""
    count: int = 0
    """Highlights that bear this tag itself, over the whole library."""
    inclusion: str = ""
    """When to use it."""
    exclusion: str = ""
    """When not to, although it looks like it."""
    note: str = ""
    """What there is to say of it besides."""
    exclusive: bool = False
    """A passage should bear at most one of its children."""
    level: int = 0
    """Its place among its siblings, from 1, where they are ordered (low, medium, high); else 0."""


@dataclass(frozen=True, slots=True)
class TagNames:
    """The tags in the order of the tree, by no more than finding and painting one among thousands
    takes."""

    paths: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
