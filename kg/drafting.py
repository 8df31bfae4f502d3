"""The rows of ``statements`` → statements as they should stand in the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from kg import encoding
from kg.applying import Edits, Planned
from kg.columns import split_items
from kg.errors import Problem, did_you_mean
from kg.matching import Mention
from kg.model import Corpus, Origin, Statement
from kg.naming import Names
from kg.ontology import Ontology, Relation
from kg.rows import Row, Table, as_edtf, narrowed, passage, qualifiers
from kg.sourcing import Sources


@dataclass(slots=True)
class _Draft:
    """A statement as its rows say it."""

    key: Statement
    first: Row
    given: str | None
    says: encoding.Mapping
    passages: list[encoding.Mapping] = field(default_factory=list)


class Drafts:
    """The statements that the rows say, compared with those of the data."""

    def __init__(self, corpus: Corpus, ontology: Ontology, table: Table, sources: Sources) -> None:
        self._known = {s.id: s for s in corpus.all_statements()}
        self._triples = {_triple(s) for s in self._known.values()}
        self._ontology, self._table, self._sources = ontology, table, sources
        self._drafts: dict[str, _Draft] = {}
        self._rows: list[tuple[Row, str, Relation]] = []
        self.there = 0
        self.waiting = 0
        self.narrowed: list[Row] = []
        """Rows whose relation the ontology divides into narrower ones."""
        self.since_page: list[Row] = []
        """Rows whose ``since`` is no more than the date of the page."""
        self.bare: list[Row] = []
        """New statements that have neither a quote nor any note."""
        self.renamed: list[Row] = []
        """Rows that give an entity of the data another label or class."""
        self.redated: list[Row] = []
        """New statements that the data have with other dates."""

    def mentions(self, problems: list[Problem]) -> Iterator[Mention]:
        """The names that the rows use; rows that lack something are told and left out."""
        relations = self._ontology.relations
        for row in self._table.rows:
            missing = [k for k in ("subject", "relation", "object") if k not in row.cells]
            if missing:
                problems.append(row.problem(f"{', '.join(missing)} is empty", "fill the cell"))
            source = self._sources.of(row, self._table.columns, problems)
            name = row.cells.get("relation", "")
            if name and name not in relations:
                usable = [n for n, r in relations.items() if not r.derived]
                mend = did_you_mean(name, usable)
                problems.append(row.problem(f"unknown relation '{name}'", mend))
            if source is None or missing or name not in relations:
                continue
            self._rows.append((row, source, relations[name]))
            yield _mention(row, "subject")
            if not relations[name].has_literal:
                yield _mention(row, "object")

    def take(self, names: Names, *, observed: bool, problems: list[Problem]) -> None:
        """Read every row whose names are known; ``observed`` as in ``kg import --observed``."""
        for row, source_key, relation in self._rows:
            source, subject = self._sources.id_of(source_key), names.find(row.cells["subject"])
            object_: str | None = row.cells["object"]
            if relation.has_date:
                object_ = as_edtf(str(object_))
            elif not relation.has_literal:
                object_ = names.find(str(object_).strip())
            if source is None or subject is None or object_ is None:
                self.waiting += 1
                continue
            self._look_at_names(row, names, subject, None if relation.has_literal else object_)
            key = Statement(source, subject, relation.name, object_, ())
            key = replace(key, **self._dates(row))
            given = row.cells.get("statement")
            if key.id != given and key.id not in self._known:  # else it is as somebody wrote it
                if not relation.has_literal:
                    types = names.type_of(subject), names.type_of(object_)
                    key = replace(key, relation=narrowed(key.relation, *types, self._ontology))
                    self.narrowed += [row] if key.relation != relation.name else []
                key = self._looked_at(row, key, observed=observed)
            self._add(row, key, given, problems)

    def _dates(self, row: Row) -> dict[str, Any]:
        """The dates of a row; of a statement that it names, what the table has no column for."""
        known = self._known.get(row.cells.get("statement", ""))
        return {
            k: row.cells.get(k) if known is None or k in self._table.columns else getattr(known, k)
            for k in ("since", "until", "observed")
        }

    def _look_at_names(self, row: Row, names: Names, subject: str, object_: str | None) -> None:
        for role, entity in (("subject", subject), ("object", object_)):
            label, type_ = (row.cells.get(f"{role}_{k}", "") for k in ("label", "type"))
            mine = names.type_of(entity) if entity else ""
            other_class = not any(
                self._ontology.is_a(a, b) for a, b in ((type_, mine), (mine, type_))
            )
            if entity and (
                (label and not names.is_called(entity, label)) or (type_ and other_class)
            ):
                self.renamed.append(row)
                return

    def _looked_at(self, row: Row, key: Statement, *, observed: bool) -> Statement:
        """The same, or with ``observed`` where it begins no sooner than its page was published."""
        published = self._sources.published(key.source) or ""
        is_page = key.since and key.since in (published, published[:7], published[:4])
        if not is_page or key.until or key.observed or key.id in self._known:
            return key
        self.since_page.append(row)
        return replace(key, since=None, observed=published) if observed else key

    def _add(self, row: Row, key: Statement, given: str | None, problems: list[Problem]) -> None:
        says = qualifiers(row, self._table)
        draft = self._drafts.get(key.id)
        if draft is None:
            draft = self._drafts[key.id] = _Draft(key, row, given, says)
        for name, value in says.items():
            if value is not None and value != draft.says.get(name):
                if draft.says.get(name) is not None:
                    place = f"{draft.first.path}:{draft.first.line}"
                    message = f"'{name}' is another than in {place}, which is the same statement"
                    mend = "give both rows the same, or other dates"
                    problems.append(row.problem(message, mend))
                draft.says[name] = value
        found = passage(row, self._table)
        if found and found not in draft.passages:
            draft.passages.append(found)

    def finish(self, edits: Edits, note: str | None, problems: list[Problem]) -> None:
        """Put what is new or changed into ``edits``; ``note`` is for what rests on nothing else."""
        replaced = self._replaced(problems)
        for statement_id, draft in self._drafts.items():
            old = self._known.get(replaced.get(statement_id, statement_id))
            before = encoding.statement_mapping(old) if old else {}
            mapping = self._mapping(draft, before, note)
            if mapping == before:
                self.there += 1
                continue
            planned = Planned(statement_id, old.id if old else None, mapping)
            edits.statements.setdefault(draft.key.source, []).append(planned)
            edits.places[statement_id] = Origin(draft.first.path, draft.first.line)
            if old is None and _triple(draft.key) in self._triples:
                self.redated.append(draft.first)

    def _replaced(self, problems: list[Problem]) -> dict[str, str]:
        """By id of a statement with other dates or names: that of the one it is in the data."""
        found: dict[str, str] = {}
        for statement_id, draft in self._drafts.items():
            given = draft.given
            if given not in self._known or given in self._drafts or statement_id in self._known:
                continue
            if self._known[given].source != draft.key.source or given in found.values():
                message = f"another row, or source, has the statement '{given}'"
                mend = "empty the cell 'statement' in the row that is new"
                problems.append(draft.first.problem(message, mend))
            else:
                found[statement_id] = given
        return found

    def _mapping(
        self, draft: _Draft, before: encoding.Mapping, note: str | None
    ) -> encoding.Mapping:
        key = draft.key
        said: encoding.Mapping = {
            **before, **draft.says,
            "subject": key.subject, "relation": key.relation, "object": key.object,
            "since": key.since, "until": key.until, "observed": key.observed,
        }  # fmt: skip
        said["modality"] = said.get("modality") or "asserted"
        said["certainty"] = said.get("certainty") or "stated"
        if before and _as_number(before.get("amount")) == _as_number(said.get("amount")):
            said["amount"] = before.get("amount")
        passages = draft.passages
        if before and not (passages and "quote" in self._table.columns):
            return encoding.said(**said)
        if not passages:
            passages = [encoding.said(cited="true", note=None if said.get("note") else note)]
        if all(p.keys() <= {"cited"} for p in passages) and not said.get("note"):
            self.bare.append(draft.first)
        said["evidence"] = encoding.passages([_placed(p, before) for p in passages])
        return encoding.said(**said)


def _triple(s: Statement) -> tuple[str, ...]:
    """What a statement says but for its dates."""
    return s.source, s.subject, s.relation, s.object


def _as_number(amount: encoding.Mapping | None) -> object:
    try:
        return amount and {**amount, "value": Decimal(str(amount.get("value")))}
    except InvalidOperation:
        return amount


def _placed(found: encoding.Mapping, before: encoding.Mapping) -> encoding.Mapping:
    """A passage at the place that it has in the data, where the row does not say one."""
    evidence = before.get("evidence") or []
    for old in [evidence] if isinstance(evidence, dict) else evidence:
        if found.get("quote") and old.get("quote") == found["quote"] and "start" not in found:
            place = {k: old[k] for k in ("start", "end") if k in old}
            return {**found, **place}
    return found


def _mention(row: Row, role: str) -> Mention:
    get = row.cells.get
    return Mention(
        row.cells[role].strip(),
        role,
        row.path,
        row.line,
        label=get(f"{role}_label", ""),
        type=get(f"{role}_type", ""),
        aliases=tuple(split_items(get(f"{role}_aliases", ""))),
    )
