"""Every node has its place: apart from the others, the same each time, wider than high."""

from __future__ import annotations

import itertools
import math
import random

import networkx as nx
import pytest

from kg.layout import LINE_COUNT, MIN_DISTANCE, WORD_LENGTH, canvas_label, node_size, positions

LONG = "Sächsisches Staatsministerium für Wirtschaft, Arbeit und Verkehr"


def network(edges: list[tuple[str, str]], alone: int = 0) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for a, b in edges:
        graph.add_edge(a, b, key=f"funds-{graph.number_of_edges(a, b)}")
    graph.add_nodes_from(f"alone-{i}" for i in range(alone))
    for node in graph:
        graph.nodes[node]["label"] = LONG if len(node) % 2 else f"Stadt {node}"
    return graph


def star(rays: int, name: str = "hub") -> list[tuple[str, str]]:
    return [(name, f"{name}-{i}") for i in range(rays)]


def tangle(nodes: int, seed: int = 7) -> list[tuple[str, str]]:
    draw = random.Random(seed)  # noqa: S311
    tree = [(f"n{draw.randrange(i)}", f"n{i}") for i in range(1, nodes)]
    more = [(f"n{draw.randrange(nodes)}", f"n{draw.randrange(nodes)}") for _ in range(nodes // 2)]
    return tree + more


def boxes(graph: nx.MultiDiGraph[str]) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of each node with its label, in a narrow font of 14 pixels."""
    result: list[tuple[float, float, float, float]] = []
    for node, (x, y) in positions(graph).items():
        lines = canvas_label(graph.nodes[node]["label"]).split("\n")
        size = node_size(graph.degree(node))
        half = max(size, max(map(len, lines)) * 7 / 2)
        result.append((x - half, y - size, x + half, y + size + 4 + 14 * len(lines)))
    return result


SHAPES = {
    "pair": network([("a", "b")]),
    "both ways": network([("a", "b"), ("b", "a"), ("a", "b")]),
    "triangle": network([("a", "b"), ("b", "c"), ("c", "a")]),
    "loop": network([("a", "a"), ("a", "b")]),
    "star": network(star(40)),
    "chain": network([(f"n{i:02}", f"n{i + 1:02}") for i in range(25)]),
    "three components": network(star(12, "x") + star(5, "y") + [("p", "q")]),
    "with nodes alone": network(star(6), alone=9),
    "all alone": network([], alone=23),
    "large": network(tangle(300), alone=5),
}


@pytest.mark.parametrize("graph", SHAPES.values(), ids=SHAPES.keys())
def test_nodes_and_labels_do_not_overlap(graph: nx.MultiDiGraph[str]) -> None:
    places = positions(graph)
    assert set(places) == set(graph)
    for a, b in itertools.combinations(places.values(), 2):
        assert math.dist(a, b) >= MIN_DISTANCE
    for one, two in itertools.combinations(boxes(graph), 2):
        assert one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]


@pytest.mark.parametrize("graph", SHAPES.values(), ids=SHAPES.keys())
def test_the_order_of_nodes_and_edges_makes_no_difference(graph: nx.MultiDiGraph[str]) -> None:
    draw = random.Random(3)  # noqa: S311
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(keys=True))
    draw.shuffle(nodes)
    draw.shuffle(edges)
    other: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    other.add_nodes_from(nodes)
    for a, b, key in edges:
        other.add_edge(a, b, key=key)
    assert positions(other) == positions(graph)


def test_positions_are_whole_pixels_around_the_origin() -> None:
    places = positions(network(tangle(30)))
    assert all(type(v) is int for place in places.values() for v in place)
    for axis in zip(*places.values(), strict=True):
        assert abs(min(axis) + max(axis)) <= 1


def test_nothing_and_one_node() -> None:
    assert positions(nx.MultiDiGraph()) == {}
    assert positions(network([], alone=1)) == {"alone-0": (0, 0)}


def test_another_seed_gives_another_picture() -> None:
    graph = network(tangle(20))
    assert positions(graph, seed=2) == positions(graph, seed=2) != positions(graph)


@pytest.mark.parametrize("size", [5, 17, 45, 120, 300])
def test_the_picture_is_wider_than_high(size: int) -> None:
    xs, ys = zip(*positions(network(tangle(size))).values(), strict=True)
    assert 1 < (max(xs) - min(xs) + 150) / (max(ys) - min(ys) + 75) < 3


def test_components_stand_apart_and_lone_nodes_below() -> None:
    graph = network(star(9, "x") + star(4, "y"), alone=3)
    places = positions(graph)

    def area(prefix: str) -> tuple[int, int, int, int]:
        xs, ys = zip(*(p for n, p in places.items() if n.startswith(prefix)), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    x, y, alone = area("x"), area("y"), area("alone")
    assert x[2] < y[0] or y[2] < x[0] or x[3] < y[1] or y[3] < x[1]
    assert alone[1] > max(x[3], y[3])


def test_neighbours_are_nearer_than_strangers() -> None:
    graph = network([(f"n{i:02}", f"n{i + 1:02}") for i in range(12)])
    places = positions(graph)
    ends = math.dist(places["n00"], places["n12"])
    assert all(math.dist(places[a], places[b]) < ends / 2 for a, b in graph.edges())


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("ACOD", ["ACOD"]),
        ("", [""]),
        ("Automotive Cluster Ostdeutschland e.V.", ["Automotive Cluster", "Ostdeutschland e.V."]),
        ("Kooperationsvereinbarung ACOD", ["Kooperationsvereinbarung", "ACOD"]),
        ("links\u202e\u200bum\ndie\tEcke", ["linksum die Ecke"]),
        ("Bundes\u00administerium", ["Bundesministerium"]),
    ],
)
def test_labels_are_broken_into_lines(name: str, lines: list[str]) -> None:
    assert canvas_label(name).split("\n") == lines


@pytest.mark.parametrize("name", ["x" * 10_000, "wort " * 2_000, "-" * 500, LONG * 20])
def test_endless_labels_are_cut_with_an_ellipsis(name: str) -> None:
    lines = canvas_label(name).split("\n")
    assert len(lines) == LINE_COUNT
    assert max(map(len, lines)) <= WORD_LENGTH
    assert lines[-1].endswith("…")
