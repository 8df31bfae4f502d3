"""The ontology as frozen values, read from ``ontology/akteursnetz.ttl``, the single truth.

The file and a store's copy of it are read by the same code, from triples as plain texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.errors import KgError
from kg.files import read_text, shipped
from kg.iris import AKT, EDTF, PREFIXES, RDF_TYPE, shorten

if TYPE_CHECKING:
    from rdflib import Graph

OntologyTriple = tuple[str, str, str, str]
"""Subject, predicate, object and (of a literal) language, all as plain texts."""

_DATE = shorten(EDTF)
_OWL, _RDFS, _SKOS = PREFIXES["owl"], PREFIXES["rdfs"], PREFIXES["skos"]


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
    holder: str | None = None
    derived: bool = False

    @property
    def one_holder_at_a_time(self) -> bool:
        """Whether only one can hold this office at a time; ``holder`` says on which side it is."""
        return self.holder is not None

    @property
    def holder_is_object(self) -> bool:
        """Whether the holder of the office is the object (``chairedBy``), not the subject."""
        return self.holder == "object"

    @property
    def has_literal(self) -> bool:
        """Whether the object is a literal."""
        return ":" in self.range

    @property
    def has_uri(self) -> bool:
        """Whether the object is a URI that names no entity, such as ``geo:51.34,12.37``."""
        return self.range == "xsd:anyURI"

    @property
    def has_date(self) -> bool:
        """Whether the object is an EDTF date."""
        return self.range == _DATE


@dataclass(frozen=True)
class Ontology:
    """Classes and relations by name; ``properties`` and ``values`` describe statements."""

    classes: Mapping[str, Class]
    relations: Mapping[str, Relation]
    properties: Mapping[str, Term]
    values: Mapping[str, Term]

    @cached_property
    def ancestors(self) -> Mapping[str, frozenset[str]]:
        """Every class with all its superclasses, itself among them."""
        return {name: frozenset(_upwards(name, self.classes)) for name in self.classes}

    @cached_property
    def entity_classes(self) -> tuple[str, ...]:
        """The classes an entity may have."""
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


def ontology_path(folder: Path | None = None) -> Path:
    """The ontology's file in ``folder`` (default: the shipped one)."""
    return (folder or shipped("ontology")) / "akteursnetz.ttl"


def read_ontology(folder: Path | None = None) -> Ontology:
    """Read ``akteursnetz.ttl`` from ``folder`` (default: the shipped one).

    Raises:
        KgError: the file is missing or no Turtle.
    """
    graph = parse_turtle(ontology_path(folder))
    return ontology_from(
        (str(s), str(p), str(o), getattr(o, "language", None) or "") for s, p, o in graph
    )


def parse_turtle(path: Path) -> Graph:
    """The rdflib graph of a Turtle file.

    Raises:
        KgError: the file is missing or no Turtle, with the line where one is known.
    """
    from rdflib import Graph

    text = read_text(path)
    try:
        return Graph().parse(data=text, format="turtle")
    except OSError as error:  # rdflib asks for the current folder, which may be gone
        raise KgError(
            f"{path}: cannot be read ({error.strerror}), change to a folder that is there"
        ) from error
    except Exception as error:  # rdflib raises its own, ValueError, AssertionError and others
        offset = getattr(error, "_i", None)  # rdflib's own count of lines drifts
        line = text.count("\n", 0, offset) + 1 if isinstance(offset, int) else None
        place = f"{path}:{line}" if line else str(path)
        reason = " ".join(str(getattr(error, "_why", error)).split())[:160]
        raise KgError(f"{place}: this is no Turtle ({reason}), mend the syntax") from error


def ontology_from(triples: Iterable[OntologyTriple]) -> Ontology:
    """The ontology that these triples describe; terms outside our namespace are left out."""
    described = _Described()
    for subject, predicate, object_, language in triples:
        if subject.startswith(AKT):
            described[subject.removeprefix(AKT)][predicate].append((object_, language))
    types = {name: {o for o, _ in d[RDF_TYPE]} for name, d in described.items()}
    properties = sorted(n for n, kinds in types.items() if kinds & _PROPERTY_TYPES)
    classes = _by_name(
        Class(*_term(n, described[n]), parents=_ours(described[n], _RDFS + "subClassOf"))
        for n in sorted(types)
        if _OWL + "Class" in types[n]
    )
    relations = [n for n in properties if _is_between_entities(described[n], classes)]
    return Ontology(
        classes,
        _by_name(_relation(n, described[n], types[n]) for n in relations),
        _by_name(Term(*_term(n, described[n])) for n in properties if n not in relations),
        _by_name(
            Term(*_term(n, described[n]))
            for n in sorted(types)
            if _OWL + "NamedIndividual" in types[n]
        ),
    )


_Description = defaultdict[str, list[tuple[str, str]]]
_PROPERTY_TYPES = {_OWL + t for t in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
_TermT = TypeVar("_TermT", bound=Term)


class _Described(defaultdict[str, _Description]):
    """Term → predicate → (object, language)."""

    def __init__(self) -> None:
        super().__init__(lambda: defaultdict(list))


def _by_name(terms: Iterable[_TermT]) -> dict[str, _TermT]:
    return {t.name: t for t in terms}


def _term(name: str, description: _Description) -> tuple[str, dict[str, str], dict[str, str]]:
    return (
        name,
        _texts(description, _RDFS + "label"),
        _texts(description, _SKOS + "definition"),
    )


def _texts(description: _Description, predicate: str) -> dict[str, str]:
    return {language: text for text, language in sorted(description[predicate])}


def _ours(description: _Description, predicate: str) -> tuple[str, ...]:
    return tuple(
        sorted(o.removeprefix(AKT) for o, _ in description[predicate] if o.startswith(AKT))
    )


def _is_between_entities(description: _Description, classes: Mapping[str, Class]) -> bool:
    """Whether a property is a relation: all others have a statement, source or name as domain."""
    domain = _ours(description, _RDFS + "domain")
    return bool(domain) and domain[0] in classes and "Entity" in _upwards(domain[0], classes)


def _relation(name: str, description: _Description, types: set[str]) -> Relation:
    range_ = next((o for o, _ in description[_RDFS + "range"]), AKT + "Entity")
    return Relation(
        *_term(name, description),
        domain=_ours(description, _RDFS + "domain")[0],
        range=range_.removeprefix(AKT) if range_.startswith(AKT) else shorten(range_),
        parents=_ours(description, _RDFS + "subPropertyOf"),
        inverse=next(iter(_ours(description, _OWL + "inverseOf")), None),
        inverse_labels=_texts(description, AKT + "inverseLabel") or None,
        symmetric=_OWL + "SymmetricProperty" in types,
        transitive=_OWL + "TransitiveProperty" in types,
        single_valued=_OWL + "FunctionalProperty" in types,
        holder=next((o for o, _ in description[AKT + "oneHolderAtATime"]), None),
        derived=bool(description[AKT + "derived"]),
    )
