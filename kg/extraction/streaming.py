"""Many files, one after another or in several processes: same candidates in the same order.

Files are read where they are worked on, and only a few results wait, so memory stays the same
however many there are.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice

from kg.extraction.documents import Document, read_document
from kg.extraction.extracting import Extractor, prepare
from kg.extraction.record import Candidate

_CHUNK = 16
_WAITING = 4
"""How many chunks wait for each process."""


@dataclass(frozen=True, slots=True)
class Result:
    """The candidates of a file, or its problem."""

    document: Document
    candidates: tuple[Candidate, ...] = ()


def extract_files(
    paths: Iterable[tuple[str, str]], extractor: Extractor, jobs: int = 1
) -> Iterator[Result]:
    """The candidates of each file (path and source id), in order.

    Args:
        paths: what ``kg.extraction.documents.paths_of`` gives.
        extractor: the names and the ontology.
        jobs: how many processes; 1 works in this one.
    """
    if jobs <= 1:
        for path, source in paths:
            yield extract_file(path, source, extractor)
        return
    prepare()  # once, before the processes that inherit it
    chunks = chunked(paths)
    with ProcessPoolExecutor(jobs, initializer=begin, initargs=(extractor,)) as pool:
        waiting: deque[Future[list[Result]]] = deque(
            pool.submit(extract_chunk, chunk) for chunk in islice(chunks, jobs * _WAITING)
        )
        while waiting:
            results = waiting.popleft().result()
            if chunk := next(chunks, None):
                waiting.append(pool.submit(extract_chunk, chunk))
            yield from results


def default_jobs(files: int) -> int:
    """All processors, but one where starting others takes longer than the work."""
    return (os.cpu_count() or 1) if files > 4 * _CHUNK else 1


def extract_file(path: str, source: str, extractor: Extractor) -> Result:
    """The candidates of one file."""
    document = read_document(path, source)
    if document.problem:
        return Result(document)
    return Result(document, tuple(extractor.extract(document.text, source)))


def chunked(paths: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Files in the portions that a process takes at once."""
    iterator = iter(paths)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk


_extractor: Extractor | None = None


def begin(extractor: Extractor) -> None:
    """Say, once in each process, what ``extract_chunk`` works with."""
    global _extractor  # one for each process, set when it starts
    _extractor = extractor


def extract_chunk(chunk: list[tuple[str, str]]) -> list[Result]:
    """The candidates of a few files, in a process that has begun."""
    assert _extractor is not None
    return [extract_file(path, source, _extractor) for path, source in chunk]
