"""The acts on the folders above the sidebar's list."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from annotations.library.folders import clean
from annotations.library.wording import counted
from tui.actions.kept import rename_kept
from tui.folders import EVERYTHING, Folder, Kind

if TYPE_CHECKING:
    from annotations.library.folders import Folders
    from tui.screens.reader import Reader


def enter(reader: Reader) -> None:
    """Go to the documents of the folder."""
    reader.set_focus(reader.sidebar.cards)


def close(reader: Reader) -> None:
    """Hide the folders and list all documents."""
    reader.browsing.enter(EVERYTHING)
    reader.browsing.close_folders()
    reader.set_focus(reader.sidebar.cards)


def add(reader: Reader) -> Awaitable[None]:
    """Make a folder."""
    from tui.screens.prompt import Prompt

    path = reader.browsing.folder.path

    def make(typed: str) -> None:
        reader.act(
            lambda: _folders(reader).add(typed),
            lambda made: _show(reader, made.path),
        )

    start = f"{path}/" if path else ""
    return reader.ask(Prompt("New folder", clean, start, "sources/letters"), make)


def rename(reader: Reader) -> Awaitable[None]:
    """Rename the folder, and those in it follow; or the saved search."""
    from tui.screens.prompt import Prompt

    folder = reader.browsing.folder
    if folder.kind is Kind.SEARCH:
        return rename_kept(reader, folder.name)
    path = folder.path

    def go_on(typed: str) -> None:
        reader.act(
            lambda: _folders(reader).rename(path, typed),
            lambda renamed: _show(reader, renamed.path),
        )

    return reader.ask(Prompt(f"Rename {path}", clean, path), go_on)


def search(reader: Reader) -> Awaitable[None]:
    """Look at what the saved search finds, to change it."""
    from tui.screens.search import SearchScreen

    folder = reader.browsing.folder
    return reader.visit(SearchScreen(reader, folder.query, kept_as=folder.name))


def move(reader: Reader) -> Awaitable[None]:
    """Put the folder into another, or to the top."""
    from tui.screens.path_picker import PathPicker

    path = reader.browsing.folder.path
    others = [
        each.path for each in _folders(reader).list() if not f"{each.path}/".startswith(f"{path}/")
    ]

    def go_on(into: str) -> None:
        reader.act(
            lambda: _folders(reader).move(path, into),
            lambda moved: _show(reader, moved.path),
        )

    return reader.ask(PathPicker(f"Put {path} into", others, top="the top"), go_on)


def delete(reader: Reader) -> Awaitable[None]:
    """Delete the folder or the saved search, if the user is sure; documents stay."""
    from tui.screens.confirm import Confirm

    folder, library = reader.browsing.folder, reader.desk.library
    undo = reader.key("undo")
    if folder.kind is Kind.SEARCH:
        return reader.ask(
            Confirm(f"Forget the search {folder.name}?", f"{undo} brings it back."),
            lambda _: reader.act(lambda: library.queries.forget(folder.name)),
        )
    held = counted(folder.documents or 0, "document")
    return reader.ask(
        Confirm(
            f"Delete the folder {folder.path}?",
            f"With the folders in it; {held} in the library stay there. {undo} brings it back.",
        ),
        lambda _: reader.act(lambda: _folders(reader).delete(folder.path)),
    )


def _show(reader: Reader, path: str) -> None:
    """List a folder that has just been made, or got another path."""
    found = _folders(reader).get(path)
    name = found.path.rpartition("/")[2]
    reader.browsing.enter(Folder(Kind.FOLDER, name, found.id, found.path))
    reader.browsing.open_folders()
    reader.set_focus(reader.sidebar.folders)


def _folders(reader: Reader) -> Folders:
    return reader.desk.library.folders
