"""A file as it is read, before it is in the library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.model.files import FileState
    from annotations.model.spans import Passage


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says about itself; empty where it says nothing."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""
    """As precise as is known: ``2023``, ``2023-10`` or ``2023-10-30``."""
    language: str = ""
    """A BCP 47 tag: ``en``, ``zh-Hans``."""
    kind: str = ""
    """``letter``, ``news``, ``report`` ...: free."""
    source: str = ""
    """Where it was published: an address or a reference."""
    media_type: str = "text/plain"
    path: str = ""
    """The absolute path of the file, empty for standard input."""
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class ImportedDocument:
    """A file as the readers in :mod:`annotations.formats` give it.

    ``passages`` may be consumed once: a large file streams through without being held in memory.
    They follow each other without a gap from 0; their texts joined are the canonical text.
    """

    passages: Iterable[Passage]
    metadata: Metadata = field(default_factory=Metadata)
    notices: tuple[str, ...] = ()
    """What the reader of the file should know: ``read as windows-1252`` and the like."""
    file: FileState | None = None
    """What the file was when it was read, so that it need not be read again while it is so."""
