"""The formats to choose from, for what goes out and what comes in."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.exchange.formats import Format
from tui.screens.choice import Option, OptionCards
from tui.widgets.cards import Line
from tui.widgets.lines import clip

NAME_CELLS = 17
"""Cells of the column of names."""


class FormatCards(OptionCards):
    """The formats."""

    DEFAULT_CSS = """
    FormatCards { height: 20vh; min-height: 4; max-height: 16; scrollbar-size-vertical: 1; }
    """

    def card(self, item: Option, cells: int) -> Iterable[Line]:
        """The label, marked where it is taken: other fields may have the focus."""
        sign = "(•)" if item is self.pointed else "( )"
        yield [(f"{sign} {clip(item.label, cells - 4)}", item.style)]

    def show_formats(self, formats: Iterable[Format], *first: Option) -> None:
        """List formats, behind what else can be taken."""
        named = (Option(each.name, f"{each.name:<{NAME_CELLS}} {each.title}") for each in formats)
        self.show([*first, *named])

    @property
    def taken(self) -> str:
        """The value that is pointed at; empty where the list is."""
        return self.pointed.value if self.pointed else ""
