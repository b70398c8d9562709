"""The acts on the passages that answer a query: on the marked ones, or on the one pointed at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from annotations.library.wording import counted
from annotations.model import COLOURS
from annotations.query import Language
from tui.actions.kept import ask_kept, keep
from tui.actions.picking import tag_picker
from tui.catalogue import TitleOf
from tui.found import Found
from tui.jobs import Job, Progress

if TYPE_CHECKING:
    from annotations.library.coding import Candidate, Extent
    from annotations.library.library import Library
    from annotations.library.tags import Clash
    from tui.screens.passages import PassagesScreen
    from tui.screens.reader import Reader
    from tui.screens.tag_picker import Entry


def start(reader: Reader) -> Awaitable[None]:
    """Ask for passages."""
    from tui.screens.passages import PassagesScreen

    return reader.visit(PassagesScreen(reader))


def leave(screen: PassagesScreen) -> None:
    """Back; out of the field first, if there is a list."""
    if screen.is_typing and screen.cards.items:
        screen.set_focus(screen.cards)
    else:
        screen.dismiss()


def query(screen: PassagesScreen) -> None:
    """Type another query."""
    screen.set_focus(screen.field)


def open_(screen: PassagesScreen) -> None:
    """Go to the passage in its document."""
    pointed = screen.cards.pointed
    if pointed is not None:
        screen.reader.go(pointed.document, pointed.span)


def mark(screen: PassagesScreen) -> None:
    """Mark the passage and go on to the next."""
    screen.cards.mark()


def mark_all(screen: PassagesScreen) -> None:
    """Mark all, or none if all are marked."""
    found = screen.cards.items
    if len(screen.cards.marked) == len(found) or not isinstance(found, Found):
        screen.cards.unmark()
    else:
        screen.cards.have_marked(screen.desk.library.highlights.ids(found.numbers))


def tag(screen: PassagesScreen) -> Awaitable[None]:
    """Give them a tag."""
    ids = screen.chosen

    def give(entry: Entry) -> None:
        def change(library: Library) -> list[Clash]:
            library.highlights.tag(ids, [entry.path])
            return library.codebook.clashes(ids)

        def tell(clashes: list[Clash]) -> None:
            screen.say(f"Tagged {counted(len(ids), 'passage')} with {entry.path}")
            screen.warn(clashes)

        screen.act_on_many("Tagging", 2 * len(ids), change, tell)

    return screen.ask(tag_picker(screen.reader, f"Tag {counted(len(ids), 'passage')}"), give)


def untag(screen: PassagesScreen) -> Awaitable[None] | None:
    """Take a tag off them."""
    ids = screen.chosen

    def take(entry: Entry) -> None:
        screen.act_on_many(
            f"Taking off {entry.path}",
            2 * len(ids),
            lambda library: library.highlights.untag(ids, [entry.path]),
            lambda _: screen.say(f"Took {entry.path} off {counted(len(ids), 'passage')}"),
        )

    worn = screen.desk.library.codebook.borne(ids)
    if not worn:
        screen.say("They bear no tag")
        return None
    title = f"Take off {counted(len(ids), 'passage')}"
    return screen.ask(tag_picker(screen.reader, title, worn, making=False), take)


def split(screen: PassagesScreen) -> Awaitable[None] | None:
    """Give them another tag instead of one that they bear."""
    ids = screen.chosen
    worn = screen.desk.library.codebook.borne(ids)
    if screen.splitting:
        return _split_into(screen, ids, screen.splitting)
    if not worn:
        screen.say("They bear no tag")
        return None
    return screen.ask(
        tag_picker(screen.reader, "Which tag is to be replaced?", worn, making=False),
        lambda entry: _split_into(screen, ids, entry.path),
    )


def _split_into(screen: PassagesScreen, ids: list[str], path: str) -> Awaitable[None]:
    def replace(entry: Entry) -> None:
        def change(library: Library) -> tuple[int, list[Clash]]:
            return library.codebook.split(path, entry.path, ids), library.codebook.clashes(ids)

        def tell(done: tuple[int, list[Clash]]) -> None:
            number, clashes = done
            screen.cards.unmark()
            screen.say(f"Moved {counted(number, 'passage')} from {path} to {entry.path}")
            screen.warn(clashes)

        screen.act_on_many(f"Replacing {path}", 2 * len(ids), change, tell)

    others = [each for each in screen.desk.tags if each != path]
    return screen.ask(tag_picker(screen.reader, f"Instead of {path}", others), replace)


def colour(screen: PassagesScreen) -> Awaitable[None]:
    """Give them a colour of their own, or none."""
    from tui.screens.choice import Choice, Option

    ids = screen.chosen
    page = screen.reader.page
    options = [Option("", "as its first tag")]
    options += [Option(name, name, page.chip_style(name)) for name in COLOURS]

    def give(name: str) -> None:
        screen.act_on_many(
            "Colouring",
            len(ids),
            lambda library: library.highlights.colour(ids, name),
            lambda _: screen.say(f"Coloured {counted(len(ids), 'passage')}"),
        )

    return screen.ask(Choice(f"Colour of {counted(len(ids), 'passage')}", options, ""), give)


def remove(screen: PassagesScreen) -> Awaitable[None] | None:
    """Remove the highlights; more than one only if the user is sure."""
    from tui.screens.confirm import Confirm

    ids = screen.chosen
    undo = screen.reader.key("undo")

    def take_away(_: bool) -> None:
        screen.cards.unmark()
        screen.act_on_many(
            "Removing",
            2 * len(ids),
            lambda library: library.highlights.remove(ids),
            lambda _: screen.say(
                f"Removed {counted(len(ids), 'highlight')}; {undo} brings them back"
            ),
        )

    if len(ids) == 1:
        take_away(True)
        return None
    detail = f"Their notes and tags go with them. {undo} brings them back."
    return screen.ask(Confirm(f"Remove {counted(len(ids), 'highlight')}?", detail), take_away)


def code(screen: PassagesScreen) -> Awaitable[None]:
    """Tag the sentences or paragraphs of the passages, after a look at them."""
    asked = screen.query_text
    return code_found(
        screen.reader,
        lambda library, extent: library.coding.of_passages(asked, extent),
        screen.refill,
    )


def code_found(
    reader: Reader,
    find: Callable[[Library, Extent], Iterator[Candidate]],
    then: Callable[[], None],
) -> Awaitable[None]:
    """Code what is found.

    Args:
        reader: The screen at the bottom.
        find: Finds it, as far as is asked; in a thread, with a library of its own.
        then: Shows what the library has become.
    """
    from annotations.library.coding import Extent
    from tui.screens.choice import Choice, Option

    options = [
        Option(Extent.MATCH, "what was found itself"),
        Option(Extent.SENTENCE, "its sentence"),
        Option(Extent.PARAGRAPH, "its paragraph"),
    ]

    def look(extent: str) -> None:
        def gather(library: Library, progress: Progress) -> list[Candidate]:
            found: list[Candidate] = []
            for candidate in find(library, Extent(extent)):
                found.append(candidate)
                progress.check(len(found))
            return found

        reader.start(Job("Gathering passages", "passages", gather, partial(_preview, reader, then)))

    return reader.ask(Choice("What is to be tagged?", options, Extent.SENTENCE), look)


def _preview(reader: Reader, then: Callable[[], None], found: list[Candidate]) -> None:
    from tui.screens.coding import CodingPreview

    if found:
        titles = TitleOf(reader.desk.library.documents.titles)
        reader.ask(CodingPreview(titles, found), partial(_choose_tag, reader, then))
    else:
        reader.say("There is nothing to tag")


def _choose_tag(reader: Reader, then: Callable[[], None], kept: list[Candidate]) -> None:
    if not kept:
        reader.say("Nothing is left to tag")
        return

    def apply(entry: Entry) -> None:
        def work(library: Library, progress: Progress) -> tuple[int, list[Clash]]:
            progress.total = len(kept)
            number = library.coding.apply(kept, [entry.path], progress=progress.check)
            return number, library.codebook.clashes_of([entry.path])

        def tell(done: tuple[int, list[Clash]]) -> None:
            number, clashes = done
            undo = reader.key("undo")
            reader.say(
                f"Tagged {counted(number, 'passage')} with {entry.path}; {undo} takes it back"
            )
            reader.warn(clashes)
            reader.reload()
            then()

        reader.start(Job("Tagging", "passages", work, tell))

    title = f"Tag {counted(len(kept), 'passage')} with"
    reader.ask(tag_picker(reader, title), apply)


def export(screen: PassagesScreen) -> Awaitable[None]:
    """Export just these passages."""
    from tui.actions.exchange import export_passages

    return export_passages(screen.reader, screen.query_text)


def save(screen: PassagesScreen) -> Awaitable[None]:
    """Keep the query under a name."""
    return keep(screen, screen.field.value, Language.PASSAGES)


def recall(screen: PassagesScreen) -> Awaitable[None] | None:
    """Ask a query that was kept."""
    return ask_kept(screen, Language.PASSAGES, "passage-save", screen.ask_again)
