"""Questions over HTTP, descriptions, reconciliation, and what holds for every request."""

from __future__ import annotations

import csv
import http.client
import io
import json
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import rdflib
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.build import build
from kg.graph import Graph, load
from kg.queries import library
from tests import reconciliation as schemas
from tests.serving import Server, served


@pytest.fixture(scope="module")
def store(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "store"
    build(documents, folder)
    return folder


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    with served(store, store.parent / "log", "--prefix", "/netz") as running:
        yield running


@pytest.fixture(scope="module")
def graph(store: Path) -> Graph:
    return load(store=store)


def test_a_question_gives_the_rows_that_the_library_gives(server: Server, graph: Graph) -> None:
    got = server.get("/api/leadership", {"body": "ACOD"})
    expected = list(graph.select("leadership", body="ACOD"))
    assert got.headers["Content-Type"] == "application/json"
    assert got.json == [{k: None if v is None else str(v) for k, v in row.items()} for row in expected]  # fmt: skip
    as_csv = server.get("/api/leadership", {"body": "ACOD", "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(as_csv.text)))
    assert [r["personLabel"] for r in rows] == [str(r["personLabel"]) for r in expected]
    sparql = server.get(
        "/api/leadership", {"body": "ACOD"}, Accept="application/sparql-results+json"
    )
    assert len(sparql.json["results"]["bindings"]) == len(expected) == int(sparql.headers["X-Rows"])


@pytest.mark.parametrize(("path", "parameters", "status", "message"), [
    ("/api/leadershp", {}, 404, "there is no question 'leadershp', did you mean 'leadership'?"),
    ("/api/leadership", {"bdy": "x"}, 400, "has no parameter 'bdy', did you mean 'body'?"),
    ("/api/leadership", {"body": "ACD"}, 404, "no entity is called 'ACD', did you mean acod"),
    ("/api/timeline", {}, 400, "needs the parameter 'entity'"),
    ("/api/chaired-on", {"body": "ACOD", "date": "yesterday"}, 400, "parameter 'date': 'yesterday'"),
    ("/api/leadership", {"format": "cvs"}, 400, "there is no format 'cvs', did you mean 'csv'?"),
    ("/api/leadership", {"body": "x" * 501}, 400, "more than 500 characters"),
    ("/api/../../etc/passwd", {}, 404, ""),
])  # fmt: skip
def test_what_is_asked_wrongly_is_a_problem_with_its_mend(
    server: Server, path: str, parameters: dict[str, str], status: int, message: str
) -> None:
    got = server.get(path, parameters)
    assert (got.status, message in got.text.replace('\\"', '"')) == (status, True), got.text
    if path.count("/") == 2:
        assert got.headers["Content-Type"] == "application/problem+json"
        assert got.json["status"] == status


def test_all_questions_are_described(server: Server) -> None:
    description = server.get("/openapi.json").json
    assert description["openapi"] == "3.1.0"
    assert description["servers"] == [{"url": server.address}]
    assert set(description["paths"]) == {f"/api/{name}" for name in library()}
    listed = {q["name"]: q for q in server.get("/api").json}
    for name, query in library().items():
        declared = description["paths"][f"/api/{name}"]["get"]["parameters"]
        needed = {p["name"] for p in declared if p["required"]}
        assert needed == {p.name for p in query.parameters if p.needed}
        assert [p["name"] for p in listed[name]["parameters"]] == [p.name for p in query.parameters]


def test_the_api_does_what_its_description_says(server: Server) -> None:
    schema = schemathesis.openapi.from_dict(server.get("/openapi.json").json)
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]  # an Err would end the test

        @given(case=operation.as_strategy())
        @settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck))
        def conforms(case: Any) -> None:
            answer = case.call(base_url=server.address)
            assert answer.status_code != 500
            case.validate_response(answer, excluded_checks=[
                schemathesis.checks.CHECKS.get_one("positive_data_acceptance")])  # fmt: skip

        conforms()


