"""Measures that are slow in Python, by rustworkx where it is installed and networkx where not.

Both give the same numbers but for the last digits of a float. rustworkx is the extra
``akteursnetz[fast]`` (Apache-2.0).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any

from kg.errors import missing

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]


def rustworkx() -> ModuleType | None:
    """The library, or None where it is not installed."""
    try:
        import rustworkx as found
    except ImportError:
        return None
    return found


def betweenness(graph: nx.Graph[str]) -> dict[str, float]:
    """Betweenness of each node, unweighted, divided by the pairs of others.

    L. C. Freeman, A set of measures of centrality based on betweenness, Sociometry 40, 1977; by the
    algorithm of U. Brandes, A faster algorithm for betweenness centrality, 2001.
    """
    if rx := rustworkx():
        return _by_node(graph, rx.graph_betweenness_centrality(_converted(graph, rx)))
    import networkx as nx

    return dict(nx.betweenness_centrality(graph))


def closeness(graph: nx.Graph[str]) -> dict[str, float]:
    """Closeness of each node within its component, times the share of others that are in it.

    S. Wasserman, K. Faust, Social Network Analysis, 1994, formula 5.22.
    """
    if rx := rustworkx():
        return _by_node(graph, rx.graph_closeness_centrality(_converted(graph, rx)))
    import networkx as nx

    return dict(nx.closeness_centrality(graph))


def core_numbers(graph: nx.Graph[str]) -> dict[str, int]:
    """The largest k of which each node is in the k-core: all there have k neighbours there.

    S. B. Seidman, Network structure and minimum degree, Social Networks 5, 1983.
    """
    if rx := rustworkx():
        return _by_node(graph, rx.graph_core_number(_converted(graph, rx)))
    import networkx as nx

    return dict(nx.core_number(graph))


def mean_distance(graph: nx.Graph[str]) -> float:
    """The mean length of the shortest paths of all pairs; the graph is connected, of two or more.

    Raises:
        ZeroDivisionError: the graph has one node only.
    """
    if rx := rustworkx():
        return float(rx.graph_unweighted_average_shortest_path_length(_converted(graph, rx)))
    import networkx as nx

    return float(nx.average_shortest_path_length(graph))


def transitivity(graph: nx.Graph[str]) -> float:
    """Three times the triangles by the connected triples; 0 where there is no triple.

    M. E. J. Newman, D. J. Watts, S. H. Strogatz, Random graph models of social networks, 2002.
    """
    if (rx := rustworkx()) and any(d > 1 for _, d in graph.degree()):
        return float(rx.graph_transitivity(_converted(graph, rx)))
    import networkx as nx

    return float(nx.transitivity(graph))


def _converted(graph: nx.Graph[str], rx: ModuleType) -> Any:
    """The graph as rustworkx has it, its nodes being numbered in order."""
    numbers = {node: number for number, node in enumerate(graph)}
    result = rx.PyGraph(multigraph=False)
    result.add_nodes_from(range(len(graph)))
    result.add_edges_from_no_data([(numbers[u], numbers[v]) for u, v in graph.edges()])
    return result


def numbered_cores(starts: Numbers, ends: Numbers, count: int) -> list[int]:
    """See ``core_numbers``; of a simple graph given by the numbers of its nodes."""
    graph, rx = _numbered(starts, ends, count)
    return _in_order(rx.graph_core_number(graph), count)


def numbered_betweenness(starts: Numbers, ends: Numbers, count: int) -> list[float]:
    """See ``betweenness``; of a simple graph given by the numbers of its nodes."""
    graph, rx = _numbered(starts, ends, count)
    return _in_order(rx.graph_betweenness_centrality(graph), count)


def numbered_closeness(starts: Numbers, ends: Numbers, count: int) -> list[float]:
    """See ``closeness``; of a simple graph given by the numbers of its nodes."""
    graph, rx = _numbered(starts, ends, count)
    return _in_order(rx.graph_closeness_centrality(graph), count)


def _numbered(starts: Numbers, ends: Numbers, count: int) -> tuple[Any, ModuleType]:
    rx = rustworkx()
    if rx is None:
        raise missing("rustworkx", "fast")
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.add_edges_from_no_data(list(zip(starts.tolist(), ends.tolist(), strict=True)))
    return graph, rx


def _in_order(found: Mapping[int, Any], count: int) -> list[Any]:
    return [found[number] for number in range(count)]


def _by_node(graph: nx.Graph[str], found: Mapping[int, Any]) -> dict[str, Any]:
    return {node: found[number] for number, node in enumerate(graph)}
