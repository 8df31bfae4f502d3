from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import OWL, PROV, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef

from kg.errors import KgError
from kg.files import shipped
from kg.iris import AKT, ONTOLOGY_GRAPH, PREFIXES
from kg.model import CERTAINTIES, MODALITIES, VERDICTS, Corpus
from kg.ontology import Ontology, ontology_path, parse_turtle, read_ontology
from kg.validity import CERTAIN, POSSIBLE

CPOV = "http://data.europa.eu/m8g/"
HIERARCHY = {
    "Actor": {"Entity"},
    "Person": {"Actor"},
    "Organisation": {"Actor"},
    "PublicBody": {"Organisation"},
    "Association": {"Organisation"},
    "University": {"Organisation"},
    "ResearchInstitute": {"Organisation"},
    "Company": {"Organisation"},
    "NonProfitCompany": {"Company"},
    "Programme": {"Entity"},
    "Project": {"Entity"},
    "Fund": {"Entity"},
    "Agreement": {"Entity"},
    "Event": {"Entity"},
    "Place": {"Entity"},
    "City": {"Place"},
    "Region": {"Place"},
    "Building": {"Place"},
    "Country": {"Place"},
    "Topic": {"Entity"},
    "TargetGroup": {"Entity"},
    "Source": set(),
    "Statement": set(),
    "Quoted": {"Statement"},
    "Cited": {"Statement"},
}
# Relation → an example of what may stand on either side, and the relation above it.
RELATIONS = {
    "funds": ("Fund", "Programme", None),
    "coFunds": ("PublicBody", "Project", "funds"),
    "leadsConsortium": ("Association", "Project", None),
    "operates": ("Organisation", "PublicBody", None),
    "partnersWith": ("Organisation", "Project", None),
    "partnerIn": ("University", "Project", "partnersWith"),
    "cooperatesWith": ("Person", "Organisation", "partnersWith"),
    "locatedIn": ("Building", "Region", None),
    "hasAddress": ("Organisation", "xsd:string", None),
    "chairedBy": ("Association", "Person", None),
    "managedBy": ("Company", "Person", None),
    "headOf": ("Person", "Organisation", None),
    "memberOfBoard": ("Person", "Association", None),
    "spokespersonOf": ("Person", "PublicBody", None),
    "memberOf": ("Organisation", "Association", None),
    "partOf": ("Project", "Programme", None),
    "represents": ("Person", "PublicBody", None),
    "signed": ("Organisation", "Agreement", None),
    "participatedIn": ("Person", "Event", None),
    "takesPlaceAt": ("Event", "Building", None),
    "heldOn": ("Event", "edtf:EDTF", None),
    "foundedOn": ("Organisation", "edtf:EDTF", None),
    "hasTopic": ("Agreement", "Topic", None),
    "targets": ("Programme", "TargetGroup", None),
    "successorOf": ("Programme", "Programme", None),
}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return parse_turtle(ontology_path())


def ours(graph: Graph) -> list[URIRef]:
    return sorted({s for s in graph.subjects() if isinstance(s, URIRef) and s.startswith(AKT)})


def languages(graph: Graph, term: URIRef, predicate: URIRef) -> list[str]:
    texts = [o for o in graph.objects(term, predicate) if isinstance(o, Literal)]
    assert all(str(t).strip() == str(t) != "" for t in texts), term
    return sorted(str(t.language) for t in texts)


def test_every_term_has_one_label_and_definition_in_both_languages(graph: Graph) -> None:
    for term in ours(graph):
        assert languages(graph, term, RDFS.label) == ["de", "en"], term
        assert languages(graph, term, SKOS.definition) == ["de", "en"], term
        assert list(graph.objects(term, RDFS.isDefinedBy)) == [URIRef(ONTOLOGY_GRAPH)], term
        if set(graph.objects(term, URIRef(AKT + "inverseLabel"))):
            assert languages(graph, term, URIRef(AKT + "inverseLabel")) == ["de", "en"], term


def test_every_definition_is_a_sentence(graph: Graph) -> None:
    for term in ours(graph):
        for text in graph.objects(term, SKOS.definition):
            assert str(text)[0].isupper(), text
            assert str(text).endswith((".", ".”", ".“")), text


def test_no_two_terms_of_a_kind_share_a_label(ontology: Ontology) -> None:
    for terms in (ontology.classes, ontology.relations):
        for language in ("de", "en"):
            labels = [t.labels[language] for t in terms.values()]
            assert len(labels) == len(set(labels)), sorted(labels)


def test_every_reference_to_our_own_terms_resolves(graph: Graph) -> None:
    known = {str(t) for t in ours(graph)}
    used = {str(x) for triple in graph for x in triple if str(x).startswith(AKT)}
    assert used - known == set()


