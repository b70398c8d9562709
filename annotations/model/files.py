"""A file on the disk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class FileState:
    """What tells whether a file is still the one that was read."""

    size: int
    """Bytes."""
    modified: int
    """Nanoseconds since 1970."""

    @classmethod
    def of(cls, path: PurePath) -> FileState:
        """The state of a file now.

        Raises:
            OSError: It is not there.
        """
        found = os.stat(path)
        return cls(found.st_size, found.st_mtime_ns)
