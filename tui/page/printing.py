"""The page as lines of text, for a pipe or a printer: no widget, no Textual."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from annotations.model import BlockKind, MarkKind
from tui.page.flow import Flow, Place
from tui.page.looks import Look, LookRun, row_runs
from tui.page.overlay import Overlay, Provider
from tui.page.palette import Palette
from tui.page.source import Source


def printed_rows(
    source: Source, width: int, provider: Provider | None = None, visual: bool = False
) -> Iterator[list[LookRun]]:
    """The rows of a text as the page wraps them at a width, from the first to the last.

    Args:
        source: The text.
        width: Cells of a row.
        provider: Gives the decorations of a span of positions.
        visual: Whether right-to-left text is put in the order of reading.
    """
    flow = Flow(source, width, visual)
    overlay: Overlay | None = None
    of_stretch = -1
    for place in flow.rows(Place(source.stretch(0).start, 0, 0)):
        if provider and place.stretch != of_stretch:
            stretch = flow.stretch(place.stretch).stretch
            overlay = Overlay(stretch, provider(stretch.start, stretch.end))
            of_stretch = place.stretch
        yield row_runs(flow, place, overlay)


def plain(runs: Iterable[LookRun]) -> str:
    """A row as it is read: no colours, no blanks behind it."""
    return _joined(runs, lambda run: run.text).rstrip()


def coloured(runs: Iterable[LookRun], palette: Palette) -> str:
    """A row with its colours, for a terminal that has them.

    Args:
        runs: The row.
        palette: The colours, each as ``#rrggbb`` or one of the sixteen by name.
    """
    return _joined(runs, lambda run: _painted(run, palette))


def _joined(runs: Iterable[LookRun], text: Callable[[LookRun], str]) -> str:
    line, cell = "", 0
    for run in runs:
        line += " " * (run.cell - cell) + text(run)
        cell = run.cell + run.width
    return line


def _painted(run: LookRun, palette: Palette) -> str:
    codes = ";".join(_codes(run.look, palette))
    return f"\x1b[{codes}m{run.text}\x1b[0m" if codes else run.text


_ATTRIBUTES = {MarkKind.STRONG: "1", MarkKind.EMPHASIS: "3", MarkKind.LINK: "4"}


def _codes(look: Look, palette: Palette) -> Iterator[str]:
    """The numbers of a "select graphic rendition" sequence (ECMA-48, section 8.3.117)."""
    if look.ornament:
        yield "2"
    elif look.kind is BlockKind.HEADING:
        yield "1"
    for mark in sorted(look.marks):
        if mark in _ATTRIBUTES:
            yield _ATTRIBUTES[mark]
    if not look.depth:
        return
    if look.depth > 1 or not palette.coloured:
        yield "4"
    if palette.coloured:
        ink = palette.highlight(look.colour)
        yield from _colour(30, ink.foreground)
        yield from _colour(40, ink.background)


_SIXTEEN = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_BRIGHT = 60
"""What is added to the number of a colour for its bright sister (aixterm)."""


def _colour(layer: int, colour: str) -> Iterator[str]:
    """The numbers of a colour.

    Args:
        layer: 30 for the text, 40 for the ground.
        colour: ``#rrggbb``, a name of the sixteen, or empty.
    """
    name = colour.removeprefix("bright_")
    if colour.startswith("#"):
        channels = (str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
        yield ";".join((str(layer + 8), "2", *channels))
    elif name in _SIXTEEN:
        yield str(layer + _SIXTEEN.index(name) + (_BRIGHT if name != colour else 0))
