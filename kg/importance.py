"""What the page sizes and colours actors by: how many they link, and with whom they form a group.

Each pair of linked actors counts once and without direction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.forces import Links, links

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

_EXACT_UP_TO = 1500  # nodes: beyond, betweenness is estimated from some of them
_MANY = 10_000  # nodes: beyond, those around one hub go into the same community
_BATCH = 32


@dataclass(frozen=True, slots=True)
class Importance:
    """One value a node, in the order of the nodes that were asked about.

    ``betweenness`` is the share of shortest paths between two others that lead through the node,
    from 0 to 1; ``pivots`` is 0 where it is exact, else the number of nodes that it was estimated
    from. ``community`` is a number from 0 (the largest) on, -1 for a group of less than three.
    """

    betweenness: list[float]
    pivots: int
    community: list[int]


def importance(graph: nx.MultiDiGraph[str], nodes: list[str]) -> Importance:
    """Measures of these nodes (all of the graph's) for the page.

    Betweenness: U. Brandes, A faster algorithm for betweenness centrality, 2001; estimated as in
    U. Brandes, C. Pich, Centrality estimation in large networks, 2007. Communities: V. D. Blondel
    et al., Fast unfolding of communities in large networks, 2008 (Louvain, seed 0).
    """
    index = {node: i for i, node in enumerate(nodes)}
    pairs = {
        (min(a, b), max(a, b))
        for x, y in graph.edges()
        for a, b in [(index[x], index[y])]
        if a != b
    }
    if not pairs:
        return Importance([0.0] * len(nodes), 0, [-1] * len(nodes))
    ends = np.array(sorted(pairs), dtype=np.int64)
    net = links(len(nodes), ends[:, 0], ends[:, 1])
    linked = np.flatnonzero(net.degrees)
    pivots = 0 if len(linked) <= _EXACT_UP_TO else 256 if len(linked) <= _MANY else 64
    sources = linked
    if pivots:
        sources = np.sort(np.random.default_rng(0).choice(linked, pivots, replace=False))
    return Importance(_betweenness(net, sources).round(5).tolist(), pivots, _communities(net))


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


def _communities(net: Links) -> list[int]:
    """The number of each node's community, the largest first; -1 where it is smaller than three."""
    import networkx as nx

    count = len(net.degrees)
    group = _hubs(net) if count > _MANY else np.arange(count)
    graph: nx.Graph[int] = nx.Graph()
    ends = np.sort(np.stack([group[net.one], group[net.other]], axis=1), axis=1)
    pairs, weights = np.unique(ends, axis=0, return_counts=True)
    graph.add_weighted_edges_from(
        (int(a), int(b), int(w)) for (a, b), w in zip(pairs, weights, strict=True)
    )
    members: dict[int, list[int]] = {}
    for node in range(count):
        members.setdefault(int(group[node]), []).append(node)
    found = [
        sorted(node for g in each for node in members[g])
        for each in nx.community.louvain_communities(graph, seed=0)
    ]
    result = [-1] * count
    for number, nodes in enumerate(sorted(found, key=lambda nodes: (-len(nodes), nodes[0]))):
        for node in nodes if len(nodes) > 2 else ():
            result[node] = number
    return result


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
