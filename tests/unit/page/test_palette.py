"""Text on every highlight colour of every palette can be read."""

from __future__ import annotations

import pytest

from annotations.model import COLOURS
from tui.page.palette import (
    ANSI,
    DARK,
    HIGH_CONTRAST,
    LIGHT,
    READABLE,
    Ink,
    Palette,
    contrast,
    readable_on,
    themed,
)

XTERM = {
    "black": "#000000",
    "red": "#cd0000",
    "green": "#00cd00",
    "yellow": "#cdcd00",
    "blue": "#0000ee",
    "magenta": "#cd00cd",
    "cyan": "#00cdcd",
    "white": "#e5e5e5",
    "bright_black": "#7f7f7f",
    "bright_red": "#ff0000",
    "bright_green": "#00ff00",
    "bright_yellow": "#ffff00",
    "bright_blue": "#5c5cff",
    "bright_magenta": "#ff00ff",
    "bright_cyan": "#00ffff",
    "bright_white": "#ffffff",
}
"""What xterm takes the sixteen colours to be."""


def ratio(ink: Ink) -> float:
    return contrast(
        XTERM.get(ink.foreground, ink.foreground), XTERM.get(ink.background, ink.background)
    )


@pytest.mark.parametrize("palette", [DARK, LIGHT, HIGH_CONTRAST, ANSI])
def test_text_on_every_ground_is_readable(palette: Palette) -> None:
    assert set(palette.highlights) == set(COLOURS)
    inks = {name: palette.highlight(name) for name in COLOURS}
    inks |= {"selection": palette.selection, "caret": palette.caret}
    inks |= {"hit": palette.hit, "current hit": palette.current_hit}
    assert {name: ink for name, ink in inks.items() if ratio(ink) < READABLE} == {}


@pytest.mark.parametrize("palette", [DARK, LIGHT, HIGH_CONTRAST, ANSI])
def test_the_colours_differ(palette: Palette) -> None:
    assert len({palette.highlight(name).background for name in COLOURS}) == len(COLOURS)


def test_any_colour_of_the_user_s_gets_a_readable_ink() -> None:
    for red in range(0, 256, 15):
        for green in range(0, 256, 15):
            for blue in range(0, 256, 15):
                ground = f"#{red:02x}{green:02x}{blue:02x}"
                assert contrast(readable_on(ground), ground) >= READABLE
    assert DARK.highlight("#ffee00") == Ink("#000000", "#ffee00")


def test_an_unknown_colour_is_painted_like_the_first() -> None:
    assert DARK.highlight("no such colour") == DARK.highlight(COLOURS[0])
    assert DARK.highlight("") == DARK.highlight(COLOURS[0])


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#fff", "#fff") == 1


def test_a_theme_s_colours_are_taken_where_they_can_be_read() -> None:
    variables = {"background": "#101010", "primary": "#202020", "accent": "#ffcc66"}
    palette = themed(variables, dark=True, ansi=False, vivid=False, coloured=True)
    assert palette.heading == DARK.heading
    assert palette.link == "#ffcc66"
    assert themed({}, dark=False, ansi=False, vivid=False, coloured=True) == LIGHT
    assert themed({}, dark=True, ansi=True, vivid=False, coloured=True) == ANSI
    assert not themed({}, dark=True, ansi=False, vivid=True, coloured=False).coloured
