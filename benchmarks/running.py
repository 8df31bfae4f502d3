"""Running and counting: whole processes with their peak memory, medians, powers of growth."""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

KG = Path(sys.executable).parent / "kg"


@dataclass(frozen=True)
class Ran:
    """A process that ended: seconds, and its peak memory in megabytes."""

    seconds: float
    megabytes: float


def environment() -> dict[str, str]:
    """Ours, with compiled modules kept as Python keeps them by default."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def run(command: Sequence[str | Path]) -> Ran:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed.
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=environment(),
    )  # fmt: skip
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {process.returncode}")
    return Ran(time.perf_counter() - began, usage.ru_maxrss / 1024)


def median_run(rounds: int, work: Callable[[], Ran]) -> Ran:
    """The medians of several runs."""
    found = [work() for _ in range(rounds)]
    return Ran(
        statistics.median(r.seconds for r in found), statistics.median(r.megabytes for r in found)
    )


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def power(sizes: Sequence[float], times: Sequence[float]) -> float | None:
    """The exponent of growth from the last size but one to the last; 1 is in step with the size."""
    if len(times) < 2 or min(times[-2:]) <= 0:
        return None
    return math.log(times[-1] / times[-2]) / math.log(sizes[-1] / sizes[-2])


def geometric_mean(values: Sequence[float]) -> float:
    """The mean of ratios."""
    return math.exp(statistics.fmean(map(math.log, values)))
