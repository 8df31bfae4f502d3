"""Measures of whole networks, one a row of a table: what each is, and by whom.

Unless a measure says otherwise, it is one of the undirected simple graph (``View.ties``); None
where it is not defined.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kg.fast import mean_distance, transitivity
from kg.views import View

if TYPE_CHECKING:
    import networkx as nx

Number = float | int | None


@dataclass(frozen=True, slots=True)
class WholeMeasure:
    """A measure of a network: ``what`` it is, the ``source`` of its definition, and how."""

    name: str
    what: str
    source: str
    of: Callable[[View], Number]


def _components(view: View) -> list[set[str]]:
    import networkx as nx

    return sorted(nx.connected_components(view.ties), key=len, reverse=True)


def _density(view: View) -> Number:
    count = len(view.ties)
    return 2 * view.ties.number_of_edges() / (count * (count - 1)) if count > 1 else None


def centralisation(values: Iterable[float], most: float) -> float | None:
    """How much one node stands out: 1 in a star, 0 where all are alike.

    L. C. Freeman, Centrality in social networks: conceptual clarification, Social Networks 1, 1979.

    Args:
        values: a centrality of every node.
        most: the largest sum of differences from the largest value that so many nodes can have.
    """
    found = list(values)
    return sum(max(found) - v for v in found) / most if found and most > 0 else None


def _degree_centralisation(view: View) -> Number:
    count = len(view.ties)
    degrees = [float(d) for _, d in view.ties.degree()]
    return centralisation(degrees, (count - 1) * (count - 2) if count > 2 else 0)


def _betweenness_centralisation(view: View) -> Number:
    count = len(view.ties)
    return centralisation(view.betweenness.values(), count - 1) if count > 2 else None


def _reciprocity(view: View) -> Number:
    arcs = view.arcs
    both = sum(arcs.has_edge(v, u) for u, v in arcs.edges())
    return both / arcs.number_of_edges() if arcs.number_of_edges() else None


def _path_length(view: View) -> Number:
    largest = _components(view)[:1]
    return (
        mean_distance(view.ties.subgraph(largest[0]).copy())
        if largest and len(largest[0]) > 1
        else None
    )


def _clustering(view: View) -> Number:
    import networkx as nx

    return float(nx.average_clustering(view.ties)) if len(view.ties) else None


def _transitivity(view: View) -> Number:
    return transitivity(view.ties) if any(d > 1 for _, d in view.ties.degree()) else None


def _modularity(view: View) -> Number:
    import networkx as nx

    if not view.ties.number_of_edges():
        return None
    return float(nx.community.modularity(view.ties, view.communities, weight="weight"))


def assortativity(view: View, *, by: str) -> Number:
    """How much more often nodes of one group are tied than by chance: 1 always, 0 as by chance.

    Only ties between two nodes whose group is known count; None where all are of one group.
    M. E. J. Newman, Mixing patterns in networks, Physical Review E 67, 026126, 2003, formula 2.
    """
    group = view.group_of(by)
    known = [(group[u], group[v]) for u, v in view.ties.edges() if u in group and v in group]
    if not known:
        return None
    ends: dict[str, int] = {}
    for pair in known:
        for side in pair:
            ends[side] = ends.get(side, 0) + 1
    same = sum(a == b for a, b in known) / len(known)
    chance = sum((n / (2 * len(known))) ** 2 for n in ends.values())
    return None if math.isclose(chance, 1) else (same - chance) / (1 - chance)


def ei_index(view: View, *, by: str) -> Number:
    """Ties between groups less those within, by all: -1 is within only, 1 between only.

    Only ties between two nodes whose group is known count. D. Krackhardt, R. N. Stern, Informal
    networks and organizational crises, Social Psychology Quarterly 51, 1988.
    """
    group = view.group_of(by)
    known = [group[u] != group[v] for u, v in view.ties.edges() if u in group and v in group]
    return (2 * sum(known) - len(known)) / len(known) if known else None


def _statements(view: View) -> Number:
    edges = view.network.edges(data=True)
    return len({s["id"] for *_, d in edges for s in d["statements"]})


WHOLE: Mapping[str, WholeMeasure] = {
    measure.name: measure
    for measure in (
        WholeMeasure("nodes", "number of nodes", "", lambda v: len(v.network)),
        WholeMeasure(
            "edges",
            "number of relations, of which there may be several between two nodes",
            "",
            lambda v: v.network.number_of_edges(),
        ),
        WholeMeasure(
            "ties",
            "number of pairs of nodes with any relation",
            "",
            lambda v: v.ties.number_of_edges(),
        ),
        WholeMeasure("statements", "number of statements that the edges rest on", "", _statements),
        WholeMeasure("density", "ties by pairs of nodes", "Wasserman & Faust 1994", _density),
        WholeMeasure(
            "components",
            "number of parts without ties between them",
            "Wasserman & Faust 1994",
            lambda v: len(_components(v)),
        ),
        WholeMeasure(
            "largest_component",
            "number of nodes of the largest of them",
            "Wasserman & Faust 1994",
            lambda v: max(map(len, _components(v)), default=0),
        ),
        WholeMeasure(
            "mean_degree",
            "mean number of neighbours",
            "Wasserman & Faust 1994",
            lambda v: 2 * v.ties.number_of_edges() / len(v.ties) if len(v.ties) else None,
        ),
        WholeMeasure(
            "degree_centralisation",
            "how much one node stands out by degree, 1 in a star",
            "Freeman 1979",
            _degree_centralisation,
        ),
        WholeMeasure(
            "betweenness_centralisation",
            "how much one node stands out by betweenness, 1 in a star",
            "Freeman 1979",
            _betweenness_centralisation,
        ),
        WholeMeasure(
            "path_length",
            "mean distance of two nodes of the largest component",
            "Watts & Strogatz 1998",
            _path_length,
        ),
        WholeMeasure(
            "clustering",
            "mean share of neighbours that are tied to each other",
            "Watts & Strogatz 1998",
            _clustering,
        ),
        WholeMeasure(
            "transitivity",
            "share of connected triples that are closed",
            "Newman, Watts & Strogatz 2002",
            _transitivity,
        ),
        WholeMeasure(
            "reciprocity",
            "share of arcs that are returned; relations without direction always are",
            "Wasserman & Faust 1994",
            _reciprocity,
        ),
        WholeMeasure(
            "communities",
            "number of communities (Louvain by weight, seed 0)",
            "Blondel et al. 2008",
            lambda v: len(v.communities),
        ),
        WholeMeasure(
            "modularity",
            "share of weight within communities less that expected by chance",
            "Newman & Girvan 2004",
            _modularity,
        ),
        WholeMeasure(
            "type_assortativity",
            "how much more than by chance nodes of one type are tied",
            "Newman 2003",
            partial(assortativity, by="type"),
        ),
        WholeMeasure(
            "state_assortativity",
            "how much more than by chance nodes of one state are tied, of those whose "
            "state is known",
            "Newman 2003",
            partial(assortativity, by="state"),
        ),
        WholeMeasure(
            "type_ei",
            "E-I index of types: -1 ties within types only, 1 between types only",
            "Krackhardt & Stern 1988",
            partial(ei_index, by="type"),
        ),
        WholeMeasure(
            "state_ei",
            "E-I index of states: homophily where below 0",
            "Krackhardt & Stern 1988",
            partial(ei_index, by="state"),
        ),
    )
}
"""All measures of networks by name."""


def whole_measures(graph: nx.MultiDiGraph[str], names: Collection[str] = ()) -> dict[str, Number]:
    """The value of each measure of ``WHOLE`` (or only of these names) of a network."""
    view = View(graph)
    return {name: WHOLE[name].of(view) for name in names or WHOLE}
