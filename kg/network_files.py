"""The network as files for Gephi, R, visone, Pajek and spreadsheets."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.flat import as_written, flat, flat_edge, flat_node, weight_of
from kg.gexf import gexf, series_gexf
from kg.tables import Table, write_table
from kg.validity import Period
from kg.windows import name_of

if TYPE_CHECKING:
    import networkx as nx

    Series = Sequence[tuple[Period, nx.MultiDiGraph[str]]]


def network_bytes(graph: nx.MultiDiGraph[str], format_: str, made_by: str = "") -> bytes:
    """A network as ``graphml``, ``gexf``, ``json`` (node-link), ``net`` (Pajek) or ``csv`` (edges).

    GraphML, GEXF and JSON are read back by networkx. ``made_by`` says how the file came about,
    where the format has a place for that.
    """
    writers: Mapping[str, Callable[[nx.MultiDiGraph[str], str], bytes]] = {
        "graphml": _graphml,
        "gexf": gexf,
        "net": pajek,
        "json": lambda g, by: _json(_node_link(g, by)),
        "csv": lambda g, _: csv_bytes(edge_table(g)),
    }
    return writers[format_](graph, made_by)


def series_bytes(series: Series, format_: str, made_by: str = "") -> bytes:
    """A series of windows as ``gexf`` (one dynamic graph), ``json`` (a list) or ``csv`` (edges)."""
    if format_ == "gexf":
        return series_gexf(series, made_by)
    if format_ == "csv":
        return csv_bytes(series_table(series, edge_table))
    return _json([{"window": name_of(w), **_node_link(g, made_by)} for w, g in series])


def csv_bytes(table: Table) -> bytes:
    """A table as CSV."""
    return write_table(table, "csv").encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _node_link(graph: nx.MultiDiGraph[str], made_by: str) -> dict[str, Any]:
    import networkx as nx

    data: dict[str, Any] = nx.node_link_data(as_written(graph), edges="edges")
    data["graph"] = {**data["graph"], **({"made_by": made_by} if made_by else {})}
    return data


def _graphml(graph: nx.MultiDiGraph[str], made_by: str) -> bytes:
    import io

    import networkx as nx

    out, plain = io.BytesIO(), flat(as_written(graph))
    plain.graph.update({"made_by": made_by} if made_by else {})
    nx.write_graphml_xml(plain, out, edge_id_from_attribute="id")
    return out.getvalue()


def node_table(graph: nx.MultiDiGraph[str]) -> Table:
    """The nodes as rows, as Gephi's spreadsheet import and igraph's data frames want them."""
    rows = [{"id": node, **flat_node(data)} for node, data in graph.nodes(data=True)]
    return _table(("id", "label", "type", "mode", "place", "state"), rows)


def edge_table(graph: nx.MultiDiGraph[str]) -> Table:
    """The edges as rows; ``type`` and ``kind`` are Gephi's words, ``statements`` are their ids."""
    symmetric = graph.graph.get("symmetric", ())
    rows = [
        {
            "source": start, "target": end, **flat_edge(data),
            "kind": data["relation"],
            "type": "Undirected" if data["relation"] in symmetric else "Directed",
            "statements": "; ".join(s["id"] for s in data["statements"]),
        }
        for start, end, data in as_written(graph).edges(data=True)
    ]  # fmt: skip
    return _table(
        ("source", "target", "type", "kind", "weight", "relation", "label", "label_en"), rows
    )


def series_table(series: Series, of: Callable[[nx.MultiDiGraph[str]], Table]) -> Table:
    """The tables of a series below each other, with the window as first column."""
    rows = [{"window": name_of(w), **row} for w, g in series for row in of(g)]
    return _table(("window", *of(series[0][1]).columns), rows)


def _table(first: Iterable[str], rows: Sequence[Mapping[str, Any]]) -> Table:
    """Rows as a table: the columns ``first`` that occur, then all others by name."""
    used = {column for row in rows for column in row}
    leading = [c for c in first if c in used or not rows]
    columns = (*leading, *sorted(used.difference(leading)))
    return Table(columns, tuple(tuple(row.get(c) for c in columns) for row in rows))


def pajek(graph: nx.MultiDiGraph[str], made_by: str = "") -> bytes:
    """A network as Pajek's ``.net``: a numbered relation for each of ours, with its name.

    UTF-8 with the mark that Pajek wants before it reads it as such. Labels stand in straight
    quotation marks, for which the format has no escape, so that those within become curly; a label
    that two nodes have gets their ids. Format: V. Batagelj, A. Mrvar, Pajek Reference Manual.
    """
    labels = Counter(str(d["label"]) for _, d in graph.nodes(data=True))
    lines = [f"*Network {_quoted(made_by or 'akteursnetz')}", f"*Vertices {len(graph)}"]
    numbers = {node: number for number, node in enumerate(graph, 1)}
    for node, number in numbers.items():
        label = str(graph.nodes[node]["label"])
        lines.append(f"{number} {_quoted(label if labels[label] == 1 else f'{label} ({node})')}")
    symmetric = graph.graph.get("symmetric", ())
    relations: dict[tuple[bool, str], list[str]] = defaultdict(list)
    for start, end, data in graph.edges(data=True):
        pair = f"{numbers[start]} {numbers[end]} {weight_of(data):g}"
        relations[data["relation"] in symmetric, data["relation"]].append(pair)
    for place, ((undirected, name), pairs) in enumerate(sorted(relations.items()), 1):
        kind = "Edges" if undirected else "Arcs"
        lines += [f"*{kind} :{place} {_quoted(name)}", *pairs]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def _quoted(text: str) -> str:
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return '"' + plain.replace('"', "\N{RIGHT DOUBLE QUOTATION MARK}").replace("\\", "/") + '"'
