"""The network as columns of numbers against networkx and the network of objects."""

from __future__ import annotations

import io
import random
import time
from functools import partial
from pathlib import Path

from benchmarks.running import seconds
from kg.answers import Store
from kg.builds import Build
from kg.edges import QUICK, Edges, read_edges
from kg.iris import AKT, ENT, RDF, STM
from kg.ontology import Ontology, read_ontology
from kg.rdf import ontology_lines, type_lines

_SEED = 2
_TIMED = tuple(QUICK)[:-2]
"""All but those whose time goes by nodes times edges."""


def _fill(build: Build, edges: int, ontology: Ontology) -> None:
    """Statements of bare ends between a fifth as many actors, few of them with many."""
    dice = random.Random(_SEED)  # noqa: S311  # no secret
    nodes, out = edges // 5, io.StringIO()
    out.writelines(ontology_lines())
    for n in range(nodes):
        out.write(f"<{ENT}n{n}> <{RDF}type> <{AKT}Association> .\n")
        out.writelines(type_lines(f"n{n}", "Association", ontology))
    for n in range(edges):
        one, other = int(nodes * dice.random() ** 2), int(nodes * dice.random())
        s = f"<{STM}{n:020x}>"
        out.write(f"{s} <{RDF}type> <{AKT}Statement> .\n{s} <{RDF}subject> <{ENT}n{one}> .\n")
        out.write(f"{s} <{RDF}object> <{ENT}n{other}> .\n{s} <{AKT}modality> <{AKT}asserted> .\n")
        out.write(f"{s} <{RDF}predicate> <{AKT}cooperatesWith> .\n")
        if out.tell() > 32 << 20:
            build.add(out.getvalue().encode())
            out = io.StringIO()
    build.add(out.getvalue().encode())


def _networkx(edges: Edges) -> object:
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    ends = (edges.starts.tolist(), edges.ends.tolist())
    pairs = zip(*ends, strict=True)
    graph.add_edges_from((edges.nodes[a], edges.nodes[b]) for a, b in pairs)
    return graph


def report(folder: Path, sizes: tuple[int, ...]) -> list[str]:
    """Lines of Markdown: seconds to project and to measure."""
    ontology = read_ontology()
    heads = [f"{n} s" for n in _TIMED]
    lines = [
        "## The network as columns (`kg measures --quick`)",
        "",
        "Statements between a fifth as many actors, from a store on disk; *networkx* is the time",
        "to add the same edges to an empty MultiDiGraph, without reading them.",
        "",
        f"| edges | project s | networkx s | {' | '.join(heads)} |",
        "|---:|" + "---:|" * (2 + len(heads)),
    ]
    for size in sizes:
        with Build(folder / f"edges-{size}") as build:
            _fill(build, size, ontology)
            cells = [f"{value:.2f}" for value in _times(build.store, ontology)]
        lines.append(f"| {size:,} | {' | '.join(cells)} |")
    return [*lines, ""]


def _times(store: Store, ontology: Ontology) -> list[float]:
    began = time.perf_counter()
    edges = read_edges(store, ontology)
    project = time.perf_counter() - began
    plain = seconds(lambda: _networkx(edges))
    assert len(edges.ties) + len(edges.arcs) == 5, "both are there before any measure"
    return [project, plain, *(seconds(partial(QUICK[name], edges)) for name in _TIMED)]
