from __future__ import annotations

import dataclasses
import re
from decimal import Decimal

import pytest
from rdflib import OWL, PROV, RDF, RDFS, SKOS, XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from kg.iris import AKT, EDTF, ENT, INFERRED_GRAPH, ONTOLOGY_GRAPH, RDF_TYPE, SRC, STM
from kg.model import (
    Amount,
    Corpus,
    Entity,
    Evidence,
    Identity,
    Inferred,
    Name,
    Source,
    Statement,
    TextMark,
)
from kg.ontology import Ontology
from kg.rdf import build_dataset

OA = "http://www.w3.org/ns/oa#"
PAGE = "https://www.acod.de/news/details/qualifizierung-und-sicherung-von-fachkraeften-mit-vereinter-kraft"
DATATYPES = {
    None,
    RDF.langString,
    XSD.string,
    XSD.integer,
    XSD.decimal,
    XSD.date,
    XSD.boolean,
    XSD.anyURI,
    URIRef(EDTF),
}


def akt(name: str) -> URIRef:
    return URIRef(AKT + name)


def ent(name: str) -> URIRef:
    return URIRef(ENT + name)


def stm(statement: Statement) -> URIRef:
    return URIRef(STM + statement.id)


def nquads(dataset: Dataset) -> list[str]:
    """The sorted N-Quads of a dataset, which are the truth of a build."""
    return sorted(dataset.serialize(format="nquads").splitlines())


def relations_in(graph: Graph, ontology: Ontology) -> set[tuple[str, str, str]]:
    """The triples of a graph whose predicate is a relation of the ontology."""
    found = {(str(s), str(p).removeprefix(AKT), str(o)) for s, p, o in graph}
    return {t for t in found if t[1] in ontology.relations}


@pytest.fixture(scope="module")
def corpus(documents_corpus: Corpus) -> Corpus:
    return documents_corpus


@pytest.fixture(scope="module")
def dataset(corpus: Corpus, ontology: Ontology) -> Dataset:
    return build_dataset(corpus, ontology)


@pytest.fixture(scope="module")
def merged(dataset: Dataset) -> Graph:
    graph: Graph = dataset.default_graph
    return graph


@pytest.fixture(scope="module")
def inferred(dataset: Dataset) -> Graph:
    return dataset.graph(URIRef(INFERRED_GRAPH))


def direct(statement: Statement, corpus: Corpus, ontology: Ontology) -> tuple[str, str, str]:
    literal = ontology.relations[statement.relation].has_literal
    object_ = statement.object if literal else ENT + corpus.canonical[statement.object]
    return ENT + corpus.canonical[statement.subject], statement.relation, object_


def test_there_are_no_blank_nodes(dataset: Dataset) -> None:
    for quad in dataset.quads():
        assert not any(isinstance(x, BNode) for x in quad), quad


def test_graphs_are_the_sources_the_inferred_and_the_ontology(
    dataset: Dataset, corpus: Corpus
) -> None:
    names = {str(g.identifier) for g in dataset.graphs() if len(g)}
    names.discard(str(dataset.default_graph.identifier))
    assert names == {INFERRED_GRAPH, ONTOLOGY_GRAPH, *(SRC + s for s in corpus.sources)}


def test_two_builds_are_the_same_whatever_the_order_of_the_data(
    dataset: Dataset, corpus: Corpus, ontology: Ontology
) -> None:
    turned = Corpus(
        dict(reversed(list(corpus.entities.items()))),
        {
            name: dataclasses.replace(source, statements=source.statements[::-1])
            for name, source in reversed(list(corpus.sources.items()))
        },
    )
    first = nquads(dataset)
    assert first == nquads(build_dataset(corpus, ontology))
    assert first == nquads(build_dataset(turned, ontology))
    assert len(first) == len(set(first)) > 1000


def test_a_source_graph_has_just_the_direct_triples_it_asserts(
    dataset: Dataset, corpus: Corpus, ontology: Ontology
) -> None:
    for name, source in corpus.sources.items():
        graph = dataset.graph(URIRef(SRC + name))
        expected = {
            direct(s, corpus, ontology) for s in source.statements if s.modality == "asserted"
        }
        assert relations_in(graph, ontology) == expected
        assert len(graph) == len(expected), "nothing else stands in it"


