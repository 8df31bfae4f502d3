"""Queries as a server gets them mean what they meant."""

from __future__ import annotations

import pytest

from kg.iris import ENT, MERGED_GRAPH
from kg.paging import graphs_named, has_dataset, page, with_dataset, with_prefixes
from kg.queries import library
from kg.sparql import guard
from kg.store import memory_store

_DATA = "".join(
    f"<{ENT}a{i}> <{ENT}p> <{ENT}b{i % 3}> .\n<{ENT}a{i}> <{ENT}p> <{ENT}b{i % 3}> <{MERGED_GRAPH}> .\n"
    f"<{ENT}a{i}> <{ENT}p> <{ENT}b{i % 3}> <{ENT}g> .\n"
    for i in range(20)
).encode()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?a ?b { ?a ent:p ?b }",
        "SELECT ?a ?b WHERE { ?a ent:p ?b } ORDER BY DESC(?b)",
        "SELECT ?a ?b { { SELECT * { ?a ent:p ?b } ORDER BY ?a LIMIT 15 } } # } LIMIT 1",
        "PREFIX x: <https://w3id.org/akteursnetz/entity/> SELECT ?a ?b { ?a x:p ?b } ORDER BY ?b ?a LIMIT 11 OFFSET 2",
        "SELECT DISTINCT ?b (COUNT(?a) AS ?n) { ?a ent:p ?b } GROUP BY ?b HAVING (COUNT(?a) > 6)",
        "SELECT ?a ?b { ?a ent:p ?b } VALUES ?b { ent:b1 ent:b2 }",
        "SELECT (EXISTS { ?x ent:p ?a } AS ?e) ?a { ?a ent:p ?b }",
        "select ?a ?b from ent:g where { ?a ent:p ?b } order by ?b",
    ],
)
@pytest.mark.parametrize("size", [1, 4, 50])
def test_the_pages_of_a_query_are_the_query(query: str, size: int) -> None:
    store = memory_store(_DATA)
    columns = store.query(query).columns
    whole = list(store.query(query).rows())
    rows, done = [], 0
    while found := list(store.query(page(query, columns, size, done)).rows()):
        assert len(found) <= size
        rows += found
        done += len(found)
    assert sorted(map(str, rows)) == sorted(map(str, whole))
    if "ORDER BY DESC(?b)" in query:
        assert [r[1] for r in rows] == [r[1] for r in whole]


@pytest.mark.parametrize("name", sorted(library()))
def test_every_question_can_be_sent_and_paged(name: str) -> None:
    text = library()[name].text
    store = memory_store(b"")
    columns = store.query(text).columns
    sent = with_dataset(with_prefixes(text), MERGED_GRAPH, [ENT + "g"])
    assert has_dataset(sent)
    assert not has_dataset(text)
    assert store.query(sent).columns == columns
    assert store.query(page(sent, columns, 10, 20)).columns == columns


@pytest.mark.parametrize(
    ("query", "graphs"),
    [
        ("SELECT * { ?s ?p ?o }", set()),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", None),
        ("SELECT * { GRAPH ent:g { ?s ?p ?o } graph <https://x.example/> { } } # GRAPH ?g",
         {ENT + "g", "https://x.example/"}),
        ("PREFIX ent: <https://x.example/> ASK { GRAPH ent:g { ?s ?p ?o } }", None),
        ('ASK { ?s ?p "GRAPH ?g" }', set()),
    ],
)  # fmt: skip
def test_the_graphs_that_a_query_names(query: str, graphs: set[str] | None) -> None:
    assert graphs_named(query) == graphs


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ent:p ?o }",
        "CONSTRUCT { ?s ent:q ?o } WHERE { ?s ent:p ?o }",
        "CONSTRUCT WHERE { ?s ent:p ?o }",
        "DESCRIBE ent:a1 # end",
        "DESCRIBE ?s WHERE { ?s ent:p ent:b1 }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    ],
)
def test_a_dataset_goes_where_the_grammar_has_it(query: str) -> None:
    named = memory_store(_DATA.replace(b" .\n<", b" .\n<"))
    sent = with_dataset(with_prefixes(query), MERGED_GRAPH, [ENT + "g"])
    guard(sent)
    there, wanted = named.query(sent), named.query(query.replace("GRAPH ?g", "GRAPH ent:g"))
    assert there.kind == wanted.kind
    if there.kind == "graph":
        assert list(there.triples()) == list(wanted.triples())
    elif there.kind == "select":
        assert list(there.rows()) == list(wanted.rows())
    else:
        assert bool(there) == bool(wanted)


def test_prefixes_are_declared_before_the_first_line() -> None:
    query = "SELECT *\n{ ?s akt:funds ent:x ; skos:note 'rdf:x' }"
    sent = with_prefixes(query)
    assert sent.endswith(query)
    assert [w for w in sent.split() if w.endswith(":")] == ["akt:", "ent:", "skos:"]
    assert sent.count("\n") == query.count("\n")
    own = "PREFIX akt: <https://x.example/> ASK { ?s akt:p ?o }"
    assert with_prefixes(own) == own
