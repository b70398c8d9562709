"""A screen over the reader for work on the whole library: codebook, passages, history.

A line that says what is shown, a list, a line on what the list points at, the keys that matter.
What it shows is read anew after every act.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from annotations.errors import FlorilegiumError
from annotations.text.graphemes import width
from tui.commands import BY_ID, Command, Scope, State, footer_of
from tui.screens.commanded import Commanded
from tui.screens.reader import Reader
from tui.showing import lacking
from tui.widgets.cards import Cards
from tui.widgets.field import Field
from tui.widgets.keybar import KeyBar
from tui.widgets.lines import one_line, wrap

if TYPE_CHECKING:
    from annotations.library.library import Library
    from tui.widgets.progress_line import ProgressLine

T = TypeVar("T")
Item = TypeVar("Item")

DETAIL_ROWS = 6
"""The most rows that tell about what the list points at; on a low screen, a quarter of it."""
_FIELD_KEYS = frozenset({"enter", "space"})
"""Keys with longer names that mean something to a field."""
_FIELD_HINTS = (("", "↓", "next"), ("", "↑", "before"))
"""What the footer says of the keys of a field besides Enter."""
HINTS = 6
"""The most commands that the footer shows besides the ways to help and back."""


class StationField(Field):
    """The line above the list; keys that are no text move in the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "screen.step(-1)", show=False),
        Binding("down", "screen.step(1)", show=False),
        Binding("pageup", "screen.leaf(-1)", show=False),
        Binding("pagedown", "screen.leaf(1)", show=False),
    ]


