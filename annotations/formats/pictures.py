"""What stands for a picture in the text: its description."""

from __future__ import annotations

import re

_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?|emf|wmf)", re.IGNORECASE)


def in_place_of_picture(description: str | None) -> str:
    """The description in brackets, or an empty string where it says nothing.

    A picture of a single character, as of an initial or an emoji, is that character.
    """
    words = " ".join((description or "").split())
    if not words or _FILE_NAME.fullmatch(words):
        return ""
    return f"[{words}]" if sum(map(str.isalnum, words)) > 1 else words
