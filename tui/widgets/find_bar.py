"""The line in which one types what to find in the document."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from tui.finder import Finder


class FindBar(Horizontal):
    """Field and switches; there while one types.

    Args:
        finder: Searches for what is typed.
        done: Called when the search is over.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("alt+c", "switch('case')", show=False),
        Binding("alt+r", "switch('regex')", show=False),
    ]
    DEFAULT_CSS = """
    FindBar {
        height: 1;
        background: $panel;
        & > #slash { width: auto; padding: 0 0 0 1; color: $accent; text-style: bold; }
        & > Input {
            width: 1fr;
            border: none;
            height: 1;
            padding: 0 1;
            background: $panel;
            &:focus { border: none; }
        }
        & > #switches { width: auto; padding: 0 1; color: $text-muted; }
    }
    """

    def __init__(self, finder: Finder, done: Callable[[], None]) -> None:
        super().__init__()
        self._finder = finder
        self._done = done

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("/", id="slash")
        yield Input(self._finder.text, placeholder="Find in this document", select_on_focus=True)
        yield Static("", id="switches")

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one(Input).focus()
        self._show_switches()

    def _show_switches(self) -> None:
        case = "Aa" if self._finder.case else "aa"
        regex = ".*" if self._finder.regex else "abc"
        self.query_one("#switches", Static).update(Content(f"Alt+C {case}   Alt+R {regex}"))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._finder.seek(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._close()

    def _close(self) -> None:
        self._done()
        self.remove()

    def action_leave(self) -> None:
        """Give up: back to where the search began."""
        self._finder.leave()
        self._close()

    def action_step(self, steps: int) -> None:
        """Show another hit."""
        self._finder.step(steps)

    def action_switch(self, name: str) -> None:
        """Turn a switch and search again."""
        setattr(self._finder, name, not getattr(self._finder, name))
        self._show_switches()
        self._finder.seek(self._finder.text)
