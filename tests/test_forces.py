"""Distances against networkx, forces against their exact sum, groups apart in a large network."""

from __future__ import annotations

import math
import random

import networkx as nx
import numpy as np
import pytest

from kg.forces import Links, _repulsion, links, placed, steps_from
from kg.layout import ALL_NAMED, positions


def indexed(graph: nx.Graph[int]) -> Links:
    ends = np.array(sorted(graph.edges()))
    return links(len(graph), ends[:, 0], ends[:, 1])


def grouped(groups: int, size: int) -> nx.Graph[int]:
    draw = random.Random(4)  # noqa: S311
    graph: nx.Graph[int] = nx.Graph()
    for group in range(groups):
        first = group * size
        for i in range(1, size):
            graph.add_edge(first + i, first + draw.randrange(i))
            graph.add_edge(first + i, first + (i * 7 + 3) % i)
        graph.add_edge(first, max(first - size, 1))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph


@pytest.mark.parametrize("source", [0, 17, 119])
def test_steps_are_those_of_networkx(source: int) -> None:
    graph = grouped(4, 30)
    expected = nx.single_source_shortest_path_length(graph, source)
    assert steps_from(source, indexed(graph)).tolist() == [expected[i] for i in range(len(graph))]


def test_the_grid_gives_about_the_exact_push() -> None:
    draw = np.random.default_rng(2)
    points = draw.uniform(-50, 50, (400, 2))
    mass = draw.uniform(1, 9, 400)
    apart = points[:, None] - points
    square = (apart**2).sum(-1) + 1e-9
    exact = (apart * (mass / square)[..., None]).sum(1)
    by_grid = _repulsion(points, mass, 256)
    for axis in (0, 1):
        assert np.corrcoef(exact[:, axis], by_grid[:, axis])[0, 1] > 0.97


def test_neighbours_stand_closer_than_others() -> None:
    graph = grouped(5, 40)
    points = placed(indexed(graph), 1)
    apart = [math.dist(points[a], points[b]) for a, b in graph.edges()]
    assert np.median(apart) < 0.4 * math.dist(points.min(0), points.max(0)) / 2


def test_a_large_network_shows_its_groups_and_keeps_nodes_apart() -> None:
    size = ALL_NAMED // 4
    graph = grouped(6, size)
    named: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    named.add_edges_from((str(a), str(b)) for a, b in graph.edges())
    assert len(named) > ALL_NAMED
    places = positions(named)
    middles = [
        np.mean([places[str(i)] for i in range(group * size, (group + 1) * size)], axis=0)
        for group in range(6)
    ]
    to_own = [math.dist(places[str(i)], middles[i // size]) for i in range(6 * size)]
    to_first = [math.dist(places[str(i)], middles[0]) for i in range(size, 6 * size)]
    assert np.median(to_own) < np.median(to_first) / 2
    spots = np.array(list(places.values()))
    nearest = [np.sort(np.hypot(*(spots - spot).T))[1] for spot in spots]
    assert np.median(nearest) > 24  # two radii of a small node are 20
