"""What the page sizes and colours actors by: the measures of ``kg.measures``, or estimates.

Estimates stand in where a network is too large to wait for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.forces import Links, links
from kg.views import SEED, View

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

_EXACT_UP_TO = 1000  # nodes: beyond, betweenness is estimated from some of them
_MANY = 10_000  # nodes: beyond, those around one hub go into the same community
_BATCH = 32


@dataclass(frozen=True, slots=True)
class Importance:
    """One value a node, in the order of the nodes that were asked about.

    ``degree`` is the number of neighbours; ``betweenness`` the share of shortest paths between two
    others that lead through the node, from 0 to 1; ``pivots`` is 0 where that is exact, else the
    number of nodes that it was estimated from. ``community`` is a number from 0 (the largest) on,
    -1 for a group of less than three.
    """

    degree: list[int]
    betweenness: list[float]
    pivots: int
    community: list[int]


def importance(graph: nx.MultiDiGraph[str], nodes: list[str]) -> Importance:
    """Measures of these nodes (all of the graph's) for the page, as ``kg measures`` has them.

    In a large network betweenness is estimated as in U. Brandes, C. Pich, Centrality estimation in
    large networks, 2007, and communities are found among its hubs.
    """
    view = View(graph)
    degree = [view.ties.degree(node) for node in nodes]
    if not any(degree):
        return Importance(degree, [0.0] * len(nodes), 0, [-1] * len(nodes))
    pivots = 0 if len(nodes) <= _EXACT_UP_TO else 256 if len(nodes) <= _MANY else 64
    if pivots:
        index = {node: i for i, node in enumerate(nodes)}
        ends = np.array([(index[a], index[b]) for a, b in view.ties.edges()], dtype=np.int64)
        net = links(len(nodes), ends[:, 0], ends[:, 1])
        linked = np.flatnonzero(net.degrees)
        pivots = min(pivots, len(linked))
        sources = np.sort(np.random.default_rng(0).choice(linked, pivots, replace=False))
        between = _betweenness(net, sources).round(5).tolist()
    else:
        between = [round(view.betweenness[node], 5) for node in nodes]
    if len(nodes) <= _MANY:
        found = view.communities
    else:
        found = [{nodes[i] for i in members} for members in _communities(net)]
    return Importance(degree, between, pivots, _numbers(found, nodes))


def _numbers(communities: Iterable[Collection[str]], nodes: list[str]) -> list[int]:
    large = (members for members in communities if len(members) > 2)
    number = {node: n for n, members in enumerate(large) for node in members}
    return [number.get(node, -1) for node in nodes]


def _betweenness(net: Links, sources: Ints) -> Array:
    """The share of shortest paths through each node, seen from these sources."""
    count = len(net.degrees)
    total = np.zeros(count)
    for first in range(0, len(sources), _BATCH):
        total += _dependencies(net, sources[first : first + _BATCH])
    pairs = (count - 1) * (count - 2)
    share: Array = total * (np.count_nonzero(net.degrees) / len(sources)) / max(pairs, 1)
    return share


def _dependencies(net: Links, sources: Ints) -> Array:
    """How much of the shortest paths from these sources leads through each node (Brandes 2001)."""
    linked = np.flatnonzero(net.degrees)
    starts = net.starts[linked]  # reduceat wants no empty runs

    def of_neighbours(values: Array) -> Array:
        sums = np.zeros_like(values)
        sums[linked] = np.add.reduceat(values[net.found], starts, axis=0)
        return sums

    shape = (len(net.degrees), len(sources))
    steps, paths = np.full(shape, -1), np.zeros(shape)
    own = (sources, np.arange(len(sources)))
    steps[own], paths[own] = 0, 1
    step = 0
    while True:
        found = of_neighbours(np.where(steps == step, paths, 0.0))
        new = (steps < 0) & (found > 0)
        if not new.any():
            break
        step += 1
        steps[new], paths[new] = step, found[new]
    through = np.zeros(shape)
    for level in range(step, 0, -1):
        share = np.where(steps == level, (1 + through) / np.maximum(paths, 1), 0.0)
        through += np.where(steps == level - 1, paths * of_neighbours(share), 0.0)
    through[own] = 0
    dependencies: Array = through.sum(axis=1)
    return dependencies


def _communities(net: Links) -> list[list[int]]:
    """Louvain communities of what stands around each hub, the largest first."""
    import networkx as nx

    group = _hubs(net)
    graph: nx.Graph[int] = nx.Graph()
    ends = np.sort(np.stack([group[net.one], group[net.other]], axis=1), axis=1)
    pairs, weights = np.unique(ends, axis=0, return_counts=True)
    graph.add_weighted_edges_from(
        (int(a), int(b), int(w)) for (a, b), w in zip(pairs, weights, strict=True)
    )
    members: dict[int, list[int]] = {}
    for node in range(len(group)):
        members.setdefault(int(group[node]), []).append(node)
    found = [
        sorted(node for g in each for node in members[g])
        for each in nx.community.louvain_communities(graph, seed=SEED)
    ]
    return sorted(found, key=lambda nodes: (-len(nodes), nodes[0]))


def _hubs(net: Links) -> Ints:
    """For each node the hub that one comes to from it by always going on to a greater neighbour."""
    count = len(net.degrees)
    rank = np.empty(count, dtype=np.int64)
    rank[np.lexsort((np.arange(count), net.degrees))] = np.arange(count)
    best = rank.copy()
    linked = np.flatnonzero(net.degrees)
    best[linked] = np.maximum(
        best[linked], np.maximum.reduceat(rank[net.found], net.starts[linked])
    )
    node_of = np.argsort(rank)
    hub: Ints = node_of[best]
    while not np.array_equal(hub[hub], hub):
        hub = hub[hub]
    return hub
