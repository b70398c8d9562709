"""Every command of the reader, declared once.

The key bindings, the footer, the help page and the palette all come from :data:`COMMANDS`. What a
command does lies in :mod:`tui.actions`, which is imported when a command of it is first run; this
module knows neither widgets nor the library.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, Flag, StrEnum, auto

from textual.binding import Binding, BindingType


class State(Flag):
    """What holds at this moment; a command is available when all that it needs holds."""

    ALWAYS = 0
    DOCUMENT = auto()
    """A document of the library is open."""
    TEXT = auto()
    """The open text has at least one character."""
    LOOSE = auto()
    """A file is open that the library does not have, and is not being imported."""
    SELECTION = auto()
    """Text is selected."""
    ADJUSTING = auto()
    """The selection is a highlight whose edges follow the caret."""
    REPEATABLE = auto()
    """Something was done that can be done again to another passage."""
    EXTENDING = auto()
    """The caret drags the end of a selection along."""
    STEADY = auto()
    """The caret drags nothing along."""
    HIGHLIGHT = auto()
    """The caret is in a highlight."""
    HIGHLIGHTS = auto()
    """The document has highlights."""
    HITS = auto()
    """A search has found something."""
    LINK = auto()
    """The caret is in a link or a reference to a footnote."""
    BEHIND = auto()
    """There is a place to go back to."""
    AHEAD = auto()
    """There is a place to go forth to."""
    BUSY = auto()
    """Long work is going on."""
    ENTRIES = auto()
    """The list of documents, or of what another screen shows, is not empty."""


class Scope(Enum):
    """Where the focus must be for a key to mean this command."""

    READER = auto()
    """Anywhere in the reader, unless a text is being typed."""
    PAGE = auto()
    DOCUMENTS = auto()
    """The sidebar, where printable keys filter."""
    HIGHLIGHTS = auto()
    """The margin."""
    FINDING = auto()
    """The line in which one types what to find."""
    CODEBOOK = auto()
    """The codebook's screen."""
    PASSAGES = auto()
    """The screen of the passages that answer a query."""
    HISTORY = auto()
    """The history's screen."""


class Group(StrEnum):
    """The headings of the help page, in its order."""

    MOVE = "Move"
    SELECT = "Select"
    ANNOTATE = "Annotate"
    FIND = "Find"
    LIBRARY = "Library"
    CODEBOOK = "In the codebook"
    PASSAGES = "Among passages"
    HISTORY = "In the history"
    PANES = "Panes and program"


@dataclass(frozen=True, slots=True)
class Command:
    """Something the reader can be told to do."""

    id: str
    """Unique; names it in the configuration file."""
    name: str
    """What the palette calls it."""
    keys: tuple[str, ...]
    """Characters as typed (``]``) or key names (``ctrl+r``, ``pagedown``)."""
    help: str
    """One line for the help page and the palette."""
    group: Group
    run: str
    """``module.function`` in :mod:`tui.actions`; the function takes the reader."""
    needs: State = State.ALWAYS
    scope: Scope = Scope.READER
    hint: str = ""
    """The word in the footer; empty: the name in lower case."""
    argument: str = ""
    """What the function is given besides; empty: nothing."""

    def available(self, state: State) -> bool:
        """Whether it would do something in ``state``."""
        return self.needs in state

    def rivals(self, other: Command) -> bool:
        """Whether a key cannot mean both: they can be available at the same time and place. In a
        side pane, its own commands go before those of the reader."""
        at_once = self.scope is other.scope or {self.scope, other.scope} == {
            Scope.PAGE,
            Scope.READER,
        }
        both = self.needs | other.needs
        return at_once and not (State.EXTENDING in both and State.STEADY in both)


def _move(id_: str, name: str, *keys: str) -> Command:
    """A movement of the caret; its function in :mod:`tui.actions.move` bears its id."""
    return Command(
        id_,
        name,
        keys,
        name,
        Group.MOVE,
        f"move.{id_.replace('-', '_')}",
        State.TEXT,
        Scope.PAGE,
    )


def _finding(id_: str, help_: str, hint: str, *keys: str) -> Command:
    """A command of the line in which one types what to find."""
    run = f"find.{id_.removeprefix('find-')}"
    return Command(id_, help_, keys, help_, Group.FIND, run, scope=Scope.FINDING, hint=hint)


