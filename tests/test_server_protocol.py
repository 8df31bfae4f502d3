"""The endpoint, asked by clients that are not ours: SPARQLWrapper, rdflib, curl, urllib."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

from kg.build import build
from kg.iris import ENT, MERGED_GRAPH, SRC
from kg.server.asked import Dataset, limited, split_dataset, update_word
from kg.server.engine import count_rows
from kg.server.negotiation import GRAPHS, ROWS, best
from tests.serving import Server, served

CHAIR = "SELECT ?who WHERE { ent:acod akt:chairedBy ?who }"
KEMSER = ENT + "hans-peter-kemser"
ACOD, AUL = SRC + "acod-2018-12-05", SRC + "arbeit-und-leben-sachsen-2019-11-25"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def server(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    build(documents, folder / "store")
    with served(folder / "store", folder / "log") as running:
        yield running


def _n(server: Server, query: str, **more: str) -> int:
    got = server.get("/sparql", {"query": query, **more}, Accept="text/csv")
    assert got.status == 200, got.text
    return int(got.text.splitlines()[1])


def test_each_way_to_send_a_query_gives_the_same(server: Server) -> None:
    form = f"query={CHAIR.replace(' ', '+').replace('?', '%3F')}".encode()
    answers = [
        server.sparql(CHAIR),
        server.get("/sparql", body=form, Content_Type="application/x-www-form-urlencoded"),
        server.get("/sparql", body=CHAIR.encode(), Content_Type="application/sparql-query"),
    ]
    for got in answers:
        assert got.status == 200
        assert got.headers["Content-Type"] == "application/sparql-results+json"
        assert got.json["results"]["bindings"] == [{"who": {"type": "uri", "value": KEMSER}}]
    head = server.get("/sparql", {"query": CHAIR}, method="HEAD")
    assert (head.status, head.body) == (200, b"")


@pytest.mark.parametrize("method", ["GET", "POST", "direct"])
def test_sparqlwrapper_reads_every_format(server: Server, method: str) -> None:
    client: Any = SPARQLWrapper(server.address + "/sparql")
    client.setQuery(CHAIR)
    if method != "GET":
        client.setMethod("POST")
    if method == "direct":
        client.setRequestMethod(POSTDIRECTLY)
        client.setQuery("PREFIX akt: <https://w3id.org/akteursnetz/ontology#> " + CHAIR)
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["results"]["bindings"][0]["who"]["value"] == KEMSER
    client.setReturnFormat(XML)
    assert KEMSER in client.queryAndConvert().toxml()
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().decode().split() == ["who", KEMSER]
    client.setQuery("CONSTRUCT { ?b ?p ?a } WHERE { ?a ?p ?b . VALUES ?p { akt:chairedBy } }")
    client.setReturnFormat(TURTLE)
    found = rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")
    assert (rdflib.URIRef(KEMSER), None, rdflib.URIRef(ENT + "acod")) in found


def test_rdflib_asks_it_as_a_store(server: Server) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        graph = rdflib.Graph(SPARQLStore(server.address + "/sparql"))
        rows: Any = graph.query(CHAIR)
        assert [str(row[0]) for row in rows] == [KEMSER]
        acod = rdflib.URIRef(ENT + "acod")
        chaired = rdflib.URIRef("https://w3id.org/akteursnetz/ontology#chairedBy")
        assert [str(o) for o in graph.objects(acod, chaired)] == [KEMSER]


def test_curl_gets_rows_and_graphs(server: Server) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("no curl")
    done = subprocess.run(
        [curl, "-sS", "--fail-with-body", "-H", "Accept: text/tab-separated-values",
         "--data-urlencode", f"query={CHAIR}", server.address + "/sparql"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert done.stdout == f"?who\n<{KEMSER}>\n"


@pytest.mark.parametrize("format_", list(ROWS))
def test_rows_are_negotiated_and_counted(server: Server, format_: str) -> None:
    got = server.sparql("SELECT ?s { ?s a akt:Person } ORDER BY ?s", ROWS[format_][0])
    assert got.headers["Content-Type"].startswith(ROWS[format_][0])
    rows = int(got.headers["X-Rows"])
    counted = {
        "json": lambda: len(got.json["results"]["bindings"]),
        "xml": lambda: len(ET.fromstring(got.text)[1]),
        "csv": lambda: len(list(csv.reader(io.StringIO(got.text)))) - 1,
        "tsv": lambda: len(got.text.splitlines()) - 1,
    }[format_]()
    assert rows == counted > 5


@pytest.mark.parametrize(("format_", "parser"), [
    ("ttl", "turtle"), ("nt", "nt"), ("rdfxml", "xml"), ("jsonld", "json-ld"), ("trig", "trig"), ("nq", "nquads")])  # fmt: skip
def test_graphs_are_negotiated(server: Server, format_: str, parser: str) -> None:
    got = server.sparql(f"DESCRIBE <{ENT}acod>", GRAPHS[format_][0])
    assert got.headers["Content-Type"].startswith(GRAPHS[format_][0])
    found = rdflib.Dataset().parse(data=got.text, format=parser)
    assert rdflib.URIRef(KEMSER) in {q[2] for q in found.quads()}
    assert {str(q[0]) for q in found.quads()} == {ENT + "acod"}


WRONG = [
    ({}, {"query": "SELECT * { ?s ?p }"}, 400, "this is no SPARQL query: line 1, column 19"),
    ({}, {"query": ""}, 400, "this is no SPARQL query"),
    ({}, {"querry": "ASK {}"}, 400, "there is no query"),
    ({}, {"query": "INSERT DATA { <a:b> <a:c> <a:d> }"}, 400, "INSERT is an update"),
    ({}, {"query": "PREFIX x: <y:> clear all"}, 400, "CLEAR is an update"),
    ({}, {"update": "CLEAR ALL"}, 403, "nothing can be changed here"),
    ({}, {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, 400, "SERVICE would send"),
    ({}, {"query": "SELECT * { { { service silent ?x { ?s ?p ?o } } } }"}, 400, "SERVICE would send"),
    ({}, {"query": "SELECT * FROM <https://example.org/g> { ?s ?p ?o }"}, 400, "there is no graph <https://example.org/g>"),
    ({}, {"query": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"}, 400, "there is no graph"),
    ({}, {"query": "ASK {}", "default-graph-uri": "http://127.0.0.1:9/x"}, 400, "there is no graph"),
    ({"Accept": "image/png"}, {"query": "ASK {}"}, 406, "application/sparql-results+json"),
    ({"Accept": "text/turtle"}, {"query": "ASK {}"}, 406, "this query gives rows"),
    ({"Accept": "text/csv"}, {"query": "DESCRIBE <a:b>"}, 406, "this query gives a graph"),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "parameters", "status", "message"), WRONG)
def test_what_is_wrong_is_said(
    server: Server, headers: dict[str, str], parameters: dict[str, str], status: int, message: str
) -> None:
    got = server.get("/sparql", parameters, **headers)
    assert (got.status, message in got.text) == (status, True), got.text
    assert got.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_what_is_posted_wrong_is_said(server: Server) -> None:
    kinds = {"text/plain": 415, "application/sparql-update": 403, "application/json": 415}
    for kind, status in kinds.items():
        assert server.get("/sparql", body=b"CLEAR ALL", Content_Type=kind).status == status
    twice = server.address + "/sparql?query=ASK+%7B%7D&query=ASK+%7B%7D"
    done = subprocess.run(
        [shutil.which("curl") or "curl", "-s", twice], capture_output=True, text=True, check=True
    )
    assert done.stdout == "the parameter 'query' is given 2 times, give it once\n"
    form = "application/x-www-form-urlencoded"
    assert server.get("/sparql", body=b"query=%ff", Content_Type=form).status == 400
    assert (
        server.get("/sparql", body=b"\xff", Content_Type="application/sparql-query").status == 400
    )
    for method in ("PUT", "DELETE", "PATCH"):
        got = server.get("/sparql", {"query": "ASK {}"}, method=method)
        assert (got.status, got.headers["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_a_request_chooses_its_graphs(server: Server) -> None:
    of_one, of_other = (_n(server, COUNT, **{"default-graph-uri": g}) for g in (ACOD, AUL))
    assert 0 < of_one < of_other
    assert _n(server, COUNT, **{"default-graph-uri": MERGED_GRAPH}) == _n(server, COUNT) > 500
    assert _n(server, COUNT.replace("WHERE", f"FROM <{ACOD}>")) == of_one
    assert _n(server, COUNT.replace("WHERE", "FROM src:acod-2018-12-05")) == of_one
    asked = COUNT.replace("WHERE", f"FROM <{ACOD}>")
    assert _n(server, asked, **{"default-graph-uri": AUL}) == of_other, "the protocol goes first"
    graphs = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert _n(server, graphs, **{"named-graph-uri": ACOD}) == 1
    assert _n(server, COUNT, **{"named-graph-uri": ACOD}) == 0


def test_a_merge_of_graphs_has_each_triple_once(server: Server) -> None:
    query = f"FROM <{ACOD}> FROM <{AUL}> WHERE {{ ?s ?p ?o }}"
    either = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g IN (<{ACOD}>, <{AUL}>))"
    each = f"SELECT (COUNT(*) AS ?n) WHERE {{ SELECT DISTINCT ?s ?p ?o {{ {either} }} }}"
    assert _n(server, f"SELECT (COUNT(*) AS ?n) {query}") == _n(server, each)
    merged = COUNT.replace("WHERE", f"FROM <{ACOD}> FROM <{MERGED_GRAPH}>")
    assert _n(server, merged) == _n(server, COUNT), "the merged graph has all triples of a source"


def test_the_service_describes_itself(server: Server) -> None:
    got = server.get("/sparql", Accept="text/turtle")
    found = rdflib.Graph().parse(data=got.text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = rdflib.URIRef(server.address + "/sparql")
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in found
    assert (service, sd.endpoint, service) in found
    names = {str(o) for o in found.objects(None, sd.name)}
    assert {ACOD, AUL} <= names
    assert not list(found.objects(None, sd.supportedLanguage))[1:], "no updates are promised"
    assert (
        server.get("/sparql", Accept="application/rdf+xml").headers["Content-Type"]
        == "application/rdf+xml"
    )


def test_a_browser_gets_the_page_and_programs_do_not(server: Server) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    got = server.get("/sparql", {"query": CHAIR}, Accept=browser)
    assert got.headers["Content-Type"].startswith("text/html")
    assert "script-src 'self'" in got.headers["Content-Security-Policy"]
    assert "<script>" not in got.text
    assert " style=" not in got.text
    assert server.get("/sparql", {"query": CHAIR}, Accept="*/*").json["head"]["vars"] == ["who"]
    csv_ = server.get("/sparql", {"query": CHAIR, "format": "csv"}, Accept=browser)
    assert csv_.text.split() == ["who", KEMSER]


@given(st.lists(st.text(max_size=12), max_size=6))
def test_rows_are_counted_whatever_texts_hold(texts: list[str]) -> None:
    bindings = [{"a": {"type": "literal", "value": t}} for t in texts]
    plain = json.dumps({"head": {"vars": ["a"]}, "results": {"bindings": bindings}},
                       ensure_ascii=False, separators=(",", ":"))  # fmt: skip
    assert count_rows(plain.encode("utf-8", "replace"), "json") == len(texts)


@given(
    st.lists(
        st.sampled_from(['{"', ',{"', "},{", "[{", "{}", '"', "a", "\n", "<result>"]), max_size=6
    )
)
def test_rows_are_counted_whatever_looks_like_them(parts: list[str]) -> None:
    from kg.sparql import literal_term
    from kg.store import memory_store

    value = literal_term("".join(parts))
    query = f"SELECT ?a {{ VALUES ?a {{ {value} {value} 1 }} }}"
    for format_ in ROWS:
        out = io.BytesIO()
        memory_store(b"").query(query).write(out, format_)
        assert count_rows(out.getvalue(), format_) == 3, (format_, out.getvalue())


@pytest.mark.parametrize(("query", "expected"), [
    ("SELECT ?a FROM <x:a> FROM NAMED <x:b> { }", Dataset(("x:a",), ("x:b",))),
    ("PREFIX p: <x:> SELECT ?a FROM p:a WHERE { ?from ?named 'FROM <x:c>' } # FROM <x:d>", Dataset(("x:a",))),
    ("CONSTRUCT { ?a ?b ?c } FROM <x:a> WHERE { ?a ?b ?c }", Dataset(("x:a",))),
    ("ASK {}", Dataset()),
])  # fmt: skip
def test_the_dataset_is_read_from_a_query(query: str, expected: Dataset) -> None:
    rest, found = split_dataset(query)
    assert found == expected
    assert len(rest) == len(query), "errors keep their place"


@pytest.mark.parametrize(("query", "expected"), [
    ("SELECT * { } LIMIT 5", "SELECT * { } LIMIT 5"),
    ("SELECT * { } limit 50 OFFSET 3", "SELECT * { } limit 10 OFFSET 3"),
    ("SELECT * { { SELECT * { } LIMIT 50 } }", "SELECT * { { SELECT * { } LIMIT 50 } }\nLIMIT 10\n"),
    ("SELECT * { } VALUES ?x { 1 }", "SELECT * { } \nLIMIT 10\nVALUES ?x { 1 }"),
    ("SELECT * { } # LIMIT 3", "SELECT * { } # LIMIT 3\nLIMIT 10\n"),
    ("CONSTRUCT WHERE { }", "CONSTRUCT WHERE { }"),
    ("ASK {}", "ASK {}"),
])  # fmt: skip
def test_rows_are_limited_in_the_query(query: str, expected: str) -> None:
    assert limited(query, 9) == expected


def test_updates_are_told_by_their_first_word() -> None:
    assert update_word("PREFIX insert: <x:> INSERT DATA { }") == "INSERT"
    assert update_word("# DELETE\nSELECT ?delete { ?s <x:INSERT> 'DROP' }") is None


@settings(max_examples=80)
@given(st.text(alphabet="abc*/;,=q.019 +-", max_size=40))
def test_no_accept_header_breaks_negotiation(accept: str) -> None:
    assert best(accept, ROWS) in (*ROWS, None)