def test_every_name_in_a_definition_resolves(ontology: Ontology) -> None:
    known = {*ontology.classes, *ontology.relations, *ontology.properties, *ontology.values,
             "gGmbH"}  # fmt: skip
    for term in [*ontology.classes.values(), *ontology.relations.values()]:
        for text in term.definitions.values():
            camel = re.findall(r"\b[a-z]+[A-Z]\w+", text)
            assert set(camel) <= known, f"{term.name}: {text}"


def test_there_are_no_blank_nodes(graph: Graph) -> None:
    assert not [t for t in graph if any(isinstance(x, BNode) for x in t)]


def test_every_term_has_one_kind(graph: Graph) -> None:
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty,
             OWL.NamedIndividual}  # fmt: skip
    for term in ours(graph):
        assert len(kinds & set(graph.objects(term, RDF.type))) == 1, term


def test_the_python_view_leaves_no_term_out(graph: Graph, ontology: Ontology) -> None:
    groups = [ontology.classes, ontology.relations, ontology.properties, ontology.values]
    names = [name for group in groups for name in group]
    assert sorted(names) == sorted(str(t).removeprefix(AKT) for t in ours(graph))


def test_domains_and_ranges_exist_once(graph: Graph, ontology: Ontology) -> None:
    for term in (*graph.subjects(RDF.type, OWL.ObjectProperty),
                 *graph.subjects(RDF.type, OWL.DatatypeProperty)):  # fmt: skip
        assert len(set(graph.objects(term, RDFS.domain))) == 1, term
        assert len(set(graph.objects(term, RDFS.range))) == 1, term
    for relation in ontology.relations.values():
        assert ontology.is_a(relation.domain, "Entity"), relation.name
        is_data = (URIRef(AKT + relation.name), RDF.type, OWL.DatatypeProperty) in graph
        assert relation.has_literal == is_data, relation.name
        if relation.has_literal:
            assert relation.range in {"xsd:string", "edtf:EDTF", "xsd:anyURI"}, relation.name
        else:
            assert ontology.is_a(relation.range, "Entity"), relation.name


def test_inverses_mirror_each_other_and_one_of_the_two_is_derived(ontology: Ontology) -> None:
    pairs = {n: r for n, r in ontology.relations.items() if r.inverse}
    assert pairs
    for name, relation in pairs.items():
        other = ontology.relations[str(relation.inverse)]
        assert other.inverse == name
        assert relation.derived != other.derived, f"exactly one of {name} and {other.name}"
        assert (relation.domain, relation.range) == (other.range, other.domain), name
    for name, relation in ontology.relations.items():
        assert not relation.derived or relation.inverse, f"{name} is derived from nothing"


def test_every_relation_can_be_read_from_either_side(ontology: Ontology) -> None:
    for name, relation in ontology.relations.items():
        if not relation.has_literal and not relation.derived:
            assert set(relation.inverse_labels or ()) == {"de", "en"}, name


def test_a_symmetric_or_transitive_relation_fits_itself(ontology: Ontology) -> None:
    for name, relation in ontology.relations.items():
        if relation.symmetric:
            assert relation.domain == relation.range, name
            assert relation.inverse is None, f"{name} is its own inverse"
            assert relation.inverse_labels == relation.labels, name
        if relation.transitive:
            assert ontology.is_a(relation.range, relation.domain), f"{name} cannot be chained"
    names = {n for n, r in ontology.relations.items() if r.symmetric}
    assert names == {"cooperatesWith"}
    assert {n for n, r in ontology.relations.items() if r.transitive} == {"locatedIn", "partOf"}
    assert {n for n, r in ontology.relations.items() if r.single_valued} == {
        "heldOn",
        "foundedOn",
        "hasLegalForm",
        "completedOn",
        "hasPosition",
    }
    assert {n for n, r in ontology.relations.items() if r.one_holder_at_a_time} == {
        "leadsConsortium",
        "chairedBy",
        "headOf",
    }


def test_a_sub_relation_stays_within_its_parent(ontology: Ontology) -> None:
    for name, relation in ontology.relations.items():
        for above in ontology.relations_implied_by(name):
            parent = ontology.relations[above]
            assert ontology.is_a(relation.domain, parent.domain), f"{name} ⊂ {above}"
            assert ontology.is_a(relation.range, parent.range), f"{name} ⊂ {above}"


def test_nothing_stands_above_itself(ontology: Ontology) -> None:
    for name, term in ontology.classes.items():
        for parent in term.parents:
            assert name not in ontology.ancestors[parent], f"{name} → {parent} is a circle"
    for name, relation in ontology.relations.items():
        for parent in relation.parents:
            assert name not in {parent, *ontology.relations_implied_by(parent)}, name


