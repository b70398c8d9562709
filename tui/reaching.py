"""Which keys mean a command of the reader, by the pane that has them."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from tui.commands import COMMANDS, Command, Group, Scope

if TYPE_CHECKING:
    from tui.screens.reader import Reader

_ON_TEXT = frozenset({Group.MOVE, Group.SELECT, Group.ANNOTATE, Group.FIND})
"""What commands of these groups do, they do to the text on the page; but for these:"""
_ON_LIBRARY = frozenset({"undo", "redo"})


class Reaching:
    """The commands that reach the reader's panes.

    Args:
        reader: With the panes.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._own_keys = cache(self._keys_of)
        """The keys that are a pane's own."""

    @property
    def scopes(self) -> Collection[Scope]:
        """Those of the pane that has the keys, of the page and of everywhere."""
        here = self._reader.panes.scope
        return (*([here] if here else []), Scope.PAGE, Scope.READER)

    def reaches(self, command: Command) -> bool:
        """Whether the keys of a command are its own where the focus is."""
        reader, scope = self._reader, self._reader.panes.scope
        match command.scope:
            case Scope.PAGE:
                return reader.panes.current is reader.page and not reader.is_typing
            case Scope.HIGHLIGHTS | Scope.CARDS | Scope.FOLDERS:
                return scope is command.scope
            case Scope.READER if scope is not None:
                # Of one key, what it means in the pane goes first; what is done to the text is done
                # from the margin, not from the documents.
                return self._own_keys(scope).isdisjoint(reader.keys[command.id]) and (
                    scope is Scope.HIGHLIGHTS or not _is_on_text(command)
                )
            case Scope.READER if reader.is_typing:
                return all(len(key) > 1 and key != "escape" for key in reader.keys[command.id])
            case _:
                return True

    def _keys_of(self, scope: Scope) -> frozenset[str]:
        return frozenset(
            key for each in COMMANDS if each.scope is scope for key in self._reader.keys[each.id]
        )


def _is_on_text(command: Command) -> bool:
    return command.group in _ON_TEXT and command.id not in _ON_LIBRARY
