"""What a command is: its name, its keys, where and when it is available."""

from __future__ import annotations

from enum import Enum, Flag, StrEnum, auto
from typing import NamedTuple


class State(Flag):
    """What holds at this moment; a command is available when all that it needs holds."""

    ALWAYS = 0
    DOCUMENT = auto()
    """A document of the library is open."""
    TEXT = auto()
    """There is something to be read in the open text."""
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
    UNSETTLED = auto()
    """The document has highlights that a new text moved or lost."""
    PLACING = auto()
    """A highlight is to be given a place by hand."""
    BUSY = auto()
    """Long work is going on."""
    ENTRIES = auto()
    """The list of documents, or of what another screen shows, is not empty."""
    REMOVED = auto()
    """The list is of deleted documents."""
    FOLDER = auto()
    """The list is of a folder that the user made."""
    SMART_FOLDER = auto()
    """The list is of what a saved search finds."""
    OWN_FOLDER = auto()
    """One of the two."""


class Scope(Enum):
    """Where the focus must be for a key to mean this command."""

    READER = auto()
    """Anywhere in the reader, unless a text is being typed."""
    PAGE = auto()
    DOCUMENTS = auto()
    """The sidebar, where printable keys filter."""
    CARDS = auto()
    """The list of documents in the sidebar."""
    FOLDERS = auto()
    """The folders above that list."""
    HIGHLIGHTS = auto()
    """The margin."""
    FINDING = auto()
    """The line in which one types what to find."""
    CODEBOOK = auto()
    """The codebook's screen."""
    PASSAGES = auto()
    """The screen of the passages that answer a query."""
    SEARCH = auto()
    """The screen of what a search finds."""
    HISTORY = auto()
    """The history's screen."""
    DUPLICATES = auto()
    """The screen of documents that are nearly the same."""
    REVIEW = auto()
    """The screen of the highlights that moved or were lost."""
    REVISIONS = auto()
    """The screen of the texts that a document has had."""
    CHANGES = auto()
    """The screen of what changed between two of them."""


class Group(StrEnum):
    """The headings of the help page, in its order."""

    MOVE = "Move"
    SELECT = "Select"
    ANNOTATE = "Annotate"
    FIND = "Find"
    LIBRARY = "Library"
    PANES = "Panes and program"
    DOCUMENTS = "In the sidebar"
    MARGIN = "In the margin"
    FINDING = "While typing what to find"
    CODEBOOK = "In the codebook"
    PASSAGES = "Among passages"
    SEARCH = "In a search"
    HISTORY = "In the history"
    DUPLICATES = "Among documents nearly the same"
    REVISIONS = "Among revisions, and in their review"


class Command(NamedTuple):
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


class Family(NamedTuple):
    """The commands of one list: made by calling it."""

    module: str
    """Of :mod:`tui.actions`."""
    group: Group
    scope: Scope
    needs: State = State.ENTRIES
    """Unless a command says otherwise."""

    def __call__(
        self,
        id_: str,
        help_: str,
        hint: str,
        *keys: str,
        run: str = "",
        needs: State | None = None,
    ) -> Command:
        """A command; where ``run`` does not say it, ``passage-mark-all`` runs ``mark_all``."""
        function = run or id_.partition("-")[2].replace("-", "_")
        # A name of Python's own.
        function = "open_" if function == "open" else function
        needed = self.needs if needs is None else needs
        place = f"{self.module}.{function}"
        return Command(id_, help_, keys, help_, self.group, place, needed, self.scope, hint)
