"""The model → the mappings of texts that data files are made of; the inverse of ``kg.curated``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.model import Entity, Evidence, Identity, Name, Source, Statement, Verdict

Mapping = dict[str, Any]
"""What stands in a data file: keys with texts, lists and mappings; what is not said has no key."""


def said(**values: Any) -> Mapping:
    """The keys that say something.

    >>> said(a="1", b=None, c=[], d="")
    {'a': '1'}
    """
    return {k: v for k, v in values.items() if v is not None and v not in ("", [], {})}


def entity_mapping(entity: Entity) -> Mapping:
    """An entity as it stands in a file of entities."""
    labels = {n.language: n.text for n in entity.labels}
    return said(
        id=entity.id,
        type=entity.type,
        label=labels["de"] if set(labels) == {"de"} else labels,
        alias=names_by_language(entity.aliases),
        same_as=_identity(entity.same_as),
        not_same_as=[_identity(other) for other in entity.not_same_as],
        note=entity.note,
    )


def names_by_language(names: Iterable[Name]) -> list[str] | dict[str, list[str]]:
    """Names as a list where all are German, else as lists by language."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.language, []).append(name.text)
    return found.get("de", []) if set(found) <= {"de"} else found


def _identity(identity: Identity | None) -> Mapping | None:
    if identity is None:
        return None
    return {"entity": identity.entity, "by": identity.by, "on": identity.on, "why": identity.why}


def source_mapping(source: Source) -> Mapping:
    """A source as it stands in its file, without its statements."""
    mark = source.text
    return said(
        id=source.id,
        title=source.title,
        publisher=source.publisher,
        published=source.published,
        url=source.url,
        language=source.language,
        text={"sha256": mark.sha256, "length": str(mark.length)} if mark else None,
        note=source.note,
    )


def statement_mapping(statement: Statement) -> Mapping:
    """A statement as it stands in the file of its source."""
    amount, inferred, withdrawn = statement.amount, statement.inferred, statement.withdrawn
    return said(
        subject=statement.subject,
        relation=statement.relation,
        object=statement.object,
        since=statement.since,
        until=statement.until,
        observed=statement.observed,
        role=statement.role,
        amount=amount
        and said(
            value=f"{amount.value:f}",
            currency=amount.currency,
            qualifier=amount.qualifier,
            covers=amount.covers,
        ),
        modality=statement.modality,
        certainty=statement.certainty,
        inferred=inferred and {"part": inferred.part, "from": inferred.basis},
        note=statement.note,
        withdrawn=withdrawn and {"by": withdrawn.by, "on": withdrawn.on, "why": withdrawn.why},
        evidence=passages([evidence_mapping(e) for e in statement.evidence]),
    )


def passages(found: list[Mapping]) -> Mapping | list[Mapping]:
    """The evidence of a statement as it is written: one passage alone, several as a list."""
    return found[0] if len(found) == 1 else found


def evidence_mapping(evidence: Evidence) -> Mapping:
    """A passage as it stands below its statement."""
    return said(
        quote=evidence.quote,
        cited="true" if evidence.cited else None,
        start=None if evidence.start is None else str(evidence.start),
        end=None if evidence.end is None else str(evidence.end),
        note=evidence.note,
    )


def verdict_mapping(verdict: Verdict) -> Mapping:
    """A verdict as it stands in ``conflicts.yaml``."""
    return {
        "statements": list(verdict.statements),
        "verdict": verdict.kind,
        "by": verdict.by,
        "on": verdict.on,
        "why": verdict.why,
    }
