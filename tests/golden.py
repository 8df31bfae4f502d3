"""Comparing outputs with files under ``tests/expected``; ``make golden`` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

EXPECTED = Path(__file__).parent / "expected"


def expect(name: str, content: str) -> None:
    """Assert that ``content`` is what the file ``name`` holds."""
    path = EXPECTED / name
    if os.environ.get("KG_UPDATE_EXPECTED"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    wanted = path.read_bytes().decode() if path.is_file() else "(there is no such file)"
    assert content == wanted, f"{path} differs; look at it, and run `make golden` if it is right"
