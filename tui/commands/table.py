"""The table of all commands, and which of them the footers show."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from tui.commands.annotating import ANNOTATING
from tui.commands.command import Command, Group, Scope, State
from tui.commands.labels import key_label
from tui.commands.library import LIBRARY
from tui.commands.moving import MOVING
from tui.commands.revising import PLACING, REVISING
from tui.commands.sidebar import SIDEBAR
from tui.commands.stations import STATIONS

COMMANDS: tuple[Command, ...] = (
    *PLACING,
    *MOVING,
    *ANNOTATING,
    *STATIONS,
    *REVISING,
    *SIDEBAR,
    *LIBRARY,
)

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}

FOOTERS: Mapping[str, tuple[str, ...]] = {
    "empty": ("add", "sidebar", "undo", "palette", "help", "quit"),
    "loose": ("keep", "page-down", "find", "highlight", "help", "quit"),
    "link": ("follow", "page-down", "find", "highlight", "help", "quit"),
    "reading": ("page-down", "find", "highlight", "tag", "help", "quit"),
    "placing": ("select-sentence", "jump-sentence", "find", "place-leave"),
    "placing-here": ("place-here", "adjust-swap", "grow-word", "shrink-word", "place-leave"),
    "changed": ("review", "page-down", "find", "highlight", "help", "quit"),
    "adjusting": ("adjust-keep", "adjust-swap", "grow-word", "shrink-word", "drop"),
    "selection": ("highlight", "tag", "note", "copy", "select-sentence", "drop"),
    "highlight": ("tag", "note", "remove", "copy", "highlight-next", "help"),
    "finding": ("find-stay", "find-leave", "find-on", "find-up", "find-case", "find-regex"),
    "documents": ("open-document", "list", "pane-next", "to-page"),
    "listed": (
        "open-document",
        "document-restore",
        "document-mark",
        "document-to-read",
        "document-fields",
        "document-put",
    ),
    "nothing-listed": ("folders", "document-filter", "add", "pane-next", "to-page"),
    "folders": (
        "folder-enter",
        "folder-search",
        "folder-rename",
        "folder-delete",
        "folder-add",
        "folders-close",
    ),
    "highlights": (
        "open-highlight",
        "tag",
        "remove",
        "margin-mark",
        "margin-filter",
        "to-page-from-margin",
    ),
    "filtering": (),
}
"""The at most six commands that matter, by what the reader is doing."""

Keys = Mapping[str, tuple[str, ...]]
"""The keys of each command by its id."""

DEFAULT_KEYS: Keys = {command.id: command.keys for command in COMMANDS}


def footer(situation: str, state: State) -> Iterator[Command]:
    """The commands that the footer shows: those of the situation that would do something."""
    return (BY_ID[id_] for id_ in FOOTERS[situation] if BY_ID[id_].available(state))


def footer_of(scope: Scope, state: State, keys: Keys) -> list[tuple[str, str, str]]:
    """What the footer of a screen of its own shows, the most important first: the id, the key and
    the word of each command that would do something."""
    return [
        (command.id, key_label(keys[command.id][0]), command.hint)
        for command in COMMANDS
        if command.scope is scope and command.available(state)
    ]


def grouped(near: Collection[Scope] = ()) -> dict[Group, list[Command]]:
    """The commands under their headings, both in the order of declaration.

    Args:
        near: Scopes of a pane or screen, whose headings come first; those of the page and of
            everywhere move nothing.
    """
    groups: dict[Group, list[Command]] = {group: [] for group in Group}
    for command in COMMANDS:
        groups[command.group].append(command)
    own = {*near} - {Scope.PAGE, Scope.READER}
    first = [
        group for group, members in groups.items() if any(each.scope in own for each in members)
    ]
    return {group: groups[group] for group in dict.fromkeys([*first, *groups])}
