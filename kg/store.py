"""The embedded store: the only module that knows Oxigraph.

A store is a folder that kg alone writes to::

    kg-store.json      which build is current, and what it was made from
    build-…/graph.nq   the truth: the build's sorted N-Quads (not of what ``kg build FILE…`` loads)
    build-…/oxigraph/  the same, loaded

Builds are written by ``kg.builds``.
"""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from kg.errors import KgError, QueryError, StoreError
from kg.iris import PREFIXES, XSD, shorten
from kg.sparql import bind, guard, point_at

# What only a build needs is imported there: opening a store is part of every command.
if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

FORMAT = 1
"""Of the folder; a store of another format is rebuilt or refused, never guessed at."""
MANIFEST = "kg-store.json"
"""The file that says which build is current."""

ENGINE_ERRORS = (OSError, RuntimeError, ValueError)
"""What Oxigraph raises besides ``SyntaxError``."""
RESULT_FORMATS = {"csv": "CSV", "tsv": "TSV", "json": "JSON", "xml": "XML"}
GRAPH_FORMATS = {
    "ttl": "TURTLE",
    "nt": "N_TRIPLES",
    "rdfxml": "RDF_XML",
    "trig": "TRIG",
    "nq": "N_QUADS",
}


class Iri(str):
    """An IRI in a result; a ``str``, so that it can be used as one."""

    __slots__ = ()

    @property
    def short(self) -> str:
        """The compact form, such as ``ent:acod``."""
        return shorten(self)


Value: TypeAlias = "Iri | str | int | float | Decimal | bool | date"
"""What a table holds; dates of EDTF and texts of any language are ``str``."""
Quad = tuple[str, str, str, str]
"""Subject, predicate, object and graph as N-Quads terms; the graph "" is the merged graph."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build is: ``sha256`` of its sorted N-Quads, and a text of what it was made from.

    Of one that was ``loaded`` from dumps and tables, ``sha256`` is that of these files.
    """

    build: str
    sha256: str
    quads: int
    made_from: str
    version: str
    format: int = FORMAT
    loaded: bool = False


class Answer:
    """What a query gave. ``kind`` is ``select``, ``graph`` or ``ask``; to be read once."""

    def __init__(self, result: object) -> None:
        self._result = result
        self.kind = {"QuerySolutions": "select", "QueryTriples": "graph"}.get(
            type(result).__name__, "ask"
        )

    def _solutions(self) -> ox.QuerySolutions:
        if not isinstance(self._result, ox.QuerySolutions):
            raise QueryError("this is no SELECT query, write SELECT … WHERE { … }")
        return self._result

    @property
    def columns(self) -> list[str]:
        """The names of the columns of a select."""
        return [v.value for v in self._solutions().variables]

    def rows(self) -> Iterator[tuple[Value | None, ...]]:
        """The rows of a select, in the order of the query."""
        for solution in self._solutions():
            yield tuple(None if term is None else _value(term) for term in solution)

    def triples(self) -> Iterator[tuple[str, str, str]]:
        """The triples of a graph as N-Triples terms, sorted, each once."""
        if not isinstance(self._result, ox.QueryTriples):
            raise QueryError("this query gives no graph, write CONSTRUCT or DESCRIBE")
        out = io.BytesIO()
        self._result.serialize(out, ox.RdfFormat.N_TRIPLES)
        for line in sorted(set(out.getvalue().decode().split("\n")) - {""}):
            subject, predicate, object_ = line.split(" ", 2)
            yield subject, predicate, object_.removesuffix(" .")

    def __bool__(self) -> bool:
        return bool(self._result)

    def write(self, out: IO[bytes], format_: str) -> None:
        """Write in a format of ``RESULT_FORMATS``, straight from the engine."""
        if not isinstance(self._result, ox.QuerySolutions | ox.QueryBoolean):
            raise QueryError(f"this query gives a graph, which cannot be written as {format_}")
        self._result.serialize(out, getattr(ox.QueryResultsFormat, RESULT_FORMATS[format_]))


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Value:
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    text, kind = term.value, term.datatype.value.removeprefix(XSD)
    with contextlib.suppress(ValueError, ArithmeticError):
        if kind == "integer":
            return int(text)
        if kind == "decimal":
            from decimal import Decimal

            return Decimal(text)
        if kind == "boolean":
            return text in ("true", "1")
        if kind == "date":
            from datetime import date

            return date.fromisoformat(text)
    return text


