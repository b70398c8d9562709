"""Opening other programs' text files: whatever their encoding, never a binary file."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from annotations.errors import UnreadableFileError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FALLBACK = "windows-1252"
_CHUNK = 1 << 20


def encoding_of(path: Path) -> str:
    """The codec to read ``path`` with: by its byte-order mark, UTF-8 where valid, windows-1252.

    Raises:
        UnreadableFileError: It cannot be opened, or is a binary file.
    """
    try:
        with path.open("rb") as file:
            first = file.read(8192)
            for mark, name in _BOMS:
                if first.startswith(mark):
                    return name
            file.seek(0)
            decoder = codecs.getincrementaldecoder("utf-8")()
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        # A NUL alone proves nothing: a quote may hold one.
        if b"\0" in first:
            raise UnreadableFileError(f"{path.name} is a binary file, not text") from error
        return _FALLBACK
    except OSError as error:
        raise unreadable(path, error) from error
    return "utf-8"


@contextmanager
def open_text(path: Path, newline: str | None = None) -> Iterator[TextIO]:
    """Open a text file in its own encoding; ``newline`` as for :func:`open`.

    Raises:
        UnreadableFileError: It cannot be opened, or turns out to be of another encoding.
    """
    encoding = encoding_of(path)
    errors = "replace" if encoding == _FALLBACK else "strict"
    try:
        with path.open(encoding=encoding, errors=errors, newline=newline) as file:
            yield file
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"{path.name} is not {error.encoding} as it claims: {error.reason}"
        ) from error
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> UnreadableFileError:
    """The error for a file that the system does not let us read."""
    reason = os.strerror(error.errno) if error.errno else str(error)
    return UnreadableFileError(f"cannot read {path}: {reason[:1].lower()}{reason[1:]}")
