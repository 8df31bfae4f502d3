"""The network as columns of numbers: the same as the network of objects."""

from __future__ import annotations

import pytest

import kg
from kg.edges import QUICK, quick_table, read_edges
from kg.errors import UsageError
from kg.graph import Graph
from kg.ontology import Ontology
from kg.tables import Table
from kg.views import View
from tests.commands import run_kg


@pytest.fixture(scope="module")
def graph() -> Graph:
    return kg.load()


def _by_id(table: Table) -> dict[object, dict[str, object]]:
    return {row["id"]: dict(row) for row in table}


@pytest.mark.parametrize(
    "how", [{}, {"relations": ["funds", "partOf"]}, {"classes": ["Organisation", "Person"]}]
)
def test_every_quick_measure_has_the_numbers_of_the_slow_one(
    graph: Graph, how: dict[str, list[str]]
) -> None:
    edges = graph.edges(**how)
    quick = _by_id(quick_table(graph.store, edges, tuple(QUICK)))
    slow = _by_id(graph.measures(*QUICK, **how))  # type: ignore[arg-type]  # these are options of it
    assert quick.keys() == slow.keys()
    for node, row in quick.items():
        for name in QUICK:
            assert row[name] == pytest.approx(slow[node][name], rel=1e-9, abs=1e-12), (node, name)
        assert (row["label"], row["type"]) == (slow[node]["label"], slow[node]["type"])


def test_ties_and_arcs_are_those_of_the_network(graph: Graph) -> None:
    edges, view = graph.edges(), View(graph.network())
    assert list(edges.nodes) == list(view.ties)
    low, high, weights = (column.tolist() for column in edges.ties)
    found = {
        (edges.nodes[a], edges.nodes[b]): w for a, b, w in zip(low, high, weights, strict=True)
    }
    assert found == {tuple(sorted((u, v))): d["weight"] for u, v, d in view.ties.edges(data=True)}
    starts, ends = (column.tolist() for column in edges.arcs)
    arcs = {(edges.nodes[a], edges.nodes[b]) for a, b in zip(starts, ends, strict=True)}
    assert arcs == set(view.arcs.edges())


def test_few_and_many_are_described_alike(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    edges = graph.edges()
    few = quick_table(graph.store, edges, ["degree"], limit=5)
    many = quick_table(graph.store, edges, ["degree"])
    assert len(few) == 5
    assert many.rows[:5] == few.rows
    monkeypatch.setattr("kg.edges._FEW", 0)
    assert quick_table(graph.store, edges, ["degree"]).rows == many.rows


def test_what_needs_more_than_numbers_is_refused(graph: Graph, ontology: Ontology) -> None:
    with pytest.raises(UsageError, match="'community' is no --quick measure"):
        quick_table(graph.store, graph.edges(), ["community"])
    with pytest.raises(UsageError, match="unknown relation 'fund', did you mean 'funds'"):
        read_edges(graph.store, ontology, relations=["fund"])
    for option in (
        ["--place", "Leipzig"],
        ["--rule", "boards"],
        ["--ego", "ACOD"],
        ["--window", "2y"],
    ):
        ran = run_kg("measures", "--quick", *option)
        assert (ran.code, ran.out) == (2, "")
        assert f"--quick does not go with {option[0]}" in ran.err


def test_a_graph_without_ties_has_no_rows(graph: Graph) -> None:
    edges = graph.edges(classes=["Country"])
    assert (len(edges), len(edges.nodes)) == (0, 0)
    assert quick_table(graph.store, edges).rows == ()


def test_the_command_sorts_and_cuts() -> None:
    ran = run_kg(
        "measures",
        "--quick",
        "--measure",
        "degree",
        "--sort",
        "pagerank",
        "--limit",
        "2",
        "--format",
        "csv",
    )
    head, *rows = ran.out.splitlines()
    assert head == "id,label,type,degree,pagerank"
    ranks = [float(row.rsplit(",", 1)[1]) for row in rows]
    assert len(ranks) == 2
    assert ranks == sorted(ranks, reverse=True)
    assert ran.err == "2 rows\n"
