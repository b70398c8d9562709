"""Where the library lies, and who reads."""

from __future__ import annotations

import os
from pathlib import Path

FILE_NAME = "library.sqlite"


def library_path(given: Path | str | None = None) -> Path:
    """``given``, else what FLORILEGIUM_LIBRARY says, else a file in the platform's data folder."""
    chosen = given or os.environ.get("FLORILEGIUM_LIBRARY")
    if chosen:
        return Path(chosen).expanduser().absolute()
    # Its import is a good part of a start that was told where the library is.
    from platformdirs import user_data_path

    return user_data_path("florilegium", appauthor=False) / FILE_NAME


def coder_name(given: str | None = None) -> str:
    """``given``, else what FLORILEGIUM_CODER says, else the login name."""
    for name in (given, os.environ.get("FLORILEGIUM_CODER"), _login_name()):
        if name and name.strip():
            return " ".join(name.split())
    return "reader"


def _login_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # A container without a user of this number, a Windows without its variables.
        return ""
