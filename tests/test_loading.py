"""Dumps and tables of any size: the same graph as a build, nothing lost, all or nothing."""

from __future__ import annotations

import gzip
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import dumps
from kg.builds import Build
from kg.columns import TABLES, written
from kg.errors import KgError, StoreError
from kg.export import export
from kg.iris import INFERRED_GRAPH, ONTOLOGY_GRAPH, SRC
from kg.loading import Loaded, load
from kg.model import Corpus
from kg.ontology import Ontology
from kg.rejects import Rejects
from kg.store import open_store
from kg.table_stream import open_table
from kg.tables_feed import TableFeed
from kg.tabulate import write_table
from tests.commands import run_kg

A = "<http://x/a> <http://x/p> <http://x/b> .\n"
B = "<http://x/a> <http://x/p> <http://x/c> <http://x/g> .\n"
OURS = f" <{ONTOLOGY_GRAPH}> .\n"
HEAD = "source,source_title,source_publisher,source_publisher_label,source_publisher_type,source_url,subject,subject_label,subject_type,relation,object,object_label,object_type,since,amount\n"
SOUND = "s1,Seite,amt,Amt,PublicBody,https://x.de/,amt,Amt,PublicBody,funds,werk,Werk,Project,2019,100\n"


def loaded(*paths: Path, into: Path) -> Loaded:
    return load(paths, into, rejected=into.parent / "rejected")


def quads_of(folder: Path) -> list[str]:
    """The sorted N-Quads of a store, without the ontology."""
    lines = export(open_store(folder), "nq").decode().splitlines(keepends=True)
    return [x for x in lines if not x.endswith(OURS)]


def file(folder: Path, name: str, *content: str) -> Path:
    (folder / name).write_text("".join(content), encoding="utf-8", newline="")
    return folder / name


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, documents: Path) -> str:
    """The N-Quads of a build of the two documents."""
    path = tmp_path_factory.mktemp("built") / "graph.nq"
    assert run_kg("export", "-o", path, KG_DATA=str(documents)).code == 0
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("format_", ["csv", "tsv", "parquet"])
def test_exported_tables_load_to_the_very_graph_of_the_build(
    tmp_path: Path, documents_corpus: Corpus, built: str, format_: str
) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    for name in TABLES:
        content = write_table(written(documents_corpus, name), format_)
        (tables / f"{name}.{format_}").write_bytes(content)
    found = loaded(tables, into=tmp_path / "store")
    assert found.problems == ()
    assert export(open_store(tmp_path / "store"), "nq").decode() == built


def test_the_table_of_statements_alone_is_enough(
    tmp_path: Path, documents_corpus: Corpus, built: str
) -> None:
    content = write_table(written(documents_corpus, "statements"), "csv")
    (tmp_path / "all.csv").write_bytes(content)
    assert loaded(tmp_path / "all.csv", into=tmp_path / "store").problems == ()
    nodes = {line.split(" ")[0] for line in built.splitlines() if "/statement/" in line[:50]}
    found = {line.split(" ")[0] for line in quads_of(tmp_path / "store")}
    assert {node for node in found if "/statement/" in node} == nodes
    kept = run_kg("query", "leadership", "-p", "body=acod", "--store", tmp_path / "store")
    assert "Vorsitzender des ACOD" in kept.out


def test_what_follows_is_worked_out_for_dumps_that_lack_it(tmp_path: Path, built: str) -> None:
    relations = re.compile(
        r"<\S+/entity/\S+> <https://w3id.org/akteursnetz/ontology#(?!mergedInto|decided|reason)"
    )
    follows = re.compile(r"ontology#((earliest|latest)(Start|End)|selfStated)>")
    stated = [
        x
        for x in built.splitlines(keepends=True)
        if not x.endswith((f"<{INFERRED_GRAPH}> .\n", OURS))
        and not re.search(
            rf"<{SRC}\S+> \.$", x.partition("> <")[2].partition("> ")[2].partition("> ")[2]
        )
        and not relations.match(x)
        and not follows.search(x)
    ]
    assert len(stated) < 0.8 * built.count("\n")
    dump = file(tmp_path, "stated.nq", *stated)
    assert loaded(dump, into=tmp_path / "store").foreign == 0
    assert export(open_store(tmp_path / "store"), "nq").decode() == built


