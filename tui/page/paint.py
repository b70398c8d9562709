"""Rows painted as strips: the looks of a row in the colours of a palette."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotations.model import BlockKind, MarkKind
from tui.page.looks import Look, LookRun
from tui.page.overlay import Layer
from tui.page.palette import Ink, Palette

_MARK = "▎"
"""Left of a row with a highlight: seen without colours too."""


class Painter:
    """Turns looks into styles, each once.

    Args:
        palette: The colours.
        base: What they are painted on.
    """

    def __init__(self, palette: Palette, base: Style) -> None:
        self.palette = palette
        self.base = base + _style(palette.text)
        self.style = lru_cache(maxsize=1024)(self._style)
        self.cell = lru_cache(maxsize=256)(self._cell)
        self._mark_style = lru_cache(maxsize=64)(self._style_of_mark)

    def strip(
        self, runs: Iterable[LookRun], left: int, width: int, mark: str | None = None
    ) -> Strip:
        """A row as a strip.

        Args:
            runs: The row, in the order of the cells.
            left: The cell of the strip at which the text column begins.
            width: Cells of the whole strip; what lies beyond is cut off.
            mark: The colour of a highlight on the row, marked left of the text.
        """
        segments: list[Segment] = []
        at = 0
        if mark is not None and left > 1:
            segments.append(Segment(" " * (left - 2), self.base))
            segments.append(Segment(_MARK, self._mark_style(mark)))
            at = left - 1
        for run in runs:
            cell = left + run.cell
            if cell + run.width > width:
                break
            if cell > at:
                segments.append(Segment(" " * (cell - at), self.base))
            segments.append(Segment(run.text, self.style(run.look)))
            at = cell + run.width
        if at < width:
            segments.append(Segment(" " * (width - at), self.base))
        return Strip(segments, width)

    def _cell(self, sign: str, colour: str, ground: str) -> Segment:
        """One cell; empty colours are those of the page."""
        return Segment(sign, self.base + _style(Ink(colour, ground)))

    def _style_of_mark(self, colour: str) -> Style:
        if not self.palette.coloured:
            return self.base
        return self.base + Style(color=self.palette.highlight(colour).background or None)

    def _style(self, look: Look) -> Style:
        """How a look is painted: what lies on top wins, attributes add up."""
        palette = self.palette
        style = self.base + self._block(look)
        if look.ornament:
            style += Style(color=palette.muted, bold=False)
        for mark in look.marks:
            style += self._mark(mark)
        if look.depth:
            style += self._highlight(look)
        if look.hit is not None:
            style += self._hit(look.hit is Layer.CURRENT_HIT)
        if look.selected:
            style += _style(palette.selection) if palette.coloured else Style(reverse=True)
        if look.caret:
            style += _style(palette.caret) if palette.coloured else Style(reverse=not style.reverse)
        return style

    def _hit(self, current: bool) -> Style:
        """Without colours all hits are bold, and the current one is reversed."""
        if not self.palette.coloured:
            return Style(bold=True, reverse=current or None)
        ink = _style(self.palette.current_hit if current else self.palette.hit)
        return ink + Style(bold=True) if current else ink

    def _block(self, look: Look) -> Style:
        if look.kind is BlockKind.HEADING:
            return Style(color=self.palette.heading, bold=look.level <= 3, italic=look.level > 3)
        if look.kind is BlockKind.QUOTATION:
            return Style(color=self.palette.quotation)
        if look.kind is BlockKind.CODE:
            return _style(self.palette.code)
        return Style.null()

    def _mark(self, mark: MarkKind) -> Style:
        match mark:
            case MarkKind.EMPHASIS:
                return Style(italic=True)
            case MarkKind.STRONG:
                return Style(bold=True)
            case MarkKind.CODE:
                return _style(self.palette.code)
            case MarkKind.LINK | MarkKind.FOOTNOTE:
                return Style(color=self.palette.link, underline=True)
            case _:
                return Style.null()

    def _highlight(self, look: Look) -> Style:
        """One highlight is a ground; two are underlined, three or more doubly so."""
        ink = self.palette.highlight(look.colour) if self.palette.coloured else Ink()
        plain = look.depth == 1 and self.palette.coloured
        if plain:
            return _style(ink)
        return _style(ink) + (Style(underline2=True) if look.depth > 2 else Style(underline=True))


def _style(ink: Ink) -> Style:
    return Style(color=ink.foreground or None, bgcolor=ink.background or None)
