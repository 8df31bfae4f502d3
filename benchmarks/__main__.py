"""``make bench``: run every measurement and write ``out/benchmarks.md``."""

from __future__ import annotations

import platform
from importlib.metadata import version
from pathlib import Path

from benchmarks import networks, pages, serving, startup


def main() -> None:
    """Run everything and write the report."""
    libraries = ("click", "pyoxigraph", "rdflib", "networkx")
    lines = [
        "# Benchmarks",
        "",
        f"Python {platform.python_version()}, {platform.machine()}, "
        + ", ".join(f"{name} {version(name)}" for name in libraries),
        "",
        *startup.report(),
        "",
        *networks.report(),
        "",
        *pages.report(),
        "",
        *serving.report(),
    ]
    out = Path("out/benchmarks.md")
    out.parent.mkdir(exist_ok=True)
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


main()
