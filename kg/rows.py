"""Rows of tables → what they say, as the mappings of texts that data files are made of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest

from kg.columns import REQUIRED, Cells, column_of, nearest_column, split_items
from kg.encoding import Mapping, said
from kg.errors import Problem
from kg.model import Entity, Identity, Name, Origin, Verdict
from kg.ontology import Ontology
from kg.tabular import Sheet

ID_MEND = "use small letters a-z, digits and single hyphens, such as 'acod-2018-12-05'"
_GERMAN_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\Z")
_NUMBER = re.compile(r"\d{1,15}(\.\d{1,2})?\Z", re.ASCII)
_DATES = ("since", "until", "observed", "source_published", "published", "on", "withdrawn_on",
          "same_as_on")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the texts of its filled cells by our names of columns, and its place."""

    cells: Cells
    path: str
    line: int

    def problem(self, message: str, mend: str) -> Problem:
        """A problem of this row."""
        return Problem(self.path, self.line, message, mend)


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose columns are known."""

    name: str
    columns: frozenset[str]
    rows: tuple[Row, ...]

    @property
    def note_is_read(self) -> bool:
        """Whether ``note`` is what the reader read, there being no column for evidence."""
        return not self.columns & {"quote", "evidence_note"}


def recognised(
    sheet: Sheet, ignored: Collection[str], problems: list[Problem], notes: list[str]
) -> Table:
    """A sheet with its columns known; unknown ones are problems but for those to ignore."""
    places: dict[int, str] = {}
    exact: set[str] = set()
    for place, head in enumerate(sheet.heads):
        column = column_of(sheet.name, head)
        if head.strip() in ignored:
            continue
        if column is None:
            problems += _unknown_column(sheet, place, head)
        elif column.name in places.values():
            other = sheet.heads[next(i for i, n in places.items() if n == column.name)]
            message = f"columns '{other}' and '{head}' are both '{column.name}'"
            problems.append(Problem(sheet.place, 1, message, "keep one, or --ignore one"))
        else:
            places[place] = column.name
            exact |= {column.name} if column.exact else set()
    for name in REQUIRED[sheet.name]:
        if name not in places.values():
            problems.append(Problem(sheet.place, 1, f"column '{name}' is missing", "add it"))
    if sheet.name == "statements" and not {"source", "source_url"} & set(places.values()):
        mend = "add 'source' (an id), or 'source_url', 'source_title' and 'source_publisher'"
        problems.append(Problem(sheet.place, 1, "no column says which source it is", mend))
    notes += [f"--ignore {n}: no column is called so" for n in ignored if n not in sheet.heads]
    rows = []
    for line, texts in sheet.rows:
        if any(t.strip() for t in texts[len(sheet.heads) :]):
            message = f"this row has {len(texts)} cells, but there are {len(sheet.heads)} columns"
            mend = "put a text that has the separator inside between double quotes"
            problems.append(Problem(sheet.place, line, message, mend))
        pairs = ((name, texts[i]) for i, name in places.items() if i < len(texts))
        cells = {n: t if n in exact else _plain(n, t) for n, t in pairs if t.strip()}
        rows.append(Row(cells, sheet.place, line))
    return Table(sheet.name, frozenset(places.values()), tuple(rows))


def _unknown_column(sheet: Sheet, place: int, head: str) -> Iterable[Problem]:
    filled = any(place < len(texts) and texts[place].strip() for _, texts in sheet.rows)
    if head.strip():
        mend = f"{nearest_column(sheet.name, head)} Or leave it out by --ignore '{head.strip()}'"
        yield Problem(sheet.place, 1, f"unknown column '{head.strip()}'", mend)
    elif filled:
        message = f"column {place + 1} has no name"
        yield Problem(sheet.place, 1, message, "name it, or delete it")


def _plain(name: str, text: str) -> str:
    return as_edtf(text.strip()) if name in _DATES else text.strip()


def as_edtf(text: str) -> str:
    """A date that is written the German way as EDTF; any other text as it is.

    >>> as_edtf("24.6.2019"), as_edtf("2019-10")
    ('2019-06-24', '2019-10')
    """
    match = _GERMAN_DATE.match(text.strip())
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else text


def number(text: str | None) -> str | None:
    """A number in the one form that the data have for it; what is none as it is."""
    return f"{Decimal(text):f}" if text and _NUMBER.match(text) else text


_SAID_BY = {
    "role": ("role",),
    "amount": ("amount", "currency", "amount_qualifier", "amount_covers"),
    "modality": ("modality",),
    "certainty": ("certainty",),
    "inferred": ("inferred_part", "inferred_from"),
    "note": ("note",),
    "withdrawn": ("withdrawn_by", "withdrawn_on", "withdrawn_why"),
}


def qualifiers(row: Row, table: Table) -> Mapping:
    """What a row says of a statement besides its evidence: a value, or None, for each key.

    What no column of the table is about has no key: nothing is said of it.
    """
    get = row.cells.get
    money = get("amount") or get("amount_qualifier") or get("amount_covers")
    inferred = get("inferred_part") or get("inferred_from")
    withdrawn = [get(f"withdrawn_{k}") for k in ("by", "on", "why")]
    values: Mapping = {
        "role": get("role"),
        "amount": said(
            value=number(get("amount")),
            currency=get("currency") or "EUR",
            qualifier=get("amount_qualifier"),
            covers=get("amount_covers"),
        )
        if money
        else None,
        "modality": get("modality"),
        "certainty": get("certainty"),
        "inferred": said(**{"part": get("inferred_part"), "from": get("inferred_from")})
        if inferred
        else None,
        "note": None if table.note_is_read else get("note"),
        "withdrawn": said(**dict(zip(("by", "on", "why"), withdrawn, strict=True)))
        if any(withdrawn)
        else None,
    }
    about = {k for k, columns in _SAID_BY.items() if table.columns & set(columns)}
    if table.note_is_read:
        about.discard("note")
    return {k: v for k, v in values.items() if k in about}


def passage(row: Row, table: Table) -> Mapping | None:
    """The passage that a row gives, or None where it gives none."""
    get = row.cells.get
    note = get("evidence_note") or (get("note") if table.note_is_read else None)
    is_cited = not get("quote")
    if is_cited and not note and get("cited") != "true":
        return None
    return said(
        quote=get("quote"),
        cited="true" if is_cited else None,
        start=number(get("quote_start")),
        end=number(get("quote_end")),
        note=note,
    )


def narrowed(relation: str, subject: str, object_: str, ontology: Ontology) -> str:
    """The one relation below ``relation`` that is meant between entities of these classes.

    Where the ontology divides a relation into several, the one that fits and is narrower than all
    others that fit; else ``relation`` itself.
    """
    below = [r for r in ontology.relations.values() if relation in r.parents and not r.derived]
    fits = [
        r for r in below if ontology.is_a(subject, r.domain) and ontology.is_a(object_, r.range)
    ]
    if len(below) < 2:
        return relation
    for one in fits:
        if all(
            ontology.is_a(one.domain, o.domain) and ontology.is_a(one.range, o.range) for o in fits
        ):
            return one.name
    return relation


@lru_cache(maxsize=8)
def _name_columns(columns: frozenset[str]) -> tuple[tuple[str, str, str], ...]:
    """The columns of names: each with what it holds, ``label`` or ``aliases``, and its language."""
    parts = ((column, *column.partition("_")) for column in sorted(columns))
    return tuple(
        (c, kind, lang or "de") for c, kind, _, lang in parts if kind in ("label", "aliases")
    )


def entity_of(row: Row, table: Table, old: Entity | None, origin: Origin | None = None) -> Entity:
    """The entity that a row of ``entities`` gives; what has no column stays as it was."""
    cells, columns = row.cells, table.columns
    labels = {n.language: n.text for n in old.labels} if old else {}
    aliases: dict[str, list[str]] = {}
    for name in old.aliases if old else ():
        aliases.setdefault(name.language, []).append(name.text)
    for column, kind, language in _name_columns(columns):
        if kind == "label":
            labels[language] = cells.get(column, "")
        else:
            aliases[language] = split_items(cells.get(column, ""))
    same = old.same_as if old else None
    if "same_as" in columns:
        same = _identity(*(cells.get(f"same_as{k}", "") for k in _DECISION))
    others = old.not_same_as if old else ()
    if "not_same_as" in columns:
        lists = [split_items(cells.get(f"not_same_as{k}", "")) for k in _DECISION]
        others = tuple(Identity(*parts) for parts in zip_longest(*lists, fillvalue=""))
    return Entity(
        id=cells.get("id", "").strip(),
        type=cells.get("type", old.type if old and "type" not in columns else ""),
        labels=tuple(Name(labels[k], k) for k in sorted(labels) if labels[k]),
        aliases=tuple(Name(text, k) for k in sorted(aliases) for text in aliases[k]),
        same_as=same,
        not_same_as=others,
        note=cells.get("note") if "note" in columns else old.note if old else None,
        origin=origin or Origin("", 0),
    )


_DECISION = ("", "_by", "_on", "_why")


def _identity(entity: str, by: str, on: str, why: str) -> Identity | None:
    return Identity(entity, by, on, why) if entity else None


def verdict_of(row: Row) -> Verdict:
    """The verdict that a row of ``conflicts`` gives."""
    get = row.cells.get
    by, on, why = (get(k, "") for k in ("by", "on", "why"))
    return Verdict(tuple(split_items(get("statements", ""))), get("verdict", ""), by, on, why)


def source_changes(row: Row, columns: Collection[str], prefix: str = "") -> Mapping:
    """What a row says of a source: a value, or None, for each key that a column is about."""

    def get(key: str) -> str | None:
        return row.cells.get(prefix + key)

    keys = ("title", "publisher", "published", "url", "language", "note")
    values: Mapping = {k: get(k) for k in keys if prefix + k in columns}
    if "language" in values:
        values["language"] = values["language"] or "de"
    if prefix + "text_sha256" in columns:
        mark = said(sha256=get("text_sha256"), length=number(get("text_length")))
        values["text"] = mark or None
    return values
