"""A server under load on this machine: fifty clients, five hostile ones among them, and faults.

``python -m benchmarks.serving`` runs for 60 seconds a part, ``--quick`` for 3, ``--seconds N`` for
so many. It ends in a table of what was aimed at.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import itertools
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.build import build
from kg.builds import build_store
from kg.files import shipped
from kg.graph import Graph, load

CLIENTS, HOSTILE = 50, 5
KINDS = ("page", "search", "question", "sparql")
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
QUERIES = (
    "SELECT ?a ?b { ?a akt:funds ?b }",
    "SELECT ?s ?label { ?s a akt:Person ; skos:prefLabel ?label }",
    "SELECT ?type (COUNT(*) AS ?n) { ?s a akt:Entity , ?type } GROUP BY ?type",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } } GROUP BY ?g ORDER BY DESC(?n) LIMIT 10",
    "ASK { ent:acod akt:chairedBy ?who }",
)
_PREFIXES = """PREFIX akt: <https://w3id.org/akteursnetz/ontology#>
PREFIX ent: <https://w3id.org/akteursnetz/entity/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_THEIRS = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
data = Dataset(default_union=False)
data.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=data, path="/sparql"), port=int(sys.argv[2]), log_level="error")
"""

Ask = Callable[[random.Random], str]
"""Makes the path of a request."""


@dataclass
class Measured:
    """Answers by kind of request: their seconds, and those that failed."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def p99(self, kind: str) -> float:
        """The 99th percentile of a kind, in milliseconds."""
        found = sorted(self.seconds.get(kind, [0.0]))
        return 1000 * found[min(len(found) - 1, int(len(found) * 0.99))]

    @property
    def count(self) -> int:
        """How many were answered."""
        return sum(map(len, self.seconds.values()))


class Client:
    """A client that keeps its connection, from an address of its own if it is hostile."""

    def __init__(self, port: int, source: str = "127.0.0.1") -> None:
        self._port, self._source = port, source
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, accept: str = "*/*") -> tuple[int, bytes]:
        """Status and body; a connection that the server has closed is opened again."""
        for attempt in range(3):
            try:
                return await self._ask(path, accept)
            except (OSError, asyncio.IncompleteReadError):
                self._streams = None
                if attempt == 2:
                    raise
        raise AssertionError

    async def _ask(self, path: str, accept: str) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(
                "127.0.0.1", self._port, local_addr=(self._source, 0)
            )
        reader, writer = self._streams
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n\r\n"
        writer.write(head.encode())
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = {k.lower(): v.strip() for k, _, v in (x.partition(":") for x in lines[1:])}
        body = await reader.readexactly(int(fields.get("content-length", "0")))
        if fields.get("connection") == "close":
            writer.close()
            self._streams = None
        return int(lines[0].split()[1]), body

    def close(self) -> None:
        """Leave."""
        if self._streams is not None:
            self._streams[1].close()


def _asked(query: str) -> str:
    return "/sparql?" + urllib.parse.urlencode({"query": _PREFIXES + query})


def requests_of(graph: Graph) -> dict[str, Ask]:
    """What makes the paths of the mixed load, by kind."""
    entities = sorted({*graph.corpus.canonical.values()} & graph.corpus.entities.keys())
    names = [e.labels[0].text[:8] for e in list(graph.corpus.entities.values())[:60]]
    return {
        "page": any_of([f"/entity/{i}" for i in entities]),
        "search": any_of(["/search?" + urllib.parse.urlencode({"q": n}) for n in names]),
        "question": any_of(
            ["/api/funding", "/api/leadership?body=ACOD", "/api/overview", "/api/topics"]
        ),
        "sparql": asked_anew(),
    }


def any_of(paths: list[str]) -> Ask:
    """One of these each time."""
    return lambda dice: dice.choice(paths)


def asked_anew() -> Ask:
    """A query in a spelling that was never sent before: no answer that was kept is of use."""
    number = itertools.count(time.time_ns())
    return lambda dice: _asked(f"{dice.choice(QUERIES)} # {next(number)}")


async def load_test(
    port: int, kinds: dict[str, Ask], seconds: float, clients: int = CLIENTS
) -> Measured:
    """So many clients, each asking one thing after the other, at random (with a fixed seed)."""
    measured = Measured({kind: [] for kind in kinds})
    end = time.monotonic() + seconds

    async def one(number: int) -> None:
        dice, client = random.Random(number), Client(port)  # noqa: S311
        while time.monotonic() < end:
            kind = dice.choice(list(kinds))
            path, began = kinds[kind](dice), time.perf_counter()
            status, _ = await client.get(path)
            measured.seconds[kind].append(time.perf_counter() - began)
            if status != 200:
                measured.failed.append(f"{status} {path[:60]}")
        client.close()

    await asyncio.gather(*(one(n) for n in range(clients)))
    return measured


