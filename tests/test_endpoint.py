"""Servers that answer badly, late, or not at all: what is said, and what is done about it."""

from __future__ import annotations

import base64
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from kg import endpoint as endpoints
from kg import wire
from kg.answers import RESULT_FORMATS
from kg.endpoint import Endpoint
from kg.errors import KgError, QueryError, StoreError, UsageError
from kg.iris import AKT, BUILD_GRAPH, ENT, MERGED_GRAPH, RDF_TYPE
from kg.push import push, ways
from kg.store import EmbeddedStore, memory_store
from tests.commands import run_kg

JSON = "application/sparql-results+json"
SECRET = "s3cret-word"  # noqa: S105  # a test's own
_STATEMENT = f"<{ENT}s> <{RDF_TYPE}> <{AKT}Statement> <{MERGED_GRAPH}> .\n"
_MANY = "".join(f"<{ENT}e{i}> <{AKT}n> <{ENT}f{i % 7}> <{MERGED_GRAPH}> .\n" for i in range(1234))


@dataclass
class Asked:
    """A request that came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def query(self) -> str:
        return parse_qs(self.body.decode())["query"][0]


@dataclass
class Given:
    """What to answer; a body longer than ``length`` is left out, a shorter one breaks off."""

    status: int = 200
    body: bytes = b""
    media: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    drops: bool = False
    """Byte by byte, a tenth of a second each."""


Answering = Callable[[Asked], Given | None]


@dataclass
class Fake:
    """A server that answers as a test wants; None closes the connection without a word."""

    answering: Answering
    asked: list[Asked] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/sparql"


Serve = Callable[[Answering], Fake]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Start fakes; new attempts follow at once."""
    monkeypatch.setattr(wire, "PAUSES", (0.01, 0.01))
    servers = []

    def start(answering: Answering) -> Fake:
        fake = Fake(answering)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {k.lower(): v for k, v in self.headers.items()}
                asked = Asked(self.command, self.path, headers, body)
                fake.asked.append(asked)
                given = fake.answering(asked)
                if given is None:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.send_response(given.status)
                length = len(given.body) if given.length is None else given.length
                for name, value in {"Content-Type": given.media, "Content-Length": str(length),
                                    **given.headers}.items():  # fmt: skip
                    self.send_header(name, value)
                self.end_headers()
                try:
                    for piece in (
                        [given.body[i : i + 1] for i in range(length)]
                        if given.drops
                        else [given.body]
                    ):
                        self.wfile.write(piece)
                        if given.drops:
                            time.sleep(0.1)
                except OSError:
                    pass
                if length > len(given.body):
                    self.close_connection = True

            do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        servers.append((server, thread))
        fake.port = server.server_address[1]
        return fake

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


def _answering(nquads: str, cut: int = 10**9) -> Answering:
    """A server that holds these quads and gives so many rows or triples at most, silently."""
    store = memory_store(nquads.encode())

    def answer(asked: Asked) -> Given:
        return Given(body=_cut(store, asked.query, cut))

    return answer


def _cut(store: EmbeddedStore, query: str, most: int) -> bytes:
    import io

    store.query(query).write(out := io.BytesIO(), "json")
    document = json.loads(out.getvalue())
    if "results" in document:
        del document["results"]["bindings"][most:]
    return json.dumps(document).encode()


def _said(url: str, query: str = "ASK { ?s ?p ?o }") -> str:
    """The message of a query that fails, with exit code 1."""
    with pytest.raises(KgError) as caught:
        Endpoint(url).query(query)
    assert caught.value.exit_code == 1
    return str(caught.value)


