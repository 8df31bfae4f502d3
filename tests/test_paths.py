"""How two actors are connected."""

from __future__ import annotations

import json

import pytest

from kg.errors import KgError
from kg.graph import Graph
from tests.commands import run_kg


def test_each_step_has_its_statements(documents_graph: Graph) -> None:
    ways = documents_graph.paths("Frank Vollgold", "Jens Katzek")
    assert ways
    for way in ways:
        nodes = [way[0][0].start, *(hop[0].end for hop in way)]
        assert (nodes[0], nodes[-1]) == ("frank-vollgold", "jens-katzek")
        for hop in way:
            for step in hop:
                assert step.statements
                for said in step.statements:
                    ends = (said["subject"], said["object"])
                    assert ends == (
                        (step.start, step.end) if step.forward else (step.end, step.start)
                    )
                    assert said["relation"] == step.relation


def test_all_ways_are_shortest_and_in_a_fixed_order(documents_graph: Graph) -> None:
    ways = documents_graph.paths("Hubertus Heil", "HTWK Leipzig", limit=10)
    assert len({len(way) for way in ways}) == 1
    assert ways == documents_graph.paths("Hubertus Heil", "HTWK Leipzig", limit=10)
    back = documents_graph.paths("HTWK Leipzig", "Hubertus Heil", limit=10)
    assert len(back) == len(ways)


def test_what_is_no_node_or_not_connected_is_said(documents_graph: Graph) -> None:
    with pytest.raises(KgError, match="nothing in this network connects"):
        documents_graph.paths("Hubertus Heil", "Klaus-Peter Hansen")
    with pytest.raises(KgError, match="'leipzig' is no node of this network"):
        documents_graph.paths("leipzig", "acod")
    ran = run_kg("path", "ACOD", "Nobody")
    assert (ran.code, ran.out) == (1, "")
    assert "no entity is called 'Nobody'" in ran.err


def test_the_command_shows_quotes_and_json() -> None:
    shown = run_kg("path", "Frank Vollgold", "BA Sachsen")
    assert shown.err == "1 way\n"
    assert shown.out.startswith("Frank Vollgold\n  ─ ")
    assert "https://" in shown.out
    (way,) = json.loads(run_kg("path", "Frank Vollgold", "BA Sachsen", "--format", "json").out)
    assert way[0][0]["from"] == "frank-vollgold"
    assert way[0][0]["statements"][0]["evidence"]