@contextlib.asynccontextmanager
async def _hostile(port: int):  # type: ignore[no-untyped-def]
    """Five clients that send endless cross joins, each from its own address."""

    async def one(number: int) -> None:
        client = Client(port, f"127.0.1.{number + 1}")
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await client.get(_asked(CROSS))

    tasks = [asyncio.create_task(one(n)) for n in range(HOSTILE)]
    await asyncio.sleep(1)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextlib.contextmanager
def _running(command: list[str], port: int, path: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server process, once it answers."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)
        try:
            end = time.monotonic() + 60
            while True:
                with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                    if asyncio.run(Client(port).get(path))[0] == 200:
                        break
                if process.poll() is not None or time.monotonic() > end:
                    out.seek(0)
                    raise RuntimeError(out.read().decode()[-2000:])
                time.sleep(0.1)
            yield process
        finally:
            process.terminate()
            process.wait(timeout=90)


def serving(store: Path, port: int) -> list[str]:
    """The command that serves a store."""
    return [
        str(Path(sys.executable).parent / "kg"),
        "serve",
        "--store",
        str(store),
        "--port",
        str(port),
    ]


async def faults(
    port: int, process: subprocess.Popen[bytes], store: Path, seconds: float
) -> tuple[int, int, int]:
    """Processes are killed, the store is replaced, the queue is full; each answer is compared.

    Gives the numbers of answers, of requests refused or dropped, and of wrong answers.
    """
    right = {q: (await Client(port).get(_asked(q)))[1] for q in QUERIES[:3]}
    other = load(store=store).export("nq")
    end, wrong, refused, answered = time.monotonic() + seconds, 0, 0, 0

    async def ask(number: int) -> None:
        nonlocal wrong, refused, answered
        dice, client = random.Random(number), Client(port)  # noqa: S311
        while time.monotonic() < end:
            query = dice.choice(list(right))
            try:
                status, body = await client.get(_asked(query))
            except (OSError, asyncio.IncompleteReadError):
                refused += 1
                continue
            answered += status == 200
            refused += status != 200
            wrong += status == 200 and sorted(_rows(body)) != sorted(_rows(right[query]))

    async def strike() -> None:
        number = 0
        while time.monotonic() < end:
            await asyncio.sleep(0.5)
            number += 1
            for pid in _descendants(process.pid, 3):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            if number % 4 == 0:  # the same graph with one more statement of nobody
                more = b"<http://x/%d> <http://x/p> <http://x/o> .\n" % number
                content = b"".join(sorted({*other.splitlines(keepends=True), more}))
                await asyncio.to_thread(build_store, store, content, str(number), "1")

    async with _hostile(port):
        await asyncio.gather(strike(), *(ask(n) for n in range(20)))
    return answered, refused, wrong


def _rows(body: bytes) -> list[str]:
    return [json.dumps(row, sort_keys=True) for row in json.loads(body)["results"]["bindings"]]


def _descendants(pid: int, depth: int) -> list[int]:
    """The processes so many generations below one."""
    if depth == 0:
        return [pid]
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [d for c in children for d in _descendants(int(c), depth - 1)]


def _row(name: str, measured: Measured, seconds: float) -> str:
    numbers = " | ".join(f"{measured.p99(k):.0f}" for k in KINDS)
    return f"| {name} | {measured.count / seconds:.0f} | {len(measured.failed)} | {numbers} |"


@dataclass
class Aim:
    """What was aimed at, what was measured, and whether that is enough."""

    what: str
    aim: str
    value: str
    met: bool | None
    """None where it was not measured."""

    def row(self) -> str:
        """A row of the table."""
        met = {True: "yes", False: "**no**", None: "not measured"}[self.met]
        return f"| {self.what} | {self.aim} | {self.value} | {met} |"


def aims_of_load(calm: Measured, rough: Measured, seconds: float) -> list[Aim]:
    """What was aimed at for the mixed load, without and with hostile clients."""
    failed = len(calm.failed) + len(rough.failed)
    all_ = calm.count + rough.count
    slower = {k: rough.p99(k) / max(calm.p99(k), 0.001) for k in KINDS}
    worst = max(slower, key=lambda k: slower[k])
    page = calm.p99("page")
    return [
        Aim(f"failed answers, {CLIENTS} clients, {seconds:.0f} s", "0", f"{failed} of {all_}",
            failed == 0),
        Aim("entity pages, 99th percentile", "< 100 ms", f"{page:.0f} ms", page < 100),
        Aim(f"99th percentile with {HOSTILE} endless cross joins, worst kind ({worst})", "≤ 2 ×",
            f"{slower[worst]:.1f} ×", slower[worst] <= 2),
    ]  # fmt: skip


def aim_of_rate(what: str, ours: Measured, theirs: Measured | None, seconds: float) -> Aim:
    """How many times the answers of another server there were."""
    if theirs is None:
        return Aim(what, "≥ 20 ×", "rdflib-endpoint is not installed", None)
    ratio = ours.count / max(1, theirs.count)
    rates = f"{ratio:.0f} × ({ours.count / seconds:.0f} to {theirs.count / seconds:.1f} a second)"
    return Aim(what, "≥ 20 ×", rates, ratio >= 20 and not ours.failed)


def report(*, quick: bool = True, seconds: float = 60.0) -> list[str]:
    """Lines of Markdown: load, load with hostile clients, and what was aimed at."""
    seconds = 3.0 if quick else seconds
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        build(shipped("data"), store)
        graph = load(store=store)
        kinds, only = requests_of(graph), {"sparql": asked_anew()}
        port = _free_port()

        async def besieged() -> Measured:
            async with _hostile(port):
                return await load_test(port, kinds, seconds)

        with _running(serving(store, port), port, "/healthz") as process:
            asyncio.run(load_test(port, kinds, 2))  # warm
            calm = asyncio.run(load_test(port, kinds, seconds))
            few = asyncio.run(load_test(port, kinds, seconds, 5))
            rough = asyncio.run(besieged())
            ours = asyncio.run(load_test(port, only, seconds))
            repeated = {"sparql": any_of([_asked(q) for q in QUERIES])}
            again = asyncio.run(load_test(port, repeated, seconds))
            answered, refused, wrong = asyncio.run(faults(port, process, store, seconds))
        theirs = _theirs(graph, folder, only, seconds)
    found = [
        *aims_of_load(calm, rough, seconds),
        aim_of_rate("SPARQL against rdflib-endpoint, each query new", ours, theirs, seconds),
        aim_of_rate("SPARQL against rdflib-endpoint, asked again", again, theirs, seconds),
        Aim("wrong answers while processes are killed, the store is replaced, the queue is full",
            "0", f"{wrong} of {answered} ({refused} refused or dropped)",
            wrong == 0 and answered > 0),
    ]  # fmt: skip
    if not quick:
        found.append(_aim_of_site())
    about = (
        f"{CLIENTS} clients on loopback, {seconds:.0f} s a part; ms are 99th percentiles. "
        f"Load of the machine before: {load_before:.1f}."
    )
    return [
        "## Serving", "", about, "",
        "| load | answers a second | failed | page ms | search ms | question ms | SPARQL ms |",
        "|---|---:|---:|---:|---:|---:|---:|",
        _row("mixed", calm, seconds), _row("mixed, 5 clients", few, seconds),
        _row(f"mixed, with {HOSTILE} hostile clients", rough, seconds),
        _row("SPARQL, each query new", ours, seconds),
        _row("SPARQL, asked again", again, seconds), "",
        "| what | aim | value | met |", "|---|---:|---:|---|", *(a.row() for a in found),
    ]  # fmt: skip


def _aim_of_site() -> Aim:
    """The processor time of ``kg site``."""
    with tempfile.TemporaryDirectory() as folder:
        before = os.times()
        command = [str(Path(sys.executable).parent / "kg"), "site", "-o", f"{folder}/site"]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stderr
        after = os.times()
    used = after.children_user + after.children_system - before[2] - before[3]
    files = said.rpartition(": ")[2].strip()
    return Aim(f"processor time of kg site, {files}", "< 15 s", f"{used:.1f} s", used < 15)


def _theirs(graph: Graph, folder: str, only: dict[str, Ask], seconds: float) -> Measured | None:
    """The same queries to rdflib-endpoint on the same graph; None if it is not installed."""
    if importlib.util.find_spec("rdflib_endpoint") is None:
        return None
    (Path(folder) / "graph.nq").write_bytes(graph.export("nq"))
    port = _free_port()
    command = [sys.executable, "-c", _THEIRS, f"{folder}/graph.nq", str(port)]
    with _running(command, port, _asked(QUERIES[4])):
        return asyncio.run(load_test(port, only, seconds))


if __name__ == "__main__":
    given = [float(b) for a, b in itertools.pairwise(sys.argv) if a == "--seconds"]
    print("\n".join(report(quick="--quick" in sys.argv, seconds=given[0] if given else 60.0)))
