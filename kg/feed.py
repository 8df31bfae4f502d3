"""Data of any size as N-Quads: read twice, never held.

What a statement says in RDF depends on few others: who held the same office before, what lies
within what. A first reading keeps just that (``Frame``), a second one writes line by line. Memory
grows with entities, sources, and statements of offices, places and parts, not with the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from kg.check import check_entity, check_source, check_statement
from kg.errors import Problem
from kg.infer import Triple, chained, consequences, inferred_triples
from kg.model import Corpus, Entity, Origin, Source, Statement, Validity, Verdict
from kg.ontology import Ontology
from kg.rdf import (
    derived_lines,
    direct,
    direct_lines,
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

    def statements(self) -> Iterable[Statement]:
        """All statements."""

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
        stated: the direct triples of relations that may also follow, as pairs by relation.
        inferred: what follows from triples that say something only together.
        rules: what follows from a triple alone.
    """

    corpus: Corpus
    validity: Mapping[str, Validity]
    ties: Mapping[str, set[str]]
    stated: Mapping[str, set[tuple[str, str]]]
    inferred: Sequence[Triple]
    rules: Rules

    def complete(self, statement: Statement) -> Statement:
        """A statement with its validity and standing filled in."""
        validity = self.validity.get(statement.id) if self.validity else None
        if validity is None:
            published = self.corpus.sources[statement.source].published
            validity = own_validity(statement, published)
        standing = is_self_stated(statement, self.corpus, self.ties)
        return replace(statement, validity=validity, self_stated=standing)

    def following(self, triple: Triple) -> Iterator[Triple]:
        """What follows from a direct triple alone, without what is itself stated."""
        subject, name, object_ = triple
        if name in self.rules.chained:
            return
        for above, turned in self.rules.follows[name]:
            one, other = (object_, subject) if turned else (subject, object_)
            if (one, other) not in self.stated.get(above, ()):
                yield one, above, other


def survey(feed: Feed, ontology: Ontology, *, placed: bool = False) -> Frame:
    """Read a feed once, reject what ``kg check`` would complain of, and keep what is needed.

    Args:
        feed: what to read.
        ontology: what classes and relations there are.
        placed: whether quotes need their offsets.
    """
    entities = {e.id: replace(e, labels=(), aliases=(), note=None) for e in feed.entities()}
    while bad := _bad_entities(feed, entities, ontology):
        for entity in bad:
            del entities[entity]
    corpus = Corpus(entities, {})
    sources = {}
    for source in feed.sources():
        if problems := list(check_source(source, corpus)):
            feed.reject(source.origin, problems)
        else:
            sources[source.id] = replace(source, title="", note=None)
    corpus = Corpus(entities, sources)
    gathered = Gathered(corpus, Rules(ontology))
    unknown = {s for verdict, _ in feed.verdicts() for s in verdict.statements}
    for statement in feed.statements():
        if problems := list(_problems(statement, corpus, ontology, placed=placed)):
            feed.reject(statement.origin, problems)
        else:
            gathered.take(statement)
            if unknown:
                unknown.discard(statement.id)
    for verdict, origin in feed.verdicts():
        if missing := sorted(unknown & set(verdict.statements)):
            message = f"unknown statement '{missing[0]}'"
            feed.reject(origin, [Problem(origin.path, origin.line, message, "mend its id")])
    return gathered.frame()


def _bad_entities(feed: Feed, entities: Mapping[str, Entity], ontology: Ontology) -> list[str]:
    """Those with problems, rejected; what leans on them comes to light in the next round."""
    corpus, bad = Corpus(entities, {}), []
    for entity in feed.entities():
        if entity.id in entities and (problems := list(check_entity(entity, corpus, ontology))):
            feed.reject(entity.origin, problems)
            bad.append(entity.id)
    return bad


def _problems(
    statement: Statement, corpus: Corpus, ontology: Ontology, *, placed: bool
) -> Iterator[Problem]:
    if statement.source not in corpus.sources:
        origin, message = statement.origin, f"unknown source '{statement.source}'"
        yield Problem(origin.path, origin.line, message, "describe it, or mend its own row")
        return
    yield from check_statement(statement, corpus, ontology, placed=placed)


class Gathered:
    """What a first reading keeps, statement by statement."""

    def __init__(self, corpus: Corpus, rules: Rules) -> None:
        self._corpus, self._rules = corpus, rules
        self._bearing: dict[str, list[Statement]] = defaultdict(list)
        self._chained: set[Triple] = set()
        self._stated: dict[str, set[tuple[str, str]]] = defaultdict(set)

    def take(self, statement: Statement) -> None:
        """Keep of a statement what others need."""
        rules, ontology = self._rules, self._rules.ontology
        if office(statement, self._corpus, ontology) or statement.relation == "partOf":
            bare = replace(statement, evidence=(), role=None, note=None, inferred=None)
            self._bearing[statement.source].append(bare)
        if (said := direct(statement, self._corpus, ontology)) is None:
            return
        if statement.relation in rules.chained:
            self._chained.add(said)
        if statement.relation in rules.stated_too:
            self._stated[statement.relation].add((said[0], said[2]))

    def frame(self) -> Frame:
        """What is needed to write the statements."""
        rules = self._rules
        sources = {
            s.id: replace(s, statements=tuple(self._bearing.get(s.id, ())))
            for s in self._corpus.sources.values()
        }
        corpus = Corpus(self._corpus.entities, sources)
        inferred = (
            t
            for t in inferred_triples(self._chained, rules.ontology)
            if (t[0], t[2]) not in self._stated.get(t[1], ())
        )
        return Frame(
            corpus,
            validities(corpus, rules.ontology),
            ties_of(corpus, rules.ontology),
            self._stated,
            sorted(inferred),
            rules,
        )


def feed_lines(feed: Feed, frame: Frame) -> Iterator[str]:
    """The N-Quads of a feed, some more than once; see ``kg.rdf.corpus_lines``.

    Args:
        feed: what to read, for the second time.
        frame: what ``survey`` gave.
    """
    corpus, ontology = frame.corpus, frame.rules.ontology
    for entity in feed.entities():
        if entity.id in corpus.entities:
            yield from entity_lines(entity, corpus, ontology)
    for source in feed.sources():
        if source.id in corpus.sources:
            yield from source_lines(source, corpus)
    for verdict, _ in feed.verdicts():
        yield from verdict_lines(verdict)
    for statement in feed.statements():
        complete = frame.complete(statement)
        yield from statement_lines(complete, corpus, ontology)
        if said := direct(statement, corpus, ontology):
            yield from inferred_lines(frame.following(said), ontology)
    yield from inferred_lines(frame.inferred, ontology)


def following_lines(node: str, statement: Statement, frame: Frame) -> Iterator[str]:
    """Of a statement that stands in RDF (at the IRI ``node``) just what follows."""
    ontology = frame.rules.ontology
    yield from derived_lines(node, frame.complete(statement))
    if said := direct(statement, frame.corpus, ontology):
        yield from direct_lines(said, statement.source, ontology)
        yield from inferred_lines(frame.following(said), ontology)
