"""The line in which one types what to find in the document."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from .lines import one_line


class FindBar(Horizontal):
    """Field, switches and count; hidden until it is used."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("alt+c", "switch('case')", show=False),
        Binding("alt+r", "switch('regex')", show=False),
    ]

    DEFAULT_CSS = """
    FindBar {
                height: 1;
        background: $panel;
        display: none;
        &.-open { display: block; }
        & > #slash { width: auto; padding: 0 0 0 1; color: $accent; text-style: bold; }
        & > Input {
            width: 1fr;
            border: none;
            height: 1;
            padding: 0 1;
            background: $panel;
            &:focus { border: none; }
        }
        & > #found { width: auto; padding: 0 1; color: $text-muted; }
    }
    """

    case = False
    """Whether capitals count."""
    regex = False
    """Whether the text is a regular expression."""

    class Sought(Message):
        """Something else is to be found."""

        def __init__(self, text: str, case: bool, regex: bool) -> None:
            super().__init__()
            self.text = text
            self.case = case
            self.regex = regex

    class Stepped(Message):
        """Another hit is to be shown."""

        def __init__(self, steps: int) -> None:
            super().__init__()
            self.steps = steps

    class Left(Message):
        """The search is over."""

        def __init__(self, kept: bool) -> None:
            super().__init__()
            self.kept = kept
            """Whether to stay at the hit; otherwise back to where it began."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("/", id="slash")
        yield Input(placeholder="Find in this document", select_on_focus=True)
        yield Static("", id="found")

    def open(self) -> None:
        """Show the field and take the keys."""
        self.add_class("-open")
        self.query_one(Input).focus()
        self.say("")

    def close(self) -> None:
        """Hide the field."""
        self.remove_class("-open")

    def say(self, found: str) -> None:
        """Say what has been found so far."""
        switches = [
            f"Alt+C {'Aa' if self.case else 'aa'}",
            f"Alt+R {'.*' if self.regex else 'abc'}",
        ]
        words = "   ".join(filter(None, [one_line(found), *switches]))
        self.query_one("#found", Static).update(Content(words))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._seek()

    def _seek(self) -> None:
        self.post_message(self.Sought(self.query_one(Input).value, self.case, self.regex))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Left(kept=True))

    def action_leave(self) -> None:
        """Give up."""
        self.post_message(self.Left(kept=False))

    def action_step(self, steps: int) -> None:
        """Show another hit."""
        self.post_message(self.Stepped(steps))

    def action_switch(self, name: str) -> None:
        """Turn a switch and search again."""
        setattr(self, name, not getattr(self, name))
        self._seek()
