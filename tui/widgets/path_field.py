"""A field for a path: it completes what is typed, and can be left to a list of files."""

from __future__ import annotations

import os
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.suggester import Suggester

from tui.widgets.field import Field


class PathSuggester(Suggester):
    """Completes the name of a folder or file."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The first name, in order, that goes on from what was typed."""
        folder, begun = os.path.split(value)
        if not begun:
            return None
        try:
            with os.scandir(os.path.expanduser(folder) or ".") as entries:
                found = min(
                    (entry for entry in entries if entry.name.startswith(begun)),
                    key=lambda entry: entry.name,
                    default=None,
                )
                if found is None:
                    return None
                ending = os.sep if found.is_dir() else ""
                return os.path.join(folder, found.name) + ending
        except OSError:
            return None


class PathField(Field):
    """The field.

    Args:
        value: What stands in it at first.
        folders: Whether a folder may be taken from the list.
        hint: What the empty field shows.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+o", "browse", show=False)]

    def __init__(self, value: str = "", *, folders: bool = False, hint: str = "") -> None:
        super().__init__(value, placeholder=hint, suggester=PathSuggester(), select_on_focus=False)
        self._folders = folders

    def action_browse(self) -> None:
        """Choose from a list of what there is."""
        # Loaded here: most paths are typed.
        from tui.screens.files import Files

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self.value = chosen
                self.cursor_position = len(chosen)

        self.app.push_screen(Files(self.value, folders=self._folders), take)
