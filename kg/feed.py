"""Data of any size as N-Quads, never held.

What a statement says in RDF depends on few others: who held the same office before, what is part
of what. Those are read first (``Frame``), then all are written line by line. What follows from
several statements together comes last (``Consequences``). Memory grows with entities, sources, and
triples of offices, places, parts and what may follow as well as be stated, not with the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from kg.check import check_entity, check_source, check_statement
from kg.errors import Problem
from kg.infer import Triple, chained, consequences, inferred_triples
from kg.model import Corpus, Entity, Origin, Source, Statement, Validity, Verdict
from kg.ontology import Ontology
from kg.rdf import (
    direct,
    entity_lines,
    inferred_lines,
    source_lines,
    statement_lines,
    verdict_lines,
)
from kg.standing import is_self_stated, ties_of
from kg.validity import office, own_validity, validities


class Feed(Protocol):
    """What can be read again and again; each method begins anew.

    ``reject`` takes something out that cannot be used; later readings do not have it.
    """

    def entities(self) -> Iterable[Entity]:
        """All entities."""

    def sources(self) -> Iterable[Source]:
        """All sources, without their statements."""

    def statements(self, relations: Collection[str] | None = None) -> Iterable[Statement]:
        """All statements, or those of some relations."""

    def verdicts(self) -> Iterable[tuple[Verdict, Origin]]:
        """Verdicts on conflicts, each with its place."""

    def reject(self, origin: Origin, problems: Iterable[Problem]) -> None:
        """Take out what stands there."""


class Rules:
    """What the ontology says follows from a triple, worked out once."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology

    @cached_property
    def chained(self) -> frozenset[str]:
        """The relations whose triples say something only together."""
        return chained(self.ontology)

    @cached_property
    def follows(self) -> Mapping[str, tuple[tuple[str, bool], ...]]:
        """For the others, what follows from one triple."""
        return consequences(self.ontology)

    @cached_property
    def bearing(self) -> frozenset[str]:
        """The relations whose statements bear on how others are written."""
        relations = self.ontology.relations.values()
        return frozenset({"partOf"} | {r.name for r in relations if r.one_holder_at_a_time})

    @cached_property
    def stated_too(self) -> frozenset[str]:
        """The relations that a source may state though they may also follow."""
        found = {name for follows in self.follows.values() for name, _ in follows}
        return frozenset(n for n in found if not self.ontology.relations[n].derived)


@dataclass(frozen=True)
class Frame:
    """What must be known of all data to write any one statement.

    Args:
        corpus: entities without names, sources without titles; of statements only those that bear
            on others.
        validity: the bounds of statements of offices, by their id.
        ties: what is part of what.
    """

    corpus: Corpus
    validity: Mapping[str, Validity]
    ties: Mapping[str, set[str]]

    def complete(self, statement: Statement) -> Statement:
        """A statement with its validity and standing filled in."""
        validity = self.validity.get(statement.id) if self.validity else None
        if validity is None:
            published = self.corpus.sources[statement.source].published
            validity = own_validity(statement, published)
        standing = is_self_stated(statement, self.corpus, self.ties)
        return replace(statement, validity=validity, self_stated=standing)


def framed(corpus: Corpus, statements: Iterable[Statement], ontology: Ontology) -> Frame:
    """The frame of entities and sources, and of the statements that bear on others."""
    bearing: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if office(statement, corpus, ontology) or statement.relation == "partOf":
            bare = replace(statement, evidence=(), role=None, note=None, inferred=None)
            bearing[statement.source].append(bare)
    sources = {
        s.id: replace(s, statements=tuple(bearing.get(s.id, ()))) for s in corpus.sources.values()
    }
    corpus = Corpus(corpus.entities, sources)
    return Frame(corpus, validities(corpus, ontology), ties_of(corpus, ontology))


