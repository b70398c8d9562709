"""Queries that are kept under a name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from annotations.errors import InvalidError
from annotations.query import Language

if TYPE_CHECKING:
    from annotations.library.queries import SavedQuery
    from tui.screens.reader import Reader
    from tui.screens.station import Item, Station


_NOUNS = {Language.PASSAGES: "query", Language.SEARCH: "search"}
"""What people call a query in each language."""


def keep(screen: Station[Item], query: str, language: Language) -> Awaitable[None]:
    """Keep a query under a name that is asked for, at first the one that it was kept under."""
    from tui.screens.prompt import Prompt

    queries, noun = screen.desk.library.queries, _NOUNS[language]

    def tell(saved: SavedQuery) -> None:
        screen.kept_as = saved.name
        before = ", in place of what was kept there" if saved.updated_at > saved.created_at else ""
        screen.say(f"Kept the {noun} as {saved.name}{before}")

    def save(name: str) -> None:
        screen.act(lambda: queries.save(name, query, language), tell)

    prompt = Prompt(f"Keep the {noun} as", _named, screen.kept_as, hint="a name")
    return screen.ask(prompt, save)


def rename_kept(screen: Reader, name: str) -> Awaitable[None]:
    """Give a kept query another name."""
    from tui.screens.prompt import Prompt

    queries = screen.desk.library.queries

    def rename(new_name: str) -> None:
        screen.act(lambda: queries.rename(name, new_name))

    return screen.ask(Prompt(f"Rename {name}", _named, name), rename)


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

    queries = screen.desk.library.queries
    kept = [each for each in queries.list() if each.language is language]
    if not kept:
        key = screen.reader.key(keeps)
        screen.say(f"No {_NOUNS[language]} has been kept yet; {key} keeps one")
        return None

    def go_on(name: str) -> None:
        screen.kept_as = name
        then(queries.get(name).query)

    options = [Option(each.name, f"{each.name}   {each.query}") for each in kept]
    return screen.ask(Choice("Ask again", options, screen.kept_as), go_on)


def _named(name: str) -> None:
    if not name.strip():
        raise InvalidError("It needs a name")
