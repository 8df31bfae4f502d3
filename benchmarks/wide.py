"""Many rows at once: each actor with each other partner of a project, and a large graph."""

from __future__ import annotations

import io
import statistics
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from benchmarks.running import seconds
from kg.arrow import arrow_table, write_arrow
from kg.iris import PREFIXES
from kg.store import EmbeddedStore, open_store

PAIRS = "SELECT ?a ?b ?p { ?a akt:partnerIn ?p . ?b akt:partnerIn ?p FILTER(?a != ?b) }"
ENDS = "SELECT ?a ?p { ?a akt:partnerIn ?p }"
GRAPH = "CONSTRUCT { ?a akt:with ?b } { ?s rdf:subject ?a ; rdf:object ?b }"
_DECLARED = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in PREFIXES.items())


def joined(store: EmbeddedStore) -> int:
    """The pairs, joined as columns of Arrow; how many there are."""
    import pyarrow.compute as pc

    ends = arrow_table(store.query(ENDS))
    pairs = ends.join(ends.rename_columns(["b", "p"]), keys="p", join_type="inner")
    return int(pairs.filter(pc.not_equal(pairs["a"], pairs["b"])).num_rows)


def report(folder: Path, merged: Path, rounds: int) -> list[str]:
    """Lines of Markdown: milliseconds of every way to the same rows."""
    store = open_store(folder)
    assert isinstance(store, EmbeddedStore)
    bare = ox.Store.read_only(str(folder / store.manifest.build / "oxigraph"))
    rows = joined(store)
    assert rows == sum(1 for _ in store.query(PAIRS).rows()), "both joins give the same pairs"
    ways: dict[str, Callable[[], object]] = {
        "bare pyoxigraph, csv": lambda: _bare(bare, PAIRS),
        "kg, csv": lambda: store.query(PAIRS).write(io.BytesIO(), "csv"),
        "kg, parquet": lambda: write_arrow(store.query(PAIRS), io.BytesIO(), "parquet"),
        "kg, values of Python": lambda: list(store.query(PAIRS).rows()),
        "kg, ends as columns, joined by Arrow": lambda: joined(store),
        "bare pyoxigraph, CONSTRUCT": lambda: _bare(bare, GRAPH),
        "kg, CONSTRUCT": lambda: list(store.query(GRAPH).triples()),
    }
    if model := _maplib(merged):
        ways["maplib, its own columns"] = lambda: model(PAIRS)
        ways["maplib, CONSTRUCT"] = lambda: model(GRAPH)
    times = {name: 1000 * statistics.median(seconds(work) for _ in range(rounds))
             for name, work in ways.items()}  # fmt: skip
    return [
        "## Many rows",
        "",
        f"Each actor with each other partner of a project ({rows:,} rows), and a graph of all",
        f"ends; {store.manifest.quads:,} quads.",
        "",
        "| way | ms |",
        "|---|---:|",
        *(f"| {name} | {value:.0f} |" for name, value in times.items()),
        "",
    ]


def _bare(store: ox.Store, query: str) -> bytes:
    out, answer = io.BytesIO(), store.query(query, prefixes=PREFIXES)
    assert not isinstance(answer, ox.QueryBoolean)
    if isinstance(answer, ox.QueryTriples):
        answer.serialize(out, ox.RdfFormat.N_TRIPLES)
    else:
        answer.serialize(out, ox.QueryResultsFormat.CSV)
    return out.getvalue()


def _maplib(path: Path) -> Callable[[str], object] | None:
    try:
        from maplib import Model
    except ImportError:
        return None
    model = Model()
    model.read(str(path), format="ntriples")
    return lambda query: model.query(_DECLARED + query)
