"""How two actors are connected: the shortest ways between them, each step with its statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.profile import Record, record_lines
from kg.tables import printable

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Step:
    """From one node to the next by one relation; ``forward`` where the source says it this way."""

    start: str
    end: str
    relation: str
    forward: bool
    statements: tuple[Record, ...]


Way = tuple[tuple[Step, ...], ...]
"""The steps of a way from node to node; several relations may join the same two nodes."""


def shortest_ways(graph: nx.MultiDiGraph[str], one: str, other: str, limit: int = 5) -> list[Way]:
    """The shortest ways between two nodes, whatever the direction of the edges, in a fixed order.

    Args:
        graph: what ``kg.network.network`` gave.
        one: the id of a node.
        other: the id of a node.
        limit: at most so many ways, all of the same length.

    Raises:
        KgError: one of the two is no node of this network, or nothing connects them.
    """
    import networkx as nx

    for name in (one, other):
        if name not in graph:
            raise KgError(
                f"'{name}' is no node of this network: name an actor, project or event, "
                "or ask without a filter"
            )
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_edges_from(sorted({(min(a, b), max(a, b)) for a, b in graph.edges()}))
    try:
        found = list(islice(nx.all_shortest_paths(plain, one, other), limit))
    except nx.NetworkXNoPath as error:
        raise KgError(f"nothing in this network connects '{one}' and '{other}'") from error
    return [tuple(tuple(_steps(graph, a, b)) for a, b in pairwise(nodes)) for nodes in found]


def _steps(graph: nx.MultiDiGraph[str], start: str, end: str) -> Iterator[Step]:
    for forward, (subject, object_) in ((True, (start, end)), (False, (end, start))):
        for relation in sorted(graph[subject].get(object_, ())):
            statements = graph.edges[subject, object_, relation]["statements"]
            yield Step(start, end, str(relation), forward, tuple(statements))


def as_records(ways: Iterable[Way]) -> list[list[list[Record]]]:
    """Ways as JSON has them: a list of ways, each a list of hops, each a list of relations."""
    return [
        [
            [
                {"from": s.start, "to": s.end, "relation": s.relation,
                 "direction": "forward" if s.forward else "backward",
                 "statements": list(s.statements)}
                for s in hop
            ]
            for hop in way
        ]
        for way in ways
    ]  # fmt: skip


def as_text(ways: Iterable[Way], graph: nx.MultiDiGraph[str]) -> str:
    """Ways as the terminal shows them."""
    return "\n\n".join("\n".join(map(printable, _way_lines(way, graph))) for way in ways)


def _way_lines(way: Way, graph: nx.MultiDiGraph[str]) -> Iterator[str]:
    yield graph.nodes[way[0][0].start]["label"] if way else "one and the same"
    for hop in way:
        for step in hop:
            arrow = f"─ {step.relation} →" if step.forward else f"← {step.relation} ─"
            yield f"  {arrow} {graph.nodes[step.end]['label']}"
            for statement in step.statements:
                side = "object_label" if step.forward else "subject_label"
                yield from (f"  {line}" for line in record_lines(statement, side))
