"""Checks of a built graph of any size, as queries: shapes, references, domain and range, dates."""

from __future__ import annotations

from collections.abc import Iterator

from kg.answers import Store
from kg.dates import OPEN, parse_date
from kg.errors import Problem
from kg.iris import AKT, EDTF, PREFIXES, shorten
from kg.ontology import Ontology
from kg.reading import read_store_ontology
from kg.shapes import check_shapes_in
from kg.sparql import literal_term

_DATES = (AKT + "since", AKT + "until", AKT + "observed", PREFIXES["dcterms"] + "issued")
# What kg.validity.is_consistent asks of the bounds of a statement.
_ORDER = (
    ("earliestStart", "latestStart"),
    ("earliestEnd", "latestEnd"),
    ("earliestStart", "latestEnd"),
)
_NO_ENTITY = """
SELECT ?s ?o { ?s a akt:Statement ; rdf:object ?o FILTER(isIRI(?o)) MINUS { ?o a akt:Entity } }"""
_ORDERED = "SELECT ?s ?a ?b {{ ?s akt:{0} ?a ; akt:{1} ?b FILTER(?a > ?b) }}"
_FITTING = """
SELECT DISTINCT ?s ?end {{
  ?s rdf:predicate akt:{0} ; {1} ?end ; a akt:Statement MINUS {{ ?end a akt:{2} }}
}}"""


def check_store(store: Store, place: str) -> list[Problem]:
    """Every problem of a built graph, sorted; ``place`` is the path that is told.

    Raises:
        KgError: the shapes are damaged.
    """
    ontology = read_store_ontology(store)
    found = {*check_shapes_in(store, place)}
    found |= {Problem(place, 0, message, mend) for message, mend in _wrong(store, ontology)}
    return sorted(found)


def _wrong(store: Store, ontology: Ontology) -> Iterator[tuple[str, str]]:
    for statement, object_ in store.query(_NO_ENTITY).rows():
        message = f"{shorten(str(statement))} has the object {shorten(str(object_))}"
        yield f"{message}, which is no entity", "describe it, or mend the object"
    yield from _unknown_relations(store, ontology)
    yield from _unfitting(store, ontology)
    yield from _bad_dates(store, ontology)
    for first, last in _ORDER:
        for statement, one, other in store.query(_ORDERED.format(first, last)).rows():
            message = f"{shorten(str(statement))}: {first} {one} lies after {last} {other}"
            yield f"impossible interval: {message}", "mend its dates"


def _unknown_relations(store: Store, ontology: Ontology) -> Iterator[tuple[str, str]]:
    query = "SELECT DISTINCT ?p { ?s rdf:predicate ?p FILTER(STRSTARTS(STR(?p), STR(akt:))) }"
    for (predicate,) in store.query(query).rows():
        name = str(predicate).removeprefix(AKT)
        if name not in ontology.relations:
            yield f"statements have the unknown relation '{name}'", "mend it, or add it"


def _unfitting(store: Store, ontology: Ontology) -> Iterator[tuple[str, str]]:
    """Ends of statements that are not of the class that their relation wants."""
    for relation in ontology.relations.values():
        ends = [("rdf:subject", relation.domain)]
        ends += [] if relation.has_literal else [("rdf:object", relation.range)]
        for side, wanted in ends:
            query = _FITTING.format(relation.name, side, wanted)
            for statement, end in store.query(query).rows():
                what = f"the {side.removeprefix('rdf:')} {shorten(str(end))}"
                message = f"{shorten(str(statement))}: {what} of {relation.name} is no {wanted}"
                yield message, "choose another relation, or mend the type"


def _bad_dates(store: Store, ontology: Ontology) -> Iterator[tuple[str, str]]:
    dated = [AKT + r.name for r in ontology.relations.values() if r.has_date]
    for property_ in (*_DATES, *dated):
        for (value,) in store.query(f"SELECT DISTINCT ?d {{ ?s <{property_}> ?d }}").rows():
            if message := _date_problem(str(value), property_):
                yield from _with_date(store, property_, str(value), message)


def _date_problem(text: str, property_: str) -> str | None:
    if text == OPEN and property_ == AKT + "until":
        return None
    try:
        parse_date(text)
    except ValueError as error:
        return str(error)
    return None


def _with_date(store: Store, property_: str, value: str, message: str
               ) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Where a date stands that is none; a malformed literal of another type is for the shapes."""
    term = literal_term(value, datatype=EDTF)
    wrong, _, mend = message.partition(": ")
    for (node,) in store.query(f"SELECT ?s {{ ?s <{property_}> {term} }}").rows():
        yield f"{shorten(str(node))}, {shorten(property_)}: {wrong}", mend or "mend the date"