def test_the_merged_graph_has_each_direct_and_inferred_triple(
    dataset: Dataset, merged: Graph, inferred: Graph, corpus: Corpus, ontology: Ontology
) -> None:
    stated = {t for s in corpus.sources for t in dataset.graph(URIRef(SRC + s))}
    assert stated | set(inferred) <= set(merged)
    assert relations_in(merged, ontology) == {
        t for g in (*(dataset.graph(URIRef(SRC + s)) for s in corpus.sources), inferred)
        for t in relations_in(g, ontology)
    }  # fmt: skip


def test_the_inferred_graph_has_nothing_that_a_source_says(
    dataset: Dataset, inferred: Graph, corpus: Corpus, ontology: Ontology
) -> None:
    stated = {t for s in corpus.sources for t in dataset.graph(URIRef(SRC + s))}
    assert not stated & set(inferred)
    beside = {str(p) for _, p, _ in inferred if str(p).removeprefix(AKT) not in ontology.relations}
    assert beside == {RDF_TYPE}


def test_what_follows_is_inferred(inferred: Graph) -> None:
    for subject, relation, object_ in [
        ("hans-peter-kemser", "chairOf", "acod"),
        ("hans-peter-kemser", "memberOfBoard", "acod"),
        ("freistaat-sachsen", "funds", "zentrum-digitale-arbeit"),
        ("zentrum-digitale-arbeit", "fundedBy", "freistaat-sachsen"),
        ("ba-regionaldirektion-sachsen", "cooperatesWith", "acod"),
        ("lebendiges-haus-leipzig", "locatedIn", "leipzig"),
        ("zentrum-digitale-arbeit", "partOf", "esf"),
    ]:
        assert (ent(subject), akt(relation), ent(object_)) in inferred, (subject, relation)
    for above in ("Organisation", "Actor", "Entity"):
        assert (ent("acod"), RDF.type, akt(above)) in inferred
    assert (ent("acod"), RDF.type, akt("Association")) not in inferred


def test_every_statement_has_a_node_with_its_parts(
    merged: Graph, corpus: Corpus, ontology: Ontology
) -> None:
    statements = list(corpus.statements())
    assert {stm(s) for s in statements} == set(merged.subjects(RDF.type, akt("Statement")))
    for statement in statements:
        node = stm(statement)
        parts = (
            str(merged.value(node, RDF.subject)),
            str(merged.value(node, RDF.predicate)).removeprefix(AKT),
            str(merged.value(node, RDF.object)),
        )
        assert parts == direct(statement, corpus, ontology)
        assert set(merged.objects(node, PROV.wasDerivedFrom)) == {URIRef(SRC + statement.source)}
        assert set(merged.objects(node, akt("certainty"))) == {akt(statement.certainty)}
        assert set(merged.objects(node, akt("modality"))) == {akt(statement.modality)}
        assert len(set(merged.objects(node, akt("evidence")))) == len(statement.evidence)


def one(corpus: Corpus, subject: str, relation: str, object_: str, **more: str) -> Statement:
    """The one statement of these parts."""
    [found] = [
        s for s in corpus.statements()
        if (s.subject, s.relation, s.object) == (subject, relation, object_)
        and all(getattr(s, k) == v for k, v in more.items())
    ]  # fmt: skip
    return found


@pytest.mark.parametrize(
    ("modality", "there"), [("planned", False), ("denied", False), ("asserted", True)]
)
def test_only_what_is_asserted_gives_a_direct_triple(
    ontology: Ontology, modality: str, there: bool
) -> None:
    statement = dataclasses.replace(SMALL.sources["seite"].statements[0], modality=modality)
    source = dataclasses.replace(SMALL.sources["seite"], statements=(statement,))
    dataset = build_dataset(Corpus(SMALL.entities, {source.id: source}), ontology)
    stated = (ent("bund"), akt("funds"), ent("projekt"))
    follows = (ent("projekt"), akt("fundedBy"), ent("bund"))
    assert (stated in dataset.default_graph) == there
    assert (stated in dataset.graph(URIRef(SRC + source.id))) == there
    assert (follows in dataset.default_graph) == there
    assert (stm(statement), RDF.object, ent("projekt")) in dataset.default_graph
    assert (stm(statement), akt("modality"), akt(modality)) in dataset.default_graph


