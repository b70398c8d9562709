"""Reading zip files that others made: never unpacked to disk, never more than they may hold."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from annotations.errors import UnreadableFileError
from annotations.exchange.report import shorten
from annotations.exchange.textfile import unreadable

_MOST_MEMBERS = 100_000
_LARGEST = 1 << 31
"""Bytes that one member may unpack to."""
_SUSPECT = 1 << 25
"""Bytes below which any ratio of packing is harmless."""
_HIGHEST_RATIO = 200
"""Text packs to a quarter, blanks to a thousandth: between them lies what we take for a bomb."""

_ENCRYPTED = 1
"""The flag bit of a member that needs a password (APPNOTE 4.4.4)."""


class Archive:
    """The members of a zip file, by names that cannot lead out of it."""

    def __init__(self, file: zipfile.ZipFile, name: str) -> None:
        self._file = file
        self._name = name
        self._members: dict[str, zipfile.ZipInfo] = {}
        members = file.infolist()
        if len(members) > _MOST_MEMBERS:
            raise UnreadableFileError(f"{name} has {len(members)} members, which is too many")
        for member in members:
            # A damaged directory may have nameless members, which zipfile trips over.
            if member.filename and not member.is_dir() and is_inside(member.filename):
                self._members.setdefault(_fold(member.filename), member)

    @property
    def names(self) -> list[str]:
        """The names of the members that are files inside the archive, in its order."""
        return [member.filename for member in self._members.values()]

    def holds(self, name: str) -> bool:
        """Whether there is a member of this name; capitals do not count, as with Windows."""
        return _fold(name) in self._members

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open a member for reading.

        Raises:
            UnreadableFileError: There is none, it is damaged, has a password or is a bomb.
        """
        member = self._members.get(_fold(name))
        if member is None:
            raise UnreadableFileError(f"{self._name} has no member {shorten(name)}")
        if member.file_size > _LARGEST or (
            member.file_size > _SUSPECT
            and member.file_size > _HIGHEST_RATIO * max(1, member.compress_size)
        ):
            raise UnreadableFileError(
                f"{self._name}: {shorten(name)} unpacks to {member.file_size} bytes, which is not "
                "credible"
            )
        if member.flag_bits & _ENCRYPTED:
            raise UnreadableFileError(f"{self._name} is protected by a password")
        try:
            with self._file.open(member) as file:
                yield file
        except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as error:
            raise UnreadableFileError(f"{self._name}: {shorten(name)} is damaged") from error


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a zip file.

    Raises:
        UnreadableFileError: It is no zip file or is damaged.
    """
    try:
        with zipfile.ZipFile(path) as file:
            yield Archive(file, path.name)
    # NotImplementedError: it says that it needs a later version of the format.
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise UnreadableFileError(f"{path.name} is not a zip file, or is cut short") from error
    except OSError as error:
        raise unreadable(path, error) from error


def is_inside(name: str) -> bool:
    """Whether a member's name stays inside the archive: relative, without ``..``, no drive."""
    path = PurePosixPath(name.replace("\\", "/"))
    return not path.is_absolute() and ".." not in path.parts and ":" not in name


def _fold(name: str) -> str:
    return str(PurePosixPath(name.replace("\\", "/"))).casefold()
