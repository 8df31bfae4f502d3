"""The shapes agree with the ontology, pass the packaged data, and catch what they are there for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from rdflib import RDF, RDFS, SH, XSD, Dataset, Graph, Literal, URIRef

from kg.files import shipped
from kg.iris import AKT, ENT, STM
from kg.model import Corpus
from kg.ontology import Ontology, parse_turtle
from kg.rdf import build_dataset
from kg.shacl import check_shapes

OA = "http://www.w3.org/ns/oa#"


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return parse_turtle(shipped("ontology") / "shapes.ttl")


@pytest.fixture
def dataset(documents_corpus: Corpus, ontology: Ontology) -> Dataset:
    return build_dataset(documents_corpus, ontology)


def _node(dataset: Dataset, relation: str) -> tuple[URIRef, str]:
    """A statement of this relation, and its id."""
    node = next(iter(dataset.default_graph.subjects(RDF.predicate, URIRef(AKT + relation))))
    assert isinstance(node, URIRef)
    return node, node.removeprefix(STM)


def test_the_packaged_graph_fits_its_shapes(corpus: Corpus, ontology: Ontology) -> None:
    assert check_shapes(build_dataset(corpus, ontology), corpus) == []


def test_every_relation_has_its_shapes_and_no_other(shapes: Graph, ontology: Ontology) -> None:
    subjects = {str(o).removeprefix(AKT): s for s, o in shapes.subject_objects(SH.targetSubjectsOf)}
    objects = {str(o).removeprefix(AKT): s for s, o in shapes.subject_objects(SH.targetObjectsOf)}
    assert set(subjects) == set(objects) == set(ontology.relations)
    for name, relation in ontology.relations.items():
        assert shapes.value(subjects[name], SH["class"]) == URIRef(AKT + relation.domain)
        if not relation.has_literal:
            assert shapes.value(objects[name], SH["class"]) == URIRef(AKT + relation.range)


def test_shapes_name_only_what_the_ontology_names(shapes: Graph, ontology: Ontology) -> None:
    known = {*ontology.classes, *ontology.relations, *ontology.properties, *ontology.values}
    named = {str(n).removeprefix(AKT) for n in shapes.all_nodes() if str(n).startswith(AKT)}
    own = {str(s).removeprefix(AKT) for s in shapes.subjects(RDF.type, SH.NodeShape)}
    assert named - own <= known


def test_every_shape_says_what_should_be(shapes: Graph) -> None:
    for shape in shapes.objects(None, SH.property):
        assert shapes.value(shape, SH.message), f"no message at {shapes.value(shape, SH.path)}"


BREAKS: list[tuple[str, Callable[[Graph, URIRef], object]]] = [
    ("a statement should have evidence", lambda g, s: g.remove((s, URIRef(AKT + "evidence"), None))),
    ("a statement should have one subject", lambda g, s: g.add((s, RDF.subject, URIRef(ENT + "bmas")))),
    ("a statement should be stated or implied", lambda g, s: g.set((s, URIRef(AKT + "certainty"), Literal("x")))),
    ("since should be one EDTF date", lambda g, s: g.add((s, URIRef(AKT + "since"), Literal("2019")))),
    ("a statement should have one relation", lambda g, s: g.set((s, RDF.predicate, RDFS.label))),
    ("a statement should have one source", lambda g, s: g.remove(
        (s, URIRef("http://www.w3.org/ns/prov#wasDerivedFrom"), None))),
    ("a quote should have 1 to 200", lambda g, s: g.set(
        (URIRef(f"{s}#quote"), URIRef(OA + "exact"), Literal("x" * 201)))),
    ("a position should have a start before its end", lambda g, s: g.set(
        (URIRef(f"{s}#position"), URIRef(OA + "start"), Literal("99999", datatype=XSD.integer)))),
]  # fmt: skip


@pytest.mark.parametrize(("message", "break_it"), BREAKS, ids=[m for m, _ in BREAKS])
def test_a_broken_statement_is_led_back_to_its_line(
    dataset: Dataset,
    documents_corpus: Corpus,
    message: str,
    break_it: Callable[[Graph, URIRef], object],
) -> None:
    node, statement_id = _node(dataset, "chairedBy")
    origin = next(s.origin for s in documents_corpus.statements() if s.id == statement_id)
    break_it(dataset.default_graph, node)
    problems = check_shapes(dataset, documents_corpus)
    assert [
        p for p in problems if message in p.mend and (p.path, p.line) == (origin.path, origin.line)
    ], problems


def test_domain_and_range_hold_for_triples_too(dataset: Dataset, documents_corpus: Corpus) -> None:
    dataset.default_graph.add((URIRef(ENT + "leipzig"), URIRef(AKT + "funds"), URIRef(ENT + "kmu")))
    found = {p.mend for p in check_shapes(dataset, documents_corpus)}
    assert found == {
        "the subject of funds should be of class Funder",
        "the object of funds should be of class Structure",
    }


def test_an_entity_without_label_is_caught(documents_corpus: Corpus, ontology: Ontology) -> None:
    bare = replace(documents_corpus.entities["acod"], labels=())
    broken = Corpus({**documents_corpus.entities, "acod": bare}, documents_corpus.sources)
    problems = check_shapes(build_dataset(broken, ontology), broken)
    assert [(p.path, p.line) for p in problems] == [(bare.origin.path, bare.origin.line)]