def test_the_example_of_the_design(merged: Graph, dataset: Dataset, corpus: Corpus) -> None:
    statement = one(corpus, "acod", "chairedBy", "hans-peter-kemser")
    node, source = stm(statement), URIRef(SRC + "acod-2018-12-05")
    triple = (ent("acod"), akt("chairedBy"), ent("hans-peter-kemser"))
    assert triple in merged
    assert triple in dataset.graph(source)
    assert {(p, o) for _, p, o in merged.triples((node, None, None))} == {
        (RDF.type, akt("Statement")),
        (RDF.type, RDF.Statement),
        (RDF.type, akt("Quoted")),
        (RDF.subject, ent("acod")),
        (RDF.predicate, akt("chairedBy")),
        (RDF.object, ent("hans-peter-kemser")),
        (PROV.wasDerivedFrom, source),
        (akt("certainty"), akt("stated")),
        (akt("modality"), akt("asserted")),
        (akt("observed"), Literal("2018-12-05", datatype=URIRef(EDTF))),
        (akt("role"), Literal(str(statement.role), lang="de")),
        (akt("latestStart"), Literal("2018-12-05", datatype=XSD.date)),
        (akt("earliestEnd"), Literal("2018-12-05", datatype=XSD.date)),
        (akt("selfStated"), Literal("true", datatype=XSD.boolean)),
        (akt("evidence"), URIRef(f"{node}#evidence")),
        (akt("evidence"), URIRef(f"{node}#evidence-2")),
    }
    evidence, quote, position = (
        URIRef(f"{node}#{part}") for part in ("evidence", "quote", "position")
    )
    assert {(p, o) for _, p, o in merged.triples((evidence, None, None))} == {
        (RDF.type, URIRef(OA + "SpecificResource")),
        (URIRef(OA + "hasSource"), URIRef(PAGE)),
        (URIRef(OA + "hasSelector"), quote),
        (URIRef(OA + "hasSelector"), position),
    }
    assert {(p, o) for _, p, o in merged.triples((quote, None, None))} == {
        (RDF.type, URIRef(OA + "TextQuoteSelector")),
        (URIRef(OA + "exact"), Literal("Hans-Peter Kemser, Vorsitzender des ACOD")),
    }
    assert {(p, o) for _, p, o in merged.triples((position, None, None))} == {
        (RDF.type, URIRef(OA + "TextPositionSelector")),
        (URIRef(OA + "start"), Literal(1370)),
        (URIRef(OA + "end"), Literal(1410)),
    }


def test_quotes_and_positions_belong_together(merged: Graph, corpus: Corpus) -> None:
    for statement in corpus.statements():
        for number, evidence in enumerate(statement.evidence, start=1):
            mark = "" if number == 1 else f"-{number}"
            quote, position = (URIRef(f"{stm(statement)}#{p}{mark}") for p in ("quote", "position"))
            assert str(merged.value(quote, URIRef(OA + "exact"))) == evidence.quote
            start = merged.value(position, URIRef(OA + "start"))
            end = merged.value(position, URIRef(OA + "end"))
            assert (int(str(start)), int(str(end))) == (evidence.start, evidence.end)


