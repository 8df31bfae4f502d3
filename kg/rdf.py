"""The model as RDF: an rdflib Dataset of the merged graph, one graph a source, the inferred graph.

The merged graph (the default graph) holds every direct and inferred triple once, the description
of each entity and source, and the statement nodes; a source's graph holds what it states, direct.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, astuple
from decimal import Decimal
from typing import Protocol

from rdflib import OWL, PROV, RDF, RDFS, SKOS, XSD, Dataset, Literal, URIRef
from rdflib.namespace import DCTERMS, Namespace

from kg.infer import Triple, inferred_triples, inferred_types
from kg.iris import AKT, CONFLICT, EDTF, ENT, INFERRED_GRAPH, ONTOLOGY_GRAPH, SRC, STM
from kg.model import (
    Amount,
    Corpus,
    Entity,
    Evidence,
    Source,
    Statement,
    Verdict,
    conflict_id,
)
from kg.ontology import Ontology, Relation, ontology_path, parse_turtle
from kg.standing import with_standing
from kg.validity import Period, holds, with_validity

OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")
Term = URIRef | Literal
_RdfTriple = tuple[URIRef, URIRef, Term]
_BOUNDS = {
    "earliest_start": "earliestStart",
    "latest_start": "latestStart",
    "earliest_end": "earliestEnd",
    "latest_end": "latestEnd",
}


class _Sink(Protocol):
    def add(self, triple: _RdfTriple) -> object: ...


def _akt(name: str) -> URIRef:
    return URIRef(AKT + name)


def enriched(corpus: Corpus, ontology: Ontology) -> Corpus:
    """The corpus with all that follows for each statement filled in: validity and standing."""
    return with_standing(with_validity(corpus, ontology), ontology)


def build_dataset(corpus: Corpus, ontology: Ontology, when: Period | None = None) -> Dataset:
    """The Dataset of a corpus without problems (``kg.check.check_corpus``).

    Args:
        corpus: what ``enriched`` gave.
        ontology: what classes and relations there are.
        when: the period that the corpus was restricted to, if it was; statements then say whether
            they hold in it for certain.
    """
    dataset = Dataset()
    merged = dataset.default_graph
    inferred = dataset.graph(URIRef(INFERRED_GRAPH))
    for entity in corpus.entities.values():
        _add_entity(merged, entity, corpus)
    for source in corpus.sources.values():
        _add_source(merged, source, corpus)
    direct = set()
    for verdict in corpus.verdicts:
        _add_verdict(merged, verdict)
    for statement in corpus.all_statements():
        _add_statement(merged, statement, corpus, ontology)
        if when is not None and (judged := holds(statement, when)):
            merged.add((URIRef(STM + statement.id), _akt("holds"), _akt(judged)))
        if statement.modality == "asserted" and not statement.withdrawn:
            said = _direct(statement, corpus, ontology)
            if said[0] == said[2]:  # two names of one body, once they are merged
                continue
            direct.add(said)
            dataset.graph(URIRef(SRC + statement.source)).add(_as_rdf(said, ontology))
    for stated in direct:
        merged.add(_as_rdf(stated, ontology))
    for triple in _inferred(direct, corpus, ontology):
        merged.add(triple)
        inferred.add(triple)
    described = dataset.graph(URIRef(ONTOLOGY_GRAPH))
    for described_triple in parse_turtle(ontology_path()):
        described.add(described_triple)
    return dataset


def _direct(statement: Statement, corpus: Corpus, ontology: Ontology) -> Triple:
    literal = ontology.relations[statement.relation].has_literal
    object_ = statement.object if literal else corpus.canonical[statement.object]
    return corpus.canonical[statement.subject], statement.relation, object_


def _as_rdf(triple: Triple, ontology: Ontology) -> _RdfTriple:
    subject, name, object_ = triple
    relation = ontology.relations[name]
    return URIRef(ENT + subject), _akt(name), _object(object_, relation)


def _object(text: str, relation: Relation) -> Term:
    if relation.has_date:
        return _edtf(text)
    if relation.has_uri:
        return Literal(text, datatype=XSD.anyURI)
    return Literal(text) if relation.has_literal else URIRef(ENT + text)


def _edtf(text: str) -> Literal:
    return Literal(text, datatype=URIRef(EDTF))


def _inferred(direct: set[Triple], corpus: Corpus, ontology: Ontology) -> Iterator[_RdfTriple]:
    for triple in inferred_triples(direct, ontology):
        yield _as_rdf(triple, ontology)
    own = {e.id: e.type for e in corpus.entities.values() if not e.same_as}
    for entity, above in inferred_types(own, ontology):
        yield URIRef(ENT + entity), RDF.type, _akt(above)


def _add_entity(graph: _Sink, entity: Entity, corpus: Corpus) -> None:
    node = URIRef(ENT + entity.id)
    kept = URIRef(ENT + corpus.canonical[entity.id])
    for name in entity.labels:
        label = Literal(name.text, lang=name.language)
        graph.add((node, RDFS.label, label))
        graph.add((node, SKOS.prefLabel, label))
    for name in entity.aliases:
        graph.add((node, SKOS.altLabel, Literal(name.text, lang=name.language)))
    if entity.note:
        graph.add((node, SKOS.note, Literal(entity.note, lang="de")))
    for other in entity.not_same_as:
        graph.add((node, OWL.differentFrom, URIRef(ENT + corpus.canonical[other.entity])))
    if entity.same_as is None:
        graph.add((node, RDF.type, _akt(entity.type)))
        return
    graph.add((node, RDF.type, _akt("MergedName")))
    graph.add((node, _akt("mergedInto"), kept))
    _add_decision(graph, node, entity.same_as.by, entity.same_as.on, entity.same_as.why)
    for name in entity.labels + entity.aliases:
        graph.add((kept, SKOS.altLabel, Literal(name.text, lang=name.language)))


def _add_source(graph: _Sink, source: Source, corpus: Corpus) -> None:
    node = URIRef(SRC + source.id)
    graph.add((node, RDF.type, _akt("Source")))
    graph.add((node, RDFS.label, Literal(source.title, lang=source.language)))
    graph.add((node, DCTERMS.title, Literal(source.title, lang=source.language)))
    graph.add((node, DCTERMS.publisher, URIRef(ENT + corpus.canonical[source.publisher])))
    graph.add((node, DCTERMS.language, Literal(source.language)))
    graph.add((node, SCHEMA.url, URIRef(source.url)))
    if source.published:
        graph.add((node, DCTERMS.issued, _edtf(source.published)))
    if source.note:
        graph.add((node, SKOS.note, Literal(source.note, lang="de")))
    if source.text:
        graph.add((node, _akt("textHash"), Literal(source.text.sha256)))
        graph.add((node, _akt("textLength"), _integer(source.text.length)))


def _add_statement(graph: _Sink, statement: Statement, corpus: Corpus, ontology: Ontology) -> None:
    node = URIRef(STM + statement.id)
    subject, relation, object_ = _as_rdf(_direct(statement, corpus, ontology), ontology)
    for class_ in _statement_classes(statement):
        graph.add((node, RDF.type, class_))
    graph.add((node, RDF.subject, subject))
    graph.add((node, RDF.predicate, relation))
    graph.add((node, RDF.object, object_))
    graph.add((node, PROV.wasDerivedFrom, URIRef(SRC + statement.source)))
    graph.add((node, _akt("certainty"), _akt(statement.certainty)))
    graph.add((node, _akt("modality"), _akt(statement.modality)))
    for name, stated, kept in (("statedSubject", statement.subject, subject),
                               ("statedObject", statement.object, object_)):  # fmt: skip
        if isinstance(kept, URIRef) and kept != URIRef(ENT + stated):
            graph.add((node, _akt(name), URIRef(ENT + stated)))
    _add_qualifiers(graph, node, statement)
    page = URIRef(corpus.sources[statement.source].url)
    for number, evidence in enumerate(statement.evidence, start=1):
        _add_evidence(graph, node, number, evidence, page)


def _statement_classes(statement: Statement) -> tuple[URIRef, ...]:
    if statement.withdrawn:
        return (_akt("Withdrawn"),)
    return _akt("Statement"), RDF.Statement, _akt("Cited" if statement.cited else "Quoted")


def _add_decision(graph: _Sink, node: URIRef, by: str, on: str, why: str) -> None:
    graph.add((node, _akt("decidedBy"), Literal(by)))
    graph.add((node, _akt("decidedOn"), Literal(on, datatype=XSD.date)))
    graph.add((node, _akt("reason"), Literal(why, lang="de")))


def _add_verdict(graph: _Sink, verdict: Verdict) -> None:
    node = URIRef(CONFLICT + conflict_id(verdict.statements))
    graph.add((node, RDF.type, _akt("Conflict")))
    graph.add((node, _akt("verdict"), _akt(verdict.kind)))
    for statement in verdict.statements:
        graph.add((node, _akt("between"), URIRef(STM + statement)))
    _add_decision(graph, node, verdict.by, verdict.on, verdict.why)


def _add_qualifiers(graph: _Sink, node: URIRef, statement: Statement) -> None:
    for name in ("since", "until", "observed"):
        if date := getattr(statement, name):
            graph.add((node, _akt(name), _edtf(date)))
    if statement.role:
        graph.add((node, _akt("role"), Literal(statement.role, lang="de")))
    if statement.note:
        graph.add((node, RDFS.comment, Literal(statement.note, lang="de")))
    if statement.inferred:
        graph.add((node, _akt("inferredPart"), Literal(statement.inferred.part, lang="de")))
        graph.add((node, _akt("inferredFrom"), Literal(statement.inferred.basis, lang="de")))
    if statement.self_stated:
        graph.add((node, _akt("selfStated"), Literal("true", datatype=XSD.boolean)))
    if statement.withdrawn:
        _add_decision(graph, node, *astuple(statement.withdrawn))
    for bound, day in asdict(statement.validity).items():
        if day:
            graph.add((node, _akt(_BOUNDS[bound]), Literal(day.isoformat(), datatype=XSD.date)))
    if statement.amount:
        _add_amount(graph, node, statement.amount)


def _add_amount(graph: _Sink, node: URIRef, amount: Amount) -> None:
    graph.add((node, _akt("amount"), Literal(_canonical(amount.value), datatype=XSD.decimal)))
    graph.add((node, _akt("currency"), Literal(amount.currency)))
    if amount.qualifier:
        graph.add((node, _akt("amountQualifier"), Literal(amount.qualifier, lang="de")))
    if amount.covers:
        graph.add((node, _akt("amountCovers"), Literal(amount.covers, lang="de")))


def _canonical(value: Decimal) -> str:
    """A decimal as the store writes it: no exponent, no trailing zeros.

    >>> _canonical(Decimal("3800000.00")), _canonical(Decimal("12.50"))
    ('3800000', '12.5')
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)


def _add_evidence(graph: _Sink, statement: URIRef, number: int, evidence: Evidence, page: URIRef
                  ) -> None:  # fmt: skip
    mark = "" if number == 1 else f"-{number}"
    node, quote, position = (
        URIRef(f"{statement}#{part}{mark}") for part in ("evidence", "quote", "position")
    )
    graph.add((statement, _akt("evidence"), node))
    graph.add((node, RDF.type, OA.SpecificResource))
    graph.add((node, OA.hasSource, page))
    if evidence.note:
        graph.add((node, RDFS.comment, Literal(evidence.note, lang="de")))
    if evidence.quote is None:
        return
    graph.add((node, OA.hasSelector, quote))
    graph.add((quote, RDF.type, OA.TextQuoteSelector))
    graph.add((quote, OA.exact, Literal(evidence.quote)))
    if evidence.start is None or evidence.end is None:
        return
    graph.add((node, OA.hasSelector, position))
    graph.add((position, RDF.type, OA.TextPositionSelector))
    graph.add((position, OA.start, _integer(evidence.start)))
    graph.add((position, OA.end, _integer(evidence.end)))
