"""One contract for every store: in memory, in a folder, in Oxigraph's server, in Virtuoso."""

from __future__ import annotations

import csv
import io
import random
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import kg
from kg import wire
from kg.answers import Quad, Store
from kg.build import corpus_nquads
from kg.endpoint import Endpoint
from kg.errors import StoreError
from kg.export import export
from kg.files import shipped
from kg.graph import Graph
from kg.iris import AKT, ENT, MERGED_GRAPH, RDF_TYPE, SRC, XSD
from kg.push import push, ways
from kg.states import compare, read_state
from kg.store import memory_store
from tests.commands import run_kg
from tests.golden import EXPECTED
from tests.servers import Server, environment, oxigraph, virtuoso
from tests.test_queries import CASES, answer_as_csv, mark_of

REMOTE = ("oxigraph_graph", "virtuoso_graph")
STORES = ("memory_graph", "disk_graph", *REMOTE)
DIFFERENT = {("virtuoso_graph", "carriers-kept"): "kept"}
"""Columns that a server gives otherwise: Virtuoso's computed booleans are the numbers 1 and 0."""

_ODD_TEXTS = (
    'say "hi"',
    "two\nlines\ttab",
    "back\\slash",
    "Größe – „Süßes“ ǅ",
    "𝔘𝔫𝔦 👩‍🔬",
    " ",
    "e\u0301",
)
_ODD = "".join(
    [
        f"<{ENT}odd> <{RDF_TYPE}> <{AKT}Entity> .\n",
        f"<{SRC}odd> <{RDF_TYPE}> <{AKT}Source> .\n",
        f"<{ENT}odd> <{AKT}funds> <{ENT}odd2> .\n",
        f"<{ENT}odd> <{AKT}funds> <{ENT}odd2> <{SRC}odd> .\n",
        *(f"<{ENT}odd> <{AKT}p{i}> {memory} .\n" for i, memory in enumerate(
            ['"2019-10-15"^^<%sdate>' % XSD, '"1900-02-28"^^<%sdate>' % XSD,  # noqa: UP031
             '"true"^^<%sboolean>' % XSD, '"-7"^^<%sinteger>' % XSD, '"2.5"^^<%sdecimal>' % XSD,  # noqa: UP031
             '"100000"^^<%sinteger>' % XSD, '"https://x.example/?a=b&c"^^<%sanyURI>' % XSD,  # noqa: UP031
             '"2019~/.."^^<http://id.loc.gov/datatypes/edtf/EDTF>', '"Straße"@de', '"Straße"@en',
             '"Straße"'])),
    ]
).encode()  # fmt: skip


def _odd_store() -> Store:
    lines = [_ODD]
    for number, text in enumerate(_ODD_TEXTS):
        for tag in ("", "@de"):
            escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            lines.append(f'<{ENT}odd> <{AKT}t{number}> "{escaped}"{tag} .\n'.encode())
    return memory_store(b"".join(lines))


def _push(store: Store, server: Server, update: str | None = None) -> int:
    with environment(**server.environment):
        endpoint = Endpoint(server.url)
        return sum(1 for _ in push(store, endpoint, ways(endpoint, None, update)))


@dataclass(frozen=True)
class Served:
    """A server that holds the packaged graph, and what came back of an odd one before."""

    server: Server
    odd: list[Quad]


def _served(server: Server, store: Store) -> Iterator[Served]:
    server.start()
    try:
        _push(_odd_store(), server)
        odd = Endpoint(server.url).quads()
        _push(store, server)
        yield Served(server, odd)
    finally:
        server.kill()


@pytest.fixture(scope="session")
def disk_graph() -> Graph:
    return kg.load()


@pytest.fixture(scope="session")
def memory_graph(disk_graph: Graph) -> Graph:
    return Graph(
        memory_store(export(disk_graph.store, "nq"), "", disk_graph.store.manifest.version)
    )


@pytest.fixture(scope="session")
def oxigraph_served(
    tmp_path_factory: pytest.TempPathFactory, disk_graph: Graph
) -> Iterator[Served]:
    yield from _served(oxigraph(tmp_path_factory.mktemp("oxigraph")), disk_graph.store)


