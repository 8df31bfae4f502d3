"""Every named question: as it is, in another form, here and in bare pyoxigraph and its peers."""

from __future__ import annotations

import io
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

import pyoxigraph as ox

from benchmarks.running import environment, geometric_mean, power, seconds
from kg.answers import Store
from kg.iris import PREFIXES
from kg.queries import Query, library, run, terms_of
from kg.sparql import bind
from kg.store import open_store

ASKED: Mapping[str, Mapping[str, str]] = {
    "person": {"person": "person-3"},
    "programme": {"programme": "zukunftszentren"},
    "source": {"source": "quelle-7"},
    "chaired-on": {"body": "association-3", "date": "2018-01-01"},
    "in-office-when": {"entity": "project-3", "office": "bund"},
    "one-source": {"entity": "association-3"},
    "only-here": {"source": "quelle-7"},
    "timeline": {"entity": "association-3"},
}
"""Parameters of those that need some; such entities are in every synthetic network of some size."""


@dataclass(frozen=True)
class Times:
    """Median seconds of a question: through ``kg``, bare, and bare in its other form."""

    name: str
    ours: float
    bare: float
    other: float | None
    rows: int


def rewritten(text: str) -> str | None:
    """The other form: all but the labels in a sub-select, the labels joined to its rows.

    None where a question has no labels at its end.
    """
    lines = text.split("\n")
    begin = next((i for i, x in enumerate(lines) if x.startswith("WHERE {")), None)
    label = next((i for i, x in enumerate(lines)
                  if x.startswith("  OPTIONAL { ?") and "skos:prefLabel" in x), None)  # fmt: skip
    if begin is None or label is None or label < begin + 2:
        return None
    core = ["  { SELECT * WHERE {", *lines[begin + 1 : label], "  } }"]
    return "\n".join([*lines[: begin + 1], *core, *lines[label:]])


def bound_texts(store: Store) -> dict[str, list[str]]:
    """Both forms of every question, parameters filled in and prefixes declared."""
    found = {}
    for name, query in library().items():
        text = bind(query.text, terms_of(store, query, ASKED.get(name, {})))
        forms = [text] if (other := rewritten(text)) is None else [text, other]
        found[name] = forms
    return found


def measured(folder: Path, rounds: int) -> list[Times]:
    """Every question on a store, ours and bare in turns."""
    store = open_store(folder)
    bare = ox.Store.read_only(str(folder / store.manifest.build / "oxigraph"))
    forms = bound_texts(store)
    return [
        _of_question(query, store, bare, forms[name], rounds) for name, query in library().items()
    ]


def _of_question(
    query: Query, store: Store, bare: ox.Store, forms: list[str], rounds: int
) -> Times:
    given = ASKED.get(query.name, {})
    works: list[Callable[[], object]] = [
        lambda: run(store, query, given).write(io.BytesIO(), "csv"),
        *(lambda text=text: _csv(bare, text) for text in forms),
    ]
    rows = _csv(bare, forms[0]).count(b"\n") - 1
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for found, work in zip(times, works, strict=True):
            found.append(seconds(work))
    ours, plain, *other = map(statistics.median, times)
    same = len(forms) > 1 and sorted(_csv(bare, forms[1]).split()) == sorted(
        _csv(bare, forms[0]).split()
    )
    return Times(query.name, ours, plain, other[0] if same else None, rows)


def _csv(store: ox.Store, text: str) -> bytes:
    out = io.BytesIO()
    answer = store.query(text, prefixes=PREFIXES)
    assert not isinstance(answer, ox.QueryTriples)
    answer.serialize(out, ox.QueryResultsFormat.CSV)
    return out.getvalue()


@dataclass(frozen=True)
class Peer:
    """What another engine took to load and, by question, to answer; None where it did not.

    ``late``: the questions that it had not answered within ``limit`` seconds.
    """

    loaded: float
    times: Mapping[str, float | None]
    late: frozenset[str]
    limit: int


def peer(
    engine: str, nquads: Path, forms: Mapping[str, list[str]], limit: int, rounds: int
) -> Peer | None:
    """Ask another engine, in a process that is ended where it hangs; None where it is missing."""
    left, loaded = dict(forms), 0.0
    times: dict[str, float | None] = {}
    late: set[str] = set()
    if (program := _program(engine)) is None:
        return None
    while left:
        command = [*program, nquads, limit, rounds]
        with subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              env=environment()) as process:  # fmt: skip
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(left))
            process.stdin.close()
            head = process.stdout.readline()
            if not head:
                return None
            loaded = loaded or float(json.loads(head)["loaded"])
            _gather(process, left, times, late, limit * (rounds + 1))
    return Peer(loaded, times, frozenset(late), limit)