PAGE = b"<!DOCTYPE html><html><head><style>p {}</style></head><body><p>Welcome!</p></body></html>"
TRUE = b'{"head": {}, "boolean": true}'


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (Given(200, PAGE, "text/html; charset=utf-8"), "a web page answers there, not SPARQL, give"),
        (Given(200, TRUE[:-9]), "the answer is no whole SPARQL result .*check the address, and try"),
        (Given(200, b"{}"), "the answer is no whole SPARQL result"),
        (Given(200, b"hello", "text/plain"), "the answer is no whole SPARQL result"),
        (Given(200, TRUE, length=99), r"the connection broke off \(in the middle of an answer\)"),
        (None, r"the connection broke off \(.*\), see that the server runs, and try again"),
        (Given(206, TRUE), "only a part of the answer, for it took too long; ask for less"),
        (Given(200, TRUE, headers={"X-SQL-State": "S1TAT"}), "only a part of the answer"),
        (Given(400, b"Parse error\nhere\x1b[31m"), r"refuses the query \(400\): Parse error here \[31m$"),
        (Given(401), r"not allowed \(401\), set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD"),
        (Given(403), r"not allowed \(403\)"),
        (Given(404, PAGE, "text/html"), r"no SPARQL is spoken at this address \(404\), check it"),
        (Given(405), r"no SPARQL is spoken at this address \(405\)"),
        (Given(413), r"too much at once for the server \(413\)"),
        (Given(500, PAGE, "text/html"), r"the server failed \(500\): Welcome!, try again later$"),
        (Given(500, b"x" * 999, "text/plain"), r"\(500\): x{197}…, try again later$"),
        (Given(503), r"the server is busy \(503\), try again later"),
        (Given(302, headers={"Location": "/sparql"}), "it redirects in a circle"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_said(serve: Serve, given: Given | None, message: str) -> None:
    import re

    fake = serve(lambda _: given)
    said = _said(fake.url)
    assert said.startswith(fake.url + ": ")
    assert re.search(message, said), said
    assert "\n" not in said


def test_nobody_there_is_said(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = serve(lambda _: Given(200, TRUE))
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        assert "cannot be reached (Connection refused), see that" in _said(
            f"http://127.0.0.1:{silent.getsockname()[1]}/sparql"
        )
    assert "no secure connection (" in _said(fake.url.replace("http:", "https:"))

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "cannot be reached (there is no such host), check the address" in _said(
        "https://nowhere.example/sparql"
    )


def test_what_speaks_no_http_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "PAUSES", (0.01,))
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            for _ in range(9):
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.sendall(b"220 mail.example ESMTP\r\n")
                    connection.recv(9999)

        threading.Thread(target=greet, daemon=True).start()
        said = _said(f"http://127.0.0.1:{listener.getsockname()[1]}/")
    assert "what answers there is no web server" in said or "broke off" in said


@pytest.mark.parametrize("given", [Given(200, TRUE + b" " * 400, drops=True), Given(200, TRUE)])
def test_a_slow_server_is_not_waited_for(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, given: Given
) -> None:
    """Neither one that is silent, nor one that answers drop by drop."""
    done = threading.Event()

    def answer(_: Asked) -> Given:
        if not given.drops:
            done.wait(30)
        return given

    monkeypatch.setenv("KG_ENDPOINT_TIMEOUT", "0.3")
    began = time.monotonic()
    said = _said(serve(answer).url)
    done.set()
    assert "no whole answer within 0.3 seconds, ask for less, or set KG_ENDPOINT_TIMEOUT" in said
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("bad", [Given(502), Given(503), Given(504), Given(429), None,
                                 Given(200, TRUE, length=99)])  # fmt: skip
def test_what_may_pass_is_tried_again(serve: Serve, bad: Given | None) -> None:
    answers = [bad, bad]
    good = _answering(_STATEMENT)
    fake = serve(lambda asked: answers.pop() if answers else good(asked))
    assert Endpoint(fake.url).query("ASK { ?s a akt:Statement }")


def test_a_busy_server_says_how_long_to_wait(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    answers = [
        Given(503, headers={"Retry-After": "3"}),
        Given(503, headers={"Retry-After": "9999"}),
    ]
    good = _answering(_STATEMENT)
    fake = serve(lambda asked: answers.pop() if answers else good(asked))
    assert Endpoint(fake.url).query("ASK { ?s a akt:Statement }")
    assert waited == [10, 3]


def test_what_is_sent_twice_is_never_an_answer_to_another(serve: Serve) -> None:
    """A connection that the server gave up in between is opened anew."""
    good = _answering(_STATEMENT)
    fake = serve(lambda asked: None if len(fake.asked) == 3 else good(asked))
    endpoint = Endpoint(fake.url)
    assert endpoint.query("ASK { ?s a akt:Statement }")
    assert not endpoint.query("ASK { ?s a akt:Source }")
    assert endpoint.query("ASK { ?s a akt:Statement }")


@pytest.mark.parametrize("cut", [100, 300, 500, 256])
def test_a_silently_cut_answer_is_read_on(serve: Serve, cut: int) -> None:
    fake = serve(_answering(_MANY, cut))
    rows = Endpoint(fake.url).select("SELECT ?a ?b { ?a akt:n ?b }")
    assert len(rows) == 1234
    assert len({r["a"] for r in rows}) == 1234
    ordered = Endpoint(fake.url).select("SELECT ?a ?b { ?a akt:n ?b } ORDER BY DESC(?b) # end")
    assert [r["b"] for r in ordered] == sorted((r["b"] for r in rows), reverse=True, key=str)
    part = Endpoint(fake.url).select("SELECT ?a { ?a akt:n ?b } ORDER BY ?b LIMIT 700 OFFSET 9")
    assert len({r["a"] for r in part}) == 700


def test_an_answer_that_only_looks_cut_is_kept(serve: Serve) -> None:
    fake = serve(_answering(_MANY))
    assert len(Endpoint(fake.url).select("SELECT ?a { ?a akt:n ?b } LIMIT 400")) == 400
    assert "OFFSET 400" in fake.asked[-1].query


def test_a_known_limit_is_kept_to(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_ENDPOINT_PAGE", "777")
    fake = serve(_answering(_MANY, 777))
    assert len(Endpoint(fake.url).select("SELECT ?a { ?a akt:n ?b }")) == 1234
    pages = [a.query for a in fake.asked if "akt:n" in a.query]
    assert [p.rpartition("} ")[2] for p in pages] == ["LIMIT 777 OFFSET 0", "LIMIT 777 OFFSET 777"]


def test_a_graph_that_may_be_cut_is_refused(serve: Serve) -> None:
    triples = "".join(f"<{ENT}e{i}> <{AKT}n> <{ENT}f> .\n" for i in range(2000)).encode()
    good = _answering(_STATEMENT)

    def answer(asked: Asked) -> Given | None:
        is_graph = "CONSTRUCT" in asked.query
        return Given(200, triples, "application/n-triples") if is_graph else good(asked)

    said = _said(serve(answer).url, "CONSTRUCT { ?s akt:n ?o } WHERE { ?s akt:n ?o }")
    assert "2000 triples is where a server cuts an answer, ask by SELECT" in said


def test_virtuosos_ways_of_writing_truths_are_read(serve: Serve) -> None:
    def answer(asked: Asked) -> Given:
        kind = {"type": "typed-literal", "value": "1"}
        name = "__ASK_RETVAL" if "ASK" in asked.query else "x"
        datatype = "integer" if name != "x" else "boolean"
        row = {name: {**kind, "datatype": f"http://www.w3.org/2001/XMLSchema#{datatype}"}}
        names, rows = [name], [row]
        if "?status" in asked.query:
            names, rows = ["status", "sha256", "quads", "version"], []
        return Given(
            body=json.dumps({"head": {"vars": names}, "results": {"bindings": rows}}).encode()
        )

    endpoint = Endpoint(serve(answer).url)
    assert endpoint.query("ASK { ?s ?p ?o }").kind == "ask"
    assert bool(endpoint.query("ASK { ?s ?p ?o }")) is True
    assert endpoint.select("SELECT ?x { ?s ?p ?x }") == [{"x": True}]


def _basic(asked: Asked) -> str:
    return base64.b64decode(asked.headers.get("authorization", "")[6:]).decode()


def test_credentials_are_sent_when_asked_for_and_never_shown(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = _answering(_STATEMENT)
    asks = {"WWW-Authenticate": 'Basic realm="kg"'}
    fake = serve(
        lambda asked: good(asked) if _basic(asked) == f"anna:{SECRET}" else Given(401, headers=asks)
    )
    monkeypatch.setenv("KG_ENDPOINT_USER", "anna")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", SECRET)
    assert Endpoint(fake.url).query("ASK { ?s a akt:Statement }")
    assert "authorization" not in fake.asked[0].headers
    assert all("authorization" in a.headers for a in fake.asked[1:])
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", SECRET + "x")
    count = len(fake.asked)
    said = _said(fake.url)
    assert "not allowed (401)" in said
    assert SECRET not in said
    assert len(fake.asked) == count + 2, "wrong credentials are sent once"


def test_a_token_is_sent_and_never_shown(serve: Serve) -> None:
    fake = serve(lambda asked: Given(500, asked.headers["authorization"].encode(), "text/plain"))
    ran = run_kg("query", "-e", "ASK {}", "--store", fake.url, KG_ENDPOINT_TOKEN=SECRET)
    assert fake.asked[0].headers["authorization"] == f"Bearer {SECRET}"
    assert (ran.code, ran.out) == (1, "")
    assert "the server failed (500)" in ran.err
    assert SECRET not in ran.err
    assert "Traceback" not in ran.err


def test_a_redirect_is_followed_but_not_with_credentials_to_another_host(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = serve(_answering(_STATEMENT))
    here = serve(lambda _: Given(307, headers={"Location": there.url}))
    assert Endpoint(here.url).query("ASK { ?s a akt:Statement }")
    monkeypatch.setenv("KG_ENDPOINT_TOKEN", SECRET)
    count = len(there.asked)
    said = _said(here.url)
    assert f"it redirects to {there.url}, where your credentials are not sent" in said
    assert len(there.asked) == count


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (f"http://anna:{SECRET}@x.example/sparql", "no credentials in an address"),
        ("http:///sparql", "is no address of a server"),
        ("https://x.example:99999/", "is no address of a server"),
        ("http://[::1/", "is no address of a server"),
        ("http://x.example/a\tb c", "is no address of a server"),
    ],
)
def test_a_wrong_address_is_wrong_usage(url: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        Endpoint(url)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("name", ["KG_ENDPOINT_TIMEOUT", "KG_ENDPOINT_PAGE"])
@pytest.mark.parametrize("value", ["x", "0", "-1", "1e99"])
def test_a_wrong_setting_is_wrong_usage(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match=f"{name} is '{value}', set it to"):
        Endpoint(serve(_answering(_STATEMENT)).url).select("SELECT ?s { ?s ?p ?o }")


def test_an_empty_server_is_said_with_the_way_to_fill_it(serve: Serve) -> None:
    fake = serve(_answering(""))
    assert f"no graph of kg is in this server, run `kg push {fake.url}`" in _said(fake.url)


def test_what_may_not_run_is_refused_before_anything_is_sent(serve: Serve) -> None:
    fake = serve(_answering(_STATEMENT))
    for query in ("SELECT * { SERVICE <http://x> { ?s ?p ?o } }", "DROP ALL", "SELECT ?x {"):
        with pytest.raises(QueryError):
            Endpoint(fake.url).query(query)
    assert not fake.asked


def test_a_push_that_ended_on_the_way_is_told_to_readers(
    serve: Serve, capfd: pytest.CaptureFixture[str]
) -> None:
    status = f'<{MERGED_GRAPH}> <https://schema.org/creativeWorkStatus> "{endpoints.BEGUN}" <{BUILD_GRAPH}> .\n'
    endpoint = Endpoint(serve(_answering(_STATEMENT + status)).url)
    assert endpoint.query("ASK { ?s a akt:Statement }")
    assert endpoint.query("ASK { ?s a akt:Statement }")
    assert capfd.readouterr().err.count("a push into it has begun and not ended") == 1


def test_a_push_sees_what_did_not_arrive(serve: Serve) -> None:
    """Where a server swallows a triple, or shortens a text."""
    count = [2, 30]

    def answer(asked: Asked) -> Given:
        if asked.method == "PUT":
            return Given(201, media="text/plain")
        rows = []
        if "STRLEN" in asked.query:
            kind = {"type": "literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}
            rows = [
                dict(zip(("n", "letters"), ({**kind, "value": str(c)} for c in count), strict=True))
            ]
        head = {"vars": ["n", "letters"] if rows else ["x"]}
        truth = {"head": {}, "boolean": False} if "ASK" in asked.query else None
        return Given(body=json.dumps(truth or {"head": head, "results": {"bindings": rows}}).encode(),
                     headers={"Server": "Oxigraph/0"})  # fmt: skip

    fake = serve(answer)
    store = memory_store(f'<{ENT}a> <{AKT}p> "x" .\n<{ENT}a> <{AKT}p> "{"y" * 29}" .\n'.encode())
    endpoint = Endpoint(fake.url)
    to = ways(endpoint, None, None)
    assert to.graphs == fake.url.replace("/sparql", "/store")
    assert [s.graph for s in push(store, endpoint, to)] == [MERGED_GRAPH]
    for wrong in ([1, 30], [2, 29]):
        count[:] = wrong
        with pytest.raises(StoreError, match=r"were sent; the server changes.*\n0 of 1 graphs are"):
            list(push(store, endpoint, to))


def test_where_graphs_go_is_asked_for_where_it_is_not_known(serve: Serve) -> None:
    endpoint = Endpoint(serve(_answering(_STATEMENT)).url)
    with pytest.raises(UsageError, match=r"is not known, give its address .* by --graphs URL, or"):
        ways(endpoint, None, None)
    with pytest.raises(UsageError, match="give --graphs or --update, one of them"):
        ways(endpoint, "https://x.example/a", "https://x.example/b")
    ran = run_kg("push", endpoint.url)
    assert ran.code == 2
    assert "by --graphs URL" in ran.err


def test_nothing_is_half_written_where_an_answer_breaks_off(serve: Serve, tmp_path: Path) -> None:
    good = _answering(_MANY, 500)

    def answer(asked: Asked) -> Given | None:
        return None if "OFFSET 500" in asked.query else good(asked)

    out = tmp_path / "rows.csv"
    out.write_text("as it was")
    ran = run_kg(
        "query", "-e", "SELECT ?a { ?a akt:n ?b }", "--store", serve(answer).url, "-o", out
    )
    assert (ran.code, out.read_text()) == (1, "as it was")
    assert [p.name for p in tmp_path.iterdir()] == ["rows.csv"]
    assert "the connection broke off" in ran.err


def test_results_are_written_as_the_embedded_store_writes_them(serve: Serve) -> None:
    import io

    fake = serve(_answering(_MANY))
    query = "SELECT ?a ?b ?c { ?a akt:n ?b } ORDER BY ?a"
    here = memory_store(_MANY.replace(f" <{MERGED_GRAPH}>", "").encode())
    for format_ in RESULT_FORMATS:
        Endpoint(fake.url).query(query).write(there := io.BytesIO(), format_)
        here.query(query).write(wanted := io.BytesIO(), format_)
        assert there.getvalue() == wanted.getvalue()


def test_a_certificate_that_nobody_trusts_is_said() -> None:
    error = ssl.SSLCertVerificationError("certificate verify failed")
    error.verify_message = "self-signed certificate"
    assert wire._reason(error) == "self-signed certificate"
