"""The path of a tag or a folder: ``risk/tiers`` is a child of ``risk``. Pure functions."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from annotations.errors import InvalidError
from annotations.library.wording import quoted, single_line

LONGEST = 200
"""Code points of a path."""


def clean(path: str) -> str:
    """The ``path`` of a tag as it is kept; see :func:`clean_path`.

    Raises:
        InvalidError: it cannot be one.
    """
    return clean_path(path, "tag")


@lru_cache(1 << 13)
def clean_path(path: str, kind: str) -> str:
    """``path`` as it is kept: parts trimmed, inner white space folded.

    Args:
        path: As it was typed.
        kind: What it is the path of, for the message.

    Raises:
        InvalidError: the path or a part of it is empty or cannot be seen, it is too long, or it
            holds a control character.
    """
    parts = [single_line(part) for part in path.split("/")]
    if not any(parts):
        raise InvalidError(f"a {kind} needs a name")
    if not all(parts):
        raise InvalidError(f"the {kind} {quoted(path)} has an empty part: write it as name/name")
    cleaned = "/".join(parts)
    if len(cleaned) > LONGEST:
        raise InvalidError(
            f"the {kind} {quoted(path)} is {len(cleaned):,} characters long: at most {LONGEST} fit"
        )
    # Cc: controls; Cs: half characters. Format characters (Cf) join letters in some scripts.
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in cleaned):
        raise InvalidError(f"the {kind} {cleaned!a} holds a control character")
    if not all(map(_can_be_seen, parts)):
        raise InvalidError(f"the {kind} {cleaned[:20]!a} cannot be seen: it needs letters or signs")
    return cleaned


def _can_be_seen(part: str) -> bool:
    """Whether a name is more than marks, which need letters before them, and format characters."""
    return any(unicodedata.category(each) not in ("Cf", "Mn", "Mc", "Me") for each in part)


def fold(path: str) -> str:
    """What two paths share that are the same tag: caseless matching (Unicode 3.13, D145)."""
    decomposed = unicodedata.normalize("NFD", path).casefold()
    return unicodedata.normalize("NFC", decomposed)
