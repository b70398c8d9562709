"""Files that commands read from standard input, and files that they write over."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from annotations.errors import UnreadableFileError

force_option = click.option(
    "--force", is_flag=True, help="Replace FILE without asking, where a terminal would be asked."
)


def can_ask() -> bool:
    """Whether somebody sits at a terminal who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def destination(written: str | None, force: bool) -> Path | None:
    """The file that is to be written; None for standard output.

    Before it takes the place of another, who sits at a terminal is asked; a script is not.

    Raises:
        ClickException: The other is to stay.
    """
    if written is None or written == "-":
        return None
    path = Path(written)
    is_asked = path.is_file() and not force and can_ask()
    if is_asked and not click.confirm(f"replace {path}?", err=True):
        raise click.ClickException(f"{path} stays as it was")
    return path


@contextmanager
def on_disk(path: Path) -> Iterator[Path]:
    """A file as it is; of ``-`` what comes in on standard input, kept for as long as the block.

    Raises:
        UnreadableFileError: There is no room for it.
    """
    if str(path) != "-":
        yield path
        return
    with TemporaryDirectory() as folder:
        # What is said of the file goes by its name.
        kept = Path(folder, "standard input")
        try:
            with kept.open("wb") as file:
                shutil.copyfileobj(sys.stdin.buffer, file, 1 << 20)
        except OSError as error:
            raise UnreadableFileError(f"standard input: {error.strerror or error}") from error
        yield kept