def test_a_merged_name_keeps_what_the_source_said(merged: Graph, corpus: Corpus) -> None:
    kept, name = ent("ba-regionaldirektion-sachsen"), ent("ba-sachsen")
    signed = one(corpus, "ba-sachsen", "signed", "kooperationsvereinbarung-acod-ba-sachsen")
    assert merged.value(stm(signed), RDF.subject) == kept
    assert merged.value(stm(signed), akt("statedSubject")) == name
    assert merged.value(stm(signed), akt("statedObject")) is None
    cooperates = one(corpus, "acod", "cooperatesWith", "ba-sachsen")
    assert merged.value(stm(cooperates), RDF.object) == kept
    assert merged.value(stm(cooperates), akt("statedObject")) == name
    assert merged.value(stm(cooperates), akt("statedSubject")) is None
    own = one(corpus, "ba-regionaldirektion-sachsen", "partOf", "ba")
    assert merged.value(stm(own), akt("statedSubject")) is None

    assert set(merged.objects(name, RDF.type)) == {akt("MergedName")}
    assert merged.value(name, akt("mergedInto")) == kept
    assert merged.value(name, akt("decidedBy")) == Literal("Redaktion Akteursnetz")
    decided = merged.value(name, akt("decidedOn"))
    assert isinstance(decided, Literal)
    assert decided.datatype == XSD.date
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(decided))
    assert Literal("BA Sachsen", lang="de") in set(merged.objects(kept, SKOS.altLabel))
    for triple in merged.triples((None, None, name)):
        assert triple[1] in {akt("statedSubject"), akt("statedObject")}, triple
    relations = {p for p in merged.predicates(name) if str(p).startswith(AKT)}
    assert relations == {akt(n) for n in ("mergedInto", "decidedBy", "decidedOn", "reason")}


def test_entities_have_type_labels_and_aliases(merged: Graph, corpus: Corpus) -> None:
    for entity in corpus.entities.values():
        node = ent(entity.id)
        labels = {Literal(n.text, lang=n.language) for n in entity.labels}
        assert set(merged.objects(node, RDFS.label)) == labels
        assert set(merged.objects(node, SKOS.prefLabel)) == labels
        aliases = {Literal(n.text, lang=n.language) for n in entity.aliases}
        assert aliases <= set(merged.objects(node, SKOS.altLabel))
        if entity.same_as is None:
            assert (node, RDF.type, akt(entity.type)) in merged


def test_sources_are_described(merged: Graph, corpus: Corpus) -> None:
    for source in corpus.sources.values():
        node = URIRef(SRC + source.id)
        assert (node, RDF.type, akt("Source")) in merged
        assert merged.value(node, DCTERMS.title) == Literal(source.title, lang="de")
        assert merged.value(node, DCTERMS.publisher) == ent(source.publisher)
        assert merged.value(node, DCTERMS.issued) == Literal(
            source.published, datatype=URIRef(EDTF)
        )
        assert source.text
        assert merged.value(node, akt("textHash")) == Literal(source.text.sha256)
        assert merged.value(node, akt("textLength")) == Literal(source.text.length)


def test_only_plain_kinds_of_literals_in_canonical_form(dataset: Dataset) -> None:
    for _, predicate, value, _ in dataset.quads():
        if isinstance(value, Literal):
            assert value.datatype in DATATYPES, (predicate, value)
            if value.datatype == XSD.integer:
                assert re.fullmatch(r"0|-?[1-9]\d*", str(value)), value
            if value.datatype == XSD.decimal:
                assert re.fullmatch(r"-?(0|[1-9]\d*)(\.\d*[1-9])?", str(value)), value
            if value.language:
                assert value.language == value.language.lower(), value


def test_dates_are_edtf(merged: Graph) -> None:
    for name in ("since", "until", "observed", "heldOn", "foundedOn"):
        for value in merged.objects(None, akt(name)):
            assert isinstance(value, Literal)
            assert value.datatype == URIRef(EDTF), (name, value)


SMALL = Corpus(
    {
        "bund": Entity(
            "bund", "PublicBody", (Name("Bund"), Name("Federation", "en")),
            not_same_as=(Identity("land", "R", "2026-01-02", "zwei Ebenen"),), note="Notiz",
        ),
        "land": Entity("land", "PublicBody", (Name("Land"),)),
        "projekt": Entity("projekt", "Project", (Name("Projekt"),)),
    },
    {
        "seite": Source(
            "seite", "Seite", "bund", None, "https://example.org/", text=TextMark("0" * 64, 10),
            statements=(
                Statement(
                    "seite", "bund", "funds", "projekt", (Evidence(note="gelesen am 2. Mai"),),
                    certainty="implied", since="2019~", until="..",
                    amount=Amount(Decimal("3800000.50"), "EUR", "rund"),
                    inferred=Inferred("Jahr", "Titel"), note="Eine Notiz.",
                ),
                Statement("seite", "projekt", "foundedOn", "2019-21", (Evidence("Q"),)),
                Statement(
                    "seite", "projekt", "hasAddress", "Weg 1\n\"A\" 'B' \\ ü 🙂",
                    (Evidence(note="x"), Evidence("Q", 0, 1)),
                ),
            ),
        )
    },
)  # fmt: skip


