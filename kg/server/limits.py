"""How much one request, and all of them together, may cost."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

MB = 1024 * 1024


def _cores() -> int:
    return max(2, len(os.sched_getaffinity(0)))


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a server; every one of them has a test in ``tests/test_server_limits.py``."""

    seconds: float = 30.0
    """How long a query may run, and how long it may wait before."""
    memory: int = 512
    """Megabytes that a query may take beyond what the graph takes."""
    rows: int = 100_000
    """Rows, or triples, that an answer may have."""
    answer_bytes: int = 32 * MB
    """Bytes that an answer may have."""
    queue: int = 100
    """Queries that may wait in each lane."""
    quick: float = 0.25
    """Seconds of work after which a query counts as long and makes room for others."""
    quick_slots: int = field(default_factory=_cores)
    """Queries that run at once while they are quick."""
    long_slots: int = 2
    """Queries that run at once when they are long, on what the others leave of the processor."""
    query_bytes: int = 100_000
    """Bytes of the text of a query."""
    body_bytes: int = 1_000_000
    """Bytes of the body of a request."""
    url_bytes: int = 32_000
    """Bytes of path and query string."""
    arrival: float = 10.0
    """Seconds in which the head, and then the body, of a request must arrive."""
    stall: float = 30.0
    """Seconds that a client may take none of the answer that is sent to it."""
    connections: int = 1000
    """Connections to one server process."""
    renders: int = 4
    """Pages that are made at once in one server process."""
