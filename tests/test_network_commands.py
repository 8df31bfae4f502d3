"""``kg network`` and ``kg measures`` as a user runs them: files, tables, messages, exit codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from kg.measures import MEASURES
from kg.rules import RULES
from kg.whole import WHOLE
from tests.commands import run_kg


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_format_by_its_ending(here: Path, documents: Path) -> None:
    for ending in ("html", "graphml", "gexf", "json", "net", "svg", "png"):
        ran = run_kg(
            "network", "--ego", "ACOD", "-o", f"x.{ending}", cwd=here, KG_DATA=str(documents)
        )
        assert ran.code == 0, ran.err
        assert ran.err.endswith("edges\n")
    sizes = {len(nx.read_graphml(here / "x.graphml")), len(nx.read_gexf(here / "x.gexf")),
             len(nx.node_link_graph(json.loads((here / "x.json").read_bytes()), edges="edges"))}  # fmt: skip
    assert len(sizes) == 1
    assert ET.parse(here / "x.svg").getroot().tag.endswith("svg")
    assert (here / "x.png").read_bytes().startswith(b"\x89PNG")


def test_csv_is_two_files_or_the_edges(here: Path, documents: Path) -> None:
    ran = run_kg("network", "-o", "x.csv", cwd=here, KG_DATA=str(documents))
    assert "x-nodes.csv: written\nx-edges.csv: written\n" in ran.err
    assert sorted(p.name for p in here.iterdir()) == ["x-edges.csv", "x-nodes.csv"]
    nodes = (here / "x-nodes.csv").read_bytes().decode()
    ids = {row["id"] for row in csv.DictReader(io.StringIO(nodes, newline=""))}
    text = (here / "x-edges.csv").read_bytes().decode()
    edges = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {n for e in edges for n in (e["source"], e["target"])} == ids
    assert run_kg("network", "--format", "csv", KG_DATA=str(documents)).out == text


def test_rules_and_measures_are_listed_and_work() -> None:
    listed = run_kg("network", "--rules").out
    assert [line for line in listed.splitlines() if line[0] != " "] == list(RULES)
    listed = run_kg("measures", "--list").out
    names = [line for line in listed.splitlines() if line[0] != " " and not line.endswith(":")]
    assert names == [*MEASURES, *WHOLE]
    ran = run_kg(
        "network", "--rule", "shared-projects", "--normalise", "newman", "--format", "json"
    )
    graph = nx.node_link_graph(json.loads(ran.out), edges="edges")
    assert graph.graph["normalise"] == "newman"
    assert all(d["weight"] > 0 for *_, d in graph.edges(data=True))
    page = run_kg("network", "--rule", "shared-projects", "--format", "html")
    assert (page.code, page.out.startswith("<!DOCTYPE html>")) == (0, True)


def test_windows_give_one_dynamic_graph_and_long_tables(here: Path, documents: Path) -> None:
    span = ("--from", "2016", "--until", "2019", "--window", "2y", "--step", "1y")
    ran = run_kg("network", *span, "-o", "x.gexf", cwd=here, KG_DATA=str(documents))
    assert ran.code == 0, ran.err
    assert ran.err.count("nodes") == 3
    assert 'mode="dynamic"' in (here / "x.gexf").read_text(encoding="utf-8")
    table = run_kg(
        "measures",
        *span,
        "--measure",
        "degree",
        "--limit",
        "1",
        "--format",
        "csv",
        KG_DATA=str(documents),
    )
    rows = list(csv.DictReader(io.StringIO(table.out)))
    assert [r["window"] for r in rows] == [
        "2016-01-01/2017-12-31",
        "2017-01-01/2018-12-31",
        "2018-01-01/2019-12-31",
    ]
    whole = run_kg("measures", "--network", *span, "--format", "json", KG_DATA=str(documents))
    assert [list(r)[:2] for r in json.loads(whole.out)] == [["window", "nodes"]] * 3
    part = run_kg("measures", "--network", "--from", "2016", "--until", "2018", "--window", "2y")
    assert "after 2017-12-31 no whole window fits" in part.err


def test_measures_in_every_format(documents: Path) -> None:
    asked = ("measures", "--measure", "degree", "--measure", "core", "--limit", "2")
    found = {
        f: run_kg(*asked, "--format", f, KG_DATA=str(documents)).out
        for f in ("table", "csv", "tsv", "json", "md")
    }
    rows = json.loads(found["json"])
    assert list(rows[0]) == ["id", "label", "type", "state", "degree", "core"]
    assert rows[0]["degree"] >= rows[1]["degree"]
    assert found["csv"].splitlines()[1].startswith(f"{rows[0]['id']},")
    assert found["tsv"].splitlines()[0] == "id\tlabel\ttype\tstate\tdegree\tcore"
    assert rows[0]["label"] in found["table"]
    assert rows[0]["id"] not in found["table"]
    assert found["md"].startswith("| ")
    everything = run_kg("measures", "--format", "csv", KG_DATA=str(documents)).out
    assert everything.splitlines()[0] == ",".join(["id", "label", "type", "state", *MEASURES])


def test_measures_of_a_network_are_a_row_or_shown_down(documents: Path) -> None:
    shown = run_kg("measures", "--network", "--format", "md", KG_DATA=str(documents)).out
    assert shown.startswith("| measure")
    (row,) = csv.DictReader(
        io.StringIO(run_kg("measures", "--network", KG_DATA=str(documents)).out)
    )
    assert list(row) == list(WHOLE)


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["network", "--rule", "shared-project"], 2, "unknown rule 'shared-project', did you mean"),
        (["network", "--normalise", "x"], 2, "'x' is not one of"),
        (["network", "--place", "Atlantis"], 1, "no entity is called 'Atlantis'"),
        (["network", "--certain"], 2, "give --at, --from or --until"),
        (["network", "--step", "1y"], 2, "--step goes with --window"),
        (["network", "--window", "1y", "-o", "x.svg"], 2, "--window gives several networks, choose gexf|json|csv"),
        (["network", "--window", "1y", "-o", "x.gexf"], 2, "give --from and --until"),
        (["network", "--window", "year", "--from", "2015", "--until", "2019", "-o", "x.gexf"], 2, "'year' is no duration"),
        (["measures", "--measure", "centrality"], 2, "unknown measure 'centrality'"),
        (["measures", "--sort", "degre"], 2, "unknown column 'degre', did you mean 'degree'"),
        (["measures", "--network", "--sort", "degree"], 2, "are for actors, not for --network"),
    ],
)  # fmt: skip
def test_wrong_usage_is_said(here: Path, args: list[str], code: int, message: str) -> None:
    ran = run_kg(*args, cwd=here)
    assert message in ran.err
    assert (ran.code, ran.out, "Traceback" in ran.err) == (code, "", False)
    assert list(here.iterdir()) == []
