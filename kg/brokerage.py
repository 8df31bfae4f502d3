"""The brokerage roles of Gould and Fernandez.

A node brokers where arcs go from one node to it and from it to another, and no arc goes directly.
Which role that is depends on the groups of the three. R. V. Gould, R. M. Fernandez, Structures of
mediation: a formal approach to brokerage in transaction networks, Sociological Methodology, 1989.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx


def role_of(start: str, broker: str, end: str) -> str:
    """The role of a broker by the groups of the three.

    >>> role_of("A", "A", "B")
    'representative'
    """
    if start == end:
        return "coordinator" if broker == start else "itinerant"
    if broker == end:
        return "gatekeeper"
    return "representative" if broker == start else "liaison"


def brokers(arcs: nx.DiGraph[str], group: Mapping[str, str]) -> dict[str, Counter[str]]:
    """Every node with how often it has each role; a path with a node of no group counts nothing."""
    after: dict[str, Set[str]] = {n: arcs.adj[n].keys() for n in arcs}
    found: dict[str, Counter[str]] = {node: Counter() for node in arcs}
    for broker in arcs:
        if broker not in group:
            continue
        ends = {n for n in after[broker] if n in group}
        all_ends = Counter(group[n] for n in ends)
        for start in arcs.pred[broker]:
            if start not in group:
                continue
            reached = all_ends.copy()
            # Those that the start reaches itself, and the start, need no broker.
            reached.subtract(group[n] for n in (ends & after[start]) | (ends & {start}))
            for end_group, number in reached.items():
                found[broker][role_of(group[start], group[broker], end_group)] += number
    return found
