"""What is said where nothing bears a name."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.errors import NotFoundError
from annotations.library.wording import quoted

_ALIKE = 70
"""Of 100: how alike a name must be to what was typed to have been meant."""


def unknown(kind: str, name: str, known: Iterable[str]) -> NotFoundError:
    """That no thing of a kind is called so, and which name may have been meant.

    Args:
        kind: of the thing: ``tag``.
        name: as it was typed.
        known: the names that there are.
    """
    # Whoever types no name wrong does not wait for it.
    from rapidfuzz import fuzz, process

    near = process.extractOne(
        name.casefold(),
        list(known),
        scorer=fuzz.WRatio,
        processor=str.casefold,
        score_cutoff=_ALIKE,
    )
    meant = f"; did you mean {quoted(near[0])}?" if near else ""
    return NotFoundError(f"no {kind} is called {quoted(name)}{meant}")
