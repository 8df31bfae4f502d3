from __future__ import annotations

import calendar
import datetime as dt
import itertools
import re

import pytest
from edtf import EDTFObject, parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import OPEN, check_order, parse_date, possible_days

years = st.integers(1, 9999).map("{:04}".format)
unknown_years = st.one_of(
    st.integers(1, 999).map("{:03}X".format), st.integers(1, 99).map("{:02}XX".format)
)
months = st.integers(1, 12).map("{:02}".format)
days = st.integers(1, 31).map("{:02}".format)
# Winter apart, which the library takes for December alone, it counts as this module does.
seasons = st.integers(21, 23).map(str)
marks = st.sampled_from(["", "?", "~", "%"])


@st.composite
def dates(draw: st.DrawFn) -> str:
    """Every shape of date that is read; the day is one that its month has in some year."""
    year = draw(years | unknown_years)
    shape = draw(st.sampled_from(["year", "month", "day", "season", "XX", "mm-XX", "XX-XX"]))
    mark = draw(marks)
    if shape == "year":
        return year + mark
    if shape == "season":
        return f"{year}-{draw(seasons)}{mark}"
    if shape in ("XX", "XX-XX"):
        return f"{year}-{shape}{mark}"
    month = draw(months)
    if shape == "month":
        return f"{year}-{month}{mark}"
    if shape == "mm-XX":
        return f"{year}-{month}-XX{mark}"
    last = 28 if "X" in year else calendar.monthrange(int(year), int(month))[1]
    return f"{year}-{month}-{draw(st.integers(1, last)):02}{mark}"


def by_library(text: str) -> tuple[dt.date, dt.date]:
    """First and last day as the library ``edtf`` says."""
    parsed: EDTFObject = parse_edtf(text)
    first, last = parsed.lower_strict(), parsed.upper_strict()
    return dt.date(*first[:3]), dt.date(*last[:3])


@given(dates())
def test_bounds_are_those_of_the_edtf_library(text: str) -> None:
    # The library knows marks behind years, months and days, but not behind seasons or X.
    bare = text.rstrip("?~%")
    oracle = text if re.fullmatch(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?[?~%]?", text) else bare
    bounds = parse_date(text)
    if re.match(r"\d*X+-2\d", bare):  # nor a season of an unknown year: ask for its ends
        first, last = bare.replace("X", "0", 2), bare.replace("X", "9", 2)
        assert (bounds.earliest, bounds.latest) == (by_library(first)[0], by_library(last)[1])
    else:
        assert (bounds.earliest, bounds.latest) == by_library(oracle)


@given(dates())
def test_earliest_is_never_behind_latest_and_marks_are_kept(text: str) -> None:
    bounds = parse_date(text)
    assert bounds.earliest <= bounds.latest
    assert bounds.approximate == text.endswith(("~", "%"))
    assert bounds.uncertain == text.endswith(("?", "%"))
    assert int(text[:2]) == bounds.earliest.year // 100 == bounds.latest.year // 100


@given(dates())
def test_a_mark_changes_no_bound(text: str) -> None:
    bare, marked = parse_date(text.rstrip("?~%")), parse_date(text)
    assert (bare.earliest, bare.latest) == (marked.earliest, marked.latest)


@given(years, months, days)
def test_a_day_exists_exactly_where_the_calendar_has_it(year: str, month: str, day: str) -> None:
    text = f"{year}-{month}-{day}"
    try:
        expected = dt.date.fromisoformat(text)
    except ValueError:
        with pytest.raises(ValueError, match=f"^'{text}' has no day {day} in month {month}$"):
            parse_date(text)
    else:
        assert parse_date(text).earliest == parse_date(text).latest == expected


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2019-10-15", "2019-10-15", "2019-10-15"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2020-21", "2020-03-01", "2020-05-31"),
        ("2020-24", "2020-12-01", "2021-02-28"),
        ("2019-24", "2019-12-01", "2020-02-29"),
        ("9999-24", "9999-12-01", "9999-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("20XX-02", "2000-02-01", "2099-02-28"),
        ("201X-02-29", "2012-02-29", "2016-02-29"),  # the library says 2010-02-29, no such day
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12-31%", "9999-12-31", "9999-12-31"),
    ],
)
def test_examples(text: str, earliest: str, latest: str) -> None:
    bounds = parse_date(text)
    assert (bounds.earliest.isoformat(), bounds.latest.isoformat()) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is no EDTF date: write 2019, 2019-10, 2019-10-15, 2019~ or 201X"),
        ("gestern", "is no EDTF date"),
        ("15.10.2019", "is no EDTF date"),
        ("2019-1-5", "is no EDTF date"),
        ("2019-10-15T10:00", "is no EDTF date"),
        ("2019/2020", "is an interval: write its ends as `since` and `until`"),
        ("..", "is no EDTF date"),
        ("2019~?", "is no EDTF date"),
        ("2019-10-15\n", "is no EDTF date"),
        (" 2019", "is no EDTF date"),
        ("-2019", "is no EDTF date"),
        ("12019", "is no EDTF date"),
        ("2XXX", "is no EDTF date"),
        ("٢٠١٩", "is no EDTF date"),
        ("2019-1\N{ARABIC-INDIC DIGIT TWO}", "is no EDTF date"),
        ("0000", "has the year 0000"),
        ("00XX", "has the year 0000"),
        ("2019-00", "has no month 00: months are 01 to 12, seasons 21 to 24"),
        ("2019-13", "has no month 13"),
        ("2019-25", "has no month 25"),
        ("2019-21-05", "has no month 21"),
        ("2019-02-29", "has no day 29 in month 02"),
        ("210X-02-30", "has no day 30 in month 02"),
        ("2019-10-00", "has no day 00 in month 10"),
        ("2019-XX-05", "knows the day but not the month: leave out the day"),
    ],
)
def test_bad_dates_say_what_was_written_and_why(text: str, why: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(f"'{text}' {why}")):
        parse_date(text)


@given(st.text() | st.text("0123456789X-?~%.", max_size=12) | st.from_regex(r"[\dX]{4}-.{2}"))
def test_any_text_is_read_or_refused_with_the_text_in_the_message(text: str) -> None:
    try:
        bounds = parse_date(text)
    except ValueError as error:
        message = str(error)
    else:
        message = text
        assert text.isascii()
        assert bounds.earliest <= bounds.latest
    assert text in message


def test_a_long_text_is_refused() -> None:
    for text in ("1" * 1_000_000, "2019-" * 200_000, "X" * 1_000_000):
        with pytest.raises(ValueError, match="is no EDTF date"):
            parse_date(text)


@given(dates(), dates())
def test_an_interval_is_impossible_only_where_all_of_the_end_lies_before(a: str, b: str) -> None:
    message = check_order(a, b)
    begins, ends = possible_days(a)[0], possible_days(b)[1]
    if begins and ends and ends < begins:
        assert message == f"it ends ({b}) before it begins ({a})"
        assert check_order(b, a) is None, "turned round it is possible"
    else:
        assert message is None


@given(dates())
def test_a_date_may_begin_and_end_in_itself(text: str) -> None:
    assert check_order(text, text) is None


@given(st.lists(dates(), min_size=3, max_size=8))
def test_order_is_transitive(some: list[str]) -> None:
    for a, b, c in itertools.permutations(some, 3):
        if check_order(a, b) and check_order(b, c):
            assert check_order(a, c)


@given(dates())
def test_an_open_or_missing_end_is_no_order(text: str) -> None:
    for other in (None, "", OPEN):
        assert check_order(text, other) is None
        assert check_order(other, text) is None
