"""Parts of a graph: what holds at a time, what some sources say, successors as one; and standing."""

from __future__ import annotations

from dataclasses import replace

import pytest

import kg
from kg.build import corpus_nquads
from kg.graph import Graph
from kg.model import Corpus, Entity, Evidence, Name, Source, Statement
from kg.ontology import Ontology
from kg.restrict import of_sources, rolled_up
from kg.standing import with_standing
from kg.store import memory_store
from kg.validity import with_validity


@pytest.fixture(scope="module")
def graph(documents_graph: Graph) -> Graph:
    return documents_graph


def said(subject: str, relation: str, object_: str, source: str = "s", **more: str) -> Statement:
    return replace(Statement(source, subject, relation, object_, (Evidence(note="n"),)), **more)  # type: ignore[arg-type]  # any field, by name


def corpus_of(types: dict[str, str], *statements: Statement, publisher: str = "pub") -> Corpus:
    entities = {i: Entity(i, t, (Name(i),)) for i, t in {**types, "pub": "Company"}.items()}
    sources = {
        s.source: Source(s.source, "t", publisher, "2020", "https://example.org/",
                         statements=tuple(x for x in statements if x.source == s.source))
        for s in statements
    }  # fmt: skip
    return Corpus(entities, sources)


def test_a_graph_without_restriction_is_the_same_to_the_byte(graph: Graph) -> None:
    for format_ in ("nq", "ttl", "jsonld"):
        assert graph.restricted().export(format_) == graph.export(format_)


def test_a_time_leaves_what_may_hold_and_says_how_surely(graph: Graph) -> None:
    then = graph.restricted(at="2018-12-05")
    count = "SELECT ?h (COUNT(*) AS ?n) { ?s akt:holds ?h } GROUP BY ?h"
    found = {str(row["h"]).rsplit("#")[1]: row["n"] for row in then.select(count)}
    certain = [s for s in graph.corpus.statements() if s.observed == "2018-12-05"]
    assert found == {
        "certain": len(certain),
        "possible": len(list(graph.corpus.statements())) - len(certain),
    }
    assert not graph.ask("ASK { ?s akt:holds ?h }"), "the whole graph is of no time"


def test_sources_leave_what_they_say(graph: Graph) -> None:
    one = graph.restricted(sources=["acod-2018-12-05"])
    assert set(one.corpus.sources) == {"acod-2018-12-05"}
    assert {s.id for s in one.corpus.statements()} == {
        s.id for s in graph.corpus.statements() if s.source == "acod-2018-12-05"}  # fmt: skip
    assert "bmas" not in one.corpus.entities
    assert one.show("BA Sachsen").entity.id == "ba-regionaldirektion-sachsen"
    with pytest.raises(kg.UnknownName, match="there is no source 'acod', known are: acod-2018"):
        of_sources(graph.corpus, ["acod"])


def test_time_within_sources_rests_on_them_alone(ontology: Ontology) -> None:
    whole = with_validity(corpus_of(
        {"verein": "Association", "anna": "Person", "bert": "Person"},
        said("verein", "chairedBy", "anna", observed="2006"),
        said("verein", "chairedBy", "bert", "t", since="2011"),
    ), ontology)  # fmt: skip
    graph = Graph(memory_store(corpus_nquads(whole, ontology), "test", "0"))
    assert not graph.restricted(at="2012").ask("ASK { ent:verein akt:chairedBy ent:anna }")
    one = graph.restricted(at="2012", sources=["s"])
    assert one.ask("ASK { ent:verein akt:chairedBy ent:anna }"), "t is not asked"


def test_one_body_founded_twice_is_no_conflict(ontology: Ontology) -> None:
    corpus = corpus_of(
        {"alt": "Association", "neu": "Association"},
        said("neu", "successorOf", "alt"), said("alt", "foundedOn", "1990", "t"), said("neu", "foundedOn", "2020", "u"),
    )  # fmt: skip
    graph = Graph(
        memory_store(corpus_nquads(with_validity(corpus, ontology), ontology), "test", "0")
    )
    rolled = graph.restricted(roll_up=True)
    assert not rolled.conflicts()
    assert [str(r["d"]) for r in rolled.select("SELECT ?d { ?a akt:foundedOn ?d }")] == ["2020"]


def test_edges_say_how_surely_they_hold(graph: Graph) -> None:
    edges = graph.restricted(at="2018-12-05").network().edges(data=True)
    for _, _, data in edges:
        said = {s["holds"] for s in data["statements"]}
        assert data["holds"] == ("certain" if "certain" in said else "possible")
    assert {"certain", "possible"} == {d["holds"] for *_, d in edges}
    assert not any("holds" in d for *_, d in graph.network().edges(data=True))


def test_bad_dates_are_wrong_usage(graph: Graph) -> None:
    with pytest.raises(kg.UsageError, match="not for both"):
        graph.restricted(at="2018", until="2019")
    with pytest.raises(kg.UsageError, match="'2018~' is not exact, ask for 2018"):
        graph.restricted(at="2018~")
    with pytest.raises(kg.UsageError, match="'soon' is no EDTF date"):
        graph.restricted(at="soon")
    with pytest.raises(kg.UsageError, match="'2018' lies before '2019'"):
        graph.restricted(since="2019", until="2018")


def test_a_chain_of_successors_is_one_body(ontology: Ontology) -> None:
    corpus = corpus_of(
        {"bmwi": "PublicBody", "bmwk": "PublicBody", "bmwe": "PublicBody", "x": "Project"},
        said("bmwk", "successorOf", "bmwi"), said("bmwe", "successorOf", "bmwk"), said("bmwi", "funds", "x"),
    )  # fmt: skip
    rolled = rolled_up(corpus, ontology)
    assert {rolled.canonical[i] for i in ("bmwi", "bmwk", "bmwe")} == {"bmwe"}
    assert {s.relation for s in rolled.statements()} == {"funds"}, "nobody succeeds himself"


@pytest.mark.parametrize(
    ("types", "statements"),
    [
        ({"a": "Person", "b": "Person"}, [("b", "a")]),
        ({"a": "Project", "b": "Project", "c": "Project"}, [("b", "a"), ("c", "a")]),
        ({"a": "Project", "b": "Project"}, [("b", "a"), ("a", "b")]),
    ],
    ids=["persons", "a split", "a circle"],
)
def test_what_is_no_chain_of_one_body_stays(
    ontology: Ontology, types: dict[str, str], statements: list[tuple[str, str]]
) -> None:
    corpus = corpus_of(types, *(said(new, "successorOf", old) for new, old in statements))
    assert dict(rolled_up(corpus, ontology).canonical) == {i: i for i in (*types, "pub")}


def test_who_speaks_of_itself(ontology: Ontology) -> None:
    types = {
        "verein": "Association",
        "abteilung": "Organisation",
        "anna": "Person",
        "projekt": "Project",
    }
    statements = (
        said("verein", "chairedBy", "anna"), said("abteilung", "partOf", "verein", source="other"),
        said("abteilung", "partnerIn", "projekt"), said("anna", "headOf", "projekt"),
    )  # fmt: skip
    corpus = with_standing(corpus_of(types, *statements, publisher="verein"), ontology)
    judged = {(s.subject, s.relation): s.self_stated for s in corpus.statements()}
    assert judged == {
        ("verein", "chairedBy"): True,
        ("abteilung", "partOf"): True,
        ("abteilung", "partnerIn"): True,
        ("anna", "headOf"): False,
    }
