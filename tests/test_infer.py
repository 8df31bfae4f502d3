from __future__ import annotations

from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.infer import Triple, inferred_triples, inferred_types
from kg.ontology import Ontology, read_ontology

ONTOLOGY = read_ontology()
RELATIONS = sorted(n for n, r in ONTOLOGY.relations.items() if not r.has_literal)
TRANSITIVE = {n for n in RELATIONS if ONTOLOGY.relations[n].transitive}
ids = st.sampled_from("abcde")


def infer(*direct: Triple) -> set[Triple]:
    return inferred_triples(direct, ONTOLOGY)


def sets_of(names: Iterable[str]) -> st.SearchStrategy[set[Triple]]:
    return st.sets(st.tuples(ids, st.sampled_from(sorted(names)), ids), max_size=14)


# Dense sets of few relations reach cycles and chains that sparse sets of all do not.
direct_sets = sets_of(RELATIONS) | sets_of(TRANSITIVE) | sets_of({"partOf", "hasPart", "coFunds"})


@given(direct_sets)
def test_the_result_is_closed_and_apart_from_what_was_stated(direct: set[Triple]) -> None:
    inferred = infer(*direct)
    assert not inferred & direct
    assert infer(*(direct | inferred)) == set()


@given(direct_sets)
def test_each_rule_holds_in_the_whole(direct: set[Triple]) -> None:
    whole = direct | infer(*direct)
    for subject, name, object_ in whole:
        relation = ONTOLOGY.relations[name]
        for above in ONTOLOGY.relations_implied_by(name):
            assert (subject, above, object_) in whole, f"{name} ⊂ {above}"
        if relation.inverse:
            assert (object_, relation.inverse, subject) in whole, f"inverse of {name}"
        if relation.symmetric:
            assert (object_, name, subject) in whole, f"{name} is symmetric"
    for start, name, middle in whole:
        for other, same, end in whole:
            if name == same and name in TRANSITIVE and middle == other and start != end:
                assert (start, name, end) in whole, f"{name} is transitive"


@given(direct_sets)
def test_nothing_is_inferred_to_stand_above_itself(direct: set[Triple]) -> None:
    loops = {t for t in direct if t[0] == t[2]}
    found = infer(*(direct - loops))
    assert not {t for t in found if t[0] == t[2] and t[1] in TRANSITIVE}


@given(direct_sets, st.randoms(use_true_random=False))
def test_the_order_of_the_triples_does_not_matter(direct: set[Triple], random: Random) -> None:
    shuffled = sorted(direct)
    random.shuffle(shuffled)
    assert inferred_triples(shuffled, ONTOLOGY) == inferred_triples(sorted(direct), ONTOLOGY)


@given(direct_sets, direct_sets)
def test_more_statements_never_take_away(some: set[Triple], more: set[Triple]) -> None:
    assert some | infer(*some) <= some | more | infer(*some, *more)


@given(direct_sets)
def test_every_inferred_triple_stays_within_what_was_named(direct: set[Triple]) -> None:
    named = {t[0] for t in direct} | {t[2] for t in direct}
    assert {x for s, _, o in infer(*direct) for x in (s, o)} <= named


@pytest.mark.parametrize(
    ("direct", "expected"),
    [
        (
            [("land", "coFunds", "zentrum")],
            {("land", "funds", "zentrum"), ("zentrum", "fundedBy", "land")},
        ),
        (
            [("acod", "chairedBy", "kemser")],
            {("kemser", "chairOf", "acod"), ("kemser", "memberOfBoard", "acod")},
        ),
        (
            [("acod", "cooperatesWith", "ba")],
            {
                ("ba", "cooperatesWith", "acod"),
                ("acod", "partnersWith", "ba"),
                ("ba", "partnersWith", "acod"),
            },
        ),
        (
            [("haus", "locatedIn", "platz"), ("platz", "locatedIn", "leipzig"),
             ("leipzig", "locatedIn", "sachsen")],
            {("haus", "locatedIn", "leipzig"), ("haus", "locatedIn", "sachsen"),
             ("platz", "locatedIn", "sachsen")},
        ),
        (
            [("a", "partOf", "b"), ("b", "partOf", "c")],
            {("a", "partOf", "c"), ("b", "hasPart", "a"), ("c", "hasPart", "b"),
             ("c", "hasPart", "a")},
        ),
        (
            [("a", "partOf", "b"), ("b", "partOf", "a")],
            {("a", "hasPart", "b"), ("b", "hasPart", "a")},
        ),
        ([("a", "partnerIn", "p")], {("a", "partnersWith", "p")}),
        ([("a", "leadsConsortium", "p")], set()),
        ([("verein", "hasAddress", "Straße 1"), ("verein", "foundedOn", "2006")], set()),
        ([], set()),
    ],
)  # fmt: skip
def test_examples(direct: list[Triple], expected: set[Triple]) -> None:
    assert infer(*direct) == expected


def test_a_long_chain_and_a_long_circle_come_to_an_end() -> None:
    chain = [(f"n{i}", "locatedIn", f"n{i + 1}") for i in range(120)]
    assert len(infer(*chain)) == 120 * 119 // 2
    circle = [*chain, ("n120", "locatedIn", "n0")]
    assert len(infer(*circle)) == 121 * 120 - 121


def test_types_are_all_superclasses(ontology: Ontology) -> None:
    assert inferred_types({"acod": "Association"}, ontology) == {
        ("acod", c)
        for c in ("Organisation", "Actor", "Structure", "Party", "Funder", "Venue", "Entity")
    }
    assert inferred_types({"x": "Entity"}, ontology) == set()
