"""A graph into a server: graph by graph, each whole or not at all, and looked at afterwards.

By the SPARQL 1.1 Graph Store HTTP Protocol one ``PUT`` replaces a graph. By SPARQL 1.1 Update a
graph is filled in parts beside the old one, counted, and moved into its place.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO
from urllib.parse import quote, urljoin

from kg.answers import Store, Value
from kg.endpoint import BEGUN, COMPLETE, Endpoint
from kg.errors import KgError, StoreError, UsageError
from kg.iris import BUILD_GRAPH, MERGED_GRAPH, PREFIXES, SRC
from kg.sparql import iri_term, literal_term
from kg.wire import Reply, complaint, shown

_SERVERS = {
    "oxigraph": ("/store", "/update"),
    "virtuoso": ("/sparql-graph-crud-auth", "/sparql-auth"),
}
"""Of servers that say who they are: where graphs are put, and where updates go."""
_MOST_AT_ONCE = {"virtuoso": 50_000}
"""Triples that a server takes by one PUT; with 786,068, Virtuoso 7.2.5 locks itself out."""
_PART = 1000
"""Triples in one update: Virtuoso compiles each to SQL, and refuses long ones."""
_BESIDE = "#pushed"
"""What the name of a graph that is filled beside another ends in."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Where a server takes graphs in (one of the two is set), and how many triples at once."""

    graphs: str | None
    update: str | None
    at_once: int | None = None


@dataclass(frozen=True, slots=True)
class _Weight:
    """How many triples a graph has, and how many letters their objects have together."""

    triples: int
    letters: int

    def __str__(self) -> str:
        return f"{self.triples} triples with {self.letters} letters"


def ways(endpoint: Endpoint, graphs: str | None, update: str | None) -> Ways:
    """Where to send graphs: the addresses given, else what is known of the server.

    Args:
        endpoint: of the server.
        graphs: the address for the Graph Store Protocol, if given.
        update: the address for updates, if given; "" is the one that the server is known for.

    Raises:
        UsageError: both are given, or the server is none that is known.
        StoreError: the server cannot be reached.
    """
    if graphs and update is not None:
        raise UsageError("give --graphs or --update, one of them")
    server = endpoint.server().lower()
    name = next((name for name in _SERVERS if name in server), None)
    at_once = _MOST_AT_ONCE.get(name or "")
    if graphs or update:
        return Ways(graphs, update, at_once)
    if name is None:
        raise UsageError(
            f"{shown(endpoint.url)}: where this server takes graphs in is not known, give its "
            "address for the Graph Store Protocol by --graphs URL, or for updates by --update URL"
        )
    put, changed = (urljoin(endpoint.url, path) for path in _SERVERS[name])
    if not endpoint.wire.has_credentials:  # Virtuoso's open doors, if its owner opened them
        put, changed = put.removesuffix("-auth"), changed.removesuffix("-auth")
    return Ways(put, None, at_once) if update is None else Ways(None, changed)


@dataclass(frozen=True, slots=True)
class Step:
    """A graph that is in its place, or removed: its name, and how many of how many are done."""

    graph: str
    done: int
    steps: int
    is_removed: bool = False


def push(store: Store, endpoint: Endpoint, to: Ways) -> Iterator[Step]:
    """Load a graph into a server, step by step.

    Sources that are no longer in the graph are removed from the server. Until all is there, the
    server says so to whoever reads it.

    Raises:
        StoreError: the server cannot be reached or fails, or what arrived is not what was sent.
    """
    graphs = [*_named_graphs(store), ""]
    gone = sorted(_sources_there(endpoint) - set(graphs))
    steps, done, graph = len(graphs) + len(gone), 0, BUILD_GRAPH
    try:
        _write_down(endpoint, to, store, BEGUN)
        for graph in graphs:
            _replace(store, graph, endpoint, to)
            done += 1
            yield Step(graph or MERGED_GRAPH, done, steps)
        for graph in gone:
            _drop(endpoint, to, graph)
            done += 1
            yield Step(graph, done, steps, is_removed=True)
        graph = BUILD_GRAPH
        _write_down(endpoint, to, store, COMPLETE)
    except KgError as error:
        raise StoreError(
            f"{error}\n{done} of {steps} graphs are done, it ended at <{graph or MERGED_GRAPH}>; "
            "run it again to push them all"
        ) from error


def _named_graphs(store: Store) -> list[str]:
    rows = store.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    return sorted(str(row["g"]) for row in rows)


def _sources_there(endpoint: Endpoint) -> set[str]:
    """The graphs of sources in the server, of those that its graph of ours names, if it has one."""
    named = endpoint.graphs if endpoint.place is not None else []
    if not (sources := [iri_term(g) for g in named if g.startswith(SRC)]):
        return set()
    values = f"VALUES ?g {{ {' '.join(sources)} }}"
    query = f"SELECT DISTINCT ?g WHERE {{ {values} GRAPH ?g {{ ?s ?p ?o }} }}"
    return {str(g) for (g,) in endpoint.rows(query, ["g"]).rows()}


