"""What follows from the statements of a graph that came as RDF, worked out in the store itself.

For dumps in our shape that hold only what was stated: the direct triples in the merged graph and
in those of the sources, what follows from them and from classes, the bounds of each statement, and
whether it is its publisher's own word. What is there already is not doubled.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.answers import Store, Value
from kg.dates import parse_date
from kg.feed import Consequences, Rules, framed
from kg.iris import AKT, ENT, INFERRED_GRAPH, SRC
from kg.model import Corpus, Entity, Evidence, Identity, Source, Statement
from kg.ontology import Ontology
from kg.rdf import derived_lines, direct, direct_lines, inferred_lines, type_lines

_WHATEVER = (Evidence(note="-"),)

_TYPES = "SELECT ?entity ?type { ?entity a ?type FILTER(STRSTARTS(STR(?type), STR(akt:))) }"
_MERGED = "SELECT ?entity ?into { ?entity akt:mergedInto ?into }"
_SOURCES = """
SELECT ?source ?publisher ?published {
  ?source a akt:Source ; dcterms:publisher ?publisher .
  OPTIONAL { ?source dcterms:issued ?published }
}"""
_STATEMENTS = """
SELECT ?s ?subject ?relation ?object ?source ?modality ?since ?until ?observed {
  ?s a akt:Statement ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ;
    prov:wasDerivedFrom ?source .
  OPTIONAL { ?s akt:modality ?modality }
  OPTIONAL { ?s akt:since ?since }
  OPTIONAL { ?s akt:until ?until }
  OPTIONAL { ?s akt:observed ?observed }
}"""


def lacks_what_follows(store: Store) -> bool:
    """Whether a graph has statements of ours, but nothing of what follows from them."""
    followed = store.query("ASK { GRAPH ?_graph_iri { ?s ?p ?o } }", _graph(INFERRED_GRAPH))
    return bool(store.query("ASK { ?s a akt:Statement }")) and not followed


def _graph(iri: str) -> dict[str, str]:
    return {"_graph_iri": f"<{iri}>"}


@dataclass
class Following:
    """What follows in a store; ``foreign`` counts statements of which nothing does.

    Those name what is no entity, relation or source of ours, or have a date that is none.
    """

    store: Store
    ontology: Ontology
    foreign: int = field(default=0, init=False)

    def lines(self) -> Iterator[str]:
        """N-Quads of what follows, some more than once."""
        types = self._types()
        merged = self._merged()
        for entity, found in types.items():
            if entity not in merged:
                for type_ in found:
                    yield from type_lines(entity, type_, self.ontology)
        corpus = Corpus(self._entities(types, merged), self._sources())
        frame = framed(corpus, (s for _, s in self._statements(corpus)), self.ontology)
        following = Consequences(Rules(self.ontology))
        self.foreign = 0  # counted anew by the second reading
        for node, statement in self._statements(corpus):
            yield from derived_lines(node, frame.complete(statement))
            if said := direct(statement, corpus, self.ontology):
                yield from direct_lines(said, statement.source, self.ontology)
                yield from inferred_lines(following.of(said), self.ontology)
        yield from inferred_lines(following.of_all(), self.ontology)

    def _types(self) -> dict[str, tuple[str, ...]]:
        """The classes of each entity that stand there, which may have those above them."""
        known = {AKT + name: name for name in self.ontology.entity_classes}
        found: dict[str, tuple[str, ...]] = {}
        for entity, type_ in self.store.query(_TYPES).rows():
            name = known.get(str(type_))
            if name and str(entity).startswith(ENT):
                key = str(entity).removeprefix(ENT)
                found[key] = (*found.get(key, ()), name)
        return found

    def _merged(self) -> dict[str, str]:
        return {
            str(entity).removeprefix(ENT): str(into).removeprefix(ENT)
            for entity, into in self.store.query(_MERGED).rows()
        }

    def _entities(
        self, types: dict[str, tuple[str, ...]], merged: dict[str, str]
    ) -> dict[str, Entity]:
        above = self.ontology.ancestors
        own = {e: max(found, key=lambda t: len(above[t])) for e, found in types.items()}
        entities = {e: Entity(e, type_, ()) for e, type_ in own.items()}
        for name, into in merged.items():
            if into in own:
                entities[name] = Entity(name, own[into], (), same_as=Identity(into, "", "", ""))
        return entities

    def _sources(self) -> dict[str, Source]:
        found = {}
        for source, publisher, published in self.store.query(_SOURCES).rows():
            key, by = str(source).removeprefix(SRC), str(publisher).removeprefix(ENT)
            found[key] = Source(key, "", by, _date(published), "")
        return found

    def _statements(self, corpus: Corpus) -> Iterator[tuple[str, Statement]]:
        for row in self.store.query(_STATEMENTS).rows():
            node, subject, name, object_, source, modality, *dates = row
            relation = self.ontology.relations.get(str(name).removeprefix(AKT))
            one, where = str(subject).removeprefix(ENT), str(source).removeprefix(SRC)
            literal = relation is not None and relation.has_literal
            other = str(object_) if literal else str(object_).removeprefix(ENT)
            there = one in corpus.entities and (literal or other in corpus.entities)
            if relation is None or not there or where not in corpus.sources:
                self.foreign += 1
                continue
            since, until, observed = (_date(d) for d in dates)
            yield str(node), Statement(
                where, one, relation.name, other, _WHATEVER,
                modality=str(modality or AKT + "asserted").removeprefix(AKT),
                since=since, until=until, observed=observed,
            )  # fmt: skip


def _date(value: Value | None) -> str | None:
    """A date that can be reckoned with; one that is malformed counts as none (see kg check)."""
    if value is None or str(value) == "..":
        return None if value is None else ".."
    try:
        parse_date(str(value))
    except ValueError:
        return None
    return str(value)
