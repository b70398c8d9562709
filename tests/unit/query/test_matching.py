from __future__ import annotations

import pytest

from annotations.query import parse_search
from annotations.query.matching import Matcher, saying, wanted_words

TEXT = "The Fog came in. Cafe\u0301 fog, foggy sea; the sea-fog of 治理 and 人工智能治理."


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("fog", ["Fog", "fog", "fog"]),
        ("fog*", ["Fog", "fog", "foggy", "fog"]),
        ('"sea fog"', ["sea-fog"]),
        ("café", ["Cafe\u0301"]),
        ("治理", ["治理", "治理"]),
        ("理", ["理", "理"]),
        ("智能治理", ["智能治理"]),
        ("fog not sea", ["Fog", "fog", "fog"]),
        ("fog or sea", ["Fog", "fog", "sea", "sea", "fog"]),
        ('fog or "sea fog"', ["Fog", "fog", "sea-fog"]),
        ("NEAR(fog sea, 0)", ["sea-fog"]),
        ("fog near/1 sea", ["fog, foggy sea", "sea-fog"]),
        ("NEAR(came café fog, 2)", ["Fog came in. Cafe\u0301"]),
        ("NEAR(fog came café, 3)", ["Fog came in. Cafe\u0301"]),
        ('NEAR(sea "sea fog", 0)', ["sea-fog"]),
        ("治 near/0 治", ["治", "治"]),
        ("nothing", []),
        ("doc:fog", []),
    ],
)
def test_the_places_of_words_are_found(query: str, found: list[str]) -> None:
    matcher = Matcher(wanted_words(parse_search(query)))
    assert [TEXT[start:end] for start, end in matcher.spans(TEXT)] == found


@pytest.mark.parametrize(
    ("query", "true"),
    [
        ("fog sea", True),
        ("fog mist", False),
        ("fog or mist", True),
        ("fog not mist", True),
        ('"fog sea"', False),
        ("came near/1 café", True),
        ("doc:fog", False),
    ],
)
def test_a_search_is_true_of_a_text_or_not(query: str, true: bool) -> None:
    assert saying(parse_search(query))(TEXT) is true


def test_each_wanted_word_is_told_once() -> None:
    assert len(wanted_words(parse_search("fog or fog (not sea) not not mist"))) == 2
