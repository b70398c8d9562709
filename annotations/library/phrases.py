"""Whether texts of the library hold or are some words, as SQL: by LIKE wherever that can decide."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.library.connection import Connection
from annotations.library.sql import Sql, join
from annotations.text.folding import fold_spaces, holds


def register(connection: Connection) -> None:
    """Give SQLite the functions that are asked where it cannot decide alone."""
    with connection.errors():
        connection.sqlite.create_function("holds", 2, holds, deterministic=True)
        connection.sqlite.create_function("folded", 1, fold_spaces, deterministic=True)


_LONGEST_PATTERN = 1000
"""Code points of what is looked for by LIKE, which refuses very long patterns."""


def text_holds(column: str, value: str) -> Sql:
    """``column`` holds ``value``, folded as in :mod:`annotations.text.folding`.

    SQLite's LIKE decides alone where folding changes nothing but the case. ``holds`` is slower, and
    is asked only of what LIKE cannot decide: text that is not ASCII (its count of characters is not
    that of bytes), text that has the words of the needle one after the other but not with single
    blanks between them, and whatever no pattern can say.
    """
    needle = fold_spaces(value)
    held = Sql(f"holds({column}, ?)", (needle,))
    folds = _folds(column)
    if not needle.isascii():
        # ASCII folds to ASCII.
        return join("AND", [folds, held])
    if not _is_pattern(needle):
        return held
    found = _like(column, [needle])
    if " " not in needle:
        return join("OR", [found, join("AND", [folds, held])])
    words = _like(column, needle.split(" "))
    return join("AND", [join("OR", [words, folds]), join("OR", [found, held])])


def text_is(column: str, value: str) -> Sql:
    """``column``, a line, is ``value``, folded as in :func:`text_holds` and as cheaply."""
    needle = fold_spaces(value)
    folded = join("AND", [_folds(column), Sql(f"folded({column}) = ?", (needle,))])
    if not needle.isascii():
        return folded
    return join("OR", [Sql(f"{column} = ? COLLATE NOCASE", (needle,)), folded])


def _folds(column: str) -> Sql:
    """``column`` is not all ASCII: folding may change more of it than its case."""
    return Sql(f"length({column}) < length(CAST({column} AS BLOB))")


_MARKS = "–—‘’“”"
"""Of what is not ASCII, what folding leaves apart from all letters and blanks: three bytes each."""
_BLANKS = "\t\v\f\r\x1c\x1d\x1e\x1f"
"""Of the white space in ASCII, what is neither a space nor a line feed."""


def _intricate(quote: str) -> str:
    without = quote
    for mark in _MARKS:
        without = f"replace({without}, '{mark}', '')"
    octets = f"length(CAST({quote} AS BLOB))"
    folds = f"{octets} - length({quote}) <> 2 * (length({quote}) - length({without}))"
    # A pattern for one character takes a hundredth of the time of one for a class of them.
    blanks = " OR ".join(f"{quote} GLOB '*{blank}*'" for blank in _BLANKS)
    return f"(length({quote}) < {octets} AND {folds} OR {blanks} OR instr({quote}, char(0)))"


INTRICATE = _intricate("quote")
"""A quote, of the table ``highlights``, that LIKE may not decide about: it has a character that is
folded to a letter, to nothing or to white space, or one that ends a text for LIKE. An index names
these."""
_TYPED = frozenset("-'\"")
"""What dashes and quotation marks are folded to."""
_APART = ("\n", " \n", "  ")
"""How white space begins that is not a single blank, in quotes that are not intricate."""


def quotes_hold(value: str) -> Sql:
    """:func:`text_holds` of ``h.quote``, where every highlight is looked through.

    Which quotes are intricate is known from their index: of the others ``holds`` is asked only
    where the words of the needle stand apart by more than a blank.
    """
    needle = fold_spaces(value)
    if not (needle.isascii() and _is_pattern(needle) and _TYPED.isdisjoint(needle)):
        return text_holds("h.quote", value)
    held = Sql("holds(h.quote, ?)", (needle,))
    intricate = Sql(
        "h.number IN (SELECT number FROM highlights INDEXED BY highlights_intricate "
        f"WHERE {INTRICATE})"
    )
    found = _like("h.quote", [needle])
    words = needle.split(" ")
    if len(words) > 1:
        apart = [
            _like("h.quote", [*words[:after], words[after] + space, *words[after + 1 :]])
            for after in range(len(words) - 1)
            for space in _APART
        ]
        otherwise = join("AND", [join("OR", apart), held])
        found = join("AND", [_like("h.quote", words), join("OR", [found, otherwise])])
    return join("OR", [found, join("AND", [intricate, held])])


def _is_pattern(needle: str) -> bool:
    """Whether LIKE can look for it: a zero byte would end the pattern."""
    return len(needle) <= _LONGEST_PATTERN and "\0" not in needle


def _like(column: str, parts: Sequence[str]) -> Sql:
    """``column`` holds ``parts`` one after the other."""
    pattern = "%".join(_literally(part) for part in parts)
    return Sql(f"{column} LIKE ? ESCAPE '!'", (f"%{pattern}%",))


def _literally(text: str) -> str:
    """``text`` for LIKE … ESCAPE '!'."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
