"""The acts on the documents of the sidebar's list: those marked, or the one pointed at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from annotations.errors import InvalidError
from annotations.library.marks import Mark
from annotations.library.sections import Sort
from annotations.library.wording import counted
from tui.widgets.lines import titled

if TYPE_CHECKING:
    from annotations.library.library import Library
    from tui.screens.reader import Reader


def open_listed(reader: Reader) -> None:
    """Open the document that the list points at.

    Raises:
        InvalidError: It has been deleted.
    """
    from tui.commands import State

    document = reader.sidebar.pointed
    if document is None:
        return
    if State.REMOVED in reader.state:
        raise InvalidError(f"It has been deleted: {reader.key('document-restore')} brings it back")
    reader.leave_mark()
    reader.views.open(document)


def enter_list(reader: Reader) -> None:
    """Go down from the filter into the list."""
    cards = reader.sidebar.cards
    reader.set_focus(cards)
    cards.move(1)


def filter_(reader: Reader) -> None:
    """Go to the filter."""
    reader.set_focus(reader.sidebar.field)


def mark(reader: Reader) -> None:
    """Mark the document, or take the mark off, and go on to the next."""
    reader.sidebar.cards.mark()


def mark_all(reader: Reader) -> None:
    """Mark all documents of the list, or none."""
    reader.sidebar.cards.mark_all()


def delete(reader: Reader) -> Awaitable[None] | None:
    """Delete the documents, if the user is sure."""
    from tui.commands import State
    from tui.screens.confirm import Confirm

    ids = reader.browsing.chosen
    if not ids or State.REMOVED in reader.state:
        return None
    highlights = reader.desk.library.documents.titles.highlights(ids)
    takes = f", with {counted(highlights, 'highlight')}," if highlights else ""
    these, leave, it = ("this document", "leaves", "it")
    if len(ids) > 1:
        these, leave, it = ("these documents", "leave", "them")
    detail = (
        f"{_named(reader, ids)}{takes} {leave} the list. "
        f"{reader.key('undo')} in the text brings {it} back."
    )

    def go_on(_: bool) -> None:
        reader.sidebar.cards.unmark()
        _act(reader, "Deleting", lambda library: library.documents.delete(ids), ids, "Deleted {}")

    return reader.ask(Confirm(f"Delete {these}?", detail), go_on)


def restore(reader: Reader) -> None:
    """Bring the deleted documents back."""
    ids = reader.browsing.chosen
    reader.sidebar.cards.unmark()
    said = "Brought back {}"
    _act(reader, "Bringing back", lambda library: library.documents.restore(ids), ids, said)


def read(reader: Reader) -> None:
    """Say that the documents have been read; if they have, that they have not."""
    _toggle(reader, Mark.READ, "read", "not read yet")


def to_read(reader: Reader) -> None:
    """Put the documents on the list to read; if they are on it, take them off."""
    _toggle(reader, Mark.TO_READ, "to be read", "not to be read")


def _toggle(reader: Reader, mark: Mark, so: str, otherwise: str) -> None:
    ids = reader.browsing.chosen

    def change(library: Library) -> str:
        return f"{{}}: {so if library.marks.toggle(ids, mark) else otherwise}"

    _act(reader, "Marking", change, ids)


def edit(reader: Reader) -> Awaitable[None] | None:
    """Edit the fields of the documents."""
    from tui.screens.document_form import FIELDS, DocumentForm

    ids = reader.browsing.chosen
    if not ids:
        return None
    known = reader.desk.library.documents.titles.shared(ids, list(FIELDS))

    def write(fields: Mapping[str, str]) -> None:
        if fields:

            def change(library: Library) -> int:
                return library.documents.edit_all(ids, **fields)

            _act(reader, "Editing", change, ids, "Edited {}")

    return reader.ask(DocumentForm(known, len(ids)), write)


def put(reader: Reader) -> Awaitable[None] | None:
    """Put the documents into a folder, which may be a new one."""
    from tui.screens.path_picker import PathPicker

    ids = reader.browsing.chosen
    if not ids:
        return None
    paths = [each.path for each in reader.desk.library.folders.list()]

    def go_on(path: str) -> None:
        said = f"Put {{}} into {path}"
        _act(reader, "Putting", lambda library: library.folders.put(path, ids), ids, said)

    return reader.ask(PathPicker(f"Put {_named(reader, ids)} into", paths), go_on)


def take_out(reader: Reader) -> None:
    """Take the documents out of the folder that is shown."""
    ids, path = reader.browsing.chosen, reader.browsing.folder.path
    reader.sidebar.cards.unmark()
    said = f"Took {{}} out of {path}"
    _act(reader, "Taking out", lambda library: library.folders.take_out(path, ids), ids, said)


def sort(reader: Reader) -> Awaitable[None]:
    """Choose the order of the list."""
    from tui.browsing import ORDERED
    from tui.screens.choice import Choice, Option

    section = reader.browsing.section
    options = [Option(each, _capital(words[0])) for each, words in ORDERED.items()]

    def go_on(name: str) -> None:
        reader.browsing.order_by(Sort(name), reverse=False)
        reader.say(f"{_capital(reader.browsing.order)}; {reader.key('document-reverse')} reverses")

    return reader.ask(Choice("Order of the documents", options, section.sort), go_on)


def reverse(reader: Reader) -> None:
    """Turn the order of the list round."""
    section = reader.browsing.section
    reader.browsing.order_by(section.sort, not section.reverse)
    reader.say(_capital(reader.browsing.order))


def folders(reader: Reader) -> None:
    """Show the folders and go there."""
    reader.browsing.open_folders()
    reader.set_focus(reader.sidebar.folders)


def _act(
    reader: Reader,
    title: str,
    change: Callable[[Library], object],
    ids: Sequence[str],
    said: str = "",
) -> None:
    """Do something with documents, aside where they are very many, and say it of them; ``change``
    gives what to say where it is not ``said`` before."""
    if ids:
        named = _named(reader, ids)
        reader.acts.do_many(
            title,
            len(ids),
            change,
            lambda given: reader.say((said or str(given)).replace("{}", named)),
        )


def _named(reader: Reader, ids: Sequence[str]) -> str:
    if len(ids) == 1:
        title = reader.desk.library.documents.get(ids[0]).title
        return titled(title)
    return counted(len(ids), "document")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