def _replace(store: Store, graph: str, endpoint: Endpoint, to: Ways) -> None:
    name = graph or MERGED_GRAPH
    pattern = f"GRAPH {iri_term(graph)} {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
    wanted = _weight(next(store.query(_WEIGHT.format(pattern)).rows()))
    with tempfile.TemporaryFile() as triples:
        store.dump(graph, triples)
        triples.seek(0)
        if to.update is None:
            _put(endpoint, to, name, triples)
        else:
            beside = name + _BESIDE
            _update(endpoint, to.update, f"DROP SILENT GRAPH {iri_term(beside)}")
            for part in _parts(triples, _PART):
                data = f"GRAPH {iri_term(beside)} {{\n{part.decode()}}}"
                _update(endpoint, to.update, f"INSERT DATA {{ {data} }}")
            _compare(endpoint, beside, wanted)
            move = f"MOVE GRAPH {iri_term(beside)} TO GRAPH {iri_term(name)}"
            _update(endpoint, to.update, move, again=False)
    _compare(endpoint, name, wanted)


def _put(endpoint: Endpoint, to: Ways, name: str, triples: IO[bytes]) -> None:
    """Replace a graph; in parts only where the server takes no more, and then not at one go."""
    url = f"{to.graphs}?graph={quote(name, safe='')}"
    parts = [triples.read()] if to.at_once is None else _parts(triples, to.at_once)
    for number, part in enumerate(parts):
        _send(endpoint, "POST" if number else "PUT", url, part, "application/n-triples")


def _parts(triples: IO[bytes], size: int) -> Iterator[bytes]:
    """Lines of triples, so many at once; of no triples one empty part."""
    yield b"".join(islice(triples, size))
    while part := b"".join(islice(triples, size)):
        yield part


_WEIGHT = "SELECT (COUNT(*) AS ?n) (SUM(STRLEN(STR(?o))) AS ?letters) WHERE {{ {} }}"


def _weight(row: Iterable[Value | None]) -> _Weight:
    return _Weight(*(n if isinstance(n, int) else 0 for n in row))


def _compare(endpoint: Endpoint, graph: str, wanted: _Weight) -> None:
    """See that a graph arrived; by letters too, since servers may change what they are given."""
    query = _WEIGHT.format(f"GRAPH {iri_term(graph)} {{ ?s ?p ?o }}")
    found = _weight(next(endpoint.rows(query, ["n", "letters"]).rows()))
    if found != wanted:
        raise StoreError(
            f"{shown(endpoint.url)}: {found} arrived in <{graph}>, {wanted} were sent; the server "
            "changes what it is given, or somebody else writes there"
        )


def _drop(endpoint: Endpoint, to: Ways, graph: str) -> None:
    if to.update is None:
        _send(endpoint, "DELETE", f"{to.graphs}?graph={quote(graph, safe='')}", b"", "")
    else:
        _update(endpoint, to.update, f"DROP SILENT GRAPH {iri_term(graph)}")


def _write_down(endpoint: Endpoint, to: Ways, store: Store, status: str) -> None:
    """Say in the server which build it holds, or that one is on its way."""
    schema, build = PREFIXES["schema"], store.manifest
    said = [("creativeWorkStatus", literal_term(status))]
    if status == COMPLETE:
        said += [
            ("sha256", literal_term(build.sha256)),
            ("version", literal_term(build.version)),
            ("numberOfItems", literal_term(str(build.quads), datatype=PREFIXES["xsd"] + "integer")),
        ]
    lines = "".join(f"<{MERGED_GRAPH}> <{schema}{name}> {term} .\n" for name, term in said)
    if to.update is None:
        _send(endpoint, "PUT", f"{to.graphs}?graph={quote(BUILD_GRAPH, safe='')}", lines.encode(),
              "application/n-triples")  # fmt: skip
    else:
        _update(endpoint, to.update, f"DROP SILENT GRAPH <{BUILD_GRAPH}>")
        _update(endpoint, to.update, f"INSERT DATA {{ GRAPH <{BUILD_GRAPH}> {{\n{lines}}} }}")


def _update(endpoint: Endpoint, url: str, text: str, *, again: bool = True) -> None:
    _send(endpoint, "POST", url, text.encode(), "application/sparql-update", again=again)


def _send(endpoint: Endpoint, method: str, url: str, body: bytes, media: str, *,
          again: bool = True) -> Reply:  # fmt: skip
    headers = {"Content_Type": media} if media else {}
    reply = endpoint.wire.send(method, url, body, again=again, Accept="*/*", **headers)
    if not 200 <= reply.status < 300 and not (method == "DELETE" and reply.status == 404):
        raise complaint(reply, does="the graph" if method == "PUT" else "the update")
    return reply
