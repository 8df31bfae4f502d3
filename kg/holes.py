"""Structural holes: R. S. Burt, Structural Holes, 1992, of undirected graphs without weights.

There a node invests the same share, 1/degree, in each of its neighbours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx


def constraint(graph: nx.Graph[str]) -> dict[str, float | None]:
    """How far each node's investment leads back to the same contacts; None for a node alone.

    The sum over its neighbours j of (p_ij + Σ_q p_iq p_qj)², q being the other neighbours.
    """
    near = {node: set(graph.adj[node]) for node in graph}
    found: dict[str, float | None] = {}
    for node in graph:
        share = 1 / len(near[node]) if near[node] else 0.0
        total = 0.0
        for contact in sorted(near[node]):
            others = sorted(near[contact] & near[node])
            indirect = sum(share / len(near[other]) for other in others)
            total += (share + indirect) ** 2
        found[node] = total if near[node] else None
    return found


def effective_size(graph: nx.Graph[str]) -> dict[str, float | None]:
    """Neighbours less the mean number of ties that each has to the others; None for a node alone.

    n - 2t/n with t ties among n neighbours: S. P. Borgatti, Structural holes: unpacking Burt's
    redundancy measures, Connections 20, 1997.
    """
    near = {node: set(graph.adj[node]) for node in graph}
    found: dict[str, float | None] = {}
    for node in graph:
        count = len(near[node])
        within = sum(len(near[contact] & near[node]) for contact in near[node])  # each tie twice
        found[node] = count - within / count if count else None
    return found
