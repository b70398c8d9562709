"""A line of text."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from annotations.errors import FlorilegiumError
from tui.screens.dialog import Dialog
from tui.widgets.field import Field
from tui.widgets.lines import sentence
from tui.widgets.path_field import PathField


class Prompt(Dialog[str]):
    """Asks for a line; gives it as it was typed.

    Args:
        title: What is asked for.
        check: Raises FlorilegiumError for a line that will not do; its message is shown.
        value: The line to begin with.
        hint: What the empty field shows.
        path: Whether it is a path, which is completed and can be chosen from a list.
        secret: Whether nobody is to see what is typed.
    """

    DEFAULT_CSS = """
    Prompt > #panel { width: 60; }
    Prompt.-path > #panel { width: 76; }
    Prompt #wrong { color: $error; }
    """

    def __init__(
        self,
        title: str,
        check: Callable[[str], object],
        value: str = "",
        hint: str = "",
        *,
        path: bool = False,
        secret: bool = False,
    ) -> None:
        keys = "→ complete the path   Ctrl+O files   " if path else ""
        super().__init__(title, f"Enter take   {keys}Esc leave")
        self._path = path
        self._secret = secret
        self.set_class(path, "-path")
        self._check = check
        self._value = value
        self._hint = hint

    def body(self) -> ComposeResult:
        """The field, and room for what is wrong with it."""
        if self._path:
            yield PathField(self._value, folders=True, hint=self._hint)
        else:
            yield Field(
                self._value,
                placeholder=self._hint,
                password=self._secret,
                select_on_focus=False,
            )
        yield Static("", id="wrong")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            self._check(event.value)
        except FlorilegiumError as error:
            self.query_one("#wrong", Static).update(Content(sentence(str(error))))
        else:
            self.dismiss(event.value)
