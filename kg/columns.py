"""The tables that researchers work with: their columns, and the model → rows.

This is the one place that says which columns there are; ``docs/tables.md`` is made from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kg.errors import did_you_mean
from kg.model import Amount, Corpus, Entity, Evidence, Inferred, Name, Source, Statement, Withdrawal

Cells = dict[str, str]
"""One row: texts by column; an empty cell has no key."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what stands in it, other names that are understood.

    ``exact`` keeps blanks around a text; ``number`` is one in formats that have numbers;
    ``exported`` is false for what is only read.
    """

    name: str
    meaning: str
    synonyms: tuple[str, ...] = ()
    exact: bool = False
    number: bool = False
    exported: bool = True


def _text(name: str, meaning: str, *synonyms: str) -> Column:
    return Column(name, meaning, synonyms, exact=True)


_STATEMENTS = (
    Column("statement", "id of a statement that is there: the row is about it, even with "
           "another date or name; empty for a new one"),
    Column("source", "id of the source; where it is empty, the source with this `source_url`",
           ("source_id",)),
    _text("source_title", "title of the page; needed for a new source"),
    Column("source_publisher", "who published it: id or any name; needed for a new source"),
    _text("source_publisher_label", "its German name, for reading and for a new entity"),
    Column("source_publisher_type", "its class, for a new entity"),
    Column("source_published", "when (EDTF)", ("source_date",)),
    Column("source_url", "address of the page; needed for a new source"),
    Column("source_language", "language of the page; `de` where empty"),
    Column("source_text_sha256", "which text the quotes were taken from; filled in by `--texts`"),
    Column("source_text_length", "its length", number=True),
    Column("subject", "id or any name of the entity"),
    _text("subject_label", "its German name, for reading and for a new entity"),
    Column("subject_type", "its class, for a new entity"),
    Column("subject_aliases", "its other names, separated by `;`, for a new entity",
           exported=False),
    Column("relation", "a relation of the [ontology](ontology.md)", ("predicate",)),
    _text("object", "id or any name of the entity, or the text or date that the relation wants"),
    _text("object_label", "its German name, for reading and for a new entity"),
    Column("object_type", "its class, for a new entity"),
    Column("object_aliases", "its other names, separated by `;`, for a new entity",
           exported=False),
    Column("since", "from when it holds, as the source says (EDTF)", ("start",)),
    Column("until", "until when; `..` still holds", ("end",)),
    Column("observed", "the day on which it holds, neither beginning nor end being told"),
    _text("role", "title or office in the words of the source"),
    Column("amount", "digits and a point, such as 3800000 or 12.50", number=True),
    Column("currency", "`EUR` where empty"),
    _text("amount_qualifier", "the source's \"rund\" or \"mehr als\""),
    _text("amount_covers", "what the sum is of, where it is not just what this funder gives"),
    Column("modality", "`asserted` (where empty), `planned` or `denied`"),
    Column("certainty", "`stated` (where empty) or `implied`"),
    _text("inferred_part", "what the passage does not give"),
    _text("inferred_from", "what it was inferred from"),
    _text("note", "why it was encoded so; in a table with neither `quote` nor `evidence_note`, "
          "what the reader read (the note of the evidence)"),
    _text("quote", "the passage, letter by letter, at most 200 characters"),
    Column("quote_start", "where it begins in the text; filled in by `--texts`", number=True),
    Column("quote_end", "where it ends", number=True),
    Column("cited", "`true` where the source was read without its text, so that there is no quote"),
    _text("evidence_note", "note of the passage; without a quote, what was read"),
    _text("withdrawn_by", "who decided that the statement no longer counts"),
    Column("withdrawn_on", "on what day"),
    _text("withdrawn_why", "for what reason"),
)  # fmt: skip
_ENTITIES = (
    Column("id", "small letters, digits, single hyphens"),
    Column("type", "a class of the [ontology](ontology.md)"),
    _text("label", "the German name; `label_en` the English one, and so on"),
    _text("label_en", "the English name"),
    _text("aliases", "other names, separated by `;`; `aliases_en` the English ones, and so on",
          "alias"),
    _text("aliases_en", "other English names"),
    Column("same_as", "id of the entity that this name is merged into"),
    _text("same_as_by", "who decided it"),
    Column("same_as_on", "on what day"),
    _text("same_as_why", "for what reason"),
    _text("not_same_as", "ids of what looks alike and is another, separated by `;`"),
    _text("not_same_as_by", "who decided each, separated by `;`"),
    _text("not_same_as_on", "on what day each, separated by `;`"),
    _text("not_same_as_why", "for what reason each, separated by `;`"),
    _text("note", "for the next reader"),
)  # fmt: skip
_SOURCES = (
    Column("id", "publisher and date, such as `acod-2018-12-05`"),
    _text("title", "title of the page"),
    Column("publisher", "who published it: id or any name of an entity"),
    Column("published", "when (EDTF)"),
    Column("url", "address of the page"),
    Column("language", "`de` where empty"),
    Column("text_sha256", "which text the quotes were taken from"),
    Column("text_length", "its length", number=True),
    _text("note", "what was left out, and why"),
)
_CONFLICTS = (
    _text("statements", "ids of the statements, separated by `;`"),
    Column("verdict", "see [data.md](data.md)"),
    _text("by", "who decided it"),
    Column("on", "on what day"),
    _text("why", "for what reason"),
)
TABLES: Mapping[str, tuple[Column, ...]] = {
    "statements": _STATEMENTS,
    "entities": _ENTITIES,
    "sources": _SOURCES,
    "conflicts": _CONFLICTS,
}
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "statements": ("subject", "relation", "object"),
    "entities": ("id",),
    "sources": ("id",),
    "conflicts": ("statements", "verdict"),
}
_BY_LANGUAGE = re.compile(r"(label|aliases)_([a-z]{2,3}(?:-[a-z0-9]{2,8})*)\Z")


def column_of(table: str, head: str) -> Column | None:
    """The column that a head of a table means, by its name or another that is understood.

    >>> column_of("statements", "Source Date").name
    'source_published'
    """
    wanted = re.sub(r"[\s-]+" if table != "entities" else r"\s+", "_", head.strip().casefold())
    for column in TABLES[table]:
        if wanted in (column.name, *column.synonyms):
            return column
    if table == "entities" and (match := _BY_LANGUAGE.match(wanted)):
        return _text(wanted, f"{match[1]} in another language")
    return None


def nearest_column(table: str, head: str) -> str:
    """Which column an unknown head may mean."""
    return did_you_mean(head.strip().casefold(), [c.name for c in TABLES[table]])


_ITEM = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=;|\Z)|([^;]*))(?:;|\Z)')


def split_items(cell: str) -> list[str]:
    """The items of a cell: separated by ``;``, one that has it inside between double quotes.

    >>> split_items('ACOD; "a; b"; c')
    ['ACOD', 'a; b', 'c']
    """
    if '"' not in cell:
        return [item for part in cell.split(";") if (item := part.strip())]
    items, place = [], 0
    while place < len(cell):
        match = _ITEM.match(cell, place)
        if match is None:  # cannot be: the second form fits anything
            break
        quoted, plain = match[1], match[2]
        item = plain.strip() if quoted is None else quoted.replace('""', '"')
        items += [item] if item else []
        place = match.end()
    return items


def join_items(items: Iterable[str]) -> str:
    """The cell that ``split_items`` takes apart."""
    return "; ".join(
        '"' + i.replace('"', '""') + '"' if ";" in i or i[:1] == '"' or i != i.strip() else i
        for i in items
    )


@dataclass(frozen=True, slots=True)
class Written:
    """A table to be written: its columns as they are shown, and its rows."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Cells, ...] = field(repr=False)


