"""Moving windows: durations, periods, and the networks of each."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.graph import Graph
from kg.windows import Duration, name_of, parse_duration, windows


def _span(first: str, last: str) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last)


@pytest.mark.parametrize(
    ("text", "months", "days"),
    [("2y", 24, 0), ("P2Y", 24, 0), ("6m", 6, 0), ("P1Y6M", 18, 0), ("2w", 0, 14), ("90D", 0, 90)],
)
def test_durations(text: str, months: int, days: int) -> None:
    assert parse_duration(text) == Duration(months, days)


@pytest.mark.parametrize(
    "text", ["", "P", "2", "y", "0y", "-1y", "1y2y", "PT1H", "two years", "٢y"]
)
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(UsageError, match="is no duration, write 2y"):
        parse_duration(text)


def test_windows_by_hand() -> None:
    found = [name_of(w) for w in windows(_span("2010-01-01", "2013-12-31"), "2y", "1y")]
    assert found == ["2010-01-01/2011-12-31", "2011-01-01/2012-12-31", "2012-01-01/2013-12-31"]
    found = [name_of(w) for w in windows(_span("2020-01-31", "2020-05-01"), "1m")]
    assert found == ["2020-01-31/2020-02-28", "2020-02-29/2020-03-30", "2020-03-31/2020-04-29"], (
        "the last of a month where it has no such day")  # fmt: skip


def test_windows_need_a_span_that_is_long_enough() -> None:
    with pytest.raises(UsageError, match="no window of 2y fits"):
        windows(_span("2010-01-01", "2010-12-31"), "2y")
    for when in (None, (dt.date.min, dt.date(2020, 1, 1)), (dt.date(2020, 1, 1), dt.date.max)):
        with pytest.raises(UsageError, match="give --from and --until"):
            windows(when, "1y")
    assert windows(_span("9998-01-01", "9999-12-30"), "1y") == [_span("9998-01-01", "9998-12-31")]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2020, 1, 1)), st.integers(1, 2000), st.integers(1, 30))
def test_adjoining_windows_see_each_day_once(first: dt.date, days: int, months: int) -> None:
    span = (first, first + dt.timedelta(days))
    try:
        found = windows(span, f"{months}m")
    except UsageError:
        assert Duration(months, 0).after(first) - dt.timedelta(1) > span[1]
        return
    assert found[0][0] == first
    assert found[-1][1] <= span[1]
    assert all(a[1] + dt.timedelta(1) == b[0] for a, b in itertools.pairwise(found))


def test_an_edge_is_in_the_windows_in_which_it_may_hold(documents_graph: Graph) -> None:
    part = documents_graph.restricted(since="2015", until="2019")
    found = dict(part.networks("1y", certain=True))
    chaired = {
        name_of(w)[:4]: g.has_edge("acod", "hans-peter-kemser", "chairedBy")
        for w, g in found.items()
    }
    assert chaired == {"2015": False, "2016": False, "2017": False, "2018": True, "2019": False}
    possible = dict(part.networks("1y", relations=["chairedBy"]))
    assert all(
        g.edges["acod", "hans-peter-kemser", "chairedBy"]["holds"] for g in possible.values()
    )
