"""What is known of a document, or of several at once: title, author, date ..."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from annotations.errors import FlorilegiumError
from annotations.library.documents import tidied
from annotations.library.wording import counted
from tui.screens.dialog import Dialog
from tui.widgets.field import Field
from tui.widgets.lines import clip, one_line, sentence

FIELDS = {
    "title": ("Title", ""),
    "author": ("Author", ""),
    "publisher": ("Publisher", ""),
    "published": ("Published", "2023, 2023-10 or 2023-10-30"),
    "language": ("Language", "en, zh-Hans …"),
    "kind": ("Kind", "letter, news, report …"),
    "source": ("Source", "an address or a reference"),
}
_DIFFERENT = "different ones; what you write goes for all"


class DocumentForm(Dialog[Mapping[str, str]]):
    """Asks for the fields of documents; gives those that the user has changed, by name.

    Args:
        known: What they say, by name; None: not all the same.
        number: How many documents there are.
    """

    DEFAULT_CSS = """
    DocumentForm > #panel { width: 84; }
    DocumentForm Horizontal { height: 1; margin-bottom: 1; }
    DocumentForm Horizontal > Static { width: 12; }
    DocumentForm Horizontal > Input { width: 1fr; }
    DocumentForm #wrong { color: $error; }
    """

    def __init__(self, known: Mapping[str, str | None], number: int) -> None:
        title = clip(one_line(known["title"] or ""), 76) if number == 1 else ""
        super().__init__(
            title or f"The same for {counted(number, 'document')}",
            "Enter save   Tab next   Esc leave",
        )
        self._was = known

    def body(self) -> ComposeResult:
        """A line for each field."""
        for name, (label, hint) in FIELDS.items():
            was = self._was[name]
            with Horizontal():
                yield Static(label)
                yield Field(
                    was or "",
                    placeholder=_DIFFERENT if was is None else hint,
                    id=f"field-{name}",
                    select_on_focus=False,
                )
        yield Static("", id="wrong")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        typed = {name: self.query_one(f"#field-{name}", Input).value.strip() for name in FIELDS}
        changed = {name: text for name, text in typed.items() if text != (self._was[name] or "")}
        try:
            fields = tidied(changed)
        except FlorilegiumError as error:
            self.query_one("#wrong", Static).update(Content(sentence(str(error))))
        else:
            self.dismiss(fields)
