"""The page about the languages tells the truth."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotations.query import Language, grammar, parse, passages_grammar, search_grammar
from annotations.query.fields import FORMS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "queries.md"


def examples() -> list[tuple[Language, str]]:
    """The code of the first column of each table, with the languages that it is for."""
    found = []
    languages: tuple[Language, ...] = ()
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            languages = {
                "## Both languages": tuple(Language),
                "## Passages": (Language.PASSAGES,),
                "## Searches": (Language.SEARCH,),
            }.get(line, ())
        elif line.startswith("| `"):
            cell = line.split(" | ")[0]
            queries = re.findall(r"`([^`]+)`", cell)
            found += [(language, query) for language in languages for query in queries]
    return found


@pytest.mark.parametrize(("language", "query"), examples())
def test_what_the_page_shows_can_be_asked(language: Language, query: str) -> None:
    parse(query, language)


def test_every_field_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert not [name for name in FORMS if name != "color" and f"`{name}:" not in text]


def test_the_bounds_are_those_of_the_parser() -> None:
    bounds = (
        f"At most {grammar.MAX_TERMS} terms, {passages_grammar.MAX_RELATIONS} relations, "
        f"{grammar.MAX_DEPTH} parentheses inside each other, {search_grammar.MAX_PHRASE} words in "
        f"a phrase, and {search_grammar.MAX_NEAR} in a NEAR"
    )
    assert bounds in PAGE.read_text(encoding="utf-8")
