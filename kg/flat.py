"""The network with attributes that files can hold: texts, numbers, truth values, spans of time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.network import BOUNDS
from kg.validity import CERTAIN

if TYPE_CHECKING:
    import networkx as nx

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUALIFIERS = ("since", "until", "observed", "role", "certainty")


def as_written(graph: nx.MultiDiGraph[str]) -> nx.MultiGraph[str]:
    """The graph without directions where none of its relations has one, else as it is.

    What is stated in both directions then is one edge with the statements of both.
    """
    import networkx as nx

    symmetric = graph.graph.get("symmetric", ())
    edges = list(graph.edges(keys=True, data=True))
    if not edges or any(d["relation"] not in symmetric for *_, d in edges):
        return graph
    result: nx.MultiGraph[str] = nx.MultiGraph(**graph.graph)
    result.add_nodes_from(graph.nodes(data=True))
    for one, other, key, data in edges:
        if result.has_edge(one, other, key):
            known = result.edges[one, other, key]
            known["statements"] = [*known["statements"], *data["statements"]]
            known |= {"holds": CERTAIN} if data.get("holds") == CERTAIN else {}
        else:
            result.add_edge(one, other, key, **data)
    return result


def flat(graph: nx.MultiGraph[str]) -> nx.MultiGraph[str]:
    """A copy whose attributes are texts, numbers and truth values, as GraphML and GEXF want them.

    Lists become texts joined by ``; ``, ``statements`` become JSON, ``position`` becomes
    ``latitude`` and ``longitude``. What tools like Gephi want to see stands beside: ``weight``
    (where an edge has none of its own, its number of statements), ``symmetric``, ``sources``,
    what the first statement says of time, role, certainty and ``quote``, and in ``possible`` and
    ``certain`` the spans (ISO 8601, an unknown end is ``..``) in which one of its statements may
    hold, and does.
    """
    result = type(graph)()
    result.graph.update({k: json.dumps(v, ensure_ascii=False) for k, v in graph.graph.items()})
    for node, data in graph.nodes(data=True):
        result.add_node(node, **flat_node(data))
    symmetric = graph.graph.get("symmetric", ())
    for start, end, key, data in graph.edges(keys=True, data=True):
        result.add_edge(
            start, end, key, id=f"{start}:{key}:{end}", **flat_edge(data),
            symmetric=data["relation"] in symmetric,
            statements=_text(json.dumps(data["statements"], ensure_ascii=False)),
        )  # fmt: skip
    return result


def flat_node(data: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of a node, each as a text or a number."""
    found = {k: _text(v) for k, v in data.items() if k != "position"}
    if "position" in data:
        found["latitude"], found["longitude"] = (float(x) for x in data["position"])
    return found


def flat_edge(data: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of an edge but its statements, each as a text or a number."""
    statements = data["statements"]
    quotes = [e["quote"] for s in statements for e in s["evidence"] if "quote" in e]
    return {
        **{k: _text(v) for k, v in data.items() if k not in ("statements", "weight")},
        "weight": weight_of(data),
        "sources": "; ".join(sorted({s["source"] for s in statements})),
        "quote": _text(quotes[0] if quotes else ""),
        "possible": _written(possible_spans(statements)),
        "certain": _written(certain_spans(statements)),
        **{k: _text(str(statements[0][k])) for k in _QUALIFIERS if k in statements[0]},
    }


def _text(value: object) -> Any:
    """A value as XML can hold it."""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


def weight_of(data: Mapping[str, Any]) -> float:
    """The weight of an edge: its own, or the number of its statements."""
    return float(data["weight"] if "weight" in data else len(data["statements"]))


Span = tuple[str | None, str | None]
"""The first and last day of a time (ISO 8601), None where it is open."""


def possible_spans(statements: Iterable[Mapping[str, Any]]) -> list[Span]:
    """The times in which one of these statements may hold.

    >>> possible_spans([{"earliest_start": "2010-01-01", "latest_end": "2012-12-31"}])
    [('2010-01-01', '2012-12-31')]
    """
    return joined((s.get(BOUNDS[0]), s.get(BOUNDS[3])) for s in statements)


def certain_spans(statements: Iterable[Mapping[str, Any]]) -> list[Span]:
    """The times in which one of these statements certainly holds."""
    known = ((s.get(BOUNDS[1]), s.get(BOUNDS[2])) for s in statements)
    return joined((a, b) for a, b in known if a and b and a <= b)


def joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap or share a day as one.

    >>> joined([("2011-01-01", None), ("2010-01-01", "2012-12-31"), ("2001-01-01", "2001-12-31")])
    [('2001-01-01', '2001-12-31'), ('2010-01-01', None)]
    """
    found: list[Span] = []
    for start, end in sorted(set(spans), key=lambda s: (s[0] or "", s[1] or "")):
        last = found[-1][1] if found else ""
        if found and (last is None or (start or "") <= last):
            found[-1] = (found[-1][0], None if last is None or end is None else max(last, end))
        else:
            found.append((start, end))
    return found


def _written(spans: Iterable[Span]) -> str:
    return "; ".join(f"{start or '..'}/{end or '..'}" for start, end in spans)
