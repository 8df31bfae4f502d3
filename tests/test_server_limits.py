"""Limits and faults: what is too much is refused, what breaks is mended, no answer is wrong."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Coroutine, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import pytest
from starlette.requests import Request

from kg.build import build
from kg.builds import build_store
from kg.graph import Graph
from kg.server.framing import framed
from kg.server.limits import Limits
from kg.server.pool import Died, Process
from kg.server.replies import Wrong
from kg.server.requests import body_of
from kg.server.service import Service, Settings, Shelf
from kg.server.serving import guarded
from kg.server.turns import Lane, Refused, Usage
from kg.site.model import Page, Site
from kg.store import canonical_nquads
from tests.commands import run_kg
from tests.serving import Got, Server, served

_T = TypeVar("_T")
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LARGE = "SELECT DISTINCT ?a ?b ?c ?d ?e ?f { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?f"
GOOD = "SELECT ?who WHERE { ent:acod akt:chairedBy ?who }"
ANSWER = [
    {"who": {"type": "uri", "value": "https://w3id.org/akteursnetz/entity/hans-peter-kemser"}}
]


def run_apart(work: Coroutine[Any, Any, _T]) -> _T:
    """Run in a thread of its own: the browser's loop goes on in this one while tests need it."""
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@pytest.fixture(scope="module")
def server(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("limited")
    build(documents, folder / "store")
    options = ["--timeout", "4", "--memory", "64", "--rows", "200", "--queue", "2"]
    with served(folder / "store", folder / "log", *options) as running:
        yield running


def _is_right(got: Got) -> bool:
    return got.status == 200 and got.json["results"]["bindings"] == ANSWER


def _children(pid: int) -> list[int]:
    """The processes that any thread of one started; threads may end meanwhile."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            found += [int(p) for p in (task / "children").read_text().split()]
    return found


def test_a_query_ends_when_its_time_is_up(server: Server) -> None:
    got = server.sparql(CROSS)
    assert (got.status, got.text) == (
        504,
        "the query took longer than 4 seconds, ask less of it\n",
    )
    assert _is_right(server.sparql(GOOD))


def test_a_query_ends_when_its_memory_is_used_up(server: Server) -> None:
    tenfold = " ".join(f"BIND(CONCAT({', '.join([f'?t{i}'] * 10)}) AS ?t{i + 1})" for i in range(8))
    got = server.sparql(f"SELECT (STRLEN(?t8) AS ?n) {{ BIND('0123456789' AS ?t0) {tenfold} }}")
    assert (got.status, got.text) == (
        400,
        "the query needed more than 64 megabytes, ask less of it\n",
    )
    assert _is_right(server.sparql(GOOD))


def test_an_answer_has_no_more_rows_than_allowed(server: Server) -> None:
    assert server.sparql("SELECT * { ?s ?p ?o } LIMIT 200").headers["X-Rows"] == "200"
    for query in ("SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p ?o } LIMIT 201"):
        got = server.sparql(query)
        assert (got.status, "more than 200 rows, add LIMIT" in got.text) == (400, True)
    got = server.sparql("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "text/turtle")
    assert (got.status, "more than 200 triples" in got.text) == (400, True)


def test_a_regular_expression_is_no_bomb(server: Server) -> None:
    query = f"SELECT * {{ FILTER(REGEX('{'a' * 3000}', '(a*)*(b|a?)*$c')) }}"
    assert server.sparql(query).status == 200
    assert server.sparql("ASK { FILTER(REGEX('a', '(a{1,1000}){1,1000}')) }").status in (
        200,
        400,
        504,
    )


@pytest.mark.parametrize("query", [
    "SELECT * { ?s ?p ?o FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }",
    "SELECT * { " + "{" * 5000 + "}" * 5000 + " }",
    "SELECT * { ?s " + "!" * 5000 + "<x:a> ?o }",
    "SELECT * { ?s ?p ?o FILTER(" + "-" * 5000 + "1) }",
    "SELECT * { " + "OPTIONAL { ?a ?b ?c } " * 1500 + "}",
    "SELECT * { ?a " + "/".join(["akt:funds"] * 1500) + " ?b }",
    "SELECT * { BIND(" + "STR(" * 199 + "1" + ")" * 199 + " AS ?x) }",
    "SELECT * { " + "{ SELECT * " * 199 + "{ ?s ?p ?o }" + "}" * 199 + " LIMIT 1 }",
])  # fmt: skip
def test_deep_and_long_queries_take_nothing_down(server: Server, query: str) -> None:
    got = server.get("/sparql", body=query.encode(), Content_Type="application/sparql-query")
    assert got.status in (200, 400, 504)
    assert _is_right(server.sparql(GOOD))


def test_requests_have_a_size(server: Server) -> None:
    assert server.get("/sparql", {"query": "#" * 12_000}).status == 414
    direct: Any = {"Content_Type": "application/sparql-query"}
    assert server.get("/sparql", body=b"#" * 100_001, **direct).status == 413
    assert server.get("/sparql", body=b"ASK {}" + b" " * 90_000, **direct).status == 200
    host = server.address.removeprefix("http://")
    for headers, status in (({"Content-Length": "99999999"}, 413), ({"Content-Length": "x"}, 400)):
        connection = http.client.HTTPConnection(host)
        connection.request(
            "POST", "/sparql", headers={"Content-Type": "application/sparql-query", **headers}
        )
        assert connection.getresponse().status == status
        connection.close()
    many = "&".join("a=1" for _ in range(201))
    assert server.get("/sparql?" + many).status == 400


def _from(server: Server, source: str, query: str) -> tuple[int, str | None]:
    """Status and Retry-After of what a client with another address is answered."""
    host, port = server.address.removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=30, source_address=(source, 0))
    connection.request("POST", "/sparql", query, {"Content-Type": "application/sparql-query"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers["Retry-After"]


def test_a_full_queue_refuses_and_recovers(server: Server) -> None:
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        hostile = [pool.submit(_from, server, f"127.0.0.{i % 3 + 2}", CROSS) for i in range(12)]
        time.sleep(0.8)  # by then it shows who is greedy
        good = [server.sparql(GOOD) for _ in range(20)]
        answers = [h.result() for h in hostile]
    assert {status for status, _ in answers} == {503, 504}
    assert all(retry for status, retry in answers if status == 503)
    assert all(map(_is_right, good)), "another client's query goes before the greedy ones"
    assert _is_right(server.sparql(GOOD))


def test_who_leaves_takes_the_query_along(server: Server) -> None:
    (serving,) = _children(server.process.pid)
    (nursery,) = _children(serving)
    with contextlib.suppress(TimeoutError):
        server.get("/sparql", {"query": CROSS}, timeout=0.4)
    end = time.monotonic() + 10
    while not [x for x in server.lines() if x.get("status") == 499]:
        assert time.monotonic() < end, "the server does not notice"
        time.sleep(0.02)
    before = _children(nursery)
    assert _is_right(server.sparql(GOOD))
    assert len(before) <= 6


def test_killed_processes_are_replaced(server: Server) -> None:
    (serving,) = _children(server.process.pid)
    (nursery,) = _children(serving)
    for pid in _children(nursery):
        os.kill(pid, signal.SIGKILL)
    assert all(_is_right(server.sparql(GOOD)) for _ in range(5))
    os.kill(nursery, signal.SIGKILL)
    end = time.monotonic() + 20
    while nursery in (now := _children(serving)) or not now:
        got = server.sparql(GOOD)
        assert got.status == 503 or _is_right(got), got.text
        assert time.monotonic() < end
        time.sleep(0.05)
    while not _is_right(got := server.sparql(GOOD)):
        assert got.status == 503, got.text
        assert time.monotonic() < end


def test_a_query_whose_process_is_killed_is_asked_again(server: Server) -> None:
    (serving,) = _children(server.process.pid)
    (nursery,) = _children(serving)
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(STRLEN(STR(?c)) + STRLEN(STR(?f)) = 8) }"
    expected = server.sparql(slow)
    stop = threading.Event()

    def strike() -> None:
        while not stop.wait(0.1):
            for pid in _children(nursery):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    striking = threading.Thread(target=strike)
    striking.start()
    answers = [server.sparql(slow) for _ in range(4)] + [server.sparql(GOOD) for _ in range(20)]
    stop.set()
    striking.join()
    for got in answers[:4]:
        assert got.status in (503, 504) or got.body == expected.body
    for got in answers[4:]:
        assert got.status == 503 or _is_right(got)


def test_a_rebuilt_store_is_taken_up_without_a_failed_answer(tmp_path: Path) -> None:
    def graph(number: int) -> bytes:
        return canonical_nquads(
            b"".join(
                b"<http://x/%d> <http://x/p%d> <http://x/o> .\n" % (i, number)
                for i in range(number)
            )
        )

    build_store(tmp_path / "s", graph(3), "1", "1")
    query = "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?p) AS ?k) { ?s ?p ?o }"
    with served(tmp_path / "s", tmp_path / "log", "--workers", "2") as server:
        assert server.sparql(query, "text/csv").text.split() == ["n,k", "3,1"]
        build_store(tmp_path / "s", graph(5), "2", "1")
        seen, end = set(), time.monotonic() + 20
        fresh = 0
        while fresh < 20:
            got = server.sparql(query, "text/csv")
            assert got.status == 200
            seen.add(got.text.split()[1])
            fresh = fresh + 1 if got.text.split()[1] == "5,1" else 0
            assert time.monotonic() < end, "the new build is not taken up"
        assert seen == {"3,1", "5,1"} or seen == {"5,1"}
        (tmp_path / "s" / "kg-store.json").write_text("{")  # damaged: the last good one stays
        time.sleep(1.2)
        assert server.sparql(query, "text/csv").text.split()[1] == "5,1"
        first, _ = _children(server.process.pid)
        assert _count(server, 'kg_requests_total{part="sparql",status="2xx"}') >= 21
        os.kill(first, signal.SIGKILL)
        for _ in range(5):  # the other one answers
            with contextlib.suppress(OSError, http.client.HTTPException):
                assert server.get("/healthz").status == 200


def _count(server: Server, name: str) -> float:
    lines = server.get("/metrics").text.splitlines()
    return float(next(x for x in lines if x.startswith(name)).rpartition(" ")[2])


def test_a_stop_lets_answers_come_to_their_end(documents: Path, tmp_path: Path) -> None:
    build(documents, tmp_path / "s")
    with served(tmp_path / "s", tmp_path / "log", "--timeout", "1") as server:
        (serving,) = _children(server.process.pid)
        processes = [serving, *_children(serving)]
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            answer = pool.submit(server.sparql, CROSS)
            time.sleep(0.4)
            assert server.stop() == 0
            assert answer.result().status == 504, "it was answered, not dropped"
        end = time.monotonic() + 10
        while any(Path(f"/proc/{pid}").exists() for pid in processes):
            assert time.monotonic() < end, "a process is left behind"
            time.sleep(0.02)


def test_measures_are_kept(server: Server) -> None:
    before = _count(server, 'kg_rows_total{part="sparql"}')
    server.sparql("SELECT * { ?s ?p ?o } LIMIT 7")
    server.sparql(CROSS)
    assert _count(server, 'kg_rows_total{part="sparql"}') == before + 7
    assert _count(server, 'kg_queries_ended_total{reason="time"}') >= 1
    assert _count(server, 'kg_queries{state="running"}') == 0
    assert server.get("/healthz").json["ok"] is True


def test_forwarded_headers_are_believed_only_of_a_proxy(
    documents: Path, tmp_path: Path, server: Server
) -> None:
    assert server.get("/openapi.json", X_Forwarded_Proto="https").json["servers"] == [
        {"url": server.address}
    ]
    build(documents, tmp_path / "s")
    with served(tmp_path / "s", tmp_path / "log", "--proxy", "127.0.0.1") as behind:
        found = behind.get("/openapi.json", X_Forwarded_Proto="https").json["servers"]
        assert found == [{"url": behind.address.replace("http:", "https:")}]


_CONFINED = """
import socket, sys
import pyoxigraph as ox
from kg.server.worker import confine
store = ox.Store()
confine(64)
for work in (lambda: list(store.query("SELECT * { SERVICE <http://127.0.0.1:%s/> { ?s ?p ?o } }" % sys.argv[1])),
             lambda: store.update("LOAD <file:///etc/passwd>"), lambda: open("/etc/passwd"), socket.socket):
    try:
        work()
        print("done")
    except OSError as error:
        print("refused")
"""


def test_a_confined_process_reaches_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        port = str(listening.getsockname()[1])
        ran = subprocess.run(
            [sys.executable, "-c", _CONFINED, port], capture_output=True, text=True, check=True
        )
        assert ran.stdout.split() == ["refused"] * 4
        with pytest.raises(TimeoutError):
            listening.accept()


def _turns(places: int, queue: int) -> tuple[Lane, Usage, list[float]]:
    now = [0.0]
    usage = Usage(lambda: now[0])
    return Lane(places, queue, usage), usage, now


async def _served_in(lane: Lane, clients: list[str]) -> list[str]:
    order: list[str] = []

    async def one(client: str) -> None:
        await lane.wait(client, 60)
        order.append(client)
        lane.leave()

    assert lane.take()
    tasks = [asyncio.create_task(one(c)) for c in clients]
    await asyncio.sleep(0)
    lane.leave()
    await asyncio.gather(*tasks)
    return order


def test_who_used_little_comes_first() -> None:
    async def run() -> None:
        lane, usage, _ = _turns(1, 10)
        usage.add("greedy", 30)
        assert await _served_in(lane, ["greedy", "modest", "greedy", "other"]) == [
            "modest",
            "other",
            "greedy",
            "greedy",
        ]
        assert lane.free == 1

    run_apart(run())


def test_who_waits_long_comes_first() -> None:
    async def run() -> None:
        lane, usage, now = _turns(1, 10)
        usage.add("greedy", 30)
        assert lane.take()
        order: list[str] = []

        async def one(client: str) -> None:
            await lane.wait(client, 60)
            order.append(client)
            lane.leave()

        first = asyncio.create_task(one("greedy"))
        await asyncio.sleep(0)
        now[0] = 6.0
        second = asyncio.create_task(one("modest"))
        await asyncio.sleep(0)
        lane.leave()
        await asyncio.gather(first, second)
        assert order == ["greedy", "modest"]

    run_apart(run())


def test_in_a_full_queue_the_greediest_gives_way() -> None:
    async def run() -> None:
        lane, _, _ = _turns(1, 3)
        assert lane.take()
        greedy = [asyncio.create_task(lane.wait("greedy", 60)) for _ in range(3)]
        await asyncio.sleep(0)
        modest = asyncio.create_task(lane.wait("modest", 60))
        await asyncio.sleep(0)
        with pytest.raises(Refused, match="too many queries"):
            await greedy[2]
        with pytest.raises(Refused, match="too many queries"):
            await lane.wait("greedy", 60)
        assert lane.waiting == 3
        for task in (*greedy, modest):
            task.cancel()
        await asyncio.gather(*greedy, modest, return_exceptions=True)
        assert lane.waiting == 0
        lane.leave()
        assert lane.free == 1

    run_apart(run())


def test_usage_halves_and_places_come_back() -> None:
    async def run() -> None:
        lane, usage, now = _turns(1, 3)
        usage.add("a", 8)
        now[0] = 60
        assert usage.of("a") == pytest.approx(2)
        assert lane.take()
        with pytest.raises(Refused, match="no room for this query in time"):
            await lane.wait("a", 0.01)
        lane.leave()
        assert (lane.free, lane.waiting) == (1, 0)

    run_apart(run())


def _posted(*parts: bytes, endless: bool = False) -> Request:
    messages = [{"type": "http.request", "body": p, "more_body": True} for p in parts]

    async def receive() -> dict[str, Any]:
        if messages:
            return messages.pop(0)
        if endless:
            await asyncio.sleep(60)
        return {"type": "http.request", "body": b"", "more_body": False}

    return Request({"type": "http", "method": "POST", "headers": [], "path": "/"}, receive)


def test_a_body_has_a_size_and_a_time() -> None:
    assert run_apart(body_of(_posted(b"ab", b"c"), Limits(body_bytes=3))) == b"abc"
    with pytest.raises(Wrong, match="more than 2 bytes"):
        run_apart(body_of(_posted(b"ab", b"c"), Limits(body_bytes=2)))
    with pytest.raises(Wrong, match="did not arrive in time"):
        run_apart(body_of(_posted(b"a", endless=True), Limits(arrival=0.01)))


def test_a_head_that_does_not_arrive_closes_the_connection() -> None:
    import uvicorn

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    async def run() -> None:
        config = uvicorn.Config(
            app, http=guarded(Limits(arrival=0.2)), lifespan="off", log_config=None, ws="none"
        )
        server = uvicorn.Server(config)
        listening = socket.create_server(("127.0.0.1", 0))
        task = asyncio.create_task(server.serve([listening]))
        for sent in (
            b"",
            b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ",
            b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /",
        ):
            reader, writer = await asyncio.open_connection(*listening.getsockname())
            writer.write(sent)
            got = await asyncio.wait_for(reader.read(), 10)
            assert got.startswith(b"HTTP/1.1 204") == sent.endswith(b"GET /")
            writer.close()
        server.should_exit = True
        await task

    run_apart(run())


@pytest.mark.parametrize(("options", "code", "message"), [
    (["--store", "nowhere"], 1, "nowhere: there is no store here, run `kg build"),
    (["--store", "https://example.org/sparql"], 1, "only a folder can be served"),
    (["--prefix", "x"], 2, "--prefix x begins with no slash, write /x"),
    (["--host", "256.1.1.1", "--store", "store"], 1, "256.1.1.1:8765: "),
    (["--texts", "nowhere", "--store", "store"], 1, "nowhere: this is no folder"),
    (["--port", "99999"], 2, "99999 is not in the range"),
])  # fmt: skip
def test_what_cannot_be_served_is_said(
    tmp_path: Path, options: list[str], code: int, message: str
) -> None:
    build_store(tmp_path / "store", b"<a:a> <a:b> <a:c> .\n", "1", "1")
    ran = run_kg("serve", *options, cwd=tmp_path)
    assert (ran.code, message in ran.err, "Traceback" in ran.err) == (code, True, False), ran.err


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    build_store(tmp_path / "store", b"<a:a> <a:b> <a:c> .\n", "1", "1")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = run_kg("serve", "--store", tmp_path / "store", "--port", port)
    assert (ran.code, "Address already in use, choose another --host or --port" in ran.err) == (
        1,
        True,
    )


def test_queries_come_after_what_serves(server: Server) -> None:
    assert _is_right(server.sparql(f"{GOOD} # never asked before"))
    (serving,) = _children(server.process.pid)
    (nursery,) = _children(serving)
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    for pid in (serving, nursery):
        assert os.getpriority(os.PRIO_PROCESS, pid) == ours
    queries = _children(nursery)
    assert queries
    for pid in queries:
        assert os.getpriority(os.PRIO_PROCESS, pid) == min(19, ours + 5)
        assert os.sched_getscheduler(pid) == os.SCHED_BATCH


def test_what_nobody_asks_for_makes_room_for_the_new() -> None:
    shelf = Shelf(100_000)
    for name in "abc":
        shelf.put((name,), b"x" * 30_000)
    assert shelf.get(("a",)) == b"x" * 30_000
    shelf.put(("d",), b"x" * 30_000)
    assert [n for n in "abcd" if shelf.get((n,)) is not None] == ["a", "c", "d"]
    shelf.put(("long", ("q", "x" * 20_000)), b"")
    assert [n for n in "abcd" if shelf.get((n,)) is not None] == ["c", "d"], "a key has a size, too"
    shelf.put(("large",), b"x" * 100_001)
    assert not [n for n in (*"abcd", "large") if shelf.get((n,)) is not None]
    shelf.put(("page",), Page(503, "text/html", b""))
    assert shelf.get(("page",)) is None


def test_an_answer_is_taken_in_pieces_and_its_end_is_told() -> None:
    class Buried:
        """A nursery in which a process was ended by its alarm."""

        async def end_of(self, _: int) -> int:
            return signal.SIGALRM

    async def talk() -> None:
        process = Process(Buried(), 1)  # type: ignore[arg-type]  # what is needed of a nursery
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()
        await loop.create_connection(lambda: process, sock=ours)
        with theirs:
            answer = process.ask({"do": "x"})
            assert not process.is_fresh
            message = framed({"rows": 1, "megabytes": 7, "worked": 1.5}, b"abc")
            for number in range(len(message)):
                process.data_received(message[number : number + 1])
            assert await answer == ({"rows": 1}, b"abc")
            assert (process.is_fresh, process.worked_before) == (True, 1.5)
            waiting = process.ask({"do": "y"})
        with pytest.raises(Died) as died:
            await waiting
        assert died.value.signal == signal.SIGALRM
        with pytest.raises(Died):
            await process.ask({"do": "z"})  # it has ended before
        assert not process.is_fresh

    run_apart(talk())


def test_the_network_is_made_before_its_first_visitor(
    documents_graph: Graph, tmp_path: Path
) -> None:
    said: list[Mapping[str, object]] = []
    service = Service(Settings(tmp_path), lambda **fields: said.append(fields))
    site = Site(documents_graph)
    run_apart(service._warm(site))
    assert {"network", "assets", "index"} <= site.__dict__.keys()
    run_apart(service._warm(Site(None)))  # type: ignore[arg-type]  # a graph that has none
    assert [s["event"] for s in said] == ["error"]
    assert "/network cannot be made" in str(said[0]["message"])
