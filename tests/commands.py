"""Running ``kg`` as a user does: the installed command, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

KG = Path(sys.executable).parent / "kg"


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


def run_kg(*args: str | Path, cwd: Path | None = None, stdin: str = "", **env: str) -> Ran:
    """Run ``kg`` with these arguments; of our own variables only ``env`` and the cache count."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("KG_") or k == "KG_CACHE"}
    done = subprocess.run(
        [KG, *map(str, args)],
        cwd=cwd,
        input=stdin.encode(),
        env={**inherited, "COLUMNS": "100", **env},
        capture_output=True,
        check=False,
        timeout=120,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
