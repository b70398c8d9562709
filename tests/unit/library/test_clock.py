from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta, timezone

from annotations.library.clock import new_id, next_reading, now, timestamp


def test_times_are_utc_with_milliseconds() -> None:
    moment = datetime(2026, 11, 22, 3, 18, 15, 123_456, timezone(timedelta(hours=2)))
    assert timestamp(moment) == "2026-11-22T01:18:15.123Z"
    assert timestamp(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00.000Z"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", now())


def test_the_clock_follows_the_time() -> None:
    reading = next_reading("2026-01-01T00:00:00.000Z-0007-old", "2026-01-01T00:00:00.001Z", "vm")
    assert reading == "2026-01-01T00:00:00.001Z-0000-vm"
    assert next_reading("", "2026-01-01T00:00:00.001Z", "vm") == reading


def test_the_clock_grows_when_the_time_is_set_back() -> None:
    readings = ["2026-01-01T00:00:00.999Z-fffd-vm"]
    for _ in range(5):
        readings.append(next_reading(readings[-1], "2001-01-01T00:00:00.000Z", "vm"))
    assert readings == sorted(set(readings))
    assert readings[3] == "2026-01-01T00:00:01.000Z-0000-vm"


def test_ids_are_random_uuids() -> None:
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    for each in ids:
        parsed = uuid.UUID(each)
        assert (str(parsed), parsed.version, parsed.variant) == (each, 4, uuid.RFC_4122)
