"""The lines below the panes: the status, or the tags that the digits give, and the keys; above
them, for a while, a line to type in or the progress of some work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.style import Style
from textual.containers import Vertical

from tui.widgets.keybar import Hint, KeyBar
from tui.widgets.quick_tags import QuickTags
from tui.widgets.status import Standing, Status

if TYPE_CHECKING:
    from annotations.model import Tag


class Foot(Vertical):
    """The lines.

    Args:
        ink: The style of a tag's name.
    """

    DEFAULT_CSS = "Foot { height: auto; }"

    def __init__(self, ink: Callable[[Tag], Style]) -> None:
        self.status = Status()
        self.quick_tags = QuickTags(ink)
        self.key_bar = KeyBar()
        super().__init__(self.status, self.quick_tags, self.key_bar)

    def show(
        self, standing: Standing, quick: Mapping[str, Tag] | None, hints: Sequence[Hint]
    ) -> None:
        """Show other lines.

        Args:
            standing: What the status says.
            quick: The tags by digit, shown in its place; ``None`` for the status.
            hints: The keys that matter.
        """
        self.status.show(standing)
        if quick is not None:
            self.quick_tags.show(quick)
        self.quick_tags.display = quick is not None
        self.status.display = quick is None
        self.key_bar.show(hints)
