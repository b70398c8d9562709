"""The bytes of one document: a file, standard input or a fetched page, opened with care.

A source may be opened more than once (to detect, to decode, to parse) and says each time whether
it is still the same file. Nothing here knows a format.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from annotations.errors import UnreadableFileError
from annotations.formats.names import shown

HEAD = 65_536
"""Bytes of the beginning that detection may look at."""
LARGEST_WHOLE = 64 * 1024 * 1024
"""Bytes that a reader takes at once where its format cannot be streamed: trees take ten times."""


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes that can be read again from the start, and what the caller knows of them."""

    name: str
    """For messages: a path, an address, ``standard input``."""
    opener: Callable[[], BinaryIO]
    path: str = ""
    """The absolute path of the file; empty where there is none."""
    encoding: str = ""
    """What the user says that it is; empty: to be found out."""
    password: str = ""
    media_type: str = ""
    """What a server says that it is; empty where nobody does."""
    charset: str = ""
    """What a server says that it is in."""
    address: str = ""
    """Where on the web it was fetched from."""
    state: tuple[int, int] | None = None
    """Size and time of change of the file when it was first looked at; None for bytes."""

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes from the start.

        Raises:
            UnreadableFileError: the file cannot be read, or changed while it was.
        """
        try:
            with self.opener() as stream:
                self._require_unchanged(stream)
                yield stream
                self._require_unchanged(stream)
        except OSError as error:
            raise self.unreadable(error.strerror or str(error)) from error

    def _require_unchanged(self, stream: BinaryIO) -> None:
        if self.state is not None and _state(os.fstat(stream.fileno())) != self.state:
            raise self.unreadable("changed while it was read: try again")

    def head(self) -> bytes:
        """The first :data:`HEAD` bytes."""
        with self.open() as stream:
            return stream.read(HEAD)

    def require_small(self) -> None:
        """Refuse what is too large for a format that cannot be streamed.

        Raises:
            UnreadableFileError: there are more than :data:`LARGEST_WHOLE` bytes.
        """
        with self.open() as stream:
            size = stream.seek(0, os.SEEK_END)
        if size > LARGEST_WHOLE:
            limit = LARGEST_WHOLE // 1024**2
            raise self.unreadable(f"is larger than {limit} MB, too large for its format")

    def whole(self) -> bytes:
        """All bytes, of which there may be as many as :meth:`require_small` lets through."""
        self.require_small()
        with self.open() as stream:
            return stream.read(LARGEST_WHOLE)

    def unreadable(self, reason: str) -> UnreadableFileError:
        """The error that says, in one line, that this source ``reason``."""
        return UnreadableFileError(f"{self.name}: {' '.join(reason.split())}")

    @property
    def stem(self) -> str:
        """The file's name without its suffix, for want of a better title."""
        if self.path:
            return Path(self.path).stem
        if self.address:
            parts = urlsplit(self.address)
            return PurePosixPath(unquote(parts.path)).stem or parts.netloc
        return self.name

    @property
    def suffix(self) -> str:
        """What the name ends in, from its last dot, in small letters; empty without a dot."""
        name = self.path or urlsplit(self.address).path or self.name
        return PurePosixPath(name).suffix.lower()


def from_path(path: Path, *, encoding: str = "", password: str = "") -> Source:
    """The regular file at ``path``; nothing else is opened, so nothing can block.

    Raises:
        UnreadableFileError: there is no such file, or it is a folder, a pipe or a device.
    """
    name = shown(path)

    def opener() -> BinaryIO:
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        # A pipe or device may take the file's place after the look at it: do not wait for it.
        descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
        try:
            _require_regular(os.fstat(descriptor).st_mode, name)
        except UnreadableFileError:
            os.close(descriptor)
            raise
        return os.fdopen(descriptor, "rb")

    try:
        state = os.stat(path)
        _require_regular(state.st_mode, name)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFileError(f"{name}: {reason}") from error
    absolute = shown(os.path.abspath(path))
    return Source(name, opener, absolute, encoding, password, state=_state(state))


def from_bytes(
    data: bytes,
    name: str,
    *,
    encoding: str = "",
    password: str = "",
    media_type: str = "",
    charset: str = "",
    address: str = "",
) -> Source:
    """Bytes in memory that go by ``name``; the rest is as in :class:`Source`."""
    return Source(
        name,
        lambda: BytesIO(data),
        encoding=encoding,
        password=password,
        media_type=media_type,
        charset=charset,
        address=address,
    )


def from_stream(stream: BinaryIO, name: str, *, encoding: str = "", password: str = "") -> Source:
    """What is left in ``stream``, which may be a pipe: kept in an unnamed file meanwhile."""
    # Imported here, as a file is opened without them.
    import shutil
    import tempfile

    spool = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the source
    source = Source(name, lambda: _again(spool), encoding=encoding, password=password)
    try:
        shutil.copyfileobj(stream, spool, 1024 * 1024)
        spool.flush()
    except OSError as error:
        raise source.unreadable(error.strerror or str(error)) from error
    return source


def _again(spool: BinaryIO) -> BinaryIO:
    stream = os.fdopen(os.dup(spool.fileno()), "rb")
    stream.seek(0)
    return stream


def _require_regular(mode: int, name: str) -> None:
    if stat.S_ISREG(mode):
        return
    kinds = {
        stat.S_IFDIR: "a folder",
        stat.S_IFIFO: "a pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
    }
    raise UnreadableFileError(f"{name}: is {kinds.get(stat.S_IFMT(mode), 'special')}, not a file")


def _state(state: os.stat_result) -> tuple[int, int]:
    return state.st_size, state.st_mtime_ns
