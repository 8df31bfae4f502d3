"""Parts of a graph: what holds at a time, what some sources say, successors as one body."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from kg.dates import parse_date
from kg.errors import UnknownName, did_you_mean
from kg.model import Corpus, Entity, Identity, Statement
from kg.ontology import Ontology
from kg.validity import EXCLUDED, Period, judge


def at_time(corpus: Corpus, when: Period) -> Corpus:
    """The corpus without what is excluded in a period; the others keep their bounds."""
    return _only(corpus, lambda s: judge(s.validity, *when) != EXCLUDED)


def of_sources(corpus: Corpus, sources: Collection[str]) -> Corpus:
    """The corpus with what these sources (by id) say, and the entities that they name.

    Raises:
        UnknownName: there is no such source.
    """
    for name in sources:
        if name not in corpus.sources:
            raise UnknownName(f"there is no source '{name}', {did_you_mean(name, corpus.sources)}")
    kept = {i: s for i, s in corpus.sources.items() if i in sources}
    part = replace(corpus, sources=kept)
    statements = list(part.all_statements())
    named = {x for s in statements for x in (s.subject, s.object)} | {
        s.publisher for s in kept.values()
    }
    named |= {corpus.canonical[n] for n in named if n in corpus.canonical}
    ids = {s.id for s in statements}
    return Corpus(
        {i: _without_absent(e, named) for i, e in corpus.entities.items() if i in named},
        kept,
        tuple(v for v in corpus.verdicts if set(v.statements) <= ids),
    )


def _without_absent(entity: Entity, named: Collection[str]) -> Entity:
    return replace(entity, not_same_as=tuple(o for o in entity.not_same_as if o.entity in named))


def _only(corpus: Corpus, keep: Callable[[Statement], bool]) -> Corpus:
    sources = {
        source.id: replace(source, statements=tuple(filter(keep, source.statements)))
        for source in corpus.sources.values()
    }
    return replace(corpus, sources=sources)


def rolled_up(corpus: Corpus, ontology: Ontology) -> Corpus:
    """The corpus with each chain of successors as one entity, the last of the chain.

    Persons succeed each other in office without becoming one, so they are left as they are; so is
    a body with several successors, since nothing says which of them it lives on in. What each body
    has once (founding, legal form) is that of the last; that it succeeds itself is not said.
    """
    after: dict[str, dict[str, Statement]] = defaultdict(dict)
    for s in corpus.statements():
        if s.relation == "successorOf" and s.modality == "asserted":
            new, old = (corpus.canonical.get(x, x) for x in (s.subject, s.object))
            if new != old and all(_may_live_on(corpus.entities[x], ontology) for x in (new, old)):
                after[old].setdefault(new, s)
    merged = {}
    for old in after:
        end, why = _end_of_chain(old, after)
        if why:
            merged[old] = replace(corpus.entities[old], same_as=_as_identity(end, why, corpus))
    rolled = replace(corpus, entities={**corpus.entities, **merged})
    gone = set(merged)

    def is_kept(statement: Statement) -> bool:
        ends = {rolled.canonical.get(x, x) for x in (statement.subject, statement.object)}
        if statement.relation == "successorOf":
            return len(ends) == 2
        own = corpus.canonical.get(statement.subject, statement.subject)
        return own not in gone or not ontology.relations[statement.relation].single_valued

    return _only(rolled, is_kept)


def _as_identity(end: str, why: Statement, corpus: Corpus) -> Identity:
    source = corpus.sources[why.source]
    day = parse_date(source.published).earliest if source.published else dt.date.min
    return Identity(end, source.id, day.isoformat(), f"Nachfolge laut {source.title}")


def _may_live_on(entity: Entity, ontology: Ontology) -> bool:
    return ontology.is_a(entity.type, "Structure")


def _end_of_chain(
    start: str, after: Mapping[str, Mapping[str, Statement]]
) -> tuple[str, Statement | None]:
    """The last of a chain, and the statement of its first step; None where there is no step."""
    seen = [start]
    while len(following := after.get(seen[-1], {})) == 1:
        (new,) = following
        if new in seen:  # a circle: ``kg check`` reports it
            return start, None
        seen.append(new)
    return seen[-1], after[start][seen[1]] if len(seen) > 1 else None
