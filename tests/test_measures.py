"""Measures: published values, values computed by hand, and networkx as a second opinion."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import networkx as nx
import pytest
from hypothesis import given

from kg import fast
from kg.brokerage import brokers, role_of
from kg.errors import UsageError
from kg.holes import constraint, effective_size
from kg.measure_tables import actor_table, network_table
from kg.measures import MEASURES, actor_measures
from kg.views import View
from kg.whole import WHOLE, whole_measures
from tests.networks import network_of, networks, ties

NAMES = ("Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane")
KITE = ties((NAMES[u], NAMES[v]) for u, v in nx.krackhardt_kite_graph().edges())
STAR = ties(("hub", f"leaf{i}") for i in range(7))
KARATE = ties(nx.karate_club_graph().edges())


def _close(found: Mapping[str, Any], wanted: Mapping[str, Any], **how: float) -> None:
    assert set(found) == set(wanted)
    for node, value in wanted.items():
        assert math.isclose(found[node], value, **{"abs_tol": 1e-9, **how}), (
            node,
            found[node],
            value,
        )


def test_the_kite_of_krackhardt() -> None:
    # D. Krackhardt, Assessing the political landscape, 1990: the three centralities disagree.
    found = actor_measures(KITE, ["degree", "betweenness", "closeness"])
    assert max(found["degree"], key=lambda n: found["degree"][n] or 0) == "Diane"
    assert found["degree"]["Diane"] == 6
    betweenness = {n: round(v or 0, 3) for n, v in found["betweenness"].items()}
    assert betweenness == {
        "Andre": 0.023, "Beverly": 0.023, "Carol": 0, "Diane": 0.102, "Ed": 0, "Fernando": 0.231,
        "Garth": 0.231, "Heather": 0.389, "Ike": 0.222, "Jane": 0,
    }  # fmt: skip
    closeness = {n: round(v or 0, 3) for n, v in found["closeness"].items()}
    assert closeness == {
        "Andre": 0.529, "Beverly": 0.529, "Carol": 0.5, "Diane": 0.6, "Ed": 0.5, "Fernando": 0.643,
        "Garth": 0.643, "Heather": 0.6, "Ike": 0.429, "Jane": 0.31,
    }  # fmt: skip


def test_the_karate_club_of_zachary() -> None:
    # W. W. Zachary, 1977; the values are those of Newman's book Networks, 2010, and of networkx.
    found = whole_measures(KARATE)
    assert (found["nodes"], found["ties"], found["components"]) == (34, 78, 1)
    assert round(found["density"] or 0, 3) == 0.139
    assert round(found["path_length"] or 0, 3) == 2.408
    assert round(found["clustering"] or 0, 3) == 0.571
    assert round(found["transitivity"] or 0, 3) == 0.256
    # 0.4198 is the best that there is: U. Brandes et al., On modularity clustering, 2008.
    assert 0.415 < (found["modularity"] or 0) < 0.41980
    assert found["communities"] == 4
    actors = actor_measures(KARATE, ["betweenness", "core"])
    assert round(actors["betweenness"]["0"] or 0, 4) == 0.4376
    assert max(v or 0 for v in actors["core"].values()) == 4


def test_a_star_is_as_central_as_can_be() -> None:
    # Freeman 1979: both centralisations are 1 in a star, and 0 where all are alike.
    found = whole_measures(STAR)
    assert (found["degree_centralisation"], found["betweenness_centralisation"]) == (1.0, 1.0)
    ring = whole_measures(ties((i, (i + 1) % 6) for i in range(6)))
    assert (ring["degree_centralisation"], ring["betweenness_centralisation"]) == (0.0, 0.0)
    assert (ring["clustering"], ring["transitivity"], ring["reciprocity"]) == (0.0, 0.0, 1.0)


def test_constraint_of_a_star_and_of_a_triangle() -> None:
    # By hand: in the hub of n contacts n · (1/n)²; in a triangle 2 · (1/2 + 1/2 · 1/2)².
    star = constraint(View(STAR).ties)
    assert math.isclose(star["hub"] or 0, 1 / 7)
    assert star["leaf0"] == 1
    assert constraint(View(ties([("a", "b"), ("b", "c"), ("c", "a")])).ties)["a"] == 1.125
    assert constraint(View(ties([("a", "b")], alone=["c"])).ties)["c"] is None


def test_effective_size_as_borgatti_reckons_it() -> None:
    # Borgatti 1997: six contacts with four ties among them, 6 - 2 · 4 / 6.
    pairs = [("ego", c) for c in "abcdef"] + [("a", "b"), ("b", "c"), ("d", "e"), ("a", "f")]
    assert round(effective_size(View(ties(pairs)).ties)["ego"] or 0, 2) == 4.67


@pytest.mark.parametrize(
    ("groups", "role"),
    [("AAA", "coordinator"), ("ABA", "itinerant"), ("ABB", "gatekeeper"), ("AAB", "representative"),
     ("ABC", "liaison")],
)  # fmt: skip
def test_a_chain_of_three_has_one_broker(groups: str, role: str) -> None:
    # Gould & Fernandez 1989, figure 1.
    chain = network_of([("a", "funds", "b"), ("b", "funds", "c")],
                       types=dict(zip("abc", groups, strict=True)))  # fmt: skip
    found = actor_measures(
        chain, ["coordinator", "itinerant", "gatekeeper", "representative", "liaison"]
    )
    assert {(n, r) for r, values in found.items() for n, v in values.items() if v} == {("b", role)}
    direct = network_of([("a", "funds", "b"), ("b", "funds", "c"), ("a", "operates", "c")])
    assert not any(actor_measures(direct, ["coordinator"])["coordinator"].values()), "no need for b"


def test_brokers_by_state_need_to_have_one() -> None:
    chain = network_of([("a", "funds", "b"), ("b", "funds", "c"), ("d", "funds", "b")],
                       states={"a": "Sachsen", "b": "Sachsen", "c": "Berlin"})  # fmt: skip
    found = actor_measures(chain, ["representative", "liaison"], by="state")
    assert found["representative"] == {"a": 0, "b": 1, "c": 0, "d": None}
    assert found["liaison"]["b"] == 0, "that of d is not known"
    with pytest.raises(UsageError, match="unknown grouping 'stat', did you mean 'state'"):
        actor_measures(chain, ["liaison"], by="stat")


def test_directions_count_only_where_there_are_any() -> None:
    graph = network_of([("a", "funds", "b"), ("a", "operates", "b"), ("b", "cooperatesWith", "c"),
                        ("c", "funds", "c")])  # fmt: skip
    found = actor_measures(graph, ["degree", "in_degree", "out_degree", "weighted_degree"])
    assert found["degree"] == {"a": 1, "b": 2, "c": 1}
    assert found["in_degree"] == {"a": 0, "b": 2, "c": 1}
    assert found["out_degree"] == {"a": 1, "b": 1, "c": 1}
    assert found["weighted_degree"] == {"a": 2.0, "b": 3.0, "c": 1.0}
    assert round(whole_measures(graph)["reciprocity"] or 0, 3) == 0.667


def test_ties_within_and_between_groups() -> None:
    # By hand: 3 ties between, 1 within, so E-I = (3 - 1) / 4; the tie to d, of no state, is left out.
    graph = ties([("a", "b"), ("a", "c"), ("b", "e"), ("c", "e"), ("a", "d")],
                 states={"a": "Sachsen", "b": "Sachsen", "c": "Berlin", "e": "Thüringen"})  # fmt: skip
    assert whole_measures(graph)["state_ei"] == 0.5
    alike = ties([("a", "b"), ("c", "d")], types={"a": "P", "b": "P", "c": "Q", "d": "Q"})
    assert (whole_measures(alike)["type_ei"], whole_measures(alike)["type_assortativity"]) == (
        -1,
        1,
    )
    assert whole_measures(alike)["state_ei"] is None


@given(networks)
def test_networkx_says_the_same_of_actors(graph: nx.MultiDiGraph[str]) -> None:
    view, found = View(graph), actor_measures(graph)
    simple, arcs = nx.Graph(view.ties), nx.DiGraph(view.arcs)
    _close(found["degree"], dict(simple.degree()))
    _close(found["betweenness"], nx.betweenness_centrality(simple))
    _close(found["closeness"], nx.closeness_centrality(simple))
    _close(found["core"], nx.core_number(simple))
    _close(found["pagerank"], nx.pagerank(arcs, tol=1e-14, max_iter=1000), abs_tol=1e-8)
    linked = [n for n in simple if simple.degree(n)]
    for name, oracle in (("constraint", nx.constraint), ("effective_size", nx.effective_size)):
        wanted = oracle(simple)
        _close({n: found[name][n] for n in linked}, {n: wanted[n] for n in linked})
    if (
        simple.number_of_edges()
        and found["eigenvector"]["n0" if "n0" in simple else linked[0]] is not None
    ):
        values = {n: v or 0.0 for n, v in found["eigenvector"].items()}
        strongest = max(nx.adjacency_spectrum(simple, weight=None).real)
        for node in simple:  # A x = λ x
            assert math.isclose(
                sum(values[m] for m in simple[node]), strongest * values[node], abs_tol=1e-5
            )
        assert math.isclose(sum(v * v for v in values.values()), 1, abs_tol=1e-9)


@given(networks)
def test_networkx_says_the_same_of_networks(graph: nx.MultiDiGraph[str]) -> None:
    simple, found = View(graph).ties, whole_measures(graph)
    plain: nx.Graph[str] = nx.Graph(simple)
    nx.set_node_attributes(plain, {n: d["type"] for n, d in graph.nodes(data=True)}, "type")
    if len(plain) > 1:
        assert math.isclose(found["density"] or 0, nx.density(plain), abs_tol=1e-9)
    assert found["components"] == nx.number_connected_components(plain)
    assert math.isclose(found["clustering"] or 0, nx.average_clustering(plain), abs_tol=1e-9)
    assert math.isclose(found["transitivity"] or 0, nx.transitivity(plain), abs_tol=1e-9)
    if View(graph).arcs.number_of_edges():
        assert math.isclose(found["reciprocity"] or 0, nx.overall_reciprocity(View(graph).arcs))
    if (mixing := found["type_assortativity"]) is not None:
        assert math.isclose(
            mixing, nx.attribute_assortativity_coefficient(plain, "type"), abs_tol=1e-9
        )


@given(networks)
def test_the_fast_library_gives_the_same_numbers(graph: nx.MultiDiGraph[str]) -> None:
    pytest.importorskip("rustworkx")
    simple = View(graph).ties
    largest = simple.subgraph(max(nx.connected_components(simple), key=len)).copy()
    functions: tuple[Callable[[Any], Mapping[str, Any]], ...] = (
        fast.betweenness, fast.closeness, fast.core_numbers)  # fmt: skip
    quick = [function(simple) for function in functions]
    numbers = [fast.transitivity(simple), fast.mean_distance(largest) if len(largest) > 1 else 0]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(fast, "rustworkx", lambda: None)
        for one, function in zip(quick, functions, strict=True):
            _close(one, function(simple))
        slow = [fast.transitivity(simple), fast.mean_distance(largest) if len(largest) > 1 else 0]
    assert all(math.isclose(a, b, abs_tol=1e-9) for a, b in zip(numbers, slow, strict=True))


@given(networks)
def test_brokers_are_counted_as_one_would_count_them(graph: nx.MultiDiGraph[str]) -> None:
    arcs = View(graph).arcs
    group = {n: d["type"] for n, d in graph.nodes(data=True)}
    wanted: dict[str, Counter[str]] = {n: Counter() for n in arcs}
    for a in arcs:
        for b in arcs[a]:
            for c in arcs[b]:
                if c != a and not arcs.has_edge(a, c):
                    wanted[b][role_of(group[a], group[b], group[c])] += 1
    assert {n: +c for n, c in brokers(arcs, group).items()} == wanted


def test_the_order_of_the_network_does_not_matter() -> None:
    edges = [(str(u), "shared", str(v)) for u, v, _ in KARATE.edges(keys=True)]
    turned = network_of((v, r, u) for u, r, v in reversed(edges))
    assert actor_table([(None, turned)]) == actor_table([(None, network_of(edges))])
    assert network_table([(None, turned)]) == network_table([(None, network_of(edges))])


def test_a_table_is_sorted_and_cut() -> None:
    table = actor_table([(None, KITE)], ["degree", "closeness"], sort="closeness", limit=3)
    assert table.columns == ("id", "label", "type", "state", "degree", "closeness")
    assert [row[0] for row in table.rows] == ["Fernando", "Garth", "Diane"]
    by_name = actor_table([(None, KITE)], ["degree"], sort="-label", limit=2)
    assert [row[1] for row in by_name.rows] == ["Jane", "Ike"]
    last = actor_table(
        [(None, ties([("a", "b")], alone=["c"]))], ["constraint"], sort="-constraint"
    )
    assert [row[0] for row in last.rows] == ["a", "b", "c"], "what has no value comes last"
    with pytest.raises(UsageError, match="unknown column 'degre', did you mean 'degree'"):
        actor_table([(None, KITE)], sort="degre")
    with pytest.raises(UsageError, match="unknown measure 'closenes'"):
        actor_table([(None, KITE)], ["closenes"])


def test_empty_networks_have_measures_too() -> None:
    empty = network_of([])
    assert actor_table([(None, empty)]).rows == ()
    found = dict(zip(WHOLE, network_table([(None, empty)]).rows[0], strict=True))
    assert (found["nodes"], found["components"], found["density"], found["path_length"]) == (
        0,
        0,
        None,
        None,
    )
    alone = actor_measures(network_of([], alone=["a"]))
    assert {name: alone[name]["a"] for name in ("degree", "betweenness", "closeness", "core", "community")} == {
        "degree": 0, "betweenness": 0.0, "closeness": 0.0, "core": 0, "community": 1}  # fmt: skip
    assert alone["eigenvector"]["a"] is None


def test_every_measure_is_explained() -> None:
    for measure in MEASURES.values():
        assert measure.what
        assert measure.source
    assert all(measure.what for measure in WHOLE.values())