def _selecting(
    id_: str,
    help_: str,
    *keys: str,
    run: str,
    hint: str,
    needs: State = State.SELECTION,
) -> Command:
    """What changes the selection or the edges of a highlight, on the page."""
    return Command(id_, help_, keys, help_, Group.SELECT, run, needs, Scope.PAGE, hint)


def _quick(digit: str) -> Command:
    """Gives the tag that is on a digit."""
    help_ = f"Tag with what the bar shows on {digit}: a pinned tag, or one of the last"
    return Command(
        f"quick-{digit}",
        f"Tag with {digit}",
        (digit,),
        help_,
        Group.ANNOTATE,
        "annotate.quick",
        State.TEXT,
        Scope.PAGE,
        argument=digit,
    )


def _in_margin(id_: str, help_: str, hint: str, *keys: str, run: str) -> Command:
    """What the margin lists; ``margin-group`` runs ``margin.group``."""
    needs, scope = State.HIGHLIGHTS, Scope.HIGHLIGHTS
    return Command(id_, help_, keys, help_, Group.ANNOTATE, f"margin.{run}", needs, scope, hint)


def _on_tags(id_: str, help_: str, hint: str, *keys: str, needs: State = State.ENTRIES) -> Command:
    """An act on the tag that the codebook points at; ``tag-move`` runs ``codebook.move``."""
    run = f"codebook.{id_.removeprefix('tag-')}"
    return Command(id_, help_, keys, help_, Group.CODEBOOK, run, needs, Scope.CODEBOOK, hint)


_FUNCTIONS = {"passage-open": "open_", "passage-mark-all": "mark_all"}


def _on_passages(
    id_: str, help_: str, hint: str, *keys: str, needs: State = State.ENTRIES
) -> Command:
    """An act on the passages that answer a query; ``passage-tag`` runs ``passages.tag``."""
    run = f"passages.{_FUNCTIONS.get(id_, id_.removeprefix('passage-'))}"
    return Command(id_, help_, keys, help_, Group.PASSAGES, run, needs, Scope.PASSAGES, hint)


def _on_history(id_: str, help_: str, hint: str, *keys: str) -> Command:
    """An act on the history; ``act-revert`` runs ``history.revert``."""
    run = f"history.{id_.removeprefix('act-')}"
    return Command(id_, help_, keys, help_, Group.HISTORY, run, State.ALWAYS, Scope.HISTORY, hint)