def _program(engine: str) -> list[str | Path] | None:
    """What runs an engine; Comunica needs node, and ``KG_COMUNICA``, the folder of its modules."""
    if engine != "comunica":
        return [sys.executable, "-m", "benchmarks.peers", engine]
    node, modules = shutil.which("node"), os.environ.get("KG_COMUNICA")
    if not node or not modules:
        return None
    return [node, Path(__file__).with_name("comunica.cjs"), Path(modules).resolve()]


def _gather(
    process: subprocess.Popen[str], left: dict[str, list[str]], times: dict[str, float | None],
    late: set[str], patience: float,
) -> None:  # fmt: skip
    """Read answers until all are there, or one takes too long; then it counts as not answered."""
    assert process.stdout is not None
    lines: SimpleQueue[str] = SimpleQueue()

    def read(stream: IO[str]) -> None:
        for line in stream:
            lines.put(line)
        lines.put("")

    Thread(target=read, args=(process.stdout,), daemon=True).start()
    while left:
        try:
            line = lines.get(timeout=patience)
        except Empty:
            line = ""
        if not line:
            name = next(iter(left))
            times[name] = None
            late.add(name)
            del left[name]
            process.kill()
            return
        said = json.loads(line)
        times[said["name"]] = said["seconds"]
        if said["late"]:
            late.add(said["name"])
        left.pop(said["name"], None)


def report(sizes: Mapping[int, list[Times]]) -> list[str]:
    """Lines of Markdown: each question at every size, with the ratios and the growth."""
    counts = sorted(sizes)
    by_name = {name: [next(t for t in sizes[n] if t.name == name) for n in counts]
               for name in (t.name for t in sizes[counts[-1]])}  # fmt: skip
    heads = [f"{n:,} quads ms" for n in counts]
    lines = [
        "## Questions",
        "",
        "Through `kg` as CSV, on the store; *÷ bare* against the same SPARQL in bare pyoxigraph on",
        "the same store, *÷ other form* against the best of both forms (labels joined to a",
        "sub-select), both at the largest size. *Growth* is the exponent of the last step.",
        "",
        "| question | rows | " + " | ".join(heads) + " | ÷ bare | ÷ other form | growth | bare |",
        "|---|---:|" + "---:|" * (len(heads) + 4),
    ]
    for name, found in by_name.items():
        last = found[-1]
        best = min(last.bare, last.other) if last.other else last.bare
        cells = [f"{1000 * t.ours:.1f}" for t in found]
        grown = [power(counts, [getattr(t, key) for t in found]) for key in ("ours", "bare")]
        shown = ["–" if g is None else f"{g:.2f}" for g in grown]
        lines.append(
            f"| {name} | {last.rows:,} | {' | '.join(cells)} | {last.ours / last.bare:.2f} | "
            f"{last.ours / best:.2f} | {' | '.join(shown)} |"
        )
    ratios = [t.ours / t.bare for t in sizes[counts[-1]]]
    worst = max(ratios)
    lines += ["", f"÷ bare: geometric mean {geometric_mean(ratios):.2f}, worst {worst:.2f}.", ""]
    return lines


def peers_report(ours: list[Times], peers: Mapping[str, Peer | None], quads: int) -> list[str]:
    """Lines of Markdown: how many times as long each peer takes."""
    names = [name for name, found in peers.items() if found]
    missing = [name for name, found in peers.items() if not found]
    lines = [
        f"## Questions against other engines, {quads:,} quads",
        "",
        "Times of the peer ÷ ours, each peer given the form that suits it best; > where it gave no",
        "answer in time (limit ÷ ours counts in the mean), – where it cannot. Peers have the",
        "graph in memory, `kg` on disk; maplib reads no N-Quads, so it has the merged graph alone.",
        "",
        "| question | kg ms | " + " | ".join(f"{n} ÷ kg" for n in names) + " |",
        "|---|---:|" + "---:|" * len(names),
    ]
    ratios: dict[str, list[float]] = {name: [] for name in names}
    for times in ours:
        cells = []
        for name in names:
            found = peers[name]
            assert found is not None
            late = times.name in found.late
            value = float(found.limit) if late else found.times.get(times.name)
            if value is not None:
                ratios[name].append(value / times.ours)
            mark = ">" if late else ""
            cells.append("–" if value is None else f"{mark}{value / times.ours:.1f}")
        lines.append(f"| {times.name} | {1000 * times.ours:.1f} | {' | '.join(cells)} |")
    means = [f"{geometric_mean(r):.1f} (least {min(r):.1f}; {len(r)} of {len(ours)})" if r else "–"
             for r in ratios.values()]  # fmt: skip
    lines += [f"| **geometric mean** | | {' | '.join(means)} |", ""]
    return [*lines, f"Not here: {', '.join(missing)}.", ""] if missing else lines
