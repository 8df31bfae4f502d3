"""Projection and measures of synthetic networks against plain networkx, in the same run."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import networkx as nx

from kg import fast, holes
from kg.measures import actor_measures, eigenvector, pagerank
from kg.model import Corpus, Entity, Evidence, Name, Source, Statement
from kg.network import network
from kg.ontology import Ontology, read_ontology
from kg.projection import project
from kg.views import View
from kg.whole import whole_measures

SIZES = (300, 1_000, 5_000, 50_000)
MOST_EXACT = 5_000  # beyond, shortest paths of all pairs take minutes here and hours in networkx
SEED = 4
_TYPES = ("Association", "Company", "University", "PublicBody", "Project", "Project", "Person")
_TIES = {"Project": ("partnerIn", "operates"), "Person": ("chairedBy", "managedBy")}


def synthetic(size: int) -> Corpus:
    """A corpus of so many entities, twice as many statements, few actors with many of them."""
    random_ = random.Random(SEED)  # noqa: S311  (no secret)
    types = {f"n{i}": _TYPES[i % len(_TYPES)] for i in range(size)}
    bodies = [n for n, t in types.items() if t not in _TIES]
    found: dict[tuple[str, str, str], Statement] = {}
    ends = list(types)
    while len(found) < 2 * size:
        # An end that is drawn once is drawn again more easily: degrees have a long tail.
        one, other = random_.choice(bodies), random_.choice(ends)
        if one != other:
            relation = random_.choice(_TIES.get(types[other], ("cooperatesWith", "funds")))
            found[one, relation, other] = Statement(
                "s", one, relation, other, (Evidence(note="-"),)
            )
            ends.append(other)
            bodies.append(one)
    entities = {i: Entity(i, t, (Name(f"Actor {i}"),)) for i, t in types.items()}
    source = Source("s", "s", "n0", None, "https://example.org/", statements=tuple(found.values()))
    return Corpus(entities, {"s": source})


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _bare(corpus: Corpus) -> nx.MultiDiGraph[str]:
    """What plain networkx needs to build the same nodes and edges, without their statements."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(
        (i, {"label": e.labels[0].text, "type": e.type}) for i, e in corpus.entities.items()
    )
    for statement in corpus.statements():
        graph.add_edge(statement.subject, statement.object, statement.relation)
    return graph


def _plain_bipartite(graph: nx.MultiDiGraph[str]) -> object:
    legs = [(u, v) for u, v, k in graph.edges(keys=True) if k in ("partnerIn", "operates")]
    return nx.bipartite.collaboration_weighted_projected_graph(nx.Graph(legs), {u for u, _ in legs})


def measured(size: int, ontology: Ontology) -> list[tuple[str, float, float | None]]:
    """What was measured, our seconds, and those of plain networkx (None where not feasible)."""
    corpus = synthetic(size)
    graph = network(corpus, ontology)
    view = View(graph)
    ties, arcs = view.ties, view.arcs
    both: list[tuple[str, Callable[[], object], Callable[[], object] | None]] = [
        ("actor network", lambda: network(corpus, ontology), lambda: _bare(corpus)),
        ("shared projects (Newman)",
         lambda: project(corpus, ontology, rule="shared-projects", normalise="newman"),
         lambda: _plain_bipartite(_bare(corpus))),
        ("k-core", lambda: fast.core_numbers(ties), lambda: nx.core_number(ties)),
        ("PageRank", lambda: pagerank(view), lambda: nx.pagerank(arcs, tol=1e-12, max_iter=1000)),
        ("eigenvector", lambda: eigenvector(view),
         partial(nx.eigenvector_centrality, ties, max_iter=20_000, tol=1e-9 / size)),
        ("constraint", lambda: holes.constraint(ties), lambda: nx.constraint(ties)),
        ("Louvain", lambda: View(graph).communities, None),
        ("brokerage", lambda: View(graph).brokers, None),
    ]  # fmt: skip
    if size <= MOST_EXACT:
        both += [
            (
                "betweenness",
                lambda: fast.betweenness(ties),
                lambda: nx.betweenness_centrality(ties),
            ),
            ("closeness", lambda: fast.closeness(ties), lambda: nx.closeness_centrality(ties)),
            ("all measures of actors", partial(actor_measures, graph), None),
            ("all measures of the network", partial(whole_measures, graph), None),
        ]
    return [
        (name, seconds(ours), seconds(theirs) if theirs else None) for name, ours, theirs in both
    ]


def report(sizes: tuple[int, ...] = SIZES) -> list[str]:
    """Lines of Markdown: a table of seconds and ratios for each size."""
    ontology = read_ontology()
    library: Any = fast.rustworkx()
    how = f"rustworkx {library.__version__}" if library else "without rustworkx"
    about = f"Synthetic, seed {SEED}, two statements an actor; {how}."
    lines = ["## Networks: projection and measures", "", about, ""]
    head = ["", "| what | kg s | networkx s | networkx ÷ kg |", "|---|---:|---:|---:|"]
    for size in sizes:
        lines += [f"### {size:,} nodes", *head]
        for name, ours, theirs in measured(size, ontology):
            plain, ratio = (
                ("–", "–") if theirs is None else (f"{theirs:.3f}", f"{theirs / ours:.1f} ×")
            )
            lines.append(f"| {name} | {ours:.3f} | {plain} | {ratio} |")
        lines.append("")
    return lines
