"""Measures of actors, one a row of a table: what each is, and by whom.

Unless a measure says otherwise, it is one of the undirected simple graph (``View.ties``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kg.errors import UsageError, did_you_mean
from kg.fast import closeness, core_numbers
from kg.holes import constraint, effective_size
from kg.views import View, numbered

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]

Number = float | int | None
"""A value; None where the measure is not defined or was not found."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of every node: ``what`` it is, the ``source`` of its definition, and how."""

    name: str
    what: str
    source: str
    of: Callable[[View], Mapping[str, Number]]


def _degree(view: View) -> Mapping[str, Number]:
    return dict(view.ties.degree())


def _weighted(view: View) -> Mapping[str, Number]:
    return {n: float(d) for n, d in view.ties.degree(weight="weight")}


def _community(view: View) -> Mapping[str, Number]:
    return {n: number for number, found in enumerate(view.communities, 1) for n in found}


def eigenvector(view: View) -> Mapping[str, Number]:
    """See ``eigenvector_of``."""
    nodes = list(view.ties)
    starts, ends = view.arrays
    return dict(zip(nodes, eigenvector_of(starts, ends, len(nodes)), strict=True))


def eigenvector_of(
    starts: Numbers, ends: Numbers, count: int, rounds: int = 20_000, tolerance: float = 1e-13
) -> Sequence[float | None]:
    """The principal eigenvector of the adjacency matrix, of length 1, by power iteration.

    As networkx, this iterates A + I, which has the same eigenvectors and also converges for
    two-mode networks. Where it does not converge, every value is None.

    Args:
        starts: where each tie starts, in both directions, as numbers of nodes.
        ends: where it ends.
        count: how many nodes there are.
        rounds: at most so many.
        tolerance: of every value from one round to the next.
    """
    import numpy as np

    if not len(starts):
        return [None] * count
    vector = np.full(count, 1 / math.sqrt(count))
    for _ in range(rounds):
        last = vector
        vector = last + np.bincount(ends, last[starts], count)
        vector /= np.linalg.norm(vector)
        if np.abs(vector - last).max() < tolerance:
            return list(vector.tolist())
    return [None] * count


def pagerank(view: View) -> Mapping[str, Number]:
    """See ``pagerank_of``."""
    nodes = list(view.arcs)
    starts, ends = numbered(view.arcs, both=False)
    return dict(zip(nodes, pagerank_of(starts, ends, len(nodes)), strict=True))


def pagerank_of(
    starts: Numbers, ends: Numbers, count: int, damping: float = 0.85, tolerance: float = 1e-13
) -> Sequence[float]:
    """Where a walk is that follows an arc or, with probability 0.15, goes to any node.

    From a node without outgoing arcs it goes to any node. The iteration always converges, by the
    factor ``damping`` a round.

    Args:
        starts: where each arc starts, as numbers of nodes.
        ends: where it ends.
        count: how many nodes there are.
        damping: the probability to follow an arc.
        tolerance: of the sum of all changes in the last round.
    """
    import numpy as np

    if not count:
        return []
    out = np.bincount(starts, minlength=count)
    share = np.divide(1.0, out, out=np.zeros(count), where=out > 0)
    rank = np.full(count, 1 / count)
    change = math.inf
    while change > tolerance:
        last = rank
        moved = np.bincount(ends, (last * share)[starts], count)
        rank = damping * (moved + last[out == 0].sum() / count) + (1 - damping) / count
        change = float(np.abs(rank - last).sum())
    return list(rank.tolist())


def _role(view: View, *, role: str) -> Mapping[str, Number]:
    """How often each node has a role; None where its own group is not known."""
    group = view.group_of(view.by)
    return {n: view.brokers[n][role] if n in group else None for n in view.arcs}


_ROLES = {
    "coordinator": "between two of its own group",
    "itinerant": "between two of one other group (consultant)",
    "gatekeeper": "from another group into its own",
    "representative": "from its own group to another",
    "liaison": "between two groups, neither being its own",
}
_GF = "Gould & Fernandez 1989"

MEASURES: Mapping[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("degree", "number of neighbours", "Freeman 1979", _degree),
        Measure(
            "in_degree",
            "number of those from whom an arc comes",
            "Freeman 1979",
            lambda v: dict(v.arcs.in_degree()),
        ),
        Measure(
            "out_degree",
            "number of those to whom an arc goes",
            "Freeman 1979",
            lambda v: dict(v.arcs.out_degree()),
        ),
        Measure(
            "weighted_degree",
            "sum of the weights of its edges; in the actor network the weight of an edge "
            "is its number of statements",
            "Barrat et al. 2004",
            _weighted,
        ),
        Measure(
            "betweenness",
            "share of shortest paths between two others that pass through it",
            "Freeman 1977, Brandes 2001",
            lambda v: v.betweenness,
        ),
        Measure(
            "closeness",
            "inverse mean distance to those in reach, times the share of others in reach",
            "Wasserman & Faust 1994",
            lambda v: closeness(v.ties),
        ),
        Measure(
            "eigenvector",
            "sum of its neighbours' values: central is who is near central ones; next to "
            "nothing outside of the densest component",
            "Bonacich 1972",
            eigenvector,
        ),
        Measure(
            "pagerank",
            "share of time that a walk along the arcs spends there, damping 0.85",
            "Brin & Page 1998",
            pagerank,
        ),
        Measure(
            "core",
            "largest k of which it is in the k-core",
            "Seidman 1983",
            lambda v: core_numbers(v.ties),
        ),
        Measure(
            "constraint",
            "how much its contacts are each other's contacts; low is rich in structural holes",
            "Burt 1992",
            lambda v: constraint(v.ties),
        ),
        Measure(
            "effective_size",
            "number of neighbours less their mean number of ties to each other",
            "Burt 1992, Borgatti 1997",
            lambda v: effective_size(v.ties),
        ),
        Measure(
            "community",
            "number of its community, 1 being the largest; Louvain by weight, seed 0",
            "Blondel et al. 2008",
            _community,
        ),
        *(
            Measure(
                role,
                f"brokerage {_ROLES[role]}; open two-step paths along arcs through it",
                _GF,
                partial(_role, role=role),
            )
            for role in _ROLES
        ),
    )
}
"""All measures of actors by name."""


def actor_measures(
    graph: nx.MultiDiGraph[str], names: Collection[str] = (), *, by: str = "type"
) -> dict[str, dict[str, Number]]:
    """The values of each measure by node.

    Args:
        graph: a network of ``kg.network`` or ``kg.projection``.
        names: names of ``MEASURES``; none means all.
        by: brokers and their sides are told apart by ``type`` or by ``state``.

    Raises:
        UsageError: an unknown measure or grouping.
    """
    for name in names:
        if name not in MEASURES:
            raise UsageError(f"unknown measure '{name}', {did_you_mean(name, MEASURES)}")
    view = View(graph, by)
    view.group_of(by)
    return {name: dict(MEASURES[name].of(view)) for name in names or MEASURES}
