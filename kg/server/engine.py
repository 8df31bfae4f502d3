"""Foreign queries on a graph in memory: which graphs they see, and how much they may answer.

It is the second module that knows Oxigraph, since only here a query names its own dataset.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from typing import TypeAlias

import pyoxigraph as ox

from kg.answers import RESULT_FORMATS, Manifest
from kg.errors import QueryError
from kg.export import write_quads
from kg.iris import MERGED_GRAPH, PREFIXES
from kg.server.asked import Dataset, limited, split_dataset, update_word
from kg.server.limits import Limits
from kg.sparql import guard, point_at
from kg.store import EmbeddedStore

_Node: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.DefaultGraph"


class NoFormat(QueryError):
    """The kind of answer that a query gives has no format that was asked for."""


class TooMuch(QueryError):
    """An answer that is larger than what may be asked for."""


class Engine:
    """A graph in memory; ``store`` is the same for all that is not foreign."""

    def __init__(self, nquads: bytes, manifest: Manifest, limits: Limits) -> None:
        self._inner = ox.Store()
        self._inner.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)
        self._names = {g.value for g in self._inner.named_graphs() if isinstance(g, ox.NamedNode)}
        self._limits = limits
        self.store = EmbeddedStore(self._inner, manifest)

    def answer(
        self, query: str, protocol: Dataset, formats: dict[str, str]
    ) -> tuple[str, str, int, bytes]:
        """Answer a query.

        Args:
            query: SPARQL 1.1 SELECT, CONSTRUCT, DESCRIBE or ASK.
            protocol: the dataset of the request; it goes before that of the query.
            formats: the format wanted for ``rows`` and for ``graph``; a key may be missing.

        Returns:
            The kind (``select``, ``ask`` or ``graph``), format, number of rows or triples, content.

        Raises:
            NoFormat: ``formats`` has none for what the query gives.
            TooMuch: the answer has more rows or bytes than the limits allow.
            QueryError: the query is wrong, may not be run, or names unknown graphs.
        """
        if word := update_word(query):
            raise QueryError(f"{word} is an update, and nothing can be changed here: send a query")
        guard(query)
        rest, own = split_dataset(query)
        result = self._run(rest, protocol or own)
        wanted, what = ("graph", "a graph") if isinstance(result, ox.QueryTriples) else (
            "rows", "rows")  # fmt: skip
        if wanted not in formats:
            raise NoFormat(f"this query gives {what}, ask for a format of {what}")
        if isinstance(result, ox.QueryTriples):
            return "graph", formats["graph"], *self._graph(result, formats["graph"])
        kind = "select" if isinstance(result, ox.QuerySolutions) else "ask"
        return kind, formats["rows"], *self._rows(result, formats["rows"])

    def _run(
        self, query: str, dataset: Dataset
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        bounded = limited(query, self._limits.rows)
        try:
            if not dataset:
                return self._inner.query(bounded, prefixes=PREFIXES)
            inner = self._inner
            default: list[_Node] = [self._node(g) for g in dataset.default]
            named: list[_Node] = [self._node(g) for g in dataset.named]
            if len(default) > 1:  # a merge has each triple once; Oxigraph would count twice
                inner, default = self._merged(default, named), [ox.DefaultGraph()]
            return inner.query(
                bounded,
                prefixes=PREFIXES,
                default_graph=default,
                named_graphs=[g for g in named if isinstance(g, ox.NamedNode)],
            )
        except SyntaxError as error:
            message = self._syntax_error(query) or str(error)
            raise QueryError(f"this is no SPARQL query: {point_at(query, message)}") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query failed: {error}, change it") from error

    def _syntax_error(self, query: str) -> str | None:
        """What the engine says of a text as its author wrote it, without our limit."""
        try:
            self._inner.query(query, prefixes=PREFIXES)
        except SyntaxError as error:
            return str(error)
        return None

    def _node(self, iri: str) -> _Node:
        if iri == MERGED_GRAPH:
            return ox.DefaultGraph()
        if iri not in self._names:
            raise QueryError(
                f"there is no graph <{iri}> here, and none is fetched; "
                f"<{MERGED_GRAPH}> is the merged one, GRAPH ?g {{ }} finds the others"
            )
        return ox.NamedNode(iri)

    def _merged(
        self,
        default: Iterable[_Node],
        named: Iterable[_Node],
    ) -> ox.Store:
        """A store whose default graph is the RDF merge of several."""
        merged = ox.Store()
        for graph in default:
            for quad in self._inner.quads_for_pattern(None, None, None, graph):
                merged.add(ox.Quad(quad.subject, quad.predicate, quad.object))
        for graph in named:
            merged.extend(self._inner.quads_for_pattern(None, None, None, graph))
        return merged

    def _rows(self, result: ox.QuerySolutions | ox.QueryBoolean, format_: str) -> tuple[int, bytes]:
        out = _Bounded(self._limits.answer_bytes)
        try:
            result.serialize(out, getattr(ox.QueryResultsFormat, RESULT_FORMATS[format_]))
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query failed: {error}, change it") from error
        content = out.getvalue()
        rows = 1 if isinstance(result, ox.QueryBoolean) else count_rows(content, format_)
        if rows > self._limits.rows:
            raise self._too_many("rows")
        return rows, content

    def _graph(self, result: ox.QueryTriples, format_: str) -> tuple[int, bytes]:
        found: set[tuple[str, str, str]] = set()
        try:
            for triple in result:
                found.add((str(triple.subject), str(triple.predicate), str(triple.object)))
                if len(found) > self._limits.rows:
                    raise self._too_many("triples")
            content = write_quads(((*t, "") for t in sorted(found)), format_)
        except (OSError, RuntimeError, ValueError, SyntaxError) as error:
            raise QueryError(f"the query failed: {error}, change it") from error
        if len(content) > self._limits.answer_bytes:
            raise TooMuch(_LARGE.format(self._limits.answer_bytes))
        return len(found), content

    def _too_many(self, what: str) -> TooMuch:
        return TooMuch(
            f"the answer has more than {self._limits.rows} {what}, add LIMIT and OFFSET, "
            "or take the whole graph by kg export"
        )


_LARGE = "the answer has more than {} bytes, add LIMIT and OFFSET"


class _Bounded(io.BytesIO):
    """A buffer that refuses to grow beyond its size."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._left = self._most = most

    def write(self, content: object) -> int:
        written = super().write(content)  # type: ignore[arg-type]  # what the engine hands over
        self._left -= written
        if self._left < 0:
            raise TooMuch(_LARGE.format(self._most))
        return written


# A brace and a quote in a row open a solution, or end a text that ends in a brace.
_JSON_ROW = re.compile(rb'[\[,]\{"(?![},\]])')


def count_rows(content: bytes, format_: str) -> int:
    """The number of solutions in what the engine wrote, exactly.

    Args:
        content: results as Oxigraph writes them.
        format_: of ``kg.store.RESULT_FORMATS``.
    """
    if format_ == "xml":
        return content.count(b"<result>")
    if format_ == "tsv":
        return content.count(b"\n") - 1
    if format_ == "csv":
        if b'"' not in content:
            return content.count(b"\r\n") - 1
        return sum(1 for _ in csv.reader(io.StringIO(content.decode(), newline=""))) - 1
    if b"{}" in content:  # a solution without values, or a text
        return len(json.loads(content)["results"]["bindings"])
    return len(_JSON_ROW.findall(content))
