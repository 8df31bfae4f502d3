"""Files of networks: read back with nothing lost, timed as the statements are, safe with any name."""

from __future__ import annotations

import csv
import io
import json
import shlex
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from kg.colours import COLOURS
from kg.flat import as_written, flat
from kg.graph import Graph
from kg.model import Corpus
from kg.network import network
from kg.network_files import (
    edge_table,
    network_bytes,
    node_table,
    pajek,
    series_bytes,
    series_table,
)
from kg.ontology import Ontology
from kg.projection import project
from tests.networks import network_of, ties

GEXF = {"g": "http://www.gexf.net/1.2draft", "viz": "http://www.gexf.net/1.2draft/viz"}
HOSTILE = 'a "b" & <i>c</i>\x07\u202e $x_1$ \\ ü'
TIMED = {"id", "viz", "start", "end", "spells"}


@pytest.fixture(scope="module")
def graph(documents_corpus: Corpus, ontology: Ontology) -> nx.MultiDiGraph[str]:
    return network(documents_corpus, ontology)


def _same(first: nx.Graph[Any], second: nx.Graph[Any]) -> None:
    def edges(graph: nx.Graph[Any]) -> list[str]:
        return sorted(
            json.dumps([u, v, _kept(d)], sort_keys=True) for u, v, d in graph.edges(data=True)
        )

    assert {n: _kept(first.nodes[n]) for n in first} == {n: _kept(second.nodes[n]) for n in second}
    assert edges(first) == edges(second)


def _kept(data: dict[str, Any]) -> dict[str, Any]:
    return {k: x for k, x in data.items() if k not in TIMED}


def test_node_link_json_reads_back_the_same(graph: nx.MultiDiGraph[str]) -> None:
    again = nx.node_link_graph(json.loads(network_bytes(graph, "json")), edges="edges")
    assert nx.utils.graphs_equal(again, graph)
    assert again.graph == graph.graph


def test_graphml_reads_back_with_nothing_lost(graph: nx.MultiDiGraph[str]) -> None:
    again = nx.read_graphml(io.BytesIO(network_bytes(graph, "graphml")), force_multigraph=True)
    assert isinstance(again, nx.MultiDiGraph)
    _same(again, flat(graph))
    assert sorted(k for *_, k in again.edges(keys=True)) == sorted(
        f"{u}:{k}:{v}" for u, v, k in graph.edges(keys=True)
    ), "each edge has an id of its own"
    leipzig = again.nodes["bmw-werk-leipzig"]
    assert (leipzig["place"], leipzig["place_id"]) == ("Leipzig", "leipzig")


def test_gexf_reads_back_with_nothing_lost(graph: nx.MultiDiGraph[str]) -> None:
    _same(nx.read_gexf(io.BytesIO(network_bytes(graph, "gexf"))), flat(graph))


def test_flat_statements_are_the_statements(graph: nx.MultiDiGraph[str]) -> None:
    for u, v, k, data in flat(graph).edges(keys=True, data=True):
        assert json.loads(data["statements"]) == graph.edges[u, v, k]["statements"]
        assert all(isinstance(x, str | float | bool) for x in data.values())


@pytest.mark.parametrize("format_", ["json", "graphml", "gexf", "net", "csv"])
def test_files_do_not_change_from_run_to_run(
    documents_corpus: Corpus, ontology: Ontology, format_: str
) -> None:
    pair = {
        network_bytes(network(documents_corpus, ontology, ego="acod", depth=2), format_)
        for _ in range(2)
    }
    assert len(pair) == 1


def _timed() -> nx.MultiDiGraph[str]:
    graph = network_of(
        [("a", "funds", "b"), ("b", "operates", "c"), ("a", "operates", "b"), ("c", "funds", "d")]
    )
    graph.edges["a", "b", "funds"]["statements"] = [
        {
            "id": "1",
            "source": "s",
            "evidence": [],
            "earliest_start": "2010-01-01",
            "latest_start": "2010-12-31",
            "earliest_end": "2012-01-01",
            "latest_end": "2012-12-31",
        },
        {
            "id": "2",
            "source": "t",
            "evidence": [],
            "earliest_start": "2015-01-01",
            "latest_end": "2015-12-31",
        },
    ]
    graph.edges["b", "c", "operates"]["statements"] = [
        {
            "id": "3",
            "source": "s",
            "evidence": [],
            "earliest_start": "2012-01-01",
            "latest_start": "2012-05-01",
            "earliest_end": "2013-01-01",
        }
    ]
    graph.edges["a", "b", "operates"]["statements"] = [
        {"id": "4", "source": "s", "evidence": [], "latest_end": "2009-12-31"}
    ]
    return graph  # fmt: skip


