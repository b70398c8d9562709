"""Picking a tag by a few letters, or making a new one by typing its path."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

from rich.style import Style
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

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

    def __init__(self) -> None:
        super().__init__(empty="No tag is called that")
        self._tags: Mapping[str, Tag] = {}
        self._ink: Callable[[str], Style] = lambda colour: Style.null()

    def paint_from(self, tags: Mapping[str, Tag], ink: Callable[[str], Style]) -> None:
        """Say where the tags of the entries are found, and the styles of their colours."""
        self._tags = tags
        self._ink = cache(ink)

    def card(self, item: Entry, cells: int) -> Iterable[Line]:
        """Everything that fits."""
        if item.new:
            yield [(" + ", "accent"), (clip(f"new tag {one_line(item.path)}", cells - 4), "accent")]
            return
        tag = self._tags.get(item.path)
        count = f"{tag.count:,}" if tag and tag.count else ""
        told = one_line(tag.description) if tag else ""
        room = cells - len(count) - 8
        path = clip(one_line(item.path), max(12, cells // 2) if told else max(12, room))
        room -= width(path)
        description = clip(told, room)
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


@dataclass(frozen=True, slots=True)
class Question:
    """What a tag is wanted for."""

    title: str
    tags: Codes
    """The codebook."""
    index: TagIndex
    """Of the tags to offer."""
    first: Sequence[str]
    """The paths of those to offer before the others, as long as nothing is typed."""
    worn: Collection[str]
    """The paths of the tags that the highlight bears."""
    ink: Callable[[str], Style]
    """The style in which a tag's colour is painted."""
    check: Callable[[str], object]
    """Raises FlorilegiumError for a path that will not do; its message is shown."""
    making: bool
    """Whether a tag that is missing may be taken, to be made."""


class TagPicker(Picker[Entry]):
    """Asks for a tag; gives the entry that was taken.

    It is opened more often than anything else, so one is kept (:mod:`tui.screens.kept`), which
    :meth:`about` makes ready for another question.
    """

    DEFAULT_CSS = """
    TagPicker {
        #title { height: 1; text-overflow: ellipsis; text-wrap: nowrap; }
        #wrong { color: $error; }
    }
    """

    def __init__(self) -> None:
        super().__init__("")
        self._field = PickerField()
        self._cards = TagCards()
        self._wrong = Static("", id="wrong")
        self._question: Question
        self._query = ""

    def body(self) -> ComposeResult:
        """The field and the list."""
        yield self._field
        yield self._cards
        yield self._wrong

    def about(self, question: Question) -> Self:
        """Ask this, with an empty field and all tags."""
        self._question = question
        # Nothing here asks for a new layout, which is dearer than all the rest.
        self._heading.update(Content(question.title), layout=False)
        new = ", or a new path such as risk/tiers" if question.making else ""
        self._field.placeholder = f"Some letters of a tag{new}"
        with self._field.prevent(Input.Changed):
            self._field.value = ""
        self._cards.paint_from(question.tags, question.ink)
        self._rank("")
        return self

    def narrow(self, typed: str) -> None:
        """List the tags that fit, the best first, and the one that would be made."""
        self._rank(typed.strip())

    def _rank(self, query: str) -> None:
        self._query = query
        asked = self._question
        ranking = asked.index.rank(query)
        first = () if query else asked.first
        entries = [self._entry(path) for path in dict.fromkeys((*first, *ranking.close))]
        if asked.making and query and asked.index.exact(query) is None:
            entries.append(Entry(query, new=True))
        entries += [self._entry(path) for path in ranking.loose]
        self._cards.show(entries)
        self._object("")

    def _entry(self, path: str) -> Entry:
        return Entry(path, worn=path in self._question.worn)

    def _object(self, why: str) -> None:
        """Say why a path cannot be taken; nothing is laid out anew where nothing was wrong."""
        if self._wrong.content != why:
            self._wrong.update(Content(why) if why else "")

    def action_take(self) -> None:
        """Give the entry under the cursor."""
        query = self._field.value.strip()
        if query != self._query:
            # The last letters and Enter came at once.
            self._rank(query)
        entry = self._cards.pointed
        if entry is None:
            return
        try:
            self._question.check(entry.path)
        except FlorilegiumError as error:
            self._object(sentence(str(error)))
        else:
            self.dismiss(entry)
