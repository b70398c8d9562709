"""Help, themes, the palette, the way out."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from annotations.library.wording import counted

if TYPE_CHECKING:
    from tui.screens.reader import Reader


def show_help(reader: Reader) -> Awaitable[None]:
    """Show all commands and their keys."""
    from tui.screens.commanded import Commanded
    from tui.screens.help import Help

    screen = reader.app.screen
    scopes = screen.scopes if isinstance(screen, Commanded) else ()
    return reader.app.push_screen(Help(reader.keys, scopes))


def palette(reader: Reader) -> None:
    """Find a command by its name."""
    reader.app.action_command_palette()


def theme(reader: Reader) -> Awaitable[None]:
    """Choose a theme."""
    from tui.screens.choice import Choice, Option
    from tui.themes import THEMES

    def take(name: str) -> None:
        reader.app.theme = name

    options = [Option(name, name) for name in THEMES]
    return reader.ask(Choice("Theme", options, reader.app.theme), take)


def stop(reader: Reader) -> None:
    """Stop the work that is going on, or give up the changes that wait."""
    if reader.acts.waiting:
        reader.acts.give_up()
    else:
        reader.working.stop()


def suspend(reader: Reader) -> None:
    """Give the terminal back to the shell, which goes on with the reader by ``fg``."""
    reader.watcher.keep_position()
    reader.app.action_suspend_process()


def leave(reader: Reader) -> Awaitable[None] | None:
    """Quit; ask first where highlights wait for their file to be added."""
    from tui.screens.confirm import Confirm

    if waiting := reader.acts.waiting:
        changes = counted(waiting, "change")
        lost = f"Another program is writing to the library: {changes} would be lost."
        return reader.ask(Confirm("Quit before all is written?", lost), lambda _: end(reader))
    file, count = reader.desk.file, len(reader.desk.waiting)
    if file is None or not count:
        end(reader)
        return None
    kept = "highlight is kept and finds its" if count == 1 else "highlights are kept and find their"
    detail = (
        f"{file.path.name} is not in the library yet. {count:,} {kept} place when you open or add "
        "the file again."
    )
    return reader.ask(Confirm("Quit before the file is added?", detail), lambda _: end(reader))


def end(reader: Reader, status: int = 0) -> None:
    """Quit, with an exit status."""
    reader.working.stop()
    reader.watcher.keep_position()
    reader.app.exit(return_code=status)
