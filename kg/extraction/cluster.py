"""Many files on a Dask cluster: the same candidates in the same order as in one process.

Workers read the files themselves, so they must see the same paths; what a worker had that was lost
is done again elsewhere.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from distributed import Client, Future, KilledWorker, Worker, WorkerPlugin

from kg.errors import Problem, StoreError
from kg.extraction.documents import Document
from kg.extraction.extracting import Extractor
from kg.extraction.streaming import Result, begin, chunked, extract_chunk, extract_file

_WAITING = 4
"""How many chunks wait for each thread of the cluster."""
_SECONDS = 20
_RETRIES = 3


class Begin(WorkerPlugin):
    """Gives every worker the names and the ontology, also one that comes later."""

    name = "kg-extract"

    def __init__(self, extractor: Extractor) -> None:
        self.extractor = extractor

    def setup(self, worker: Worker) -> None:  # noqa: ARG002  # as Dask calls it
        """Called once on each worker."""
        begin(self.extractor)


def extract_on_cluster(
    paths: Iterable[tuple[str, str]], extractor: Extractor, scheduler: str
) -> Iterator[Result]:
    """The candidates of each file, in order.

    Args:
        paths: what ``kg.extraction.documents.paths_of`` gives; standard input is read here.
        extractor: the names and the ontology.
        scheduler: address of the cluster's scheduler, such as ``tcp://10.0.0.1:8786``.

    Raises:
        StoreError: the scheduler does not answer, or has no workers.
    """
    try:
        client = _connected(scheduler)
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:160]
        message = f"{scheduler}: no Dask scheduler answers there ({reason}), check the address"
        raise StoreError(message) from error
    with client:
        threads = sum(client.nthreads().values())  # type: ignore[no-untyped-call]  # as Dask has it
        if not threads:
            raise StoreError(f"{scheduler}: the cluster has no workers, start some")
        client.register_plugin(Begin(extractor))
        chunks = chunked(paths)
        waiting = deque(
            (chunk, _submitted(client, chunk)) for chunk in islice(chunks, threads * _WAITING)
        )
        while waiting:
            chunk, future = waiting.popleft()
            results = _results(chunk, future, extractor)
            if more := next(chunks, None):
                waiting.append((more, _submitted(client, more)))
            yield from results


def _connected(scheduler: str) -> Client:
    return Client(scheduler, timeout=_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]  # as Dask has it


def _submitted(client: Client, chunk: list[tuple[str, str]]) -> Future[list[Result]]:
    """A chunk on its way; files are named by their full paths, workers stand elsewhere."""
    full = [(str(Path(path).absolute()), source) for path, source in chunk if path != "-"]
    return client.submit(extract_chunk, full, pure=False, retries=_RETRIES)


def _results(
    chunk: list[tuple[str, str]], future: Future[list[Result]], extractor: Extractor
) -> Iterator[Result]:
    """The results of a chunk under the paths as they were given."""
    try:
        done = {result.document.source: result for result in future.result()}
    except KilledWorker as error:
        done = {}
        attempts = getattr(error, "allowed_failures", _RETRIES) + 1
        message = f"{attempts} workers died while they read this file or one beside it"
        for path, source in chunk:
            problem = Problem(path, 0, message, "read it alone to see which it is")
            done[source] = Result(Document(source, path, problem=problem))
    finally:
        future.release()  # type: ignore[no-untyped-call]  # as Dask has it
    for path, source in chunk:
        if path == "-":
            yield extract_file(path, source, extractor)
            continue
        result, document = done[source], done[source].document
        wrong = document.problem and replace(document.problem, path=path)
        yield replace(result, document=replace(document, path=path, problem=wrong))
