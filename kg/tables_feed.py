"""Tables of any size as a ``kg.feed.Feed``.

The columns are those of ``kg import`` (docs/tables.md). Nobody is asked here: an entity is one that
the table of entities has, by its id or by a name that only it has, or one that a row itself gives
an id, a label and a class.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from kg.columns import Cells
from kg.curated import is_id
from kg.errors import Problem, did_you_mean
from kg.model import (
    CERTAINTIES,
    MODALITIES,
    VERDICTS,
    Amount,
    Entity,
    Evidence,
    Inferred,
    Name,
    Origin,
    Source,
    Statement,
    TextMark,
    Verdict,
    Withdrawal,
)
from kg.ontology import Ontology, Relation
from kg.rejects import Rejects
from kg.rows import ID_MEND, Row, Table, as_edtf, entity_of, narrowed, verdict_of
from kg.table_stream import File, problem_of, records

_DATES = {"since", "until", "observed", "source_published", "published", "withdrawn_on",
          "same_as_on", "on"}  # fmt: skip


_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")  # BCP 47, in outline


class TableFeed:
    """Tables as a feed; bad rows go to ``rejects``, with their line."""

    def __init__(self, files: Sequence[File], ontology: Ontology, rejects: Rejects) -> None:
        """Look once at whom the rows name."""
        self._files, self._ontology, self._rejects = files, ontology, rejects
        self._tables = {
            str(f.path): Table(f.table, frozenset(filter(None, f.columns)), ()) for f in files
        }
        below = (p for r in ontology.relations.values() if not r.derived for p in r.parents)
        self._divided = frozenset(below)
        self._types = {key: row.cells.get("type", "") for key, row in self._entity_rows()}
        self._inline: dict[str, tuple[str, Origin]] = {}
        self._by_url: dict[str, str] = {}
        self._names: dict[str, str | None] = {}
        self._group: tuple[Origin, list[int]] = (Origin("", 0), [])
        self._look_ahead()

    def reject(self, origin: Origin, problems: Iterable[Problem]) -> None:
        """Set aside the row there, and the others of the same statement."""
        told = list(problems)
        first, lines = self._group
        for line in lines if first == origin else [origin.line]:
            self._rejects.add(Origin(origin.path, line), told)

    def entities(self) -> Iterator[Entity]:
        """Those of the table of entities, then those that other rows describe."""
        yield from self._listed_entities()
        for entity_id, (label, origin) in self._inline.items():
            yield Entity(entity_id, self._types[entity_id], (Name(label),), origin=origin)

    def sources(self) -> Iterator[Source]:
        """Those of the table of sources, then those that rows of statements describe."""
        seen: set[str] = set()
        for row in self._rows("sources"):
            found = self._source(row, "", row.cells.get("id", "").strip())
            if found and found.id in seen:
                self._tell(row, f"'{found.id}' already stands in another row", "make it one row")
            elif found:
                seen.add(found.id)
                yield found
        described = {"source_title", "source_url"}
        if not any(described <= t.columns for t in self._tables.values()):
            return
        for row in self._rows("statements"):
            key = self._source_id(row)
            if key and key not in seen and described <= row.cells.keys():
                seen.add(key)
                if found := self._source(row, "source_", key):
                    yield found

    def verdicts(self) -> Iterator[tuple[Verdict, Origin]]:
        """Those of the table of conflicts."""
        for row in self._rows("conflicts"):
            found = verdict_of(row)
            if found.kind in VERDICTS:
                yield found, Origin(row.path, row.line)
            else:
                mend = did_you_mean(found.kind, VERDICTS)
                self._tell(row, f"'verdict' cannot be '{found.kind}'", mend)

    def statements(self, relations: Collection[str] | None = None) -> Iterator[Statement]:
        """A statement for each row, or for several in a row that differ by their passage alone.

        Args:
            relations: only those of these relations.
        """
        seen: set[int] = set()
        current: Statement | None = None
        lines: list[int] = []
        wanted = None if relations is None else self._divided.union(relations)
        for row in self._rows("statements", wanted):
            found = self._statement(row)
            if found is None or (relations is not None and found.relation not in relations):
                continue
            if current is not None and _key(found) == _key(current):
                if replace(found, evidence=current.evidence) != current:
                    message = f"this says else than line {lines[0]}, which is the same statement"
                    self._tell(row, message, "give both rows the same, or other dates")
                    continue
                passages = dict.fromkeys((*current.evidence, *found.evidence))
                current = replace(current, evidence=tuple(passages))
                lines.append(row.line)
                continue
            if current is not None:
                self._group = current.origin, lines
                yield current
            current, lines = None, []
            if (mark := int(found.id[:16], 16)) in seen:
                mend = "put the rows of one statement one below the other"
                self._tell(row, "this statement already stands further up", mend)
                continue
            seen.add(mark)
            current, lines = found, [row.line]
        if current is not None:
            self._group = current.origin, lines
            yield current

    def _tell(self, row: Row, message: str, mend: str) -> None:
        self._rejects.add(Origin(row.path, row.line), [row.problem(message, mend)])

    def _rows(self, table: str, relations: Collection[str] | None = None) -> Iterator[Row]:
        """The rows of a table that are not set aside, empty ones left out.

        Args:
            table: its name.
            relations: only rows that name one of these.
        """
        for file in self._files:
            if file.table != table:
                continue
            path, names = str(file.path), file.columns
            dates = _DATES.intersection(names)
            set_aside = self._rejects.lines_of(path)
            place = names.index("relation") if "relation" in names else len(names)
            for record in records(file):
                if record.line in set_aside:
                    continue
                if record.wrong:
                    self._rejects.add(Origin(path, record.line), [problem_of(file, record)])
                    continue
                if relations is not None:
                    named = record.cells[place].strip() if place < len(record.cells) else ""
                    if named not in relations:
                        continue
                pairs = zip(names, record.cells, strict=False)
                cells = {n: t for n, t in pairs if n and t and not t.isspace()}
                for name in dates:
                    if date := cells.get(name):
                        cells[name] = as_edtf(date.strip())
                if cells:
                    yield Row(cells, path, record.line)

    def _listed_entities(self) -> Iterator[Entity]:
        for _, row in self._entity_rows():
            yield entity_of(row, self._tables[row.path], None, Origin(row.path, row.line))

    def _entity_rows(self) -> Iterator[tuple[str, Row]]:
        """The rows of the table of entities, each with its id."""
        seen: set[str] = set()
        for row in self._rows("entities"):
            key = row.cells.get("id", "").strip()
            if not is_id(key):
                self._tell(row, f"'{key}' cannot be an id", ID_MEND)
            elif key in seen:
                self._tell(row, f"'{key}' already stands in another row", "make it one row")
            else:
                seen.add(key)
                yield key, row

    def _look_ahead(self) -> None:
        """Whom the statements describe themselves, and what other names they use."""
        open_names: set[str] = set()
        for row in self._rows("sources"):
            self._note_url(row.cells.get("url"), row.cells.get("id"))
            self._look_at(row, "publisher", open_names)
        for row in self._rows("statements"):
            self._note_url(row.cells.get("source_url"), row.cells.get("source"))
            relation = self._ontology.relations.get(row.cells.get("relation", "").strip())
            self._look_at(row, "subject", open_names)
            self._look_at(row, "source_publisher", open_names)
            if relation and not relation.has_literal:
                self._look_at(row, "object", open_names)
        if open_names:
            self._names = _resolved(open_names, self.entities())

    def _note_url(self, url: str | None, source: str | None) -> None:
        if url and source:
            self._by_url.setdefault(url.strip(), source.strip())

    def _look_at(self, row: Row, role: str, open_names: set[str]) -> None:
        name = row.cells.get(role, "").strip()
        if not name or name in self._types:
            return
        label, type_ = (row.cells.get(f"{role}_{k}") for k in ("label", "type"))
        if label and type_ and is_id(name):
            self._types[name] = type_.strip()
            self._inline[name] = (label, Origin(row.path, row.line))
        else:
            open_names.add(name)

    def _entity(self, name: str) -> str:
        """The id that a name means; a name that means none, or several, as it is."""
        return name if name in self._types else self._names.get(name) or name

    def _source_id(self, row: Row) -> str:
        given = row.cells.get("source", "").strip()
        return given or self._by_url.get(row.cells.get("source_url", "").strip(), "")

    def _source(self, row: Row, prefix: str, key: str) -> Source | None:
        def get(name: str) -> str | None:
            return row.cells.get(prefix + name)

        title, publisher, url = get("title"), get("publisher"), get("url")
        if not is_id(key):
            self._tell(row, f"'{key}' cannot be an id", ID_MEND)
            return None
        if not title or not publisher or not url:
            empty = [n for n in ("title", "publisher", "url") if not get(n)]
            self._tell(row, f"{prefix}{empty[0]} is empty", "fill the cell")
            return None
        language = (get("language") or "de").strip()
        if not _LANGUAGE.match(language):
            self._tell(row, f"'{language}' is no language", "write one such as de or en")
            return None
        hashed, length = get("text_sha256"), get("text_length") or ""
        mark = TextMark(hashed, int(length)) if hashed and length.isdecimal() else None
        return Source(
            key, title, self._entity(publisher.strip()), get("published"), url.strip(),
            language=language, text=mark,
            note=None if prefix else get("note"), origin=Origin(row.path, row.line),
        )  # fmt: skip

    def _statement(self, row: Row) -> Statement | None:
        cells = row.cells
        empty = [n for n in ("subject", "relation", "object") if n not in cells]
        if empty:
            self._tell(row, f"{', '.join(empty)} is empty", "fill the cell")
            return None
        source, name = self._source_id(row), cells["relation"].strip()
        relation = self._ontology.relations.get(name)
        if relation is None:
            usable = [n for n, r in self._ontology.relations.items() if not r.derived]
            self._tell(row, f"unknown relation '{name}'", did_you_mean(name, usable))
            return None
        if not source:
            self._tell(row, "no source is named", "fill the column 'source'")
            return None
        try:
            found = self._said(row, source, name, self._object(cells["object"], relation))
        except ValueError as error:
            message, _, mend = str(error).partition(": ")
            self._tell(row, message, mend)
            return None
        if name not in self._divided or cells.get("statement") == found.id:
            return found
        subject, other = (self._types.get(end, "") for end in (found.subject, found.object))
        return replace(found, relation=narrowed(name, subject, other, self._ontology))

    def _said(self, row: Row, source: str, relation: str, object_: str) -> Statement:
        """The statement that a row makes.

        Raises:
            ValueError: a cell has what it cannot have.
        """
        cells, get = row.cells, row.cells.get
        is_read, origin = self._tables[row.path].note_is_read, Origin(row.path, row.line)
        part, basis = get("inferred_part"), get("inferred_from")
        by, on, why = get("withdrawn_by"), get("withdrawn_on"), get("withdrawn_why")
        return Statement(
            source,
            self._entity(cells["subject"].strip()),
            relation,
            object_,
            (_evidence(cells, origin, note_is_read=is_read),),
            certainty=_one_of(get("certainty"), CERTAINTIES),
            modality=_one_of(get("modality"), MODALITIES),
            since=get("since"),
            until=get("until"),
            observed=get("observed"),
            role=get("role"),
            amount=_amount(cells),
            inferred=Inferred(part, basis) if part and basis else None,
            note=None if is_read else get("note"),
            withdrawn=Withdrawal(by, on, why) if by and on and why else None,
            origin=origin,
        )

    def _object(self, text: str, relation: Relation) -> str:
        if relation.has_date:
            return as_edtf(text.strip())
        return text if relation.has_literal else self._entity(text.strip())


def _resolved(wanted: set[str], entities: Iterable[Entity]) -> dict[str, str | None]:
    """What each name means: an entity that alone has it; None where several have it."""
    found: dict[str, str | None] = {}
    for entity in entities:
        for name in {n.text for n in entity.labels + entity.aliases} & wanted:
            found[name] = entity.id if name not in found else None
    return found


def _key(s: Statement) -> tuple[str | None, ...]:
    return s.source, s.subject, s.relation, s.object, s.since, s.until, s.observed


def _one_of(text: str | None, known: Sequence[str]) -> str:
    if not text:
        return known[0]
    if text.strip() not in known:
        raise ValueError(f"'{text}' cannot stand here: {did_you_mean(text, known)}")
    return text.strip()


def _evidence(cells: Cells, origin: Origin, *, note_is_read: bool) -> Evidence:
    """The passage of a row; where it has neither quote nor note, that the table says so."""
    get = cells.get
    note = get("note") if note_is_read else get("evidence_note")
    if quote := get("quote"):
        return Evidence(quote, _number(get("quote_start")), _number(get("quote_end")), note)
    if not note and (note_is_read or not get("note")):
        note = f"{Path(origin.path).name}, Zeile {origin.line}"
    return Evidence(note=note)


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if not text.strip().isdecimal():
        raise ValueError(f"'{text}' is no number: write digits")
    return int(text)


def _amount(cells: Cells) -> Amount | None:
    get, text = cells.get, cells.get("amount")
    if not text:
        return None
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        value = Decimal("NaN")
    if not (value.is_finite() and 0 <= value < 10**15):
        raise ValueError(f"'{text}' is no amount: write digits and a point, such as 12.50")
    currency = (get("currency") or "EUR").strip()
    return Amount(value, currency, get("amount_qualifier"), get("amount_covers"))
