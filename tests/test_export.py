"""Exports read back isomorphic, by rdflib, which wrote none of them but the Dataset."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, XSD, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic

import kg
from kg.export import FORMATS, context, export, write_quads
from kg.files import shipped
from kg.graph import Graph as KgGraph
from kg.iris import ENT, MERGED_GRAPH, SRC
from kg.model import Corpus
from kg.ontology import Ontology
from kg.rdf import build_dataset

PARSERS = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdfxml": "xml"}


@pytest.fixture(scope="module")
def graph(documents_graph: KgGraph) -> KgGraph:
    return documents_graph


@pytest.fixture(scope="module")
def corpus(documents_corpus: Corpus) -> Corpus:
    return documents_corpus


@pytest.fixture(scope="module")
def built(corpus: Corpus, ontology: Ontology) -> Dataset:
    return build_dataset(corpus, ontology)


@pytest.mark.parametrize("format_", sorted(PARSERS))
def test_the_merged_graph_reads_back(graph: KgGraph, built: Dataset, format_: str) -> None:
    read = Graph().parse(data=export(graph.store, format_), format=PARSERS[format_])
    merged = Graph()
    for triple in built.default_graph:
        merged.add(triple)
    assert isomorphic(read, merged)


@pytest.mark.parametrize(("format_", "parser"), [("trig", "trig"), ("nq", "nquads")])
def test_all_graphs_read_back(graph: KgGraph, built: Dataset, format_: str, parser: str) -> None:
    read = Dataset()
    read.parse(data=export(graph.store, format_), format=parser)
    assert {(s, p, o, str(g)) for s, p, o, g in read.quads() if g is not None} == {
        (s, p, o, str(g)) for s, p, o, g in built.quads() if g is not None
    }
    assert set(read.default_graph) == set(built.default_graph)
    assert URIRef(SRC + "acod-2018-12-05") in {g.identifier for g in read.graphs()}
    assert MERGED_GRAPH not in {str(g.identifier) for g in read.graphs()}


def test_jsonld_is_compact_and_needs_nothing_from_elsewhere(graph: KgGraph) -> None:
    document = json.loads(graph.export("jsonld"))
    assert isinstance(document["@context"], dict), "the context stands in the file"
    nodes = {n["@id"]: n for n in document["@graph"]}
    acod = nodes["ent:acod"]
    assert acod["chairedBy"] == "ent:hans-peter-kemser"
    assert acod["foundedOn"] == "2006"
    assert "akt:Association" in acod["@type"]
    assert len(nodes) == len(document["@graph"]), "each node stands once"


def test_the_context_is_the_shipped_one(graph: KgGraph) -> None:
    shipped_context = json.loads(
        (shipped("ontology") / "context.jsonld").read_text(encoding="utf-8")
    )
    assert (
        json.loads(graph.export("jsonld"))["@context"] == shipped_context["@context"] == context()
    )


_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
_NODE = st.sampled_from([URIRef(ENT + i) for i in "abc"])
_OBJECT = st.one_of(
    _NODE,
    st.builds(Literal, _TEXT),
    st.builds(lambda t: Literal(t, lang="de"), _TEXT),
    st.builds(lambda n: Literal(str(n), datatype=XSD.integer), st.integers(0, 99)),
    st.builds(lambda t: Literal(t, datatype=XSD.anyURI), st.sampled_from(["http://x/", "urn:y"])),
)
_RELATION = st.sampled_from(
    [
        URIRef(context()["akt"] + n)
        for n in ("funds", "foundedOn", "hasAddress", "textLength", "unknown")
    ]
)


@given(st.sets(st.tuples(_NODE, _RELATION, _OBJECT), max_size=12))
def test_any_triples_survive_jsonld(triples: set[tuple[URIRef, URIRef, URIRef | Literal]]) -> None:
    wanted = Graph()
    for triple in triples:
        wanted.add(triple)
    wanted.add((URIRef(ENT + "a"), RDF.type, URIRef(ENT + "T")))
    lines = wanted.serialize(format="nt").split("\n")
    from kg.store import parse_quads

    quads = parse_quads("\n".join(lines).encode(), "nq")
    assert isomorphic(Graph().parse(data=write_quads(quads, "jsonld"), format="json-ld"), wanted)


def test_every_format_is_sorted_and_stable(graph: KgGraph) -> None:
    for format_ in FORMATS:
        assert graph.export(format_) == graph.export(format_)
    lines = graph.export("nq").decode().rstrip("\n").split("\n")
    assert lines == sorted(lines, key=str.encode)
    assert len(lines) == graph.store.manifest.quads


def test_a_damaged_context_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "context.jsonld").write_text("{")
    monkeypatch.setattr("kg.export.shipped", lambda _: tmp_path)
    context.cache_clear()
    with pytest.raises(kg.KgError, match=r"no JSON-LD context, run `make generate`"):
        context()
    context.cache_clear()