def test_a_whole_dump_loads_as_it_is(tmp_path: Path, built: str) -> None:
    (tmp_path / "all.nq.gz").write_bytes(gzip.compress(built.encode()))
    found = loaded(tmp_path / "all.nq.gz", into=tmp_path / "store")
    assert export(open_store(tmp_path / "store"), "nq").decode() == built
    assert found.manifest.quads == built.count("\n")
    assert found.manifest.loaded
    shown = run_kg("show", "ACOD", "--store", tmp_path / "store")
    assert (shown.code, shown.err) == (0, "")
    assert "Hans-Peter Kemser" in shown.out


def test_statements_of_other_words_are_loaded_and_counted(tmp_path: Path) -> None:
    akt, rdf = (
        "https://w3id.org/akteursnetz/ontology#",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    )
    dump = file(
        tmp_path, "other.ttl",
        f"@prefix akt: <{akt}> . @prefix rdf: <{rdf}> . @prefix : <http://x/> .\n",
        ":s a akt:Statement ; rdf:subject :a ; rdf:predicate :likes ; rdf:object :b ;"
        " <http://www.w3.org/ns/prov#wasDerivedFrom> :page .\n",
    )  # fmt: skip
    assert loaded(dump, into=tmp_path / "store").foreign == 1
    assert len(quads_of(tmp_path / "store")) == 5


def test_bad_lines_of_a_dump_are_set_aside_as_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumps, "BLOCK", 300)  # many blocks, most with a bad line
    good = [f'<http://x/{i}> <http://x/p> "{"x" * 30}" .\n' for i in range(40)]
    bad = {
        5: "no quad\n",
        6: "<a> <b> <c> .\n",
        20: '<http://x/z> <http://x/p> "open .\n',
        44: "end",
    }
    lines = list(good)
    for number, text in bad.items():
        lines.insert(number - 1, text)
    dump = file(tmp_path, "some.nq", *lines)
    found = loaded(dump, into=tmp_path / "store")
    assert quads_of(tmp_path / "store") == sorted(good)
    assert [p.line for p in found.problems] == [5, 6, 20, 44]
    assert str(found.problems[0]).startswith(f"{dump}:5: this is no quad (")
    set_aside = (tmp_path / "rejected" / "some.nq").read_text(encoding="utf-8")
    assert set_aside.splitlines() == [t.rstrip("\n") for t in bad.values()]
    told = (tmp_path / "rejected" / "problems.txt").read_text(encoding="utf-8")
    assert told.splitlines() == [str(p) for p in found.problems]


def test_turtle_and_trig_load_and_blank_nodes_become_iris(tmp_path: Path) -> None:
    turtle = file(tmp_path, "a.ttl", '@prefix x: <http://x/> .\nx:a x:p [ x:q "1" ; x:r [] ] .\n')
    trig = file(tmp_path, "b.trig", "@prefix x: <http://x/> .\nx:g { x:a x:p _:n . _:n x:p x:b }\n")
    nquads = file(
        tmp_path, "c.nq", '_:n <http://x/p> "_:no node" _:m .\n', "_:n <http://x/q> _:m .\n"
    )
    loaded(turtle, trig, nquads, into=tmp_path / "one")
    first = quads_of(tmp_path / "one")
    assert len(first) == 7
    assert not any(re.search(r"(^| )_:\w", line.replace('"_:no node"', "")) for line in first)
    assert sum("genid/2/n>" in line for line in first) == 2
    assert sum('"_:no node"' in line for line in first) == 1
    loaded(turtle, trig, nquads, into=tmp_path / "two")
    assert quads_of(tmp_path / "two") == first, "two loads give the same IRIs"