def test_a_cited_statement_has_evidence_without_selector(ontology: Ontology) -> None:
    graph = build_dataset(SMALL, ontology).default_graph
    cited, undated, mixed = SMALL.sources["seite"].statements
    node = stm(cited)
    assert (node, RDF.type, akt("Cited")) in graph
    assert (node, RDF.type, akt("Quoted")) not in graph
    evidence = URIRef(f"{node}#evidence")
    assert {(p, o) for _, p, o in graph.triples((evidence, None, None))} == {
        (RDF.type, URIRef(OA + "SpecificResource")),
        (URIRef(OA + "hasSource"), URIRef("https://example.org/")),
        (RDFS.comment, Literal("gelesen am 2. Mai", lang="de")),
    }
    selectors = set(graph.objects(URIRef(f"{stm(undated)}#evidence"), URIRef(OA + "hasSelector")))
    assert selectors == {URIRef(f"{stm(undated)}#quote")}, "no offsets, no position"
    assert (stm(mixed), RDF.type, akt("Quoted")) in graph
    assert (URIRef(f"{stm(mixed)}#evidence"), URIRef(OA + "hasSelector"), None) not in graph
    assert (URIRef(f"{stm(mixed)}#evidence-2"), URIRef(OA + "hasSelector"), None) in graph


def test_every_qualifier_stands_at_the_statement(ontology: Ontology) -> None:
    graph = build_dataset(SMALL, ontology).default_graph
    node = stm(SMALL.sources["seite"].statements[0])
    for predicate, value in [
        (akt("certainty"), akt("implied")),
        (akt("since"), Literal("2019~", datatype=URIRef(EDTF))),
        (akt("until"), Literal("..", datatype=URIRef(EDTF))),
        (akt("amount"), Literal("3800000.5", datatype=XSD.decimal)),
        (akt("currency"), Literal("EUR")),
        (akt("amountQualifier"), Literal("rund", lang="de")),
        (akt("inferredPart"), Literal("Jahr", lang="de")),
        (akt("inferredFrom"), Literal("Titel", lang="de")),
        (RDFS.comment, Literal("Eine Notiz.", lang="de")),
    ]:
        assert set(graph.objects(node, predicate)) == {value}, predicate
    assert str(graph.value(node, akt("amount"))) == "3800000.5"
    assert (ent("bund"), OWL.differentFrom, ent("land")) in graph
    assert (ent("projekt"), akt("foundedOn"), Literal("2019-21", datatype=URIRef(EDTF))) in graph
    address = Literal("Weg 1\n\"A\" 'B' \\ ü 🙂")
    assert (ent("projekt"), akt("hasAddress"), address) in graph
    assert graph.value(URIRef(SRC + "seite"), DCTERMS.issued) is None


def test_what_two_sources_say_counts_once(ontology: Ontology) -> None:
    first = SMALL.sources["seite"]
    second = dataclasses.replace(
        first,
        id="zwei",
        statements=tuple(dataclasses.replace(s, source="zwei") for s in first.statements),
    )
    dataset = build_dataset(Corpus(SMALL.entities, {"seite": first, "zwei": second}), ontology)
    triple = (ent("bund"), akt("funds"), ent("projekt"))
    assert len(list(dataset.default_graph.triples(triple))) == 1
    graphs = {str(c) for *_, c in dataset.quads((*triple, None)) if c}
    graphs.discard(str(dataset.default_graph.identifier))
    assert graphs == {SRC + "seite", SRC + "zwei"}
    nodes = {str(s) for s in dataset.default_graph.subjects(RDF.object, ent("projekt"))}
    assert len(nodes) == 2, "each source has its own statement"
