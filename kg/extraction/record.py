"""The record of a candidate statement, and its lines of JSON (JSONL, RFC 8259, UTF-8)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from kg.errors import DataError, KgError, Problem
from kg.model import CERTAINTIES, MODALITIES, Amount, Evidence, Statement

KEYS = ("source", "subject", "subject_type", "relation", "object", "object_type", "subject_id",
        "object_id", "since", "until", "role", "amount", "modality", "certainty", "confidence",
        "rule", "evidence")  # fmt: skip
"""The keys of a line, in this order; all stand in every line, ``null`` where nothing is known."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that a text seems to make: to be accepted, mended or refused by a person.

    ``subject`` and ``object`` are names as best known (or a literal: EDTF date, address), their
    types classes of the ontology (``object_type`` None for a literal), their ids those of entities
    of the graph. ``confidence`` goes from 0 to 1; ``rule`` says what led to the candidate. The
    evidence counts code points: ``text[start:end] == quote``.
    """

    source: str
    subject: str
    subject_type: str
    relation: str
    object: str
    object_type: str | None
    evidence: Evidence
    rule: str
    confidence: float
    subject_id: str | None = None
    object_id: str | None = None
    since: str | None = None
    until: str | None = None
    role: str | None = None
    amount: Amount | None = None
    modality: str = "asserted"
    certainty: str = "stated"

    def as_statement(self, subject: str, object_: str, note: str) -> Statement:
        """What it says, between these ids (``object_`` may be a literal), with a note."""
        return Statement(
            source=self.source,
            subject=subject,
            relation=self.relation,
            object=object_,
            evidence=(self.evidence,),
            certainty=self.certainty,
            modality=self.modality,
            since=self.since,
            until=self.until,
            role=self.role,
            amount=self.amount,
            note=note,
        )


def as_dict(candidate: Candidate) -> dict[str, Any]:
    """The record as it stands in a line of JSON, see ``KEYS``."""
    values = {key: getattr(candidate, key) for key in KEYS}
    evidence, amount = candidate.evidence, candidate.amount
    values["evidence"] = {
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
    }
    if amount:
        values["amount"] = {
            "value": f"{amount.value:f}",
            "currency": amount.currency,
            "qualifier": amount.qualifier,
            "covers": amount.covers,
        }
    return values


def as_line(candidate: Candidate) -> str:
    """The record as one line of JSON, without its end."""
    return json.dumps(as_dict(candidate), ensure_ascii=False)


def write_lines(candidates: Iterable[Candidate]) -> Iterator[str]:
    """The lines of a JSONL file, each with its end."""
    return (as_line(c) + "\n" for c in candidates)


def from_dict(values: dict[str, Any]) -> Candidate:
    """The candidate of a record; keys that we do not know are left out.

    Raises:
        ValueError: a key is missing, or a value is none that it may have.
    """
    for key in ("source", "subject", "subject_type", "relation", "object", "rule"):
        if not isinstance(values.get(key), str):
            raise ValueError(f"'{key}' is missing or no text")
    for key in ("object_type", "subject_id", "object_id", "since", "until", "role"):
        if not isinstance(values.get(key), str | None):
            raise ValueError(f"'{key}' is neither text nor null")
    known = {k: values[k] for k in KEYS if k in values and k not in ("evidence", "amount")}
    confidence = known.setdefault("confidence", 1.0)
    if not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise ValueError("'confidence' is no number from 0 to 1")
    if known.get("modality", "asserted") not in MODALITIES:
        raise ValueError(f"'modality' is none of {', '.join(MODALITIES)}")
    if known.get("certainty", "stated") not in CERTAINTIES:
        raise ValueError(f"'certainty' is none of {', '.join(CERTAINTIES)}")
    return Candidate(
        **{"object_type": None, **known},
        evidence=_evidence(values.get("evidence")),
        amount=_amount(values.get("amount")),
    )


def _evidence(value: object) -> Evidence:
    if not isinstance(value, dict):
        raise ValueError("'evidence' is missing")
    quote, start, end = value.get("quote"), value.get("start"), value.get("end")
    if not (isinstance(quote, str) and isinstance(start, int) and isinstance(end, int)):
        raise ValueError("'evidence' needs quote, start and end")
    if not 0 <= start < end or end - start != len(quote):
        raise ValueError("'evidence': start and end do not fit the quote")
    return Evidence(quote, start, end)


def _amount(value: object) -> Amount | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise ValueError("'amount' is no object with value and currency")
    try:
        number = Decimal(str(value.get("value")))
    except InvalidOperation as error:
        raise ValueError("'amount': value is no number") from error
    return Amount(
        number, str(value.get("currency") or "EUR"), value.get("qualifier"), value.get("covers")
    )


def read_lines(lines: Iterable[str], path: str) -> Iterator[Candidate]:
    """The candidates of JSONL, one a line; empty lines are passed over.

    Raises:
        DataError: a line is no such record; it names ``path`` and the line.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
            if not isinstance(values, dict):
                raise ValueError("this is no JSON object")
            candidate = from_dict(values)
        except ValueError as error:  # JSONDecodeError is one
            mend = "write a record as `kg extract` does"
            raise DataError([Problem(path, number, str(error), mend)]) from error
        yield candidate


def read_candidates(path: Path) -> Iterator[Candidate]:
    """The candidates of a JSONL file, read as they are asked for.

    Raises:
        KgError: the file cannot be read or is not UTF-8.
        DataError: a line is no such record.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            yield from read_lines(lines, str(path))
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}), check path and rights"
        raise KgError(message) from error
    except UnicodeDecodeError as error:
        raise KgError(f"{path}: this is not UTF-8, save the file as UTF-8") from error
