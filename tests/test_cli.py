"""The installed command, in a process of its own: output, messages and exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import networkx as nx
import pytest
import rdflib
from rdflib.compare import isomorphic

from tests.commands import KG, run_kg
from tests.conftest import MakeData
from tests.golden import expect


def test_show_prints_the_whole_profile(documents: Path) -> None:
    ran = run_kg("show", "ACOD", KG_DATA=str(documents))
    assert (ran.code, ran.err) == (0, "")
    expect("show-acod.txt", ran.out)


def test_show_as_json_carries_every_passage() -> None:
    profile = json.loads(run_kg("show", "BA Sachsen", "--format", "json").out)
    assert profile["id"] == "ba-regionaldirektion-sachsen"
    assert "BA Sachsen" in profile["names"]
    signed = profile["outgoing"]["signed"][0]
    assert signed["stated_subject"] == "Bundesagentur für Arbeit Sachsen"
    assert signed["evidence"][0]["quote"].startswith("Die Bundesagentur für Arbeit (BA) Sachsen")
    assert signed["evidence"][0]["start"] == 181


def test_search_finds_by_any_spelling() -> None:
    for text in ("Universitaet Leipzig", "UNIVERSITÄT LEIPZIG", "universitat leipzg"):
        hits = json.loads(run_kg("search", text, "--format", "json").out)
        assert hits[0]["id"] == "universitaet-leipzig", text


def test_queries_lists_all_with_their_parameters() -> None:
    expect("queries.txt", run_kg("queries").out)


@pytest.mark.parametrize("format_", ["table", "csv", "tsv", "json", "xml", "md"])
def test_rows_come_in_every_format(documents: Path, format_: str) -> None:
    ran = run_kg(
        "query", "leadership", "-p", "body=ACOD", "--format", format_, KG_DATA=str(documents)
    )
    assert ran.code == 0
    expect(f"leadership.{format_}", ran.out)


@pytest.mark.parametrize(
    ("format_", "parser"), [("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld")]
)
def test_graphs_come_in_every_format(documents: Path, format_: str, parser: str) -> None:
    ran = run_kg("query", "-e", "CONSTRUCT { ?a akt:chairedBy ?b } { ?a akt:chairedBy ?b }",
                 "--format", format_, KG_DATA=str(documents))  # fmt: skip
    assert {(str(s).rsplit("/")[-1], str(o).rsplit("/")[-1])
            for s, _, o in rdflib.Graph().parse(data=ran.out, format=parser)} == {
        ("acod", "hans-peter-kemser")}  # fmt: skip


def test_a_query_may_come_from_a_file_or_standard_input(tmp_path: Path) -> None:
    text = "#+ summary: x\nASK { ent:acod akt:chairedBy ?_person_iri }"
    (tmp_path / "ask.rq").write_text(text)
    by_file = run_kg("query", "ask.rq", "-p", "person=Kemser", cwd=tmp_path)
    assert by_file.code == 1, "Kemser alone is not a name"
    by_file = run_kg("query", "ask.rq", "-p", "person=Hans-Peter Kemser", cwd=tmp_path)
    by_stdin = run_kg("query", "-", "-p", "person=Jens Katzek", stdin=text)
    assert (by_file.out, by_stdin.out) == ("true\n", "false\n")


WRONG = [
    (["shwo", "x"], 2, "unknown command 'shwo', did you mean 'show'?"),
    (["query", "fundin"], 2, "unknown query 'fundin', did you mean 'funding' or 'funding-chain'?"),
    (["query"], 2, "give either the name of a question"),
    (["query", "funding", "-e", "ASK {}"], 2, "give either the name of a question"),
    (["query", "funding", "-p", "funder"], 2, "'funder' is no parameter, write -p key=value"),
    (["query", "funding", "--format", "ttl"], 2, "this query gives rows, choose --format table|csv"),
    (["query", "-e", "ASK {}", "--format", "nonsense"], 2, "'nonsense' is not one of"),
    (["query", "-e", "SELECT * { ?a akt:funds }"], 1, "line 1, column 25"),
    (["query", "-e", "SELECT * { SERVICE <http://127.0.0.1:9> { ?s ?p ?o } }"], 1, "1:12: SERVICE"),
    (["query", "none.rq"], 1, "none.rq: cannot be read"),
    (["show", "Katzeck"], 1, "did you mean jens-katzek (Jens Katzek)?"),
    (["search", "qqqqqq"], 1, "nothing is called anything like 'qqqqqq'"),
    (["network", "--relation", "fund", "-o", "x.html"], 2, "unknown relation 'fund', did you mean 'funds'"),
    (["network", "--class", "Persn", "-o", "x.html"], 2, "unknown class 'Persn', did you mean 'Person'"),
    (["network", "--ego", "Nobody", "-o", "x.html"], 1, "no entity is called 'Nobody'"),
    (["network", "-o", "x.docx"], 2, "unknown ending '.docx'"),
    (["export", "-o", "x.docx"], 2, "unknown ending '.docx'"),
    (["export", "-o", "/proc/none/x.ttl"], 1, "cannot be written"),
    (["export", "--store", "nowhere"], 1, "nowhere: there is no store here, run `kg build --store nowhere`"),
    (["check", "--data", "nowhere"], 1, "nowhere: this is no data folder"),
    (["show", "acod", "--data", "nowhere"], 1, "nowhere: there is no such folder"),
    (["check", "--texts", "nowhere"], 1, "nowhere: this is no folder"),
    (["build", "--store", "/proc/none/store"], 1, "cannot be written"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("args", "code", "message"), WRONG, ids=lambda x: " ".join(x) if isinstance(x, list) else ""
)
def test_what_goes_wrong_is_said_without_traceback(
    tmp_path: Path, args: list[str], code: int, message: str
) -> None:
    ran = run_kg(*args, cwd=tmp_path)
    assert message in ran.err
    assert (ran.code, ran.out) == (code, "" if args[0] != "search" else ran.out)
    assert "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_every_command_helps_with_an_example() -> None:
    top = run_kg("--help")
    names = [line.split()[0] for line in top.out.split("Commands:")[1].strip().split("\n")]
    assert {
        "check",
        "format",
        "build",
        "query",
        "queries",
        "search",
        "show",
        "network",
        "export",
    } <= set(names)
    for name in names:
        help_text = run_kg(name, "--help").out
        assert f"Example:\n    kg {name}" in help_text, name


def test_check_reports_all_problems_and_build_keeps_the_old_store(
    tmp_path: Path, make_data: MakeData
) -> None:
    folder = make_data(tmp_path)
    store = tmp_path / "store"
    assert run_kg("build", "--data", folder.data, "--store", store).code == 0
    folder.replace(folder.source, "object: anna-muster", "object: anna-mustre")
    folder.replace(folder.source, "relation: funds", "relation: fonds")
    checked = run_kg("check", "--data", "data", cwd=tmp_path)
    assert checked.code == 1
    assert checked.out == (
        "data/sources/meldung.yaml:8: unknown entity 'anna-mustre', did you mean 'anna-muster'? "
        "Or add it under entities/\n"
        "data/sources/meldung.yaml:14: unknown relation 'fonds', did you mean 'funds' or 'coFunds'?\n"
    )
    assert checked.err == "2 problems\n"
    built = run_kg("build", "--data", folder.data, "--store", store)
    assert built.code == 1
    assert "2 problems; what has them was left as it was" in built.err
    assert "Anna Muster" in run_kg("show", "verein", "--store", store).out


def test_check_as_json(tmp_path: Path, make_data: MakeData) -> None:
    folder = make_data(tmp_path)
    assert json.loads(run_kg("check", "--data", folder.data, "--format", "json").out) == []
    folder.replace(folder.entities, "type: Project", "type: Projekt")
    ran = run_kg("check", "--data", folder.data, "--format", "json")
    assert ran.code == 1
    assert json.loads(ran.out)[0] == {
        "path": str(folder.entities), "line": 11, "message": "'vorhaben' has the unknown class 'Projekt'",
        "mend": "did you mean 'Project'?"}  # fmt: skip


def test_format_fills_in_and_tells(tmp_path: Path, make_data: MakeData) -> None:
    folder = make_data(tmp_path)
    folder.replace(folder.source, ", start: 0, end: 29", "")
    told = run_kg("format", "--check", "--data", folder.data, "--texts", folder.texts)
    assert (told.code, "would change" in told.out) == (1, True)
    assert "start" not in folder.source.read_text()
    assert run_kg("format", "--data", folder.data, "--texts", folder.texts).code == 0
    assert "start: 0, end: 29" in folder.source.read_text()
    assert run_kg("format", "--check", "--data", folder.data, "--texts", folder.texts).code == 0


def test_output_goes_into_links_pipes_and_devices_not_over_them(tmp_path: Path) -> None:
    target, link, pipe = (tmp_path / name for name in ("target.nt", "link.nt", "pipe.nt"))
    target.write_text("old")
    link.symlink_to(target)
    os.mkfifo(pipe)
    assert run_kg("export", "-o", link).code == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("<")
    with (
        (tmp_path / "read.nt").open("wb") as read,
        subprocess.Popen(["cat", str(pipe)], stdout=read),
    ):
        assert run_kg("export", "--format", "nt", "-o", pipe).code == 0
    assert (tmp_path / "read.nt").read_bytes() == target.read_bytes()
    assert pipe.is_fifo()
    folder = run_kg("export", "--format", "nt", "-o", tmp_path)
    assert (folder.code, "this is a folder" in folder.err) == (1, True)


def test_ctrl_c_ends_an_endless_query_and_leaves_nothing(tmp_path: Path) -> None:
    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    command = [str(KG), "query", "-e", endless, "--format", "csv", "-o", "never.csv"]
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell may have it ignored
    try:
        process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, before)
    try:
        while not [x for x in tmp_path.iterdir() if x.stat().st_size]:  # until rows are written
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    finally:
        process.kill()
    assert (process.returncode, said.strip()) == (1, b"stopped")
    assert list(tmp_path.iterdir()) == []


def test_closed_streams_are_no_traceback() -> None:
    for redirect in (">&-", "<&-", "2>&-"):
        done = subprocess.run(
            ["sh", "-c", f'"$0" query - {redirect} </dev/null', KG],
            capture_output=True,
            check=False,
        )
        assert b"Traceback" not in done.stderr
        assert done.returncode == 1, "the query is empty"


@pytest.mark.parametrize(
    "query", ["SELECT ?x { ?a akt:funds ?b }", "SELECT * { }", "SELECT (1/0 AS ?f) {}"]
)
def test_rows_without_values_are_a_table_too(query: str) -> None:
    ran = run_kg("query", "-e", query, "--format", "table")
    assert (ran.code, "Traceback" in ran.err) == (0, False)
    assert ran.out.startswith("┌")


def test_what_would_crash_the_engine_is_refused() -> None:
    n = 6000
    for query in (f"ASK {{ FILTER({'(' * n}1{')' * n}) }}", "ASK " + "{" * n + "}" * n,
                  f"ASK {{ FILTER({'!' * n}true) }}", f"ASK {{ ?a {'/'.join(['akt:p'] * n)} ?b }}"):  # fmt: skip
        ran = run_kg("query", "-", stdin=query)
        assert (ran.code, "too deeply" in ran.err) == (1, True)


def test_time_evidence_and_sources_as_options(tmp_path: Path, documents: Path) -> None:
    rows = run_kg(
        "query",
        "leadership",
        "-p",
        "body=ACOD",
        "--at",
        "2018-12-05",
        "--format",
        "csv",
        KG_DATA=str(documents),
    ).out
    assert [line.rstrip().rsplit(",", 1)[1] for line in rows.split("\r\n")[:2]] == [
        "holds",
        "certain",
    ]
    ran = run_kg(
        "query",
        "-e",
        "SELECT ?x { ?x akt:fundedBy ent:bmas }",
        "--evidence",
        "--format",
        "json",
        KG_DATA=str(documents),
    )
    bindings = json.loads(ran.out)["results"]["bindings"]
    assert {b["x"]["value"].rsplit("/", 1)[1] for b in bindings} == {
        "zukunftszentren",
        "zentrum-digitale-arbeit",
    }
    profile = json.loads(
        run_kg("show", "ACOD", "--at", "2012", "--format", "json", KG_DATA=str(documents)).out
    )
    assert profile["outgoing"]["chairedBy"][0]["holds"] == "possible"
    assert (
        "acod"
        not in run_kg(
            "export",
            "--source",
            "arbeit-und-leben-sachsen-2019-11-25",
            "--format",
            "nt",
            KG_DATA=str(documents),
        ).out
    )
    wrong = run_kg("show", "ACOD", "--at", "soon")
    assert (wrong.code, "'soon' is no EDTF date" in wrong.err) == (2, True)
    assert (
        run_kg("network", "--from", "2018", "--until", "2017", "-o", tmp_path / "x.json").code == 2
    )


def test_evidence_names_what_supports() -> None:
    by_source = json.loads(run_kg("evidence", "acod-2018-12-05", "--format", "json").out)
    assert {r["source"] for r in by_source} == {"acod-2018-12-05"}
    assert len(by_source) > 40
    one = by_source[0]
    for name in (one["id"], one["iri"]):
        assert json.loads(run_kg("evidence", name, "--format", "json").out) == [one]
    assert "did you mean" in run_kg("evidence", "Katzeck").err


def test_cite_names_the_sources_of_an_answer(
    tmp_path: Path, documents: Path, make_data: MakeData
) -> None:
    everything = run_kg("cite", "--data", documents).out.rstrip("\n").split("\n")
    assert len(everything) == 2
    assert [
        r["type"]
        for r in json.loads(run_kg("cite", "ACOD", "--format", "csl", "--data", documents).out)
    ] == [
        "webpage",
    ]
    theirs = run_kg("cite", "--data", make_data(tmp_path).data, "--format", "csl").out
    assert [r["title"] for r in json.loads(theirs)] == ["Eine Meldung"]
    funding = run_kg("cite", "--query", "funding", "--format", "bibtex", "--data", documents).out
    assert funding.count("@") == 1
    assert "ARBEIT UND LEBEN Sachsen" in funding


@pytest.mark.parametrize("args", [["export"], ["query", "funding"], ["show", "acod"]])
def test_a_closed_pipe_is_no_error(args: list[str]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    with subprocess.Popen([KG, *args], stdout=theirs, stderr=subprocess.PIPE) as process:
        os.close(theirs)
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([KG, "export"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_commands_work_from_any_folder_and_never_write_there(tmp_path: Path) -> None:
    for args in (["query", "overview"], ["show", "acod"], ["export"], ["check"]):
        assert run_kg(*args, cwd=tmp_path).code == 0
    assert list(tmp_path.iterdir()) == []


def test_two_builds_and_two_exports_are_the_same_to_the_byte(
    tmp_path: Path, documents: Path
) -> None:
    for name in ("a", "b"):
        ran = run_kg("build", "--store", name, cwd=tmp_path, KG_DATA=str(documents))
        assert ran.code == 0
    for format_ in ("ttl", "trig", "nt", "nq", "jsonld", "rdfxml"):
        first, second = (
            run_kg("export", "--store", n, "--format", format_, cwd=tmp_path) for n in "ab"
        )
        assert first == second
        assert first.out.endswith("\n")


@pytest.mark.parametrize(
    ("name", "parser"), [("g.ttl", "turtle"), ("g.jsonld", "json-ld"), ("g.rdf", "xml")]
)
def test_exports_say_the_same(tmp_path: Path, documents: Path, name: str, parser: str) -> None:
    for output in (name, "g.nt"):
        ran = run_kg("export", "-o", output, cwd=tmp_path, KG_DATA=str(documents))
        assert ran.code == 0
    graph = rdflib.Graph().parse(tmp_path / name, format=parser)
    assert isomorphic(graph, rdflib.Graph().parse(tmp_path / "g.nt"))


def test_networks_are_written_whole(tmp_path: Path, documents: Path) -> None:
    for name in ("n.html", "n.graphml", "n.gexf", "n.json"):
        ran = run_kg("network", "-o", name, cwd=tmp_path, KG_DATA=str(documents))
        assert (ran.code, ran.out, ran.err) == (0, "", "30 nodes, 42 edges\n")
    assert "<title>" in (tmp_path / "n.html").read_text(encoding="utf-8")
    node_link = json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))
    sizes = {
        nx.read_graphml(tmp_path / "n.graphml", force_multigraph=True).number_of_edges(),
        nx.read_gexf(tmp_path / "n.gexf").number_of_edges(),
        nx.node_link_graph(node_link, edges="edges").number_of_edges(),
    }
    assert sizes == {42}


def test_the_ego_network_holds_what_is_near(tmp_path: Path, documents: Path) -> None:
    run_kg(
        "network",
        "--ego",
        "Frank Vollgold",
        "--depth",
        "1",
        "-o",
        "n.json",
        cwd=tmp_path,
        KG_DATA=str(documents),
    )
    nodes = json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))["nodes"]
    assert [n["id"] for n in nodes] == ["ba-regionaldirektion-sachsen", "frank-vollgold"]


def test_starting_up_imports_nothing_heavy() -> None:
    heavy = {"rdflib", "networkx", "pyvis", "pyshacl", "IPython", "numpy", "ruamel", "yaml", "jinja2",
             "pandas", "prettytable", "rapidfuzz"}  # fmt: skip
    code = "import sys; sys.argv = ['kg', *sys.argv[1:]]; from kg.cli import main; main()"

    def imported(*args: str) -> set[str]:
        command = [sys.executable, "-X", "importtime", "-c", code, *args]
        done = subprocess.run(command, capture_output=True, check=True)
        names = re.findall(r"\| +(\w+)", done.stderr.decode())
        return set(names) & (heavy | {"pyoxigraph"})

    assert imported("--help") == set()
    run_kg("build")
    assert imported("query", "-e", "ASK {}") == {"pyoxigraph"}
    assert imported("query", "overview") == {"pyoxigraph"}
    assert imported("query", "actors-in") == {"pyoxigraph", "yaml"}
    assert imported("show", "acod") == {"pyoxigraph"}
