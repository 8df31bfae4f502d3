"""The SHACL shapes as SPARQL, for graphs that are too large for pySHACL.

Every constraint of ``shapes.ttl`` becomes a query that finds what breaks it; those on the values of
one path share one. What is used there of SHACL is understood, and anything else refused, so that a
shape is never left out in silence. ``tests/test_shapes.py`` holds that pySHACL finds the same.

The queries scan one predicate, count or take away whole sets (MINUS), and only look at the class of
a node that they have found: at a million quads ten times as fast as looking node by node.

Format: W3C, Shapes Constraint Language (SHACL), 2017, https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from kg.answers import Store
from kg.errors import KgError, Problem
from kg.files import shipped
from kg.iris import PREFIXES, XSD, shorten
from kg.ontology import parse_turtle
from kg.sparql import literal_term

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_SH = "http://www.w3.org/ns/shacl#"
_RDF = PREFIXES["rdf"]
_TARGETS = {
    "targetClass": "?focus a {iri} .",
    "targetSubjectsOf": "?focus {iri} ?there .",
    "targetObjectsOf": "?there {iri} ?focus .",
}
_KINDS = {"IRI": "isIRI(?value)", "Literal": "isLiteral(?value)"}
_CHECKED_TYPES = {XSD + t for t in ("date", "decimal", "integer", "boolean")}
"""Types of which the text is checked too, as pySHACL does."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint: SHACL's word for its kind, and a SELECT of what breaks it.

    Its columns are the focus node and the value, which is unbound where the node as a whole does.
    """

    path: str
    component: str
    query: str
    message: str


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A focus node that breaks a constraint of a path; ``value`` is what breaks it, if one does."""

    focus: str
    path: str
    component: str
    value: str | None = field(compare=False)
    message: str = field(compare=False)


def read_shapes(folder: Path | None = None) -> list[Constraint]:
    """The constraints of ``shapes.ttl`` in ``folder`` (default: the shipped ones).

    Raises:
        KgError: the file is missing, no Turtle, or has what is not understood here.
    """
    from rdflib import RDF, SH

    graph = parse_turtle((folder or shipped("ontology")) / "shapes.ttl")
    nodes = sorted(graph.subjects(RDF.type, SH.NodeShape), key=str)
    return [constraint for node in nodes for constraint in _constraints_of(graph, node)]


def _constraints_of(graph: Graph, node: Node) -> Iterator[Constraint]:
    from rdflib import SH

    said = [(str(p).removeprefix(_SH), o) for p, o in graph.predicate_objects(node)]
    targets = [_TARGETS[p].format(iri=f"<{o}>") for p, o in said if p in _TARGETS]
    if len(targets) != 1:
        raise KgError(f"shapes.ttl: {shorten(str(node))} should have one target, give it one")
    yield from _of_shape(graph, node, targets[0], ())
    for inner in graph.objects(node, SH.property):
        yield from _of_shape(graph, inner, targets[0], _path(graph, inner))


def _path(graph: Graph, node: Node) -> tuple[str, ...]:
    from rdflib import SH, BNode
    from rdflib.collection import Collection

    path = graph.value(node, SH.path)
    steps = Collection(graph, path) if isinstance(path, BNode) else [path]
    return tuple(f"<{step}>" for step in steps)


def _of_shape(graph: Graph, node: Node, target: str, path: tuple[str, ...]) -> Iterator[Constraint]:
    from rdflib import SH

    message = str(graph.value(node, SH.message) or "it does not fit its shape")
    for predicate, object_ in graph.predicate_objects(node):
        name = str(predicate).removeprefix(_SH)
        if name not in ("message", "path", "property", "type", *_TARGETS, _RDF + "type"):
            query = _query(graph, name, object_, target, path)
            yield Constraint("/".join(p.strip("<>") for p in path), name, query, message)


