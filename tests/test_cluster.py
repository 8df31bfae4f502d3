"""A Dask cluster of several processes: same candidates, same order, also where a worker dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.curated import read_corpus
from kg.extraction.documents import paths_of
from kg.extraction.extracting import Extractor
from kg.extraction.lexicon import EMPTY, read_lexicon
from kg.extraction.record import write_lines
from kg.extraction.streaming import Result, extract_files
from kg.ontology import read_ontology
from tests.commands import run_kg
from tests.conftest import MakeData

distributed = pytest.importorskip("distributed")
EXTRACTOR = Extractor(EMPTY, read_ontology())
FILES = 240


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    dask = pytest.importorskip("dask")
    limits = {"distributed.comm.timeouts.connect": "4s"}  # how long a dead worker is waited for
    with (
        dask.config.set(limits),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            silence_logs=50,
        ) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texte")
    for number in range(FILES):
        text = f"Die Werk {number} GmbH ist Träger des Projekts „Delta {number}“. Partner ist der Verein Muster e.V.\n"
        (folder / f"t{number:04}.txt").write_text(text * 3, encoding="utf-8")
    (folder / "t0007.txt").write_text("")
    return folder


def told(results: list[Result]) -> list[tuple[str, str, str]]:
    """Everything that a run gives: path, candidates, problem."""
    return [
        (r.document.path, "".join(write_lines(r.candidates)), str(r.document.problem or ""))
        for r in results
    ]


def test_a_worker_that_is_killed_loses_nothing_and_doubles_nothing(
    cluster: Any, texts: Path
) -> None:
    from kg.extraction.cluster import extract_on_cluster

    alone = list(extract_files(paths_of([str(texts)]), EXTRACTOR))
    assert len(alone) == FILES
    assert sum(len(r.candidates) for r in alone) >= FILES - 1
    with distributed.Client(cluster) as client:
        before = set(client.run(os.getpid).values())
    running = extract_on_cluster(paths_of([str(texts)]), EXTRACTOR, cluster.scheduler_address)
    results = [next(running)]
    os.kill(min(before), signal.SIGKILL)
    results += running
    assert told(results) == told(alone)


def test_the_command(
    cluster: Any, texts: Path, make_data: MakeData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(texts)
    data = make_data(tmp_path).data
    given = [texts / f"t{n:04}.txt" for n in range(20)]
    names = [p.name for p in given]
    extractor = Extractor(read_lexicon(read_corpus(data)[0]), EXTRACTOR.ontology)
    alone = extract_files(((name, name.removesuffix(".txt")) for name in names), extractor)
    ran = run_kg("extract", *names, "--data", data, "--dask", cluster.scheduler_address, cwd=texts)
    wanted = "".join(line for r in alone for line in write_lines(r.candidates))
    assert (ran.code, ran.out) == (1, wanted)
    assert (
        ran.err == "t0007.txt: this is empty, give a file with text\n" + ran.err.partition("\n")[2]
    )
    both = run_kg("extract", *names, "--dask", "tcp://x:1", "--jobs", "2")
    assert (both.code, "cannot go together" in both.err) == (2, True)


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.errors import StoreError
    from kg.extraction import cluster as module

    monkeypatch.setattr(module, "_SECONDS", 0.5)
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        with pytest.raises(StoreError, match="no Dask scheduler answers there"):
            list(module.extract_on_cluster([], EXTRACTOR, address))
