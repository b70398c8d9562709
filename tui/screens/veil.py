"""What is seen of the screen below, through one that covers only a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Self, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.geometry import Region
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen
from textual.strip import Strip

T = TypeVar("T")


class Veiled(ModalScreen[T]):
    """A screen over another, which is seen through its ground.

    What Textual shows there it takes to pieces for the console again at each change above it, which
    is most of what opening a dialog costs. Here the rows of the screen below are taken as they are,
    and again only when it has changed.
    """

    _veil: Veil | None = None
    _styled_for = ""
    """The theme in which it was last shown."""

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Keep the styles it has: Textual changes those of all screens that are open when the theme
        changes, so that only one that was closed meanwhile needs others."""
        theme = self.app.theme
        event.refresh_styles = self._styled_for not in ("", theme)
        self._styled_for = theme
        self._veil = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Rows of the screen below in the tint of the ground. They have been through all that
        Textual does with the rows of a widget already."""
        ground = self.render()
        if not isinstance(ground, BackgroundScreen):
            return super().render_lines(crop)
        if self._veil is None or not self._veil.shows(ground):
            self._veil = Veil(ground)
        left, right = crop.column_span
        # The screen below may be told of another size of the terminal after this one.
        rows = self._veil.rows
        shown = [row.crop(left, right) for row in rows[crop.y : crop.bottom]]
        shown += [Strip([])] * (crop.height - len(shown))
        return [row.adjust_cell_length(crop.width) for row in shown]

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Paint anew. Regions are given by the screen below, where it has changed."""
        if regions:
            self._veil = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


class Veil:
    """A screen in a tint, as it was when it was first painted.

    Args:
        below: The screen, and the colour that is laid over it.
    """

    def __init__(self, below: BackgroundScreen) -> None:
        self._below = below
        self._size = below.screen.size

    def shows(self, below: BackgroundScreen) -> bool:
        """Whether this is that screen in that colour, and of its size."""
        mine = (self._below.screen, self._below.color, self._size)
        return mine == (below.screen, below.color, below.screen.size)

    @cached_property
    def rows(self) -> Sequence[Strip]:
        """Its rows."""
        tint = self._below.color
        # There is no public way to the rows of a screen: BackgroundScreen takes them so too.
        rows = self._below.screen._compositor.render_strips()
        if not tint.a:
            return [row.discard_meta() for row in rows]
        return [
            Strip([Segment(text, _tinted(style, tint)) for text, style, _ in row], row.cell_length)
            for row in rows
        ]


@lru_cache(maxsize=4096)
def _tinted(style: Style | None, tint: Color) -> Style:
    """A style as it looks under a tint, and without what a click would find."""
    if style is None:
        return Style.null()
    plain = style.clear_meta_and_links()
    below = (plain.color, plain.bgcolor)
    colours = [each and (Color.from_rich_color(each) + tint).rich_color for each in below]
    return plain + Style.from_color(*colours)
