"""Opening other programs' text files: whatever their encoding, never a binary file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from annotations.errors import UnreadableFileError
from annotations.formats.encodings import NotTextError, detect


@contextmanager
def open_text(path: Path, newline: str | None = None) -> Iterator[TextIO]:
    """Open a text file in its own encoding; ``newline`` as for :func:`open`.

    Raises:
        UnreadableFileError: It cannot be opened, or is a binary file.
    """
    try:
        with path.open("rb") as head:
            encoding = detect(head)
        name = encoding.name
        if encoding.skip:
            # These swallow the byte-order mark, also after a return to the beginning.
            name = "utf-8-sig" if name == "utf-8" else name.removesuffix("-le").removesuffix("-be")
        with path.open(encoding=name, errors="replace", newline=newline) as file:
            yield file
    except NotTextError as error:
        raise UnreadableFileError(f"{path.name} is a binary file, not text") from error
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> UnreadableFileError:
    """The error for a file that the system does not let us read."""
    reason = os.strerror(error.errno) if error.errno else str(error)
    return UnreadableFileError(f"cannot read {path}: {reason[:1].lower()}{reason[1:]}")
