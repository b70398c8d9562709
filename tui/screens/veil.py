"""What is seen of the screen below, through one that covers only a part of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Self, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.app import RenderResult
from textual.color import Color
from textual.css.styles import RulesMap
from textual.geometry import Region
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.visual import RenderOptions, Visual

T = TypeVar("T")


class Veiled(ModalScreen[T]):
    """A screen over another, which is seen through its ground.

    What Textual shows there it takes to pieces for the console again at each change above it, which
    is most of what opening a dialog costs. Here the rows of the screen below are taken as they are,
    and again only when it has changed.
    """

    _veil: Veil | None = None

    def render(self) -> RenderResult:  # type: ignore[override]  # what Textual takes of a widget
        """The screen below in the tint of the ground."""
        ground = super().render()
        if not isinstance(ground, BackgroundScreen):
            return ground
        if self._veil is None or not self._veil.shows(ground):
            self._veil = Veil(ground)
        return self._veil

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


class Veil(Visual):
    """A screen in a tint, as it was when it was first painted.

    Args:
        below: The screen, and the colour that is laid over it.
    """

    def __init__(self, below: BackgroundScreen) -> None:
        self._below = below
        self._size = below.screen.size
        self._rows: list[Strip] = []

    def shows(self, below: BackgroundScreen) -> bool:
        """Whether this is that screen in that colour, and of its size."""
        mine = (self._below.screen, self._below.color, self._size)
        return mine == (below.screen, below.color, below.screen.size)

    def render_strips(
        self, width: int, height: int | None, style: VisualStyle, options: RenderOptions
    ) -> list[Strip]:
        """The rows of the screen."""
        self._rows = self._rows or self._tinted_rows(self._below.color)
        return self._rows

    def _tinted_rows(self, tint: Color) -> list[Strip]:
        # There is no public way to the rows of a screen: BackgroundScreen takes them so too.
        rows = self._below.screen._compositor.render_strips()
        if not tint.a:
            return [row.discard_meta() for row in rows]
        return [
            Strip([Segment(text, _tinted(style, tint)) for text, style, _ in row], row.cell_length)
            for row in rows
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """All there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """That of the screen."""
        return self._size.height


@lru_cache(maxsize=4096)
def _tinted(style: Style | None, tint: Color) -> Style:
    """A style as it looks under a tint, and without what a click would find."""
    if style is None:
        return Style.null()
    plain = style.clear_meta_and_links()
    below = (plain.color, plain.bgcolor)
    colours = [each and (Color.from_rich_color(each) + tint).rich_color for each in below]
    return plain + Style.from_color(*colours)