class Store:
    """A graph that can be asked; open one by ``open_store``."""

    def __init__(self, inner: ox.Store, manifest: Manifest) -> None:
        self._inner = inner
        self.manifest = manifest

    def query(self, text: str, bindings: Mapping[str, str] | None = None) -> Answer:
        """Run a SPARQL 1.1 query (SELECT, CONSTRUCT, DESCRIBE or ASK).

        Args:
            text: the query; the prefixes of ``kg.iris.PREFIXES`` need no declaration.
            bindings: variable name → SPARQL term (see ``kg.sparql.parameter_term``).

        Raises:
            QueryError: its syntax is wrong (the message shows where), or it may not be run.
        """
        guard(text)
        bound = bind(text, bindings or {})
        try:
            return Answer(self._inner.query(bound, prefixes=PREFIXES))
        except SyntaxError as error:
            raise QueryError(f"this is no SPARQL query: {point_at(bound, str(error))}") from error
        except ENGINE_ERRORS as error:
            raise QueryError(
                f"the query failed: {error}, change it or rebuild the store"
            ) from error

    def select(self, text: str, bindings: Mapping[str, str] | None = None
               ) -> list[dict[str, Value | None]]:  # fmt: skip
        """The rows of a SELECT as dicts by column.

        Raises:
            QueryError: as ``query``, or it is no SELECT.
        """
        answer = self.query(text, bindings)
        columns = answer.columns
        return [dict(zip(columns, row, strict=True)) for row in answer.rows()]

    def quads(self, graph: str | None = None) -> list[Quad]:
        """All quads, or those of one graph ("" is the merged graph), sorted as N-Quads are."""
        name = None if graph is None else ox.NamedNode(graph) if graph else ox.DefaultGraph()
        found = self._inner.quads_for_pattern(None, None, None, name)
        return sorted((str(q.subject), str(q.predicate), str(q.object),
                       "" if isinstance(q.graph_name, ox.DefaultGraph) else str(q.graph_name))
                      for q in found)  # fmt: skip


def canonical_nquads(nquads: bytes) -> bytes:
    """N-Quads without blank nodes in canonical form: each quad once, sorted, one a line."""
    dump = ox.serialize(
        (q for q in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)), format=ox.RdfFormat.N_QUADS
    )
    lines = sorted(set((dump or b"").split(b"\n")) - {b""})
    return b"\n".join(lines) + b"\n" if lines else b""


def parse_quads(content: bytes, format_: str) -> list[Quad]:
    """The quads of an RDF document in a format of ``GRAPH_FORMATS``, sorted, each once.

    Raises:
        KgError: the document is malformed.
    """
    try:
        parsed = list(ox.parse(content, format=getattr(ox.RdfFormat, GRAPH_FORMATS[format_])))
    except (SyntaxError, ValueError) as error:
        raise KgError(f"this is no {format_}: {error}, mend it") from error
    return sorted({(str(q.subject), str(q.predicate), str(q.object),
                    "" if isinstance(q.graph_name, ox.DefaultGraph) else str(q.graph_name))
                   for q in parsed})  # fmt: skip


def serialize(quads: Iterable[Quad], format_: str) -> bytes:
    """Quads in a format of ``GRAPH_FORMATS``, in the order given, compact by our prefixes."""
    lines = "\n".join(f"{s} {p} {o} {g} ." if g else f"{s} {p} {o} ." for s, p, o, g in quads)
    parsed = ox.parse(lines, format=ox.RdfFormat.N_QUADS)
    rdf_format = getattr(ox.RdfFormat, GRAPH_FORMATS[format_])
    content = parsed if rdf_format.supports_datasets else (q.triple for q in parsed)
    return ox.serialize(content, format=rdf_format, prefixes=PREFIXES) or b""


def memory_store(nquads: bytes, made_from: str = "", version: str = "") -> Store:
    """A store in memory, for where none can be written."""
    inner = ox.Store()
    inner.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)
    return Store(inner, manifest_of(nquads, made_from, version))


def manifest_of(nquads: bytes, made_from: str, version: str) -> Manifest:
    """The manifest of canonical N-Quads."""
    import hashlib

    sha256 = hashlib.sha256(nquads).hexdigest()
    return Manifest(f"build-{sha256[:16]}", sha256, nquads.count(b"\n"), made_from, version)


def read_manifest(folder: Path) -> Manifest | None:
    """What the current build of a store is; None where there is no store of this format."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if content.get("format") != FORMAT or not (folder / content["build"]).is_dir():
            return None
        return Manifest(**content)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def open_store(folder: Path) -> Store:
    """Open the current build of a store for reading; many may do so at once.

    Raises:
        StoreError: there is no store, or one of another version, or it is damaged.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        if (folder / MANIFEST).exists():
            raise StoreError(
                f"{folder}: this store was written by another version of kg or is damaged, "
                f"run `kg build --store {folder}`"
            )
        raise StoreError(f"{folder}: there is no store here, run `kg build --store {folder}`")
    try:
        return Store(ox.Store.read_only(str(folder / manifest.build / "oxigraph")), manifest)
    except ENGINE_ERRORS as error:
        raise StoreError(
            f"{folder}: the store cannot be opened ({error}), run `kg build --store {folder}`"
        ) from error


def canonicalize(nquads: bytes) -> bytes:
    """N-Quads in the canonical form of RDFC-1.0, blank nodes renamed by what is said of them.

    Without blank nodes this is what ``canonical_nquads`` gives six times faster. Many blank nodes
    that look alike take exponential time: not for documents of strangers.

    Format: https://www.w3.org/TR/rdf-canon/, sections 4 and 5 and appendix A.

    Raises:
        KgError: the document is malformed.
    """
    try:
        dataset = ox.Dataset(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
    except (SyntaxError, ValueError) as error:
        raise KgError(f"these are no N-Quads: {error}, mend them") from error
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return canonical_nquads(ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b"")
