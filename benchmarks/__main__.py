"""``make bench``: run every measurement and write ``out/benchmarks.md`` with a chart.

``python -m benchmarks --quick`` takes a minute; see ``--help`` for the rest.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks import edges, faults, loading, networks, pages, questions, serving, startup, wide
from benchmarks.chart import chart
from benchmarks.running import geometric_mean
from kg.store import open_store

ACTORS = {10_000: 90, 100_000: 1_270, 1_000_000: 11_900}
"""How many actors make about so many quads."""
LIBRARIES = ("pyoxigraph", "rdflib", "oxrdflib", "maplib", "networkx", "rustworkx", "click")
PARTS = (
    "loading", "questions", "peers", "wide", "startup", "networks", "edges", "faults",
    "pages", "serving",
)  # fmt: skip
_IN_MEMORY = {"rdflib": 100_000, "oxrdflib": 100_000, "comunica": 100_000, "maplib": 10**9,
              "pyoxigraph": 10**9}  # fmt: skip
"""The largest size at which each peer is asked: beyond, rdflib's own engine takes minutes."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("--sizes", type=int, nargs="*", default=list(ACTORS), choices=list(ACTORS))
    add("--rounds", type=int, default=5, help="medians of so many (default 5)")
    add("--limit", type=int, default=60, help="seconds for a question in another engine")
    add("--only", nargs="*", choices=PARTS, default=list(PARTS), help="these parts alone")
    add("--edges", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    add("--kills", type=int, default=50, help="how often a load is killed")
    add("--folder", type=Path, help="keep the synthetic networks and stores here, and use them")
    add("--quick", action="store_true", help="10,000 quads, one round, ten kills")
    add("-o", "--output", type=Path, default=Path("out/benchmarks.md"))
    found = parser.parse_args()
    if found.quick:
        found.sizes, found.rounds, found.limit, found.kills = [10_000], 1, 10, 10
        found.edges = [10_000]
    return found


def _head() -> list[str]:
    def known(name: str) -> str:
        try:
            return f"{name} {version(name)}"
        except PackageNotFoundError:
            return f"{name} missing"

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    busy = os.getloadavg()[0]
    return [
        "# Benchmarks",
        "",
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB, "
        f"Python {platform.python_version()}; load at the beginning {busy:.1f}. "
        + ", ".join(map(known, LIBRARIES)),
        "",
    ]


def main() -> None:
    """Run what is asked for and write the report."""
    asked = _arguments()
    lines = _head()
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as temporary:
        folder = asked.folder or Path(temporary)
        lines += _at_scale(asked, folder)
        if "wide" in asked.only:
            here = folder / str(max(asked.sizes))
            loading.make(here, ACTORS[max(asked.sizes)], 1)
            if not (here / "store").exists():
                loading.measured(here, 1)
            lines += wide.report(here / "store", loading.merged(here), asked.rounds)
        if "startup" in asked.only:
            lines += [*startup.report(), ""]
        if "networks" in asked.only:
            lines += networks.report((300, 1_000) if asked.quick else networks.SIZES)
        if "edges" in asked.only:
            lines += edges.report(folder, tuple(asked.edges))
        if "faults" in asked.only:
            size = min(asked.sizes, key=lambda n: abs(n - 100_000))
            loading.make(folder / str(size), ACTORS[size], 1)
            lines += faults.report(folder / str(size) / "graph.nq", asked.kills)
    if "pages" in asked.only and not asked.quick:
        lines += [*pages.report(), ""]
    if "serving" in asked.only and not asked.quick:
        lines += [*serving.report(), ""]
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def _at_scale(asked: argparse.Namespace, folder: Path) -> list[str]:
    loads: list[loading.Loads] = []
    times: dict[int, list[questions.Times]] = {}
    peers: dict[int, dict[str, questions.Peer | None]] = {}
    if not {"loading", "questions", "peers"} & set(asked.only):
        return []
    for size in sorted(asked.sizes):
        here = folder / str(size)
        loading.make(here, ACTORS[size], 1)
        rounds = asked.rounds if "loading" in asked.only else 1
        loads.append(loading.measured(here, rounds))
        quads = loads[-1].quads
        if "questions" in asked.only or "peers" in asked.only:
            times[quads] = questions.measured(here / "store", asked.rounds)
        if "peers" in asked.only:
            forms = questions.bound_texts(open_store(here / "store"))
            peers[quads] = {
                engine: questions.peer(
                    engine, _given(engine, here), forms, asked.limit, asked.rounds
                )
                for engine, most in _IN_MEMORY.items()
                if size <= most
            }
    lines = []
    if "loading" in asked.only:
        seconds = {n: {e: p.loaded for e, p in of.items() if p} for n, of in peers.items()}
        lines += loading.report(loads, seconds)
    if times:
        lines += questions.report(times)
    for quads, found in peers.items():
        lines += questions.peers_report(times[quads], found, quads)
    series = _series(loads, times, peers)
    if all(len(points) > 1 for points in series.values()):
        picture = asked.output.with_suffix(".svg")
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_text(chart("Loading and asking", series), encoding="utf-8")
        lines += [f"![Seconds by size]({picture.name})", ""]
    return lines


def _given(engine: str, folder: Path) -> Path:
    """The file that an engine can read."""
    return loading.merged(folder) if engine == "maplib" else folder / "graph.nq"


def _series(
    loads: list[loading.Loads],
    times: dict[int, list[questions.Times]],
    peers: dict[int, dict[str, questions.Peer | None]],
) -> dict[str, list[tuple[float, float]]]:
    names = list(loads[0].runs)
    series = {name: [(float(f.quads), f.runs[name].seconds) for f in loads] for name in names}
    if times:
        mean = [(n, geometric_mean([t.ours for t in found])) for n, found in times.items()]
        series["a question, kg (mean)"] = [(float(n), value) for n, value in mean]
    points = []
    for quads, found in peers.items():
        if engine := found.get("rdflib"):
            answered = [t for t in engine.times.values() if t]
            points.append((float(quads), geometric_mean(answered)))
    if len(points) > 1:
        series["a question, rdflib (mean)"] = points
    return series


main()
