"""The reader: sidebar, page and margin side by side, a status line, a footer.

Holds the panes together and knows what is available; what the commands do lies in
:mod:`tui.actions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.widget import AwaitMount

from annotations.errors import FlorilegiumError, ImportCancelled, InvalidError
from annotations.model import Document, Highlight, Span
from annotations.text.symbols import visible
from tui.commands import Command, Keys, Scope, State, bindings, footer, key_label
from tui.desk import FIRST_COLOUR, Desk
from tui.jobs import Job, Progress, Stopped
from tui.page.gutter import GutterKind, GutterMark
from tui.page.looks import Decoration
from tui.panes import Panes
from tui.screens.commanded import Commanded
from tui.screens.dialog import Dialog
from tui.trail import Spot, Trail
from tui.widgets.keybar import KeyBar
from tui.widgets.lines import one_line
from tui.widgets.margin import Margin
from tui.widgets.page import Align
from tui.widgets.quick_tags import QuickTags
from tui.widgets.reading_page import ReadingPage
from tui.widgets.sidebar import Sidebar
from tui.widgets.status import Standing, Status, reading_time

if TYPE_CHECKING:
    from tui.finder import Finder

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Repeatable:
    """What was done to a passage: tags given, a note written."""

    tags: tuple[str, ...] = ()
    note: str = ""


POLL_SECONDS = 0.5
"""How often another program's changes are looked for."""
QUIET_SECONDS = 0.25
"""How long after a key nothing is looked for."""
SHOWN_AFTER_SECONDS = 1.0
"""How long work takes before its progress is shown."""
KEEP_SECONDS = 1.0
"""How long after the last key the place is remembered."""


_SITUATIONS = {
    State.ADJUSTING: "adjusting",
    State.SELECTION: "selection",
    State.HIGHLIGHT: "highlight",
    State.LINK: "link",
    State.LOOSE: "loose",
}
"""What decides which keys matter on the page, the first that holds."""