@pytest.mark.parametrize("name", HIERARCHY)
def test_the_classes_of_the_design_are_there(name: str, ontology: Ontology) -> None:
    assert HIERARCHY[name] <= ontology.ancestors[name]
    assert (name in ontology.entity_classes) == ("Entity" in ontology.ancestors[name])


def test_classes_that_exclude_each_other_are_not_above_each_other(ontology: Ontology) -> None:
    for name in ("Person", "Place", "Topic", "TargetGroup", "Event", "Agreement", "Fund"):
        assert not ontology.is_a(name, "Organisation"), name
        assert not ontology.is_a("Organisation", name), name
    assert not ontology.is_a("Fund", "Actor")
    assert not ontology.is_a("NoSuchClass", "Entity")


@pytest.mark.parametrize("name", RELATIONS)
def test_the_relations_of_the_design_are_there(name: str, ontology: Ontology) -> None:
    subject, object_, above = RELATIONS[name]
    relation = ontology.relations[name]
    assert not relation.derived, f"{name} is written in the data"
    assert ontology.is_a(subject, relation.domain)
    if relation.has_literal:
        assert relation.range == object_
    else:
        assert ontology.is_a(object_, relation.range)
    assert ontology.relations_implied_by(name) == ({above} if above else set())


def test_values_are_those_of_the_model(ontology: Ontology) -> None:
    assert set(ontology.values) == {*CERTAINTIES, *MODALITIES, *VERDICTS, CERTAIN, POSSIBLE}


def test_statement_properties_of_the_design_are_there(ontology: Ontology) -> None:
    wanted = {"evidence", "certainty", "modality", "since", "until", "observed", "role", "amount"}
    assert wanted <= set(ontology.properties)


@pytest.mark.parametrize(
    ("term", "predicate", "other"),
    [
        ("Organisation", RDFS.subClassOf, PREFIXES["org"] + "Organization"),
        ("Organisation", RDFS.subClassOf, PREFIXES["foaf"] + "Organization"),
        ("Organisation", RDFS.subClassOf, PREFIXES["schema"] + "Organization"),
        ("Person", RDFS.subClassOf, PREFIXES["foaf"] + "Person"),
        ("Actor", RDFS.subClassOf, PREFIXES["foaf"] + "Agent"),
        ("Actor", RDFS.subClassOf, str(PROV.Agent)),
        ("PublicBody", RDFS.subClassOf, CPOV + "PublicOrganisation"),
        ("Place", RDFS.subClassOf, PREFIXES["schema"] + "Place"),
        ("Topic", RDFS.subClassOf, str(SKOS.Concept)),
        ("TargetGroup", RDFS.subClassOf, str(SKOS.Concept)),
        ("Source", RDFS.subClassOf, str(PROV.Entity)),
        ("Statement", RDFS.subClassOf, str(RDF.Statement)),
        ("memberOf", RDFS.subPropertyOf, PREFIXES["org"] + "memberOf"),
        ("headOf", RDFS.subPropertyOf, PREFIXES["org"] + "headOf"),
        ("partOf", RDFS.subPropertyOf, PREFIXES["dcterms"] + "isPartOf"),
        ("evidence", RDFS.range, PREFIXES["oa"] + "SpecificResource"),
    ],
)
def test_terms_are_aligned_with_known_vocabularies(
    graph: Graph, term: str, predicate: URIRef, other: str
) -> None:
    assert (URIRef(AKT + term), predicate, URIRef(other)) in graph


def test_foreign_terms_come_from_known_namespaces(graph: Graph) -> None:
    known = (*PREFIXES.values(), CPOV, "https://creativecommons.org/", ONTOLOGY_GRAPH)
    for triple in graph:
        for term in triple:
            assert not isinstance(term, URIRef) or str(term).startswith(known), term


def test_what_the_data_uses_is_in_the_ontology(corpus: Corpus, ontology: Ontology) -> None:
    assert {e.type for e in corpus.entities.values()} <= set(ontology.entity_classes)
    assert {s.relation for s in corpus.statements()} <= set(ontology.relations)


def test_a_broken_ontology_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "akteursnetz.ttl"
    with pytest.raises(KgError, match=rf"^{re.escape(str(path))}: cannot be read"):
        read_ontology(tmp_path)
    text = (shipped("ontology") / "akteursnetz.ttl").read_text(encoding="utf-8")
    for number in (30, 200, text.count("\n")):
        lines = text.split("\n")
        lines[number - 1] = "oops ;; x"
        path.write_text("\n".join(lines), encoding="utf-8")
        place = rf"^{re.escape(str(path))}:{number}: this is no Turtle \(.+\), mend the syntax$"
        with pytest.raises(KgError, match=place):
            read_ontology(tmp_path)
