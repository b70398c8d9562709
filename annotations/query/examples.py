"""Searches that find something, to show what can be asked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotations.model import Document
from annotations.query.fields import tag_query
from annotations.query.grammar import OPERATORS
from annotations.text.terms import terms

_BARE = re.compile(r"[\w/-]+").fullmatch
"""A tag that needs no quotation marks."""
_LONG = 5
"""Code points of a word that says something."""


@dataclass(frozen=True, slots=True)
class Example:
    """A search, and what it asks for."""

    query: str
    meaning: str


def examples(document: Document, tag: str = "") -> Iterator[Example]:
    """Searches in different forms, each true of ``document``.

    Args:
        document: Of the library that is to be searched.
        tag: The path of a tag that is in use there; empty: none.
    """
    every = terms(document.title)
    plain = [word for word in dict.fromkeys(every) if word not in OPERATORS]
    words = [word for word in plain if len(word) >= _LONG] or plain[:1]
    if words:
        yield Example(words[0], "a word of a text, a title or a note")
        yield Example(f"{words[0][: _LONG - 1]}*", "words that begin so")
    if len(words) > 1:
        yield Example(f"{words[0]} and {words[-1]}", "both in one document; also or, not, ( )")
        yield Example(f"NEAR({words[0]} {words[-1]}, 20)", "at most 20 words apart")
    if len(every) > 1:
        yield Example(f'"{every[0]} {every[1]}"', "one after the other")
    if year := document.published[:4]:
        yield Example(f"published:{year}..", "of that year or later; author: doc: language:")
    if tag:
        yield Example(f"tag:{tag if _BARE(tag) else tag_query(tag)}", "in which it is given")