class StationCards(Cards[Item]):
    """A list whose cursor moves by the keys of the page; a double click is Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "leaf(1)", show=False)]

    @on(events.Click)
    def _clicked(self, event: events.Click) -> None:
        if event.chain == 2 and self.at_row(event.y)[0] == self.cursor:
            self.app.simulate_key("enter")


class Station(ModalScreen[None], Commanded, Generic[Item]):
    """A list over the library, with commands of its own.

    Args:
        reader: The screen below, whose desk and acts it shares.
        title: What it shows.
        hint: What the empty field shows.
    """

    SCOPE: ClassVar[Scope]
    ALSO: ClassVar[frozenset[str]] = frozenset(
        {"undo", "redo", "stop", "palette", "help", "suspend"}
    )
    """Commands of the reader that work here too."""
    AUTO_FOCUS = "StationCards"
    DEFAULT_CSS = """
    Station {
        background: $background;
        layout: vertical;
        & > #heading { height: 1; background: $surface; padding: 0 1; text-style: bold; }
        & > StationField {
            border: none; height: 1; padding: 0 1; background: $surface;
            &:focus { border: none; }
        }
        & > StationCards { height: 1fr; padding: 1 1 0 1; }
        & StationCards > .cards--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
        & > #detail {
            height: auto; max-height: 6; padding: 0 2; background: $surface; color: $text-muted;
        }
    }
    """

    def __init__(self, reader: Reader, title: str, hint: str, list_: Cards[Item]) -> None:
        super().__init__()
        self.reader = reader
        self.desk = reader.desk
        self.keys = reader.keys
        self.list = list_
        self.kept_as = ""
        """The name of the kept query that is asked, or was before it was changed."""
        self._title, self._headed = title, ""
        self.field = StationField(placeholder=hint, select_on_focus=False)
        self.heading = Static(Content(title), id="heading")
        self.detail = Static("", id="detail")
        self.key_bar = KeyBar()

    def compose(self) -> ComposeResult:
        """The lines and the list."""
        yield self.heading
        yield self.field
        yield self.list
        yield self.detail
        yield self.key_bar

    def on_mount(self) -> None:
        """Show what there is."""
        self.refill()

    def on_resize(self, event: events.Resize) -> None:
        """What stands at the right end goes along with it."""
        self.head(self._headed)

    def on_key(self, event: events.Key) -> None:
        """A key of a command that cannot do anything now says why."""
        if why := lacking(self, event):
            self.say(why)

    # What a subclass says

    def refill(self) -> None:
        """Read what is shown anew."""
        raise NotImplementedError

    def describe(self, item: Item) -> Iterator[str]:
        """Lines about what the list points at; any text."""
        raise NotImplementedError

    @property
    def entering(self) -> str:
        """What Enter does in the field, for the footer."""
        return "to the list"

    def submitted(self) -> None:
        """Enter in the field."""
        self.set_focus(self.list)

    def leave_filter(self) -> None:
        """Back to the reader; out of the field first, which then filters nothing."""
        if self.is_typing:
            self.field.value = ""
            self.set_focus(self.list)
        else:
            self.dismiss()

    # Commands

    @property
    def state(self) -> State:
        """What holds now; ENTRIES: the list points at something."""
        entries = State.ENTRIES if self.list.pointed is not None else State.ALWAYS
        return entries | State.BUSY if self.reader.working.busy else entries

    @property
    def scopes(self) -> Collection[Scope]:
        """Its own."""
        return (self.SCOPE,)

    def reaches(self, command: Command) -> bool:
        """The keys of this screen; in the field those of commands whose first key is no text: other
        keys of theirs go to the field before they come here."""
        if command.scope is not self.SCOPE and command.id not in self.ALSO:
            return False
        if command.id.endswith("-leave") and self.reader.working.busy:
            # Escape stops the work first.
            return False
        first = self.keys[command.id][0]
        return not self.is_typing or (len(first) > 1 and first not in _FIELD_KEYS)

    def subject(self, command: Command) -> object:
        """The reader for what is the reader's."""
        return self if command.scope is self.SCOPE else self.reader

    async def action_command(self, id_: str) -> None:
        """Run a command, and show what has become of the library."""
        await super().action_command(id_)
        if BY_ID[id_].scope is not self.SCOPE:
            self.reader.working.afterwards(self._refill_here)

    def _refill_here(self) -> None:
        if self.is_attached:
            self.refill()

    def act(
        self,
        change: Callable[[], T],
        then: str | Callable[[T], object] = "",
        failed: Callable[[], object] | None = None,
    ) -> None:
        """Change the library and show what it has become, as :meth:`Reader.act` does."""

        def go_on(given: T) -> None:
            self.refill()
            self.conclude(then, given)

        self.reader.act(change, go_on, failed)

    def act_on_many(
        self, title: str, rows: int, change: Callable[[Library], T], then: Callable[[T], object]
    ) -> None:
        """Make a change that may be of very many rows; see :meth:`tui.acts.Acts.do_many`."""

        def go_on(given: T) -> None:
            self.refill()
            then(given)

        self.reader.acts.do_many(title, rows, change, go_on)

    def show_progress(self, line: ProgressLine) -> None:
        """Show how far long work has got."""
        self.mount(line, before=self.key_bar)
        self.point()
        self.reader.working.afterwards(self.point)

    # The list

    def show(self, items: Sequence[Item], cursor: int, empty: str, heading: str) -> None:
        """Fill the list.

        Args:
            items: What to list.
            cursor: The index to point at.
            empty: What to say where there is nothing.
            heading: What the first line says at its right end.
        """
        self.head(heading)
        self.list.show(items, cursor, empty)
        self.point()

    def head(self, heading: str) -> None:
        """Say something at the right end of the first line."""
        self._headed = heading
        gap = " " * max(2, self.size.width - 2 - width(self._title) - width(heading))
        self.heading.update(Content(f"{self._title}{gap}{heading}"))

    def point(self) -> None:
        """Tell about what the list points at."""
        item = self.list.pointed
        cells = max(20, self.size.width - 4)
        most = min(DETAIL_ROWS, self.size.height // 4)
        rows: list[str] = []
        for line in () if item is None else filter(None, self.describe(item)):
            if len(rows) < most:
                rows += wrap(one_line(line), cells, most - len(rows))
        self.detail.update(Content("\n".join(rows)))
        hints = footer_of(self.SCOPE, self.state, self.keys)
        reached = [hint for hint in hints if self.reaches(BY_ID[hint[0]])]
        kept = [hint for hint in reached if hint[0].endswith("-leave")]
        if self.reaches(BY_ID["help"]):
            kept.append(("help", self.reader.key("help"), "help"))
        leads = self.is_typing and bool(self.list.items)
        of_field = (("", "Enter", self.entering), *_FIELD_HINTS) if leads else ()
        self.key_bar.show(
            [*of_field, *(each for each in reached if each not in kept)][:HINTS], kept
        )

    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        self.point()

    @on(Cards.Pointed)
    def _moved(self, event: Cards.Pointed) -> None:
        event.stop()
        self.point()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.submitted()

    def action_step(self, steps: int) -> None:
        """Move in the list."""
        self.list.move(steps)

    def action_leaf(self, pages: int) -> None:
        """Move by a screenful."""
        self.list.page(pages)

    def complete(self, work: Callable[[], T]) -> T | None:
        """What ``work`` gives; ``None``, and a line, if it fails."""
        try:
            return work()
        except FlorilegiumError as error:
            self.complain(str(error))
            return None
