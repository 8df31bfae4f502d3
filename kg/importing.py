"""A researcher's tables → changes to a data folder: a plan to look at, then written or not.

Nothing is guessed: a name that no entity has stays open until a person says what it means.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg import encoding
from kg.applying import Edits, Tried, try_edits, write_files
from kg.curated import is_id, read_corpus
from kg.diff import Diff, diff
from kg.drafting import Drafts
from kg.errors import KgError, Problem
from kg.matching import Mention, Unknown
from kg.model import Corpus, Entity, Origin
from kg.naming import Names, read_decisions
from kg.ontology import Ontology, read_ontology
from kg.rows import ID_MEND, Row, Table, entity_of, recognised, source_changes, verdict_of
from kg.sourcing import Sources
from kg.tabular import read_tables


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decides besides the table; see ``kg import --help``."""

    ignore: tuple[str, ...] = ()
    names: Path | None = None
    new: bool = False
    observed: bool = False
    note: str | None = None
    texts: Path | None = None


@dataclass(frozen=True)
class Plan:
    """What an import would do; ``write`` does it.

    ``there`` counts statements of the table that the data have already, ``waiting`` the rows that
    wait for names to be decided.
    """

    data: Path
    changes: Diff
    unknown: tuple[Unknown, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    there: int = 0
    waiting: int = 0
    files: Mapping[Path, str] = field(default_factory=dict, repr=False)

    def write(self) -> list[Path]:
        """Write the files that change, all or none; their paths.

        Raises:
            KgError: something is wrong or undecided, or a file cannot be written.
        """
        if self.problems or self.unknown:
            raise KgError("problems and unknown names come first, nothing was changed")
        if self.files:
            write_files(self.data, self.files)
        return sorted(self.data / path for path in self.files)


def plan(path: Path, data: Path, choices: Choices | None = None) -> Plan:
    """What importing a table, or a folder of tables, into a data folder would change.

    Args:
        path: a csv, tsv, xlsx or parquet, or a folder of files named after the tables.
        data: the data folder; one that is not there, or empty, is a new one.
        choices: what a person decides besides.

    Raises:
        KgError: a file cannot be read at all, or ``data`` is neither a data folder nor empty.
    """
    choices = choices or Choices()
    read = read_tables(path)
    notes, problems = list(read.notes), list[Problem]()
    tables = [recognised(s, choices.ignore, problems, notes) for s in read.sheets]
    if problems:  # what the columns are must be known before any row
        return Plan(data, Diff(), problems=_sorted([*read.problems, *problems]), notes=tuple(notes))
    old = _corpus_of(data)
    job = _Job(old, read_ontology(), choices, [*read.problems], notes)
    drafts = job.take({t.name: t for t in tables})
    tried = try_edits(data, old, job.edits, job.ontology, choices.texts)
    problems = [*job.problems, *tried.problems]
    if not problems and choices.texts is None:
        problems = list(_not_as_meant(job.edits, tried))
    return Plan(
        data,
        diff(old, tried.corpus),
        unknown=tuple(job.names.left),
        problems=_sorted(problems),
        notes=tuple(notes),
        there=drafts.there if drafts else 0,
        waiting=drafts.waiting if drafts else 0,
        files=tried.files,
    )


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems)))


def _corpus_of(data: Path) -> Corpus:
    if not data.exists() or (data.is_dir() and not any(data.iterdir())):
        return Corpus({}, {})
    return read_corpus(data)[0]


def _not_as_meant(edits: Edits, tried: Tried) -> Iterable[Problem]:
    """What would not stand in the files as it was planned, which would be a mistake of ours."""
    there = {s.id: s for s in tried.corpus.all_statements()}
    for planned in (p for found in edits.statements.values() for p in found):
        found = there.get(planned.id)
        if found is None or encoding.statement_mapping(found) != planned.mapping:
            origin = edits.places[planned.id]
            message = "the statement would not be written as meant"
            yield Problem(origin.path, origin.line, message, "report this row")


