"""What persons decided on candidates (``reviewed.yaml``), so that nothing is proposed twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.check import check_decision
from kg.curated import REVIEWED_FILE, is_id, read_list
from kg.encoding import said
from kg.errors import DataError, Problem, did_you_mean
from kg.files import read_text
from kg.formatting import changed_text
from kg.model import Origin
from kg.ontology import Ontology

ACCEPTED, REFUSED = "accepted", "refused"


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision on a candidate, which is named as it was proposed.

    ``why`` is there where it was refused, ``quote`` is the passage that it was proposed with.
    """

    source: str
    subject: str
    relation: str
    object: str
    decision: str
    by: str
    on: str
    why: str | None = None
    quote: str | None = None
    origin: Origin = field(default=Origin("", 0), compare=False)


def read_reviewed(data: Path) -> list[Decision]:
    """The decisions of a data folder; none where there is no such file.

    Raises:
        DataError: something in the file is wrong.
    """
    problems: list[Problem] = []
    found = list(_read(data / REVIEWED_FILE, problems))
    if problems:
        raise DataError(problems)
    return found


def check_reviewed(data: Path, ontology: Ontology) -> Iterator[Problem]:
    """Every problem of the decisions of a data folder."""
    problems: list[Problem] = []
    for decision in _read(data / REVIEWED_FILE, problems):
        origin = decision.origin
        if decision.relation and decision.relation not in ontology.relations:
            hint = did_you_mean(decision.relation, ontology.relations)
            yield Problem(origin.path, origin.line, f"unknown relation '{decision.relation}'", hint)
        if decision.source and not is_id(decision.source):
            mend = "use small letters, digits and single hyphens"
            message = f"'{decision.source}' cannot be an id of a source"
            yield Problem(origin.path, origin.line, message, mend)
        yield from check_decision(decision.by, decision.on, decision.why or "", origin)
    yield from problems


def _read(path: Path, problems: list[Problem]) -> Iterator[Decision]:
    if not path.is_file():
        return
    for item in read_list(path, "decisions", "source", problems):
        source, subject, relation, object_ = (
            item.required(k) for k in ("source", "subject", "relation", "object")
        )
        kind = item.choice("decision", (ACCEPTED, REFUSED), REFUSED)
        by, on = item.required("by"), item.required("on")
        why = item.required("why") if kind == REFUSED else item.text("why")
        quote, origin = item.text("quote"), Origin(str(path), item.line)
        yield Decision(source, subject, relation, object_, kind, by, on, why, quote, origin)
        item.done()


def with_decision(data: Path, decision: Decision) -> str:
    """The file of decisions with one more at its end; what stands in it stays as it is."""
    path = data / REVIEWED_FILE
    before = read_text(path) if path.is_file() else ""
    if not before.strip() or before.strip() == "[]":
        before = ""
    elif not before.endswith("\n"):
        before += "\n"
    item = said(
        source=decision.source,
        subject=decision.subject,
        relation=decision.relation,
        object=decision.object,
        decision=decision.decision,
        why=decision.why,
        by=decision.by,
        on=decision.on,
        quote=decision.quote,
    )
    return before + changed_text(None, path, lambda _: [item], None, [])
