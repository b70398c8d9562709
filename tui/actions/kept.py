"""Queries that are kept under a name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from annotations.errors import InvalidError
from annotations.query import Language

if TYPE_CHECKING:
    from tui.screens.station import Item, Station


_NOUNS = {Language.PASSAGES: "query", Language.SEARCH: "search"}
"""What people call a query in each language."""


def keep(screen: Station[Item], query: str, language: Language) -> Awaitable[None]:
    """Keep a query under a name that is asked for."""
    from tui.screens.prompt import Prompt

    queries = screen.desk.library.queries

    def save(name: str) -> None:
        screen.act(
            lambda: queries.save(name, query, language), f"Kept the {noun} as {name.strip()}"
        )

    noun = _NOUNS[language]
    return screen.ask(Prompt(f"Keep the {noun} as", _named, hint="a name"), save)


def ask_kept(
    screen: Station[Item], language: Language, keeps: str, then: Callable[[str], object]
) -> Awaitable[None] | None:
    """Choose one of the queries that were kept.

    Args:
        screen: Where it is asked.
        language: Only the queries in this one.
        keeps: The command that keeps a query.
        then: Goes on with the chosen query.
    """
    from tui.screens.choice import Choice, Option

    kept = [each for each in screen.desk.library.queries.list() if each.language is language]
    if not kept:
        key = screen.reader.key(keeps)
        screen.say(f"No {_NOUNS[language]} has been kept yet; {key} keeps one")
        return None
    options = [Option(each.query, f"{each.name}   {each.query}") for each in kept]
    return screen.ask(Choice("Ask again", options, ""), then)


def _named(name: str) -> None:
    if not name.strip():
        raise InvalidError("It needs a name")
