"""The embedded store: with ``kg.answers`` the only module that knows Oxigraph.

A store is a folder that kg alone writes to::

    kg-store.json      which build is current, and what it was made from
    build-…/graph.nq   the truth: the build's sorted N-Quads (not of what ``kg build FILE…`` loads)
    build-…/oxigraph/  the same, loaded

Builds are written by ``kg.builds``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.answers import FORMAT, Answer, Manifest, Quad, Value
from kg.errors import KgError, QueryError, StoreError
from kg.iris import PREFIXES
from kg.sparql import bind, guard, point_at

# What only a build needs is imported there: opening a store is part of every command.
MANIFEST = "kg-store.json"
"""The file that says which build is current."""
ENGINE_ERRORS = (OSError, RuntimeError, ValueError)
"""What Oxigraph raises besides ``SyntaxError``."""
GRAPH_FORMATS = {
    "ttl": "TURTLE",
    "nt": "N_TRIPLES",
    "rdfxml": "RDF_XML",
    "trig": "TRIG",
    "nq": "N_QUADS",
}


class EmbeddedStore:
    """A store in a folder or in memory; open one by ``open_store`` or ``memory_store``."""

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

    def dump(self, graph: str, out: IO[bytes]) -> None:
        """Write the triples of one graph ("" is the merged graph) as N-Triples, a line each."""
        name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
        self._inner.dump(out, ox.RdfFormat.N_TRIPLES, from_graph=name)


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


def memory_store(nquads: bytes, made_from: str = "", version: str = "") -> EmbeddedStore:
    """A store in memory, for where none can be written."""
    inner = ox.Store()
    inner.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)
    return EmbeddedStore(inner, manifest_of(nquads, made_from, version))


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


def open_store(folder: Path) -> EmbeddedStore:
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
        return EmbeddedStore(
            ox.Store.read_only(str(folder / manifest.build / "oxigraph")), manifest
        )
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
