"""What every dialog has: a panel over the reader, a title, a line of keys, Escape."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.screens.veil import Veiled
from tui.widgets.key_line import KeyLine

T = TypeVar("T")


class Overlay(Veiled[T]):
    """A screen that takes the keys and shows nothing of its own."""

    DEFAULT_CSS = "Overlay { background: transparent; }"


class Dialog(Veiled[T]):
    """A panel in the middle of the screen; Escape closes it without a result.

    Args:
        title: What it is for; any text.
        keys: What the keys do, for its last line.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False)]
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        & > #panel {
            width: 76;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            padding: 1 2;
            overflow-y: auto;
            scrollbar-size-vertical: 1;
            background: $panel;
        }
        #title { text-style: bold; margin-bottom: 1; }
        #keys { color: $text-muted; margin-top: 1; }
        Input {
            border: none;
            height: 1;
            padding: 0 1;
            background: $background;
            &:focus { border: none; }
        }
        /* The terminal's own colours have none to set a panel off with. */
        &.-high:ansi > #panel { border: round $foreground; padding: 0 1; }
        &.-low {
            & > #panel { padding: 0 2; }
            #title, #keys, Cards { margin: 0; }
            Cards, TextArea { max-height: 40vh; }
        }
    }
    """

    def __init__(self, title: str, keys: str) -> None:
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]
        self._heading = Static(Content(title), id="title")
        self._keys = keys

    def compose(self) -> ComposeResult:
        """The panel."""
        with Vertical(id="panel"):
            yield self._heading
            yield from self.body()
            yield KeyLine(self._keys)

    def body(self) -> ComposeResult:
        """What stands between the title and the keys."""
        raise NotImplementedError

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Begin at the top: what has the keys first is scrolled to before it has its place."""
        panel = self.query_one("#panel")
        self.call_after_refresh(self.call_later, panel.scroll_home, animate=False)

    def action_close(self) -> None:
        """Close without a result."""
        self.dismiss(None)
