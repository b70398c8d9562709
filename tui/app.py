"""The application: wires library, configuration, themes and the reader together."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.notifications import SeverityLevel
from textual.screen import Screen

from tui.commands import COMMANDS, key_label, keymap
from tui.desk import Desk
from tui.screens.commanded import Commanded
from tui.screens.reader import Reader
from tui.themes import DEFAULT_THEME, THEMES

if TYPE_CHECKING:
    from annotations.library.library import Library
    from tui.config import Config


class Florilegium(App[None]):
    """The reader as a terminal application.

    Args:
        library: Open, and closed by whoever opened it.
        config: What the user wants otherwise.
        document: What to open: a file, or what names a document; empty: what was read last.
    """

    TITLE = "Florilegium"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []
    ENABLE_COMMAND_PALETTE = False
    """A command opens it, where there are commands: not over a dialog."""

    def __init__(self, library: Library, config: Config, document: str = "") -> None:
        # Without colour the terminal's own palette is the only one that needs none.
        plain = "NO_COLOR" in os.environ
        super().__init__(ansi_color=True if plain else None)
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = "ansi" if plain else config.theme or DEFAULT_THEME
        desk = Desk(library)
        desk.open_first(document)
        self.reader = Reader(desk, config)
        self._notice, self._noticed_until = "", 0.0
        self.set_keymap(keymap(config.keys))
        self.use_command_palette = True

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a notice, unless it was the last one and may still be seen: a key that is pressed
        again and again without effect says why once."""
        seconds, now = timeout or self.NOTIFICATION_TIMEOUT, monotonic()
        if message != self._notice or now >= self._noticed_until:
            self._notice, self._noticed_until = message, now + seconds
            super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    def get_default_screen(self) -> Screen[None]:
        """The reader."""
        return self.reader

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the palette offers: the commands that would do something now, with their keys."""
        if not isinstance(screen, Commanded):
            return
        state, scopes = screen.state, screen.scopes
        for command in COMMANDS:
            if command.scope in scopes and command.available(state) and command.id != "palette":
                keys = " ".join(map(key_label, self.reader.keys[command.id]))
                told = "" if command.help == command.name else f"   {command.help}"
                yield SystemCommand(
                    command.name, f"{keys}{told}", partial(screen.action_command, command.id)
                )
