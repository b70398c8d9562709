"""The command line, ``flor``: click commands over the library.

``main`` is the entry point of the programs ``flor`` and ``florilegium``. Only opening the screen
loads Textual.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``flor`` with ``arguments`` (those of this process if None); the exit status."""
    try:
        # Loaded here, so that an interruption is quiet from the start.
        from tui import collector

        collector.rest()
        from tui.cli.program import run

        collector.tame()
        return run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
