"""What texts are called where they come from: paths of files, addresses on the web."""

from __future__ import annotations

import os
from pathlib import Path

WEB_SCHEMES = ("http", "https")


def shown(path: Path | str) -> str:
    """``path`` as one printable line; bytes that are no UTF-8 and control characters escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def is_address(written: str) -> bool:
    """Whether ``written`` is an address on the web rather than a path."""
    scheme, colon, _ = written.partition("://")
    return bool(colon) and scheme.lower() in WEB_SCHEMES
