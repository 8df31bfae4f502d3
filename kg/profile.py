"""The profile of an entity: what it is, and every statement about it with quote and source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from kg.answers import Store
from kg.iris import ENT, STM
from kg.model import Corpus, Entity, Evidence, Source, Statement
from kg.ontology import Ontology
from kg.reading import about, label_of, read_graph, read_store_ontology
from kg.search import find_entity
from kg.tables import printable
from kg.validity import Period, holds

Record = dict[str, object]
"""A statement with its source, flat and by the words of the glossary; unknown keys are absent."""


@dataclass(frozen=True, slots=True)
class Profile:
    """An entity with the statements that have it as subject and as object, grouped by relation."""

    entity: Entity
    type_label: str
    outgoing: dict[str, list[Record]]
    incoming: dict[str, list[Record]]

    def as_dict(self) -> Record:
        """The profile as JSON has it."""
        return {
            "id": self.entity.id,
            "iri": ENT + self.entity.id,
            "label": label_of(self.entity),
            "type": self.entity.type,
            "names": _names(self.entity),
            **({"note": self.entity.note} if self.entity.note else {}),
            "outgoing": self.outgoing,
            "incoming": self.incoming,
        }


def _names(entity: Entity) -> list[str]:
    return list(dict.fromkeys(n.text for n in entity.labels + entity.aliases))


def record(
    statement: Statement, corpus: Corpus, ontology: Ontology, when: Period | None = None
) -> Record:
    """A statement with its source, subject and object, as a flat mapping.

    With ``when`` it says by ``holds`` whether it certainly or possibly holds in that period.
    """
    source = corpus.sources[statement.source]
    relation = ontology.relations.get(statement.relation)
    literal = relation is not None and relation.has_literal
    subject = corpus.canonical.get(statement.subject, statement.subject)
    object_ = (
        statement.object if literal else corpus.canonical.get(statement.object, statement.object)
    )
    stated = statement.subject
    found: Record = {
        "id": (statement_id := statement.id),
        "iri": STM + statement_id,
        "subject": subject,
        "subject_label": _label(corpus, subject),
        "relation": statement.relation,
        "object": object_,
        "object_label": object_ if literal else _label(corpus, object_),
        "holds": holds(statement, when) if when else None,
        **_qualifiers(statement),
        "stated_subject": None if subject == stated else _label(corpus, stated),
        "stated_object": None if object_ == statement.object else _label(corpus, statement.object),
        "evidence": [_passage(e) for e in statement.evidence],
        **_source_fields(source, corpus),
    }  # fmt: skip
    return {key: value for key, value in found.items() if value is not None}


def _passage(evidence: Evidence) -> Record:
    parts = (("quote", evidence.quote), ("start", evidence.start), ("end", evidence.end),
             ("note", evidence.note))  # fmt: skip
    return {key: value for key, value in parts if value is not None}


def _label(corpus: Corpus, entity_id: str) -> str:
    entity = corpus.entities.get(entity_id)
    return label_of(entity) if entity else entity_id


def _qualifiers(statement: Statement) -> Record:
    amount, inferred = statement.amount, statement.inferred
    return {
        "certainty": statement.certainty,
        "modality": statement.modality,
        "support": "cited" if statement.cited else "quoted",
        "since": statement.since,
        "until": statement.until,
        "observed": statement.observed,
        "role": statement.role,
        "amount": None if amount is None else str(amount),
        "inferred": None if inferred is None else f"{inferred.part}: {inferred.basis}",
        "note": statement.note,
        "self_stated": statement.self_stated or None,
    }


def _source_fields(source: Source, corpus: Corpus) -> Record:
    return {
        "source": source.id,
        "source_title": source.title,
        "publisher": _label(corpus, source.publisher),
        "published": source.published,
        "url": source.url,
    }


def read_profile(store: Store, name: str, when: Period | None = None) -> Profile:
    """The profile of the entity that ``name`` (id, IRI or any name) means.

    Raises:
        UnknownName: no entity is called so, or several are.
    """
    entity_id = find_entity(store, name)
    corpus, ontology = read_graph(store, about(entity_id)), read_store_ontology(store)
    entity = corpus.entities.get(entity_id) or read_graph(store).entities[entity_id]
    records = [record(s, corpus, ontology, when) for s in corpus.statements()]
    return profile_of(entity, records, ontology)


def profile_of(entity: Entity, records: Sequence[Record], ontology: Ontology) -> Profile:
    """The profile of an entity from the records of all statements that have it as an end."""
    term = ontology.classes.get(entity.type)
    return Profile(
        entity,
        term.labels.get("de", entity.type) if term else entity.type,
        _grouped(r for r in records if r["subject"] == entity.id),
        _grouped(r for r in records if r["object"] == entity.id),
    )


def _grouped(records: Iterable[Record]) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = {}
    order = ("relation", "subject_label", "object_label", "source")
    for found in sorted(records, key=lambda r: [str(r[key]) for key in order]):
        groups.setdefault(str(found["relation"]), []).append(found)
    return groups


def as_text(profile: Profile) -> str:
    """The profile as the terminal shows it."""
    entity = profile.entity
    lines = [f"{label_of(entity)}  ({profile.type_label}, {entity.type})", f"  {ENT}{entity.id}"]
    if other := [n for n in _names(entity) if n != label_of(entity)]:
        lines.append("  also: " + ", ".join(other))
    if entity.note:
        lines.append(f"  note: {entity.note}")
    for arrow, side, groups in (("→", "object_label", profile.outgoing),
                                ("←", "subject_label", profile.incoming)):  # fmt: skip
        for relation, records in groups.items():
            lines += ["", f"{arrow} {relation}"]
            for found in records:
                lines += record_lines(found, side)
    return "\n".join(map(printable, lines))


def statement_text(found: Record) -> str:
    """A statement on its own, as the terminal shows it."""
    head = f"{found['subject_label']} – {found['relation']} – {found['object_label']}"
    lines = [head, f"    {found['iri']}", *record_lines(found, "object_label")[:]]
    return "\n".join(map(printable, lines))


_STATED = ("stated_subject", "stated_object")
"""What the source calls a subject or object that was merged into another one."""


def record_lines(found: Record, side: str) -> list[str]:
    """A statement as the terminal shows it; ``side`` is the key of what stands first."""
    words = [str(found[side])]
    words += [
        f"{key} {found[key]}" for key in ("since", "until", "observed", "amount") if key in found
    ]
    if "role" in found:
        words.append(f"as “{found['role']}”")
    if "holds" in found:
        words.append(f"{found['holds']} then")
    words += [f"there “{found[key]}”" for key in _STATED if key in found]
    if found["certainty"] != "stated":
        words.append(str(found["certainty"]))
    if found["modality"] != "asserted":
        words.append(str(found["modality"]))
    lines = ["    " + " · ".join(words)]
    for passage in cast("list[Record]", found["evidence"]):
        if "quote" in passage:
            quote = " ".join(str(passage["quote"]).split())
            lines.append(f"        „{quote}“ [{passage['start']}–{passage['end']}]")
        else:
            lines.append(f"        cited only: {passage.get('note') or found.get('note')}")
    lines += [f"        {key}: {found[key]}" for key in ("inferred",) if key in found]
    published = f", {found['published']}" if "published" in found else ""
    lines.append(
        f"        {found['source_title']} ({found['publisher']}{published}) {found['url']}"
    )
    return lines
