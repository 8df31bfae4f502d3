"""The candidates that a review is about, of files of candidates or of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.curated import is_id
from kg.errors import Problem
from kg.extraction.documents import paths_of
from kg.extraction.extracting import Extractor
from kg.extraction.judging import Desk
from kg.extraction.lexicon import read_lexicon
from kg.extraction.record import Candidate, read_candidates
from kg.extraction.streaming import Result, extract_files
from kg.files import is_file, read_text

_LINES = (".jsonl", ".ndjson")


@dataclass
class Proposals:
    """Open candidates, each with its text where that is at hand; how many are settled already."""

    queue: list[tuple[Candidate, str | None]] = field(default_factory=list)
    settled: int = 0
    problems: list[Problem] = field(default_factory=list)


def proposals(files: Iterable[str], desk: Desk, texts: Path | None, least: float) -> Proposals:
    """The candidates of files: JSONL of candidates, or texts that are read here.

    A candidate whose passage is not in its text, or a file that cannot be read, is a problem; the
    others go on.

    Raises:
        KgError: a file of candidates cannot be read.
        DataError: it has a line that is no candidate.
    """
    found = Proposals()
    for path in files:
        lines = path.lower().endswith(_LINES)
        given = _listed(path, texts, found) if lines else _read(path, desk, found)
        for candidate, text in given:
            if candidate.confidence < least:
                continue
            if desk.is_settled(candidate):
                found.settled += 1
            else:
                found.queue.append((candidate, text))
    return found


def _listed(
    path: str, texts: Path | None, found: Proposals
) -> Iterator[tuple[Candidate, str | None]]:
    @cache
    def text_of(source: str) -> str | None:
        file = texts / f"{source}.txt" if texts else None
        return read_text(file) if file and is_file(file) else None

    for number, candidate in enumerate(read_candidates(Path(path)), start=1):
        if not is_id(candidate.source):
            message = f"candidate {number} names no source, '{candidate.source}' cannot be an id"
            found.problems.append(Problem(path, 0, message, "use small letters, digits, hyphens"))
            continue
        text, passage = text_of(candidate.source), candidate.evidence
        if text is not None and text[passage.start : passage.end] != passage.quote:
            message = f"the passage of candidate {number} is not in the text '{candidate.source}'"
            found.problems.append(Problem(path, 0, message, "extract it again"))
        else:
            yield candidate, text


def _read(path: str, desk: Desk, found: Proposals) -> Iterator[tuple[Candidate, str | None]]:
    extractor = Extractor(read_lexicon(desk.corpus), desk.ontology)
    result: Result
    for result in extract_files(paths_of([path]), extractor):
        if result.document.problem:
            found.problems.append(result.document.problem)
        for candidate in result.candidates:
            yield candidate, result.document.text
