"""Dates as files write them, in the library's form: ``2023``, ``2023-10`` or ``2023-10-30``."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"\s*(\d{4})(?:[-/.]?(\d{2})(?:[-/.]?(\d{2}))?)?(?!\d)")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_WRITTEN = re.compile(
    r"\b(?:(?P<day>\d{1,2})\.?\s+)?(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"\s+(?:(?P<day_after>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>\d{4})\b",
    re.IGNORECASE,
)


def iso_date(written: str) -> str:
    """``written`` as precisely as it is understood; empty where it is not.

    Understood are ISO 8601 and its kin (``2023-10-30T09:00:00Z``, ``20231030``, ``2023/10/30``) and
    English dates with the month in letters.
    """
    if match := _ISO.match(written):
        return _written(*(int(part) for part in match.groups() if part))
    if match := _WRITTEN.search(written):
        month = _MONTHS.split().index(match["month"].lower()) + 1
        day = match["day"] or match["day_after"]
        return _written(int(match["year"]), month, *([int(day)] if day else []))
    return ""


def _written(year: int, month: int = 0, day: int = 0) -> str:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return ""
    parts = [f"{year:04}"] + [f"{part:02}" for part in (month, day) if part]
    return "-".join(parts)
