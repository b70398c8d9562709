"""Other programs' points in time as ours: UTC, ISO 8601 with ``Z``."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_is_ours = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z", re.ASCII).fullmatch
# One of them on a day that every month has: there is nothing to ask of the calendar.
_is_sound = re.compile(
    r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])"
    r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z",
    re.ASCII,
).fullmatch


def utc(written: str) -> str:
    """An ISO 8601 time, or what is near one, in UTC; without a zone it is taken to be in UTC.

    Empty where it cannot be read as a time.
    """
    if _is_sound(written):
        return written
    written = written.strip()
    if not written:
        return ""
    try:
        moment = datetime.fromisoformat(written.replace(" UTC", "Z"))
        if _is_ours(written):
            return written
        return stamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return ""


def stamp(moment: datetime) -> str:
    """A moment with a zone in our form, to the millisecond where it has a fraction."""
    moment = moment.astimezone(UTC)
    precision = "milliseconds" if moment.microsecond else "seconds"
    return moment.isoformat(timespec=precision).replace("+00:00", "Z")
