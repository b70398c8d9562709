"""The colour themes. Their highlight colours lie with the page, which paints them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

DEFAULT_THEME = "dark"


def _variables(**changes: str) -> dict[str, str]:
    """Theme variables under their hyphenated names."""
    return {name.replace("_", "-"): value for name, value in changes.items()}


THEMES: Mapping[str, Theme] = {
    theme.name: theme
    for theme in (
        Theme(
            "dark",
            primary="#8fb3d9",
            secondary="#6d8db0",
            accent="#e0b56a",
            foreground="#d8d4cb",
            background="#191b1f",
            surface="#1f2227",
            panel="#272b31",
            success="#8fbf87",
            warning="#e0b56a",
            error="#e07a6f",
            variables=_variables(
                block_cursor_background="#33404f",
                block_cursor_foreground="#f2eee4",
                block_cursor_text_style="none",
                input_selection_background="#8fb3d9 35%",
            ),
        ),
        Theme(
            "light",
            primary="#2d5d8b",
            secondary="#54799c",
            accent="#94590a",
            foreground="#24262a",
            background="#fbfaf7",
            surface="#f2f0ea",
            panel="#e8e5dc",
            success="#2f6b33",
            warning="#8a5200",
            error="#a8322a",
            dark=False,
            variables=_variables(
                block_cursor_background="#d5e0ec",
                block_cursor_foreground="#14161a",
                block_cursor_text_style="none",
                input_selection_background="#2d5d8b 25%",
            ),
        ),
        Theme(
            "sepia",
            primary="#7a4a1e",
            secondary="#8d6a45",
            accent="#8a3f10",
            foreground="#40331f",
            background="#f5ecd9",
            surface="#eee2ca",
            panel="#e5d6b9",
            success="#4c6a22",
            warning="#8a5200",
            error="#9c2f20",
            dark=False,
            variables=_variables(
                block_cursor_background="#dcc9a3",
                block_cursor_foreground="#2b2113",
                block_cursor_text_style="none",
                input_selection_background="#7a4a1e 25%",
            ),
        ),
        Theme(
            "high-contrast",
            primary="#7fd4ff",
            secondary="#ffffff",
            accent="#ffe14d",
            foreground="#ffffff",
            background="#000000",
            surface="#000000",
            panel="#1c1c1c",
            success="#7dff7d",
            warning="#ffe14d",
            error="#ff8a80",
            text_alpha=1.0,
            variables=_variables(
                block_cursor_background="#ffffff",
                block_cursor_foreground="#000000",
                block_cursor_text_style="bold",
                input_selection_background="#7fd4ff 50%",
            ),
        ),
        # The sixteen colours of the terminal, whatever they are.
        replace(BUILTIN_THEMES["ansi-dark"], name="ansi"),
    )
}
