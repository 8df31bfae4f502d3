"""A graph on a server: any that speaks SPARQL 1.1 Protocol and holds what ``kg push`` wrote.

The merged graph is the named graph ``MERGED_GRAPH`` there, since servers differ in what their
default graph is; where that is missing and the default graph holds statements, it is taken.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import IO
from urllib.parse import urlencode

from kg.answers import Answer, Manifest, Quad, Value, count_rows, read_rows, read_triples
from kg.errors import StoreError, UsageError
from kg.iris import BUILD_GRAPH, INFERRED_GRAPH, MERGED_GRAPH, ONTOLOGY_GRAPH, XSD
from kg.paging import graphs_named, has_dataset, page, with_dataset, with_prefixes
from kg.sparql import bind, iri_term
from kg.store import memory_store
from kg.wire import Reply, Wire, complaint, shown

_ROWS = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.5"
_ROUND = 100
"""Answers of a multiple of so many rows (and of powers of two) may be cut: it is looked up."""
COMPLETE, BEGUN = "complete", "begun"

_BUILD = """SELECT ?status ?sha256 ?quads ?version WHERE { GRAPH <%s> {
  <%s> schema:creativeWorkStatus ?status .
  OPTIONAL { <%s> schema:sha256 ?sha256 ; schema:numberOfItems ?quads ; schema:version ?version }
} }""" % (BUILD_GRAPH, MERGED_GRAPH, MERGED_GRAPH)  # noqa: UP031  # braces are SPARQL's


class Endpoint:
    """A store on a server; see ``kg.answers.Store``."""

    def __init__(self, url: str) -> None:
        """Nothing is sent before the first question.

        Raises:
            UsageError: ``url`` is no address, or has credentials in it.
        """
        self.url = url
        self.wire = Wire(url)
        self._empty = memory_store(b"")
        self._status: Value | None = None

    def query(self, text: str, bindings: Mapping[str, str] | None = None) -> Answer:
        """Run a query; the syntax is looked at here, so that errors are the same everywhere.

        An answer that the server cuts at its limit of rows is asked again page by page.

        Raises:
            QueryError: its syntax is wrong, it may not be run, or the server refuses it.
            StoreError: the server cannot be reached or fails, or its answer is not whole.
        """
        kind, columns = self._shape(text, bindings)
        asked = with_prefixes(bind(text, bindings or {}))
        if not has_dataset(asked):
            asked = self._in_our_graphs(asked)
        return self._triples(asked) if kind == "graph" else self.rows(asked, columns)

    def _shape(self, text: str, bindings: Mapping[str, str] | None) -> tuple[str, list[str]]:
        """Kind and columns of what a query answers, asked of a store without anything in it."""
        answer = self._empty.query(text, bindings)
        return answer.kind, answer.columns if answer.kind == "select" else []

    def select(self, text: str, bindings: Mapping[str, str] | None = None
               ) -> list[dict[str, Value | None]]:  # fmt: skip
        """The rows of a SELECT as dicts by column; errors as of ``query``."""
        answer = self.query(text, bindings)
        columns = answer.columns
        return [dict(zip(columns, row, strict=True)) for row in answer.rows()]

    def quads(self, graph: str | None = None) -> list[Quad]:
        """All quads, or those of one graph ("" is the merged graph), sorted as N-Quads are."""
        found = [(*t, f"<{graph}>" if graph else "") for t in self._graph(graph or "")]
        if graph is None:
            query = self._in_our_graphs("SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
            rows = self.rows(query, ["s", "p", "o", "g"])
            found += ((s, p, o, g) for s, p, o, g in rows.terms())
        return sorted(found)

    def dump(self, graph: str, out: IO[bytes]) -> None:
        """Write the triples of one graph as N-Triples, sorted."""
        out.writelines(f"{' '.join(t)} .\n".encode() for t in self._graph(graph))

    def _graph(self, graph: str) -> list[tuple[str, str, str]]:
        graph = graph or self._merged
        pattern = f"GRAPH {iri_term(graph)} {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
        rows = self.rows(f"SELECT ?s ?p ?o WHERE {{ {pattern} }}", ["s", "p", "o"])
        return sorted((s, p, o) for s, p, o in rows.terms())

    @cached_property
    def graphs(self) -> list[str]:
        """The names of the graphs of sources, of what is inferred, and of the ontology."""
        merged = f"FROM <{self.place}>" if self.place else ""
        found = self.rows(with_prefixes(f"SELECT ?s {merged} {{ ?s a akt:Source }}"), ["s"])
        return [INFERRED_GRAPH, ONTOLOGY_GRAPH, *sorted(str(s) for (s,) in found.rows())]

    @cached_property
    def manifest(self) -> Manifest:
        """Which build was pushed; of a graph that came by another way, as it is read."""
        if self._build is not None:
            return self._build
        lines = sorted({f"{' '.join(part for part in q if part)} .\n" for q in self.quads()})
        sha256 = hashlib.sha256("".join(lines).encode()).hexdigest()
        return Manifest(f"build-{sha256[:16]}", sha256, len(lines), "", "(unknown)")

    @cached_property
    def _build(self) -> Manifest | None:
        """The build as ``kg push`` wrote it down; None where another way brought the graph."""
        columns = ["status", "sha256", "quads", "version"]
        rows = self.rows(with_prefixes(_BUILD), columns).rows()
        self._status, sha256, quads, version = next(rows, (None,) * 4)
        if not isinstance(quads, int):
            return None
        return Manifest(f"build-{str(sha256)[:16]}", str(sha256), quads, "", str(version))

    @cached_property
    def place(self) -> str | None:
        """The name of the merged graph in the server; "" is the default graph, None: nowhere."""
        if self._build or self.rows(f"ASK {{ GRAPH <{MERGED_GRAPH}> {{ ?s ?p ?o }} }}", []):
            return MERGED_GRAPH
        return "" if self.rows(with_prefixes("ASK { ?s a akt:Statement }"), []) else None

    @cached_property
    def _merged(self) -> str:
        """``place``, after a look at whether all is there.

        Raises:
            StoreError: there is no graph of ours.
        """
        if self.place is None:
            raise StoreError(
                f"{shown(self.url)}: no graph of kg is in this server, "
                f"run `kg push {shown(self.url)}`"
            )
        if self._status == BEGUN:
            sys.stderr.write(
                f"{shown(self.url)}: a push into it has begun and not ended, so that parts may be "
                "older than others; when nobody is at it, run `kg push` again\n"
            )
        return self.place

    def _in_our_graphs(self, query: str) -> str:
        """A query with the graphs that it means, as the embedded store has them.

        Written into the query, as one parameter of the protocol for each graph of a source is too
        much for some servers (Virtuoso gives each back as a header).
        """
        if not self._merged:
            return query
        named = graphs_named(query)
        return with_dataset(query, self._merged, self.graphs if named is None else sorted(named))

    def server(self) -> str:
        """What the server calls itself."""
        return self._ask("ASK {}", _ROWS).headers.get("server", "")

    def _ask(self, query: str, accept: str) -> Reply:
        reply = self.wire.send(
            "POST",
            self.url,
            urlencode({"query": query}).encode(),
            Content_Type="application/x-www-form-urlencoded",
            Accept=accept,
        )
        if not 200 <= reply.status < 300:
            raise complaint(reply)
        if reply.media == "text/html" or not reply.media:
            raise StoreError(
                f"{shown(self.url)}: a web page answers there, not SPARQL, give the address of "
                "the endpoint itself; it often ends in /sparql or /query"
            )
        if reply.status == 206 or "x-sql-state" in reply.headers:  # Virtuoso's anytime queries
            raise StoreError(
                f"{shown(self.url)}: the server gave only a part of the answer, for it took too "
                "long; ask for less"
            )
        return reply

    def _broken(self, error: Exception) -> StoreError:
        return StoreError(
            f"{shown(self.url)}: the answer is no whole SPARQL result ({str(error)[:100]}), check "
            "the address, and try again"
        )

    def _triples(self, query: str) -> Answer:
        reply = self._ask(query, _TRIPLES)
        try:
            answer, count = read_triples(reply.body, reply.media)
        except (SyntaxError, ValueError) as error:
            raise self._broken(error) from error
        if count and count % (10 * _ROUND) == 0:
            raise StoreError(
                f"{shown(self.url)}: {count} triples is where a server cuts an answer, ask by "
                "SELECT, which is read page by page, or in parts"
            )
        return answer

    def rows(self, query: str, columns: Sequence[str]) -> Answer:
        """The answer to a SELECT of these columns (or an ASK, of none), sent as it is.

        Raises:
            QueryError: the server refuses it.
            StoreError: the server cannot be reached or fails, or its answer is not whole.
        """
        known = _page_size() if columns else 0
        if known:
            return read_rows(_mended(_joined(self._pages(query, columns, known, to_the_end=False))))
        body, count = self._counted(query)
        if columns and self._is_cut(query, columns, count):
            body = _joined(self._pages(query, columns, count, to_the_end=True))
        return read_rows(_mended(body))

    def _pages(self, query: str, columns: Sequence[str], size: int, *, to_the_end: bool
               ) -> Iterator[bytes]:  # fmt: skip
        """A SELECT page by page; ``to_the_end``: until a page is empty, not only a short one.

        Where the server's limit is only guessed, a short page may be one that was cut.
        """
        done = 0
        while True:
            body, found = self._counted(page(query, columns, size, done))
            yield body
            done += found
            if not found or (found < size and not to_the_end):
                return

    def _counted(self, query: str) -> tuple[bytes, int]:
        """An answer as SPARQL's JSON, whole, and how many rows it has."""
        reply = self._ask(query, _ROWS)
        try:
            return reply.body, count_rows(reply.body)
        except (SyntaxError, ValueError) as error:
            raise self._broken(error) from error

    def _is_cut(self, query: str, columns: Sequence[str], count: int) -> bool:
        """Whether rows are missing; asked only where the number of rows looks like a limit."""
        if count < _ROUND or (count % _ROUND and count & (count - 1)):
            return False
        return self._counted(page(query, columns, 1, count))[1] > 0


