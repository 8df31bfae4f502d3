"""A network as measures see it: simple graphs, undirected and directed, and groups of nodes.

Parallel edges (several relations between two) are one tie there, loops are none, and a relation
without direction goes both ways. Nodes and ties are sorted, so that the same network gives the same
numbers in whatever order it was made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.brokerage import brokers
from kg.errors import UsageError, did_you_mean
from kg.fast import betweenness
from kg.flat import weight_of

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

GROUPINGS = ("type", "state")
"""By which attribute of the nodes brokers and their sides are told apart."""
SEED = 0
"""Of the random numbers of community detection."""


@dataclass(frozen=True)
class View:
    """A network, and what several measures of it have in common, each computed once."""

    network: nx.MultiDiGraph[str]
    by: str = "type"

    @cached_property
    def ties(self) -> nx.Graph[str]:
        """The undirected simple graph; ``weight`` of a tie is the sum of those of its edges."""
        import networkx as nx

        weights: dict[tuple[str, str], float] = {}
        for start, end, data in self.network.edges(data=True):
            if start != end:
                pair = (start, end) if start < end else (end, start)
                weights[pair] = weights.get(pair, 0.0) + weight_of(data)
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(sorted(self.network))
        graph.add_weighted_edges_from((u, v, w) for (u, v), w in sorted(weights.items()))
        return graph

    @cached_property
    def arcs(self) -> nx.DiGraph[str]:
        """The directed simple graph."""
        import networkx as nx

        symmetric = self.network.graph.get("symmetric", ())
        pairs = {(u, v) for u, v in self.network.edges() if u != v}
        pairs |= {(v, u) for u, v, d in self.network.edges(data=True)
                  if u != v and d["relation"] in symmetric}  # fmt: skip
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(sorted(self.network))
        graph.add_edges_from(sorted(pairs))
        return graph

    @cached_property
    def betweenness(self) -> dict[str, float]:
        """See ``kg.fast.betweenness``."""
        return betweenness(self.ties)

    @cached_property
    def communities(self) -> list[set[str]]:
        """Groups with many ties within and few between, the largest first, then by id.

        V. D. Blondel et al., Fast unfolding of communities in large networks, 2008 (Louvain), with
        weights and a fixed seed.
        """
        import networkx as nx

        if not self.ties.number_of_edges():
            return [{node} for node in self.ties]
        found = nx.community.louvain_communities(self.ties, weight="weight", seed=SEED)
        return sorted((set(c) for c in found), key=lambda c: (-len(c), min(c)))

    def group_of(self, attribute: str) -> Mapping[str, str]:
        """The group of each node whose group is known.

        Raises:
            UsageError: nodes are not grouped so.
        """
        if attribute not in GROUPINGS:
            raise UsageError(
                f"unknown grouping '{attribute}', {did_you_mean(attribute, GROUPINGS)}"
            )
        nodes = self.network.nodes(data=True)
        return {n: str(d[attribute]) for n, d in nodes if d.get(attribute)}

    @cached_property
    def brokers(self) -> Mapping[str, Counter[str]]:
        """How often each node has each role of a broker, in groups by the attribute ``by``."""
        return brokers(self.arcs, self.group_of(self.by))

    @cached_property
    def arrays(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Start and end of every tie, in both directions, as numbers of nodes in ``ties``."""
        return numbered(self.ties, both=True)


def numbered(graph: nx.Graph[str] | nx.DiGraph[str], *, both: bool
             ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:  # fmt: skip
    """Start and end of every edge as numbers of nodes; with ``both``, each in both directions."""
    import numpy as np

    numbers = {node: number for number, node in enumerate(graph)}
    pairs = np.array([(numbers[u], numbers[v]) for u, v in graph.edges()], dtype=np.intp)
    starts, ends = pairs.reshape(-1, 2).T
    return (np.r_[starts, ends], np.r_[ends, starts]) if both else (starts, ends)