@pytest.fixture(scope="session")
def virtuoso_served(
    tmp_path_factory: pytest.TempPathFactory, disk_graph: Graph
) -> Iterator[Served]:
    yield from _served(virtuoso(tmp_path_factory.mktemp("virtuoso")), disk_graph.store)


@pytest.fixture
def oxigraph_graph(oxigraph_served: Served) -> Graph:
    return kg.load(store=oxigraph_served.server.url)


@pytest.fixture
def virtuoso_graph(virtuoso_served: Served) -> Graph:
    return kg.load(store=virtuoso_served.server.url)


@pytest.fixture
def graph(request: pytest.FixtureRequest) -> Graph:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Graph)
    return found


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """New attempts at once, not after seconds."""
    monkeypatch.setattr(wire, "PAUSES", (0.01, 0.02))


@pytest.mark.parametrize("graph", STORES, indirect=True, ids=lambda x: x.removesuffix("_graph"))
@pytest.mark.parametrize(("name", "given"), CASES, ids=lambda x: x if isinstance(x, str) else "")
def test_a_question_has_the_same_answer_in_the_same_order(
    request: pytest.FixtureRequest, graph: Graph, name: str, given: dict[str, str]
) -> None:
    found = answer_as_csv(graph, name, given)
    wanted = (EXPECTED / "queries" / f"{name}{mark_of(given)}.csv").read_bytes().decode()
    column = DIFFERENT.get((request.node.callspec.params["graph"], name))
    if column is None:
        assert found == wanted
    else:
        assert found != wanted, "it is no longer different, take it out of DIFFERENT"
        rows = [list(csv.DictReader(io.StringIO(text))) for text in (found, wanted)]
        assert [{**r, column: ""} for r in rows[0]] == [{**r, column: ""} for r in rows[1]]


@pytest.mark.parametrize("graph", STORES, indirect=True)
def test_all_quads_come_back_and_say_which_build_they_are(graph: Graph, disk_graph: Graph) -> None:
    """Of Virtuoso in pages, as it gives 20,000 rows at most."""
    assert graph.store.quads() == disk_graph.store.quads()
    for field in ("sha256", "quads", "version"):
        assert getattr(graph.store.manifest, field) == getattr(disk_graph.store.manifest, field)
    assert graph.store.quads(SRC + "acod-2018-12-05") == disk_graph.store.quads(
        SRC + "acod-2018-12-05"
    )


@pytest.mark.parametrize("served", ["oxigraph_served", "virtuoso_served"])
def test_dates_umlauts_and_language_tags_come_back(
    request: pytest.FixtureRequest, served: str
) -> None:
    assert request.getfixturevalue(served).odd == _odd_store().quads()


def _read_in_every_way(graph: Graph) -> dict[str, object]:
    part = graph.restricted(sources=["acod-2018-12-05"], at="2018-12")
    return {
        "corpus": graph.corpus,
        "ontology": graph.ontology,
        "search": graph.search("Katzek"),
        "show": graph.show("ACOD").as_dict(),
        "evidence": graph.evidence("acod-2018-12-05"),
        "conflicts": graph.conflicts(),
        "paths": graph.paths("Jens Katzek", "Freistaat Sachsen"),
        "network": list(graph.network(ego="ACOD").edges(data=True)),
        "rows": graph.with_evidence("SELECT ?a ?b { ?a akt:funds ?b } ORDER BY ?a ?b"),
        "part": part.export("nq"),
    }


@pytest.fixture(scope="session")
def known(disk_graph: Graph) -> dict[str, object]:
    return _read_in_every_way(disk_graph)


@pytest.mark.parametrize("graph", REMOTE, indirect=True)
def test_everything_that_reads_a_graph_reads_one_on_a_server(
    graph: Graph, known: dict[str, object]
) -> None:
    found = _read_in_every_way(graph)
    for way, wanted in known.items():
        assert found[way] == wanted, way


