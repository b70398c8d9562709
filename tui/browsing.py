"""Which documents the sidebar lists, in what order, and which of them acts are on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.errors import FlorilegiumError
from annotations.library.sections import EVERYTHING as WHOLE
from annotations.library.sections import Section, Sort
from tui.catalogue import Catalogue
from tui.folders import EVERYTHING, Folder, Kind, tree

if TYPE_CHECKING:
    from tui.screens.reader import Reader

_PREFERENCE = "sidebar.sort"
_REVERSED = "-"
"""Before the name of an order that goes from the other end."""

ORDERED = {
    Sort.TITLE: ("by title", "from the last title"),
    Sort.DATE: ("by date, the latest first", "by date, the earliest first"),
    Sort.ADDED: ("the last added first", "the first added first"),
    Sort.READ: ("the last read first", "the longest unread first"),
    Sort.HIGHLIGHTS: ("the most highlights first", "the fewest highlights first"),
    Sort.PROGRESS: ("the furthest read first", "the least read first"),
}
"""How each order reads, and how it reads reversed."""

_EMPTY = {
    Kind.ALL: "The library is empty.\n{} adds files, folders, pages",
    Kind.UNREAD: "Everything is read",
    Kind.TO_READ: "Nothing is to be read.\nAmong all documents,\n{} puts one here",
    Kind.FOLDER: "This folder is empty.\nAmong all documents,\n{} puts one into it",
    Kind.SEARCH: "No document says this",
    Kind.DELETED: "Nothing has been deleted",
}
_FILLED_BY = {
    Kind.ALL: "add",
    Kind.TO_READ: "document-to-read",
    Kind.FOLDER: "document-put",
}
"""The command whose key the words for an empty list name."""


class Browsing:
    """The sidebar's list.

    Args:
        reader: Its sidebar shows the list.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._section: Section | None = None
        self._catalogue: Catalogue | None = None
        self._since = 0
        self._opened: bool | None = None
        """Whether the user wants the folders shown; None: they are if there are any."""

    @property
    def folder(self) -> Folder:
        """What is listed."""
        return self._reader.sidebar.folder

    @property
    def section(self) -> Section:
        """What is listed, as the library is asked for it."""
        if self._section is None:
            kept = self._reader.desk.library.preferences.get(_PREFERENCE)
            name = kept.removeprefix(_REVERSED)
            sort = Sort(name) if name in set(Sort) else Sort.TITLE
            self._section = replace(WHOLE, sort=sort, reverse=kept.startswith(_REVERSED))
        return self._section

    @property
    def order(self) -> str:
        """How the list is ordered, in words."""
        return ORDERED[self.section.sort][self.section.reverse]

    @property
    def chosen(self) -> list[str]:
        """The ids of the documents that acts are on: those marked, or the one pointed at."""
        sidebar = self._reader.sidebar
        if sidebar.cards.marked:
            return sorted(sidebar.cards.marked)
        return [sidebar.pointed.id] if sidebar.pointed else []

    # What is listed

    def show(self, *, anew: bool = False) -> None:
        """Fill the sidebar.

        Args:
            anew: Begin the list at its beginning, whatever was pointed at.
        """
        library = self._reader.desk.library
        since, self._since = self._since, library.sections.latest()
        if self._catalogue is None:
            self._catalogue = Catalogue(library, self.section)
            self._show_folders()
        elif since == self._since or not library.sections.moved(self.section, since):
            self._catalogue = self._catalogue.renewed()
        else:
            self._catalogue = Catalogue(library, self.section)
            if self.folder.kind is Kind.SEARCH:
                self._ask()
        if since != self._since:
            self._show_folders()
        self._fill(anew)

    def _fill(self, anew: bool = False) -> None:
        if self._catalogue is None:
            return
        sidebar, section = self._reader.sidebar, self.section
        name = "documents" if self.folder.kind is Kind.ALL else self.folder.name
        order = "" if (section.sort, section.reverse) == (WHOLE.sort, False) else f", {self.order}"
        sidebar.field.placeholder = f"Filter {name}{order}"
        waiting = self.folder.kind is Kind.SEARCH and section.among is None
        key = self._reader.key(_FILLED_BY.get(self.folder.kind, "add"))
        empty = "Searching …" if waiting else _EMPTY[self.folder.kind].format(key)
        sidebar.show(self._catalogue, self._reader.desk.document, empty, anew=anew)

    def _list(self, section: Section) -> None:
        """List another section."""
        self._section, self._catalogue = section, None
        self.show(anew=True)
        self._reader.refresh_lines()

    def order_by(self, sort: Sort, reverse: bool) -> None:
        """List in another order, also after the next start.

        Raises:
            LibraryError: The library cannot be written.
        """
        kept = f"{_REVERSED if reverse else ''}{sort}"
        self._reader.desk.library.preferences.set(_PREFERENCE, kept)
        self._list(replace(self.section, sort=sort, reverse=reverse))

    # Folders

    def enter(self, folder: Folder) -> None:
        """List what is in a folder."""
        before, self._reader.sidebar.folder = self.folder, folder
        if folder.lists_same(before):
            return
        self._reader.sidebar.cards.unmark()
        kind, old = folder.kind, self.section
        self._list(
            Section(
                folder=folder.path,
                among=() if kind is Kind.SEARCH else None,
                unread=kind is Kind.UNREAD,
                to_read=kind is Kind.TO_READ,
                deleted=kind is Kind.DELETED,
                sort=old.sort,
                reverse=old.reverse,
            )
        )
        if kind is Kind.SEARCH:
            self._ask()

    def open_folders(self) -> None:
        """Show the folders, even where there are none of the user's own."""
        self._opened = True
        self._show_folders()

    def close_folders(self) -> None:
        """Hide them."""
        self._opened = False
        self._show_folders()

    def _show_folders(self) -> None:
        library, sidebar = self._reader.desk.library, self._reader.sidebar
        # A start without folders loads nothing that only they need.
        wanted = library.sections.has_folders() if self._opened is None else self._opened
        sidebar.folders.display = wanted
        if not wanted:
            self.enter(EVERYTHING)
            return
        deleted = len(library.sections.list(Section(deleted=True)))
        everything = len(self._reader.desk.documents)
        folders = list(tree(library.folders.list(), library.queries.list(), everything, deleted))
        here = next((at for at, each in enumerate(folders) if each.is_same(self.folder)), 0)
        if folders[here].lists_same(self.folder) and self._section and self._section.among:
            folders[here] = folders[here]._replace(documents=len(self._section.among))
        sidebar.folders.show(folders, here)
        # What was listed may be gone.
        self.enter(folders[here])

    def _ask(self) -> None:
        """Ask the search that is listed, aside."""
        self._reader.run_worker(self._search, thread=True, exclusive=True, group="folder")

    def _search(self) -> None:
        """In a thread."""
        folder, own = self.folder, self._reader.desk.library
        try:
            with own.beside() as library:
                found = library.search.documents(folder.query)
        except FlorilegiumError as error:
            self._reader.app.call_from_thread(self._reader.complain, str(error))
        else:
            self._reader.app.call_from_thread(self._found, folder, found)

    def _found(self, folder: Folder, found: Sequence[int]) -> None:
        if folder.lists_same(self.folder):
            self._section = replace(self.section, among=found)
            self._catalogue = Catalogue(self._reader.desk.library, self.section)
            self._since = self._reader.desk.library.sections.latest()
            self._show_folders()
            self._fill()
