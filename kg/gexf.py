"""The network as dynamic GEXF, as Gephi reads it.

Format: GEXF 1.2 (https://gexf.net), ``mode="dynamic" timeformat="date"``: ``start`` and ``end``
(both inclusive) where there is one span, ``spells`` where there are several, neither where nothing
bounds it. A node lasts as long as its edges.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from kg.colours import COLOURS, OTHER_COLOUR
from kg.flat import Span, as_written, flat, joined, possible_spans
from kg.validity import CERTAIN, Period

if TYPE_CHECKING:
    import networkx as nx

    Series = Sequence[tuple[Period, nx.MultiDiGraph[str]]]
    Edge = tuple[str, str, str]


def gexf(graph: nx.MultiDiGraph[str], made_by: str = "") -> bytes:
    """A network, each edge with the time in which one of its statements may hold.

    ``kind`` (of GEXF 1.3, which Gephi also reads in 1.2) keeps parallel relations apart.
    """
    written = as_written(graph)
    spans = {
        (u, v, k): possible_spans(d["statements"])
        for u, v, k, d in written.edges(keys=True, data=True)
    }
    return _bytes(written, spans, made_by)


def series_gexf(series: Series, made_by: str = "") -> bytes:
    """A series of windows as one network, each edge with the windows in which it is there.

    A window counts until the next one begins, so that at every day Gephi shows one window's
    network, the one that began last.
    """
    spans: dict[Edge, list[Span]] = defaultdict(list)
    whole = union([graph for _, graph in series])
    for number, (window, graph) in enumerate(series):
        following = series[number + 1][0][0] if number + 1 < len(series) else None
        last = following - dt.timedelta(1) if following else window[1]
        for edge in graph.edges(keys=True):
            spans[edge].append((window[0].isoformat(), last.isoformat()))
    written = as_written(whole)
    if not written.is_directed():
        spans = {(u, v, k): spans.get((u, v, k), []) + spans.get((v, u, k), [])
                 for u, v, k in written.edges(keys=True)}  # fmt: skip
    return _bytes(written, {edge: _adjoined(found) for edge, found in spans.items()}, made_by)


def union(graphs: Sequence[nx.MultiDiGraph[str]]) -> nx.MultiDiGraph[str]:
    """All nodes and edges of some networks; an edge has the statements of all, each once.

    What depends on the window (``weight``) is that of the last one; it ``holds`` certainly where
    it does so in one of them.
    """
    whole = type(graphs[0])()
    for graph in graphs:
        whole.graph |= {
            **graph.graph,
            "types": {**whole.graph.get("types", {}), **graph.graph["types"]},
        }
        whole.add_nodes_from(graph.nodes(data=True))
        for u, v, key, data in graph.edges(keys=True, data=True):
            known = dict(whole.edges[u, v, key]) if whole.has_edge(u, v, key) else {}
            found = {s["id"]: s for d in (known, data) for s in d.get("statements", ())}
            whole.add_edge(u, v, key, **{**known, **data, "statements": list(found.values())})
            if CERTAIN in (known.get("holds"), data.get("holds")):
                whole.edges[u, v, key]["holds"] = CERTAIN
    return whole


def _adjoined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those without a day between them as one."""
    found: list[Span] = []
    for start, end in joined(spans):
        before = found[-1][1] if found else None
        if before and start and _next_day(before) == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _next_day(day: str) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(1)).isoformat()


def _bytes(graph: nx.MultiGraph[str], spans: Mapping[Edge, list[Span]], made_by: str) -> bytes:
    import io

    from networkx.readwrite.gexf import GEXFWriter

    plain, out = flat(graph), io.BytesIO()
    lasting: dict[str, list[Span]] = defaultdict(list)
    for u, v, key in plain.edges(keys=True):
        found = spans[u, v, key]
        plain.edges[u, v, key].update(_timed(found))
        lasting[u] += found
        lasting[v] += found
    for node, data in plain.nodes(data=True):
        data.update(_timed(joined(lasting[node])) if lasting[node] else {})
        data["viz"] = {"color": _colour(COLOURS.get(data["type"], OTHER_COLOUR))}
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(plain)
    for element in writer.xml.iter("edge"):  # or Gephi takes parallel edges for one
        element.set("kind", element.get("id", "").split(":")[1])
    writer.write(out)
    # networkx writes the day of writing here, which would make every day's file another one.
    about = (
        f"<meta><creator>akteursnetz</creator><description>{escape(made_by)}</description></meta>"
    )
    return re.sub(
        rb"<meta .*?</meta>", lambda _: about.encode(), out.getvalue(), count=1, flags=re.S
    )


def _timed(spans: list[Span]) -> dict[str, Any]:
    if len(spans) > 1:
        return {"spells": spans}
    return {key: day for key, day in zip(("start", "end"), spans[0], strict=True) if day}


def _colour(code: str) -> dict[str, int]:
    return {name: int(code[i : i + 2], 16) for name, i in (("r", 1), ("g", 3), ("b", 5))}
