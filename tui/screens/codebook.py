"""The codebook: the tree of tags, how often each is used, and the acts on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from rich.style import Style
from textual import on
from textual.binding import BindingType
from textual.widgets import Input
from textual.worker import get_current_worker

from annotations.text.graphemes import width
from tui.codetree import Node, above, tree
from tui.commands import Scope, bindings
from tui.screens.reader import Reader
from tui.screens.station import Station, StationCards
from tui.widgets.cards import Line
from tui.widgets.lines import clip, one_line

_COUNT_CELLS = 9
_HEADS = ("here", "own", "+ below")


class CodebookCards(StationCards[Node]):
    """One line a tag: its colour, name, key, description and counts."""

    def __init__(self, ink: Callable[[str], Style]) -> None:
        super().__init__()
        self._ink = ink
        self.here: Mapping[str, int] = {}
        """Highlights of the open document that bear a tag itself, by path."""
        self.families: Mapping[str, int] = {}
        """Highlights of the library that bear a tag or one below it, by path."""

    def tops(self, items: Sequence[Node], cells: int) -> Sequence[int]:
        """One row each."""
        return range(len(items) + 1)

    def card(self, item: Node, cells: int) -> Iterable[Line]:
        """Everything that fits."""
        sign = ("▸ " if item.folded else "▾ ") if item.below else "  "
        indent = "  " * item.depth
        tag = item.tag
        name = clip(one_line(item.name), max(8, cells // 3))
        key = f" {tag.key}" if tag and tag.key else ""
        flags = " one of" if tag and tag.exclusive else ""
        counts = "".join(f"{number:>{_COUNT_CELLS}}" for number in self._counts(item))
        used = len(indent) + 4 + width(name) + len(key) + len(flags)
        room = cells - used - len(counts) - 3
        description = clip(one_line(tag.description), room) if tag and room > 8 else ""
        gap = " " * max(1, cells - used - 2 - width(description) - len(counts))
        yield [
            (indent + sign, "dim"),
            ("  ", self._ink(tag.colour) if tag and tag.colour else ""),
            (f" {name}", "strong" if tag else "dim"),
            (key, "accent"),
            (flags, "italic"),
            ("  ", ""),
            (description, "dim"),
            (gap[1:] + counts, ""),
        ]

    def _counts(self, item: Node) -> Iterator[str]:
        own = item.tag.count if item.tag else 0
        family = own if not item.below else self.families.get(item.path)
        for number in (self.here.get(item.path, 0), own, family):
            yield "…" if number is None else f"{number:,}" if number else "·"


class CodebookScreen(Station[Node]):
    """The tree of tags."""

    SCOPE: ClassVar[Scope] = Scope.CODEBOOK
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.CODEBOOK, ("undo", "redo"))

    def __init__(self, reader: Reader) -> None:
        self.cards = CodebookCards(reader.page.chip_style)
        super().__init__(reader, "Codebook", "Find a tag", self.cards)
        self.folded: set[str] = set()

    def refill(self) -> None:
        """Read the codebook anew, and stay at the tag that was pointed at."""
        self.cards.here = Counter(path for each in self.desk.highlights for path in each.tags)
        self.refold()
        self.run_worker(self._count_families, thread=True, exclusive=True)

    def refold(self, path: str = "") -> None:
        """Show the tree as it is folded now.

        Args:
            path: What to point at, even if it is not what is being looked for; empty: as before.
        """
        pointed = self.cards.pointed
        wanted = path or (pointed.path if pointed else "")
        tags = list(self.desk.tags.values())
        nodes = tree(tags, self.folded, self.field.value)
        if path and not any(node.path == path for node in nodes):
            with self.prevent(Input.Changed):
                self.field.value = ""
            self.folded -= set(above(path))
            nodes = tree(tags, self.folded)
        cursor = next((at for at, node in enumerate(nodes) if node.path == wanted), None)
        if cursor is None:
            cursor = self.cards.cursor if pointed else 0
        heads = "".join(f"{head:>{_COUNT_CELLS}}" for head in _HEADS)
        empty = "No tag is called that" if tags else "No tags yet.\n\na makes one"
        self.show(nodes, cursor, empty, f"{len(tags):,} tags   {heads}")

    def _count_families(self) -> None:
        """In a thread: how many highlights bear a tag or one below it."""
        from annotations import open_library

        worker = get_current_worker()
        parents = [node.path for node in tree(self.desk.tags.values()) if node.below]
        counts: dict[str, int] = {}
        with open_library(self.desk.library.path, coder=self.desk.library.coder) as library:
            for path in parents:
                if worker.is_cancelled:
                    return
                counts[path] = library.codebook.bearers(path)
        self.app.call_from_thread(self._counted, counts)

    def _counted(self, counts: Mapping[str, int]) -> None:
        self.cards.families = counts
        self.cards.repaint()

    def describe(self, item: Node) -> Iterator[str]:
        """What the tag is for."""
        if item.tag is None:
            yield f"{item.path}: no tag of its own; a makes it"
            return
        yield f"{item.path}  {item.tag.description}"
        for label, text in (
            ("Include", item.tag.inclusion),
            ("Exclude", item.tag.exclusion),
            ("Memo", item.tag.note),
        ):
            if text:
                yield f"{label}: {text}"
        if item.tag.exclusive:
            yield "A passage should bear at most one of the tags right below."

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.refold()
