from __future__ import annotations

import pytest

from annotations.errors import QuerySyntaxError
from annotations.query import parse_passages
from annotations.query.pointing import point_at


def error_of(text: str) -> QuerySyntaxError:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_passages(text)
    return caught.value


def test_the_caret_stands_under_the_wrong_character() -> None:
    assert point_at(error_of("risk and or actor")) == ("risk and or actor", " " * 9 + "^")


def test_the_caret_counts_the_cells_of_wide_characters() -> None:
    assert point_at(error_of("风险 or )"))[1] == " " * 8 + "^"


def test_a_long_query_is_shown_around_the_place() -> None:
    shown, caret = point_at(error_of("a " * 200 + ") " + "b " * 200), columns=20)
    assert len(shown) == 20
    assert shown[len(caret) - 1] == ")"


def test_control_characters_are_not_printed() -> None:
    shown, caret = point_at(error_of("a\x1b[31m\n)"))
    assert shown.isprintable()
    assert shown[len(caret) - 1] == ")"
