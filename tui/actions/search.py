"""Searching the library."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from annotations.model import Tag
from annotations.query import Language
from annotations.text.span_list import SpanList
from tui.actions.kept import ask_kept, keep

if TYPE_CHECKING:
    from annotations.library.coding import Candidate, Extent
    from annotations.library.library import Library
    from tui.screens.reader import Reader
    from tui.screens.search import SearchScreen

_BATCH = 500
"""Hits that are handed over at once."""


def start(reader: Reader) -> Awaitable[None]:
    """Search all documents."""
    from tui.screens.search import SearchScreen

    return reader.visit(SearchScreen(reader))


def leave(screen: SearchScreen) -> None:
    """Back; out of the field first, if something was found."""
    if screen.is_typing and screen.answer is not None and screen.cards.items:
        screen.set_focus(screen.cards)
    else:
        screen.dismiss()


def query(screen: SearchScreen) -> None:
    """Type another search."""
    screen.set_focus(screen.field)


def open_(screen: SearchScreen) -> Awaitable[None] | None:
    """Go to the place, with all hits of the document marked; to the passages of a tag; search for
    what is suggested."""
    from annotations.query.fields import tag_query
    from tui.screens.found_cards import Place, Suggestion
    from tui.screens.passages import PassagesScreen

    match screen.cards.pointed:
        case Suggestion(asked, _):
            screen.ask_again(asked)
        case Tag(path=path):
            return screen.reader.visit(PassagesScreen(screen.reader, tag_query(path)))
        case Place() as place if screen.answer is not None:
            screen.remember()
            reader, asked = screen.reader, screen.answer.query
            document = place.found.document.id
            reader.leave_mark()
            reader.go(document, place.span)
            if place.is_hit:
                library = reader.desk.library
                reader.finder.follow(lambda: _hits(library, asked, document), place.span.start)
    return None


def _hits(opened: Library, asked: str, document: str) -> Iterator[SpanList]:
    """In a thread: the hits in a document."""
    with opened.beside() as library:
        hits = library.search.hits(asked, document)
        while batch := SpanList((hit.start, hit.end) for hit in islice(hits, _BATCH)):
            yield batch


def mark(screen: SearchScreen) -> None:
    """Mark the place and go on to the next."""
    screen.cards.mark()


def mark_all(screen: SearchScreen) -> None:
    """Mark all that are listed, or none if all are marked."""
    screen.cards.mark_all()


def code(screen: SearchScreen) -> Awaitable[None] | None:
    """Tag the marked places, or all, after a look at them."""
    from tui.actions.passages import code_found

    if screen.answer is None:
        return None
    screen.remember()
    asked, marked = screen.answer.query, screen.marked

    def find(library: Library, extent: Extent) -> Iterator[Candidate]:
        coding = library.coding
        return coding.of_hits(marked, extent) if marked else coding.of_search(asked, extent)

    return code_found(screen.reader, find, screen.refill)


def export(screen: SearchScreen) -> Awaitable[None] | None:
    """Export the marked places, or all."""
    from tui.actions.exchange import export_hits

    if screen.answer is None:
        return None
    screen.remember()
    asked = screen.answer.query
    return export_hits(screen.reader, lambda library: library.search.hits(asked), screen.marked)


def save(screen: SearchScreen) -> Awaitable[None] | None:
    """Keep the search under a name: it becomes a folder of the sidebar."""
    return keep(screen, screen.answer.query, Language.SEARCH) if screen.answer else None


def recall(screen: SearchScreen) -> Awaitable[None] | None:
    """Search for what was kept."""
    return ask_kept(screen, Language.SEARCH, "hit-save", screen.ask_again)