def _page_size() -> int:
    """The server's limit of rows, where the user knows it; 0 where not."""
    given = os.environ.get("KG_ENDPOINT_PAGE", "")
    if given and not (given.isascii() and given.isdigit() and int(given)):
        raise UsageError(f"KG_ENDPOINT_PAGE is '{given}', set it to the server's limit of rows")
    return int(given or 0)


def _joined(pages: Iterable[bytes]) -> bytes:
    documents = [json.loads(p) for p in pages]
    documents[0]["results"]["bindings"] = [b for d in documents for b in d["results"]["bindings"]]
    return json.dumps(documents[0]).encode()


def _mended(body: bytes) -> bytes:
    """A result as the standard has it: Virtuoso writes ``1`` for ``true``, and ASK as a SELECT."""
    if b"__ASK_RETVAL" in body:
        found = json.loads(body)["results"]["bindings"]
        truth = bool(found) and found[0]["__ASK_RETVAL"]["value"] not in ("0", "false")
        return json.dumps({"head": {}, "boolean": truth}).encode()
    if f"{XSD}boolean".encode() not in body:
        return body
    document = json.loads(body)
    for row in document.get("results", {}).get("bindings", ()):
        for term in row.values():
            if term.get("datatype") == XSD + "boolean":
                term["value"] = {"1": "true", "0": "false"}.get(term["value"], term["value"])
    return json.dumps(document).encode()