class _Job:
    """One import: the tables are taken in the order in which they name each other."""

    def __init__(
        self,
        old: Corpus,
        ontology: Ontology,
        choices: Choices,
        problems: list[Problem],
        notes: list[str],
    ) -> None:
        self.old, self.ontology, self.choices = old, ontology, choices
        self.problems, self.notes = problems, notes
        self.edits = Edits()
        self.names = Names(old, ontology)

    def take(self, tables: Mapping[str, Table]) -> Drafts | None:
        """Turn the rows of all tables into edits; the statements, for what is told of them."""
        entities = self._entities(tables["entities"]) if "entities" in tables else {}
        self.names = Names(
            replace(self.old, entities={**self.old.entities, **entities}), self.ontology
        )
        listed = self._listed(tables["sources"]) if "sources" in tables else {}
        sources = Sources(self.old, {i: m for i, (m, _) in listed.items()})
        table, drafts = tables.get("statements"), None
        mentions = [_publisher(row) for _, row in listed.values() if "publisher" in row.cells]
        if table:
            drafts = Drafts(self.old, self.ontology, table, sources)
            mentions += drafts.mentions(self.problems)
            mentions += sources.mentions()
        self._decide(mentions)
        sources.waiting |= self._place(listed)
        sources.complete(self.names, self.edits, self.problems)
        if drafts:
            drafts.take(self.names, observed=self.choices.observed, problems=self.problems)
            drafts.finish(self.edits, self.choices.note, self.problems)
            self._tell(drafts, sources)
        if "conflicts" in tables:
            self._verdicts(tables["conflicts"])
        for entity_id, origin in self.names.touched.items():
            self._edit_entity(self.names.entities[entity_id], origin)
        return drafts

    def _edit_entity(self, entity: Entity, origin: Origin) -> None:
        known = self.old.entities.get(entity.id)
        if known is None or encoding.entity_mapping(known) != encoding.entity_mapping(entity):
            self.edits.entities[entity.id] = encoding.entity_mapping(entity)
            self.edits.places[entity.id] = origin

    def _once(self, rows: Iterable[Row]) -> dict[str, Row]:
        """Rows by their id; one that is empty, or there twice, is told."""
        found: dict[str, Row] = {}
        for row in rows:
            key = row.cells.get("id", "")
            if not key:
                self.problems.append(row.problem("id is empty", "fill the cell"))
            elif not is_id(key):
                self.problems.append(row.problem(f"'{key}' cannot be an id", ID_MEND))
            elif key in found:
                message = f"'{key}' already stands in line {found[key].line}"
                self.problems.append(row.problem(message, "make it one row"))
            else:
                found[key] = row
        return found

    def _entities(self, table: Table) -> dict[str, Entity]:
        found = {}
        for key, row in self._once(table.rows).items():
            found[key] = entity_of(row, table, self.old.entities.get(key))
            self._edit_entity(found[key], Origin(row.path, row.line))
        return found

    def _listed(self, table: Table) -> dict[str, tuple[encoding.Mapping, Row]]:
        """The sources of their own table, publishers as they are written there."""
        found = {}
        for key, row in self._once(table.rows).items():
            known = self.old.sources.get(key)
            before = encoding.source_mapping(known) if known else {"language": "de"}
            said = {**before, **source_changes(row, table.columns), "id": key}
            found[key] = (encoding.said(**said), row)
        return found

    def _place(self, listed: Mapping[str, tuple[encoding.Mapping, Row]]) -> set[str]:
        """Plan the listed sources; those whose publisher is to be decided first are given back."""
        waiting = set()
        for key, (said, row) in listed.items():
            publisher = self.names.find(str(said.get("publisher", "")))
            if publisher is None and "publisher" in said:
                waiting.add(key)
                continue
            mapping = {**said, "publisher": publisher} if publisher else said
            known = self.old.sources.get(key)
            if known is None or encoding.source_mapping(known) != mapping:
                self.edits.sources[key] = mapping
                self.edits.places[f"/{key}"] = Origin(row.path, row.line)
        return waiting

    def _decide(self, mentions: Iterable[Mention]) -> None:
        path = self.choices.names
        decisions = read_decisions(path) if path else {}
        self.names.decide(mentions, decisions, all_new=self.choices.new, problems=self.problems)

    def _verdicts(self, table: Table) -> None:
        known = {frozenset(v.statements): v for v in self.old.verdicts}
        for row in table.rows:
            verdict = verdict_of(row)
            before = known.get(frozenset(verdict.statements))
            if before is None or replace(before, statements=verdict.statements) != verdict:
                self.edits.verdicts.append(encoding.verdict_mapping(verdict))

    def _tell(self, drafts: Drafts, sources: Sources) -> None:
        """What a person should know though nothing is wrong."""
        since = "if it holds then, and is not said to have begun then, add --observed"
        if self.choices.observed:
            since = "read as `observed`"
        told = {
            "neither quote nor note: say there what was read, or by --note TEXT": drafts.bare,
            f"since is no more than the date of the page: {since}": drafts.since_page,
            "the data use no relation as wide: the one below it was taken": drafts.narrowed,
            "the data have the same with other dates: are they one statement?": drafts.redated,
            "label or class is another in the data: change it by a table `entities`": (
                drafts.renamed
            ),
            "a new id for a page that is a source already: use that one": sources.doubled,
            "title, date or address of the page is another in the data: change it by a table "
            "`sources`": list(sources.differing.values()),
        }
        self.notes += [f"{_lines(rows)}: {text}" for text, rows in told.items() if rows]


def _publisher(row: Row) -> Mention:
    return Mention(row.cells["publisher"], "publisher", row.path, row.line)


def _lines(rows: list[Row]) -> str:
    """Where rows stand, the first ten of them."""
    lines = list(dict.fromkeys(row.line for row in rows))
    more = f" and {len(lines) - 10} more" if len(lines) > 10 else ""
    return f"{rows[0].path}:{', '.join(map(str, lines[:10]))}{more}"
