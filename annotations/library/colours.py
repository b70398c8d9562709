"""The colours that tags and highlights may have."""

from __future__ import annotations

import re

from annotations.errors import InvalidError
from annotations.library.wording import quoted
from annotations.model import COLOURS


def clean_colour(colour: str) -> str:
    """``colour`` as it is kept: a name of :data:`COLOURS`, ``#rrggbb``, or empty.

    Raises:
        InvalidError: it is none of these.
    """
    cleaned = colour.strip().lower()
    if cleaned and cleaned not in COLOURS and not re.fullmatch(r"#[0-9a-f]{6}", cleaned):
        raise InvalidError(f"{quoted(colour)} is no colour: use {', '.join(COLOURS)} or #rrggbb")
    return cleaned
