"""Measures on the page against networkx, and by hand where there is a textbook value."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from kg import importance as module
from kg.graph import Graph
from kg.importance import importance
from kg.measures import actor_measures
from tests.networks import ties


def of(graph: nx.Graph[int]) -> tuple[nx.MultiDiGraph[str], list[str]]:
    pairs = ((f"{a:05}", f"{b:05}") for a, b in graph.edges())
    result = ties(pairs, alone=[f"{n:05}" for n in graph])
    return result, sorted(result)


@pytest.mark.parametrize(
    "graph",
    [
        nx.karate_club_graph(),
        nx.star_graph(9),
        nx.gnp_random_graph(80, 0.03, seed=3),  # with components and nodes alone
        nx.krackhardt_kite_graph(),
    ],
)
def test_betweenness_is_that_of_networkx(graph: nx.Graph[int]) -> None:
    found = importance(*of(graph))
    expected = nx.betweenness_centrality(graph)
    assert found.pivots == 0
    assert found.betweenness == pytest.approx([expected[n] for n in sorted(graph)], abs=1e-5)


def test_all_paths_of_a_star_lead_through_its_middle() -> None:
    assert importance(*of(nx.star_graph(6))).betweenness == [1, 0, 0, 0, 0, 0, 0]


def test_parallel_and_opposite_edges_count_once() -> None:
    graph, nodes = of(nx.path_graph(4))
    once = importance(graph, nodes)
    for pair in (("00001", "00000"), ("00000", "00000")):
        graph.add_edge(*pair, relation="funds", statements=[{}])
    assert importance(graph, nodes) == once


def test_an_estimate_is_near_and_says_so() -> None:
    graph = nx.barabasi_albert_graph(1600, 2, seed=5)
    found = importance(*of(graph))
    assert found.pivots == 256
    exact = nx.betweenness_centrality(graph, k=800, seed=1)
    top = sorted(graph, key=lambda n: -exact[n])[:20]
    near = sorted(graph, key=lambda n: -found.betweenness[n])[:30]
    assert len(set(top) & set(near)) >= 17


def test_measures_are_those_of_kg_measures(documents_graph: Graph) -> None:
    graph = documents_graph.network()
    found = importance(graph, sorted(graph))
    expected = actor_measures(graph, ["degree", "betweenness", "community"])
    assert found.degree == [expected["degree"][n] for n in sorted(graph)]
    assert found.betweenness == pytest.approx(
        [expected["betweenness"][n] for n in sorted(graph)], abs=1e-5
    )
    for node, group in zip(sorted(graph), found.community, strict=True):
        assert group == -1 or group == (expected["community"][node] or 0) - 1


def test_communities_are_numbered_by_size() -> None:
    cliques: nx.Graph[int] = nx.disjoint_union_all(
        [nx.complete_graph(4), nx.complete_graph(6), nx.path_graph(2)]
    )
    found = importance(*of(cliques))
    assert found.community == [1] * 4 + [0] * 6 + [-1] * 2


def test_in_a_large_network_groups_are_found_by_their_hubs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MANY", 100)
    monkeypatch.setattr(module, "_EXACT_UP_TO", 100)
    graph = nx.planted_partition_graph(4, 40, 0.3, 0.004, seed=2)
    community = np.array(importance(*of(graph)).community).reshape(4, 40)
    for row in community:
        values, counts = np.unique(row, return_counts=True)
        assert counts.max() >= 20, values


def test_nothing_and_nobody_linked() -> None:
    empty: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    assert importance(empty, []).community == []
    empty.add_node("a")
    assert importance(empty, ["a"]).betweenness == [0.0]
