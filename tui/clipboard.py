"""Copying to the clipboard of the person at the keyboard, wherever the program runs.

A native tool, by pyperclip, where there is one; the terminal's own sequence (OSC 52) where there is
none, and over SSH, where a native tool would fill the clipboard of the wrong machine. The terminal
never says whether it took the text, so the outcome says which way it went.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

OSC_52_BYTES = 74_994
"""What fits into the 100,000 characters of base64 that xterm and its kin accept."""


@dataclass(frozen=True, slots=True)
class Copied:
    """How a text was copied."""

    way: str
    """``the clipboard``, or ``the terminal (OSC 52)``."""
    left_out: int = 0
    """Code points at the end that did not fit."""


def copy(text: str, send: Callable[[str], None]) -> Copied:
    """Copy ``text``.

    Args:
        text: Any text.
        send: Writes an OSC 52 sequence for a text to the terminal.
    """
    if not _over_ssh() and _copy_natively(text):
        return Copied("the clipboard")
    kept = text.encode("utf-8", "replace")[:OSC_52_BYTES].decode("utf-8", "ignore")
    send(kept)
    return Copied("the terminal (OSC 52)", len(text) - len(kept))


def _over_ssh() -> bool:
    return any(os.environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


def _copy_natively(text: str) -> bool:
    """Whether a tool of this machine took the text."""
    import pyperclip

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return False
    return True
