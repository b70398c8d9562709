"""The command line, ``flor``: click commands over the library.

``main`` is the entry point of the programs ``flor`` and ``florilegium``. Only
opening the screen loads Textual.
"""

from tui.cli.program import main

__all__ = ["main"]