@pytest.mark.parametrize("graph", REMOTE, indirect=True)
def test_queries_of_ones_own_mean_the_same_graphs(graph: Graph, disk_graph: Graph) -> None:
    for query in (
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s akt:funds ?o } } GROUP BY ?g ORDER BY ?g",
        "SELECT ?o { GRAPH src:acod-2022-07 { ?s akt:funds ?o } } ORDER BY ?o",
        "PREFIX s: <https://w3id.org/akteursnetz/source/> SELECT ?o { GRAPH s:acod-2022-07 { ?s akt:funds ?o } }",
        "SELECT ?s FROM src:acod-2022-07 WHERE { ?s akt:funds ?o } ORDER BY ?s # the end",
    ):
        assert graph.select(query) == disk_graph.select(query)
    assert graph.ask("ASK { ?a akt:funds ?b }")
    assert not graph.ask("ASK { GRAPH src:acod-2022-07 { ?a akt:chairedBy ?b } }")
    triples = "CONSTRUCT { ?b akt:fundedBy ?a } WHERE { ?a akt:funds ?b }"
    assert list(graph.query(triples).triples()) == list(disk_graph.query(triples).triples())


def test_commands_take_the_address_of_a_server(oxigraph_served: Served, tmp_path: Path) -> None:
    url = oxigraph_served.server.url
    for command in (
        ("show", "ACOD"),
        ("query", "leadership", "-p", "body=ACOD", "--format", "json"),
    ):
        there, here = run_kg(*command, "--store", url), run_kg(*command)
        assert (there.code, there.out, there.err) == (here.code, here.out, here.err)
    wrong = run_kg("query", "-e", "SELECT ?x {", "--store", url)
    assert (wrong.code, wrong.out) == (1, "")
    assert wrong.err == run_kg("query", "-e", "SELECT ?x {").err
    stored = run_kg("export", "-o", tmp_path / "g.ttl", "--store", url.replace("query", "nothing"))
    assert stored.code == 1
    assert "no SPARQL is spoken at this address (404)" in stored.err
    assert not list(tmp_path.iterdir())


def test_a_server_and_the_data_are_compared(oxigraph_served: Served) -> None:
    found = compare(read_state(str(shipped("data"))), read_state(oxigraph_served.server.url))
    assert not found


def test_a_push_replaces_and_removes(tmp_path: Path, documents: Path) -> None:
    server = oxigraph(tmp_path).start()
    try:
        both = kg.load(documents)
        one = both.restricted(sources=["acod-2018-12-05"])
        ran = run_kg("push", server.url, "--data", documents)
        assert (ran.code, ran.out) == (0, "")
        assert ran.err == f"5 graphs pushed, {both.store.manifest.quads} quads\n"
        assert Endpoint(server.url).quads() == both.store.quads()
        ran = run_kg(
            "push", server.url, "--update", "--data", documents, "--source", "acod-2018-12-05"
        )
        quads = one.store.manifest.quads
        assert ran.err == f"4 graphs pushed, {quads} quads; 1 source removed\n"
        read = Endpoint(server.url)
        assert read.quads() == one.store.quads()
        assert read.manifest.sha256 == one.store.manifest.sha256
        beside = read.rows(
            "SELECT ?g { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), '#')) }", ["g"]
        )
        assert list(beside.rows()) == []
    finally:
        server.kill()


def _kill_at(monkeypatch: pytest.MonkeyPatch, server: Server, number: int, after: float) -> None:
    """Kill the server so many seconds after a request of this number was begun."""
    real, sent = wire.Wire.send, [0]

    def send(self: wire.Wire, method: str, url: str, body: bytes = b"", *, again: bool = True,
             **headers: str) -> wire.Reply:  # fmt: skip
        sent[0] += 1
        if sent[0] == number:
            threading.Timer(after, server.kill).start()
        elif sent[0] > number:
            while server.process is not None:
                time.sleep(0.001)
        return real(self, method, url, body, again=again, **headers)

    monkeypatch.setattr(wire.Wire, "send", send)