class Consequences:
    """What follows from direct triples, taken one by one, that nobody states."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._chained: set[Triple] = set()
        self._stated: set[Triple] = set()
        self._unless_stated: set[Triple] = set()

    def of(self, triple: Triple) -> Iterator[Triple]:
        """Take a triple, and give what follows from it whatever others say."""
        rules, (subject, name, object_) = self._rules, triple
        if name in rules.stated_too:
            self._stated.add(triple)
        if name in rules.chained:
            self._chained.add(triple)
            return
        for above, turned in rules.follows[name]:
            found = (object_, above, subject) if turned else (subject, above, object_)
            if above in rules.stated_too:
                self._unless_stated.add(found)
            else:
                yield found

    def of_all(self) -> list[Triple]:
        """What follows besides, now that all have been taken."""
        together = inferred_triples(self._chained, self._rules.ontology)
        return sorted((together | self._unless_stated) - self._stated)


def feed_lines(feed: Feed, ontology: Ontology, *, placed: bool = False) -> Iterator[str]:
    """The N-Quads of a feed, some more than once; see ``kg.rdf.corpus_lines``.

    What ``kg check`` would complain of is rejected, and not written.

    Args:
        feed: what to read.
        ontology: what classes and relations there are.
        placed: whether quotes need their offsets.
    """
    corpus = _described(feed, ontology)
    for entity in feed.entities():
        if entity.id in corpus.entities:
            yield from entity_lines(entity, corpus, ontology)
    for source in feed.sources():
        if source.id in corpus.sources:
            yield from source_lines(source, corpus)

    def sound(found: Iterable[Statement]) -> Iterator[Statement]:
        for statement in found:
            if problems := list(_problems(statement, corpus, ontology, placed=placed)):
                feed.reject(statement.origin, problems)
            else:
                yield statement

    rules = Rules(ontology)
    frame, following = (
        framed(corpus, sound(feed.statements(rules.bearing)), ontology),
        Consequences(rules),
    )
    unknown = {s for verdict, _ in feed.verdicts() for s in verdict.statements}
    for statement in sound(feed.statements()):
        if unknown:
            unknown.discard(statement.id)
        yield from statement_lines(frame.complete(statement), corpus, ontology)
        if said := direct(statement, corpus, ontology):
            yield from inferred_lines(following.of(said), ontology)
    yield from inferred_lines(following.of_all(), ontology)
    for verdict, origin in feed.verdicts():
        if missing := sorted(unknown & set(verdict.statements)):
            message = f"unknown statement '{missing[0]}'"
            feed.reject(origin, [Problem(origin.path, origin.line, message, "mend its id")])
        else:
            yield from verdict_lines(verdict)


def _described(feed: Feed, ontology: Ontology) -> Corpus:
    """The entities and sources that can be used, without their texts; others are rejected."""
    entities, leaning = dict[str, Entity](), dict[str, Entity]()
    for entity in feed.entities():
        if entity.same_as or entity.not_same_as:  # can only be checked when all are known
            leaning[entity.id] = entity
        elif problems := list(check_entity(entity, Corpus({}, {}), ontology)):
            feed.reject(entity.origin, problems)
            continue
        entities[entity.id] = _without_texts(entity)
    while bad := _bad_entities(feed, leaning, Corpus(entities, {}), ontology):
        for name in bad:  # which others may lean on
            del entities[name], leaning[name]
    corpus = Corpus(entities, {})
    sources = {}
    for source in feed.sources():
        if problems := list(check_source(source, corpus)):
            feed.reject(source.origin, problems)
        else:
            sources[source.id] = replace(source, title="", note=None)
    return Corpus(entities, sources)


def _without_texts(entity: Entity) -> Entity:
    same, others = entity.same_as, entity.not_same_as
    return Entity(entity.id, entity.type, (), same_as=same, not_same_as=others)


def _bad_entities(
    feed: Feed, leaning: Mapping[str, Entity], corpus: Corpus, ontology: Ontology
) -> list[str]:
    bad = []
    for name, entity in leaning.items():
        if problems := list(check_entity(entity, corpus, ontology)):
            feed.reject(entity.origin, problems)
            bad.append(name)
    return bad


def _problems(
    statement: Statement, corpus: Corpus, ontology: Ontology, *, placed: bool
) -> Iterator[Problem]:
    if statement.source not in corpus.sources:
        origin, message = statement.origin, f"unknown source '{statement.source}'"
        yield Problem(origin.path, origin.line, message, "describe it, or mend its own row")
        return
    yield from check_statement(statement, corpus, ontology, placed=placed)
