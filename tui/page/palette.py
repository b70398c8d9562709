"""The colours of a page: which ink on which ground. Pure; a theme is turned into one of these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from annotations.model import COLOURS

READABLE = 4.5
"""The least contrast of text to its ground (WCAG 2.1, success criterion 1.4.3)."""
_HEX = re.compile("#[0-9a-fA-F]{6}")


class Ink(NamedTuple):
    """A foreground on a background: ``#rrggbb``, a name that Rich knows, or empty: inherited."""

    foreground: str = ""
    background: str = ""


class Palette(NamedTuple):
    """Everything that the page paints with."""

    text: Ink = Ink()
    muted: str = "#8a8a8a"
    """Symbols for control characters, rules, the scroll bar's track."""
    heading: str = "#d7afff"
    link: str = "#87afff"
    code: Ink = Ink("#d7d7af", "")
    quotation: str = "#a8a8a8"
    selection: Ink = Ink("#ffffff", "#264f78")
    caret: Ink = Ink("#000000", "#e0e0e0")
    hit: Ink = Ink("#000000", "#d7d787")
    current_hit: Ink = Ink("#000000", "#ffaf00")
    track: str = "#303030"
    thumb: str = "#6c6c6c"
    highlights: Mapping[str, Ink] = MappingProxyType({})
    """By the name of the colour (:data:`annotations.model.COLOURS`)."""
    coloured: bool = True
    """Without colours, highlights are underlined, hits are bold; the selection, the current hit
    and the caret are reversed."""

    def highlight(self, colour: str) -> Ink:
        """The ink of a highlight, by name or on ``#rrggbb``; unknown: the first colour."""
        if colour.startswith("#"):
            return Ink(readable_on(colour), colour)
        return self.highlights.get(colour) or next(iter(self.highlights.values()), Ink())


def _channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb`` or ``#rgb`` (WCAG 2.1), 0 black to 1 white."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[i : i + 2], 16) for i in (0, 2, 4))
    return 0.2126 * _channel(red) + 0.7152 * _channel(green) + 0.0722 * _channel(blue)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.1), 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def themed(
    variables: Mapping[str, str], *, dark: bool, ansi: bool, vivid: bool, coloured: bool
) -> Palette:
    """The palette that goes with a theme.

    Args:
        variables: The theme's colours; of them ``background``, ``primary`` and ``accent``.
        dark: Whether the ground is dark.
        ansi: Whether only the terminal's own sixteen colours are there.
        vivid: Whether contrast comes before beauty.
        coloured: Whether there are colours at all.
    """
    if ansi:
        return ANSI._replace(coloured=coloured)
    if vivid:
        return HIGH_CONTRAST._replace(coloured=coloured)
    palette = DARK if dark else LIGHT
    ground = variables.get("background", "")
    return palette._replace(
        heading=_legible(variables.get("primary", ""), ground, palette.heading),
        link=_legible(variables.get("accent", ""), ground, palette.link),
        coloured=coloured,
    )


def _legible(colour: str, ground: str, otherwise: str) -> str:
    """A colour of a theme, if it is one and stands out from the ground."""
    if not (_HEX.fullmatch(colour) and _HEX.fullmatch(ground)):
        return otherwise
    return colour if contrast(colour, ground) >= READABLE else otherwise


def readable_on(background: str) -> str:
    """Black or white, whichever stands out more. One of them always has a contrast over 4.5."""
    return max("#000000", "#ffffff", key=lambda ink: contrast(ink, background))


_DARK_GROUNDS = (
    "#6b5900",
    "#1f5c2e",
    "#1e4d8c",
    "#8a2f5d",
    "#8a4600",
    "#5b3a8c",
    "#0f5c5c",
    "#8c2626",
    "#5e4630",
    "#505050",
)
_LIGHT_GROUNDS = (
    "#fff2a8",
    "#c9efc9",
    "#c7dffc",
    "#fbd0e2",
    "#ffdcb0",
    "#e2d2f8",
    "#bfeceb",
    "#fccaca",
    "#e6d5c3",
    "#dcdcdc",
)
_VIVID_GROUNDS = (
    "#ffe600",
    "#3cf53c",
    "#5cc8ff",
    "#ff8ad8",
    "#ffa43a",
    "#d0a0ff",
    "#2ee6e6",
    "#ff7a7a",
    "#d9a066",
    "#d0d0d0",
)
_ANSI_INKS = (
    Ink("black", "yellow"),
    Ink("black", "green"),
    Ink("white", "blue"),
    Ink("black", "bright_magenta"),
    Ink("black", "bright_yellow"),
    Ink("bright_white", "magenta"),
    Ink("black", "cyan"),
    Ink("white", "red"),
    Ink("black", "bright_black"),
    Ink("black", "white"),
)


def _inks(foreground: str, grounds: tuple[str, ...]) -> dict[str, Ink]:
    return {name: Ink(foreground, ground) for name, ground in zip(COLOURS, grounds, strict=True)}


DARK = Palette(
    highlights=_inks("#ffffff", _DARK_GROUNDS),
)
"""On a dark ground."""

LIGHT = Palette(
    muted="#767676",
    heading="#5f00af",
    link="#005faf",
    code=Ink("#5f5f00", ""),
    quotation="#585858",
    selection=Ink("#000000", "#b4d5fe"),
    caret=Ink("#ffffff", "#303030"),
    hit=Ink("#000000", "#e5e55b"),
    current_hit=Ink("#000000", "#ff9f1a"),
    track="#dddddd",
    thumb="#a0a0a0",
    highlights=_inks("#000000", _LIGHT_GROUNDS),
)
"""On a light ground."""

HIGH_CONTRAST = DARK._replace(
    muted="#c0c0c0",
    heading="#ffffff",
    quotation="#e0e0e0",
    selection=Ink("#000000", "#ffffff"),
    caret=Ink("#000000", "#00ff00"),
    hit=Ink("#000000", "#ffff00"),
    current_hit=Ink("#ffffff", "#c00000"),
    track="#000000",
    thumb="#ffffff",
    highlights=_inks("#000000", _VIVID_GROUNDS),
)
"""Black on vivid grounds, on a black page."""

ANSI = Palette(
    muted="bright_black",
    heading="default",
    link="default",
    code=Ink(),
    quotation="default",
    selection=Ink("black", "white"),
    caret=Ink("black", "bright_white"),
    hit=Ink("black", "bright_cyan"),
    current_hit=Ink("black", "bright_green"),
    track="default",
    thumb="bright_black",
    highlights=dict(zip(COLOURS, _ANSI_INKS, strict=True)),
)
"""The sixteen colours of the terminal, whatever they are."""
