"""Small networks as ``kg.network`` makes them, from edges written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx
from hypothesis import strategies as st

Edge = tuple[str, str, str]


def network_of(
    edges: Iterable[Edge],
    *,
    types: Mapping[str, str] | None = None,
    states: Mapping[str, str] | None = None,
    alone: Iterable[str] = (),
) -> nx.MultiDiGraph[str]:
    """A network of (start, relation, end), each resting on one statement; only ``cooperatesWith``
    and ``shared`` have no direction."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    found = list(edges)
    for node in [*(n for start, _, end in found for n in (start, end)), *alone]:
        graph.add_node(node, label=node, type=(types or {}).get(node, "Organisation"),
                       iri=f"https://example.org/{node}", names=[node])  # fmt: skip
        if states and node in states:
            graph.nodes[node]["state"] = states[node]
    for start, relation, end in found:
        statement = {"id": f"{start}-{relation}-{end}", "source": "s", "evidence": [{"quote": "…"}]}
        graph.add_edge(start, end, relation, relation=relation, label=relation, label_en=relation,
                       statements=[statement])  # fmt: skip
    graph.graph["types"] = {d["type"]: {"de": d["type"]} for _, d in graph.nodes(data=True)}
    graph.graph["symmetric"] = ["cooperatesWith", "shared"]
    return graph


def ties(pairs: Iterable[tuple[Any, Any]], **more: Any) -> nx.MultiDiGraph[str]:
    """A network of ties without direction."""
    return network_of(((str(u), "shared", str(v)) for u, v in pairs), **more)


_NODES = [f"n{i}" for i in range(9)]
networks = st.builds(
    lambda edges, alone, types, states: network_of(
        edges, alone=alone, types=dict(zip(_NODES, types, strict=True)),
        states={n: s for n, s in zip(_NODES, states, strict=True) if s},
    ),
    st.lists(st.tuples(st.sampled_from(_NODES), st.sampled_from(["funds", "operates", "cooperatesWith"]),
                       st.sampled_from(_NODES)), min_size=1, max_size=25),
    st.lists(st.sampled_from(_NODES), max_size=3),
    st.lists(st.sampled_from(["Person", "Company", "University"]), min_size=9, max_size=9),
    st.lists(st.sampled_from(["Sachsen", "Berlin", ""]), min_size=9, max_size=9),
)  # fmt: skip
"""Any small network."""