COMMANDS: tuple[Command, ...] = (
    _move("left", "One character left", "h", "left"),
    _move("right", "One character right", "l", "right"),
    _move("up", "One line up", "k", "up"),
    _move("down", "One line down", "j", "down"),
    _move("word-next", "Next word", "w"),
    _move("word-back", "Word before", "b"),
    Command(
        "word-end",
        "End of the word",
        ("e", "E"),
        "End of the word, while selecting",
        Group.MOVE,
        "move.word_end",
        State.TEXT | State.EXTENDING,
        Scope.PAGE,
    ),
    _move("sentence-next", "Next sentence", ")"),
    _move("sentence-back", "Sentence before", "("),
    _move("paragraph-next", "Next paragraph", "}"),
    _move("paragraph-back", "Paragraph before", "{"),
    _move("line-start", "Start of the line", "0", "home"),
    _move("line-end", "End of the line", "$", "end"),
    _move("page-down", "Next page", "space", "pagedown"),
    _move("page-up", "Page before", "pageup"),
    _move("half-down", "Half a page down", "ctrl+d"),
    _move("half-up", "Half a page up", "ctrl+u"),
    _move("top", "Start of the document", "g", "ctrl+home"),
    _move("bottom", "End of the document", "G", "ctrl+end"),
    Command(
        "select",
        "Select",
        ("v",),
        "Start a selection here, or drop it",
        Group.SELECT,
        "select.toggle",
        State.TEXT,
        Scope.PAGE,
    ),
    Command(
        "select-sentence",
        "Select the sentence",
        ("s",),
        "Select the sentence; again: one more",
        Group.SELECT,
        "select.sentence",
        State.TEXT,
        Scope.PAGE,
        hint="sentence",
    ),
    Command(
        "select-paragraph",
        "Select the paragraph",
        ("p",),
        "Select the paragraph",
        Group.SELECT,
        "select.paragraph",
        State.TEXT,
        Scope.PAGE,
        hint="paragraph",
    ),
    Command(
        "drop",
        "Drop the selection",
        ("escape",),
        "Drop the selection",
        Group.SELECT,
        "select.drop",
        State.TEXT | State.SELECTION,
        Scope.PAGE,
        hint="drop",
    ),
    _selecting(
        "jump-sentence",
        "Select a sentence by its label; in capitals: up to it",
        "f",
        run="jump.sentence",
        needs=State.TEXT,
        hint="jump",
    ),
    _selecting(
        "jump-word",
        "Select a word by its label; in capitals: up to it",
        "F",
        run="jump.word",
        needs=State.TEXT,
        hint="jump to word",
    ),
    _selecting(
        "grow-word",
        "Let the selection take in one more word",
        ".",
        run="edges.grow_word",
        needs=State.TEXT,
        hint="grow",
    ),
    _selecting(
        "shrink-word",
        "Let the selection leave out its last word",
        ",",
        run="edges.shrink_word",
        hint="shrink",
    ),
    _selecting(
        "grow-sentence",
        "Let the selection take in one more sentence",
        ">",
        run="edges.grow_sentence",
        hint="grow",
    ),
    _selecting(
        "shrink-sentence",
        "Let the selection leave out its last sentence",
        "<",
        run="edges.shrink_sentence",
        hint="shrink",
    ),
    _selecting(
        "adjust",
        "Move the edges of the highlight: its end follows the caret; again: its start",
        "r",
        run="edges.adjust",
        needs=State.HIGHLIGHT,
        hint="edges",
    ),
    _selecting(
        "adjust-swap",
        "Move the other edge of the highlight",
        "r",
        run="edges.adjust",
        needs=State.ADJUSTING,
        hint="other edge",
    ),
    _selecting(
        "adjust-keep",
        "Give the highlight these edges",
        "enter",
        run="edges.keep",
        needs=State.ADJUSTING,
        hint="keep",
    ),
    _selecting(
        "split",
        "Cut the highlight in two at the caret",
        "S",
        run="edges.split",
        needs=State.HIGHLIGHT,
        hint="split",
    ),
    _selecting(
        "join",
        "Join the highlights that are selected, or this one and the next",
        "J",
        run="edges.join",
        needs=State.HIGHLIGHTS,
        hint="join",
    ),
    Command(
        "repeat",
        "Do it again",
        (";",),
        "Do to this selection or sentence what was done to the last one",
        Group.ANNOTATE,
        "annotate.repeat",
        State.REPEATABLE | State.TEXT,
        Scope.PAGE,
        hint="again",
    ),
    *(_quick(digit) for digit in "123456789"),
    Command(
        "star",
        "Star the highlight",
        ("*",),
        "Star the highlight under the caret, or take the star off",
        Group.ANNOTATE,
        "annotate.star",
        State.HIGHLIGHT,
        hint="star",
    ),
    Command(
        "memo",
        "Memo on the document",
        ("M",),
        "Write a memo on the document",
        Group.ANNOTATE,
        "annotate.memo",
        State.DOCUMENT,
        hint="memo",
    ),
    Command(
        "highlight",
        "Highlight",
        ("m",),
        "Highlight the selection, or the sentence under the caret",
        Group.ANNOTATE,
        "annotate.highlight",
        State.TEXT,
    ),
    Command(
        "tag",
        "Tag",
        ("t",),
        "Tag the selection, or the highlight under the caret",
        Group.ANNOTATE,
        "annotate.tag",
        State.TEXT,
    ),
    Command(
        "note",
        "Note",
        ("c",),
        "Write a note on the selection, or on the highlight under the caret",
        Group.ANNOTATE,
        "annotate.note",
        State.TEXT,
    ),
    Command(
        "remove",
        "Remove the highlight",
        ("x",),
        "Remove the highlight under the caret",
        Group.ANNOTATE,
        "annotate.remove",
        State.HIGHLIGHT,
        hint="remove",
    ),
    Command(
        "colour",
        "Colour the highlight",
        ("C",),
        "Give the highlight under the caret a colour of its own",
        Group.ANNOTATE,
        "annotate.colour",
        State.HIGHLIGHT,
        hint="colour",
    ),
    Command(
        "highlight-next",
        "Next highlight",
        ("]",),
        "Go to the next highlight",
        Group.ANNOTATE,
        "annotate.following",
        State.HIGHLIGHTS,
        hint="next",
    ),
    Command(
        "highlight-back",
        "Highlight before",
        ("[",),
        "Go to the highlight before",
        Group.ANNOTATE,
        "annotate.preceding",
        State.HIGHLIGHTS,
        hint="before",
    ),
    Command(
        "copy",
        "Copy the quote",
        ("y",),
        "Copy the selection, the highlight or the sentence, with its citation",
        Group.ANNOTATE,
        "annotate.copy",
        State.TEXT,
        hint="copy",
    ),
    Command(
        "undo",
        "Undo",
        ("u",),
        "Take back the last act",
        Group.ANNOTATE,
        "annotate.undo",
    ),
    Command(
        "redo",
        "Redo",
        ("ctrl+r",),
        "Do again what was taken back",
        Group.ANNOTATE,
        "annotate.redo",
    ),
    Command(
        "find",
        "Find in the document",
        ("/",),
        "Find in the document, while you type",
        Group.FIND,
        "find.start",
        State.TEXT,
        hint="find",
    ),
    Command(
        "find-next",
        "Next hit",
        ("n",),
        "Go to the next hit",
        Group.FIND,
        "find.following",
        State.HITS,
        hint="next hit",
    ),
    Command(
        "find-back",
        "Hit before",
        ("N",),
        "Go to the hit before",
        Group.FIND,
        "find.preceding",
        State.HITS,
        hint="hit before",
    ),
    _finding("find-stay", "Stay at the hit", "stay", "enter"),
    _finding("find-leave", "Give up the search, back to where it began", "back", "escape"),
    _finding("find-on", "Next hit, while typing", "next", "down"),
    _finding("find-up", "Hit before, while typing", "before", "up"),
    _finding("find-case", "Tell capitals from small letters, or not", "capitals", "alt+c"),
    _finding("find-regex", "Take the text as a regular expression, or not", "regex", "alt+r"),
    Command(
        "goto",
        "Go to",
        (":",),
        "Go to a percentage (50%), a page (p12) or a paragraph (12)",
        Group.FIND,
        "places.goto",
        State.TEXT,
        hint="go to",
    ),
    Command(
        "outline",
        "Outline",
        ("o",),
        "Choose a heading and go there",
        Group.FIND,
        "places.outline",
        State.DOCUMENT,
    ),
    Command(
        "occurrences",
        "Places of the word",
        ("K",),
        "Every place of the word under the caret, with its context",
        Group.FIND,
        "places.occurrences",
        State.DOCUMENT | State.TEXT,
    ),
    Command(
        "bookmarks",
        "Bookmarks",
        ("'",),
        "Choose a bookmark and go there",
        Group.FIND,
        "places.bookmarks",
        State.DOCUMENT | State.TEXT,
    ),
    Command(
        "bookmark",
        "Bookmark",
        ('"',),
        "Put a bookmark on the sentence, or take it away",
        Group.FIND,
        "places.bookmark",
        State.DOCUMENT | State.TEXT,
    ),
    Command(
        "follow",
        "Follow the link",
        ("enter",),
        "Follow the link under the caret, or look at the footnote",
        Group.FIND,
        "places.follow",
        State.LINK,
        Scope.PAGE,
        hint="follow",
    ),
    Command(
        "back",
        "Back",
        ("alt+left",),
        "Back to where the last jump was made",
        Group.FIND,
        "places.back",
        State.BEHIND,
    ),
    Command(
        "forth",
        "Forth",
        ("alt+right",),
        "Forth again, after going back",
        Group.FIND,
        "places.forth",
        State.AHEAD,
    ),
    Command(
        "passages",
        "Passages",
        ("ctrl+f",),
        "Ask for passages by their tags, texts, notes: the list of all that answer",
        Group.LIBRARY,
        "passages.start",
    ),
    _on_passages("passage-open", "Go to the passage in its document", "go to", "enter"),
    _on_passages("passage-mark", "Mark the passage, or take the mark off", "mark", "space"),
    _on_passages("passage-mark-all", "Mark all passages, or none", "all", "*"),
    _on_passages("passage-tag", "Tag the marked passages, or this one", "tag", "t"),
    _on_passages("passage-untag", "Take a tag off the marked passages, or this one", "untag", "T"),
    _on_passages("passage-split", "Give them another tag instead of one", "replace", "s"),
    _on_passages("passage-colour", "Colour the marked passages, or this one", "colour", "C"),
    _on_passages("passage-remove", "Remove the marked highlights, or this one", "remove", "x"),
    _on_passages("passage-code", "Tag the sentences or paragraphs of all passages", "code", "A"),
    _on_passages("passage-export", "Export just these passages", "export", "e"),
    _on_passages("passage-query", "Ask something else", "query", "/", needs=State.ALWAYS),
    _on_passages("passage-save", "Keep the query under a name", "save", "S", needs=State.ALWAYS),
    _on_passages("passage-recall", "Ask a query that was kept", "recall", "o", needs=State.ALWAYS),
    _on_passages("passage-leave", "Back", "back", "escape", "q", needs=State.ALWAYS),
    Command(
        "history",
        "History",
        ("H",),
        "What was done, by whom and when; take one act back, or go back to a moment",
        Group.LIBRARY,
        "history.start",
    ),
    _on_history("act-revert", "Take this act back, whatever came after it", "take back", "x"),
    _on_history(
        "act-restore", "Go back to how it was right after this act", "go back to here", "R"
    ),
    _on_history("act-mine", "Only my acts, or everybody's", "only mine", "m"),
    _on_history("act-document", "Only acts on the open document, or on all", "this document", "d"),
    _on_history("act-find", "Find acts by their words", "find", "/"),
    _on_history("act-leave", "Back to the text", "text", "escape", "q"),
    Command(
        "codebook",
        "Codebook",
        ("ctrl+t",),
        "The tags as a tree: counts, names, descriptions, colours, keys",
        Group.LIBRARY,
        "codebook.start",
    ),
    _on_tags("tag-passages", "Passages of the tag", "passages", "enter"),
    _on_tags(
        "tag-add",
        "Make a tag, below the one that is pointed at or elsewhere",
        "new",
        "a",
        needs=State.ALWAYS,
    ),
    _on_tags("tag-rename", "Rename the tag; those below it follow", "rename", "r"),
    _on_tags("tag-move", "Move the tag, with those below it, under another", "move", "m"),
    _on_tags("tag-merge", "Merge the tag into another", "merge", "M"),
    _on_tags("tag-split", "Split the tag: pick the passages that get another one", "split", "s"),
    _on_tags(
        "tag-describe",
        "Describe the tag: what it is for, when to use it, when not",
        "describe",
        "d",
    ),
    _on_tags("tag-memo", "Write a memo on the tag", "memo", "n"),
    _on_tags("tag-colour", "Colour the tag", "colour", "c"),
    _on_tags("tag-key", "Put the tag on a digit from 1 to 9", "key", "#"),
    _on_tags(
        "tag-exclusive",
        "Say that a passage bears at most one of the tags below, or take it back",
        "one of",
        "=",
    ),
    _on_tags("tag-earlier", "Put the tag before its sibling (low, medium, high)", "earlier", "<"),
    _on_tags("tag-later", "Put the tag after its sibling", "later", ">"),
    _on_tags("tag-delete", "Delete the tag, with those below it", "delete", "x"),
    _on_tags("tag-fold", "Hide the tags below", "fold", "h", "left"),
    _on_tags("tag-unfold", "Show the tags below", "unfold", "l", "right"),
    _on_tags("tag-find", "Find a tag", "find", "/", needs=State.ALWAYS),
    _on_tags("tag-leave", "Back to the text", "text", "escape", "q", needs=State.ALWAYS),
    Command(
        "export",
        "Export",
        ("e",),
        "Export highlights to a file",
        Group.LIBRARY,
        "library.export",
        State.STEADY,
    ),
    Command(
        "import",
        "Import",
        ("I",),
        "Import what another program, or this one, exported",
        Group.LIBRARY,
        "library.bring_in",
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
        "open-document",
        "Open the document",
        ("enter",),
        "Open the document that the list points at",
        Group.LIBRARY,
        "library.open_listed",
        State.ENTRIES,
        Scope.DOCUMENTS,
        hint="open",
    ),
    Command(
        "delete-document",
        "Delete the document",
        ("delete",),
        "Delete the document that the list points at",
        Group.LIBRARY,
        "library.delete",
        State.ENTRIES,
        Scope.DOCUMENTS,
        hint="delete",
    ),
    Command(
        "open-highlight",
        "Go to the highlight",
        ("enter",),
        "Go to the text of the highlight that the margin points at",
        Group.ANNOTATE,
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
        Group.PANES,
        "panes.page",
        scope=Scope.DOCUMENTS,
        hint="text",
    ),
    Command(
        "to-page-from-margin",
        "Back to the text from the margin",
        ("escape",),
        "Back to the text, from the margin",
        Group.PANES,
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
        "Turn Arabic and Hebrew for a terminal that does not turn them itself, or leave them to it",
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

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}

FOOTERS: Mapping[str, tuple[str, ...]] = {
    "empty": ("sidebar", "undo", "palette", "help", "quit"),
    "loose": ("keep", "page-down", "find", "highlight", "help", "quit"),
    "link": ("follow", "page-down", "find", "highlight", "help", "quit"),
    "reading": ("page-down", "find", "highlight", "tag", "help", "quit"),
    "adjusting": ("adjust-keep", "adjust-swap", "grow-word", "shrink-word", "drop"),
    "selection": ("highlight", "tag", "note", "copy", "select-sentence", "drop"),
    "highlight": ("tag", "note", "remove", "copy", "highlight-next", "help"),
    "finding": ("find-stay", "find-leave", "find-on", "find-up", "find-case", "find-regex"),
    "documents": ("open-document", "delete-document", "pane-next", "to-page"),
    "highlights": (
        "open-highlight",
        "tag",
        "remove",
        "margin-mark",
        "margin-filter",
        "to-page-from-margin",
    ),
    "filtering": (),
}
"""The at most six commands that matter, by what the reader is doing."""

Keys = Mapping[str, tuple[str, ...]]
"""The keys of each command by its id."""

DEFAULT_KEYS: Keys = {command.id: command.keys for command in COMMANDS}


FIELDS = frozenset({Scope.DOCUMENTS, Scope.FINDING})
"""Scopes in which a text is typed."""


def bindings(scope: Scope, also: Container[str] = ()) -> list[BindingType]:
    """The default bindings of the commands of one scope, for a widget's ``BINDINGS``.

    Args:
        scope: Whose commands.
        also: The ids of others that work there too.

    Those of a field take their turn after the letters that were typed before. All others are
    priority bindings, which are run as the key arrives: what is typed on while a command opens a
    field or a dialog goes there, and is not taken for commands.
    """
    return [
        Binding(
            ",".join(map(key_name, command.keys)),
            f"screen.command('{command.id}')",
            command.name,
            show=False,
            priority=scope not in FIELDS,
            id=command.id,
        )
        for command in COMMANDS
        if command.scope is scope or command.id in also
    ]


def keymap(keys: Keys) -> dict[str, str]:
    """What ``App.set_keymap`` takes, for the commands whose keys differ from the default."""
    return {
        id_: ",".join(map(key_name, names))
        for id_, names in keys.items()
        if names != DEFAULT_KEYS[id_]
    }


def footer(situation: str, state: State) -> Iterator[Command]:
    """The commands that the footer shows: those of the situation that would do something."""
    return (BY_ID[id_] for id_ in FOOTERS[situation] if BY_ID[id_].available(state))


def footer_of(scope: Scope, state: State, keys: Keys) -> list[tuple[str, str, str]]:
    """What the footer of a screen of its own shows, the most important first: the id, the key and
    the word of each command that would do something."""
    return [
        (command.id, key_label(keys[command.id][0]), command.hint)
        for command in COMMANDS
        if command.scope is scope and command.available(state)
    ]


def grouped(commands: Iterable[Command] = COMMANDS) -> dict[Group, list[Command]]:
    """The commands under their headings, both in the order of declaration."""
    groups: dict[Group, list[Command]] = {group: [] for group in Group}
    for command in commands:
        groups[command.group].append(command)
    return groups


_DISPLAY: Mapping[str, str] = {
    "escape": "Esc",
    "space": "Space",
    "enter": "Enter",
    "tab": "Tab",
    "delete": "Del",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


def key_name(key: str) -> str:
    """A key as a list of keys separated by commas can hold it."""
    return "comma" if key == "," else key


def key_label(key: str) -> str:
    """A key as people read it: ``ctrl+r`` is ``Ctrl+R``."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    label = _DISPLAY.get(last, last.capitalize() if len(last) > 1 or modifiers else last)
    return "+".join([*(modifier.capitalize() for modifier in modifiers), label])
