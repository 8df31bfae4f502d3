"""The network: what becomes a node or an edge, and what the filters leave."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from kg.errors import UsageError
from kg.iris import ENT
from kg.model import Corpus, Entity, Evidence, Name, Source, Statement
from kg.network import Wanted, network
from kg.ontology import Ontology

if TYPE_CHECKING:
    import networkx as nx


@pytest.fixture(scope="module")
def corpus(documents_corpus: Corpus) -> Corpus:
    return documents_corpus


@pytest.fixture(scope="module")
def graph(corpus: Corpus, ontology: Ontology) -> nx.MultiDiGraph[str]:
    return network(corpus, ontology)


def test_nodes_are_actors_and_what_connects_them(
    graph: nx.MultiDiGraph[str], corpus: Corpus, ontology: Ontology
) -> None:
    types = {d["type"] for _, d in graph.nodes(data=True)}
    assert not types & {"City", "Region", "Place", "Building", "Topic", "TargetGroup"}
    assert {
        "Person",
        "Association",
        "PublicBody",
        "Project",
        "Programme",
        "Fund",
        "Event",
        "Agreement",
    } <= types
    wider = network(corpus, ontology, classes=("Entity",))
    assert {"leipzig", "digitalisierung", "kmu"} <= set(wider)
    assert "ba-sachsen" not in wider, "a merged name is no node of its own"


def test_an_edge_carries_its_statements_with_quote_and_source(graph: nx.MultiDiGraph[str]) -> None:
    edge = graph.edges["acod", "hans-peter-kemser", "chairedBy"]
    assert (edge["relation"], edge["label"], edge["label_en"]) == (
        "chairedBy",
        "Vorsitz",
        "chaired by",
    )
    (statement,) = edge["statements"]
    assert [e["quote"] for e in statement["evidence"]] == [
        "Hans-Peter Kemser, Vorsitzender des ACOD",
        "Hans-Peter Kemser, Vorsitzender ACOD e.V.",
    ]
    assert statement["publisher"] == "Automotive Cluster Ostdeutschland e.V."
    assert statement["url"].startswith("https://www.acod.de/")
    assert graph.nodes["acod"] == {
        "label": "Automotive Cluster Ostdeutschland e.V.", "type": "Association", "iri": ENT + "acod",
        "names": ["Automotive Cluster Ostdeutschland e.V.", "ACOD", "ACOD e.V.", "Automotive Cluster Ostdeutschland",
                  "Automobil Cluster Ostdeutschland", "Automobilcluster Ostdeutschland"],
        "place": "Ostdeutschland", "place_id": "ostdeutschland", "places": ["ostdeutschland"],
    }  # fmt: skip


def test_every_asserted_statement_between_nodes_is_on_one_edge(
    graph: nx.MultiDiGraph[str], corpus: Corpus
) -> None:
    kept = {s["id"] for *_, d in graph.edges(data=True) for s in d["statements"]}
    wanted = {
        s.id
        for s in corpus.statements()
        if s.modality == "asserted"
        and corpus.canonical.get(s.subject) in graph
        and corpus.canonical.get(s.object) in graph
    }
    assert kept == wanted
    assert sum(len(d["statements"]) for *_, d in graph.edges(data=True)) == len(wanted)


def _tiny(*statements: Statement) -> Corpus:
    entities = {i: Entity(i, t, (Name(i),)) for i, t in
                {"a": "Association", "b": "Association", "p": "Project", "x": "Person"}.items()}  # fmt: skip
    sources = {
        s: Source(s, s, "a", None, "https://example.org/", statements=tuple(
            t for t in statements if t.source == s)) for s in ("s1", "s2")
    }  # fmt: skip
    return Corpus(entities, sources)


def _said(
    source: str, subject: str, relation: str, object_: str, modality: str = "asserted"
) -> Statement:
    return Statement(
        source, subject, relation, object_, (Evidence(note="read"),), modality=modality
    )


def test_two_sources_make_one_edge_with_two_statements(ontology: Ontology) -> None:
    graph = network(_tiny(_said("s1", "a", "partnerIn", "p"), _said("s2", "a", "partnerIn", "p"),
                          _said("s2", "a", "leadsConsortium", "p")), ontology)  # fmt: skip
    assert sorted(graph.edges(keys=True)) == [
        ("a", "p", "leadsConsortium"),
        ("a", "p", "partnerIn"),
    ]
    assert [s["source"] for s in graph.edges["a", "p", "partnerIn"]["statements"]] == ["s1", "s2"]


@pytest.mark.parametrize("modality", ["planned", "denied"])
def test_what_is_not_asserted_is_no_edge(ontology: Ontology, modality: str) -> None:
    assert len(network(_tiny(_said("s1", "a", "partnerIn", "p", modality)), ontology)) == 0


def test_a_relation_brings_those_below_it(ontology: Ontology) -> None:
    corpus = _tiny(_said("s1", "a", "partnerIn", "p"), _said("s1", "a", "cooperatesWith", "b"),
                   _said("s1", "a", "chairedBy", "x"))  # fmt: skip
    found = network(corpus, ontology, wanted=Wanted(relations=["partnersWith"]))
    assert sorted(k for *_, k in found.edges(keys=True)) == ["cooperatesWith", "partnerIn"]
    assert sorted(network(corpus, ontology, wanted=Wanted(relations=["chairedBy"]))) == ["a", "x"]


def test_the_ego_network_grows_with_its_depth(ontology: Ontology) -> None:
    corpus = _tiny(_said("s1", "a", "partnerIn", "p"), _said("s1", "b", "partnerIn", "p"),
                   _said("s1", "b", "chairedBy", "x"))  # fmt: skip
    sizes = [len(network(corpus, ontology, ego="a", depth=d)) for d in range(4)]
    assert sizes == [1, 2, 3, 4]
    with pytest.raises(UsageError, match="'nobody' is no node of this network"):
        network(corpus, ontology, ego="nobody")


def test_several_egos_have_one_network(ontology: Ontology) -> None:
    corpus = _tiny(_said("s1", "a", "partnerIn", "p"), _said("s1", "b", "chairedBy", "x"))
    assert sorted(network(corpus, ontology, ego=["a", "x"])) == ["a", "b", "p", "x"]
    assert sorted(network(corpus, ontology, ego=["a", "x"], depth=0)) == ["a", "x"]


def test_certainty_is_a_filter(corpus: Corpus, ontology: Ontology) -> None:
    both = network(corpus, ontology).number_of_edges()
    parts = [network(corpus, ontology, wanted=Wanted(certainty=c)) for c in ("stated", "implied")]
    for part, certainty in zip(parts, ("stated", "implied"), strict=True):
        assert part.number_of_edges() < both
        assert {s["certainty"] for *_, d in part.edges(data=True) for s in d["statements"]} == {
            certainty
        }
    with pytest.raises(UsageError, match="unknown certainty 'sure'"):
        network(corpus, ontology, wanted=Wanted(certainty="sure"))


def test_a_place_keeps_what_lies_there_and_what_is_tied_to_it(ontology: Ontology) -> None:
    entities = {"a": "Association", "b": "Association", "c": "Association", "p": "Project", "q": "Project",
                "x": "Person", "leipzig": "City", "berlin": "City", "sachsen": "Region"}  # fmt: skip
    said = [("a", "locatedIn", "leipzig"), ("leipzig", "locatedIn", "sachsen"), ("b", "locatedIn", "berlin"),
            ("a", "partnerIn", "p"), ("b", "partnerIn", "p"), ("b", "partnerIn", "q"), ("a", "chairedBy", "x"),
            ("c", "partnerIn", "p"), ("x", "headOf", "p")]  # fmt: skip
    statements = tuple(_said("s1", *s) for s in said)
    corpus = Corpus({i: Entity(i, t, (Name(i),)) for i, t in entities.items()},
                    {"s1": Source("s1", "s1", "a", None, "https://example.org/", statements=statements)})  # fmt: skip
    found = network(corpus, ontology, wanted=Wanted(places=["sachsen"]))
    assert sorted(found) == ["a", "p", "x"], "b lies elsewhere, q and c are tied to nothing there"
    assert found.has_edge("x", "p")
    assert found.nodes["a"]["place"] == "leipzig"
    assert "place" not in found.nodes["p"]


def test_edges_know_the_bounds_of_their_statements(corpus: Corpus, ontology: Ontology) -> None:
    (statement,) = network(corpus, ontology).edges["acod", "hans-peter-kemser", "chairedBy"][
        "statements"
    ]
    assert (statement["latest_start"], statement["earliest_end"]) == ("2018-12-05", "2018-12-05")
    assert "earliest_start" not in statement


def test_what_is_certain_is_so_at_a_time(corpus: Corpus, ontology: Ontology) -> None:
    day = (dt.date(2018, 12, 5), dt.date(2018, 12, 5))
    found = network(corpus, ontology, when=day, wanted=Wanted(certain=True))
    assert {d["holds"] for *_, d in found.edges(data=True)} == {"certain"}
    assert found.has_edge("acod", "hans-peter-kemser")
