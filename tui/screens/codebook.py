"""The codebook: the tree of tags, how often each is used, and the acts on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import ClassVar

from rich.style import Style
from textual import events, on
from textual.binding import BindingType
from textual.widgets import Input
from textual.worker import get_current_worker

from annotations.errors import FlorilegiumError, NotFoundError
from annotations.library.wording import counted
from annotations.model import Tag, TagNames
from annotations.text.graphemes import width
from tui.codetree import Node, above, closest, tree
from tui.commands import Scope, bindings
from tui.screens.reader import Reader
from tui.screens.station import Station, StationCards
from tui.widgets.cards import Line
from tui.widgets.lines import clip, one_line

_COUNT_CELLS = 9
_HEADS = ("here", "own", "+ below")
_ROOMY = 60
"""Cells from which on there is room for all counts; below, the tag's own is shown."""
_EDGES = 3
"""Cells beside the cards: the padding of the list, and its scroll bar."""


def _columns(cells: int) -> slice:
    """Which counts there is room for."""
    return slice(None) if cells >= _ROOMY else slice(1, 2)


class CodebookCards(StationCards[Node]):
    """One line a tag: its colour, name, key, description and counts."""

    DEFAULT_CSS = "CodebookCards { scrollbar-gutter: stable; }"

    def __init__(self, ink: Callable[[str], Style]) -> None:
        super().__init__()
        self._ink = ink
        self.tags: Mapping[str, Tag] = {}
        """The codebook."""
        self.here: Mapping[str, int] | None = None
        """Highlights of the open document that bear a tag itself, by path; None while they are
        counted."""
        self.families: Mapping[str, int] = {}
        """Highlights of the library that bear a tag or one below it, by path."""

    def card(self, item: Node, cells: int) -> Iterable[Line]:
        """Everything that fits."""
        sign = ("▸ " if item.folded else "▾ ") if item.below else "  "
        indent = "  " * item.depth
        tag = self.tags.get(item.path)
        key = f" {tag.key}" if tag and tag.key else ""
        flags = " one of" if tag and tag.exclusive else ""
        numbers = list(self._counts(item, tag))[_columns(cells)]
        counts = "".join(f"{number:>{_COUNT_CELLS}}" for number in numbers)
        told = one_line(tag.description) if tag else ""
        used = len(indent) + 4 + len(key) + len(flags)
        room = cells - used - len(counts) - 3
        name = clip(one_line(item.name), max(8, cells // 3 if told else room))
        room -= width(name)
        description = clip(told, room) if room > 8 else ""
        gap = " " * max(1, room - width(description) + 1)
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

    def _counts(self, item: Node, tag: Tag | None) -> Iterator[str]:
        own = tag.count if tag else 0
        family = own if not item.below else self.families.get(item.path)
        here = None if self.here is None else self.here.get(item.path, 0)
        for number in (here, own, family):
            yield "…" if number is None else f"{number:,}" if number else "·"


class CodebookScreen(Station[Node]):
    """The tree of tags."""

    SCOPE: ClassVar[Scope] = Scope.CODEBOOK
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.CODEBOOK, Station.ALSO)

    def __init__(self, reader: Reader) -> None:
        self.cards = CodebookCards(reader.page.chip_style)
        super().__init__(reader, "Codebook", "Find a tag", self.cards)
        self.folded: set[str] = set()

    def on_resize(self, event: events.Resize) -> None:
        """Other counts may have room."""
        self.refold()

    def refill(self) -> None:
        """Read the codebook anew, and stay at the tag that was pointed at."""
        self.cards.tags = self.desk.tags
        self.refold()
        document = self.desk.document
        self.run_worker(
            partial(self._count, self.desk.tags.names, document.id if document else ""),
            thread=True,
            exclusive=True,
        )

    def refold(self, path: str = "") -> None:
        """Show the tree as it is folded now.

        Args:
            path: What to point at, even if it is not what is being looked for; empty: as before.
        """
        pointed = self.cards.pointed
        wanted = path or (pointed.path if pointed else "")
        names = self.desk.tags.names
        nodes = tree(names, self.folded, self.field.value)
        if path and not any(node.path == path for node in nodes):
            with self.prevent(Input.Changed):
                self.field.value = ""
            self.folded -= set(above(path))
            nodes = tree(names, self.folded)
        cursor = next((at for at, node in enumerate(nodes) if node.path == wanted), None)
        if cursor is None:
            cursor = self.cards.cursor if pointed else 0
        columns = _HEADS[_columns(self.size.width - _EDGES)]
        heads = "".join(f"{head:>{_COUNT_CELLS}}" for head in columns)
        key = self.reader.key("tag-add")
        empty = "No tag is called that" if names.paths else f"No tags yet.\n\n{key} makes one"
        # The last cell is that of the scroll bar.
        self.show(nodes, cursor, empty, f"{counted(len(names.paths), 'tag')}   {heads} ")

    def tag_of(self, node: Node) -> Tag | None:
        """The tag on a line of the tree, if it is one."""
        return self.cards.tags.get(node.path)

    def _count(self, names: TagNames, document: str) -> None:
        """In a thread: how many highlights of the document bear each tag, and how many of the
        library bear a tag or one below it."""
        worker = get_current_worker()
        parents = [node.path for node in tree(names) if node.below]
        counts: dict[str, int] = {}
        try:
            with self.desk.library.beside() as library:
                here = library.codebook.used_in(document)
                for path in parents:
                    if worker.is_cancelled:
                        return
                    # Another window may have renamed it; the tree follows in a moment.
                    with suppress(NotFoundError):
                        counts[path] = library.codebook.bearers(path)
        except FlorilegiumError as error:
            self.app.call_from_thread(self.complain, str(error))
        else:
            self.app.call_from_thread(self._counted, here, counts)

    def _counted(self, here: Mapping[str, int], families: Mapping[str, int]) -> None:
        self.cards.here, self.cards.families = here, families
        self.cards.repaint()

    def describe(self, item: Node) -> Iterator[str]:
        """What the tag is for."""
        tag = self.tag_of(item)
        if tag is None:
            yield f"{item.path}: no tag of its own; {self.reader.key('tag-add')} makes it"
            return
        yield f"{item.path}: {tag.description}" if tag.description else item.path
        for label, text in (
            ("Include", tag.inclusion),
            ("Exclude", tag.exclusion),
            ("Note", tag.note),
        ):
            if text:
                yield f"{label}: {text}"
        if tag.exclusive:
            yield "A passage should bear at most one of the tags right below."

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.refold()
        if event.value:
            self.cards.point(closest(self.cards.items, event.value))
            self.point()