class Reader(Commanded):
    """The one screen that is always there; the dialogs open over it.

    Args:
        desk: The library and the open document.
        keys: The keys of each command.
        measure: Cells of a line of text.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.READER)
    AUTO_FOCUS = "ReadingPage"
    DEFAULT_CSS = """
    Reader {
        layout: horizontal;
        layers: base over;
        & > #foot { dock: bottom; height: auto; }
        & > Sidebar, & > Margin { display: none; }
        & > Sidebar.-shown, & > Margin.-shown { display: block; }
        &.-wide > Sidebar { width: 32; }
        &.-wide > Margin { width: 40; }
        &.-narrow > Sidebar, &.-narrow > Margin { display: none; }
        &.-narrow > Sidebar.-open, &.-narrow > Margin.-open {
            display: block;
            layer: over;
            width: 44;
            margin-bottom: 2;
        }
        &.-narrow > Sidebar.-open { dock: left; }
        &.-narrow > Margin.-open { dock: right; }
    }
    """

    def __init__(self, desk: Desk, keys: Keys, measure: int) -> None:
        super().__init__()
        self.desk = desk
        self.keys = keys
        self.page = ReadingPage()
        self.page.set_reactive(ReadingPage.measure, measure)
        self.sidebar = Sidebar()
        self.margin = Margin(lambda highlight: self.page.bar_style(desk.colour(highlight)))
        self.panes = Panes(self, (self.sidebar, self.page, self.margin), self.page)
        self.status = Status()
        self.key_bar = KeyBar()
        self.quick_tags = QuickTags(lambda tag: self.page.chip_style(tag.colour or FIRST_COLOUR))
        self.foot = Vertical(self.status, self.quick_tags, self.key_bar, id="foot")
        self.adjusting: Highlight | None = None
        """The highlight whose edges follow the caret."""
        self.repeatable: Repeatable | None = None
        """What was done last, for another passage."""
        self.trail = Trail()
        self._job: Progress | None = None
        self._last_key = 0.0
        self._kept: tuple[str, int] = ("", 0)

    def compose(self) -> ComposeResult:
        """The panes."""
        for pane in (self.sidebar, self.margin):
            pane.add_class("-shown")
        yield self.sidebar
        yield self.page
        yield self.margin
        yield self.foot

    def on_mount(self) -> None:
        """Show the open document; what the first picture can do without comes after it."""
        self.page.decorate(self._decorations)
        self._lay_open()
        self.call_after_refresh(self._after_first_picture)

    async def _after_first_picture(self) -> None:
        self._show_lists()
        self.set_interval(POLL_SECONDS, self._poll)
        await self.action_command("keep")

    # What holds now

    @property
    def spot(self) -> Highlight | None:
        """The highlight that commands act on: the one that the margin points at, if the caret is in
        it, otherwise the shortest one under the caret."""
        if self._is_pointed_at():
            return self.margin.pointed
        here = self.desk.at(self.page.caret)
        return here[0] if here else None

    def _is_pointed_at(self) -> bool:
        """Whether the caret is in the highlight that the margin points at."""
        pointed = self.margin.pointed
        return pointed is not None and pointed.span.contains(self.page.caret)

    def _index_here(self) -> int:
        """The index of the shortest highlight under the caret, or of the last one before it."""
        here = self.desk.at(self.page.caret)
        return self.desk.index(here[0]) if here else self.desk.nearest(self.page.caret)

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
        document = self.desk.document
        holds = {
            State.ENTRIES: bool(self.desk.documents),
            State.DOCUMENT: document is not None,
            State.TEXT: self.page.source.size > 0,
            State.LOOSE: self.desk.file is not None and self._job is None,
            State.SELECTION: self.page.selection is not None,
            State.EXTENDING: self.page.selecting,
            State.STEADY: not self.page.selecting,
            State.ADJUSTING: self.adjusting is not None,
            State.REPEATABLE: self.repeatable is not None,
            State.LINK: document is not None and self.page.link_here() is not None,
            State.BEHIND: self.trail.can_go_back,
            State.AHEAD: self.trail.can_go_forth,
            State.HIGHLIGHTS: document is not None and document.highlights > 0,
            State.HIGHLIGHT: bool(self.desk.at(self.page.caret)),
            State.HITS: "finder" in vars(self) and len(self.finder.hits) > 0,
            State.BUSY: self._job is not None,
        }
        return State(sum(flag.value for flag, does in holds.items() if does))

    def _situation(self, state: State) -> str:
        """Which of the footers fits."""
        if self.focused is not None and self.focused.has_class("-finding"):
            return "finding"
        pane = self.panes.current
        if pane is self.sidebar:
            return "documents"
        if pane is self.margin:
            return "highlights"
        if State.TEXT not in state:
            return "empty"
        for flag, name in _SITUATIONS.items():
            if flag in state:
                return name
        return "reading"

    def key(self, command: str) -> str:
        """The first key of a command, as people read it."""
        return key_label(self.keys[command][0])

    # Commands

    def reaches(self, command: Command) -> bool:
        """Whether the keys of a command are its own where the focus is."""
        match command.scope:
            case Scope.PAGE:
                return self.panes.current is self.page and not self.is_typing
            case Scope.HIGHLIGHTS:
                return self.margin.has_focus
            case Scope.READER if self.is_typing:
                return all(len(key) > 1 and key != "escape" for key in self.keys[command.id])
            case _:
                return True

    @on(KeyBar.Pressed)
    async def _pressed(self, event: KeyBar.Pressed) -> None:
        await self.action_command(event.command)

    def on_key(self, event: events.Key) -> None:
        """Remember when: what can wait does."""
        self._last_key = monotonic()

    def complain(self, message: str) -> None:
        """Show what went wrong."""
        self.say(message, "error")

    def say(self, message: str, severity: SeverityLevel = "information") -> None:
        """Show a line for a moment; whatever is in it is text."""
        self.notify(visible(message), severity=severity, markup=False)

    def ask(self, dialog: Dialog[T], then: Callable[[T], object]) -> AwaitMount:
        """Open a dialog, and go on with what it gives, if anything."""

        def go_on(given: T | None) -> None:
            if given is not None:
                then(given)

        return self.app.push_screen(dialog, go_on)

    def visit(self, screen: Screen[None]) -> AwaitMount:
        """Open a screen over this one."""
        return self.app.push_screen(screen)

    def go(self, document_id: str, span: Span) -> None:
        """Go to a place in any document, back from the screens over this one.

        Raises:
            NotFoundError: There is no such document.
        """
        document = self.desk.library.documents.get(document_id)
        while self.app.screen is not self:
            self.app.pop_screen()
        if self.desk.document is None or self.desk.document.id != document_id:
            self.open(document, span.start)
        self.panes.to_page()
        self.page.go_to(span.start)
        self.page.reveal(span)

    def act(self, change: Callable[[], T], message: str = "") -> T | None:
        """Change the library, then show what it has become; ``None``, and a line, if it fails."""
        try:
            given = change()
        except FlorilegiumError as error:
            self.say(str(error), "error")
            return None
        self.reload()
        if message:
            self.say(message)
        return given

    def start(self, job: Job[T]) -> None:
        """Do long work aside, with its progress in sight."""
        if self._job is not None:
            self.say("Wait for the work that is going on, or stop it with Escape", "warning")
            return
        progress = self._job = Progress()
        self.set_timer(SHOWN_AFTER_SECONDS, lambda: self._show_progress(job, progress))
        self.run_worker(lambda: self._work(job, progress), thread=True)

    def _show_progress(self, job: Job[T], progress: Progress) -> None:
        """Show how far the work has got, if it is still going on."""
        from tui.widgets.progress_line import ProgressLine

        if self._job is progress:
            self.foot.mount(ProgressLine(job.title, job.unit, progress), before=0)
            self.refresh_lines()

    def _work(self, job: Job[T], progress: Progress) -> None:
        """In a thread."""
        from annotations import open_library

        try:
            with open_library(self.desk.library.path, coder=self.desk.library.coder) as library:
                given = job.work(library, progress)
        except (Stopped, ImportCancelled):
            self.app.call_from_thread(self._ended, lambda: self.say(f"Stopped: {job.title}"))
        except FlorilegiumError as error:
            message = str(error)
            self.app.call_from_thread(self._ended, lambda: self.say(message, "error"))
        else:
            self.app.call_from_thread(self._ended, lambda: job.then(given))

    def _ended(self, then: Callable[[], None]) -> None:
        self._job = None
        self.foot.query("ProgressLine").remove()
        then()
        self.reload()

    def stop_job(self) -> None:
        """Ask the work that is going on to stop."""
        if self._job is not None:
            self._job.stopping = True

    # The document

    @cached_property
    def finder(self) -> Finder:
        """The search in the open document, made when it is first needed."""
        from tui.finder import Finder

        return Finder(self, self.desk.search)

    def spot_here(self) -> Spot | None:
        """Where the reader is, to come back to."""
        document = self.desk.document
        return Spot(document.id, self.page.caret) if document else None

    def leave_mark(self) -> None:
        """Remember where the reader is, before a jump."""
        if here := self.spot_here():
            self.trail.leave(here)

    def open(self, document: Document, position: int | None = None) -> None:
        """Read another document, from a position or from where reading stopped."""
        self.keep_position()
        self.desk.open(document)
        vars(self).pop("finder", None)
        self._lay_open(position)
        self._show_lists()
        self.panes.to_page()

    def _lay_open(self, position: int | None = None) -> None:
        """Put the open text on the page."""
        at = self.desk.position() if position is None else position
        self.page.open(self.desk.source(), at, Align.CENTRE)
        self.refresh_lines()

    def keep_position(self) -> None:
        """Remember where the reader is."""
        document = self.desk.document
        if document is None or self._kept == (document.id, self.page.caret):
            return
        self._kept = (document.id, self.page.caret)
        # Reading goes on where nothing can be written; that is said when a highlight is made.
        with suppress(FlorilegiumError):
            self.desk.library.documents.save_position(*self._kept)

    def reload(self) -> None:
        """Show the library as it is now."""
        before = self.desk.document
        try:
            self.desk.refresh()
        except FlorilegiumError as error:
            self.say(str(error), "error")
            return
        if before is not None and self.desk.document is None:
            self.say(f"“{one_line(before.title)}” has been deleted", "warning")
            self.desk.open_first()
            self._lay_open()
        elif before is None and self.desk.file is None and self.desk.documents:
            self.desk.open_first()
            self._lay_open()
        self.page.refresh_decorations()
        self._show_lists()
        self.refresh_lines()

    def _poll(self) -> None:
        """Look whether another program has changed the library."""
        if monotonic() - self._last_key < QUIET_SECONDS:
            return
        try:
            changed = self.desk.library.changed()
        except FlorilegiumError as error:
            self.say(str(error), "error")
            return
        if changed:
            self.reload()
            for line in self.desk.library.journal.overwritten():
                self.say(line, "warning")
        elif monotonic() - self._last_key > KEEP_SECONDS:
            self.keep_position()

    # What is shown

    def _decorations(self, start: int, end: int) -> Iterator[Decoration]:
        """What is painted over a stretch of the text."""
        for each in self.desk.touching(start, end):
            yield Decoration(each.start, each.end, self.desk.colour(each))
        for waiting in self.desk.file.waiting if self.desk.file else ():
            colour = self.desk.tag_colour(waiting.tags[0]) if waiting.tags else FIRST_COLOUR
            yield Decoration(waiting.span.start, waiting.span.end, colour)
        if "finder" in vars(self):
            yield from self.finder.decorations(start, end)

    def _show_lists(self) -> None:
        """Fill the side panes."""
        document = self.desk.document
        self.sidebar.show(self.desk.documents, document.id if document else "")
        self.margin.show(self.desk.highlights, self._index_here())
        marks = [
            GutterMark(each.start, GutterKind.HIGHLIGHT, self.desk.colour(each))
            for each in self.desk.highlights
        ]
        self.page.mark_gutter(marks)

    def show_hits(self) -> None:
        """Show what the search has found so far."""
        self.page.refresh_decorations()
        self.refresh_lines()

    def refresh_lines(self) -> None:
        """Show the status and the keys that fit what holds now."""
        state = self.state
        self.status.show(self._standing(state))
        self._show_quick_tags(state)
        hints = [
            (command.id, self.key(command.id), command.hint or command.name.lower())
            for command in footer(self._situation(state), state)
        ]
        self.key_bar.show(hints)

    def _show_quick_tags(self, state: State) -> None:
        """Show, while text is selected, what the digits give, in place of the status."""
        wanted = State.SELECTION in state and State.ADJUSTING not in state
        if wanted and self.desk.document is not None:
            self.quick_tags.show(self.desk.library.codebook.at_hand())
        else:
            wanted = False
        self.quick_tags.display = wanted
        self.status.display = not wanted

    def _standing(self, state: State) -> Standing:
        document, file = self.desk.document, self.desk.file
        if document is None and file is None:
            return Standing("No document")
        chips = [
            (path, self.page.chip_style(self.desk.tag_colour(path)))
            for each in self.desk.at(self.page.caret)
            for path in each.tags
        ]
        share = self.page.caret / self.page.source.size if self.page.source.size else 1.0
        number = document.highlights if document else len(file.waiting) if file else 0
        count = f"{number:,} highlight{'' if number == 1 else 's'}" if number else ""
        loose = "not in the library" if State.LOOSE in state else ""
        left = reading_time(self.page.source.size - self.page.caret)
        found = self.finder.described if "finder" in vars(self) else ""
        facts = filter(None, [loose, count, found, left, f"{share:.0%}"])
        mode = "selecting" if State.EXTENDING in state else ""
        return Standing(self.desk.title, tuple(dict.fromkeys(chips)), mode, tuple(facts))

    @on(ReadingPage.CaretMoved)
    def _caret_moved(self) -> None:
        if not (self.margin.has_focus and self._is_pointed_at()):
            self.margin.point(self._index_here())
        self.refresh_lines()

    @on(ReadingPage.SelectionChanged)
    def _selection_changed(self) -> None:
        if self.page.selection is None:
            self.adjusting = None
        self.refresh_lines()

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _focus_moved(self) -> None:
        self.call_after_refresh(self.refresh_lines)

    @on(Sidebar.Opened)
    def _opened(self, event: Sidebar.Opened) -> None:
        self.leave_mark()
        self.open(event.document)

    @on(Margin.Pointed)
    def _pointed(self, event: Margin.Pointed) -> None:
        highlight = self.desk.highlights[event.index]
        self.page.go_to(highlight.start)
        self.page.reveal(highlight.span)
