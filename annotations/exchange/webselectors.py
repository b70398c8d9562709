"""The selectors of the W3C Web Annotation Data Model (section 4.2), both ways.

https://www.w3.org/TR/annotation-model/#selectors. Positions there are code points, ends exclusive.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from annotations.exchange.bundle import Selector
from annotations.exchange.jsonstream import integer_of, list_of, object_of, text_of
from annotations.model import Span
from annotations.text.offsets import Unit

_DEEPEST = 16
"""Refinements of refinements that are followed."""

_LONGEST_FRAGMENT = 4_096

_CHARACTERS = re.compile(r"(?:^|[&;])char=(\d+),(\d+)")  # RFC 5147, section 2.2.1
_LINES = re.compile(r"(?:^|[&;])line=(\d+),(\d+)")
_TEXT = re.compile(r":~:text=(?:([^&,]+)-,)?([^&,]+)(?:,-([^&,]+))?(?:&|$)")


def written(selector: Selector) -> list[dict[str, object]]:
    """The selectors that stand for ours: by quote, and by position where there is one."""
    found: list[dict[str, object]] = []
    if selector.quote:
        found.append(
            {
                "type": "TextQuoteSelector",
                "exact": selector.quote,
                **({"prefix": selector.prefix} if selector.prefix else {}),
                **({"suffix": selector.suffix} if selector.suffix else {}),
            }
        )
    if selector.span is not None:
        found.append(
            {
                "type": "TextPositionSelector",
                "start": selector.span.start,
                "end": selector.span.end,
            }
        )
    return found


def read(value: object, depth: int = 0) -> Selector | None:
    """What can be understood of one selector or of several that say the same in other ways.

    None where nothing can: such as an area of a picture, or a path in a page's markup.
    """
    merged: Selector | None = None
    for each in list_of(value):
        found = _single(object_of(each), depth)
        if found is None:
            continue
        merged = found if merged is None else _merged(merged, found)
    return merged


def fragment(value: str) -> Selector | None:
    """What the part of an address after ``#`` selects, where it is one of plain text."""
    value = value[:_LONGEST_FRAGMENT]
    if match := _CHARACTERS.search(value):
        return _positioned(int(match[1]), int(match[2]), Unit.CODE_POINT)
    if match := _LINES.search(value):
        return _positioned(int(match[1]), int(match[2]), Unit.LINE)
    if match := _TEXT.search(value):
        prefix, quote, suffix = (unquote(part or "") for part in match.groups())
        return Selector(quote=quote, prefix=prefix, suffix=suffix)
    return None


def _single(selector: dict[str, object], depth: int) -> Selector | None:
    outer = _unrefined(selector, depth)
    if "refinedBy" not in selector or depth >= _DEEPEST:
        return outer
    inner = read(selector["refinedBy"], depth + 1)
    if inner is None:
        return outer
    if inner.span is None:
        return inner
    # The inner place is counted from the start of the outer selection.
    if outer is None or outer.span is None or outer.unit != inner.unit:
        return inner._replace(span=None) if inner.quote else outer
    base = outer.span.start
    return inner._replace(span=Span(base + inner.span.start, base + inner.span.end))


def _unrefined(selector: dict[str, object], depth: int) -> Selector | None:
    match text_of(selector.get("type")):
        case "TextQuoteSelector":
            quote = text_of(selector.get("exact"))
            if not quote:
                return None
            return Selector(
                quote=quote,
                prefix=text_of(selector.get("prefix")),
                suffix=text_of(selector.get("suffix")),
            )
        case "TextPositionSelector":
            return _between(selector.get("start"), selector.get("end"), Unit.CODE_POINT)
        case "DataPositionSelector":
            return _between(selector.get("start"), selector.get("end"), Unit.UTF8)
        case "FragmentSelector":
            return fragment(text_of(selector.get("value")))
        case "RangeSelector" if depth < _DEEPEST:
            first = read(selector.get("startSelector"), depth + 1)
            last = read(selector.get("endSelector"), depth + 1)
            # Up to, not including, what the end selector selects (section 4.2.9).
            return None if first is None or last is None else _between_both(first, last)
        case _:
            return None


def _between(start: object, end: object, unit: Unit) -> Selector | None:
    first, last = integer_of(start), integer_of(end)
    return None if first is None or last is None else _positioned(first, last, unit)


def _between_both(first: Selector, last: Selector) -> Selector:
    if first.span is None or last.span is None or first.unit != last.unit:
        return Selector(bounds=(first, last))
    return _positioned(first.span.start, last.span.start, first.unit) or Selector(
        bounds=(first, last)
    )


def _positioned(start: int, end: int, unit: Unit) -> Selector | None:
    return Selector(Span(start, end), unit) if 0 <= start <= end else None


def _merged(first: Selector, second: Selector) -> Selector:
    """Two ways of saying the same: what the first lacks, the second may give."""
    place = first if first.span is not None else second
    words = first if first.quote else second
    bounds = first.bounds or second.bounds
    return Selector(place.span, place.unit, words.quote, words.prefix, words.suffix, bounds)
