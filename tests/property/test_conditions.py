"""What SQL finds in a text is what folding finds in it."""

from __future__ import annotations

import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from annotations.library.conditions import text_holds
from annotations.text.folding import fold_spaces, holds

_LETTERS = "aAbé ́\n\t\u00a0\x1c  %_!ßﬁда"
TEXTS = st.text(_LETTERS, max_size=24)
VALUES = st.text(_LETTERS, min_size=1, max_size=6).filter(fold_spaces)

_CONNECTION = sqlite3.connect(":memory:")
_CONNECTION.create_function("holds", 2, holds, deterministic=True)


@given(TEXTS, VALUES)
def test_a_text_holds_what_its_folded_form_holds(text: str, value: str) -> None:
    found = text_holds("t.text", value)
    row = _CONNECTION.execute(
        f"SELECT {found.text} FROM (SELECT ? AS text) AS t", (*found.values, text)
    ).fetchone()

    assert bool(row[0]) is (fold_spaces(value) in fold_spaces(text))
