"""Florilegium's core: text, storage, search and exchange, without a screen.

``open_library`` is loaded when it is first asked for: importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.opening import open_library

__all__ = ["__version__", "open_library"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name == "open_library":
        from annotations.opening import open_library

        return open_library
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
