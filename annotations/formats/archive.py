"""Zip archives from strangers: EPUB, Word and OpenDocument files.

Nothing is unpacked to the disk, so a member's path can point nowhere; what a member may hold is
limited before it is read, whatever the archive's own directory claims.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from unicodedata import normalize
from urllib.parse import unquote

from annotations.errors import UnreadableFileError
from annotations.formats.source import Source

MOST_MEMBERS = 20_000
LARGEST_MEMBER = 64 * 1024 * 1024
"""Bytes, unpacked."""
LARGEST_TOTAL = 512 * 1024 * 1024
"""Bytes that are read from one archive, unpacked."""
HIGHEST_RATIO = 200
"""Unpacked to packed bytes, above :data:`_SMALL`; text packs 3 to 20 times, a bomb 1,000 times."""
_SMALL = 4 * 1024 * 1024
_MANY = 8 * _SMALL
"""Bytes of all members together, above which the ratio holds for them as a whole too."""


class Archive:
    """The members of an open zip archive, within limits."""

    def __init__(self, source: Source, archive: zipfile.ZipFile) -> None:
        self._source = source
        self._archive = archive
        self._total = self._packed = 0
        self._members = {_composed(info.filename): info for info in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return _composed(name) in self._members

    @property
    def names(self) -> frozenset[str]:
        """The members' paths."""
        return frozenset(self._members)

    def read(self, name: str) -> bytes:
        """What the member ``name`` holds.

        Raises:
            UnreadableFileError: it is missing, damaged, encrypted or too large.
        """
        try:
            info = self._members[_composed(name)]
        except KeyError as error:
            raise self._source.unreadable(f"is damaged: {name} is missing from it") from error
        self.require_harmless(info)
        if info.flag_bits & 1:
            raise self._source.unreadable("is encrypted: remove its password first")
        try:
            with self._archive.open(info) as member:
                data = member.read(LARGEST_MEMBER + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
            raise self._source.unreadable(f"is damaged: {name} cannot be unpacked") from error
        self._total += len(data)
        self._packed += info.compress_size
        if len(data) > LARGEST_MEMBER or self._total > LARGEST_TOTAL:
            raise self._too_large()
        if self._total > _MANY and self._total > HIGHEST_RATIO * self._packed:
            raise self._too_large()
        return data

    def require_harmless(self, info: zipfile.ZipInfo) -> None:
        """Refuse a member that unpacks to more than a text would.

        Raises:
            UnreadableFileError: it does.
        """
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > LARGEST_MEMBER or (info.file_size > _SMALL and ratio > HIGHEST_RATIO):
            raise self._too_large()

    def _too_large(self) -> UnreadableFileError:
        return self._source.unreadable("unpacks to more than a document would, and is not read")


def _composed(name: str) -> str:
    """A path of which accented letters are one character each: some systems part them."""
    return normalize("NFC", name)


@contextmanager
def opened(source: Source) -> Iterator[Archive]:
    """The archive in ``source``.

    Raises:
        UnreadableFileError: it is damaged or has too many members.
    """
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            if len(archive.infolist()) > MOST_MEMBERS:
                raise source.unreadable(f"holds more than {MOST_MEMBERS} files, and is not read")
            yield Archive(source, archive)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise source.unreadable("is a damaged archive") from error


def joined(base: str, reference: str) -> str:
    """The member that ``reference``, a relative address in the member ``base``, points to.

    A path that climbs out of the archive names no member; its fragment is left out.
    """
    path = unquote(reference.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path)).lstrip("/")
