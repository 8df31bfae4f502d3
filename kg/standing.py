"""What a source is to a statement: an onlooker, or a party that speaks of itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from kg.infer import inferred_triples
from kg.model import Corpus, Statement
from kg.ontology import Ontology


def with_standing(corpus: Corpus, ontology: Ontology) -> Corpus:
    """The corpus with ``self_stated`` filled in for every statement."""
    ties = ties_of(corpus, ontology)
    return corpus.changed(lambda s: replace(s, self_stated=is_self_stated(s, corpus, ties)))


def ties_of(corpus: Corpus, ontology: Ontology) -> Mapping[str, set[str]]:
    """By entity: of what it is a part, and what are its parts, by what the graph says."""
    direct = {
        (corpus.canonical.get(s.subject, s.subject), s.relation, corpus.canonical.get(s.object, ""))
        for s in corpus.statements()
        if s.relation == "partOf" and s.modality == "asserted"
    }
    ties: dict[str, set[str]] = defaultdict(set)
    for part, relation, whole in direct | inferred_triples(direct, ontology):
        if relation == "partOf":
            ties[part].add(whole)
            ties[whole].add(part)
    return ties


def is_self_stated(statement: Statement, corpus: Corpus, ties: Mapping[str, set[str]]) -> bool:
    """Whether the publisher of a statement's source is its subject or object, or tied to one."""
    source = corpus.sources[statement.source]
    publisher = corpus.canonical.get(source.publisher, source.publisher)
    parties = {corpus.canonical.get(x, x) for x in (statement.subject, statement.object)}
    return publisher in parties or bool(ties.get(publisher, set()) & parties)
