"""Documents, the margin, panes and the program."""

from __future__ import annotations

from tui.commands.command import Command, Group, Scope, State


def _in_margin(id_: str, help_: str, hint: str, *keys: str, run: str) -> Command:
    """What the margin lists; ``margin-group`` runs ``margin.group``."""
    needs, scope = State.HIGHLIGHTS, Scope.HIGHLIGHTS
    return Command(id_, help_, keys, help_, Group.MARGIN, f"margin.{run}", needs, scope, hint)


LIBRARY: tuple[Command, ...] = (
    Command(
        "export",
        "Export",
        ("e",),
        "Export highlights to a file",
        Group.LIBRARY,
        "exchange.export",
        State.STEADY,
    ),
    Command(
        "import",
        "Import",
        ("I",),
        "Import what another program, or this one, exported",
        Group.LIBRARY,
        "exchange.bring_in",
    ),
    Command(
        "add",
        "Add documents",
        ("a",),
        "Add a file, the texts of a folder, or a page from the web",
        Group.LIBRARY,
        "adding.start",
        hint="add documents",
    ),
    Command(
        "keep",
        "Add the file to the library",
        ("A",),
        "Add the open file to the library, so that what is highlighted is kept",
        Group.LIBRARY,
        "library.keep",
        State.LOOSE,
        hint="add to the library",
    ),
    Command(
        "open-highlight",
        "Go to the highlight",
        ("enter",),
        "Go to the text of the highlight that the margin points at",
        Group.MARGIN,
        "panes.page",
        State.HIGHLIGHTS,
        Scope.HIGHLIGHTS,
        hint="go to text",
    ),
    _in_margin(
        "margin-mark", "Mark the highlight, for acts on several", "mark", "space", run="mark"
    ),
    _in_margin(
        "margin-filter", "Show only highlights that say something", "filter", "/", run="filter_"
    ),
    _in_margin("margin-group", "List highlights by tag, or by place", "by tag", "=", run="group"),
    Command(
        "stop",
        "Stop the work",
        ("escape",),
        "Stop the work that the progress bar shows",
        Group.PANES,
        "program.stop",
        State.BUSY,
        hint="stop",
    ),
    Command(
        "pane-next",
        "Next pane",
        ("tab",),
        "Go to the next pane",
        Group.PANES,
        "panes.following",
    ),
    Command(
        "pane-back",
        "Pane before",
        ("shift+tab",),
        "Go to the pane before",
        Group.PANES,
        "panes.preceding",
    ),
    Command(
        "to-page",
        "Back to the text",
        ("escape",),
        "Back to the text, from the sidebar",
        Group.DOCUMENTS,
        "panes.page",
        scope=Scope.DOCUMENTS,
        hint="text",
    ),
    Command(
        "to-page-from-margin",
        "Back to the text from the margin",
        ("escape",),
        "Back to the text, from the margin",
        Group.MARGIN,
        "panes.page",
        scope=Scope.HIGHLIGHTS,
        hint="text",
    ),
    Command(
        "sidebar",
        "Documents",
        ("ctrl+b",),
        "Show or hide the documents",
        Group.PANES,
        "panes.sidebar",
        hint="documents",
    ),
    Command(
        "margin",
        "Highlights",
        ("ctrl+e",),
        "Show or hide the highlights of the document",
        Group.PANES,
        "panes.margin",
        hint="highlights",
    ),
    Command(
        "wider",
        "Wider text",
        ("+",),
        "Make the lines longer",
        Group.PANES,
        "panes.wider",
        State.TEXT,
    ),
    Command(
        "narrower",
        "Narrower text",
        ("-",),
        "Make the lines shorter",
        Group.PANES,
        "panes.narrower",
        State.TEXT,
    ),
    Command(
        "side-by-side",
        "Side by side",
        ("|",),
        "Show two texts, or two places of one, side by side; again: only this one",
        Group.PANES,
        "panes.split",
        State.DOCUMENT,
    ),
    Command(
        "visual-order",
        "Turn right-to-left text",
        ("B",),
        "Turn Arabic and Hebrew of this document where the terminal does not, or leave them to it",
        Group.PANES,
        "panes.visual_order",
        State.TEXT,
    ),
    Command(
        "theme",
        "Theme",
        ("T",),
        "Light, dark, sepia, high contrast or the terminal's own colours",
        Group.PANES,
        "program.theme",
    ),
    Command(
        "palette",
        "All commands",
        ("ctrl+p",),
        "Find a command by its name",
        Group.PANES,
        "program.palette",
        hint="commands",
    ),
    Command("help", "Help", ("?",), "This page", Group.PANES, "program.show_help"),
    Command("quit", "Quit", ("q",), "Quit; everything is saved", Group.PANES, "program.leave"),
)
