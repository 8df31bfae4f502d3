"""Time that is honest: certain, possible or excluded, and nothing that was not known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import parse_date
from kg.model import Corpus, Entity, Evidence, Name, Source, Statement, Validity
from kg.ontology import Ontology
from kg.validity import (
    CERTAIN,
    EXCLUDED,
    POSSIBLE,
    holds,
    is_consistent,
    judge,
    own_validity,
    period,
    precedes,
    validities,
    with_validity,
)

DAY = dt.date(2010, 1, 1)
days = st.integers(0, 40).map(lambda n: DAY + dt.timedelta(days=n))
maybe = st.one_of(st.none(), days)
bounds = st.builds(Validity, maybe, maybe, maybe, maybe)
dates = st.one_of(
    st.none(),
    st.sampled_from(
        ["2010", "2010-01", "2010-02", "201X", "2009~", "2010-01~", "2011?", "2010-21"]
    ),
    days.map(dt.date.isoformat),
)


def said(
    since: str | None = None, until: str | None = None, observed: str | None = None
) -> Statement:
    return Statement("s", "verein", "chairedBy", "anna", (Evidence(note="n"),),
                     since=since, until=until, observed=observed)  # fmt: skip


def worlds(validity: Validity) -> list[tuple[int, int]]:
    """Every interval within the bounds, on a short calendar; open bounds reach beyond it."""

    def number(day: dt.date | None, open_end: int) -> int:
        return open_end if day is None else (day - DAY).days

    first, last = -3, 44
    return [
        (start, end)
        for start in range(
            number(validity.earliest_start, first), number(validity.latest_start, last) + 1
        )
        for end in range(
            max(start, number(validity.earliest_end, first)), number(validity.latest_end, last) + 1
        )
    ]


@given(bounds, days)
def test_judge_is_what_all_worlds_say(validity: Validity, day: dt.date) -> None:
    """Certain: in every possible interval; excluded: in none; possible: in some."""
    possible = worlds(validity)
    if not possible:
        return
    number = (day - DAY).days
    inside = [start <= number <= end for start, end in possible]
    found = judge(validity, day, day)
    if found == CERTAIN:
        assert all(inside)
    if found == EXCLUDED:
        assert not any(inside)
    if all(inside) and validity.latest_start and validity.earliest_end:
        assert found == CERTAIN
    if not any(inside):
        assert found == EXCLUDED


@given(bounds, days, days)
def test_exactly_one_of_three(validity: Validity, one: dt.date, other: dt.date) -> None:
    first, last = sorted((one, other))
    assert judge(validity, first, last) in (CERTAIN, POSSIBLE, EXCLUDED)
    if is_consistent(validity) and judge(validity, one, one) == CERTAIN:
        assert judge(validity, first, last) == CERTAIN, (
            "what holds on a day holds in a period with it"
        )


@given(dates, dates, dates)
def test_own_bounds_never_contradict_their_dates(
    since: str | None, until: str | None, observed: str | None
) -> None:
    validity = own_validity(said(since, until, observed))
    if observed and not observed.endswith(("?", "~")) and is_consistent(validity):
        seen = parse_date(observed)
        assert judge(validity, seen.earliest, seen.latest) == CERTAIN
    if since is None and until is None and observed is None:
        assert validity == Validity()


@given(dates, dates, dates, days)
def test_more_knowledge_never_turns_certain_into_excluded(
    since: str | None, until: str | None, observed: str | None, day: dt.date
) -> None:
    known = {"since": since, "until": until, "observed": observed}
    full = own_validity(said(**known))
    if not is_consistent(full):
        return
    for key in known:
        less = own_validity(said(**{**known, key: None}))
        before, after = judge(less, day, day), judge(full, day, day)
        assert (before, after) not in {
            (CERTAIN, EXCLUDED),
            (CERTAIN, POSSIBLE),
            (EXCLUDED, CERTAIN),
        }
        if before == EXCLUDED:
            assert after == EXCLUDED


@pytest.mark.parametrize(
    ("since", "until", "observed", "at", "found"),
    [
        (None, None, None, "2018", POSSIBLE),
        (None, None, "2018-12-05", "2018-12-05", CERTAIN),
        (None, None, "2018-12-05", "2018-12-06", POSSIBLE),
        (None, None, "2018-12-05", "2018", CERTAIN),
        ("2017", None, "2018-12-05", "2018-06", CERTAIN),
        ("2017", None, "2018-12-05", "2017-06-01", POSSIBLE),
        ("2017", None, "2018-12-05", "2016", EXCLUDED),
        ("2017", None, None, "2017", CERTAIN),
        ("2017", None, None, "2019", POSSIBLE),
        ("2017", "2019", None, "2018", CERTAIN),
        ("2017", "2019", None, "2020", EXCLUDED),
        ("2017", "2019", None, "2019-12-31", POSSIBLE),
        (None, "2019", None, "2020-01-01", EXCLUDED),
        (None, "2019", None, "1990", POSSIBLE),
        ("2017~", None, None, "2016", POSSIBLE),
        ("2017~", None, None, "2015", EXCLUDED),
        ("2017?", None, None, "1990", POSSIBLE),
        ("2017", "..", None, "2019-06-30", CERTAIN),
        ("2017", "..", None, "2019-07-02", POSSIBLE),
    ],
)
def test_examples(
    since: str | None, until: str | None, observed: str | None, at: str, found: str
) -> None:
    validity = own_validity(said(since, until, observed), published="2019-07-01")
    assert judge(validity, *period(at)) == found


def corpus_of(*statements: Statement) -> Corpus:
    names = ["verein", "anna", "bert", "cora", "pub"]
    sources = {
        s.source: Source(s.source, "t", "pub", None, "https://example.org/",
                         statements=tuple(x for x in statements if x.source == s.source))
        for s in statements
    }  # fmt: skip
    return Corpus({n: Entity(n, "Person", (Name(n),)) for n in names}, sources)


def chair(person: str, **times: str) -> Statement:
    return replace(said(**times), object=person, source=f"s-{person}")


def test_the_next_holder_bounds_the_one_before(ontology: Ontology) -> None:
    """Chair observed 2006, next one elected 2011: 2006 to 2011 possible, 2012 excluded."""
    first, second = chair("anna", observed="2006"), chair("bert", since="2011")
    found = validities(corpus_of(first, second), ontology)
    judged = {
        year: judge(found[first.id], *period(year))
        for year in ("2005", "2006", "2008", "2011", "2012")
    }
    assert judged == {
        "2005": POSSIBLE,
        "2006": CERTAIN,
        "2008": POSSIBLE,
        "2011": POSSIBLE,
        "2012": EXCLUDED,
    }
    assert judge(found[second.id], *period("2010")) == EXCLUDED
    assert judge(found[second.id], *period("2011")) == CERTAIN


def test_the_holder_before_bounds_the_next_one(ontology: Ontology) -> None:
    first, second = chair("anna", observed="2006-05-01"), chair("bert", observed="2011-05-01")
    found = validities(corpus_of(first, second), ontology)
    assert found[second.id].earliest_start == dt.date(2006, 5, 1)
    assert found[first.id].latest_end == dt.date(2011, 5, 1)


def test_one_holder_seen_twice_bounds_nothing(ontology: Ontology) -> None:
    first, again = (
        chair("anna", observed="2006"),
        replace(chair("anna", observed="2011"), source="s2"),
    )
    found = validities(corpus_of(first, again), ontology)
    assert found[first.id].latest_end is None


def test_a_contradiction_bounds_nothing(ontology: Ontology) -> None:
    """Both sources keep their own dates; ``kg conflicts`` tells that they cannot both hold."""
    first, second = (
        chair("anna", since="2006", until="2015"),
        chair("bert", since="2011", until="2016"),
    )
    found = validities(corpus_of(first, second), ontology)
    assert found[first.id] == own_validity(first)
    assert found[second.id] == own_validity(second)


def test_relations_with_many_holders_bound_nothing(ontology: Ontology) -> None:
    first = replace(chair("anna", observed="2006"), relation="managedBy")
    second = replace(chair("bert", since="2011"), relation="managedBy")
    assert validities(corpus_of(first, second), ontology)[first.id].latest_end is None


def test_the_holder_may_be_the_subject(ontology: Ontology) -> None:
    def head(person: str, **times: str) -> Statement:
        return replace(chair(person, **times), relation="headOf", subject=person, object="verein")

    first, second = head("anna", observed="2006"), head("bert", since="2011")
    assert validities(corpus_of(first, second), ontology)[first.id].latest_end == dt.date(
        2011, 12, 31
    )


@given(
    st.lists(st.tuples(st.sampled_from(["anna", "bert", "cora"]), dates, dates, dates), max_size=6),
    days,
)
def test_holders_only_ever_narrow(
    ontology: Ontology, given_: list[tuple[str, str | None, str | None, str | None]], day: dt.date
) -> None:
    statements = [
        replace(said(since, until, observed), object=person, source=f"s{i}")
        for i, (person, since, until, observed) in enumerate(given_)
    ]
    corpus = corpus_of(*statements)
    found = validities(corpus, ontology)
    assert found == validities(corpus_of(*reversed(statements)), ontology)
    for statement in statements:
        own = own_validity(statement)
        before, after = judge(own, day, day), judge(found[statement.id], day, day)
        if is_consistent(own):
            assert (before, after) != (CERTAIN, EXCLUDED)
            assert before != EXCLUDED or after == EXCLUDED


@given(bounds, bounds)
def test_nobody_precedes_both_ways(one: Validity, other: Validity) -> None:
    assert not (precedes(one, other) and precedes(other, one))


def test_with_validity_changes_nothing_else(corpus: Corpus, ontology: Ontology) -> None:
    assert list(with_validity(corpus, ontology).statements()) == list(corpus.statements())


def test_plans_are_possible_at_most_and_denials_never_hold() -> None:
    when = (DAY, DAY)
    sure = replace(said(), validity=Validity(DAY, DAY, DAY, DAY))
    assert holds(sure, when) == CERTAIN
    assert holds(replace(sure, modality="planned"), when) == POSSIBLE
    assert holds(replace(sure, modality="denied"), when) is None


def test_still_counts_up_to_publication() -> None:
    still = own_validity(said(until=".."), "2015-03")
    assert (still.earliest_end, still.latest_start) == (dt.date(2015, 3, 1), dt.date(2015, 3, 31))
    assert not is_consistent(own_validity(said(since="2019", until=".."), "2015"))


def test_a_period_is_read_and_refused() -> None:
    assert period(since="2019", until="..") == (dt.date(2019, 1, 1), dt.date.max)
    assert period(until="2019-02") == (dt.date.min, dt.date(2019, 2, 28))
    with pytest.raises(ValueError, match="'2018' lies before '2019'"):
        period(since="2019", until="2018")
    with pytest.raises(ValueError, match="'soon' is no EDTF date"):
        period(at="soon")
