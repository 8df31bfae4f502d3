"""What somebody read out of texts, whoever it was: annotated texts or candidates, read as one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError, Problem
from kg.extraction.agreement import Said
from kg.extraction.gold import GoldEntity, GoldRelation, GoldText, read_gold
from kg.extraction.record import Candidate, read_lines
from kg.files import read_text

_MEND = "give JSONL of annotated texts, or of candidates as `kg extract` writes them"


@dataclass(frozen=True)
class Annotation:
    """All statements of one file, by the id of the text.

    ``complete`` is true where the file names every text that was read, so that one that is not in
    it was not read; in a file of candidates a text without candidates does not show at all.
    """

    path: str
    texts: Mapping[str, GoldText]
    said: Mapping[str, tuple[Said, ...]]
    complete: bool


def read_annotation(path: Path) -> Annotation:
    """The statements of a file of either kind; the texts themselves are not needed.

    Raises:
        KgError: the file cannot be read.
        DataError: a line is no such record, or a text stands there twice.
    """
    content = read_text(path)
    if _is_gold(content, path):
        texts: dict[str, GoldText] = {}
        for text in read_gold(path, with_text=False):
            if text.doc in texts:
                message = f"the text '{text.doc}' stands there twice"
                raise DataError([Problem(str(path), 0, message, "keep one of them")])
            texts[text.doc] = text
        return Annotation(str(path), texts, {d: t.relations for d, t in texts.items()}, True)
    grouped: dict[str, list[Candidate]] = {}
    for candidate in read_lines(content.split("\n"), str(path)):
        grouped.setdefault(candidate.source, []).append(candidate)
    return Annotation(
        str(path),
        {source: text_of(source, group) for source, group in grouped.items()},
        {source: tuple(group) for source, group in grouped.items()},
        False,
    )


def _is_gold(content: str, path: Path) -> bool:
    first = next((line for line in content.split("\n") if line.strip()), "")
    if not first:
        return False
    try:
        record = json.loads(first)
    except ValueError as error:
        raise DataError([Problem(str(path), 1, f"this is no JSON ({error})", _MEND)]) from error
    if not isinstance(record, dict):
        raise DataError([Problem(str(path), 1, "this is no JSON object", _MEND)])
    return "doc" in record


def text_of(source: str, candidates: Iterable[Candidate]) -> GoldText:
    """Candidates as an annotated text whose entities are those that the candidates name."""
    entities: dict[tuple[str, str], GoldEntity] = {}
    relations = []
    for c in candidates:
        for name, kind in ((c.subject, c.subject_type), (c.object, c.object_type)):
            if kind:
                entities.setdefault((name, kind), GoldEntity(name, kind))
        relations.append(
            GoldRelation(
                c.subject,
                c.relation,
                c.object,
                evidence=c.evidence.quote or "",
                certainty=c.certainty,
                modality=c.modality,
                role=c.role,
                start=c.since,
                end=c.until,
            )
        )
    return GoldText(source, "", tuple(entities.values()), tuple(relations))


def passage_of(said: Said) -> str:
    """The words that carry a statement."""
    return (said.evidence.quote or "") if isinstance(said, Candidate) else said.evidence
