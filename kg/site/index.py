"""What pages look up again and again, worked out once for a graph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.conflicts import Conflict
from kg.dates import parse_date
from kg.iris import ENT, SRC, STM
from kg.model import Corpus, Entity, Source, Statement
from kg.ontology import Ontology, Relation
from kg.places import Atlas, read_atlas
from kg.reading import label_of
from kg.search import Hit, fold, nearest

Triple = tuple[str, str, str]
"""Subject, relation and object by canonical ids; a symmetric one with its ends in order."""
LONGEST_SEARCH = 200
"""Characters of a search that count."""


@dataclass(frozen=True)
class Index:
    """A graph by what its pages are about; ids are canonical, orders fixed."""

    corpus: Corpus
    ontology: Ontology
    conflicts: tuple[Conflict, ...]

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        """Every statement by id, also withdrawn ones."""
        return {s.id: s for s in self.corpus.all_statements()}

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """The entities that stand for themselves, by id, sorted by German label."""
        kept = [e for e in self.corpus.entities.values() if not e.same_as]
        return {e.id: e for e in sorted(kept, key=lambda e: (fold(label_of(e)), e.id))}

    @cached_property
    def merged(self) -> Mapping[str, tuple[Entity, ...]]:
        """The entities that were merged into each."""
        found: dict[str, list[Entity]] = defaultdict(list)
        for entity_id, entity in sorted(self.corpus.entities.items()):
            if entity.same_as:
                found[self.corpus.canonical[entity_id]].append(entity)
        return {into: tuple(names) for into, names in found.items()}

    @cached_property
    def about(self) -> Mapping[str, tuple[Statement, ...]]:
        """The statements that have an entity as subject or object, source by source."""
        found: dict[str, dict[str, Statement]] = defaultdict(dict)
        for statement in self.corpus.statements():
            subject, _, object_ = self.triple(statement)
            for end in {subject, object_} & self.entities.keys():
                found[end][statement.id] = statement
        return {end: tuple(said.values()) for end, said in found.items()}

    @cached_property
    def by_relation(self) -> Mapping[str, tuple[Statement, ...]]:
        """The statements of each relation, source by source."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.corpus.statements():
            found[statement.relation].append(statement)
        return {name: tuple(said) for name, said in found.items()}

    @cached_property
    def by_class(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the entities of each class, without those of the classes below it."""
        found: dict[str, list[str]] = defaultdict(list)
        for entity in self.entities.values():
            found[entity.type].append(entity.id)
        return {name: tuple(ids) for name, ids in found.items()}

    @cached_property
    def saying(self) -> Mapping[tuple[Triple, str], tuple[Statement, ...]]:
        """The statements that say the same: one triple, asserted, planned or denied."""
        found: dict[tuple[Triple, str], list[Statement]] = defaultdict(list)
        for statement in self.corpus.statements():
            found[self.triple(statement), statement.modality].append(statement)
        return {said: tuple(statements) for said, statements in found.items()}

    @cached_property
    def against(self) -> Mapping[str, tuple[Conflict, ...]]:
        """The conflicts that a statement (by id) is part of."""
        found: dict[str, dict[str, Conflict]] = defaultdict(dict)
        for conflict in self.conflicts:
            for statement in conflict.statements:
                found[statement.id][conflict.id] = conflict
        return {i: tuple(found_here.values()) for i, found_here in found.items()}

    @cached_property
    def published(self) -> Mapping[str, tuple[Source, ...]]:
        """The sources of each publisher, newest first."""
        found: dict[str, list[Source]] = defaultdict(list)
        for source in self.newest:
            found[self.canonical(source.publisher)].append(source)
        return {publisher: tuple(sources) for publisher, sources in found.items()}

    @cached_property
    def newest(self) -> tuple[Source, ...]:
        """All sources, the newest first, undated ones last."""
        return tuple(sorted(self.corpus.sources.values(), key=_age))

    @cached_property
    def atlas(self) -> Atlas:
        """What lies where."""
        return read_atlas(self.corpus, self.ontology)

    @cached_property
    def names(self) -> tuple[tuple[str, Hit], ...]:
        """Every name of every entity, folded as ``kg.search`` compares names."""
        found = []
        for entity in self.entities.values():
            named = [*entity.labels, *entity.aliases]
            named += [n for other in self.merged.get(entity.id, ()) for n in other.labels]
            named += [n for other in self.merged.get(entity.id, ()) for n in other.aliases]
            for text in dict.fromkeys(n.text for n in named):
                hit = Hit(entity.id, label_of(entity), entity.type, text, 0)
                found.append((fold(text), hit))
        return tuple(found)

    @cached_property
    def titles(self) -> tuple[tuple[str, Hit], ...]:
        """The title of every source, folded."""
        return tuple((fold(s.title), Hit(s.id, s.title, "Source", s.title, 0)) for s in self.newest)

    def find(self, text: str, *, limit: int) -> list[Hit]:
        """The entities whose names are nearest to a text, best first."""
        return nearest(self.names, text[:LONGEST_SEARCH], limit=limit)

    def find_sources(self, text: str, *, limit: int) -> list[Hit]:
        """The sources whose titles are nearest to a text, best first."""
        return nearest(self.titles, text[:LONGEST_SEARCH], limit=limit)

    def canonical(self, name: str) -> str:
        """The id under which an entity stands in the graph."""
        return self.corpus.canonical.get(name, name)

    def relation(self, statement: Statement) -> Relation:
        """The relation of a statement."""
        return self.ontology.relations[statement.relation]

    def triple(self, statement: Statement) -> Triple:
        """What a statement says, by canonical ids."""
        relation = self.ontology.relations.get(statement.relation)
        subject, object_ = self.canonical(statement.subject), statement.object
        if relation is None or not relation.has_literal:
            object_ = self.canonical(object_)
        if relation and relation.symmetric and object_ < subject:
            subject, object_ = object_, subject
        return subject, statement.relation, object_

    def same(self, statement: Statement) -> tuple[Statement, ...]:
        """The statements that say what this one says, itself among them if it counts."""
        return self.saying.get((self.triple(statement), statement.modality), ())

    def is_only_here(self, statement: Statement) -> bool:
        """Whether no other source says what a statement says."""
        return all(s.source == statement.source for s in self.same(statement))

    def neighbours(self, entity: str) -> dict[str, int]:
        """Whom statements connect an entity with, and by how many, the most connected first."""
        found: dict[str, int] = defaultdict(int)
        for statement in self.about.get(entity, ()):
            subject, _, object_ = self.triple(statement)
            other = object_ if subject == entity else subject
            if other in self.entities and other != entity and statement.modality != "denied":
                found[other] += 1
        return dict(sorted(found.items(), key=lambda x: (-x[1], x[0])))

    def below(self, name: str) -> list[str]:
        """The classes directly below a class, by name."""
        return [c.name for c in self.ontology.classes.values() if name in c.parents]

    def count_of_class(self, name: str) -> int:
        """How many entities a class has, those of the classes below it among them."""
        return sum(len(ids) for c, ids in self.by_class.items() if self.ontology.is_a(c, name))

    def path_of(self, iri: str) -> str | None:
        """The path of the page of an IRI of the graph, None where it has none."""
        for base, kind, known in (
            (ENT, "entity", self.corpus.entities),
            (SRC, "source", self.corpus.sources),
            (STM, "statement", self.statements),
        ):
            if iri.startswith(base) and (name := iri.removeprefix(base)) in known:
                return f"/{kind}/{name}"
        return None


def sources_of(statements: Iterable[Statement]) -> list[str]:
    """The ids of the sources of statements, each once, in order."""
    return list(dict.fromkeys(s.source for s in statements))


def _age(source: Source) -> tuple[bool, int, str]:
    try:
        latest = parse_date(source.published or "").latest.toordinal()
    except ValueError:
        return True, 0, source.id
    return False, -latest, source.id


def is_web(url: str) -> bool:
    """Whether a URL may be linked to: of the web, and none that a browser would run.

    >>> is_web("https://example.org/a?b=c"), is_web("javascript:alert(1)"), is_web("//example.org")
    (True, False, False)
    """
    return bool(re.match(r"https?://[^\s<>\"]+\Z", url, re.IGNORECASE))
