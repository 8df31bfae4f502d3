"""What a server counts, in memory that all its processes share, and the log it writes.

Text format: https://prometheus.io/docs/instrumenting/exposition_formats/.
"""

from __future__ import annotations

import json
import mmap
import sys
import time
from typing import TextIO

PARTS = ("page", "sparql", "api", "reconcile", "other")
_CLASSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_ENDED = ("time", "memory", "depth", "killed", "busy")
_GAUGES = ("waiting_quick", "waiting_long", "running")
_COUNTERS = (
    [("requests", part, kind) for part in PARTS for kind in _CLASSES]
    + [("bucket", part, str(bound)) for part in PARTS for bound in (*_BOUNDS, "+Inf")]
    + [("seconds", part, "") for part in PARTS]
    + [("rows", part, "") for part in PARTS]
    + [("ended", reason, "") for reason in _ENDED]
    + [("gauge", name, "") for name in _GAUGES]
)
_PLACE = {key: number for number, key in enumerate(_COUNTERS)}


class Metrics:
    """A row of numbers for each process; each writes its own, and any can add them up."""

    def __init__(self, processes: int) -> None:
        shared = mmap.mmap(-1, max(mmap.PAGESIZE, 8 * processes * len(_COUNTERS)))
        self._all = memoryview(shared).cast("d")
        self._processes = processes
        self._own = 0

    def belong_to(self, process: int) -> None:
        """Count in the row of this process from here on; what runs is not running any more."""
        self._own = process * len(_COUNTERS)
        for name in _GAUGES:
            self.set(name, 0)

    def _add(self, key: tuple[str, str, str], value: float) -> None:
        self._all[self._own + _PLACE[key]] += value

    def set(self, name: str, value: float) -> None:
        """Set a gauge."""
        self._all[self._own + _PLACE["gauge", name, ""]] = value

    def end(self, reason: str) -> None:
        """Count a query that was not answered."""
        self._add(("ended", reason, ""), 1)

    def request(self, part: str, status: int, seconds: float, rows: int) -> None:
        """Count an answered request."""
        self._add(("requests", part, f"{status // 100}xx"), 1)
        self._add(("seconds", part, ""), seconds)
        self._add(("rows", part, ""), rows)
        bound = next((str(b) for b in _BOUNDS if seconds <= b), "+Inf")
        self._add(("bucket", part, bound), 1)

    def _total(self, key: tuple[str, str, str]) -> float:
        place, step = _PLACE[key], len(_COUNTERS)
        return sum(self._all[place + p * step] for p in range(self._processes))

    def text(self, build: str) -> str:
        """All numbers in Prometheus' text format."""
        lines = ["# TYPE kg_requests_total counter"]
        for part in PARTS:
            for kind in _CLASSES:
                labels = f'part="{part}",status="{kind}"'
                lines.append(self._line("requests_total", labels, ("requests", part, kind)))
        lines.append("# TYPE kg_request_seconds histogram")
        for part in PARTS:
            lines += self._histogram(part)
        lines.append("# TYPE kg_rows_total counter")
        lines += [self._line("rows_total", f'part="{p}"', ("rows", p, "")) for p in PARTS]
        lines.append("# TYPE kg_queries_ended_total counter")
        for reason in _ENDED:
            labels = f'reason="{reason}"'
            lines.append(self._line("queries_ended_total", labels, ("ended", reason, "")))
        lines.append("# TYPE kg_queries gauge")
        lines += [self._line("queries", f'state="{g}"', ("gauge", g, "")) for g in _GAUGES]
        lines += ["# TYPE kg_build_info gauge", f'kg_build_info{{build="{build}"}} 1']
        return "\n".join(lines) + "\n"

    def _line(self, name: str, labels: str, key: tuple[str, str, str]) -> str:
        return f"kg_{name}{{{labels}}} {self._total(key):.15g}"

    def _histogram(self, part: str) -> list[str]:
        name, count, lines = "kg_request_seconds", 0.0, []
        for bound in (*map(str, _BOUNDS), "+Inf"):
            count += self._total(("bucket", part, bound))
            lines.append(f'{name}_bucket{{part="{part}",le="{bound}"}} {count:.15g}')
        lines.append(self._line("request_seconds_sum", f'part="{part}"', ("seconds", part, "")))
        return [*lines, f'{name}_count{{part="{part}"}} {count:.15g}']


def say(out: TextIO | None = None, **fields: object) -> None:
    """Write one line of JSON to the log; no addresses of clients, query texts or parameters."""
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    line = json.dumps({"at": stamp, **fields}, ensure_ascii=False)
    stream = out or sys.stderr
    stream.write(line + "\n")
    stream.flush()
