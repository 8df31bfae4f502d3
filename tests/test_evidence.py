"""Rows of an answer with what supports them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import pytest

from kg.build import corpus_nquads
from kg.graph import Graph, load
from kg.iris import ENT, SRC, STM
from kg.model import Amount, Corpus, Entity, Evidence, Name, Source, Statement
from kg.ontology import read_ontology
from kg.queries import library
from kg.store import memory_store


@pytest.fixture(scope="module")
def graph(documents_graph: Graph) -> Graph:
    return documents_graph


def support(graph: Graph, query: str) -> set[tuple[str, ...]]:
    """(values of the row…, relation of the statement that supports it)."""
    relations = {STM + s.id: s.relation for s in graph.corpus.statements()}
    table = graph.with_evidence(query)
    width = len(table.columns) - 5
    assert table.columns[width:] == ("statement", "source", "published", "quote", "note")
    return {
        (*(str(v).removeprefix(ENT) for v in row[:width]), relations.get(str(row[width]), ""))
        for row in table.rows
    }


def test_a_bound_statement_is_its_own_support(graph: Graph) -> None:
    query = "SELECT ?s { ?s a akt:Statement ; rdf:predicate akt:chairedBy }"
    table = graph.with_evidence(query)
    assert len(table) == 1
    row = next(iter(table))
    assert row["s"] == row["statement"]
    assert (
        row["quote"]
        == "Hans-Peter Kemser, Vorsitzender des ACOD […] Hans-Peter Kemser, Vorsitzender ACOD e.V."
    )
    assert row["published"] == "2018-12-05"


def test_a_triple_is_supported_as_stated_and_as_it_follows(graph: Graph) -> None:
    assert support(graph, "SELECT ?a { ?a akt:coFunds ent:zentrum-digitale-arbeit }") == {
        ("freistaat-sachsen", "coFunds")
    }, "the other end is a constant of the query"
    pairs = support(
        graph, "SELECT ?a ?b { ?b akt:fundedBy ?a FILTER(?b = ent:zentrum-digitale-arbeit) }"
    )
    assert pairs == {
        ("bmas", "zentrum-digitale-arbeit", "funds"), ("esf", "zentrum-digitale-arbeit", "funds"),
        ("freistaat-sachsen", "zentrum-digitale-arbeit", "coFunds")}  # fmt: skip
    assert support(graph, "SELECT ?a ?b { ?a akt:memberOfBoard ?b }") == {
        ("hans-peter-kemser", "acod", "chairedBy")
    }
    assert support(graph, "SELECT ?b { ent:hans-peter-kemser ^akt:chairedBy|akt:signed ?b }") == {
        ("acod", "chairedBy")
    }


def test_what_the_answer_hides_counts_too(graph: Graph) -> None:
    shown = (
        "SELECT ?label { ?a akt:coFunds ?b . ?a skos:prefLabel ?label FILTER(LANG(?label) = 'de') }"
    )
    assert ("Freistaat Sachsen", "coFunds") in support(graph, shown)
    distinct = graph.with_evidence("SELECT DISTINCT ?a { ?a akt:partnerIn ?b }")
    rows = [tuple(r.values()) for r in distinct]
    assert len(rows) == len(set(rows))
    assert all(r["statement"] for r in distinct)


def test_only_the_pattern_that_joins_two_values_counts(graph: Graph) -> None:
    query = """SELECT ?person ?body { ?body akt:chairedBy ?person . ?body akt:foundedOn ?day .
               FILTER NOT EXISTS { ?person akt:headOf ent:zentrum-digitale-arbeit } }"""
    assert {row[-1] for row in support(graph, query)} == {"chairedBy", "foundedOn"}
    away = "SELECT ?a ?b { ?a akt:chairedBy ?b MINUS { ?b akt:headOf ?c } }"
    assert {row[-1] for row in support(graph, away)} <= {"chairedBy"}


def test_counts_and_cut_rows_name_no_statement(graph: Graph) -> None:
    for query in (
        "SELECT (COUNT(*) AS ?n) { ?a akt:funds ?b }",
        "SELECT DISTINCT ?a { ?a akt:partnerIn ?b } LIMIT 2",
    ):
        table = graph.with_evidence(query)
        assert [tuple(r)[:1] for r in table.rows] == [tuple(r) for r in graph.select(query).rows]
        assert {row["statement"] for row in table} == {None}


def test_a_row_that_names_its_source_has_no_other(small: Graph) -> None:
    plain = small.with_evidence("SELECT ?a ?b { ?a akt:funds ?b }")
    assert {str(r["source"]).removeprefix(SRC) for r in plain} == {"eins", "zwei"}
    for query in (
        "SELECT ?a ?b ?source { GRAPH ?source { ?a akt:funds ?b } FILTER(?source = src:eins) }",
        "SELECT ?a ?b { GRAPH ?source { ?a akt:funds ?b } FILTER(?source = src:eins) }",
        "SELECT ?a ?b { GRAPH src:eins { ?a akt:funds ?b } }",
        "SELECT ?a ?b ?amount { ?s rdf:subject ?a ; rdf:object ?b ; akt:amount ?amount FILTER(?amount = 1) }",
    ):
        found = small.with_evidence(query)
        assert {r["published"] for r in found} == {"2020"}, query


@pytest.fixture(scope="module")
def small() -> Graph:
    entities = {i: Entity(i, t, (Name(i),)) for i, t in (("bund", "PublicBody"), ("v", "Project"))}
    sources = {
        i: Source(i, "t", "bund", published, "https://example.org/", statements=(
            Statement(i, "bund", "funds", "v", (Evidence(note="n"),), amount=Amount(Decimal(n), "EUR")),))
        for n, (i, published) in enumerate((("eins", "2020"), ("zwei", "2021")), start=1)
    }  # fmt: skip
    ontology = read_ontology()
    nquads = corpus_nquads(Corpus(entities, sources), ontology)
    return Graph(memory_store(nquads, "test", "0"))


@lru_cache(maxsize=1)
def _packaged() -> Graph:
    return load()


NEEDED = {"date": "2018-12-05", "programme": "zukunftszentren", "source": "acod-2018-12-05",
          "person": "Jens Katzek"}  # fmt: skip


@pytest.mark.parametrize("name", sorted(library()))
def test_evidence_never_changes_the_rows(name: str) -> None:
    query = library()[name]
    values = {p.name: NEEDED.get(p.name, "ACOD") for p in query.parameters if p.needed}
    graph = _packaged()
    plain = graph.select(query, **values)
    rich = graph.with_evidence(query, **values)
    width = len(plain.columns)
    assert list(dict.fromkeys(r[:width] for r in rich.rows)) == list(dict.fromkeys(plain.rows))


def test_a_row_that_nothing_supports_keeps_its_place(graph: Graph) -> None:
    query = "SELECT ?a ?b { ?a akt:locatedIn ?b FILTER(?a = ent:lebendiges-haus-leipzig && ?b = ent:leipzig) }"
    table = graph.with_evidence(query)
    assert [row["statement"] for row in table] == [None], "it only follows from two statements"


def test_literals_are_ends_too(graph: Graph) -> None:
    query = "SELECT ?a ?d { ?a akt:foundedOn ?d }"
    assert {r["quote"] for r in graph.with_evidence(query)} == {
        "Der im Jahr 2006 gegründet Automotive Cluster Ostdeutschland e.V."
    }
