"""What the unknown names of a table mean: a person's decisions, read, offered and carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.columns import Cells, Column, Written
from kg.errors import KgError, Problem, UsageError, did_you_mean
from kg.files import write
from kg.matching import Book, Mention, Unknown, new_id, new_names, unknown_names
from kg.model import Corpus, Entity, Name, Origin
from kg.ontology import Ontology
from kg.search import fold
from kg.tabular import FORMATS, read_tables
from kg.tabulate import write_table, write_workbook

NEW = "new"
_COLUMNS = ("name", "entity", "type", "rows", "used_as", "candidate_1", "label_1", "score_1",
            "candidate_2", "label_2", "score_2", "candidate_3", "label_3", "score_3")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of a name: an entity by id or name, or ``new`` (and of what class)."""

    entity: str
    type: str = ""
    origin: Origin = field(default=Origin("", 0), compare=False)


def read_decisions(path: Path) -> dict[str, Decision]:
    """The decisions of a table with the columns ``name``, ``entity`` and ``type``, by folded name.

    Raises:
        KgError: it cannot be read, or has no such columns.
    """
    read = read_tables(path)
    if read.problems:
        raise KgError(str(read.problems[0]))
    sheet = read.sheets[0]
    heads = [h.strip().lower() for h in sheet.heads]
    for wanted in ("name", "entity"):
        if wanted not in heads:
            raise KgError(f"{path}: column '{wanted}' is missing, make the file by --unknown FILE")
    decisions = {}
    for line, texts in sheet.rows:
        cells = dict(zip(heads, (t.strip() for t in texts), strict=False))
        if cells.get("name") and cells.get("entity"):
            origin = Origin(sheet.place, line)
            decision = Decision(cells["entity"], cells.get("type", ""), origin)
            decisions[fold(cells["name"]) or cells["name"]] = decision
    return decisions


def write_unknown(unknown: Sequence[Unknown], path: Path) -> None:
    """Write the unknown names with candidates, and an empty column ``entity`` for a person to fill.

    Raises:
        UsageError: the file's ending is none of a table.
        KgError: the file cannot be written.
    """
    format_ = path.suffix.removeprefix(".").lower()
    if format_ not in FORMATS:
        raise UsageError(f"{path}: this is no table, name it .{', .'.join(FORMATS)}")
    rows: list[Cells] = []
    for u in unknown:
        row = {"name": u.name, "type": u.type, "rows": str(u.rows), "used_as": " ".join(u.roles)}
        for number, hit in enumerate(u.candidates[:3], start=1):
            row |= {f"candidate_{number}": hit.id, f"label_{number}": f"{hit.label} ({hit.type})",
                    f"score_{number}": str(hit.score)}  # fmt: skip
        rows.append({k: v for k, v in row.items() if v})
    columns = tuple(Column(name, "") for name in _COLUMNS)
    table = Written("names", columns, tuple(rows))
    write(path, write_workbook([table]) if format_ == "xlsx" else write_table(table, format_))


class Names:
    """The names of a table: known ones, decided ones, and those that are left to be decided."""

    def __init__(self, corpus: Corpus, ontology: Ontology) -> None:
        self._ontology = ontology
        self._book = Book(corpus)
        self._decided: dict[str, str] = {}
        self.entities: dict[str, Entity] = dict(corpus.entities)
        self.touched: dict[str, Origin] = {}
        """The entities that are new or have a new name, each with the place that says so."""
        self.left: list[Unknown] = []

    def find(self, name: str) -> str | None:
        """The entity that a name means, as far as that is known or decided."""
        found = self._book.find(name)
        return found[0] if len(found) == 1 else self._decided.get(fold(name) or name)

    def is_called(self, entity: str, name: str) -> bool:
        """Whether this is a name of an entity, but for spelling."""
        found = self.entities[entity]
        return fold(name) in {fold(n.text) for n in (*found.labels, *found.aliases)}

    def type_of(self, entity: str) -> str:
        """The class of an entity."""
        return self.entities[entity].type if entity in self.entities else ""

    def decide(
        self,
        mentions: Iterable[Mention],
        decisions: Mapping[str, Decision],
        *,
        all_new: bool,
        problems: list[Problem],
    ) -> None:
        """Carry out what was decided on the unknown names; the others are ``left``."""
        for unknown in unknown_names(mentions, self._book):
            keys = dict.fromkeys(m.key for m in unknown.mentions)
            decision = next((decisions[k] for k in keys if k in decisions), None)
            if decision is None and all_new and not unknown.several:
                decision = Decision(NEW)
            if decision is None:
                self.left.append(unknown)
                continue
            is_new = decision.entity.lower() == NEW
            entity = (
                self._made(unknown, decision, problems)
                if is_new
                else self._meant(unknown, decision, problems)
            )
            if entity is None:
                self.left.append(unknown)
            else:
                self._decided |= dict.fromkeys(keys, entity)

    def _made(self, unknown: Unknown, decision: Decision, problems: list[Problem]) -> str | None:
        """A new entity called so; None where its class is not known."""
        first = unknown.mentions[0]
        type_, classes = decision.type or unknown.type, self._ontology.entity_classes
        if type_ not in classes:
            said = f"'{type_}' is no class" if type_ else "no class is given"
            mend = did_you_mean(type_, classes) if type_ else "fill the column for it"
            message = f"'{unknown.name}' cannot become an entity: {said}"
            mend += f" ({first.role}_type, or type in the file of --names)"
            problems.append(Problem(first.path, first.line, message, mend))
            return None
        label, aliases = new_names(unknown)
        entity_id = new_id(unknown.name if first.label else label, self.entities)
        self.entities[entity_id] = Entity(entity_id, type_, (Name(label),), aliases)
        self.touched[entity_id] = Origin(first.path, first.line)
        return entity_id

    def _meant(self, unknown: Unknown, decision: Decision, problems: list[Problem]) -> str | None:
        """The entity that was said to be meant, which from now on has these names too."""
        found = self._book.find(decision.entity)
        if len(found) != 1:
            near = did_you_mean(decision.entity, self.entities) if not found else ", ".join(found)
            count = "several entities" if found else "no entity"
            message = f"'{decision.entity}' is the name of {count}"
            mend = f"write an id, or `{NEW}`: {near}"
            problems.append(Problem(decision.origin.path, decision.origin.line, message, mend))
            return None
        entity = self.entities[found[0]]
        known = {n.text for n in (*entity.labels, *entity.aliases)}
        said = dict.fromkeys(m.name for m in unknown.mentions)
        names = [n for n in said if n not in known and not self._book.has_name(entity.id, n)]
        if names:
            aliases = (*entity.aliases, *map(Name, names))
            self.entities[entity.id] = replace(entity, aliases=aliases)
            self.touched[entity.id] = decision.origin
        return entity.id