def _turtle(server: Server, path: str) -> rdflib.Graph:
    got = server.get(path)
    assert got.headers["Content-Type"].startswith("text/turtle")
    return rdflib.Graph().parse(data=got.text, format="turtle")


def test_void_and_dcat_say_what_is_there(server: Server, graph: Graph) -> None:
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    found = _turtle(server, "/void.ttl")
    dataset = next(found.subjects(rdflib.RDF.type, void.Dataset))
    triples = graph.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0]
    assert [int(str(o)) for o in found.objects(dataset, void.triples)] == [triples]
    parts = list(found.objects(dataset, void.propertyPartition))
    assert sum(int(str(next(found.objects(p, void.triples)))) for p in parts) == triples
    assert [str(o) for o in found.objects(dataset, void.sparqlEndpoint)] == [
        server.address + "/sparql"
    ]
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    found = _turtle(server, "/dcat.ttl")
    files = sorted(str(o) for o in found.objects(None, dcat.downloadURL))
    assert files == [f"{server.address}/graph.{f}" for f in ("jsonld", "nq", "ttl")]
    assert not list(found.objects(None, rdflib.DCTERMS.license)), "the data are somebody's own"
    assert server.get("/graph.nq").body == graph.export("nq")


def _reconcile(server: Server, queries: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    body = urllib.parse.urlencode({"queries": json.dumps(queries)}).encode()
    got = server.get("/reconcile", body=body, Content_Type="application/x-www-form-urlencoded")
    assert got.status == 200, got.text
    assert got.json == server.get("/reconcile", {"queries": json.dumps(queries)}).json
    jsonschema.validate(got.json, schemas.RESULTS)
    return {key: found["result"] for key, found in got.json.items()}


def test_the_manifest_names_services_that_are_there(server: Server) -> None:
    manifest = server.get("/reconcile").json
    jsonschema.validate(manifest, schemas.MANIFEST)
    for kind, service in manifest["suggest"].items():
        path = service["service_url"].removeprefix(server.address) + service["service_path"]
        found = server.get(
            path, {"prefix": {"entity": "ACO", "type": "Org", "property": "förd"}[kind]}
        )
        jsonschema.validate(found.json, schemas.SUGGESTIONS)
        first = {"entity": "acod", "type": "Organisation", "property": "funds"}[kind]
        assert first in {r["id"] for r in found.json["result"]}
    preview = manifest["preview"]["url"].replace("{{id}}", "acod").removeprefix(server.address)
    got = server.get(preview)
    assert "Automotive Cluster Ostdeutschland" in got.text
    assert got.headers["X-Frame-Options"] is None, "it is made to be framed"
    proposed = server.get("/reconcile/properties", {"type": "Association"}).json
    jsonschema.validate(proposed, schemas.PROPERTIES)
    assert "chairedBy" in {p["id"] for p in proposed["properties"]}


def test_candidates_are_scored_and_explained(server: Server) -> None:
    found = _reconcile(server, {
        "exact": {"query": "ACOD"},
        "slip": {"query": "Hans Peter Kemsr"},
        "typed": {"query": "ACOD", "type": "Person", "type_strict": "any"},
        "should": {"query": "ACOD", "type": "Person"},
        "value": {"query": "Hans-Peter Kemser", "properties": [{"pid": "chairs", "v": "x"}]},
        "nobody": {"query": "qqqqqqqq"},
        "few": {"query": "Sachsen", "limit": 1},
        "iri": {"query": "https://w3id.org/akteursnetz/entity/acod"},
    })  # fmt: skip
    first = found["exact"][0]
    assert (first["id"], first["match"], first["score"]) == ("acod", True, 100)
    assert first["features"] == [{"id": "name", "value": 100}]
    assert first["type"] == [{"id": "Association", "name": "Verein oder Verband"}]
    slip = found["slip"][0]
    assert slip["id"] == "hans-peter-kemser"
    assert slip["match"] is False
    assert found["typed"] == found["nobody"] == []
    should = found["should"][0]
    assert (should["id"], should["score"], should["match"]) == ("acod", 80, False)
    assert {"id": "type", "value": False} in should["features"]
    assert found["value"][0]["match"] is False, "a value that fails is no match"
    assert {"id": "chairs", "value": 0} in found["value"][0]["features"]
    assert len(found["few"]) == 1
    assert found["iri"][0]["id"] == "acod"


def test_values_can_be_asked_and_taken(server: Server) -> None:
    asked = {"properties": [{"pid": "chairedBy", "v": {"id": "hans-peter-kemser"}}]}
    found = _reconcile(server, {"q": asked, "named": {"query": "ACOD", **asked}})
    assert [c["id"] for c in found["q"]] == ["acod"]
    assert found["q"][0]["match"] is False, "without a name nothing is sure"
    assert found["named"][0]["match"] is True
    assert {"id": "chairedBy", "value": 100} in found["named"][0]["features"]
    extend = {"ids": ["acod", "none"], "properties": [{"id": "chairedBy"}, {"id": "foundedOn"}, {"id": "?"}]}  # fmt: skip
    got = server.get("/reconcile", {"extend": json.dumps(extend)}).json
    jsonschema.validate(got, schemas.EXTENSION)
    assert got["rows"]["acod"]["chairedBy"] == [{"id": "hans-peter-kemser", "name": "Hans-Peter Kemser"}]  # fmt: skip
    assert got["rows"]["none"]["chairedBy"] == []


@pytest.mark.parametrize("queries", [
    "{", "[]", '{"q": 1}', '{"q": {}}', '{"q": {"query": 3}}', '{"q": {"query": "a", "limit": -1}}',
    '{"q": {"query": "a", "type": [1]}}', '{"q": {"query": "a", "type_strict": "never"}}',
    '{"q": {"properties": [{"v": 1}]}}', '{"q": {"query": "' + "a" * 501 + '"}}',
    json.dumps({str(i): {"query": "a"} for i in range(101)}), "[" * 9000])  # fmt: skip
def test_what_is_no_batch_is_refused(server: Server, queries: str) -> None:
    got = server.get("/reconcile", {"queries": queries})
    assert got.status in (400, 413)
    assert got.headers["Content-Type"] == "application/problem+json"


def test_only_known_hosts_are_answered(server: Server) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""):
        assert server.get("/healthz", Host=host or "@").status == 421
    port = server.address.split(":")[2].partition("/")[0]
    for host in (f"localhost:{port}", f"127.0.0.1:{port}", "[::1]:8765"):
        assert server.get("/healthz", Host=host).status == 200


