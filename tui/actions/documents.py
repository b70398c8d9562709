"""The acts on the documents of the sidebar's list: those marked, or the one pointed at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from annotations.errors import InvalidError
from annotations.library.marks import Mark
from annotations.library.sections import Sort
from annotations.library.wording import counted
from tui.widgets.lines import clip, one_line, quoted

if TYPE_CHECKING:
    from annotations.library.marks import Standing
    from annotations.model import Document
    from tui.screens.reader import Reader

_TITLE_CELLS = 48
"""Of a title in a line that says what was done."""


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
    cards.focus()
    cards.move(1)


def filter_(reader: Reader) -> None:
    """Go to the filter."""
    reader.sidebar.field.focus()


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

    documents = reader.browsing.documents()
    if not documents or State.REMOVED in reader.state:
        return None
    highlights = sum(document.highlights for document in documents)
    takes = f", with {counted(highlights, 'highlight')}" if highlights else ""
    leave = "leaves" if len(documents) == 1 else "leave"
    question = "Delete this document?" if len(documents) == 1 else "Delete these documents?"
    detail = (
        f"{_named(documents)}{takes}, {leave} the list. "
        f"{reader.key('undo')} in the text brings it back."
    )

    def go_on(_: bool) -> None:
        ids = [document.id for document in documents]
        reader.sidebar.cards.unmark()
        reader.act(
            lambda: reader.desk.library.documents.delete(ids), f"Deleted {_named(documents)}"
        )

    return reader.ask(Confirm(question, detail), go_on)


def restore(reader: Reader) -> None:
    """Bring the deleted documents back."""
    documents = reader.browsing.documents()
    reader.sidebar.cards.unmark()
    _act(reader, reader.desk.library.documents.restore, documents, "Brought back {}")


def read(reader: Reader) -> None:
    """Say that the documents have been read; if they have, that they have not."""
    documents = reader.browsing.documents()
    marks = reader.desk.library.marks
    unread = any(each.unread for each in _standings(reader, documents))
    mark, said = (Mark.READ, "{}: read") if unread else (Mark.UNREAD, "{}: not read yet")
    _act(reader, lambda ids: marks.put(ids, mark), documents, said)


def to_read(reader: Reader) -> None:
    """Put the documents on the list to read; if they are on it, take them off."""
    documents = reader.browsing.documents()
    marks = reader.desk.library.marks
    if all(each.to_read for each in _standings(reader, documents)):
        _act(reader, lambda ids: marks.take(ids, Mark.TO_READ), documents, "{}: not to be read")
    else:
        _act(reader, lambda ids: marks.put(ids, Mark.TO_READ), documents, "{}: to be read")


def edit(reader: Reader) -> Awaitable[None] | None:
    """Edit the fields of the documents."""
    from tui.screens.document_form import DocumentForm

    documents = reader.browsing.documents()
    if not documents:
        return None

    def write(fields: Mapping[str, str]) -> None:
        if fields:
            edit_all = reader.desk.library.documents.edit_all
            _act(reader, lambda ids: edit_all(ids, **fields), documents, "Edited {}")

    return reader.ask(DocumentForm(documents), write)


def put(reader: Reader) -> Awaitable[None] | None:
    """Put the documents into a folder, which may be a new one."""
    from tui.screens.path_picker import PathPicker

    documents = reader.browsing.documents()
    if not documents:
        return None
    folders = reader.desk.library.folders
    paths = [each.path for each in folders.list()]

    def go_on(path: str) -> None:
        _act(reader, lambda ids: folders.put(path, ids), documents, f"Put {{}} into {path}")

    return reader.ask(PathPicker(f"Put {_named(documents)} into", paths), go_on)


def take_out(reader: Reader) -> None:
    """Take the documents out of the folder that is shown."""
    documents, path = reader.browsing.documents(), reader.browsing.folder.path
    take = reader.desk.library.folders.take_out
    reader.sidebar.cards.unmark()
    _act(reader, lambda ids: take(path, ids), documents, f"Took {{}} out of {path}")


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
    reader.sidebar.folders.focus()


def _act(
    reader: Reader,
    change: Callable[[Sequence[str]], object],
    documents: Sequence[Document],
    said: str,
) -> None:
    """Do something with documents, and say it of them."""
    if documents:
        ids = [document.id for document in documents]
        reader.act(lambda: change(ids), said.replace("{}", _named(documents)))


def _standings(reader: Reader, documents: Sequence[Document]) -> Iterable[Standing]:
    return reader.desk.library.marks.standings(each.id for each in documents).values()


def _named(documents: Sequence[Document]) -> str:
    if len(documents) == 1:
        return quoted(clip(one_line(documents[0].title), _TITLE_CELLS))
    return counted(len(documents), "document")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
