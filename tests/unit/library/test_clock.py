from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from annotations.library.clock import beginning, end, local, new_id, next_reading, now, timestamp

needs_tzset = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be set here")


@pytest.fixture
def in_tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nine hours ahead of UTC."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        yield
    time.tzset()


@needs_tzset
@pytest.mark.usefixtures("in_tokyo")
def test_people_read_times_by_their_own_clock() -> None:
    assert local("2026-11-22T18:15:07.123Z") == "2026-11-23 03:15:07"
    assert local("0001-01-01T00:00:00.000+09:00") == "0001-01-01 00:00:00"
    assert beginning("2026") == "2025-12-31T15:00:00.000Z"
    assert beginning("2026-11") == "2026-10-31T15:00:00.000Z"
    assert beginning("2026-11-22") == "2026-11-21T15:00:00.000Z"
    assert end(date(2026, 11, 22)) == "2026-11-22T14:59:59.999Z"


@needs_tzset
@pytest.mark.usefixtures("in_tokyo")
def test_days_at_the_ends_of_the_calendar_are_in_order_too() -> None:
    assert beginning("0001") < beginning("0001-01-02") < now() < beginning("9999-12-31")
    assert end(date.min) < now() < end(date.max)


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