def test_other_origins_read_only_what_they_may(server: Server) -> None:
    ask = {"query": "ASK {}"}
    local = server.get("/sparql", ask, Origin="http://127.0.0.1:3333")
    assert local.headers["Access-Control-Allow-Origin"] == "http://127.0.0.1:3333"
    strange = server.get("/sparql", ask, Origin="https://evil.example")
    assert strange.headers["Access-Control-Allow-Origin"] is None
    assert (
        server.get("/", Origin="http://127.0.0.1:3333").headers["Access-Control-Allow-Origin"]
        is None
    )
    form: dict[str, Any] = {
        "body": b"query=ASK+%7B%7D",
        "Content_Type": "application/x-www-form-urlencoded",
    }
    assert server.get("/sparql", Origin="https://evil.example", **form).status == 403
    image = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}
    assert server.get("/sparql", ask, **image).status == 403
    asked = server.get("/sparql", method="OPTIONS", Origin="http://localhost:3333")
    assert (asked.status, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET")


def test_a_public_server_shares_with_all(store: Path) -> None:
    log = store.parent / "public.log"
    with served(store, log, "--host", "0.0.0.0", "--allow-host", "graph.example.org") as public:
        local = Server(public.address.replace("0.0.0.0", "127.0.0.1"), public.process, log, store)
        got = local.get("/api/funding", Origin="https://other.example", Host="graph.example.org")
        assert got.status == 200
        assert got.headers["Access-Control-Allow-Origin"] == "*"
        assert local.get("/healthz", Host="other.example").status == 421


def test_every_answer_has_its_headers(server: Server) -> None:
    for path in ("/", "/sparql", "/api/funding", "/nowhere", "/healthz", "/void.ttl"):
        headers = server.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Server"] is None


def test_nothing_lies_outside_of_the_prefix(server: Server) -> None:
    root = Server(server.address.removesuffix("/netz"), server.process, server.log, server.store)
    for path in ("/sparql?query=ASK%7B%7D", "/", "/healthz", "/netzwerk/sparql"):
        assert root.get(path).status == 404
    assert f"{server.address}/sparql".encode() in server.get("/void.ttl").body
    page = server.get("/sparql", Accept="text/html").text
    assert 'src="/netz/workbench/sparql-' in page


def test_no_path_leaves_the_files(server: Server) -> None:
    connection = http.client.HTTPConnection(
        server.address.removeprefix("http://").partition("/")[0]
    )
    for path in ("/netz/workbench/../app.py", "/netz/workbench/%2e%2e/app.py", "/netz/assets/../../../etc/passwd",
                 "/netz/workbench//etc/passwd", "/netz/%2e%2e/%2e%2e/etc/passwd", "/netz/workbench/sparql.js%00"):  # fmt: skip
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.status == 404, path
        assert b"root:" not in answer.read()
    connection.close()


def test_what_did_not_change_is_not_sent_again(server: Server) -> None:
    got = server.get("/void.ttl")
    again = server.get("/void.ttl", If_None_Match=got.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


@settings(max_examples=60)
@given(
    st.sampled_from(["/sparql", "/api/leadership", "/reconcile", "/", "/entity/", "/search", "/questions/"]),
    st.dictionaries(st.sampled_from(["query", "body", "queries", "extend", "prefix", "format", "default-graph-uri", "q"]),
                    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30), max_size=4),
    st.sampled_from(["*/*", "text/html", "text/turtle", "application/json", ";;q=", ""]),
    st.text(alphabet="/.%aä?#\x00\\", max_size=8),
)  # fmt: skip
def test_no_request_makes_the_server_err(
    server: Server, path: str, parameters: dict[str, str], accept: str, more: str
) -> None:
    path += urllib.parse.quote(more) if path.endswith("/") else ""
    assert server.get(path, parameters, Accept=accept).status < 500


_PIECES = ["SELECT", "*", "?a", "{", "}", "WHERE", "FILTER", "(", ")", "<x:a>", "'a'", '"""', "#", "\n", ".", "FROM",
           "NAMED", "akt:funds", "LIMIT", "9", "VALUES", "GRAPH", "SERVICE", "\\u0041", "<", "|", "/", "^", "BIND", "AS"]  # fmt: skip


@settings(max_examples=80)
@given(st.lists(st.sampled_from(_PIECES), max_size=14))
def test_no_query_makes_the_server_err(server: Server, pieces: list[str]) -> None:
    assert server.sparql(" ".join(pieces)).status in (200, 400)


def test_the_log_tells_no_secrets(server: Server) -> None:
    secret = "geheim-0815"  # noqa: S105
    server.get(
        "/sparql", {"query": f"ASK {{ ?s ?p '{secret}' }}"}, Cookie=secret, Authorization=secret
    )
    server.get("/api/leadership/none", {"body": secret})
    end = time.monotonic() + 20  # a line is written after its answer
    while not (last := [x for x in server.lines() if x.get("path") == "/api/leadership/none"]):
        assert time.monotonic() < end, "the request is not logged"
        time.sleep(0.02)
    assert [x["status"] for x in last] == [404]
    lines = [x for x in server.lines() if x["event"] == "request"]
    assert secret not in server.log.read_text(encoding="utf-8")
    assert "127.0.0.1" not in "".join(map(json.dumps, lines))
    assert not [x for x in server.lines() if x["event"] == "error"]
