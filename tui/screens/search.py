"""Searching the library: what is found comes while the words are typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from time import sleep
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input
from textual.worker import Worker, get_current_worker

from annotations.errors import FlorilegiumError, QuerySyntaxError
from annotations.library.search import Found, Hit
from annotations.model import Tag
from annotations.query import why_nothing
from tui import searches
from tui.commands import Scope, State, bindings
from tui.screens.answer import LISTED, Answer, Glance
from tui.screens.found_cards import Entry, FoundCards, Place, Suggestion
from tui.screens.reader import Reader
from tui.screens.station import Station
from tui.widgets.lines import sentence
from tui.widgets.marking import MarkingCards
from tui.widgets.tally import Tally

_FIRST = 20
"""Documents that are shown at once; the others follow."""
_CHUNK = 100
_TAGS = 3
"""The most tags that are listed."""
_PAUSE_SECONDS = 0.04
"""How long a search waits for another key."""
_UNFINISHED_SECONDS = 1.0
"""How long one that cannot be read yet waits for more, before it is said what is wrong."""


class SearchScreen(Station[Entry]):
    """The places that hold what is typed. The last answer stays until the next one is there, and
    is there again when the screen is opened again.

    Args:
        reader: The screen below.
        query: What to search for first; empty: what was searched for the last time.
        kept_as: The name that it is kept under.
    """

    SCOPE: ClassVar[Scope] = Scope.SEARCH
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.SEARCH, Station.ALSO)
    DEFAULT_CSS = """
    SearchScreen > #answer {
        height: 1fr;
        & > StationCards { width: 1fr; height: 1fr; padding: 1 1 0 1; }
    }
    """

    def __init__(self, reader: Reader, query: str = "", kept_as: str = "") -> None:
        self.cards = FoundCards()
        hint = (
            'words · "a phrase" · begin* · NEAR(two words, 5) · or · not · author:name · tag:risk'
        )
        super().__init__(reader, "Search", hint, self.cards)
        self.kept_as = kept_as
        self._glance = None if query else reader.glance
        self.field.value = self._glance.answer.query if self._glance else query
        self.tally = Tally()
        self.answer: Answer | None = None
        """What the list shows; None: suggestions."""
        self._asking: Answer | None = None
        """What is being found."""
        self._worker: Worker[None] | None = None
        self._wrong: Sequence[str] = ()
        self._unsaid: Sequence[str] = ()
        """What is wrong, if no more is typed."""
        self._waiting: Timer | None = None
        """Runs until it is said."""

    def compose(self) -> ComposeResult:
        """The lines, and the years beside the list."""
        yield self.heading
        yield self.field
        yield Horizontal(self.list, self.tally, id="answer")
        yield self.detail
        yield self.key_bar

    def on_mount(self) -> None:
        """Let something be typed, unless it was given; in place of what was searched for before."""
        if self._glance is not None:
            self._look_again(self._glance)
        super().on_mount()
        if self._glance is not None or not self.field.value:
            self.set_focus(self.field)
            self.field.action_select_all()

    def _look_again(self, glance: Glance) -> None:
        """Show what was looked at the last time."""
        self.answer = glance.answer
        self.cards.most = glance.answer.most
        self.cards.have_marked(glance.marked)
        self.show(glance.answer.entries, glance.cursor, "", "")

    def on_resize(self, event: events.Resize) -> None:
        """The years are shown where there is room."""
        self.tally.fit(event.size.width)

    @property
    def state(self) -> State:
        """What holds now; HITS: there is an answer."""
        found = self.answer is not None and self.answer.documents > 0
        return super().state | (State.HITS if found else State.ALWAYS)

    def refill(self) -> None:
        """Search anew for what stands in the field."""
        if self._worker is not None:
            self._worker.cancel()
        if self._waiting is not None:
            self._waiting.stop()
        self._wrong = self._unsaid = ()
        query = self.field.value
        if not query.strip():
            self._suggest()
            return
        self._asking = answer = Answer(query)
        self.head("Searching …")
        self._worker = self.run_worker(lambda: self._find(answer), thread=True)

    def _suggest(self) -> None:
        """List what was searched for before, and examples."""
        self.answer = self._asking = None
        document = self.desk.document or next(iter(self.desk.documents), None)
        entries = searches.suggestions(self.desk.library, document)
        self.tally.show({})
        self.show(entries, 0, "The library has no documents yet.", "")

    def _find(self, answer: Answer) -> None:
        """In a thread: find the best documents, count all, find the others."""
        worker = get_current_worker()
        sleep(_PAUSE_SECONDS)
        if worker.is_cancelled:
            return
        try:
            with (
                self.desk.library.beside() as library,
                library.asking(lambda: not worker.is_cancelled),
            ):
                search = library.search
                with closing(search.find(answer.query, limit=LISTED)) as coming:
                    first = list(islice(coming, _FIRST))
                    answer.entries.extend(search.tags(answer.query)[:_TAGS])
                    self._hand(worker, lambda: self._take(answer, first))
                    if not worker.is_cancelled:
                        years = search.years(answer.query)
                        self._hand(worker, lambda: self._count(answer, years))
                    while not worker.is_cancelled and (chunk := list(islice(coming, _CHUNK))):
                        self._hand(worker, lambda: self._take(answer, chunk))
                    self._hand(worker, lambda: self._take(answer, (), is_last=True))
        except FlorilegiumError as error:
            message = error
            self._hand(worker, lambda: self._fail(answer, message))

    def _hand(self, worker: Worker[None], show: Callable[[], None]) -> None:
        """In the thread: let the screen show something, unless nobody waits for it any more."""
        if not worker.is_cancelled:
            self.app.call_from_thread(show)

    def _take(self, answer: Answer, found: Sequence[Found], *, is_last: bool = False) -> None:
        """List more. Where the same is searched for again, what one looks at stays in sight until
        the new list reaches as far."""
        if answer is not self._asking:
            return
        answer.add(found)
        is_same = self.answer is not None and self.answer.query == answer.query
        cursor = self.cards.cursor if is_same else answer.first
        if is_same and not is_last and cursor >= len(answer.entries):
            return
        if not is_same:
            self.cards.unmark()
            self.tally.show({})
        self.answer = answer
        self.cards.most = answer.most
        self.show(answer.entries, cursor, _nothing(answer.query), "")
        self._tell(answer)

    def _count(self, answer: Answer, years: Mapping[str, int]) -> None:
        if answer is self._asking:
            answer.years = years
            self.tally.show(years)
            self._tell(answer)

    def _fail(self, answer: Answer, error: FlorilegiumError) -> None:
        if answer is not self._asking:
            return
        self._unsaid = [sentence(str(error))]
        if isinstance(error, QuerySyntaxError):
            from annotations.query.pointing import point_at

            self._unsaid = [error.problem, *point_at(error, max(20, self.size.width - 4))]
            if error.is_unfinished and self.is_typing:
                self._waiting = self.set_timer(_UNFINISHED_SECONDS, self._say_wrong)
                self.head(self.answer.described if self.answer is not None else "")
                return
        self._say_wrong()

    def _say_wrong(self) -> None:
        """Say what is wrong with the search."""
        self._wrong, self._unsaid = self._unsaid, ()
        self.head("")
        self.point()

    def point(self) -> None:
        """Tell about the place; of a search that cannot be read, what is wrong with it."""
        super().point()
        self.reader.glance = (
            Glance(self.answer, self.cards.cursor, self.cards.marked) if self.answer else None
        )
        if self._wrong:
            self.detail.update(Content("\n".join(self._wrong)))

    def describe(self, item: Entry) -> Iterator[str]:
        """The document of a place, or what a tag is for."""
        match item:
            case Tag():
                yield item.path
                yield item.description
            case Place(found=found):
                document = found.document
                yield document.title
                facts = (document.author, document.publisher, document.published, document.source)
                yield " · ".join(filter(None, facts))
                yield f"at {item.span.start:,} of {document.length:,} characters"

    @property
    def marked(self) -> Sequence[Hit]:
        """What is marked, in the order of the list."""
        marked = self.cards.marked
        keys = (self.cards.key(item) for item in self.cards.items)
        return [hit for key in keys if key in marked for hit in key or ()]

    @on(MarkingCards.Marked)
    def _marks_changed(self, event: MarkingCards.Marked) -> None:
        event.stop()
        if self.answer is not None:
            self._tell(self.answer)
            self.point()

    def _tell(self, answer: Answer) -> None:
        """Say how many there are, and how many are marked."""
        number = len(self.cards.marked)
        self.head(f"{answer.described}{f'   {number:,} marked' if number else ''}")

    def ask_again(self, query: str) -> None:
        """Search for something else."""
        self.field.value = query
        self.refill()
        self.set_focus(self.cards)

    @property
    def entering(self) -> str:
        """To the list; from an empty field, search for what it suggests."""
        return "search for this" if self._suggested else super().entering

    @property
    def _suggested(self) -> str:
        """What the empty field suggests, where the list points."""
        pointed = self.cards.pointed
        return pointed.query if self.answer is None and isinstance(pointed, Suggestion) else ""

    def submitted(self) -> None:
        """Enter in the field."""
        if self._suggested and not self.field.value.strip():
            self.ask_again(self._suggested)
        elif self._unsaid:
            self._say_wrong()
        else:
            self.remember()
            super().submitted()

    def remember(self) -> None:
        """Suggest this search the next time."""
        if self.answer is not None and self.answer.documents:
            query = self.answer.query
            self.complete(lambda: searches.remember(self.desk.library, query))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.refill()


def _nothing(query: str) -> str:
    """What the list says where a search finds nothing."""
    why = sentence(why_nothing(query)).replace("; ", ";\n")
    return f"No document holds this.\n{why}"
