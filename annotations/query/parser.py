"""Reads a query of either language: text -> tree, or an error that knows the wrong character."""

from __future__ import annotations

from enum import StrEnum

from annotations.query.fields import no_field
from annotations.query.nodes import Query
from annotations.query.passages_grammar import PassagesGrammar
from annotations.query.search_grammar import SearchGrammar
from annotations.text.terms import has_words


class Language(StrEnum):
    """What a bare word stands for."""

    PASSAGES = "passages"
    """A tag."""
    SEARCH = "search"
    """A word of the text."""


def parse(text: str, language: Language) -> Query:
    """Reads a query of either language.

    Raises:
        QuerySyntaxError: It cannot be read.
    """
    grammar = PassagesGrammar if language is Language.PASSAGES else SearchGrammar
    return grammar(text).parse()


def why_nothing(search: str) -> str:
    """What may be wrong with a search that found nothing, in a line.

    Raises:
        QuerySyntaxError: It cannot be read.
    """
    for name in SearchGrammar(search).names:
        return f"{no_field(name)}; it was looked for as a word"
    if not has_words(search):
        return "characters are found side by side: with blanks between them, also apart"
    return "words are found whole: govern* finds all that begin so"


def parse_passages(text: str) -> Query:
    """Reads a query for highlights; an empty one asks for all of them.

    Raises:
        QuerySyntaxError: It cannot be read.
    """
    return parse(text, Language.PASSAGES)


def parse_search(text: str) -> Query:
    """Reads a search for documents; an empty one asks for all of them.

    Raises:
        QuerySyntaxError: It cannot be read.
    """
    return parse(text, Language.SEARCH)
