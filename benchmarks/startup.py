"""Whole processes, from start to exit, in turns so that a busy moment meets all of them alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KG = Path(sys.executable).parent / "kg"
ROUNDS = 21
QUERY = "SELECT ?a ?b { ?a <https://w3id.org/akteursnetz/ontology#funds> ?b }"

_EMPTY_CLICK = "import click\n@click.group()\ndef cli(): pass\ncli()"
_BARE_QUERY = (
    "import sys, pyoxigraph as ox\n"
    "s = ox.Store.read_only(sys.argv[1])\n"
    "s.query(sys.argv[2]).serialize(sys.stdout.buffer, ox.QueryResultsFormat.CSV)"
)


def medians(commands: dict[str, list[str]]) -> dict[str, float]:
    """The median seconds of each command over ``ROUNDS`` rounds, the first one not counted."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(ROUNDS + 1):
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=_environment())
            if number:
                times[name].append(time.perf_counter() - began)
    return {name: statistics.median(found) for name, found in times.items()}


def _environment() -> dict[str, str]:
    """Ours, with compiled modules kept as Python keeps them by default."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def report() -> list[str]:
    """Lines of Markdown: the commands, their medians, and the ratios that are asked for."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        os.environ["KG_CACHE"] = folder
        for more in (["--store", str(store)], []):
            subprocess.run([str(KG), "build", *more], check=True, stderr=subprocess.DEVNULL)
        (inner,) = store.glob("build-*/oxigraph")
        python = sys.executable
        found = medians(
            {
                "empty click program --help": [python, "-c", _EMPTY_CLICK, "--help"],
                "kg --help": [str(KG), "--help"],
                "bare pyoxigraph script": [python, "-c", _BARE_QUERY, str(inner), QUERY],
                "kg query --store": [str(KG), "query", "-e", QUERY, "--store", str(store)],
                "kg query (packaged data)": [str(KG), "query", "-e", QUERY],
            }
        )
    against = {
        "kg --help": "empty click program --help",
        "kg query --store": "bare pyoxigraph script",
        "kg query (packaged data)": "bare pyoxigraph script",
    }
    lines = ["## Start-up", "", f"Medians of {ROUNDS} whole processes.", "",
             "| command | ms | ratio |", "|---|---:|---:|"]  # fmt: skip
    for name, seconds in found.items():
        ratio = f"{seconds / found[against[name]]:.2f} ×" if name in against else ""
        lines.append(f"| {name} | {seconds * 1000:.0f} | {ratio} |")
    return lines
