"""The store: atomic builds, clear words for what is no store, and quads that come back whole."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.answers import Iri
from kg.build import kept_store, kept_store_folder
from kg.builds import build_store
from kg.errors import DataError, QueryError, StoreError
from kg.store import canonical_nquads, memory_store, open_store, parse_quads, serialize
from tests.conftest import MakeData

A = b"<http://x/a> <http://x/p> <http://x/b> .\n"
B = b"<http://x/a> <http://x/p> <http://x/c> <http://x/g> .\n"
_COUNT = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def test_a_build_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    nquads = canonical_nquads(B + A + A)
    assert nquads == A + B
    manifest = build_store(tmp_path / "s", nquads, "mark", "1")
    store = open_store(tmp_path / "s")
    assert store.manifest == manifest
    assert manifest.quads == 2
    assert [q[3] for q in store.quads()] == ["", "<http://x/g>"]
    assert store.select(_COUNT) == [{"n": 2}]


def test_a_new_build_replaces_the_old_one_and_readers_keep_theirs(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    build_store(folder, A, "1", "1")
    reader = open_store(folder)
    build_store(folder, canonical_nquads(A + B), "2", "1")
    assert reader.select(_COUNT) == [{"n": 1}]
    assert open_store(folder).select(_COUNT) == [{"n": 2}]
    for number in range(3):
        build_store(folder, b"<http://x/%d> <http://x/p> <http://x/b> .\n" % number, "3", "1")
    assert len(list(folder.glob("build-*"))) == 2, "only the current build and the one before stay"


def test_a_folder_of_other_things_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me")
    with pytest.raises(StoreError, match=r"holds other things \(letter.txt\)"):
        build_store(tmp_path, A, "1", "1")
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no store here"),
        ("{", "another version of kg or is damaged"),
        ('{"format": 99, "build": "x"}', "another version of kg or is damaged"),
        ("[]", "another version of kg or is damaged"),
    ],
)
def test_what_is_no_store_is_said_with_the_way_out(
    tmp_path: Path, content: str | None, message: str
) -> None:
    if content is not None:
        (tmp_path / "kg-store.json").write_text(content)
    with pytest.raises(StoreError, match=message) as caught:
        open_store(tmp_path)
    assert f"run `kg build --store {tmp_path}`" in str(caught.value)


def test_a_damaged_build_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    manifest = build_store(folder, A, "1", "1")
    for path in (folder / manifest.build / "oxigraph").iterdir():
        path.write_bytes(b"rubbish")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(folder)
    build_store(folder, A, "1", "1")
    assert open_store(folder).select(_COUNT) == [{"n": 1}]


_BUILDER = """
import sys
from pathlib import Path
from kg.builds import build_store
from kg.store import canonical_nquads
lines = b"".join(b"<http://x/%d> <http://x/p> <http://x/b> .\\n" % i for i in range(20000))
print("go", flush=True)
build_store(Path(sys.argv[1]), canonical_nquads(lines), "2", "1")
"""


def test_a_build_killed_at_any_moment_leaves_the_old_store_working(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    build_store(folder, A, "1", "1")
    dice = random.Random(1)  # noqa: S311  # moments, not secrets
    for _ in range(6):
        process = subprocess.Popen([sys.executable, "-c", _BUILDER, folder], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(dice.uniform(0, 0.12))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert open_store(folder).select(_COUNT)[0]["n"] in (1, 20000)
    build_store(folder, canonical_nquads(A + B), "3", "1")
    assert open_store(folder).select(_COUNT) == [{"n": 2}]


def test_the_kept_store_follows_the_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_data: MakeData
) -> None:
    data_folder = make_data(tmp_path).data
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    first = kept_store(data_folder)
    assert kept_store(data_folder).manifest == first.manifest
    entities = next((data_folder / "entities").iterdir())
    old = entities.read_text(encoding="utf-8")
    entities.write_text(old.replace("label: Anna Muster", "label: Anna Beispiel"), encoding="utf-8")
    second = kept_store(data_folder)
    assert second.manifest.sha256 != first.manifest.sha256
    assert second.query('ASK { ?s skos:prefLabel "Anna Beispiel"@de }')
    entities.write_text("- id: [", encoding="utf-8")
    with pytest.raises(DataError):
        kept_store(data_folder)
    assert open_store(kept_store_folder(data_folder)).manifest == second.manifest


def test_without_a_place_to_write_the_graph_is_built_in_memory(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make_data: MakeData,
    capsys: pytest.CaptureFixture[str],
) -> None:
    data_folder = make_data(tmp_path).data
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("KG_CACHE", str(blocked))
    assert kept_store(data_folder).query("ASK { ?s a akt:Statement }")
    assert "the graph is built in memory this time" in capsys.readouterr().err


def test_values_come_as_python_values() -> None:
    store = memory_store(
        b'<http://x/a> <http://x/p> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
        b'<http://x/a> <http://x/p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'
        b'<http://x/a> <http://x/p> "2019-10-15"^^<http://www.w3.org/2001/XMLSchema#date> .\n'
        b'<http://x/a> <http://x/p> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n'
        b'<http://x/a> <http://x/p> "2019~"^^<http://id.loc.gov/datatypes/edtf/EDTF> .\n'
        b'<http://x/a> <http://x/p> "\xc3\xbc"@de .\n'
    )
    rows = store.select("SELECT ?s ?o { ?s ?p ?o }")
    assert {(type(r["o"]).__name__, str(r["o"])) for r in rows} == {
        ("int", "3"), ("Decimal", "1.5"), ("date", "2019-10-15"), ("bool", "True"), ("str", "2019~"), ("str", "ü"),
    }  # fmt: skip
    assert isinstance(rows[0]["s"], Iri)


def test_asking_for_rows_of_no_select_is_said() -> None:
    store = memory_store(A)
    with pytest.raises(QueryError, match="no SELECT"):
        store.select("ASK {}")
    with pytest.raises(QueryError, match="no graph"):
        list(store.query("ASK {}").triples())


@given(
    st.lists(st.tuples(st.text(max_size=20), st.sampled_from(["", "@de", "@de-at"])), max_size=8)
)
def test_any_text_survives_every_format(texts: list[tuple[str, str]]) -> None:
    clean = [(t.encode("utf-8", "ignore").decode(), tag) for t, tag in texts]
    quads = sorted(
        {("<http://x/s>", "<http://x/p>", json.dumps(t, ensure_ascii=True).replace("\\/", "/") + tag, "")
         for t, tag in clean if all(ord(c) < 0x10000 for c in t)}
    )  # fmt: skip
    parsed = parse_quads("".join(f"{s} {p} {o} .\n" for s, p, o, _ in quads).encode(), "nq")
    for format_ in ("ttl", "nt", "trig", "nq"):
        assert parse_quads(serialize(parsed, format_), format_) == parsed
