"""Opening the reader from the command line: the way to the first picture.

Textual is imported here at the last moment and without the garbage collector, which would go
through everything that is being loaded several times over; what is loaded stays for good.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from annotations.errors import FlorilegiumError
from tui import collector
from tui.cli.ending import SIGNALLED
from tui.cli.session import opened

if TYPE_CHECKING:
    from tui.app import Florilegium


def run_app(*, library: Path | None, coder: str | None, documents: Sequence[str]) -> int:
    """Open the reader and stay until the user leaves it.

    Args:
        library: The library file; ``None``: the usual place.
        coder: Who annotates; ``None``: as configured, or the login name.
        documents: What to open: ids, parts of titles, or paths of files.

    Returns:
        The exit status.

    Raises:
        FlorilegiumError: The library or a document cannot be opened, the configuration is wrong, or
            there is no terminal.
    """
    if not (_is_terminal(sys.__stdin__) and _is_terminal(sys.__stderr__)):
        raise FlorilegiumError("the reader needs a terminal; flor --help lists what works without")
    collector.rest()
    from tui.app import Florilegium
    from tui.config import load_config

    config = load_config()
    with opened(library, coder) as own:
        app = Florilegium(own, config, documents[0] if documents else "")
        collector.spare()
        asyncio.run(_run(app))
    return app.return_code or 0


async def _run(app: Florilegium) -> None:
    """Run the application; a signal that asks to end it gets the terminal back as it was."""
    from tui.actions.program import end

    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):  # on Windows
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, end, app.reader, SIGNALLED + number)
    await app.run_async()


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()
