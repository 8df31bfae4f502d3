"""Moving windows: a span of time as a series of overlapping or adjoining periods."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.model import Corpus
from kg.ontology import Ontology
from kg.projection import project
from kg.restrict import at_time
from kg.validity import Period

if TYPE_CHECKING:
    import networkx as nx

_DURATION = re.compile(
    r"P?(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,4})W)?(?:(\d{1,6})D)?\Z", re.I | re.A
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as calendars count it."""

    months: int
    days: int

    def times(self, number: int, more: Duration | None = None) -> Duration:
        """The duration so many times, and ``more`` added to it."""
        months, days = (more.months, more.days) if more else (0, 0)
        return Duration(self.months * number + months, self.days * number + days)

    def after(self, day: dt.date) -> dt.date:
        """The day so much later, the last of its month where that has no such day.

        >>> Duration(1, 0).after(dt.date(2020, 1, 31))
        datetime.date(2020, 2, 29)

        Raises:
            OverflowError: there is no such day in the calendar of Python.
        """
        month = day.year * 12 + day.month - 1 + self.months
        year, month = month // 12, month % 12 + 1
        if year > dt.MAXYEAR:
            raise OverflowError(year)
        last = calendar.monthrange(year, month)[1]
        return dt.date(year, month, min(day.day, last)) + dt.timedelta(days=self.days)


def parse_duration(text: str) -> Duration:
    """A duration of ISO 8601 (``P2Y``, ``P6M``), or short as ``2y``, ``6m``, ``2w``, ``90d``.

    >>> parse_duration("P1Y6M")
    Duration(months=18, days=0)

    Raises:
        UsageError: it is none, or has no length.
    """
    match = _DURATION.match(text.strip())
    years, months, weeks, days = (int(part or 0) for part in match.groups()) if match else (0,) * 4
    found = Duration(years * 12 + months, weeks * 7 + days)
    if found == Duration(0, 0):
        raise UsageError(f"'{text}' is no duration, write 2y, 6m, 90d or as ISO 8601: P1Y6M")
    return found


def windows(when: Period | None, length: str, step: str | None = None) -> list[Period]:
    """The periods of a length within a span, each beginning a step after the one before.

    Only whole windows count, so that each sees as much time as any other.

    Args:
        when: the span; both its ends must be known.
        length: a duration.
        step: another one; default ``length``, so that no day lies in two windows.

    Raises:
        UsageError: no span, no such duration, or no window fits.
    """
    if when is None or when[0] == dt.date.min or when[1] == dt.date.max:
        raise UsageError("windows need both ends of a span, give --from and --until")
    first, last = when
    long, far = parse_duration(length), parse_duration(step or length)
    found: list[Period] = []
    try:
        # All from the first day: a month from 31 January on is February, two months are March.
        while (end := far.times(len(found), long).after(first) - dt.timedelta(1)) <= last:
            found.append((far.times(len(found)).after(first), end))
    except OverflowError:
        pass
    if not found:
        raise UsageError(f"no window of {length} fits between {first} and {last}, make it shorter")
    return found


def name_of(window: Period) -> str:
    """A window as ISO 8601 writes an interval.

    >>> name_of((dt.date(2019, 1, 1), dt.date(2020, 12, 31)))
    '2019-01-01/2020-12-31'
    """
    return f"{window[0].isoformat()}/{window[1].isoformat()}"


def series(
    corpus: Corpus, ontology: Ontology, periods: list[Period], **how: Any
) -> list[tuple[Period, nx.MultiDiGraph[str]]]:
    """The network of what may hold in each period; ``how`` is as for ``kg.projection.project``."""
    return [(p, project(at_time(corpus, p), ontology, **how, when=p)) for p in periods]
