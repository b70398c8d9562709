"""The commands as bindings of Textual."""

from __future__ import annotations

from collections.abc import Container

from textual.binding import Binding, BindingType

from tui.commands.command import Scope
from tui.commands.labels import key_name
from tui.commands.table import COMMANDS, DEFAULT_KEYS, Keys

FIELDS = frozenset({Scope.DOCUMENTS, Scope.FINDING})
"""Scopes in which a text is typed."""


def bindings(scope: Scope, also: Container[str] = ()) -> list[BindingType]:
    """The default bindings of the commands of one scope, for a widget's ``BINDINGS``.

    Args:
        scope: Whose commands.
        also: The ids of others that work there too.

    Those of a field take their turn after the letters that were typed before. All others are
    priority bindings, which are run as the key arrives: what is typed on while a command opens a
    field or a dialog goes there, and is not taken for commands.
    """
    return [
        Binding(
            ",".join(map(key_name, command.keys)),
            f"screen.command('{command.id}')",
            command.name,
            show=False,
            priority=scope not in FIELDS,
            id=command.id,
        )
        for command in COMMANDS
        if command.scope is scope or command.id in also
    ]


def keymap(keys: Keys) -> dict[str, str]:
    """What ``App.set_keymap`` takes, for the commands whose keys differ from the default."""
    return {
        id_: ",".join(map(key_name, names))
        for id_, names in keys.items()
        if names != DEFAULT_KEYS[id_]
    }
