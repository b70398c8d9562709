"""Picking a tag by a few letters, or making a new one by typing its path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rich.style import Style
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from annotations.errors import FlorilegiumError
from annotations.model import Tag
from annotations.text.graphemes import width
from tui.codes import Codes
from tui.fuzzy import TagIndex
from tui.screens.picker import Picker, PickerField
from tui.widgets.cards import Cards, Line
from tui.widgets.lines import clip, one_line, sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: a tag, or one that would be made."""

    path: str
    new: bool = False
    worn: bool = False
    """The highlight bears it; taking it takes it off."""


class TagCards(Cards[Entry], can_focus=False):
    """One line a tag: colour, path, description, count."""

    DEFAULT_CSS = """
    TagCards { height: 14; background: $panel; margin-top: 1; }
    TagCards > .cards--cursor {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
    }
    """

    def __init__(self, tags: Mapping[str, Tag], ink: Callable[[str], Style]) -> None:
        super().__init__(empty="No tag is called that")
        self._tags = tags
        self._ink = cache(ink)

    def card(self, item: Entry, cells: int) -> Iterable[Line]:
        """Everything that fits."""
        if item.new:
            yield [(" + ", "accent"), (clip(f"new tag {one_line(item.path)}", cells - 4), "accent")]
            return
        tag = self._tags.get(item.path)
        count = f"{tag.count:,}" if tag and tag.count else ""
        path = clip(one_line(item.path), max(12, cells // 2))
        room = cells - width(path) - len(count) - 8
        description = clip(one_line(tag.description), room) if tag else ""
        gap = " " * max(1, room - width(description) + 1)
        mark = "✓" if item.worn else " "
        yield [
            (mark, "accent"),
            (" ", self._ink(tag.colour if tag else "")),
            (" ", ""),
            (path, "strong"),
            ("  ", ""),
            (description, "dim"),
            (f"{gap}{count} ", "dim"),
        ]


class TagPicker(Picker[Entry]):
    """Asks for a tag; gives the entry that was taken.

    Args:
        title: What the tag is for.
        tags: The codebook.
        index: Of the tags to offer.
        first: The paths of those to offer before the others, as long as nothing is typed.
        worn: The paths of the tags that the highlight bears.
        ink: The style in which a tag's colour is painted.
        check: Raises FlorilegiumError for a path that will not do; its message is shown.
        making: Whether a tag that is missing may be taken, to be made.
    """

    DEFAULT_CSS = "TagPicker #wrong { color: $error; }"

    def __init__(
        self,
        title: str,
        tags: Codes,
        index: TagIndex,
        first: Sequence[str],
        worn: Sequence[str],
        ink: Callable[[str], Style],
        check: Callable[[str], object],
        *,
        making: bool = True,
    ) -> None:
        super().__init__(title)
        self._tags = tags
        self._index = index
        self._first = first
        self._worn = frozenset(worn)
        self._ink = ink
        self._check = check
        self._making = making
        self._query = ""

    def body(self) -> ComposeResult:
        """The field and the list."""
        new = ", or a new path such as risk/tiers" if self._making else ""
        yield PickerField(placeholder=f"Some letters of a tag{new}")
        yield TagCards(self._tags, self._ink)
        yield Static("", id="wrong")

    def on_mount(self) -> None:
        """Show all tags."""
        self._rank("")

    def narrow(self, typed: str) -> None:
        """List the tags that fit, the best first, and the one that would be made."""
        self._rank(typed.strip())

    def _rank(self, query: str) -> None:
        self._query = query
        ranking = self._index.rank(query)
        first = () if query else self._first
        entries = [self._entry(path) for path in dict.fromkeys((*first, *ranking.close))]
        if self._making and query and self._index.exact(query) is None:
            entries.append(Entry(query, new=True))
        entries += [self._entry(path) for path in ranking.loose]
        self.query_one(TagCards).show(entries)
        self._object("")

    def _entry(self, path: str) -> Entry:
        return Entry(path, worn=path in self._worn)

    def _object(self, why: str) -> None:
        """Say why a path cannot be taken; nothing is laid out anew where nothing was wrong."""
        wrong = self.query_one("#wrong", Static)
        if wrong.content != why:
            wrong.update(Content(why) if why else "")

    def action_take(self) -> None:
        """Give the entry under the cursor."""
        query = self.query_one(PickerField).value.strip()
        if query != self._query:
            # The last letters and Enter came at once.
            self._rank(query)
        entry = self.query_one(TagCards).pointed
        if entry is None:
            return
        try:
            self._check(entry.path)
        except FlorilegiumError as error:
            self._object(sentence(str(error)))
        else:
            self.dismiss(entry)
