"""A person's decisions on candidates, carried out in a data folder at once, each to be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg import encoding
from kg.applying import NEW_ENTITIES, Edits, Planned, files_of, write_files
from kg.check import check_corpus, check_decision
from kg.curated import REVIEWED_FILE, read_corpus
from kg.errors import DataError, KgError, Problem
from kg.extraction.agreement import keys_of
from kg.extraction.record import Candidate
from kg.files import read_text, write
from kg.matching import Book
from kg.model import Corpus, Entity, Origin, Source, Statement
from kg.ontology import Ontology
from kg.reviewed import ACCEPTED, REFUSED, Decision, read_reviewed, with_decision

Key = tuple[str, str, frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]


def key_of(said: Candidate | Decision) -> Key:
    """What a candidate has in common with itself in another run: source, relation and names."""
    one, other = (frozenset(keys_of(name)) for name in (said.subject, said.object))
    return said.source, said.relation, one, other


def refused_keys(data: Path) -> frozenset[Key]:
    """The candidates that persons refused.

    Raises:
        DataError: the file of decisions has problems.
    """
    return frozenset(key_of(d) for d in read_reviewed(data) if d.decision == REFUSED)


@dataclass(frozen=True, slots=True)
class Done:
    """What a decision changed: contents of files before and after, None where there was none."""

    files: Mapping[Path, tuple[str | None, str]]
    corpus: Corpus
    key: Key


@dataclass
class Desk:
    """The data folder that is worked on: what it says, and what was decided in this session."""

    data: Path
    ontology: Ontology
    by: str
    on: str
    corpus: Corpus
    decided: dict[Key, str] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    _book: Book | None = None

    @classmethod
    def at(cls, data: Path, ontology: Ontology, by: str, on: str) -> Desk:
        """Open a data folder.

        Raises:
            KgError: it is none, or what stands in it cannot be read.
        """
        corpus, problems = read_corpus(data)
        if problems:
            raise DataError(problems)
        decided = {key_of(d): d.decision for d in read_reviewed(data)}
        return cls(data, ontology, by, on, corpus, decided)

    @property
    def book(self) -> Book:
        """The entities by all their names."""
        if self._book is None:
            self._book = Book(self.corpus)
        return self._book

    def entity(self, name: str, known: str | None = None) -> Entity | None:
        """The one entity that is meant: that of an id, else the only one of this name."""
        found = (known,) if known in self.corpus.entities else self.book.find(name)
        return self.corpus.entities[found[0]] if len(found) == 1 and found[0] else None

    def is_settled(self, candidate: Candidate) -> bool:
        """Whether a candidate was decided on before, or stands in the data already."""
        if key_of(candidate) in self.decided:
            return True
        source = self.corpus.sources.get(candidate.source)
        if source is None:
            return False
        subject = self.entity(candidate.subject, candidate.subject_id)
        object_ = self.entity(candidate.object, candidate.object_id)
        wanted = object_.id if object_ and candidate.object_type else candidate.object
        return subject is not None and any(
            (s.subject, s.relation, s.object) == (subject.id, candidate.relation, wanted)
            for s in source.statements
        )

    def problems(
        self, statement: Statement, entities: Iterable[Entity], source: Source | None
    ) -> list[Problem]:
        """What would be wrong with a new statement, as ``kg check`` says it."""
        about = source or self.corpus.sources[statement.source]
        repeated = tuple(s for s in about.statements if s.id == statement.id)
        new = {e.id: replace(e, origin=Origin("", 0)) for e in entities}
        known: dict[str, Entity] = {}
        wanted = [statement.subject, statement.object, about.publisher]
        while wanted:
            name = wanted.pop()
            entity = new.get(name) or self.corpus.entities.get(name)
            if entity and name not in known:
                known[name] = entity
                same = [entity.same_as] if entity.same_as else []
                wanted += [o.entity for o in (*same, *entity.not_same_as)]
        only = replace(about, statements=(*repeated, statement))
        found = check_corpus(Corpus(known, {about.id: only}), self.ontology)
        return sorted({p for p in found if not p.path})

    def accept(
        self,
        candidate: Candidate,
        statement: Statement,
        entities: Iterable[Entity] = (),
        source: Source | None = None,
    ) -> None:
        """Write a statement into the data, with entities and a source that are new or changed.

        Raises:
            DataError: something would be wrong with it; nothing was changed.
            KgError: a file cannot be written; nothing was changed.
        """
        entities = list(entities)
        if problems := self.problems(statement, entities, source):
            raise DataError(problems)
        edits = Edits()
        for entity in entities:
            edits.entities[entity.id] = encoding.entity_mapping(entity)
        if source:
            edits.sources[source.id] = encoding.source_mapping(source)
        planned = Planned(statement.id, None, encoding.statement_mapping(statement))
        edits.statements[statement.source] = [planned]
        files = files_of(self.data, self.corpus, edits, problems)
        if problems:
            raise DataError(problems)
        self._write(candidate, files, self._with(statement, entities, source), ACCEPTED, None)

    def refuse(self, candidate: Candidate, why: str) -> None:
        """Remember that a candidate is wrong, and why.

        Raises:
            DataError: the reason holds private data; nothing was changed.
            KgError: the file of decisions cannot be written.
        """
        if problems := sorted(check_decision(self.by, self.on, why, Origin("", 0))):
            raise DataError(problems)
        self._write(candidate, {}, self.corpus, REFUSED, why)

    def undo(self) -> bool:
        """Take back the last decision of this session; whether there was one.

        Raises:
            KgError: one of its files was changed since by somebody else.
        """
        if not self.done:
            return False
        last = self.done[-1]
        for path, (_, after) in last.files.items():
            if not path.is_file() or read_text(path) != after:
                raise KgError(f"{path}: this was changed since, take the decision back by hand")
        for path, (before, _) in last.files.items():
            if before is None:
                path.unlink()
            else:
                write(path, before)
        self.done.pop()
        self.corpus, self._book = last.corpus, None
        del self.decided[last.key]
        return True

    def _write(
        self,
        candidate: Candidate,
        files: Mapping[Path, str],
        corpus: Corpus,
        kind: str,
        why: str | None,
    ) -> None:
        c = candidate
        decision = Decision(c.source, c.subject, c.relation, c.object, kind, self.by, self.on,
                            why=why, quote=c.evidence.quote)  # fmt: skip
        after = {**files, Path(REVIEWED_FILE): with_decision(self.data, decision)}
        paths = {self.data / p: content for p, content in after.items()}
        before = {p: read_text(p) if p.is_file() else None for p in paths}
        write_files(self.data, after)
        changed = {p: (before[p], content) for p, content in paths.items()}
        self.done.append(Done(changed, self.corpus, key_of(candidate)))
        self.decided[key_of(candidate)] = kind
        self._book = self._book if corpus is self.corpus else None
        self.corpus = corpus

    def _with(
        self, statement: Statement, entities: Iterable[Entity], source: Source | None
    ) -> Corpus:
        """What the data say with a new statement in them."""
        new = Origin(str(self.data / NEW_ENTITIES), 0)
        known = dict(self.corpus.entities)
        for entity in entities:
            old = known.get(entity.id)
            known[entity.id] = replace(entity, origin=old.origin if old else new)
        about = source or self.corpus.sources[statement.source]
        if source:
            path = self.data / "sources" / f"{source.id}.yaml"
            about = replace(source, origin=Origin(str(path), 0))
        about = replace(about, statements=(*about.statements, statement))
        return replace(
            self.corpus, entities=known, sources={**self.corpus.sources, about.id: about}
        )
