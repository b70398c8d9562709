"""Words, sentences and what lies at an offset. Pure; works on the text of one paragraph."""

from __future__ import annotations

from bisect import bisect_right

from annotations.text.words import words

__all__ = ["sentences", "span_at", "words"]


def sentences(text: str) -> list[tuple[int, int]]:
    """See :func:`annotations.text.sentences.sentences`, whose rules are compiled when a sentence is
    first asked for: a page that is only shown asks for none."""
    from annotations.text.sentences import sentences

    return sentences(text)


def span_at(spans: list[tuple[int, int]], offset: int) -> tuple[int, int] | None:
    """The span that holds an offset, or else the last one that begins before it, or the first."""
    if not spans:
        return None
    number = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return spans[max(number, 0)]
