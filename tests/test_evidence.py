"""Rows of an answer with what supports them."""

from __future__ import annotations

import pytest

import kg
from kg.graph import Graph
from kg.iris import ENT, STM


@pytest.fixture(scope="module")
def graph() -> Graph:
    return kg.load()


def support(graph: Graph, query: str) -> set[tuple[str, ...]]:
    """(values of the row…, relation of the statement that supports it)."""
    relations = {STM + s.id: s.relation for s in graph.corpus.statements()}
    table = graph.with_evidence(graph.select(query), query)
    width = len(table.columns) - 4
    assert table.columns[width:] == ("statement", "source", "published", "quote")
    return {
        (*(str(v).removeprefix(ENT) for v in row[:width]), relations.get(str(row[width]), ""))
        for row in table.rows
    }


def test_a_bound_statement_is_its_own_support(graph: Graph) -> None:
    query = "SELECT ?s { ?s a akt:Statement ; rdf:predicate akt:chairedBy }"
    table = graph.with_evidence(graph.select(query), query)
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
        ("freistaat-sachsen", "")
    }, "the other end is not in the row, so no statement can be named"
    pairs = support(
        graph, "SELECT ?a ?b { ?b akt:fundedBy ?a FILTER(?b = ent:zentrum-digitale-arbeit) }"
    )
    assert pairs == {
        ("bmas", "zentrum-digitale-arbeit", "funds"), ("esf", "zentrum-digitale-arbeit", "funds"),
        ("freistaat-sachsen", "zentrum-digitale-arbeit", "coFunds")}  # fmt: skip
    assert support(graph, "SELECT ?a ?b { ?a akt:memberOfBoard ?b }") == {
        ("hans-peter-kemser", "acod", "chairedBy")
    }


def test_a_relation_in_the_row_counts(graph: Graph) -> None:
    rows = support(
        graph, "SELECT ?r ?b { BIND(ent:bmas AS ?x) ?x ?r ?b VALUES ?r { akt:operates } }"
    )
    assert {row[-1] for row in rows} == {""}
    rows = support(graph, "SELECT ?x ?r ?b { ?x ?r ?b VALUES (?x ?r) { (ent:bmas akt:operates) } }")
    assert {row[-1] for row in rows} == {"operates"}


def test_a_row_that_nothing_supports_keeps_its_place(graph: Graph) -> None:
    query = "SELECT ?a ?b { ?a akt:locatedIn ?b FILTER(?a = ent:lebendiges-haus-leipzig && ?b = ent:leipzig) }"
    table = graph.with_evidence(graph.select(query), query)
    assert [row["statement"] for row in table] == [None], "it only follows from two statements"


def test_literals_are_ends_too(graph: Graph) -> None:
    query = "SELECT ?a ?d { ?a akt:foundedOn ?d }"
    assert {r["quote"] for r in graph.with_evidence(graph.select(query), query)} == {
        "Der im Jahr 2006 gegründet Automotive Cluster Ostdeutschland e.V."
    }
