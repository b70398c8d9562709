"""What every screen with commands does with a key: look whether its command would do something
now, and run it."""

from __future__ import annotations

from importlib import import_module

from textual.screen import Screen

from annotations.errors import FlorilegiumError
from tui.commands import BY_ID, Command, State


class Commanded(Screen[None]):
    """A screen whose bindings are commands of :mod:`tui.commands`."""

    @property
    def state(self) -> State:
        """What holds now."""
        raise NotImplementedError

    def reaches(self, command: Command) -> bool:
        """Whether the keys of a command are its own where the focus is."""
        raise NotImplementedError

    def complain(self, message: str) -> None:
        """Show what went wrong."""
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
                await going_on
