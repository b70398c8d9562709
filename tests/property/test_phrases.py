"""What SQL finds in a text is what folding finds in it."""

from __future__ import annotations

import sqlite3
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from annotations.library.phrases import INTRICATE, quotes_hold, text_holds, text_is
from annotations.library.wording import single_line
from annotations.text.folding import fold_spaces, holds

_LETTERS = "aAbé ́\n\t\u00a0\x1c\0  %_!ßﬁда'’-—"
TEXTS = st.text(_LETTERS, max_size=24)
VALUES = st.text(_LETTERS, min_size=1, max_size=6).filter(fold_spaces)

_CONNECTION = sqlite3.connect(":memory:")
_CONNECTION.create_function("holds", 2, holds, deterministic=True)
_CONNECTION.create_function("folded", 1, fold_spaces, deterministic=True)
_CONNECTION.execute("CREATE TABLE highlights (number INTEGER PRIMARY KEY, quote TEXT)")
_CONNECTION.execute(f"CREATE INDEX highlights_intricate ON highlights (number) WHERE {INTRICATE}")


@given(TEXTS, VALUES)
def test_a_text_holds_what_its_folded_form_holds(text: str, value: str) -> None:
    _CONNECTION.execute("INSERT OR REPLACE INTO highlights VALUES (1, ?)", (text,))
    for found in (text_holds("h.quote", value), quotes_hold(value)):
        row = _CONNECTION.execute(f"SELECT {found.text} FROM highlights h", found.values).fetchone()

        assert bool(row[0]) is (fold_spaces(value) in fold_spaces(text))


@given(TEXTS.map(lambda text: single_line(text.replace("\0", ""))), VALUES)
def test_a_line_is_what_its_folded_form_is(line: str, value: str) -> None:
    _CONNECTION.execute("INSERT OR REPLACE INTO highlights VALUES (1, ?)", (line,))
    for said in (value, line.upper()):
        found = text_is("h.quote", said)
        row = _CONNECTION.execute(f"SELECT {found.text} FROM highlights h", found.values).fetchone()

        assert bool(row[0]) is (fold_spaces(said) == fold_spaces(line))


def test_words_of_a_quote_may_stand_apart_by_any_white_space() -> None:
    found = quotes_hold("data security data")
    space = [*" \n\t", *map("".join, product(" \n\t", repeat=2)), "", ". "]
    for first, second in product(space, repeat=2):
        text = f"Big Data{first}security{second}data."
        _CONNECTION.execute("INSERT OR REPLACE INTO highlights VALUES (1, ?)", (text,))
        row = _CONNECTION.execute(f"SELECT {found.text} FROM highlights h", found.values).fetchone()

        assert bool(row[0]) is ("data security data" in fold_spaces(text))
