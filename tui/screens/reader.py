"""The reader: sidebar, page and margin side by side, a status line, a footer.

Holds the panes together and knows what is available; what the commands do lies in
:mod:`tui.actions`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widget import AwaitMount
from textual.widgets import Input

from annotations.errors import FlorilegiumError, InvalidError
from annotations.model import Status
from tui.acts import PATIENCE_SECONDS, Acts
from tui.commands import Command, Scope, State, bindings, footer, key_label
from tui.desk import FIRST_COLOUR, Desk
from tui.listing import Listing
from tui.panes import Panes
from tui.reaching import Reaching
from tui.screens.commanded import Commanded
from tui.showing import lacking, quick_tags, situation, standing, state_of
from tui.trail import Spot, Trail
from tui.view import View, Views
from tui.watch import Watch
from tui.widgets.foot import Foot
from tui.widgets.lines import titled
from tui.widgets.margin import Margin
from tui.widgets.margin_filter import MarginFilter
from tui.widgets.marking import MarkingCards
from tui.widgets.reading_page import ReadingPage
from tui.widgets.sidebar import Filter, Sidebar
from tui.working import Working

if TYPE_CHECKING:
    from annotations.model import Highlight, Span
    from tui.browsing import Browsing
    from tui.config import Config
    from tui.finder import Finder
    from tui.in_step import InStep
    from tui.jobs import Job
    from tui.repeating import Repeatable
    from tui.screens.answer import Glance
    from tui.widgets.progress_line import ProgressLine

T = TypeVar("T")


class Reader(Commanded):
    """The one screen that is always there; the dialogs open over it.

    Args:
        desk: The library and the open document.
        config: What the user wants otherwise.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.READER)
    AUTO_FOCUS = "ReadingPage"
    DEFAULT_CSS = """
    Reader {
        & > #body { height: 1fr; layout: horizontal; layers: base over; }
        Sidebar, Margin { display: none; max-width: 100%; }
        Sidebar.-shown, Margin.-shown { display: block; }
        &.-wide Sidebar { width: 32; }
        &.-wide Margin { width: 40; }
        &.-narrow Sidebar, &.-narrow Margin { display: none; }
        &.-narrow Sidebar.-open { display: block; layer: over; width: 44; dock: left; }
        &.-narrow Margin.-open { display: block; layer: over; width: 44; dock: right; }
    }
    """

    def __init__(self, desk: Desk, config: Config) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (112, "-medium"), (150, "-wide")]
        self.keys = config.keys
        self.citation = config.citation
        """The style in which a copied quote is cited."""
        self.views = Views(self, desk, config.measure)
        self.sidebar = Sidebar()
        self.margin = Margin(lambda highlight: self.page.bar_style(self.desk.colour(highlight)))
        self.listing = Listing(self)
        self.panes = Panes(self)
        self._reaching = Reaching(self)
        self.foot = Foot(lambda tag: self.page.chip_style(tag.colour or FIRST_COLOUR))
        self.body = Container(self.sidebar, self.page, self.margin, id="body")
        self.adjusting: Highlight | None = None
        """The highlight whose edges follow the caret."""
        self.placing: Highlight | None = None
        """The highlight that is to be given a place by hand."""
        self.reviewing = 0
        """Where the review of the open document is: an index."""
        self.repeatable: Repeatable | None = None
        """What was done last, for another passage."""
        self.trail = Trail()
        self.glance: Glance | None = None
        """What was looked at last of what a search found."""
        self.working = Working(self)
        self.acts = Acts(self)
        desk.library.wait_at_most(PATIENCE_SECONDS)
        self.watcher = Watch(self)

    def compose(self) -> ComposeResult:
        """The panes."""
        for pane in (self.sidebar, self.margin):
            pane.add_class("-shown")
        yield self.body
        yield self.foot

    def on_mount(self) -> None:
        """Show the open document; what the first picture can do without comes after it."""
        self.views.lay_open()
        self.call_after_refresh(self._after_first_picture)

    async def _after_first_picture(self) -> None:
        await self.sidebar.fill()
        self.show_lists()
        self.watcher.begin()
        await self.action_command("keep")
        if self.desk.library.waiting.list():
            from tui.actions.library import settle

            settle(self)

    # What holds now

    @property
    def view(self) -> View:
        """The text that commands act on."""
        return self.views.current

    @property
    def page(self) -> ReadingPage:
        """The page that it is on."""
        return self.view.page

    @property
    def desk(self) -> Desk:
        """What lies open on it."""
        return self.view.desk

    @cached_property
    def browsing(self) -> Browsing:
        """What the sidebar lists; loaded after the first picture, which has an empty one."""
        from tui.browsing import Browsing

        return Browsing(self)

    @cached_property
    def in_step(self) -> InStep:
        """The folders that the library is kept in step with; loaded when the first one is."""
        from tui.in_step import InStep

        return InStep(self)

    @property
    def watched(self) -> str:
        """Which folders are kept in step, in a few words."""
        return self.in_step.described if "in_step" in vars(self) else ""

    @property
    def finder(self) -> Finder:
        """The search in it."""
        return self.view.finder

    @property
    def spot(self) -> Highlight | None:
        """The highlight that commands act on: the one that the margin points at, if the caret is in
        it, otherwise the shortest one under the caret."""
        return self.listing.pointed_here or self.view.highlight_here

    @property
    def target(self) -> Span:
        """What a new highlight would cover: the selection, or the sentence under the caret.

        Raises:
            InvalidError: There is neither.
        """
        span = self.page.selection or self.page.sentence_here()
        if span is None:
            raise InvalidError("There is no sentence here")
        return span

    @property
    def state(self) -> State:
        """What holds now."""
        return state_of(self)

    def key(self, command: str) -> str:
        """The first key of a command, as people read it."""
        return key_label(self.keys[command][0])

    # Commands

    @property
    def scopes(self) -> Collection[Scope]:
        """Those of the pane that has the keys, of the page and of everywhere."""
        return self._reaching.scopes

    def reaches(self, command: Command) -> bool:
        """Whether the keys of a command are its own where the focus is."""
        return self._reaching.reaches(command)

    def on_key(self, event: events.Key) -> None:
        """What can wait does; a key of a command that cannot do anything now says why."""
        self.watcher.stir()
        if why := lacking(self, event):
            self.say(why)

    def visit(self, screen: Screen[None]) -> AwaitMount:
        """Open a screen over this one."""
        return self.app.push_screen(screen)

    def go(self, document_id: str, span: Span) -> None:
        """Go to a place in any document, back from the screens over this one.

        Raises:
            NotFoundError: There is no such document.
        """
        document = self.desk.library.documents.get(document_id)
        self.placing = self.adjusting = None
        while self.app.screen is not self:
            self.app.pop_screen()
        if self.desk.document is None or self.desk.document.id != document_id:
            self.views.open(document, span.start)
        self.panes.to_page()
        self.page.go_to(span.start)
        self.page.reveal(span)

    def act(
        self,
        change: Callable[[], T],
        then: str | Callable[[T], object] = "",
        failed: Callable[[], object] | None = None,
    ) -> None:
        """Change the library and show what it has become; a line says why, if it fails.

        Args:
            change: What is to be done, possibly later, where another program holds the library.
            then: What is said once it is done, or what goes on with what the change gave.
            failed: What goes on where it fails.
        """
        self.acts.do(change, lambda given: self.conclude(then, given), failed)

    def show_progress(self, line: ProgressLine) -> None:
        """Show how far long work has got."""
        self.foot.mount(line, before=0)
        self.refresh_lines()

    def start(self, job: Job[T]) -> None:
        """Do long work aside, with its progress in sight."""
        self.working.start(job)

    # The document

    def spot_here(self) -> Spot | None:
        """Where the reader is, to come back to."""
        document = self.desk.document
        return Spot(document.id, self.page.caret) if document else None

    def leave_mark(self) -> None:
        """Remember where the reader is, before a jump."""
        if here := self.spot_here():
            self.trail.leave(here)

    def reload(self) -> None:
        """Show the library as it is now."""
        before = self.desk.document
        try:
            self.views.refresh()
        except FlorilegiumError as error:
            self.say(str(error), "error")
            return
        if before is not None and self.desk.document is None:
            self.say(f"{titled(before.title)} has been deleted", "warning")
            self.desk.open_first()
            self.views.lay_open()
        elif before is None and self.desk.file is None and self.desk.documents:
            self.desk.open_first()
            self.views.lay_open()
        self.views.mark()
        self.show_lists()
        self.refresh_lines()

    # What is shown

    def show_lists(self) -> None:
        """Fill the side panes."""
        self.browsing.show()
        self.listing.show()
        self.view.mark()

    @on(Input.Changed, "MarginFilter")
    def _filtered(self, event: Input.Changed) -> None:
        event.stop()
        self.listing.narrow(event.value)

    @on(MarginFilter.Left)
    def _filter_left(self, event: MarginFilter.Left) -> None:
        self.foot.query(MarginFilter).remove()
        if not event.kept:
            self.listing.narrow("")
        self.panes.focus(self.margin)

    def show_hits(self) -> None:
        """Show what the search has found so far."""
        self.view.mark()
        self.refresh_lines()

    def refresh_lines(self) -> None:
        """Show the status and the keys that fit what holds now."""
        state = self.state
        hints = [
            (command.id, self.key(command.id), command.hint or command.name.lower())
            for command in footer(situation(self, state), state)
        ]
        if isinstance(self.focused, MarginFilter | Filter):
            hints += self.focused.hints
        self.foot.show(standing(self, state), quick_tags(self, state), hints)

    @on(ReadingPage.CaretMoved)
    def _caret_moved(self, event: ReadingPage.CaretMoved) -> None:
        if isinstance(event.page, ReadingPage):
            self.views.turn_to(event.page)
        self.listing.follow()
        self.refresh_lines()

    @on(ReadingPage.Shifted)
    def _shifted(self) -> None:
        self.listing.align()

    @on(ReadingPage.SelectionChanged)
    def _selection_changed(self) -> None:
        if self.page.selection is None:
            self.adjusting = None
        self.refresh_lines()

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _focus_moved(self) -> None:
        if isinstance(self.focused, ReadingPage):
            self.views.turn_to(self.focused)
        self.call_after_refresh(self.refresh_lines)

    @on(MarkingCards.Marked)
    def _marked(self) -> None:
        self.refresh_lines()

    @on(Sidebar.Opened)
    async def _opened(self) -> None:
        await self.action_command("open-document")

    @on(Sidebar.Entered)
    def _entered(self, event: Sidebar.Entered) -> None:
        self.browsing.enter(event.folder)

    @on(Margin.Pointed)
    def _pointed(self, event: Margin.Pointed) -> None:
        highlight = self.margin.items[event.index]
        # A lost one has no place to go to.
        if highlight.status is not Status.LOST:
            self.page.go_to(highlight.start)
            self.page.reveal(highlight.span)
