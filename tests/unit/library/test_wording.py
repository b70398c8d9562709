"""How sentences name things."""

from __future__ import annotations

import pytest

from annotations.library.wording import quoted, quoted_end


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("short\n words ", "“short words”"),
        (
            "All countries, big or small, strong or weak, should all have equal rights to it",
            "“All countries, big or small, strong or weak, should all have …”",
        ),
        ("治" * 61, f"“{'治' * 60} …”"),
        (f"{'治' * 59}e\N{COMBINING ACUTE ACCENT}治", f"“{'治' * 59} …”"),
    ],
)
def test_long_quotations_end_with_a_whole_word(text: str, told: str) -> None:
    assert quoted(text) == told


def test_the_end_of_a_long_quotation_begins_with_a_whole_word() -> None:
    assert quoted_end("benefit; none should be left behind") == "“… none should be left behind”"
    assert quoted_end("治" * 61) == f"“… {'治' * 30}”"
