"""One of the texts that a document has had, to be read."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from annotations.text.symbols import visible
from tui.page.source import Source
from tui.widgets.page import Page


class EarlierText(ModalScreen[None]):
    """A page to read and nothing else: what is marked is marked in the current text.

    Args:
        title: Which text it is.
        source: The text.
        measure: Cells of a line.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_by(-1)", show=False),
        Binding("down,j", "scroll_by(1)", show=False),
        Binding("pageup,b", "leaf(-1)", show=False),
        Binding("pagedown,space", "leaf(1)", show=False),
        Binding("home,g", "share(0)", show=False),
        Binding("end,G", "share(1)", show=False),
        Binding("escape,q", "dismiss", show=False),
    ]
    DEFAULT_CSS = """
    EarlierText {
        background: $background;
        layout: vertical;
        & > .line { height: 1; padding: 0 1; background: $surface; }
        & > #title { text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
        & > #keys { color: $text-muted; }
        & > Page { height: 1fr; }
    }
    """

    def __init__(self, title: str, source: Source, measure: int) -> None:
        super().__init__()
        self._title = title
        self._source = source
        self.page = Page()
        self.page.set_reactive(Page.measure, measure)

    def compose(self) -> ComposeResult:
        """A title, the page, the keys."""
        yield Static(Content(visible(self._title)), id="title", classes="line")
        yield self.page
        keys = "Space on   PgUp back   g start   G end   Esc close"
        yield Static(Content(keys), id="keys", classes="line")

    def on_mount(self) -> None:
        """Show the text from its start."""
        self.page.open(self._source)

    def action_scroll_by(self, rows: int) -> None:
        """Scroll by rows."""
        self.page.scroll_rows(rows)

    def action_leaf(self, pages: int) -> None:
        """Scroll by screens, of which a row stays."""
        self.page.scroll_rows(pages * max(1, self.page.size.height - 1))

    def action_share(self, share: int) -> None:
        """Go to the start or the end."""
        self.page.go_to_share(share)
