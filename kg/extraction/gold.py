"""Annotated texts: what a person read out of a text, one JSON object a line.

A record has ``doc`` (an id), ``text_file`` (below the folder of texts) or ``text``, ``entities``
(name, aliases, type) and ``relations`` (subject, relation, object, evidence, certainty and, where
they apply, modality, role, start, end).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import DataError, KgError, Problem
from kg.files import read_text


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity as the annotator names it, with its other names in the text."""

    name: str
    type: str
    aliases: tuple[str, ...] = ()
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A statement that the annotator found, by names."""

    subject: str
    relation: str
    object: str
    evidence: str = ""
    certainty: str = "stated"
    modality: str = "asserted"
    role: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with all that was annotated in it; ``date`` is its day of publication, if known."""

    doc: str
    text: str
    entities: tuple[GoldEntity, ...]
    relations: tuple[GoldRelation, ...]
    title: str = ""
    publisher: str = ""
    date: str | None = None
    url: str = ""


def read_gold(
    path: Path, texts: Path | None = None, *, with_text: bool = True
) -> Iterator[GoldText]:
    """The annotated texts of a JSONL file; without their text where ``with_text`` is false.

    ``text_file`` is looked for below ``texts``, default the folder above that of ``path``, then
    beside ``path``.

    Raises:
        KgError: a file cannot be read.
        DataError: a line is no record of this kind.
    """
    lines = read_text(path).split("\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _read(json.loads(line), path, texts, with_text=with_text)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            mend = "see docs/extract.md for what a record has"
            message = f"no record of an annotated text ({error})"
            raise DataError([Problem(str(path), number, message, mend)]) from error


def _read(record: dict[str, Any], path: Path, texts: Path | None, *, with_text: bool) -> GoldText:
    text = record.get("text", "")
    if with_text and "text" not in record:
        text = _text_of(record["text_file"], path, texts)
    return GoldText(
        doc=str(record["doc"]),
        text=text,
        entities=tuple(
            GoldEntity(
                e["name"], e["type"], tuple(e.get("aliases", ())), bool(e.get("constructed"))
            )
            for e in record["entities"]
        ),
        relations=tuple(
            GoldRelation(
                r["subject"],
                r["relation"],
                r["object"],
                evidence=r.get("evidence") or "",
                certainty=r.get("certainty") or "stated",
                modality=r.get("modality") or "asserted",
                role=r.get("role"),
                start=r.get("start"),
                end=r.get("end"),
            )
            for r in record["relations"]
        ),
        title=record.get("title") or "",
        publisher=record.get("publisher") or "",
        date=record.get("date"),
        url=record.get("url") or "",
    )


def _text_of(name: str, path: Path, texts: Path | None) -> str:
    places = [texts] if texts else [path.parent.parent, path.parent]
    for place in places:
        if (place / name).is_file():
            return read_text(place / name)
    looked = " or ".join(str(place / name) for place in places)
    raise KgError(f"{path}: text '{name}' is not there, put it at {looked}")
