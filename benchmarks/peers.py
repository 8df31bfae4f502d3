"""Other engines, each in a process: ``python -m benchmarks.peers ENGINE FILE LIMIT ROUNDS``.

Reads ``{"name": [query, …]}`` from standard input and writes a line of JSON for what it loaded and
for each query: the best median of its forms in seconds, or null, and if that was for want of time.
"""

from __future__ import annotations

import io
import json
import signal
import statistics
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Literal

ENGINES = ("rdflib", "oxrdflib", "maplib", "pyoxigraph")
Ask = Callable[[str], object]


def _rdflib(path: str) -> Ask:
    from rdflib import Dataset

    return _of_dataset(Dataset(), path)


def _oxrdflib(path: str) -> Ask:
    from rdflib import Dataset

    return _of_dataset(Dataset(store="Oxigraph"), path)


def _of_dataset(dataset: object, path: str) -> Ask:
    from rdflib import Dataset

    assert isinstance(dataset, Dataset)
    dataset.parse(path, format="nquads")
    return lambda query: dataset.query(query).serialize(format="csv")


def _maplib(path: str) -> Ask:
    from maplib import Model

    model = Model()
    model.read(path, format="ntriples")

    def ask(query: str) -> object:
        if "GRAPH" in query:
            raise LookupError("it has read the merged graph alone, since it reads no N-Quads")
        return model.query(query)

    return ask


def _pyoxigraph(path: str) -> Ask:
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)

    def ask(query: str) -> object:
        answer = store.query(query)
        assert not isinstance(answer, ox.QueryTriples)
        return answer.serialize(io.BytesIO(), ox.QueryResultsFormat.CSV)

    return ask


def _stop(number: int, frame: FrameType | None) -> None:
    raise TimeoutError(number, frame)


def main(engine: str, path: str, limit: int, rounds: int) -> None:
    """Load a file and ask it."""
    began = time.perf_counter()
    ask = {"rdflib": _rdflib, "oxrdflib": _oxrdflib, "maplib": _maplib, "pyoxigraph": _pyoxigraph}[
        engine
    ](path)
    print(json.dumps({"loaded": time.perf_counter() - began}), flush=True)
    signal.signal(signal.SIGALRM, _stop)
    for name, forms in json.load(sys.stdin).items():
        found = [_median(ask, form, limit, rounds) for form in forms]
        told = [t for t in found if isinstance(t, float)]
        late = not told and "late" in found
        said = {"name": name, "seconds": min(told, default=None), "late": late}
        print(json.dumps(said), flush=True)


def _median(ask: Ask, query: str, limit: int, rounds: int) -> float | Literal["late"] | None:
    times: list[float] = []
    try:
        for _ in range(rounds):
            signal.alarm(limit)
            began = time.perf_counter()
            ask(query)
            signal.alarm(0)
            times.append(time.perf_counter() - began)
            if times[-1] > limit / rounds:  # slow enough for one look
                break
    except TimeoutError:
        return "late"
    except Exception:  # an engine that cannot answer is told as such
        signal.alarm(0)
        return None
    return statistics.median(times)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
