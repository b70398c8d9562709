"""The files that a REFI-QDA project points to: in its archive, or beside it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from annotations.errors import UnreadableFileError
from annotations.exchange.archive import Archive, is_inside
from annotations.exchange.report import LossReport, shorten
from annotations.exchange.textfile import unreadable

_LARGEST = 1 << 30
"""Bytes of one text."""


class SourceFiles:
    """Finds the texts of sources and notes, and nothing outside the project's own folder."""

    def __init__(self, path: Path, archive: Archive, report: LossReport) -> None:
        self._path = path
        self._archive = archive
        self._report = report
        self.base = ""
        """The project's ``basePath``, from which ``relative://`` counts."""

    def text(self, where: str, name: str) -> str | None:
        """The text at ``internal://…`` or ``relative://…``; None where it is out of reach.

        Args:
            where: The address in the project.
            name: What the report calls the source.

        Raises:
            UnreadableFileError: It is damaged or too large.
        """
        scheme, _, rest = where.partition("://")
        if not rest:
            scheme, rest = "internal", where  # as some write it
        rest = rest.lstrip("/")
        data: bytes | None = None
        if is_inside(rest):
            if scheme == "internal":
                data = self._inside(rest)
            elif scheme == "relative":
                data = self._beside(rest)
        if data is None:
            self._report.add("texts missing from the file", name or where)
            return None
        if len(data) > _LARGEST:
            raise UnreadableFileError(f"{self._path.name}: the text {shorten(rest)} is too large")
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        return data.decode(encoding, "replace")

    def _inside(self, name: str) -> bytes | None:
        for candidate in (f"Sources/{name}", name):
            if self._archive.holds(candidate):
                with self._archive.open(candidate) as file:
                    return file.read(_LARGEST + 1)
        return None

    def _beside(self, name: str) -> bytes | None:
        folder = self._path.resolve().parent
        base = PurePosixPath(self.base.replace("\\", "/")).name
        for candidate in (folder / base / name, folder / name):
            target = candidate.resolve()
            if target.is_relative_to(folder) and target.is_file():
                try:
                    with target.open("rb") as file:
                        return file.read(_LARGEST + 1)
                except OSError as error:
                    raise unreadable(target, error) from error
        return None
