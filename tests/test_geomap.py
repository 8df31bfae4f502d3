"""The map: who stands where, nobody over another, and borders that are those of Germany."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import networkx as nx
import pytest

from kg.geomap import on_the_map, outline, stands
from kg.layout import node_size
from kg.ontology import Ontology
from tests.commands import run_kg

LEIPZIG, DRESDEN, ROSTOCK = [51.34, 12.37], [51.05, 13.74], [54.09, 12.14]


def network(*edges: tuple[str, str], **nodes: object) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, given in nodes.items():
        type_, position = given if isinstance(given, tuple) else (given, None)
        graph.add_node(node, type=type_, label=node, **({"position": position} if position else {}))
    graph.add_edges_from(edges)
    return graph


def test_only_what_has_no_seat_by_nature_stands_beside_a_neighbour(ontology: Ontology) -> None:
    graph = network(
        ("anna", "verein"), ("anna", "amt"), ("anna", "amt"), ("firma", "amt"), ("bert", "firma"),
        verein=("Association", LEIPZIG), amt=("PublicBody", DRESDEN), anna="Person", bert="Person",
        firma="Company",
    )  # fmt: skip
    found = stands(graph, ontology)
    assert {node: stand.of for node, stand in found.items()} == {
        "verein": "verein", "amt": "amt", "anna": "amt",
    }  # fmt: skip
    assert found["anna"].position == tuple(DRESDEN)


def test_places_lie_as_on_the_ground(ontology: Ontology) -> None:
    graph = network(
        l=("Company", LEIPZIG), d=("Company", DRESDEN), r=("Company", ROSTOCK)
    )  # fmt: skip
    places = on_the_map(graph, ontology).places
    assert places["l"][0] < places["d"][0]
    assert places["r"][1] < places["l"][1] < places["d"][1]
    ratio = math.dist(places["l"], places["r"]) / math.dist(places["l"], places["d"])
    assert ratio == pytest.approx(306 / 100, rel=0.05)  # kilometres, by air


def test_nobody_stands_over_another_and_all_stay_near(ontology: Ontology) -> None:
    nodes = {f"n{i:03}": ("Company", LEIPZIG if i % 3 else DRESDEN) for i in range(200)}
    graph = network(*itertools.pairwise(nodes), **nodes)
    drawn = on_the_map(graph, ontology)
    for one, other in itertools.combinations(sorted(nodes), 2):
        room = node_size(graph.degree(one)) + node_size(graph.degree(other))
        assert math.dist(drawn.places[one], drawn.places[other]) > room
    again = network(*reversed(list(itertools.pairwise(nodes))), **dict(reversed(nodes.items())))
    assert on_the_map(again, ontology) == drawn
    assert on_the_map(nx.MultiDiGraph(), ontology).places == {}


def test_the_borders_are_those_of_germany() -> None:
    xs, ys = zip(*(spot for line in outline() for spot in line), strict=True)
    assert (min(xs), max(xs)) == (pytest.approx(5.87, abs=0.03), pytest.approx(15.03, abs=0.03))
    assert (min(ys), max(ys)) == (pytest.approx(47.28, abs=0.03), pytest.approx(55.06, abs=0.03))


def test_the_command_says_who_is_not_on_the_map(tmp_path: Path, documents: Path) -> None:
    ran = run_kg("network", "--layout", "map", "-o", "m.html", cwd=tmp_path, KG_DATA=str(documents))
    assert ran.code == 0
    assert "not on the map, since nothing says where they are" in ran.err
    page = (tmp_path / "m.html").read_text(encoding="utf-8")
    assert '"background":[[' in page
    ran = run_kg("network", "--layout", "map", "-o", "m.gexf", cwd=tmp_path, KG_DATA=str(documents))
    assert (ran.code, "--layout map is for pictures" in ran.err) == (2, True)
