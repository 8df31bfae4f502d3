"""A load killed at random moments, many times: the old store must go on working each time."""

from __future__ import annotations

import random
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.running import KG, environment, run
from kg.store import open_store

_COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def report(nquads: Path, times: int, seed: int = 1) -> list[str]:
    """Lines of Markdown: how often the old store, or the new one, was there and answered."""
    dice = random.Random(seed)  # noqa: S311  # moments, not secrets
    with tempfile.TemporaryDirectory() as folder:
        store, small = Path(folder) / "store", Path(folder) / "small.nq"
        small.write_text("<http://x/a> <http://x/p> <http://x/b> .\n", encoding="utf-8")
        run([KG, "build", small, "--store", store])
        old = open_store(store).manifest.quads
        longest = run([KG, "build", nquads, "--store", Path(folder) / "other"]).seconds
        new = open_store(Path(folder) / "other").manifest.quads
        found: list[int] = []
        for _ in range(times):
            if open_store(store).manifest.quads != old:
                run([KG, "build", small, "--store", store])
            process = subprocess.Popen(
                [KG, "build", nquads, "--store", store],
                env=environment(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(dice.uniform(0, longest * 1.1))
            process.kill()
            process.wait()
            opened = open_store(store)
            assert opened.select(_COUNT)[0]["n"], "an open store answers"
            found.append(opened.manifest.quads)
        assert set(found) <= {old, new}, found
        run([KG, "build", nquads, "--store", store])
        assert open_store(store).manifest.quads == new
        left = sum(p.name.startswith("build-tmp-") for p in store.iterdir())
    return [
        "## Faults",
        "",
        f"`kill -9` at {times} random moments of a load of {new:,} quads: after {found.count(old)}",
        f"the old store answered, after {found.count(new)} the new one; then a rerun succeeded and",
        f"left {left} unfinished builds behind.",
        "",
    ]