def _query(graph: Graph, name: str, object_: Node, target: str, path: tuple[str, ...]) -> str:
    """What breaks a constraint, as a SELECT.

    Raises:
        KgError: this use of SHACL is not understood here.
    """
    from rdflib import SH
    from rdflib.collection import Collection

    steps = _steps(path)
    reach = steps or "BIND(?focus AS ?value)"
    match name, len(path), str(object_):
        case "class", 0 | 1, iri:
            found = f"{target} {steps} MINUS {{ {'?value' if path else '?focus'} a <{iri}> }}"
            return (
                f"SELECT DISTINCT ?focus {'?value' if path else '(?focus AS ?value)'} {{ {found} }}"
            )
        case "minCount", _, "1":
            return f"SELECT DISTINCT ?focus ?none {{ {target} MINUS {{ {steps} }} }}"
        case "maxCount", 1, number:
            many = f"SELECT ?focus {{ {steps} }} GROUP BY ?focus HAVING (COUNT(?value) > {number})"
            return f"SELECT DISTINCT ?focus ?none {{ {{ {many} }} {target} }}"
        case "uniqueLang", 1, "true":
            language = "?focus (LANG(?value) AS ?tag)"
            twice = f"GROUP BY {language} HAVING (COUNT(?value) > 1)"
            many = f'SELECT ?focus ?tag {{ {steps} FILTER(LANG(?value) != "") }} {twice}'
            return f"SELECT ?focus ?none {{ {{ {many} }} {target} }}"
        case "lessThan", 1, iri:
            pair = f"{steps} ?focus <{iri}> ?other FILTER(!COALESCE(?value < ?other, false))"
            return f"SELECT DISTINCT ?focus ?value {{ {pair} {target} }}"
        case "xone", 0, _:
            classes = [graph.value(n, SH["class"]) for n in Collection(graph, object_)]
            none = " ".join(f"MINUS {{ ?focus a <{c}> }}" for c in classes)
            two = [f"{{ ?focus a <{a}> , <{b}> }}" for a, b in combinations(classes, 2)]
            found = " UNION ".join(
                [f"{{ {target} {none} }}", *(f"{{ {t} {target} }}" for t in two)]
            )
            return f"SELECT DISTINCT ?focus (?focus AS ?value) {{ {found} }}"
        case _, 0 | 1, _ if holds := _condition(graph, name, object_):
            found = f"{target} {reach}" if not path else steps
            wrong = f"SELECT DISTINCT ?focus ?value {{ {found} FILTER(!({holds})) }}"
            return f"SELECT DISTINCT ?focus ?value {{ {{ {wrong} }} {target} }}" if path else wrong
    raise KgError(f"shapes.ttl: sh:{name} {object_} is not understood by kg/shapes.py, add it")


def _steps(path: tuple[str, ...]) -> str:
    """A path as patterns from ?focus to ?value; as a path the engine takes minutes for a MINUS."""
    nodes = ["?focus", *(f"?step{i}" for i in range(1, len(path))), "?value"]
    return " ".join(f"{a} {p} {b} ." for (a, b), p in zip(pairwise(nodes), path, strict=False))


def _condition(graph: Graph, name: str, object_: Node) -> str:
    """What must hold of ?value, as an expression; "" for what is none."""
    from rdflib.collection import Collection

    text = str(object_)
    match name:
        case "nodeKind" if text.removeprefix(_SH) in _KINDS:
            return _KINDS[text.removeprefix(_SH)]
        case "datatype":
            return _has_type(text)
        case "pattern":
            return f"REGEX(STR(?value), {literal_term(text)})"
        case "minLength":
            return f"STRLEN(STR(?value)) >= {text}"
        case "maxLength":
            return f"STRLEN(STR(?value)) <= {text}"
        case "minInclusive":
            return f"COALESCE(?value >= {text}, false)"
        case "in":
            return f"?value IN ({', '.join(n.n3() for n in Collection(graph, object_))})"
    return ""


def _has_type(iri: str) -> str:
    is_it = f"isLiteral(?value) && DATATYPE(?value) = <{iri}>"
    if iri not in _CHECKED_TYPES:
        return is_it
    return f"{is_it} && COALESCE(<{iri}>(STR(?value)) = <{iri}>(STR(?value)), false)"


def violations(store: Store, constraints: Iterable[Constraint]) -> Iterator[Violation]:
    """What in the merged graph of a store breaks a constraint."""
    for constraint in constraints:
        for focus, value in store.query(constraint.query).rows():
            shown = None if value is None else str(value)
            yield Violation(
                str(focus), constraint.path, constraint.component, shown, constraint.message
            )


def check_shapes_in(store: Store, place: str) -> list[Problem]:
    """What in a store breaks a shape, as ``kg.shacl.check_shapes`` tells it; sorted.

    Raises:
        KgError: the shapes are damaged.
    """
    found = set()
    for v in violations(store, read_shapes()):
        value = f" has {v.value}" if v.value is not None else ""
        found.add(Problem(place, 0, f"SHACL: {v.focus}{value}", v.message))
    return sorted(found)
