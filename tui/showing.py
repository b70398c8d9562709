"""What the reader shows of what it holds: the state that commands depend on, the status line, the
spans over the text. Reads the reader, changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from annotations.library.wording import counted
from tui.commands import COMMANDS, State
from tui.desk import FIRST_COLOUR
from tui.folders import Kind
from tui.page.gutter import GutterKind, GutterMark
from tui.page.overlay import Decoration
from tui.widgets.lines import clip, one_line
from tui.widgets.status import Standing, reading_time

if TYPE_CHECKING:
    from textual.events import Key

    from annotations.model import Tag
    from tui.screens.commanded import Commanded
    from tui.screens.reader import Reader
    from tui.view import View

_SITUATIONS = {
    State.PLACING | State.SELECTION: "placing-here",
    State.PLACING: "placing",
    State.ADJUSTING: "adjusting",
    State.SELECTION: "selection",
    State.HIGHLIGHT: "highlight",
    State.LINK: "link",
    State.LOOSE: "loose",
    State.UNSETTLED: "changed",
}
"""What decides which keys matter on the page, the first that holds."""
_LACKING = {
    State.DOCUMENT: "No document of the library is open",
    State.TEXT: "There is no text here",
    State.HIGHLIGHTS: "This document has no highlights yet",
    State.HIGHLIGHT: "The caret is in no highlight",
    State.HITS: "Nothing has been found that one could go to",
    State.UNSETTLED: "No highlight of this document was moved or lost",
    State.REPEATABLE: "Nothing has been done yet that could be done again",
    State.BEHIND: "There is no place to go back to",
    State.AHEAD: "There is no place to go forth to",
    State.ENTRIES: "There is nothing in this list",
    State.REMOVED: "This has not been deleted",
    State.FOLDER: "This is no folder that you made",
    State.SMART_FOLDER: "This is no search that you kept",
    State.OWN_FOLDER: "This is no folder that you made, and no search that you kept",
}
"""What is said of a key whose command needs what does not hold, the first of them."""
_COLOURED = 500
"""The most highlights that the gutter marks in their own colours."""
_MOST_CHIPS = 100
"""The most tags that the status names: more than fit on a line."""
_MARKED_HITS = 2_000
"""The most hits that the gutter marks."""


def state_of(reader: Reader) -> State:
    """What holds now."""
    desk, page = reader.desk, reader.page
    document = desk.document
    holds = {
        State.ENTRIES: bool(reader.sidebar.cards.items),
        State.REMOVED: reader.sidebar.folder.kind is Kind.DELETED,
        State.FOLDER: reader.sidebar.folder.kind is Kind.FOLDER,
        State.SMART_FOLDER: reader.sidebar.folder.kind is Kind.SEARCH,
        State.OWN_FOLDER: reader.sidebar.folder.kind in (Kind.FOLDER, Kind.SEARCH),
        State.DOCUMENT: document is not None,
        State.TEXT: not page.is_blank,
        State.LOOSE: desk.file is not None and not reader.working.busy,
        State.SELECTION: page.selection is not None,
        State.EXTENDING: page.selecting,
        State.STEADY: not page.selecting,
        State.ADJUSTING: reader.adjusting is not None,
        State.REPEATABLE: reader.repeatable is not None,
        State.LINK: document is not None and page.link_here() is not None,
        State.BEHIND: reader.trail.can_go_back,
        State.AHEAD: reader.trail.can_go_forth,
        State.HIGHLIGHTS: document is not None and document.highlights > 0,
        State.HIGHLIGHT: reader.spot is not None,
        State.HITS: reader.view.searches and len(reader.finder.hits) > 0,
        State.UNSETTLED: bool(desk.unsettled),
        State.PLACING: reader.placing is not None,
        State.BUSY: reader.working.busy or reader.acts.waiting > 0,
    }
    return State(sum(flag.value for flag, does in holds.items() if does))


def lacking(screen: Commanded, event: Key) -> str:
    """Why a key does nothing now; empty if it is nobody's."""
    key, state = event.character if event.is_printable else event.key, screen.state
    return next(
        (
            why
            for command in COMMANDS
            if key in screen.keys[command.id]
            and command.scope in screen.scopes
            and screen.reaches(command)
            for need, why in _LACKING.items()
            if need in command.needs and need not in state
        ),
        "",
    )


