"""Dates as sources give them: EDTF, levels 0 and 1, without what no source of ours can say.

Written here rather than taken from a library because unknown must stay unknown: the libraries
at hand turn the unknown end of ``/2020`` into a date ten years off, and none reads a lone ``..``.
The tests compare every bound with the library ``edtf``.

Format: Library of Congress, Extended Date/Time Format (EDTF) Specification, 2019.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

OPEN = ".."
"""EDTF's word for an end that is known to be open (it still holds)."""

_DATE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<mark>[?~%]?)\Z",
    re.ASCII,
)
# Level 1 seasons of the northern hemisphere; winter goes on to February of the next year.
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}


@dataclass(frozen=True, slots=True)
class DateBounds:
    """The first and last day that a date may mean, both inclusive.

    ``approximate`` and ``uncertain`` are EDTF's ``~`` and ``?`` (``%`` is both).
    """

    earliest: dt.date
    latest: dt.date
    approximate: bool = False
    uncertain: bool = False

    def widened(self) -> tuple[dt.date, dt.date]:
        """The bounds of an approximate date: one unit of its own precision more on each side.

        The units are those of the library ``edtf`` (a day, a month, a season, a year); a decade
        (``201X~``) is widened by a year.

        >>> parse_date("2019~").widened()
        (datetime.date(2018, 1, 1), datetime.date(2020, 12, 31))
        """
        if self.earliest == self.latest:
            return _plus_days(self.earliest, -1), _plus_days(self.latest, 1)
        first, last = (d.year * 12 + d.month - 1 for d in (self.earliest, self.latest))
        unit = min(last - first + 1, 12)
        return _first_of(first - unit), _plus_days(_first_of(last + unit + 1), -1)


@lru_cache(maxsize=4096)
def parse_date(text: str) -> DateBounds:
    """Read one EDTF date: year, month, day or season, ``~``/``?``/``%``, ``X`` for unknown digits.

    >>> parse_date("2019-10").latest
    datetime.date(2019, 10, 31)
    >>> parse_date("2019~").approximate
    True

    Raises:
        ValueError: ``text`` is no such date; the message says why and how to write it.
    """
    match = _DATE.match(text)
    if "/" in text:
        raise ValueError(f"'{text}' is an interval: write its ends as `since` and `until`")
    if not match:
        raise ValueError(
            f"'{text}' is no EDTF date: write 2019, 2019-10, 2019-10-15, 2019~ or 201X"
        )
    year, month, day, mark = match.group("year", "month", "day", "mark")
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if not first_year:
        raise ValueError(f"'{text}' has the year 0000, which no source of ours means")
    first, last = _span(text, first_year, last_year, month, day)
    return DateBounds(first, last, approximate=mark in ("~", "%") and bool(mark),
                      uncertain=mark in ("?", "%") and bool(mark))  # fmt: skip


def _span(text: str, first_year: int, last_year: int, month: str | None, day: str | None
          ) -> tuple[dt.date, dt.date]:  # fmt: skip
    if month is None or (month == "XX" and day in (None, "XX")):
        return dt.date(first_year, 1, 1), dt.date(last_year, 12, 31)
    if month == "XX":
        raise ValueError(f"'{text}' knows the day but not the month: leave out the day")
    number = int(month)
    if number in _SEASON_MONTHS and day is None:
        first_month, last_month = _SEASON_MONTHS[number]
    elif 1 <= number <= 12:
        first_month = last_month = number
    else:
        raise ValueError(f"'{text}' has no month {month}: months are 01 to 12, seasons 21 to 24")
    if day in (None, "XX"):
        following = _first_of(last_year * 12 + last_month)
        last = _plus_days(following, -1) if following < dt.date.max else following
        return dt.date(first_year, first_month, 1), last
    years = [y for y in range(first_year, last_year + 1)
             if 1 <= int(day or 0) <= calendar.monthrange(y, number)[1]]  # fmt: skip
    if not years:
        raise ValueError(f"'{text}' has no day {day} in month {month}")
    return dt.date(years[0], number, int(day or 0)), dt.date(years[-1], number, int(day or 0))


def _plus_days(day: dt.date, days: int) -> dt.date:
    """The day so many days later, kept within the calendar of Python."""
    number = min(max(day.toordinal() + days, 1), dt.date.max.toordinal())
    return dt.date.fromordinal(number)


def _first_of(month: int) -> dt.date:
    """The first day of a month counted from year 0, kept within the calendar of Python."""
    if month < 12:
        return dt.date.min
    return dt.date(month // 12, month % 12 + 1, 1) if month // 12 <= dt.MAXYEAR else dt.date.max


def possible_days(text: str | None) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day that a date may mean, None where that is not known.

    An approximate date is widened; an uncertain one, an open end and no date bound nothing.

    >>> possible_days("2019?")
    (None, None)
    """
    if not text or text == OPEN:
        return None, None
    parsed = parse_date(text)
    if parsed.uncertain:
        return None, None
    return parsed.widened() if parsed.approximate else (parsed.earliest, parsed.latest)


def check_order(since: str | None, until: str | None) -> str | None:
    """Why ``since`` to ``until`` cannot be an interval, or None where it can.

    >>> check_order("2019", "2018-12")
    'it ends (2018-12) before it begins (2019)'
    """
    start, end = possible_days(since)[0], possible_days(until)[1]
    if start and end and end < start:
        return f"it ends ({until}) before it begins ({since})"
    return None