def written(corpus: Corpus, table: str) -> Written:
    """A corpus as one of ``TABLES``."""
    columns = tuple(c for c in TABLES[table] if c.exported)
    if table == "statements":
        rows = [r for s in corpus.all_statements() for r in _described_rows(s, corpus)]
    elif table == "entities":
        rows = [entity_cells(corpus.entities[i]) for i in sorted(corpus.entities)]
        heads = sorted({k for r in rows for k in r} - {c.name for c in columns})
        columns += tuple(_text(head, "") for head in heads)
    elif table == "sources":
        rows = [source_cells(corpus.sources[i]) for i in sorted(corpus.sources)]
    else:
        rows = [
            {"statements": join_items(v.statements), "verdict": v.kind,
             "by": v.by, "on": v.on, "why": v.why}
            for v in corpus.verdicts
        ]  # fmt: skip
    return Written(table, columns, tuple(rows))


def _filled(cells: Mapping[str, str | None]) -> Cells:
    return {k: v for k, v in cells.items() if v}


def _described_rows(s: Statement, corpus: Corpus) -> Iterator[Cells]:
    """A row for each passage, with its source and what the entities are called."""
    about = source_cells(corpus.sources[s.source])
    described = {f"source_{k}": v for k, v in about.items() if k not in ("id", "note")}
    for role, name in (("source_publisher", corpus.sources[s.source].publisher),
                       ("subject", s.subject), ("object", s.object)):  # fmt: skip
        if entity := corpus.entities.get(name):
            described |= {f"{role}_label": _label(entity), f"{role}_type": entity.type}
    for row in statement_rows(s):
        yield row | _filled(described)


