"""The folders above the documents in the sidebar."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType

from annotations.text.graphemes import width
from tui.commands import Scope, bindings
from tui.folders import Folder, Kind
from tui.widgets.cards import Cards, Line
from tui.widgets.lines import clip, one_line

_SIGNS = {Kind.SEARCH: "⌕ ", Kind.DELETED: "× "}


class FolderCards(Cards[Folder]):
    """One line a folder: its name, and how many documents are in it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.FOLDERS, ("to-page",))
    DEFAULT_CSS = """
    FolderCards { height: auto; max-height: 40%; margin-bottom: 1; }
    """

    def card(self, item: Folder, cells: int) -> Iterable[Line]:
        """Everything that fits."""
        count = "" if item.documents is None else f"{item.documents:,}"
        indent = "  " * min(item.depth, 4)
        lead = f" {indent}{_SIGNS.get(item.kind, '')}"
        name = clip(one_line(item.name), max(4, cells - len(lead) - len(count) - 2))
        gap = " " * max(1, cells - len(lead) - width(name) - len(count) - 1)
        own = item.kind in (Kind.FOLDER, Kind.SEARCH)
        yield [(lead, "dim"), (name, "" if own else "dim"), (f"{gap}{count}", "dim")]
