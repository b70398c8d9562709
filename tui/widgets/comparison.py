"""A passage as it was and as it is: side by side, or one over the other where there is no room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotations.text.symbols import visible

SIDE_BY_SIDE = 90
"""Cells from which on the two are beside each other."""

GONE = "underline strike $text-error"
CAME = "bold underline $text-success"
QUOTE = "bold $foreground"
AROUND = ""
"""What stands around is muted, as the widget is."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one style; any characters."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    title: str
    pieces: tuple[Piece, ...]


class Comparison(Widget, can_focus=False):
    """Two passages."""

    DEFAULT_CSS = """
    Comparison {
        layout: horizontal;
        height: 1fr;
        border-top: solid $panel;
        &.-narrow { layout: vertical; }
        & > VerticalScroll {
            width: 1fr; height: 1fr; padding: 0 2; scrollbar-size-vertical: 1;
        }
        & .side--title { color: $accent; text-style: bold; }
        & .side--text { height: auto; color: $text-muted; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._titles = (Static(classes="side--title"), Static(classes="side--title"))
        self._texts = (Static(classes="side--text"), Static(classes="side--text"))

    def compose(self) -> Iterator[Widget]:
        """The two."""
        for title, text in zip(self._titles, self._texts, strict=True):
            yield VerticalScroll(title, text, can_focus=False)

    def on_mount(self) -> None:
        """It is as wide as the screen: its first picture is what it stays."""
        self._fit(self.app.size.width)

    def on_resize(self, event: events.Resize) -> None:
        """Beside or below."""
        self._fit(event.size.width)

    def _fit(self, cells: int) -> None:
        self.set_class(cells < SIDE_BY_SIDE, "-narrow")

    def show(self, sides: Iterable[Side]) -> None:
        """Show two other passages; fewer leave the rest empty."""
        shown = [*sides, Side("", ()), Side("", ())]
        for title, text, side in zip(self._titles, self._texts, shown, strict=False):
            title.update(Content(visible(side.title)))
            pieces = ((_line(piece.text), piece.style) for piece in side.pieces)
            text.update(Content.assemble(*pieces))


def _line(text: str) -> str:
    """A text with every run of white space as one blank, at its ends too."""
    blanks = " ".join(text.split())
    head = " " if text[:1].isspace() else ""
    tail = " " if blanks and text[-1:].isspace() else ""
    return visible(f"{head}{blanks}{tail}")