def statement_rows(s: Statement) -> Iterator[Cells]:
    """A row for each passage, with ids alone."""
    amount, inferred = s.amount or Amount(Decimal(0)), s.inferred or Inferred("", "")
    withdrawn = s.withdrawn or Withdrawal("", "", "")
    common = _filled({
        "statement": s.id, "source": s.source,
        "subject": s.subject, "relation": s.relation, "object": s.object,
        "since": s.since, "until": s.until, "observed": s.observed, "role": s.role,
        "amount": f"{amount.value:f}" if s.amount else None,
        "currency": amount.currency if s.amount else None,
        "amount_qualifier": amount.qualifier, "amount_covers": amount.covers,
        "modality": s.modality, "certainty": s.certainty,
        "inferred_part": inferred.part, "inferred_from": inferred.basis, "note": s.note,
        "withdrawn_by": withdrawn.by, "withdrawn_on": withdrawn.on,
        "withdrawn_why": withdrawn.why,
    })  # fmt: skip
    for evidence in s.evidence or (Evidence(),):
        yield common | _evidence_cells(evidence)


def _evidence_cells(e: Evidence) -> Cells:
    return _filled({
        "quote": e.quote,
        "quote_start": None if e.start is None else str(e.start),
        "quote_end": None if e.end is None else str(e.end),
        "cited": "true" if e.cited else None,
        "evidence_note": e.note,
    })  # fmt: skip


def _label(entity: Entity) -> str:
    names = sorted(entity.labels, key=lambda n: (n.language != "de", n.language))
    return names[0].text if names else ""


def source_cells(source: Source) -> Cells:
    """The row of a source."""
    mark = source.text
    return _filled({
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "url": source.url,
        "language": source.language,
        "text_sha256": mark.sha256 if mark else None,
        "text_length": str(mark.length) if mark else None,
        "note": source.note,
    })  # fmt: skip


def entity_cells(entity: Entity) -> Cells:
    """The row of an entity."""
    same, others = entity.same_as, entity.not_same_as
    cells: dict[str, str | None] = {"id": entity.id, "type": entity.type, "note": entity.note}
    cells |= {_in("label", n): n.text for n in entity.labels}
    languages = dict.fromkeys(n.language for n in entity.aliases)
    for language in languages:
        texts = (n.text for n in entity.aliases if n.language == language)
        cells[_in("aliases", Name("", language))] = join_items(texts)
    if same:
        cells |= {"same_as": same.entity, "same_as_by": same.by,
                  "same_as_on": same.on, "same_as_why": same.why}  # fmt: skip
    cells |= {
        "not_same_as": join_items(o.entity for o in others),
        "not_same_as_by": join_items(o.by for o in others),
        "not_same_as_on": join_items(o.on for o in others),
        "not_same_as_why": join_items(o.why for o in others),
    }
    return _filled(cells)


def _in(key: str, name: Name) -> str:
    return key if name.language == "de" else f"{key}_{name.language}"
