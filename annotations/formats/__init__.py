"""From a file to an :class:`~annotations.model.ImportedDocument`, whatever its format.

Each format has a module of its own, which is imported when a file of that format is met. They all
end in the same thing: passages of text with blocks and marks, and what the file says of itself.
Nothing of all that is loaded before the first file is read: who needs only :mod:`.encodings`, as a
page over a file does, waits for no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from annotations.formats.source import Source
    from annotations.model import ImportedDocument, Passage

__all__ = ["read", "read_source", "read_stream"]


def read(
    path: Path | str, *, encoding: str | None = None, password: str | None = None
) -> ImportedDocument:
    """The document in the file at ``path``.

    The passages are read as they are asked for; that may raise :class:`UnreadableFileError` too,
    for instance when the file changes meanwhile.

    Args:
        path: a regular file.
        encoding: what the text is in, by any name that Python knows; None: find out.
        password: of an encrypted PDF.

    Raises:
        UnreadableFileError: it cannot be read; the message says why.
    """
    from annotations.formats import source as sources

    return read_source(
        sources.from_path(Path(path), encoding=encoding or "", password=password or "")
    )


def read_stream(
    stream: BinaryIO, *, encoding: str | None = None, password: str | None = None
) -> ImportedDocument:
    """The document in what is left of ``stream``, which may be a pipe and of any size.

    Args:
        stream: called standard input in messages.
        encoding: as for :func:`read`.
        password: as for :func:`read`.

    Raises:
        UnreadableFileError: it cannot be read; the message says why.
    """
    from annotations.formats import source as sources

    return read_source(
        sources.from_stream(
            stream, "standard input", encoding=encoding or "", password=password or ""
        )
    )


def read_source(source: Source) -> ImportedDocument:
    """The document in ``source``: what every other function here comes to.

    Raises:
        UnreadableFileError: it cannot be read; the message says why.
    """
    from dataclasses import replace

    from annotations.formats.detect import detect

    reader: Callable[[Source], ImportedDocument] = import_module(
        f"annotations.formats.{detect(source).module}"
    ).read
    try:
        document = reader(source)
    except (MemoryError, RecursionError) as error:
        raise source.unreadable(_exhausted(error)) from error
    return replace(document, passages=_guarded(source, document.passages))


def _guarded(source: Source, passages: Iterable[Passage]) -> Iterator[Passage]:
    try:
        yield from passages
    except (MemoryError, RecursionError) as error:
        raise source.unreadable(_exhausted(error)) from error


def _exhausted(error: MemoryError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "is nested too deeply"
    return "needs more memory than there is"
