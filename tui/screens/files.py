"""What lies in a folder, to take a file from."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tui.screens.choice import Option, OptionCards
from tui.screens.dialog import Dialog
from tui.widgets.cards import Cards
from tui.widgets.field import Field
from tui.widgets.lines import one_line

_MOST = 2_000
"""Names of one folder that are listed; a few letters bring up the others."""


@dataclass(frozen=True, slots=True)
class _Listing:
    options: list[Option]
    problem: str = ""


class FileCards(OptionCards):
    """One line a name."""

    DEFAULT_CSS = "FileCards { height: 12; max-height: 12; }"


class Files(Dialog[str]):
    """Walks through folders; gives the path of what is taken.

    Args:
        start: A path to begin at: a folder, or a file in one, that need not be there.
        folders: Whether a folder may be taken too.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "point(1)", show=False, priority=True),
        Binding("up", "point(-1)", show=False, priority=True),
        Binding("tab", "take_folder", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Files .label { color: $text-muted; }
    Files #wrong { color: $error; }
    """

    def __init__(self, start: str, *, folders: bool = False) -> None:
        keys = "Enter open or take   ↑ ↓ choose   Esc leave"
        super().__init__("Files", f"{keys}   Tab take this folder" if folders else keys)
        self._folders = folders
        path = Path(start).expanduser().absolute()
        self._folder = path if path.is_dir() else path.parent

    def body(self) -> ComposeResult:
        """The folder, a filter and the names."""
        yield Static("", classes="label", id="folder")
        yield Field(placeholder="a part of the name")
        yield FileCards()
        yield Static("", id="wrong")

    def on_mount(self) -> None:
        """List the first folder."""
        self._show()

    @on(Input.Changed)
    def _show(self) -> None:
        listing = _listing(self._folder, self.query_one(Input).value.strip())
        self.query_one("#folder", Static).update(Content(one_line(str(self._folder))))
        self.query_one("#wrong", Static).update(Content(listing.problem))
        self.query_one(FileCards).show(listing.options, 0, "Nothing here has such a name")

    def action_point(self, steps: int) -> None:
        """Point at another name."""
        self.query_one(FileCards).move(steps)

    def action_take_folder(self) -> None:
        """Take the folder that is listed."""
        if self._folders:
            self.dismiss(str(self._folder))

    @on(Cards.Chosen)
    @on(Input.Submitted)
    def _take(self) -> None:
        """Open a folder, take a file."""
        option = self.query_one(FileCards).pointed
        if option is None:
            return
        path = self._folder.parent if option.value == os.pardir else self._folder / option.value
        if not path.is_dir():
            self.dismiss(str(path))
            return
        self._folder = path
        field = self.query_one(Input)
        if field.value:
            field.value = ""
        else:
            self._show()


def _listing(folder: Path, part: str) -> _Listing:
    """The folders in a folder, then its files; those that begin with a dot are asked for by it."""
    up = [Option(os.pardir, "..")] if folder.parent != folder and not part else []
    try:
        with os.scandir(folder) as entries:
            found = [
                (not entry.is_dir(), entry.name.casefold(), entry.name)
                for entry in entries
                if part.casefold() in entry.name.casefold()
                and (part.startswith(".") or not entry.name.startswith("."))
            ]
    except OSError as error:
        return _Listing(up, f"{one_line(str(folder))} cannot be read: {error.strerror}")
    found.sort()
    names = [
        Option(name, one_line(name) + ("" if is_file else os.sep))
        for is_file, _, name in found[:_MOST]
    ]
    more = len(found) - len(names)
    return _Listing([*up, *names], f"{more:,} more: type a part of the name" if more else "")
