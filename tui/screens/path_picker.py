"""Picking a folder by a few letters, or naming a new one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from annotations.errors import FlorilegiumError
from annotations.library.folders import clean
from annotations.library.tagpath import fold
from tui.screens.picker import Picker, PickerField
from tui.widgets.cards import Cards, Line
from tui.widgets.lines import clip, one_line, sentence


class PathCards(Cards[str], can_focus=False):
    """One line a path; the empty one is the top, new ones say so."""

    DEFAULT_CSS = """
    PathCards { height: 10; background: $panel; margin-top: 1; }
    PathCards > .cards--cursor {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
    }
    """

    def __init__(self, known: Iterable[str], top: str) -> None:
        super().__init__(empty="No folders yet: type the name of a new one")
        self._known = frozenset(known)
        self._top = top

    def card(self, item: str, cells: int) -> Iterable[Line]:
        """The path."""
        if not item:
            yield [(f" {self._top}", "dim")]
        elif item in self._known:
            yield [(f" {clip(one_line(item), cells - 2)}", "")]
        else:
            yield [(f" + new folder {clip(one_line(item), cells - 15)}", "accent")]


class PathPicker(Picker[str]):
    """Asks for a folder; gives its path, which may be a new one.

    Args:
        title: What it is for.
        paths: The folders that there are.
        top: What the top is called, where it can be taken too.
    """

    DEFAULT_CSS = "PathPicker #wrong { color: $error; }"

    def __init__(self, title: str, paths: Sequence[str], top: str = "") -> None:
        super().__init__(title)
        self._paths = paths
        self._top = top

    def body(self) -> ComposeResult:
        """The field and the list."""
        yield PickerField(placeholder="Some letters of a folder, or a new path such as un/letters")
        yield PathCards(self._paths, self._top)
        yield Static("", id="wrong")

    def on_mount(self) -> None:
        """Show all folders."""
        self.narrow("")

    def narrow(self, typed: str) -> None:
        """List the folders that fit, and the one that would be new."""
        words = fold(typed).split()
        found = [path for path in self._paths if all(word in fold(path) for word in words)]
        name = " ".join(typed.split())
        if name and fold(name) not in map(fold, self._paths):
            found.append(name)
        elif not name and self._top:
            found.insert(0, "")
        self.query_one(PathCards).show(found)
        self.query_one("#wrong", Static).update("")

    def action_take(self) -> None:
        """Give the folder under the cursor."""
        path = self.query_one(PathCards).pointed
        if path is None:
            return
        try:
            if path:
                clean(path)
        except FlorilegiumError as error:
            self.query_one("#wrong", Static).update(Content(sentence(str(error))))
        else:
            self.dismiss(path)
