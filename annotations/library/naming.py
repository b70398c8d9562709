"""What is said where nothing bears a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
    near = _nearest(name, list(known))
    meant = f"; did you mean {quoted(near)}?" if near else ""
    return NotFoundError(f"no {kind} is called {quoted(name)}{meant}")


def _nearest(name: str, known: Sequence[str]) -> str:
    """The one that is most like a name; empty where none is like it."""
    if not known:
        # The reader looks a file up by its path when it starts, which is no time for this.
        return ""
    from rapidfuzz import fuzz, process

    near = process.extractOne(
        name.casefold(), known, scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=_ALIKE
    )
    return near[0] if near else ""
