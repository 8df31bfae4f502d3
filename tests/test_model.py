from __future__ import annotations

import dataclasses
import json
import re
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import (
    Amount,
    Corpus,
    Entity,
    Evidence,
    Identity,
    Inferred,
    Name,
    Origin,
    Source,
    Statement,
    TextMark,
)

words = st.text(max_size=8)
dates = st.none() | st.sampled_from(["2019", "2019-10", "2020", ".."])
statements = st.builds(
    Statement,
    source=words,
    subject=words,
    relation=words,
    object=words,
    evidence=st.just((Evidence("q", 0, 1),)),
    since=dates,
    until=dates,
    observed=dates,
)
IDENTITY_KEYS = ("source", "subject", "relation", "object", "since", "until", "observed")


def key(statement: Statement) -> tuple[object, ...]:
    return tuple(getattr(statement, k) for k in IDENTITY_KEYS)


@given(statements)
def test_an_id_is_twenty_hex_digits_and_the_same_again(statement: Statement) -> None:
    assert re.fullmatch(r"[0-9a-f]{20}", statement.id)
    assert dataclasses.replace(statement).id == statement.id


def test_an_id_never_changes_from_one_version_to_the_next() -> None:
    # Such ids are cited: whoever changes this value breaks every address in use.
    statement = Statement("s", "acod", "chairedBy", "kemser", (), since="2017", role="Vorsitz")
    assert statement.id == "55b45a8d0036e16908f4"


@given(statements, words, dates)
def test_an_id_depends_on_nothing_but_who_says_what_and_when(
    statement: Statement, text: str, date: str | None
) -> None:
    other = dataclasses.replace(
        statement,
        evidence=(Evidence(text, 5, 5 + len(text)), Evidence(note=text)),
        certainty="implied",
        modality="planned",
        role=text,
        note=date,
        amount=Amount(Decimal(5)),
        inferred=Inferred(text, text),
        origin=Origin("elsewhere.yaml", 99),
    )
    assert other.id == statement.id


@given(statements, st.sampled_from(IDENTITY_KEYS))
def test_an_id_changes_with_each_part_of_the_statement(statement: Statement, part: str) -> None:
    changed = f"{getattr(statement, part) or ''}x"
    assert dataclasses.replace(statement, **{part: changed}).id != statement.id  # type: ignore[arg-type]


@given(st.lists(statements, max_size=12))
def test_two_statements_share_an_id_only_where_they_say_the_same(some: list[Statement]) -> None:
    assert len({s.id for s in some}) == len({key(s) for s in some})


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("ab", "c", "r", "o"), ("a", "bc", "r", "o")),
        (("s", 'a","b', "r", "o"), ("s", "a", 'b","r', "o")),
        (("s", "a", "r", "b"), ("s", "b", "r", "a")),
    ],
)
def test_parts_do_not_run_into_each_other(
    first: tuple[str, str, str, str], second: tuple[str, str, str, str]
) -> None:
    assert Statement(*first, ()).id != Statement(*second, ()).id


def test_the_same_date_in_another_role_is_another_statement() -> None:
    ids = {
        Statement("s", "a", "r", "b", (), **{k: "2019"}).id  # type: ignore[arg-type]
        for k in ("since", "until", "observed")
    }
    assert len(ids) == 3


@given(st.lists(statements, max_size=8), st.randoms(use_true_random=False))
def test_ids_and_order_of_statements_survive_any_order_of_the_data(
    some: list[Statement], random: Random
) -> None:
    sources = [
        Source(f"s{i}", "t", "p", None, "https://x.de", statements=(s,)) for i, s in enumerate(some)
    ]
    shuffled = list(sources)
    random.shuffle(shuffled)
    listed = [
        [s.id for s in Corpus({}, {x.id: x for x in order}).statements()]
        for order in (sources, shuffled)
    ]
    assert listed[0] == listed[1]
    assert sorted(listed[0]) == sorted(s.id for s in some)


def corpus_of(merges: dict[str, str | None]) -> Corpus:
    def entity(name: str, into: str | None) -> Entity:
        same = Identity(into, "wer", "2026-01-01", "warum") if into else None
        return Entity(name, "Person", (Name(name),), same_as=same)

    return Corpus({n: entity(n, into) for n, into in merges.items()}, {})


@pytest.mark.parametrize(
    ("merges", "canonical"),
    [
        ({"a": None}, {"a": "a"}),
        ({"a": "b", "b": None}, {"a": "b", "b": "b"}),
        ({"a": "b", "b": "c", "c": None}, {"a": "c", "b": "c", "c": "c"}),
        ({"a": "c", "b": "c", "c": None}, {"a": "c", "b": "c", "c": "c"}),
        ({"a": "a"}, {"a": "a"}),
        ({"b": "a", "a": "b"}, {"a": "a", "b": "a"}),
        ({"z": "b", "b": "c", "c": "b"}, {"z": "b", "b": "b", "c": "b"}),
        ({"a": "nobody"}, {"a": "nobody"}),
    ],
)
def test_merges_are_followed_to_their_end(
    merges: dict[str, str | None], canonical: dict[str, str]
) -> None:
    assert dict(corpus_of(merges).canonical) == canonical


ids = st.sampled_from("abcdef")


@given(st.dictionaries(ids, st.none() | ids))
def test_whoever_is_merged_has_the_same_canonical_id(merges: dict[str, str | None]) -> None:
    merges |= dict.fromkeys((m for m in merges.values() if m and m not in merges), None)
    canonical = corpus_of(merges).canonical
    assert set(canonical) == set(merges)
    for name, into in merges.items():
        assert canonical[canonical[name]] == canonical[name]
        assert canonical[name] == (canonical[into] if into else name)


@pytest.mark.parametrize(
    ("evidence", "cited"),
    [
        ((), True),
        ((Evidence(note="gelesen"),), True),
        ((Evidence("q", 0, 1),), False),
        ((Evidence(note="gelesen"), Evidence("q", 0, 1)), False),
    ],
)
def test_one_quote_is_enough_not_to_be_cited(evidence: tuple[Evidence, ...], cited: bool) -> None:
    assert Statement("s", "a", "r", "b", evidence).cited is cited


def test_values_cannot_be_changed() -> None:
    statement = Statement("s", "a", "r", "b", ())
    with pytest.raises(dataclasses.FrozenInstanceError):
        statement.note = "x"  # type: ignore[misc]


def test_where_something_stands_is_no_part_of_what_it_says() -> None:
    first, second = (
        Statement("s", "a", "r", "b", (), origin=Origin("x.yaml", line)) for line in (1, 2)
    )
    assert first == second
    assert hash(first) == hash(second)


@given(st.text())
def test_the_mark_of_a_text_counts_code_points(text: str) -> None:
    mark = TextMark.of(text)
    assert mark.length == len(text)
    assert mark == TextMark.of(json.loads(json.dumps(text)))
    assert mark != TextMark.of(text + " ")


def test_the_mark_is_the_sha256_that_other_tools_compute() -> None:
    # printf 'Länge 🙂' | sha256sum
    digest = "ea9f155edb0d54614e14949798f98d12c4af765b50a76ab0b74317fd8c876db0"
    assert TextMark.of("Länge 🙂") == TextMark(digest, 7)
