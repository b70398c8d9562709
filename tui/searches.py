"""What the search suggests before anything is typed: what was searched for before, and examples."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from annotations.model import Document
from annotations.query.examples import examples
from tui.screens.found_cards import Suggestion

if TYPE_CHECKING:
    from annotations.library.library import Library

_PREFERENCE = "searches"
_KEPT = 8
_LONGEST = 500
"""Code points of a search that is worth suggesting."""


def recent(library: Library) -> list[str]:
    """What this coder searched for, the latest first."""
    kept = library.preferences.get(_PREFERENCE)
    return [str(each) for each in json.loads(kept)] if kept else []


def remember(library: Library, query: str) -> None:
    """Suggest a search from now on, before the others.

    Raises:
        LibraryError: The library cannot be written.
    """
    before = recent(library)
    searches = list(dict.fromkeys([query, *before]))[:_KEPT]
    if len(query) <= _LONGEST and searches != before:
        library.preferences.set(_PREFERENCE, json.dumps(searches, ensure_ascii=False))


def suggestions(library: Library, document: Document | None) -> list[Suggestion]:
    """What could be searched for.

    Args:
        library: That is searched.
        document: What the examples are made of.
    """
    before = [Suggestion(query, "searched before") for query in recent(library)]
    if document is None:
        return before
    tag = next((tag.path for tag in library.codebook.recent(1)), "")
    return before + [Suggestion(each.query, each.meaning) for each in examples(document, tag)]
