"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from annotations.errors import UnwritableFileError

if sys.platform != "win32":
    import fcntl

_SURELY_HELD = 1.0
"""Seconds after which whoever began to write a file has shown it."""


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a binary file that takes the place of ``path`` when the block ends without an error.

    Until then it lies beside ``path`` under a name of its own, and an error removes it; one that a
    killed program left is removed by the next that writes to ``path``. The mode of an old file is
    kept, and a symbolic link goes on pointing where it did. What is no regular file
    (a terminal, a pipe) is written to directly, since nothing can take its place.

    Raises:
        UnwritableFileError: The system does not let us write there, or has no room.
    """
    target = Path(os.path.realpath(path))
    try:
        mode = _mode(target)
        if mode is not None and not stat.S_ISREG(mode):
            with target.open("wb") as file:
                yield file
            return
        if mode is not None and not os.access(target, os.W_OK):
            raise PermissionError(None, "it is write-protected")
        begun = f".florilegium-{sha256(os.fsencode(target.name)).hexdigest()[:12]}-"
        _clear_away(target.parent.glob(f"{begun}*"))
        beside = target.with_name(begun + os.urandom(8).hex())
        try:
            # Never readable by more people than the old file, not even while it is written.
            with open(beside, "xb", opener=_opener(mode)) as file:
                with suppress(OSError):
                    _hold(file)
                yield file
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                beside.chmod(stat.S_IMODE(mode))
            beside.replace(target)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
        _sync_folder(target.parent)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UnwritableFileError(f"could not write {path}: {error.strerror or error}") from error


@contextmanager
def opened(target: Path | BinaryIO) -> Iterator[BinaryIO]:
    """A file as by :func:`replacing`, or a stream that is open already and stays so."""
    if isinstance(target, Path):
        with replacing(target) as stream:
            yield stream
    else:
        yield target


def _hold(file: BinaryIO) -> None:
    """Show other programs that ``file`` is being written, as long as this one lives.

    Raises:
        OSError: Another program shows it, or the system cannot.
    """
    # Windows deletes no file that is open.
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _clear_away(leftovers: Iterable[Path]) -> None:
    """Remove the files that nobody writes any more."""
    for each in leftovers:
        with suppress(OSError):
            with each.open("rb") as file:
                _hold(file)
                age = time.time() - os.fstat(file.fileno()).st_mtime
            if age > _SURELY_HELD:
                each.unlink()


def _opener(mode: int | None) -> Callable[[str, int], int]:
    """How to create a file that has the permissions of ``mode`` from the start."""
    return lambda name, flags: os.open(name, flags, 0o666 if mode is None else stat.S_IMODE(mode))


def _mode(path: Path) -> int | None:
    """The mode of what lies at ``path``; None where there is nothing."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _sync_folder(folder: Path) -> None:
    """Make a new name in ``folder`` survive a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
