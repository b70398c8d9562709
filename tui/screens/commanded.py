"""What every screen with commands does: look whether the command of a key would do something now,
and run it; say a line; ask."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.geometry import Region, Size
from textual.notifications import SeverityLevel
from textual.reactive import Reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import AwaitMount

from annotations.errors import FlorilegiumError
from annotations.text.symbols import visible
from tui.commands import BY_ID, Command, Keys, Scope, State
from tui.widgets.keybar import KeyBar
from tui.widgets.lines import sentence

if TYPE_CHECKING:
    from tui.screens.dialog import Dialog
    from tui.widgets.progress_line import ProgressLine

T = TypeVar("T")

_NEWS_SECONDS = 3.0
"""How long a line stays that says what was done; what went wrong stays longer."""


class Commanded(Screen[None]):
    """A screen whose bindings are commands of :mod:`tui.commands`."""

    keys: Keys
    """The keys of each command."""

    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)
    """Its panes have the room that there is: another size asks for no second layout."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The ground, which nothing is seen of, at the least cost: Textual paints it first."""
        return [Strip.blank(crop.width, self.rich_style)] * crop.height

    @property
    def state(self) -> State:
        """What holds now."""
        raise NotImplementedError

    @property
    def scopes(self) -> Collection[Scope]:
        """Whose commands can be run here by their names, the nearest first."""
        raise NotImplementedError

    def reaches(self, command: Command) -> bool:
        """Whether the keys of a command are its own where the focus is."""
        raise NotImplementedError

    def complain(self, message: str) -> None:
        """Show what went wrong."""
        self.say(sentence(message), "error")

    def warn(self, of: Iterable[object]) -> None:
        """Show, a line each, what was done but may not be meant."""
        for each in of:
            self.say(sentence(str(each)), "warning")

    def say(self, message: str, severity: SeverityLevel = "information") -> None:
        """Show a line for a moment; whatever is in it is text."""
        seconds = _NEWS_SECONDS if severity == "information" else None
        self.notify(visible(message), severity=severity, timeout=seconds, markup=False)

    def ask(self, dialog: Dialog[T], then: Callable[[T], object]) -> AwaitMount:
        """Open a dialog over this screen, and go on with what it gives, if anything."""

        def go_on(given: T | None) -> None:
            if given is not None:
                then(given)

        return self.app.push_screen(dialog, go_on)

    def conclude(self, then: str | Callable[[T], object], given: T) -> None:
        """Go on after a change: with what it gave, or by saying a line, if there is one."""
        if callable(then):
            then(given)
        elif then:
            self.say(then)

    def show_progress(self, line: ProgressLine) -> None:
        """Show how far long work has got."""
        raise NotImplementedError

    def subject(self, command: Command) -> object:
        """The screen that a command acts on."""
        return self

    @property
    def is_typing(self) -> bool:
        """Whether letters are text."""
        return self.focused is not None and self.focused.check_consume_key("a", "a")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key means its command now."""
        if action == "command":
            command = BY_ID[str(parameters[0])]
            return self.reaches(command) and command.available(self.state)
        return super().check_action(action, parameters)

    @on(KeyBar.Pressed)
    async def _pressed(self, event: KeyBar.Pressed) -> None:
        await self.action_command(event.command)

    async def action_command(self, id_: str) -> None:
        """Run a command, if it would do something now, to its end: a dialog or field that it opens
        has the keys afterwards."""
        command = BY_ID[id_]
        if not command.available(self.state):
            return
        module, _, function = command.run.partition(".")
        arguments = (command.argument,) if command.argument else ()
        try:
            going_on = getattr(import_module(f"tui.actions.{module}"), function)(
                self.subject(command), *arguments
            )
        except FlorilegiumError as error:
            self.complain(str(error))
        else:
            if going_on is not None:
                with self.app.batch_update():
                    await going_on
                self.app.screen.refresh()
