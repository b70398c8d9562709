"""The dates of clippings, which a device writes in words of its own language."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from annotations.exchange.times import stamp

# The first letters by which the months are told apart, January first, in English, German, French,
# Spanish, Portuguese, Italian, Dutch, Russian, Polish, Turkish and Swedish.
_MONTHS = (
    ("jan", "jän", "ene", "gen", "янв", "sty", "oca"),
    ("feb", "fév", "fev", "фев", "lut", "şub"),
    ("mar", "mär", "maa", "mrt", "мар"),
    ("apr", "avr", "abr", "апр", "kwi", "nis"),
    ("may", "mai", "mag", "mei", "мая", "май", "maj"),
    ("jun", "juin", "giu", "июн", "cze", "haz"),
    ("jul", "juil", "lug", "июл", "lip", "tem"),
    ("aug", "aoû", "aou", "ago", "авг", "sie", "ağu"),
    ("sep", "set", "сен", "wrz", "eyl"),
    ("oct", "okt", "out", "ott", "окт", "paź", "eki"),
    ("nov", "noy", "ноя", "lis", "kas"),
    ("dec", "dez", "déc", "dic", "дек", "gru", "ara"),
)
_DAYS = ("mardi", "martes", "martedì", "maandag")
"""Days of the week that begin like a month."""

_CLOCK = re.compile(
    r"(?P<before>上午|下午|午前|午後|오전|오후)?\s*"
    r"(?P<hour>\d{1,2})\s?[:hH時时]\s?(?P<minute>\d{2})"
    r"(?:[:m分]\s?(?P<second>\d{2}))?[s秒]?\s*(?P<after>[AaPp]\.?\s?[Mm]\b)?"
)
_EAST = re.compile(r"(\d{4})\s*[年년.-]\s*(\d{1,2})\s*[月월.-]\s*(\d{1,2})")
_NUMERIC = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
_word = re.compile(r"[^\W\d_]+").findall
_number = re.compile(r"\d+").findall


def clipping_time(written: str) -> str:
    """The time that a clipping says it was made, taken to be UTC, as the device knows no zone.

    Empty where it cannot be read.
    """
    clock = _CLOCK.search(written)
    rest = written[: clock.start()] + written[clock.end() :] if clock else written
    date = _date(rest)
    if date is None:
        return ""
    hour = minute = second = 0
    if clock:
        hour, minute, second = (int(clock[name] or 0) for name in ("hour", "minute", "second"))
        half = (clock["before"] or clock["after"] or "").lower()
        if half[:1] == "p" or half in ("下午", "午後", "오후"):
            hour += 12 if hour < 12 else 0
        elif half and hour == 12:
            hour = 0
    try:
        return stamp(datetime(*date, hour, minute, second, tzinfo=UTC))
    except ValueError:
        return ""


def _date(written: str) -> tuple[int, int, int] | None:
    """Year, month and day."""
    if match := _EAST.search(written):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMERIC.search(written):
        first, second, year_of_four = map(int, match.groups())
        # Americans write the month first; where both can be one, most others are right.
        return (year_of_four, *((second, first) if second <= 12 else (first, second)))
    month = _month(written)
    numbers = [int(each) for each in _number(written) if len(each) <= 4]
    day = next((each for each in numbers if 1 <= each <= 31), None)
    year = next((each for each in numbers if each > 1900), None)
    if year is None and len(numbers) > 1:
        year = 2000 + numbers[1] % 100  # some devices write two digits
    return None if year is None or month is None or day is None else (year, month, day)


def _month(written: str) -> int | None:
    for word in map(str.casefold, _word(written)):
        for number, names in enumerate(_MONTHS, 1):
            if word.startswith(names) and word not in _DAYS:
                return number
    return None
