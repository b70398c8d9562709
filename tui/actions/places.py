"""Going to places of the document: by the outline, a word, a number, a link, and back."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from annotations.errors import InvalidError
from annotations.model import Document, Mark, MarkKind, Passage
from tui.jobs import Job, Progress
from tui.widgets.lines import one_line
from tui.widgets.page import Align

if TYPE_CHECKING:
    from annotations.library.library import Library
    from annotations.text.find import Wanted
    from tui.screens.places import Place
    from tui.screens.reader import Reader
    from tui.trail import Spot

_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%")
_PAGE = re.compile(r"(?:p|page)[. ]*(\S+)", re.IGNORECASE)
_OCCURRENCES = 5_000
"""The most places of a word that are listed."""
_CONTEXT = 160
"""Code points of context on either side of a word."""

Goal = tuple[str, str]
"""``share``, ``page`` or ``paragraph``, and which."""


def outline(reader: Reader) -> Awaitable[None] | None:
    """Choose a heading and go there."""
    from tui.screens.places import Place, Places

    document = reader.desk.document
    if document is None:
        return None
    headings = reader.desk.outline
    if not headings:
        reader.say("This document has no headings")
        return None
    top = min(heading.level for heading in headings)
    places = [
        Place(heading.start, heading.title, depth=heading.level - top) for heading in headings
    ]
    return reader.ask(Places("Outline", places, reader.page.caret), partial(go_to, reader))


def bookmarks(reader: Reader) -> Awaitable[None] | None:
    """Choose a bookmark and go there."""
    from tui.screens.places import Place, Places

    document, positions = reader.desk.document, reader.desk.bookmarks
    if document is None or not positions:
        reader.say(f"There are no bookmarks here; {reader.key('bookmark')} puts one")
        return None
    places = []
    for position in positions:
        passage = reader.desk.library.documents.passage_at(document.id, position)
        local = position - passage.start
        places.append(Place(position, passage.unmarked(local, local + _CONTEXT)))
    return reader.ask(Places("Bookmarks", places, reader.page.caret), partial(go_to, reader))


def bookmark(reader: Reader) -> None:
    """Put a bookmark on the sentence under the caret, or take it away."""
    document = reader.desk.document
    if document is None:
        return
    sentence = reader.page.sentence_here()
    position = sentence.start if sentence else reader.page.caret
    toggle = reader.desk.library.reading.toggle_bookmark
    reader.act(
        lambda: toggle(document.id, position),
        lambda there: reader.say("Bookmark put" if there else "Bookmark taken away"),
    )


def occurrences(reader: Reader) -> None:
    """List every place of the word under the caret."""
    from annotations.text.find import pattern

    document = reader.desk.document
    span = reader.page.word_here()
    if document is None or span is None:
        reader.say("There is no word here")
        return
    word = reader.page.text(span)
    wanted = pattern(word, word=True)

    def work(library: Library, progress: Progress) -> list[Place]:
        progress.total = document.length
        found = _found(library, document, wanted, progress)
        return list(islice(found, _OCCURRENCES))

    def show(places: list[Place]) -> None:
        from tui.screens.places import Places

        more = "+" if len(places) == _OCCURRENCES else ""
        title = f"“{one_line(word)}”: {len(places):,}{more}"
        reader.ask(Places(title, places, reader.page.caret), partial(go_to, reader))

    reader.start(Job(f"Looking for “{one_line(word)}”", "characters", work, show))


def _found(
    library: Library, document: Document, wanted: Wanted, progress: Progress
) -> Iterator[Place]:
    """The places of a pattern with their context."""
    from annotations.text.find import hits
    from annotations.text.graphemes import snap
    from tui.screens.places import Place

    for passage in library.documents.passages(document.id):
        progress.check(passage.start)
        for batch in hits(wanted, [(0, passage.text)]):
            for hit in batch:
                first = snap(passage.text, hit.start - _CONTEXT)
                before = passage.unmarked(first, hit.start)
                after = passage.unmarked(hit.start, hit.end + _CONTEXT)
                yield Place(passage.start + hit.start, after, before)


def goto(reader: Reader) -> Awaitable[None]:
    """Go to a share, a page or a paragraph of the document."""
    from tui.screens.prompt import Prompt

    return reader.ask(
        Prompt("Go to", goal_of, hint="50%, page 12, or 12 for the twelfth paragraph"),
        lambda text: _go(reader, goal_of(text)),
    )


def goal_of(text: str) -> Goal:
    """What was typed.

    Raises:
        InvalidError: It is no percentage up to 100, no page and no number.
    """
    text = text.strip()
    if match := _SHARE.fullmatch(text):
        if float(match[1].replace(",", ".")) <= 100:
            return "share", match[1].replace(",", ".")
    elif text.isdecimal() and int(text) > 0:
        return "paragraph", text
    elif match := _PAGE.fullmatch(text):
        return "page", match[1]
    raise InvalidError("Write a percentage (50%), a page (p12) or a paragraph's number (12)")


def _go(reader: Reader, goal: Goal) -> None:
    kind, which = goal
    document = reader.desk.document
    if kind == "share":
        reader.leave_mark()
        reader.page.go_to_share(float(which) / 100)
    elif document is None:
        reader.say("Pages and paragraphs are known once the file is in the library")
    else:
        _look_for(reader, document, partial(_position, goal), f"There is no {kind} {which} here")


def _look_for(
    reader: Reader,
    document: Document,
    look: Callable[[Library, Document, Progress], int | None],
    none: str,
) -> None:
    """Look for a place in a thread, and go there."""

    def arrive(position: int | None) -> None:
        if position is None:
            reader.say(none)
        else:
            go_to(reader, position)

    reader.start(
        Job(
            "Looking for the place",
            "characters",
            lambda library, progress: look(library, document, progress),
            arrive,
        )
    )


def _position(goal: Goal, library: Library, document: Document, progress: Progress) -> int | None:
    """Where a page or a paragraph begins."""
    kind, which = goal
    progress.total = document.length
    seen = 0
    for passage in library.documents.passages(document.id):
        progress.check(passage.start)
        if kind == "page":
            for mark in passage.marks:
                if mark.kind is MarkKind.PAGE and mark.value == which:
                    return passage.start + mark.start
            continue
        for block in passage.blocks:
            seen += not block.continues
            if seen == int(which) and not block.continues:
                return passage.start + block.start
    return None


def follow(reader: Reader) -> None:
    """Follow the link under the caret, or look at the footnote."""
    mark = reader.page.link_here()
    document = reader.desk.document
    if mark is None or document is None:
        reader.say("There is no link here")
        return
    if mark.kind is MarkKind.FOOTNOTE:
        _peek(reader, document, mark)
        return
    if mark.value.startswith("#"):
        name = mark.value.removeprefix("#")
        _look_for(reader, document, partial(_anchor, name), f"There is no place called {name}")
        return
    import webbrowser

    opened = mark.value.startswith(("http://", "https://", "mailto:"))
    opened = opened and webbrowser.open(mark.value)
    reader.say(f"{'Opened' if opened else 'The link goes to'} {mark.value}")
    return


def _anchor(name: str, library: Library, document: Document, progress: Progress) -> int | None:
    """Where the ANCHOR of a name begins."""
    found = _anchored(name, library, document, progress)
    return found[0].start + found[1].start if found else None


def _anchored(
    name: str, library: Library, document: Document, progress: Progress
) -> tuple[Passage, Mark] | None:
    """The ANCHOR of a name, and the passage that it is in."""
    progress.total = document.length
    names = {name, unquote(name)}
    for passage in library.documents.passages(document.id):
        progress.check(passage.start)
        for mark in passage.marks:
            if mark.kind is MarkKind.ANCHOR and mark.value in names:
                return passage, mark
    return None


def _peek(reader: Reader, document: Document, mark: Mark) -> None:
    """Show a footnote's text without going there."""

    def work(library: Library, progress: Progress) -> str:
        found = _anchored(mark.value.removeprefix("#"), library, document, progress)
        return found[0].unmarked(found[1].start, found[1].end) if found else ""

    def show(text: str) -> None:
        from tui.screens.peek import Peek

        if text.strip():
            reader.app.push_screen(Peek("Footnote", text.strip()))
        else:
            reader.say("The footnote has no text")

    reader.start(Job("Looking for the footnote", "characters", work, show))


def go_to(reader: Reader, position: int) -> None:
    """Go to a position, remembering where the reader was."""
    reader.leave_mark()
    reader.page.go_to(position, Align.TOP)


def back(reader: Reader) -> None:
    """Go back to where the last jump was made."""
    _walk(reader, reader.trail.back)


def forth(reader: Reader) -> None:
    """Go to where one came back from."""
    _walk(reader, reader.trail.forth)


def _walk(reader: Reader, step: Callable[[Spot], Spot | None]) -> None:
    here = reader.spot_here()
    spot = step(here) if here else None
    if spot is None:
        return
    document = reader.desk.document
    if document is not None and document.id == spot.document:
        reader.page.go_to(spot.position)
        reader.refresh_lines()
    else:
        reader.views.open(reader.desk.library.documents.get(spot.document), spot.position)
