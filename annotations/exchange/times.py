"""Other programs' points in time as ours: UTC, ISO 8601 with ``Z``."""

from __future__ import annotations

from datetime import UTC, datetime


def utc(written: str) -> str:
    """An ISO 8601 time, or what is near one, in UTC; without a zone it is taken to be in UTC.

    Empty where it cannot be read as a time.
    """
    written = written.strip()
    if not written:
        return ""
    try:
        moment = datetime.fromisoformat(written.replace(" UTC", "Z"))
        return stamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return ""


def from_seconds(seconds: float) -> str:
    """A count of seconds since 1970 as a time; empty where no calendar reaches it."""
    try:
        return stamp(datetime.fromtimestamp(seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return ""


def stamp(moment: datetime) -> str:
    """A moment with a zone in our form, to the millisecond where it has a fraction."""
    moment = moment.astimezone(UTC)
    precision = "milliseconds" if moment.microsecond else "seconds"
    return moment.isoformat(timespec=precision).replace("+00:00", "Z")