def situation(reader: Reader, state: State) -> str:
    """Which of the footers fits."""
    if reader.focused is not None and reader.focused.has_class("-finding"):
        return "finding"
    if reader.focused is not None and reader.focused.has_class("-filtering"):
        return "filtering"
    pane = reader.panes.current
    if pane is reader.sidebar:
        if reader.sidebar.cards.has_focus:
            return "listed" if State.ENTRIES in state else "nothing-listed"
        return "folders" if reader.sidebar.folders.has_focus else "documents"
    if pane is reader.margin:
        return "highlights"
    if State.TEXT not in state:
        return "empty"
    return next((name for flag, name in _SITUATIONS.items() if flag in state), "reading")


def standing(reader: Reader, state: State) -> Standing:
    """What the status line says."""
    desk, page = reader.desk, reader.page
    document, file = desk.document, desk.file
    if document is None and file is None:
        return Standing("No document")
    paths = dict.fromkeys(path for each in desk.at(page.caret) for path in each.tags)
    chips = tuple(
        (path, page.chip_style(desk.tag_colour(path))) for path in islice(paths, _MOST_CHIPS)
    )
    size = page.source.size if State.TEXT in state else 0
    number = document.highlights if document else len(desk.waiting)
    facts = (
        reader.watched,
        "not in the library" if State.LOOSE in state else "",
        counted(number, "highlight") if number else "",
        ", ".join(f"{count:,} {status}" for status, count in desk.unsettled.items()),
        reader.finder.described if reader.view.searches else "",
        reading_time(reader.view.minutes_left) if size else "no text",
        f"{page.caret / size if size else 1.0:.0%}",
    )
    marked = len(reader.sidebar.cards.marked) + len(reader.margin.marked)
    mode = f"{marked:,} marked" if marked else ""
    if State.EXTENDING in state:
        mode = "selecting"
    if reader.placing is not None:
        mode = f"placing “{clip(one_line(reader.placing.quote[:100]), 30)}”"
    return Standing(desk.title, chips, mode, tuple(filter(None, facts)))


def quick_tags(reader: Reader, state: State) -> Mapping[str, Tag] | None:
    """What the digits give, while text is selected."""
    wanted = State.SELECTION in state and State.ADJUSTING not in state
    return reader.desk.at_hand if wanted and reader.desk.document is not None else None


def decorations(view: View, start: int, end: int) -> Iterator[Decoration]:
    """What is painted over a stretch of the text."""
    desk = view.desk
    for each in desk.touching(start, end):
        yield Decoration(each.start, each.end, desk.colour(each))
    for waiting in desk.waiting if desk.file else ():
        colour = desk.tag_colour(waiting.tags[0]) if waiting.tags else FIRST_COLOUR
        yield Decoration(waiting.span.start, waiting.span.end, colour)
    if view.searches:
        yield from view.finder.decorations(start, end)


def gutter_marks(view: View) -> Iterator[GutterMark]:
    """Where highlights, headings, bookmarks and hits lie along the scroll bar."""
    desk = view.desk
    for position in desk.bookmarks:
        yield GutterMark(position, GutterKind.BOOKMARK)
    for heading in desk.outline:
        yield GutterMark(heading.start, GutterKind.HEADING)
    if len(desk.highlights) <= _COLOURED:
        for each in desk.highlights.in_text():
            yield GutterMark(each.start, GutterKind.HIGHLIGHT, desk.colour(each))
    else:
        for start in desk.highlights.starts():
            yield GutterMark(start, GutterKind.HIGHLIGHT)
    if view.searches:
        hits = view.finder.hits
        step = max(1, len(hits) // _MARKED_HITS)
        for number in range(0, len(hits), step):
            yield GutterMark(hits[number].start, GutterKind.HIT)