def test_malformed_turtle_loads_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    loaded(file(tmp_path, "a.nq", A), into=store)
    bad = file(tmp_path, "a.ttl", "<http://x/a> <http://x/p> 1 .\n<http://x/a> 5 .\n")
    with pytest.raises(
        KgError, match=r"a\.ttl:2: this is no ttl \(.*\), mend it; nothing was loaded"
    ):
        loaded(bad, into=store)
    assert quads_of(store) == [A]
    assert [p.name for p in store.iterdir() if p.name.startswith("build-tmp")] == []


BAD_ROWS = [
    ("s1,,,,,,amt,,,fnuds,werk,,,,\n", "unknown relation 'fnuds', did you mean 'funds'"),
    ("s1,,,,,,nobody,,,funds,werk,,,,\n", "unknown entity 'nobody'"),
    ("s9,,,,,,amt,,,funds,werk,,,,\n", "unknown source 's9'"),
    (",,,,,,amt,,,funds,werk,,,,\n", "no source is named"),
    ("s1,,,,,,amt,,,funds,,,,,\n", "object is empty"),
    ("s1,,,,,,amt,,,funds,werk,,,2019-13,\n", "'2019-13' has no month 13"),
    ("s1,,,,,,amt,,,funds,werk,,,,viel\n", "'viel' is no amount"),
    ("s1,,,,,,werk,,,funds,amt,,,,\n", "'werk' cannot stand to 'amt' so"),
    ("s1,,,,,,werk,,,leadsConsortium,amt,,,2018,\n", "'werk' cannot stand to 'amt' so"),
    ("s1,,,,,,amt,,,partOf,amt,,,,\n", "'amt' stands to itself"),
    ("s1,,,,,,amt,,,funds,werk,,,2019,\n", "this says else than line 2, which is the same statement"),
    ("s1,,,,,,amt,,,funds,werk,,,,,too,many\n", "this row has 17 cells"),
    ("s1,,,,,,amt,\"A\"mt\",,funds,werk,,,,\n", "this row cannot be read"),
    ("s2,Seite,amt,,,https://x.de/,neu,N,Kind,funds,werk,,,,\n", "the unknown class 'Kind'"),
    ("s2,Seite,amt,,,keine,amt,,,funds,werk,,,,\n", "'keine' is no web address"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "message"), BAD_ROWS, ids=[m for _, m in BAD_ROWS])
def test_a_bad_row_is_set_aside_and_loads_once_it_is_mended(
    tmp_path: Path, row: str, message: str
) -> None:
    table, after = tmp_path / "rows.csv", SOUND.replace("werk,Werk", "haus,Haus")
    file(tmp_path, "rows.csv", HEAD, SOUND, row, after)
    found = loaded(table, into=tmp_path / "store")
    assert any(message in p.message + ", " + p.mend for p in found.problems), found.problems
    assert {p.line for p in found.problems} == {3}
    assert (tmp_path / "rejected" / "rows.csv").read_text(encoding="utf-8") == HEAD + row
    without = tmp_path / "without.csv"
    file(tmp_path, "without.csv", HEAD, SOUND, after)
    assert loaded(without, into=tmp_path / "other").problems == ()
    assert quads_of(tmp_path / "store") == [
        q.replace("without.csv, Zeile 3", "rows.csv, Zeile 4").replace("without.csv", "rows.csv")
        for q in quads_of(tmp_path / "other")
    ]


def test_the_statements_of_some_relations_are_those_among_all(
    tmp_path: Path, documents_corpus: Corpus, ontology: Ontology
) -> None:
    """Also of rows that give a wider relation, which the classes of both ends narrow down."""
    content = write_table(written(documents_corpus, "statements"), "csv").decode()
    table = file(tmp_path, "statements.csv", content.replace(",partnerIn,", ",partnersWith,"))
    feed = TableFeed([open_table(table)], ontology, Rejects())
    everything = list(feed.statements())
    for relations in ({"partOf", "chairedBy"}, {"partnerIn"}, {"partnersWith"}, set[str]()):
        found = list(feed.statements(relations))
        assert found == [s for s in everything if s.relation in relations]
    assert {"partOf", "chairedBy", "partnerIn"} <= {s.relation for s in everything}


