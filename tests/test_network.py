"""The network: what becomes a node or an edge, and files that read back with nothing lost."""

from __future__ import annotations

import io
import json
from typing import Any

import networkx as nx
import pytest

from kg.errors import UsageError
from kg.iris import ENT
from kg.model import Corpus, Entity, Evidence, Name, Source, Statement
from kg.network import flat, network, network_bytes
from kg.ontology import Ontology


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
    found = network(corpus, ontology, relations=["partnersWith"])
    assert sorted(k for *_, k in found.edges(keys=True)) == ["cooperatesWith", "partnerIn"]
    assert sorted(network(corpus, ontology, relations=["chairedBy"])) == ["a", "x"]


def test_the_ego_network_grows_with_its_depth(ontology: Ontology) -> None:
    corpus = _tiny(_said("s1", "a", "partnerIn", "p"), _said("s1", "b", "partnerIn", "p"),
                   _said("s1", "b", "chairedBy", "x"))  # fmt: skip
    sizes = [len(network(corpus, ontology, ego="a", depth=d)) for d in range(4)]
    assert sizes == [1, 2, 3, 4]
    with pytest.raises(UsageError, match="'nobody' is no node of this network"):
        network(corpus, ontology, ego="nobody")


def _same(first: nx.Graph[Any], second: nx.Graph[Any], drop: set[str]) -> None:
    def edges(graph: nx.Graph[Any]) -> list[str]:
        return sorted(json.dumps([u, v, {k: x for k, x in d.items() if k not in drop}], sort_keys=True)
                      for u, v, d in graph.edges(data=True))  # fmt: skip

    assert {n: first.nodes[n] for n in first} == {n: second.nodes[n] for n in second}
    assert edges(first) == edges(second)


def test_node_link_json_reads_back_the_same(graph: nx.MultiDiGraph[str]) -> None:
    data = json.loads(network_bytes(graph, "json"))
    again = nx.node_link_graph(data, edges="edges")
    assert nx.utils.graphs_equal(again, graph)
    assert again.graph == graph.graph


def test_graphml_reads_back_with_nothing_lost(graph: nx.MultiDiGraph[str]) -> None:
    again = nx.read_graphml(io.BytesIO(network_bytes(graph, "graphml")), force_multigraph=True)
    assert isinstance(again, nx.MultiDiGraph)
    _same(again, flat(graph), {"id"})
    assert sorted(k for *_, k in again.edges(keys=True)) == sorted(
        f"{u}:{k}:{v}" for u, v, k in graph.edges(keys=True)
    ), "each edge has an id of its own"


def test_gexf_reads_back_with_nothing_lost(graph: nx.MultiDiGraph[str]) -> None:
    again = nx.read_gexf(io.BytesIO(network_bytes(graph, "gexf")))
    _same(again, flat(graph), {"id"})


def test_flat_statements_are_the_statements(graph: nx.MultiDiGraph[str]) -> None:
    for u, v, k, data in flat(graph).edges(keys=True, data=True):
        assert json.loads(data["statements"]) == graph.edges[u, v, k]["statements"]
        assert all(isinstance(x, str | float) for x in data.values())


def test_files_do_not_change_from_run_to_run(corpus: Corpus, ontology: Ontology) -> None:
    for format_ in ("json", "graphml", "gexf"):
        pair = {
            network_bytes(network(corpus, ontology, ego="acod", depth=2), format_) for _ in range(2)
        }
        assert len(pair) == 1
