"""The documents in the sidebar, and the folders above them."""

from __future__ import annotations

from tui.commands.command import Command, Family, Group, Scope, State

_on_documents = Family("documents", Group.DOCUMENTS, Scope.CARDS)
_on_folders = Family("folders", Group.DOCUMENTS, Scope.FOLDERS, State.ALWAYS)

SIDEBAR: tuple[Command, ...] = (
    Command(
        "open-document",
        "Open the document",
        ("enter",),
        "Open the document that the list points at",
        Group.DOCUMENTS,
        "documents.open_listed",
        State.ENTRIES,
        Scope.DOCUMENTS,
        hint="open",
    ),
    Command(
        "list",
        "Go down into the list",
        ("down",),
        "From the filter down into the list, where letters are commands",
        Group.DOCUMENTS,
        "documents.enter_list",
        State.ENTRIES,
        Scope.DOCUMENTS,
        hint="list",
    ),
    Command(
        "delete-document",
        "Delete the document",
        ("delete",),
        "Delete the document that the list points at, or those marked",
        Group.DOCUMENTS,
        "documents.delete",
        State.ENTRIES,
        Scope.DOCUMENTS,
        hint="delete",
    ),
    _on_documents("document-mark", "Mark the document, for acts on several", "mark", "space"),
    _on_documents("document-mark-all", "Mark all documents of the list, or none", "all", "*"),
    _on_documents(
        "document-fields",
        "Edit title, author, date ... of the document, or of all that are marked",
        "fields",
        "d",
        run="edit",
    ),
    _on_documents("document-to-read", "Put it on the list to read, or take it off", "to read", "t"),
    _on_documents("document-read", "Say that it has been read, or has not", "read", "r"),
    _on_documents("document-put", "Put it into a folder", "folder", "p"),
    _on_documents(
        "document-take",
        "Take it out of the folder that is shown",
        "take out",
        "o",
        run="take_out",
        needs=State.ENTRIES | State.FOLDER,
    ),
    _on_documents("document-delete", "Delete it, or those marked", "delete", "x"),
    _on_documents(
        "document-restore",
        "Bring the deleted document back",
        "restore",
        "R",
        needs=State.ENTRIES | State.REMOVED,
    ),
    _on_documents(
        "document-sort",
        "Order the list: title, date, added, last read, highlights, progress",
        "sort",
        "s",
    ),
    _on_documents("document-reverse", "Turn the order of the list round", "reverse", "S"),
    _on_documents(
        "document-filter", "Filter the list", "filter", "/", run="filter_", needs=State.ALWAYS
    ),
    _on_documents(
        "folders",
        "Show the folders and go there; in them: hide them",
        "folders",
        "f",
        run="folders",
        needs=State.ALWAYS,
    ),
    _on_folders("folder-enter", "Go to the documents of the folder", "documents", "enter"),
    _on_folders("folder-add", "Make a folder, in this one or elsewhere", "new", "a"),
    _on_folders("folder-rename", "Rename the folder", "rename", "r", needs=State.OWN_FOLDER),
    _on_folders(
        "folder-search",
        "Look at what the saved search finds, or change it",
        "search",
        "/",
        needs=State.SMART_FOLDER,
    ),
    _on_folders("folder-move", "Put the folder into another", "move", "m", needs=State.FOLDER),
    _on_folders(
        "folder-delete",
        "Delete the folder; the documents stay",
        "delete",
        "x",
        needs=State.OWN_FOLDER,
    ),
    _on_folders("folders-close", "Hide the folders", "hide", "f"),
)