def test_names_mean_whom_they_alone_name(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    file(tables, "entities.csv", "id,type,label,aliases\namt,PublicBody,Das Amt,DA; Amt\n"
         "werk,Project,Werk,\nbau,Project,Bau,Amt\n")  # fmt: skip
    file(tables, "sources.csv", "id,title,publisher,url\ns1,Seite,Das Amt,https://x.de/\n")
    file(tables, "statements.csv", "source_url,subject,relation,object\n"
         "https://x.de/,DA,funds,Werk\nhttps://x.de/,Amt,funds,Werk\n")  # fmt: skip
    found = loaded(tables, into=tmp_path / "store")
    assert [(p.line, p.message) for p in found.problems] == [(3, "unknown entity 'Amt'")]
    rows = open_store(tmp_path / "store").select("SELECT ?a ?b { ?a akt:funds ?b }")
    assert [(r["a"].short, r["b"].short) for r in rows] == [("ent:amt", "ent:werk")]  # type: ignore[union-attr]


def test_rows_that_differ_by_their_passage_are_one_statement(tmp_path: Path) -> None:
    head = HEAD.replace("\n", ",quote\n")
    rows = [SOUND.replace("\n", f",{quote}\n") for quote in ("erstens", "zweitens")]
    table = file(tmp_path, "rows.csv", head, *rows)
    assert loaded(table, into=tmp_path / "store").problems == ()
    found = open_store(tmp_path / "store").select("SELECT ?q { ?s oa:exact ?q } ORDER BY ?q")
    assert [r["q"] for r in found] == ["erstens", "zweitens"]
    bad = [row.replace(",funds,", ",fundedBy,") for row in rows]
    assert loaded(file(tmp_path, "bad.csv", head, *bad), into=tmp_path / "other").set_aside == 2
    set_aside = (tmp_path / "rejected" / "bad.csv").read_text(encoding="utf-8")
    assert set_aside == "".join([head, *bad]), "both rows of it go"


def test_rows_of_one_statement_stand_together(tmp_path: Path) -> None:
    other = SOUND.replace("2019", "2020")
    table = file(tmp_path, "rows.csv", HEAD, SOUND, other, SOUND)
    found = loaded(table, into=tmp_path / "store")
    assert [(p.line, p.message) for p in found.problems] == [
        (4, "this statement already stands further up")
    ]


WRONG: list[tuple[Callable[[Path], list[str]], int, str]] = [
    (lambda _: ["build", "nowhere.nq", "--store", "s"], 1, "nowhere.nq: there is no such file"),
    (lambda t: ["build", str(file(t, "a.docx", "")), "--store", "s"], 1, "this cannot be loaded"),
    (lambda t: ["build", str(file(t, "a.nq", A))], 2, "loaded into a --store of their own"),
    (lambda t: ["build", str(file(t, "a.csv", "subjekt\n")), "--store", "s"], 1, "unknown column 'subjekt', did you mean 'subject'"),
    (lambda t: ["build", str(file(t, "a.csv", "")), "--store", "s"], 1, "this table is empty"),
    (lambda t: ["build", str(file(t, "a.parquet", "x")), "--store", "s"], 1, "this is no parquet"),
    (lambda t: ["build", str(file(t, "a.nq.gz", "x")), "--store", "s"], 1, "cannot be read to its end"),
    (lambda t: ["build", str(t), "--store", "s"], 1, "no table is in it"),
    (lambda t: ["build", str(file(t, "a.nq", A)), "--store", "/proc/none/s"], 1, "cannot be written"),
]  # fmt: skip


@pytest.mark.parametrize(("args", "code", "message"), WRONG, ids=[m for _, _, m in WRONG])
def test_what_goes_wrong_is_said(
    tmp_path: Path, args: Callable[[Path], list[str]], code: int, message: str
) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    ran = run_kg(*args(inputs), cwd=tmp_path)
    assert message in ran.err
    assert (ran.code, ran.out) == (code, "")
    assert "Traceback" not in ran.err
    assert not (tmp_path / "s" / "kg-store.json").exists()


def test_the_command_tells_what_it_set_aside(tmp_path: Path) -> None:
    dump = file(tmp_path, "a.nq", A, "no quad\n", B)
    ran = run_kg("build", dump, "--store", "s", "--rejected", "bad", cwd=tmp_path)
    assert ran.code == 1
    assert f"{dump}:2: this is no quad" in ran.err
    assert "1 row set aside in bad, all else is loaded" in ran.err
    assert "\r" not in ran.err, "the progress line is for terminals"
    file(tmp_path, "a.nq", A, B)
    again = run_kg("build", dump, "--store", "s", "--rejected", "bad", cwd=tmp_path)
    assert again.code == 0
    other = file(tmp_path, "mine.txt", "x")
    (tmp_path / "bad").rename(tmp_path / "old")
    (tmp_path / "bad").mkdir()
    other.rename(tmp_path / "bad" / "mine.txt")
    file(tmp_path, "a.nq", "no quad\n")
    kept = run_kg("build", dump, "--store", "s", "--rejected", "bad", cwd=tmp_path)
    assert kept.code == 1
    assert "bad: this folder holds other things" in kept.err
    assert quads_of(tmp_path / "s") == [A, B], "nothing was loaded then"


_LOADER = """
import sys
from pathlib import Path
from kg import dumps
from kg.loading import load
dumps.BLOCK = 100_000
print("go", flush=True)
load([Path(sys.argv[1])], Path(sys.argv[2]), rejected=Path(sys.argv[3]))
print("done", flush=True)
"""


def test_a_load_killed_at_any_moment_leaves_the_old_store_working(tmp_path: Path) -> None:
    store, rejected = tmp_path / "s", tmp_path / "r"
    loaded(file(tmp_path, "a.nq", A), into=store)
    lines = (f"<http://x/{i}> <http://x/p> <http://x/b> .\n" for i in range(20_000))
    dump = file(tmp_path, "big.nq", *lines)
    dice = random.Random(5)  # noqa: S311  # moments, not secrets
    outcomes = set()
    for _ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", _LOADER, dump, store, rejected], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(dice.uniform(0, 0.6))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        number = len(quads_of(store))
        assert number in (1, 20_000)
        outcomes.add(number)
    for begun in store.glob("build-tmp-*"):
        if not (begun / "lock").exists():  # killed as it was about to lock, which takes a minute
            os.utime(begun, (0, 0))
    loaded(dump, into=store)
    assert len(quads_of(store)) == 20_000
    assert [p for p in store.iterdir() if p.name.startswith("build-tmp-")] == [], "swept"


def test_what_another_process_is_writing_is_not_swept(tmp_path: Path) -> None:
    with Build(tmp_path / "s") as other:
        other.add(A.encode())
        loaded(file(tmp_path, "b.nq", B), into=tmp_path / "s")
        assert other.path.exists()
        assert len(other) == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_leaves_the_old_store_and_says_so(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], check=False)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        store = disk / "s"
        small = file(tmp_path, "a.nq", A)
        assert run_kg("build", small, "--store", store).code == 0
        dice = random.Random(1)  # noqa: S311
        lines = (
            f'<http://x/{i}> <http://x/p> "{dice.randbytes(90).hex()}" .\n' for i in range(120_000)
        )
        ran = run_kg("build", file(tmp_path, "big.nq", *lines), "--store", store)
        assert ran.code == 1, ran.err
        assert "make room or choose another" in ran.err
        assert "Traceback" not in ran.err
        assert quads_of(store) == [A]
        assert [p for p in store.iterdir() if p.name.startswith("build-tmp-")] == []
        assert run_kg("build", small, "--store", store).code == 0, "a rerun succeeds"
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_finished_build_takes_no_more(tmp_path: Path) -> None:
    build = Build(tmp_path / "s")
    with build, pytest.raises(SyntaxError):
        build.add(b"no quad\n")
    with pytest.raises(StoreError, match="this build is finished"):
        build.add(A.encode())
    assert list((tmp_path / "s").iterdir()) == []
