"""Times, the hybrid logical clock that orders acts, and the ids of rows.

A clock reading is ``2026-11-22T01:18:15.123Z-0000-device``: it sorts as text, first by the time of
day, then by a counter that grows when the time has not moved on (or was set back), then by device.
Method: Kulkarni et al., "Logical Physical Clocks" (2014), with the counter after the time.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta

_COUNTER_LIMIT = 0xFFFF
_TIME_LENGTH = len("2026-11-22T01:18:15.123Z")
_LOCAL_LENGTH = len("2026-11-22 02:18:15")


def timestamp(moment: datetime) -> str:
    """``moment`` in UTC, ISO 8601 with milliseconds and ``Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def now() -> str:
    """The present as :func:`timestamp` writes it."""
    return timestamp(datetime.now(UTC))


def local(at: str) -> str:
    """A time as :func:`timestamp` writes it, by the clock on the wall: ``2026-11-22 02:18:15``; of
    one so far off that zones have none, as it is."""
    try:
        shown = datetime.fromisoformat(at).astimezone().isoformat(" ", "seconds")
    except (ValueError, OverflowError):
        shown = at.replace("T", " ", 1)
    return shown[:_LOCAL_LENGTH]


def beginning(period: str) -> str:
    """The moment, UTC, at which a year, month or day of the local calendar begins.

    Args:
        period: ``2026``, ``2026-11`` or ``2026-11-22``. Of a time so far off that zones have none,
            it is given as it is, which sorts like a moment.
    """
    year, month, day = (int(part) for part in [*period.split("-"), "1", "1"][:3])
    try:
        return timestamp(datetime(year, month, day))
    except (ValueError, OverflowError):
        return period


def end(day: date) -> str:
    """The last millisecond of a day of the local calendar, UTC."""
    try:
        return timestamp(datetime.combine(day, time.max))
    except (ValueError, OverflowError):
        return f"{day}T{time.max:%H:%M:%S}.999Z"


def next_reading(last: str, present: str, device: str) -> str:
    """A reading later than ``last``, and not before ``present``.

    Args:
        last: the latest reading in the library, or empty.
        present: the present, as :func:`now` gives it.
        device: the machine that asks.
    """
    last_time, last_counter = last[:_TIME_LENGTH], last[_TIME_LENGTH + 1 : _TIME_LENGTH + 5]
    if present > last_time:
        return f"{present}-0000-{device}"
    counter = int(last_counter, 16) + 1
    if counter <= _COUNTER_LIMIT:
        return f"{last_time}-{counter:04x}-{device}"
    moved_on = datetime.fromisoformat(last_time) + timedelta(milliseconds=1)
    return f"{timestamp(moved_on)}-0000-{device}"


def device_name() -> str:
    """The name of this machine."""
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return name or "device"


def new_id() -> str:
    """A random UUID (RFC 9562, version 4).

    Not from the uuid module, whose import costs more than saving a highlight.
    """
    digits = bytearray(os.urandom(16))
    digits[6] = digits[6] & 0x0F | 0x40
    digits[8] = digits[8] & 0x3F | 0x80
    text = digits.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
