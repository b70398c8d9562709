"""Writing a note."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import AwaitMount
from textual.widgets import TextArea

from annotations.errors import FlorilegiumError
from tui.screens.dialog import Dialog
from tui.widgets.lines import sentence

if TYPE_CHECKING:
    from tui.screens.commanded import Commanded

LONGEST = 100_000
"""Code points of a text that is written here; the field takes very long for more."""

_TOO_LONG = (
    "{:,} characters, too many to write on here:\nCtrl+E opens them in your editor ($EDITOR)."
)


class NoteField(TextArea):
    """The field; of a paste that is too long for it, it says what the whole text would be."""

    class Flooded(Message):
        """The text with what was pasted is too long to be written here."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def on_paste(self, event: events.Paste) -> None:
        """Keep long texts out of the field."""
        if self.read_only or len(self.text) + len(event.text) <= LONGEST:
            return
        event.prevent_default()
        event.stop()
        start, end = sorted(self.selection)
        before = self.get_text_range((0, 0), start)
        after = self.get_text_range(end, self.document.end)
        pasted = event.text.replace("\r\n", "\n").replace("\r", "\n")
        self.post_message(self.Flooded(before + pasted + after))


class NoteEditor(Dialog[str]):
    """Asks for a text of several lines; gives it when it is saved.

    Args:
        quote: What the note is on.
        note: The note so far.
        typed: What has become of it already; ``None``: nothing else.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", show=False),
        Binding("ctrl+e", "edit", "In the editor", show=False, priority=True),
        Binding("escape", "close", "Close", show=False),
    ]
    DEFAULT_CSS = """
    NoteEditor TextArea {
        height: 12;
        border: none;
        padding: 0 1;
        background: $background;
        &:focus { border: none; }
    }
    """

    def __init__(self, quote: str, note: str, typed: str | None = None) -> None:
        super().__init__(f"Note on {quote}", "Ctrl+S save   Ctrl+E in $EDITOR   Esc leave")
        self._note = note
        self._typed = note if typed is None else typed
        self._long = ""
        """The text, where it is too long to be written here."""
        self._warned = False

    def body(self) -> ComposeResult:
        """The text."""
        yield NoteField(soft_wrap=True, tab_behavior="focus")

    def on_mount(self) -> None:
        """Begin at the end of the note."""
        self._put(self._typed)

    @on(NoteField.Flooded)
    def _flooded(self, event: NoteField.Flooded) -> None:
        event.stop()
        self._put(event.text)

    def _put(self, text: str) -> None:
        """Show a text to write on, or only what its size is."""
        area = self.query_one(NoteField)
        self._long = text if len(text) > LONGEST else ""
        area.read_only = bool(self._long)
        area.text = _TOO_LONG.format(len(text)) if self._long else text
        area.move_cursor(area.document.end)

    @property
    def text(self) -> str:
        """The note as it stands."""
        return self._long or self.query_one(NoteField).text

    def action_save(self) -> None:
        """Give the note."""
        self.dismiss(self.text)

    def action_edit(self) -> None:
        """Go on with the note in the user's own editor."""
        from tui.editor import edited

        try:
            with self.app.suspend():
                text = edited(self.text)
        except SuspendNotSupported:
            self.notify("This terminal cannot be lent to an editor", severity="error")
        except FlorilegiumError as error:
            self.notify(sentence(str(error)), severity="error", markup=False)
        else:
            self._put(text)

    def action_close(self) -> None:
        """Close; changes are dropped only when asked twice."""
        if self.text == self._note or self._warned:
            self.dismiss(None)
            return
        self._warned = True
        self.notify("Ctrl+S saves the note; Escape again drops the change", severity="warning")


def write_note(
    screen: Commanded,
    quote: str,
    note: str,
    save: Callable[[str, Callable[[], object]], object],
    typed: str | None = None,
) -> AwaitMount:
    """Have a note written and saved; where saving fails, the editor is there again with what was
    typed.

    Args:
        screen: What it is opened over.
        quote: What the note is on.
        note: The note so far.
        save: Is given the text, and what to call if it cannot be saved.
        typed: As :class:`NoteEditor` takes it.
    """

    def take(text: str) -> None:
        save(text, lambda: write_note(screen, quote, note, save, text))

    return screen.ask(NoteEditor(quote, note, typed), take)
