"""The colours of a page: which ink on which ground. Pure; a theme is turned into one of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from annotations.model import COLOURS


@dataclass(frozen=True, slots=True)
class Ink:
    """A foreground on a background: ``#rrggbb``, a name that Rich knows, or empty: inherited."""

    foreground: str = ""
    background: str = ""


@dataclass(frozen=True)
class Palette:
    """Everything that the page paints with."""

    text: Ink = field(default_factory=Ink)
    muted: str = "#8a8a8a"
    """Symbols for control characters, rules, the scroll bar's track."""
    heading: str = "#d7afff"
    link: str = "#87afff"
    code: Ink = field(default_factory=lambda: Ink("#d7d7af", ""))
    quotation: str = "#a8a8a8"
    selection: Ink = field(default_factory=lambda: Ink("#ffffff", "#264f78"))
    caret: Ink = field(default_factory=lambda: Ink("#000000", "#e0e0e0"))
    hit: Ink = field(default_factory=lambda: Ink("#000000", "#d7d787"))
    current_hit: Ink = field(default_factory=lambda: Ink("#000000", "#ffaf00"))
    track: str = "#303030"
    thumb: str = "#6c6c6c"
    highlights: Mapping[str, Ink] = field(default_factory=dict)
    """By the name of the colour (:data:`annotations.model.COLOURS`)."""
    coloured: bool = True
    """Without colours, highlights are underlined and the selection is reversed."""

    def highlight(self, colour: str) -> Ink:
        """The ink of a highlight, by name or on ``#rrggbb``; unknown: the first colour."""
        if colour.startswith("#"):
            return Ink(readable_on(colour), colour)
        return self.highlights.get(colour) or next(iter(self.highlights.values()), Ink())

    def with_text(self, ink: Ink) -> Palette:
        """The same on another ground."""
        return replace(self, text=ink)


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
_ANSI_GROUNDS = (
    "ansi_yellow",
    "ansi_green",
    "ansi_blue",
    "ansi_magenta",
    "ansi_bright_yellow",
    "ansi_magenta",
    "ansi_cyan",
    "ansi_red",
    "ansi_bright_black",
    "ansi_white",
)

DARK = Palette(
    highlights={
        name: Ink("#ffffff", ground) for name, ground in zip(COLOURS, _DARK_GROUNDS, strict=True)
    }
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
    highlights={
        name: Ink("#000000", ground) for name, ground in zip(COLOURS, _LIGHT_GROUNDS, strict=True)
    },
)
"""On a light ground."""
