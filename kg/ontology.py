"""The ontology as frozen values, read from ``ontology/akteursnetz.ttl``, the single truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from kg.errors import KgError
from kg.files import read_text, shipped
from kg.iris import AKT, EDTF, shorten


@dataclass(frozen=True, slots=True)
class Term:
    """Anything that the ontology names: label and definition by language (``de``, ``en``)."""

    name: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Class(Term):
    """A class; ``parents`` are its direct superclasses within the ontology."""

    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation(Term):
    """A relation between two entities, or (``range`` with a prefix) an entity and a literal."""

    domain: str = "Entity"
    range: str = "Entity"
    parents: tuple[str, ...] = ()
    inverse: str | None = None
    inverse_labels: Mapping[str, str] | None = None
    symmetric: bool = False
    transitive: bool = False
    single_valued: bool = False
    one_holder_at_a_time: bool = False
    derived: bool = False

    @property
    def has_literal(self) -> bool:
        """Whether the object is a literal."""
        return ":" in self.range

    @property
    def has_date(self) -> bool:
        """Whether the object is an EDTF date."""
        return self.range == shorten(EDTF)


@dataclass(frozen=True)
class Ontology:
    """Classes and relations by name; ``properties`` and ``values`` describe statements."""

    classes: Mapping[str, Class]
    relations: Mapping[str, Relation]
    properties: Mapping[str, Term]
    values: Mapping[str, Term]
    path: Path

    @cached_property
    def ancestors(self) -> Mapping[str, frozenset[str]]:
        """Every class with all its superclasses, itself among them."""
        return {name: frozenset(_upwards(name, self.classes)) for name in self.classes}

    @cached_property
    def entity_classes(self) -> tuple[str, ...]:
        """The classes an entity may have, in the order of the ontology's file."""
        return tuple(c for c, above in self.ancestors.items() if "Entity" in above)

    def is_a(self, name: str, wanted: str) -> bool:
        """Whether class ``name`` is ``wanted`` or below it."""
        return wanted in self.ancestors.get(name, frozenset())

    def relations_implied_by(self, name: str) -> frozenset[str]:
        """The relations above ``name`` in the hierarchy, without itself."""
        return frozenset(_upwards(name, self.relations)) - {name}


def _upwards(name: str, terms: Mapping[str, Class] | Mapping[str, Relation]) -> set[str]:
    above: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current not in above:
            above.add(current)
            waiting.extend(terms[current].parents)
    return above


def read_ontology(folder: Path | None = None) -> Ontology:
    """Read ``akteursnetz.ttl`` from ``folder`` (default: the shipped one).

    Raises:
        KgError: the file is missing or no Turtle.
    """
    path = (folder or shipped("ontology")) / "akteursnetz.ttl"
    graph = parse_turtle(path)
    properties = _named(graph, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    relations = [p for p in properties if _is_between_entities(graph, p)]
    return Ontology(
        _by_name(
            Class(*_term(graph, c), parents=_ours(graph, c, RDFS.subClassOf))
            for c in _named(graph, OWL.Class)
        ),
        _by_name(_relation(graph, p) for p in relations),
        _by_name(Term(*_term(graph, p)) for p in properties if p not in relations),
        _by_name(Term(*_term(graph, v)) for v in _named(graph, OWL.NamedIndividual)),
        path,
    )


def parse_turtle(path: Path) -> Graph:
    """The graph of a Turtle file.

    Raises:
        KgError: the file is missing or no Turtle, with the line where one is known.
    """
    text = read_text(path)
    try:
        return Graph().parse(data=text, format="turtle")
    except Exception as error:  # rdflib raises its own, ValueError, AssertionError and others
        line = getattr(error, "lines", None)
        place = f"{path}:{line + 1}" if isinstance(line, int) else str(path)
        reason = " ".join(str(error).split())[:160]
        raise KgError(f"{place}: this is no Turtle ({reason}), mend the syntax") from error


_TermT = TypeVar("_TermT", bound=Term)


def _by_name(terms: Iterable[_TermT]) -> dict[str, _TermT]:
    return {t.name: t for t in terms}


def _named(graph: Graph, *types: URIRef) -> list[URIRef]:
    """Our terms of these types, in the order of the file."""
    found = dict.fromkeys(s for t in types for s in graph.subjects(RDF.type, t))
    return [s for s in found if isinstance(s, URIRef) and s.startswith(AKT)]


def _is_between_entities(graph: Graph, term: URIRef) -> bool:
    """Whether a property is a relation: all others have a statement, source or name as domain."""
    domain = graph.value(term, RDFS.domain)
    entity = URIRef(AKT + "Entity")
    return domain is not None and entity in graph.transitive_objects(domain, RDFS.subClassOf)


def _term(graph: Graph, term: URIRef) -> tuple[str, dict[str, str], dict[str, str]]:
    return (
        term.removeprefix(AKT),
        _texts(graph, term, RDFS.label),
        _texts(graph, term, SKOS.definition),
    )


def _texts(graph: Graph, term: URIRef, relation: URIRef) -> dict[str, str]:
    texts = [o for o in graph.objects(term, relation) if isinstance(o, Literal)]
    return {str(o.language): str(o) for o in sorted(texts, key=lambda o: str(o.language))}


def _ours(graph: Graph, term: URIRef, relation: URIRef) -> tuple[str, ...]:
    objects = map(str, graph.objects(term, relation))
    return tuple(sorted(o.removeprefix(AKT) for o in objects if o.startswith(AKT)))


def _relation(graph: Graph, term: URIRef) -> Relation:
    kinds = set(graph.objects(term, RDF.type))
    range_ = str(graph.value(term, RDFS.range))
    inverse = _ours(graph, term, OWL.inverseOf)
    return Relation(
        *_term(graph, term),
        domain=_ours(graph, term, RDFS.domain)[0],
        range=range_.removeprefix(AKT) if range_.startswith(AKT) else shorten(range_),
        parents=_ours(graph, term, RDFS.subPropertyOf),
        inverse=inverse[0] if inverse else None,
        inverse_labels=_texts(graph, term, URIRef(AKT + "inverseLabel")) or None,
        symmetric=OWL.SymmetricProperty in kinds,
        transitive=OWL.TransitiveProperty in kinds,
        single_valued=OWL.FunctionalProperty in kinds,
        one_holder_at_a_time=(term, URIRef(AKT + "oneHolderAtATime"), None) in graph,
        derived=(term, URIRef(AKT + "derived"), None) in graph,
    )