def test_gexf_says_when_each_edge_may_hold() -> None:
    root = ET.fromstring(network_bytes(_timed(), "gexf", "made & by"))
    (graph,) = root.findall("g:graph", GEXF)
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    edges = {e.get("id"): e for e in graph.iterfind(".//g:edge", GEXF)}
    spells = [s.attrib for s in edges["a:funds:b"].iterfind(".//g:spell", GEXF)]
    assert spells == [
        {"start": "2010-01-01", "end": "2012-12-31"},
        {"start": "2015-01-01", "end": "2015-12-31"},
    ]
    assert (edges["b:operates:c"].get("start"), edges["b:operates:c"].get("end")) == (
        "2012-01-01",
        None,
    )
    assert (edges["a:operates:b"].get("start"), edges["a:operates:b"].get("end")) == (
        None,
        "2009-12-31",
    )
    assert not {"start", "end"} & set(edges["c:funds:d"].keys()), "nothing bounds it"
    assert [edges[i].get("kind") for i in ("a:funds:b", "a:operates:b")] == ["funds", "operates"]
    assert root.findtext("g:meta/g:description", None, GEXF) == "made & by"


def test_gexf_nodes_last_as_long_as_their_edges_and_have_the_colours_of_the_page() -> None:
    root = ET.fromstring(network_bytes(_timed(), "gexf"))
    nodes = {n.get("id"): n for n in root.iterfind(".//g:node", GEXF)}
    assert [s.attrib for s in nodes["a"].iterfind(".//g:spell", GEXF)] == [
        {"end": "2009-12-31"}, {"start": "2010-01-01", "end": "2012-12-31"},
        {"start": "2015-01-01", "end": "2015-12-31"}]  # fmt: skip
    assert not {"start", "end"} & set(nodes["c"].keys())
    colour = nodes["a"].find("viz:color", GEXF)
    assert colour is not None
    assert "#" + "".join(f"{int(colour.get(c, '')):02X}" for c in "rgb") == COLOURS["Organisation"]


def test_flat_says_what_is_possible_and_what_is_certain() -> None:
    edge = flat(_timed()).edges["a", "b", "funds"]
    assert edge["possible"] == "2010-01-01/2012-12-31; 2015-01-01/2015-12-31"
    assert edge["certain"] == "2010-12-31/2012-01-01"
    assert (edge["weight"], edge["sources"], edge["symmetric"]) == (2.0, "s; t", False)
    assert flat(_timed()).edges["a", "b", "operates"]["possible"] == "../2009-12-31"


def test_a_series_of_windows_is_one_dynamic_graph(documents_graph: Graph) -> None:
    part = documents_graph.restricted(since="2017", until="2020")
    series = part.networks("2y", "1y", certain=True)
    root = ET.fromstring(series_bytes(series, "gexf"))
    edges = {e.get("id"): e for e in root.iterfind(".//g:edge", GEXF)}
    chaired = edges["acod:chairedBy:hans-peter-kemser"]
    # Certain on a day of 2018: in the windows 2017/18 and 2018/19, that is till the third begins.
    assert (chaired.get("start"), chaired.get("end")) == ("2017-01-01", "2018-12-31")
    found = json.loads(series_bytes(series, "json"))
    assert [g["window"] for g in found] == [
        "2017-01-01/2018-12-31",
        "2018-01-01/2019-12-31",
        "2019-01-01/2020-12-31",
    ]
    rows = list(csv.DictReader(io.StringIO(series_bytes(series, "csv").decode())))
    assert len(rows) == sum(g.number_of_edges() for _, g in series)
    assert {r["window"] for r in rows} == {g["window"] for g in found}
    assert series_table(series, node_table).columns[:3] == ("window", "id", "label")


