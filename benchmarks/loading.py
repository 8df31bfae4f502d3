"""Loading and checking: ``kg build FILE…`` and ``kg check --store`` against bare engines."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.running import KG, Ran, median_run, power, run

_BARE = (
    "import sys, pyoxigraph as ox\n"
    "s = ox.Store(sys.argv[2])\n"
    "s.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)\n"
    "s.flush()"
)


_SOURCE = re.compile(r"^<\S+> <\S+> (<\S+>|\".*\"\S*) <\S+/source/\S+> \.$")


@dataclass(frozen=True)
class Loads:
    """What loading and checking took at one size; the store is left for more."""

    quads: int
    runs: Mapping[str, Ran]


def make(folder: Path, actors: int, seed: int) -> None:
    """Write a synthetic network as N-Quads and as tables, where it is not there yet."""
    if not (folder / "graph.nq").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for output in (f"{folder}/tables/", f"{folder}/graph.nq"):
            run([KG, "synth", "--actors", str(actors), "--seed", str(seed), "-o", output])


def merged(folder: Path) -> Path:
    """The merged graph alone as N-Triples, for engines that read no N-Quads."""
    path = folder / "graph.nt"
    if not path.exists():
        with (folder / "graph.nq").open(encoding="utf-8") as lines, path.open("w") as out:
            ends = ("/inferred> .\n", "/ontology> .\n")
            out.writelines(x for x in lines if not x.endswith(ends) and not _SOURCE.search(x))
    return path


def measured(folder: Path, rounds: int) -> Loads:
    """Load and check what ``make`` wrote."""
    nquads, store = folder / "graph.nq", folder / "store"

    def ours(*inputs: Path, into: Path = store) -> Ran:
        shutil.rmtree(into, ignore_errors=True)
        return run([KG, "build", *inputs, "--store", into])

    def bare() -> Ran:
        shutil.rmtree(folder / "bare", ignore_errors=True)
        return run([sys.executable, "-c", _BARE, nquads, folder / "bare"])

    runs = {
        "bare pyoxigraph `bulk_load`": median_run(rounds, bare),
        "kg build graph.nq": median_run(rounds, lambda: ours(nquads)),
        "kg build tables/": median_run(
            rounds, lambda: ours(folder / "tables", into=folder / "of-tables")
        ),
        "kg check --store": median_run(rounds, lambda: run([KG, "check", "--store", store])),
    }
    for name in ("bare", "of-tables"):
        shutil.rmtree(folder / name, ignore_errors=True)
    with nquads.open("rb") as lines:
        quads = sum(1 for _ in lines)
    return Loads(quads, runs)


def report(found: list[Loads], peers: Mapping[int, Mapping[str, float]]) -> list[str]:
    """Lines of Markdown: seconds, memory, ratios and growth; ``peers`` are seconds by quads."""
    lines = [
        "## Loading and checking",
        "",
        "Whole processes, onto disk; bare pyoxigraph gets the same quads. Growth is the exponent",
        "of the last step.",
        "",
        "| what | " + " | ".join(f"{f.quads:,} quads" for f in found) + " | ÷ bare | growth |",
        "|---|" + "---:|" * (len(found) + 2),
    ]
    sizes = [f.quads for f in found]
    bare = next(iter(found[-1].runs))
    for name in found[-1].runs:
        cells = [f"{f.runs[name].seconds:.1f} s, {f.runs[name].megabytes:.0f} MB" for f in found]
        last, plain = found[-1].runs[name], found[-1].runs[bare]
        ratio = f"{last.seconds / plain.seconds:.2f} ×, {last.megabytes / plain.megabytes:.2f} ×"
        grown = power(sizes, [f.runs[name].seconds for f in found])
        shown = "–" if grown is None else f"{grown:.2f}"
        lines.append(f"| {name} | {' | '.join(cells)} | {ratio} | {shown} |")
    for engine in sorted({e for of_size in peers.values() for e in of_size}):
        cells = [f"{peers[n][engine]:.1f} s" if engine in peers.get(n, {}) else "–" for n in sizes]
        lines.append(f"| {engine}, in memory | {' | '.join(cells)} | | |")
    return [*lines, ""]
