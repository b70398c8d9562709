"""Writing a text in the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from annotations.errors import UnreadableFileError

FALLBACK = "notepad" if os.name == "nt" else "vi"


def edited(text: str) -> str:
    """What the user makes of a text in ``$VISUAL`` or ``$EDITOR``; the terminal must be free.

    Raises:
        UnreadableFileError: The editor cannot be started, fails, or leaves what is no text.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or FALLBACK
    descriptor, name = tempfile.mkstemp(prefix="florilegium-", suffix=".md")
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        status = subprocess.run(_command_line(command, name), check=False).returncode
        if status:
            raise UnreadableFileError(f"{command} ended with {status}: the note is as it was")
        return path.read_text(encoding="utf-8").removesuffix("\n")
    except (OSError, ValueError) as error:
        raise UnreadableFileError(f"{command} cannot be used as an editor: {error}") from error
    finally:
        path.unlink(missing_ok=True)


def _command_line(command: str, name: str) -> str | list[str]:
    """What starts an editor for a file. Windows takes a line, in which ``\\`` is no escape."""
    if os.name == "nt":
        return f"{command} {subprocess.list2cmdline([name])}"
    return [*shlex.split(command), name]