def test_what_has_no_direction_is_written_without() -> None:
    graph = network_of([("a", "cooperatesWith", "b"), ("b", "cooperatesWith", "a")])
    assert not as_written(graph).is_directed()
    (edge,) = as_written(graph).edges(data=True)
    assert len(edge[2]["statements"]) == 2, "stated from both sides"
    assert b'edgedefault="undirected"' in network_bytes(graph, "graphml")
    assert b'defaultedgetype="undirected"' in network_bytes(graph, "gexf")
    assert json.loads(network_bytes(graph, "json"))["directed"] is False
    assert graph.edges["a", "b", "cooperatesWith"]["statements"][0]["id"] == "a-cooperatesWith-b"
    assert len(graph.edges["a", "b", "cooperatesWith"]["statements"]) == 1, (
        "the network stays as it was"
    )


def test_projections_go_to_every_format(documents_corpus: Corpus, ontology: Ontology) -> None:
    found = project(documents_corpus, ontology, rule="shared-projects", normalise="newman")
    for format_, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        again = read(io.BytesIO(network_bytes(found, format_)))
        weights = sorted(d["weight"] for *_, d in again.edges(data=True))
        assert weights == sorted(d["weight"] for *_, d in found.edges(data=True))
    again = nx.node_link_graph(json.loads(network_bytes(found, "json")), edges="edges")
    assert not again.is_directed()
    assert again.number_of_edges() == found.number_of_edges()


def test_tables_say_what_gephi_and_igraph_want(graph: nx.MultiDiGraph[str]) -> None:
    nodes, edges = node_table(graph), edge_table(graph)
    assert nodes.columns[:3] == ("id", "label", "type")
    assert edges.columns[:4] == ("source", "target", "type", "kind")
    assert {row["id"] for row in nodes} == set(graph)
    assert len(edges) == graph.number_of_edges()
    row = next(r for r in edges if r["source"] == "acod" and r["target"] == "hans-peter-kemser")
    (statement,) = graph.edges["acod", "hans-peter-kemser", "chairedBy"]["statements"]
    assert (row["type"], row["kind"], row["weight"], row["statements"]) == (
        "Directed", "chairedBy", 1.0, statement["id"])  # fmt: skip
    assert node_table(network_of([])).columns[:2] == ("id", "label")


def _named(label: str, other: str = "b") -> nx.MultiDiGraph[str]:
    graph = network_of([("a", "funds", "b"), ("a", "cooperatesWith", "b")])
    for node, name in (("a", label), ("b", other)):
        graph.nodes[node]["label"] = name
    return graph


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_hostile_names_stay_names(format_: str) -> None:
    content = network_bytes(_named(HOSTILE), format_)
    read = nx.read_graphml if format_ == "graphml" else nx.read_gexf
    assert read(io.BytesIO(content)).nodes["a"]["label"] == HOSTILE.replace(
        "\x07", "\N{REPLACEMENT CHARACTER}"
    )


def test_pajek_by_hand() -> None:
    content = pajek(_named('Der „erste" & 2. \\ Ü'), "made by").decode()
    assert content == (
        '\ufeff*Network "made by"\r\n*Vertices 2\r\n1 "Der „erste” & 2. / Ü"\r\n2 "b"\r\n'
        '*Arcs :1 "funds"\r\n1 2 1\r\n*Edges :2 "cooperatesWith"\r\n1 2 1\r\n'
    )
    same = pajek(_named("b")).decode()
    assert '1 "b (a)"\r\n2 "b (b)"' in same, "Pajek tells nodes apart by their labels"


def test_pajek_is_read_by_networkx(graph: nx.MultiDiGraph[str]) -> None:
    lines = network_bytes(graph, "net").decode().split("\r\n")
    starts = [i for i, line in enumerate(lines) if line.startswith(("*Arcs", "*Edges"))]
    again = nx.parse_pajek(lines[: starts[1]])  # it reads one relation only
    labels = [d["label"] for _, d in graph.nodes(data=True)]
    assert list(again) == labels
    chaired = [(u, v) for u, v, k in graph.edges(keys=True) if k == "chairedBy"]
    names = [(graph.nodes[u]["label"], graph.nodes[v]["label"]) for u, v in chaired]
    assert sorted(again.edges()) == sorted(names)
    kinds = {shlex.split(lines[i])[2] for i in starts}
    assert kinds == {k for *_, k in graph.edges(keys=True)}
    assert len(lines) == 3 + len(graph) + len(starts) + graph.number_of_edges()
    weights = nx.parse_pajek(network_bytes(ties([("a", "b")]), "net").decode().split("\r\n"))
    assert [d["weight"] for *_, d in weights.edges(data=True)] == [1.0]
