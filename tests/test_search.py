"""Finding entities by any name, spelt as people spell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import UnknownName
from kg.graph import Graph
from kg.search import find_entity, fold


@pytest.fixture(scope="module")
def graph(documents_graph: Graph) -> Graph:
    return documents_graph


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Universität Leipzig", "universitaet-leipzig"),
        ("universitaet leipzig", "universitaet-leipzig"),
        ("UNIVERSITAT LEIPZIG", "universitaet-leipzig"),
        ("Univrsität Leipzig", "universitaet-leipzig"),
        ("Federal Employment Agency", "ba"),
        ("BA", "ba"),
        ("KMU", "kmu"),
        ("Kemser", "hans-peter-kemser"),
        ("Katzeck", "jens-katzek"),
        ("arbeit + leben", "arbeit-und-leben-sachsen"),
        ("Bundesarbeitsminsterium fur Arbeit und Soziales", "bmas"),
    ],
)
def test_the_best_hit_is_the_one_meant(graph: Graph, text: str, found: str) -> None:
    assert graph.search(text)[0].id == found


def test_hits_come_once_best_first_and_limited(graph: Graph) -> None:
    hits = graph.search("Leipzig", limit=4)
    assert hits[0].id == "leipzig"
    assert hits[0].score == 100
    assert len({h.id for h in hits}) == len(hits) == 4
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


@pytest.mark.parametrize("text", ["", " ", "…", "qqqqqqqq"])
def test_nothing_is_found_where_nothing_is_like_it(graph: Graph, text: str) -> None:
    assert graph.search(text) == []


@given(st.text(alphabet="äöüÄßaeou -é", max_size=30))
def test_umlauts_and_their_spellings_are_one(text: str) -> None:
    spelt = text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    assert fold(spelt) == fold(text)


def test_any_text_is_answered(graph: Graph) -> None:
    for text in ("<script>", "a" * 10_000, "\x00", "ent:acod", "\u202eDOCA"):
        graph.search(text)


def test_a_name_of_several_is_said(graph: Graph) -> None:
    with pytest.raises(UnknownName, match="no entity is called 'ACDO', did you mean"):
        find_entity(graph.store, "ACDO")
    with pytest.raises(UnknownName, match="no entity is called ''"):
        find_entity(graph.store, "")


def test_what_is_spelled_alike_goes_before_what_sounds_alike() -> None:
    store = kg.load().store
    assert find_entity(store, "ESF") == "esf"
    assert find_entity(store, "esf+") == "esf-plus"
