"""What follows from the direct triples by the ontology alone, as triples of names.

Rules: sub-relation, inverse, symmetry, transitivity, and superclasses of an entity's type.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from kg.ontology import Ontology

_Node = TypeVar("_Node", bound=Hashable)
Triple = tuple[str, str, str]


def inferred_triples(direct: Iterable[Triple], ontology: Ontology) -> set[Triple]:
    """Every triple that follows from ``direct`` (subject, relation, object), without those.

    Objects may be literals; only relations between entities are turned round or chained.
    """
    known = set(direct)
    fresh = set(known)
    while fresh:
        found = {t for triple in fresh for t in _one_step(triple, ontology)}
        found |= _chains(known | found, {t[1] for t in fresh | found}, ontology)
        fresh = found - known
        known |= fresh
    return known - set(direct)


def consequences(ontology: Ontology) -> Mapping[str, tuple[tuple[str, bool], ...]]:
    """For each relation what follows from one triple of it alone, as (relation, turned round)."""
    steps: dict[tuple[str, bool], set[tuple[str, bool]]] = defaultdict(set)
    for name in ontology.relations:
        for turned in (False, True):
            triple = ("b", name, "a") if turned else ("a", name, "b")
            steps[name, turned] = {(n, s == "b") for s, n, _ in _one_step(triple, ontology)}
    return {
        name: tuple(sorted(reach((name, False), steps) - {(name, False)}))
        for name in ontology.relations
    }


def chained(ontology: Ontology) -> frozenset[str]:
    """The relations whose triples say something only together with others, being transitive.

    Of all other relations, what follows from their triples follows from each of them alone.
    """
    follows = consequences(ontology)
    return frozenset(
        name
        for name in ontology.relations
        if any(ontology.relations[n].transitive for n in {name, *(n for n, _ in follows[name])})
    )


def _one_step(triple: Triple, ontology: Ontology) -> Iterable[Triple]:
    subject, name, object_ = triple
    relation = ontology.relations[name]
    for above in relation.parents:
        yield subject, above, object_
    if relation.inverse:
        yield object_, relation.inverse, subject
    if relation.symmetric:
        yield object_, name, subject


def _chains(triples: set[Triple], changed: set[str], ontology: Ontology) -> set[Triple]:
    """The transitive closure of each changed transitive relation; nothing stands above itself."""
    closed: set[Triple] = set()
    for name in changed:
        if ontology.relations[name].transitive:
            step: dict[str, set[str]] = defaultdict(set)
            for subject, relation, object_ in triples:
                if relation == name:
                    step[subject].add(object_)
            closed |= {
                (start, name, end) for start in step for end in reach(start, step) if end != start
            }
    return closed


def reach(start: _Node, step: Mapping[_Node, set[_Node]]) -> set[_Node]:
    """Everything that is reached from ``start`` in one step or more."""
    seen: set[_Node] = set()
    waiting = list(step.get(start, ()))
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting.extend(step.get(current, ()))
    return seen


def inferred_types(types: Mapping[str, str], ontology: Ontology) -> set[tuple[str, str]]:
    """(entity, class) for every superclass of each entity's own class."""
    return {
        (entity, above)
        for entity, own in types.items()
        for above in ontology.ancestors[own]
        if above != own
    }
