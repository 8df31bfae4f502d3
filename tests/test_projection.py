"""Projections: what is tied to what by each rule, how much, and which statements say so."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.graph import Graph
from kg.model import Corpus, Entity, Evidence, Name, Source, Statement, Validity
from kg.network import Wanted
from kg.ontology import Ontology
from kg.projection import project
from kg.rules import NORMALISATIONS, RULES
from kg.validity import with_validity

TYPES = {"a": "Association", "b": "Association", "c": "University", "p": "Project", "q": "Project",
         "r": "Programme", "x": "Person", "y": "Person", "e": "Event", "v": "Agreement"}  # fmt: skip
Said = tuple[str, str, str]


def _corpus(*said: Said, types: dict[str, str] | None = None, **validity: Validity) -> Corpus:
    statements = tuple(
        Statement(
            "s", s, r, o, (Evidence(note="read"),), validity=validity.get(f"{s}_{o}", Validity())
        )
        for s, r, o in said
    )
    entities = {i: Entity(i, t, (Name(i.upper()),)) for i, t in (types or TYPES).items()}
    source = Source(
        "s", "s", next(iter(entities)), None, "https://example.org/", statements=statements
    )
    return Corpus(entities, {"s": source})


CARRIED = [("a", "operates", "p"), ("b", "partnerIn", "p"), ("c", "leadsConsortium", "p"),
           ("a", "partnerIn", "q"), ("b", "coordinates", "q"), ("b", "partnerIn", "r"),
           ("x", "headOf", "p"), ("a", "funds", "r")]  # fmt: skip


def _weights(graph: nx.MultiDiGraph[str]) -> dict[str, float]:
    return {f"{u}-{v}": d["weight"] for u, v, d in graph.edges(data=True)}


def test_shared_projects_by_hand(ontology: Ontology) -> None:
    corpus = _corpus(*CARRIED)
    found = {
        n: _weights(project(corpus, ontology, rule="shared-projects", normalise=n))
        for n in NORMALISATIONS
    }
    # a and b share p and q of p, q and r; p has three partners, q has two.
    assert found["count"] == {"a-b": 2, "a-c": 1, "b-c": 1}
    assert found["jaccard"] == {"a-b": 2 / 3, "a-c": 1 / 2, "b-c": 1 / 3}
    assert found["newman"] == {"a-b": 1 / 2 + 1, "a-c": 1 / 2, "b-c": 1 / 2}


def test_a_tie_carries_both_legs(ontology: Ontology) -> None:
    graph = project(_corpus(*CARRIED), ontology, rule="shared-projects")
    edge = graph.edges["a", "b", "shared-projects"]
    assert (edge["shared"], edge["shared_labels"]) == (["p", "q"], ["P", "Q"])
    assert [(s["subject"], s["relation"], s["object"]) for s in edge["statements"]] == [
        ("a", "operates", "p"), ("b", "partnerIn", "p"), ("a", "partnerIn", "q"), ("b", "coordinates", "q")]  # fmt: skip
    assert (edge["label"], edge["label_en"]) == ("gemeinsame Vorhaben", "shared projects")
    assert graph.graph["symmetric"] == ["shared-projects"]
    assert graph.graph["types"].keys() == {"Association", "University"}
    assert graph.nodes["c"]["label"] == "C"


SAID_BY_RULE: dict[str, tuple[list[Said], list[tuple[str, str]]]] = {
    "actors": (CARRIED[:1], [("a", "p")]),
    "actors-projects": ([*CARRIED, ("a", "cooperatesWith", "b")],
                        [("a", "p"), ("a", "q"), ("a", "r"), ("b", "p"), ("b", "q"), ("b", "r"), ("c", "p"), ("x", "p")]),
    "actors-events": ([("a", "participatedIn", "e"), ("a", "signed", "v")], [("a", "e")]),
    "actors-agreements": ([("a", "participatedIn", "e"), ("a", "signed", "v")], [("a", "v")]),
    "persons-organisations": ([("a", "chairedBy", "x"), ("y", "headOf", "a"), ("x", "headOf", "p")], [("a", "x"), ("y", "a")]),
    "shared-projects": (CARRIED[:2], [("a", "b")]),
    "shared-funders": ([("c", "coFunds", "p"), ("c", "funds", "q"), ("a", "partnerIn", "q")], [("p", "q")]),
    "shared-boards": ([("a", "chairedBy", "x"), ("x", "memberOfBoard", "b"), ("x", "headOf", "c")], [("a", "b")]),
    "shared-persons": ([("a", "chairedBy", "x"), ("x", "headOf", "c"), ("y", "headOf", "b")], [("a", "c")]),
    "shared-memberships": ([("b", "memberOf", "a"), ("c", "memberOf", "a"), ("a", "memberOf", "c")], [("b", "c")]),
    "shared-events": ([("a", "participatedIn", "e"), ("x", "participatedIn", "e"), ("b", "signed", "v"), ("x", "signed", "v")],
                      [("a", "x"), ("b", "x")]),
    "shared-organisations": ([("a", "chairedBy", "x"), ("y", "spokespersonOf", "a")], [("x", "y")]),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_what_each_rule_ties(ontology: Ontology, rule: str) -> None:
    said, pairs = SAID_BY_RULE[rule]
    assert sorted(project(_corpus(*said), ontology, rule=rule).edges()) == pairs


def test_two_modes_are_told_apart(ontology: Ontology) -> None:
    graph = project(_corpus(*CARRIED), ontology, rule="actors-projects")
    modes = {n: d["mode"] for n, d in graph.nodes(data=True)}
    assert modes == dict.fromkeys("abcx", "first") | dict.fromkeys("pqr", "second")
    assert all(graph.edges[e]["statements"] for e in graph.edges)
    only = project(_corpus(*CARRIED), ontology, rule="actors-projects", classes=["University"])
    assert sorted(only) == ["c", "p"]


def test_filters_go_before_and_egos_after(ontology: Ontology) -> None:
    corpus = _corpus(*CARRIED)
    partners = Wanted(relations=["partnersWith"])
    assert _weights(project(corpus, ontology, rule="shared-projects", wanted=partners)) == {}
    around = project(corpus, ontology, rule="shared-projects", ego=["c"], depth=0)
    assert list(around) == ["c"]
    with pytest.raises(UsageError, match="'p' is no node of this network"):
        project(corpus, ontology, rule="shared-projects", ego="p")
    with pytest.raises(
        UsageError, match="unknown rule 'shared-project', did you mean 'shared-projects'"
    ):
        project(corpus, ontology, rule="shared-project")
    with pytest.raises(UsageError, match="unknown normalisation 'jacard', did you mean 'jaccard'"):
        project(corpus, ontology, rule="shared-projects", normalise="jacard")


def _years(first: int | None, last: int | None) -> Validity:
    start = dt.date(first, 1, 1) if first else None
    end = dt.date(last, 12, 31) if last else None
    return Validity(start, start, end, end)


def test_two_share_only_what_they_had_at_one_time(ontology: Ontology) -> None:
    said = [("x", "headOf", "a"), ("x", "headOf", "b"), ("x", "headOf", "c")]
    corpus = _corpus(*said, x_a=_years(2001, 2005), x_b=_years(2005, 2009), x_c=_years(2008, None))

    def tied(first: int, last: int, *, certain: bool = False) -> dict[tuple[str, str], Any]:
        when = (dt.date(first, 1, 1), dt.date(last, 12, 31))
        graph = project(
            corpus, ontology, rule="shared-persons", when=when, wanted=Wanted(certain=certain)
        )
        return {(u, v): d["holds"] for u, v, d in graph.edges(data=True)}

    assert len(project(corpus, ontology, rule="shared-persons").edges()) == 3, "at whatever time"
    assert tied(2000, 2020) == {("a", "b"): "certain", ("b", "c"): "possible"}
    assert tied(2000, 2020, certain=True) == {("a", "b"): "certain"}
    assert tied(2006, 2007) == {}
    with pytest.raises(UsageError, match="what is certain depends on the time"):
        project(corpus, ontology, wanted=Wanted(certain=True))


_GROUPS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("pqrst")), min_size=1, max_size=20
)


@given(_GROUPS)
def test_networkx_projects_the_same(pairs: list[tuple[str, str]]) -> None:
    from kg.ontology import read_ontology

    types = dict.fromkeys("abcdef", "Association") | dict.fromkeys("pqrst", "Project")
    corpus = _corpus(*((a, "partnerIn", p) for a, p in dict.fromkeys(pairs)), types=types)
    two_mode: nx.Graph[str] = nx.Graph(pairs)
    actors = {a for a, _ in pairs}
    oracles = {
        "count": nx.bipartite.weighted_projected_graph(two_mode, actors),
        "jaccard": nx.bipartite.overlap_weighted_projected_graph(two_mode, actors, jaccard=True),
        "newman": nx.bipartite.collaboration_weighted_projected_graph(two_mode, actors),
    }
    for name, oracle in oracles.items():
        found = _weights(project(corpus, read_ontology(), rule="shared-projects", normalise=name))
        wanted = {"-".join(sorted((u, v))): d["weight"] for u, v, d in oracle.edges(data=True)}
        assert found.keys() == wanted.keys()
        assert all(math.isclose(found[pair], w) for pair, w in wanted.items())


def test_packaged_projections_are_traceable(corpus: Corpus, ontology: Ontology) -> None:
    known = {s.id for s in with_validity(corpus, ontology).statements()}
    for rule in RULES:
        graph = project(corpus, ontology, rule=rule)
        for *_, data in graph.edges(data=True):
            assert {s["id"] for s in data["statements"]} <= known
            assert data["statements"]


def test_the_library_takes_any_names(documents_graph: Graph) -> None:
    graph = documents_graph.network(rule="actors-projects", ego=["Zentrum digitale Arbeit"])
    assert "arbeit-und-leben-sachsen" in graph
    in_leipzig = documents_graph.network(places=["Leipzig"])
    assert "bmw-werk-leipzig" in in_leipzig
    assert "ba-regionaldirektion-sachsen" not in in_leipzig
    table = documents_graph.measures("degree", relations=["chairedBy"])
    assert [row["id"] for row in table] == ["acod", "hans-peter-kemser"]
    assert documents_graph.network_measures(ego="ACOD").rows[0][0] == len(
        documents_graph.network(ego="ACOD")
    )
    with pytest.raises(UsageError, match="a network has no option 'relation'"):
        documents_graph.network(relation="funds")  # type: ignore[call-arg]