def _killed_push(
    server: Server, store: Store, number: int, after: float, update: str | None
) -> str:
    """The message of a push whose server is killed at a request."""
    with pytest.MonkeyPatch.context() as patch:
        _kill_at(patch, server, number, after)
        with pytest.raises(StoreError) as caught:
            _push(store, server, update)
    return str(caught.value)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("update", [None, ""], ids=["put", "update"])
def test_a_server_killed_during_a_push_has_each_graph_old_or_new(
    tmp_path: Path, documents: Path, update: str | None
) -> None:
    both = kg.load(documents)
    one = both.restricted(sources=["acod-2018-12-05"])
    server = oxigraph(tmp_path).start()
    dice = random.Random(7)  # noqa: S311  # moments, not secrets
    requests = 20 if update is None else 30
    try:
        _push(both.store, server)
        for store in (one.store, both.store, one.store, both.store):
            number, after = dice.randrange(5, requests - 5), dice.uniform(0, 0.02)
            error = _killed_push(server, store, number, after, update)
            server.start()
            endpoint = Endpoint(server.url)
            for name in ("", SRC + "acod-2018-12-05", SRC + "arbeit-und-leben-sachsen-2019-11-25"):
                states = [[q[:3] for q in s.quads(name)] for s in (one.store, both.store)]
                assert [q[:3] for q in endpoint.quads(name)] in states, f"{name} is torn"
            assert "run it again to push them all" in error
            _push(store, server, update)
            assert Endpoint(server.url).quads() == store.quads()
    finally:
        server.kill()


@pytest.mark.usefixtures("quick")
def test_a_virtuoso_killed_during_a_push_takes_the_next_one(
    virtuoso_served: Served, disk_graph: Graph, capfd: pytest.CaptureFixture[str]
) -> None:
    """It has no transactions for graphs: one may be missing until then, and readers are told."""
    server = virtuoso_served.server
    error = _killed_push(server, disk_graph.store, 60, 0.01, None)
    server.start()
    assert "run it again to push them all" in error
    assert Endpoint(server.url).query("ASK { ?s ?p ?o }") is not None
    assert "a push into it has begun and not ended" in capfd.readouterr().err
    _push(disk_graph.store, server)
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert Endpoint(server.url).select(count) == disk_graph.store.select(count)


@pytest.mark.usefixtures("quick")
def test_a_server_killed_during_a_paged_query_is_said(
    tmp_path: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = oxigraph(tmp_path).start()
    store = kg.load(documents).store
    monkeypatch.setenv("KG_ENDPOINT_PAGE", "300")
    dice = random.Random(3)  # noqa: S311  # moments, not secrets
    try:
        _push(store, server)
        for _ in range(2):
            with monkeypatch.context() as patch:
                _kill_at(patch, server, dice.randrange(2, 6), dice.uniform(0, 0.005))
                with pytest.raises(StoreError, match="see that the server"):
                    Endpoint(server.url).quads("")
            server.start()
        assert Endpoint(server.url).quads("") == store.quads("")
    finally:
        server.kill()


def test_a_server_that_was_loaded_by_other_means_is_read_too(
    tmp_path: Path, documents: Path
) -> None:
    """Where a dump was loaded, the merged graph is the default graph."""
    both = kg.load(documents)
    server = oxigraph(tmp_path)
    nquads = corpus_nquads(both.corpus, both.ontology)
    dump = tmp_path / "graph.nq"
    dump.write_bytes(nquads)
    subprocess.run(
        [server.command[0], "load", "-l", tmp_path / "data", "--file", dump],
        check=True,
        capture_output=True,
    )
    server.start()
    try:
        read = Endpoint(server.url)
        assert read.place == ""
        assert read.quads() == both.store.quads()
        assert read.manifest.sha256 == both.store.manifest.sha256
        assert MERGED_GRAPH not in read.graphs
        assert [r["personLabel"] for r in Graph(read).select("leadership", body="ACOD")] == [
            "Hans-Peter Kemser",
            "Jens Katzek",
        ]
    finally:
        server.kill()
