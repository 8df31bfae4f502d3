"""Measures as tables: a row an actor, or a row a network; of windows all below each other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from kg.answers import Value
from kg.errors import UsageError, did_you_mean
from kg.measures import MEASURES, actor_measures
from kg.tables import Table, rounded
from kg.validity import Period
from kg.whole import WHOLE, whole_measures
from kg.windows import name_of

if TYPE_CHECKING:
    import networkx as nx

    Networks = Sequence[tuple[Period | None, nx.MultiDiGraph[str]]]

WHO = ("id", "label", "type", "state")
"""What tells which actor a row is about."""


def actor_table(
    networks: Networks,
    names: Collection[str] = (),
    *,
    by: str = "type",
    sort: str | None = None,
    limit: int | None = None,
) -> Table:
    """The measures of every node, a row each.

    Args:
        networks: networks, each with its window if it is of one; then ``window`` is a column.
        names: names of ``kg.measures.MEASURES``; none means all.
        by: see ``kg.measures.actor_measures``.
        sort: the column to sort by within each window: numbers falling, texts rising, nothing
            last; a ``-`` before turns that round; default the first measure.
        limit: at most so many rows, of each window.

    Raises:
        UsageError: an unknown measure, grouping or column.
    """
    chosen = tuple(dict.fromkeys(names or MEASURES))
    known = (*WHO, *MEASURES)
    by_column = (sort or chosen[0]).removeprefix("-")
    if sort and by_column not in known:
        raise UsageError(f"unknown column '{by_column}', {did_you_mean(by_column, known)}")
    if sort and by_column in MEASURES and by_column not in chosen:
        chosen = (*chosen, by_column)
    columns = (*WHO, *chosen)
    rows: list[tuple[Value | None, ...]] = []
    for window, graph in networks:
        found = actor_measures(graph, chosen, by=by)
        table = [
            (*_who(graph, node), *(rounded(values[node]) for values in found.values()))
            for node in sorted(graph)
        ]
        place, turned = columns.index(by_column), (sort or "").startswith("-")
        table.sort(key=lambda row: _order(row[place], turned=turned))
        rows += [(name_of(window), *row) if window else row for row in table[:limit]]
    return Table(_with_window(columns, networks), tuple(rows))


def _who(graph: nx.MultiDiGraph[str], node: str) -> tuple[str | None, ...]:
    return node, *(graph.nodes[node].get(key) for key in WHO[1:])


def network_table(networks: Networks) -> Table:
    """The measures of ``kg.whole.WHOLE``, a row a network; with windows as for ``actor_table``."""
    rows = []
    for window, graph in networks:
        values = tuple(rounded(v) for v in whole_measures(graph).values())
        rows.append((name_of(window), *values) if window else values)
    return Table(_with_window(tuple(WHOLE), networks), tuple(rows))


def _with_window(columns: tuple[str, ...], networks: Networks) -> tuple[str, ...]:
    return ("window", *columns) if networks and networks[0][0] else columns


def _order(value: object, *, turned: bool) -> tuple[int, float, tuple[int, ...]]:
    if value is None:
        return (2, 0.0, ())
    if isinstance(value, int | float):
        return (0, float(value) if turned else -float(value), ())
    return (1, 0.0, tuple(-ord(c) if turned else ord(c) for c in str(value)))
