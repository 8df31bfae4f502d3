"""The model as RDF: N-Quads of the merged graph, one graph a source, and the inferred graph.

The merged graph (the default graph) holds every direct and inferred triple once, the description
of each entity and source, and the statement nodes; a source's graph holds what it states, direct.
Lines are made one by one, so that a graph of any size can be written without being held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from kg.infer import Triple, inferred_triples, inferred_types
from kg.iris import (
    AKT,
    CONFLICT,
    EDTF,
    ENT,
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    PREFIXES,
    RDF,
    RDF_TYPE,
    SRC,
    STM,
    XSD,
)
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
from kg.sparql import literal_term
from kg.standing import with_standing
from kg.validity import Period, holds, with_validity

if TYPE_CHECKING:
    from rdflib import Dataset

_OA, _OWL, _DCTERMS, _PROV, _RDFS, _SCHEMA, _SKOS = (
    PREFIXES[p] for p in ("oa", "owl", "dcterms", "prov", "rdfs", "schema", "skos")
)
_BOUNDS = (
    ("earliest_start", "earliestStart"),
    ("latest_start", "latestStart"),
    ("earliest_end", "earliestEnd"),
    ("latest_end", "latestEnd"),
)


def enriched(corpus: Corpus, ontology: Ontology) -> Corpus:
    """The corpus with all that follows for each statement filled in: validity and standing."""
    return with_standing(with_validity(corpus, ontology), ontology)


def build_dataset(corpus: Corpus, ontology: Ontology, when: Period | None = None) -> Dataset:
    """The rdflib Dataset of a corpus; see ``corpus_lines``."""
    from rdflib import Dataset

    text = "".join(corpus_lines(corpus, ontology, when))
    return Dataset().parse(data=text, format="nquads")


def corpus_lines(corpus: Corpus, ontology: Ontology, when: Period | None = None) -> Iterator[str]:
    """The N-Quads of a corpus without problems (``kg.check.check_corpus``), some more than once.

    Args:
        corpus: what ``enriched`` gave.
        ontology: what classes and relations there are.
        when: the period that the corpus was restricted to, if it was; statements then say whether
            they hold in it for certain.
    """
    yield from ontology_lines()
    for entity in corpus.entities.values():
        yield from entity_lines(entity, corpus, ontology)
    for source in corpus.sources.values():
        yield from source_lines(source, corpus)
    for verdict in corpus.verdicts:
        yield from verdict_lines(verdict)
    said = set()
    for statement in corpus.all_statements():
        yield from statement_lines(statement, corpus, ontology, when)
        if found := direct(statement, corpus, ontology):
            said.add(found)
    yield from inferred_lines(inferred_triples(said, ontology), ontology)


@cache
def ontology_lines() -> tuple[str, ...]:
    """The shipped ontology, in a graph of its own.

    Raises:
        KgError: its file is missing or no Turtle.
    """
    return tuple(
        f"{subject.n3()} {predicate.n3()} {object_.n3()} <{ONTOLOGY_GRAPH}> .\n"
        for subject, predicate, object_ in sorted(parse_turtle(ontology_path()))
    )


def direct(statement: Statement, corpus: Corpus, ontology: Ontology) -> Triple | None:
    """The triple that a statement asserts; None for a plan, a denial, or what was withdrawn."""
    if statement.modality != "asserted" or statement.withdrawn:
        return None
    said = _merged(statement, corpus, ontology)
    return None if said[0] == said[2] else said  # two names of one body, once they are merged


def _merged(statement: Statement, corpus: Corpus, ontology: Ontology) -> Triple:
    literal = ontology.relations[statement.relation].has_literal
    object_ = statement.object if literal else corpus.canonical[statement.object]
    return corpus.canonical[statement.subject], statement.relation, object_


def inferred_lines(triples: Iterable[Triple], ontology: Ontology) -> Iterator[str]:
    """Triples that follow from others, in the inferred graph and the merged one."""
    for triple in triples:
        yield from _both(_triple(triple, ontology), INFERRED_GRAPH)


def type_lines(entity: str, type_: str, ontology: Ontology) -> Iterator[str]:
    """The classes above that of an entity (by id), in the inferred graph and the merged one."""
    for _, above in sorted(inferred_types({entity: type_}, ontology)):
        yield from _both(f"<{ENT}{entity}> <{RDF_TYPE}> <{AKT}{above}>", INFERRED_GRAPH)


def _triple(triple: Triple, ontology: Ontology) -> str:
    subject, name, object_ = triple
    return f"<{ENT}{subject}> <{AKT}{name}> {_object(object_, ontology.relations[name])}"


def _both(triple: str, graph: str) -> tuple[str, str]:
    return f"{triple} .\n", f"{triple} <{graph}> .\n"


def _line(subject: str, predicate: str, object_: str) -> str:
    return f"<{subject}> <{predicate}> {object_} .\n"


def _object(text: str, relation: Relation) -> str:
    if relation.has_date:
        return _edtf(text)
    if relation.has_uri:
        return literal_term(text, datatype=XSD + "anyURI")
    return literal_term(text) if relation.has_literal else f"<{ENT}{text}>"


def _edtf(text: str) -> str:
    return literal_term(text, datatype=EDTF)


def _german(text: str) -> str:
    return literal_term(text, language="de")


def _typed(text: object, kind: str) -> str:
    return f'"{text}"^^<{XSD}{kind}>'


def entity_lines(entity: Entity, corpus: Corpus, ontology: Ontology) -> Iterator[str]:
    """The description of an entity; of ``corpus`` only what is merged into what counts."""
    node, kept = ENT + entity.id, ENT + corpus.canonical[entity.id]
    for name in entity.labels:
        label = literal_term(name.text, language=name.language)
        yield _line(node, _RDFS + "label", label)
        yield _line(node, _SKOS + "prefLabel", label)
    for name in entity.aliases:
        yield _line(node, _SKOS + "altLabel", literal_term(name.text, language=name.language))
    if entity.note:
        yield _line(node, _SKOS + "note", _german(entity.note))
    for other in entity.not_same_as:
        there = ENT + corpus.canonical[other.entity]
        yield _line(node, _OWL + "differentFrom", f"<{there}>")
    if entity.same_as is None:
        yield _line(node, RDF_TYPE, f"<{AKT}{entity.type}>")
        yield from type_lines(entity.id, entity.type, ontology)
        return
    yield _line(node, RDF_TYPE, f"<{AKT}MergedName>")
    yield _line(node, AKT + "mergedInto", f"<{kept}>")
    yield from _decision_lines(node, entity.same_as.by, entity.same_as.on, entity.same_as.why)
    for name in entity.labels + entity.aliases:
        yield _line(kept, _SKOS + "altLabel", literal_term(name.text, language=name.language))


def source_lines(source: Source, corpus: Corpus) -> Iterator[str]:
    """The description of a source, without what it says."""
    node = SRC + source.id
    title = literal_term(source.title, language=source.language)
    yield _line(node, RDF_TYPE, f"<{AKT}Source>")
    yield _line(node, _RDFS + "label", title)
    yield _line(node, _DCTERMS + "title", title)
    yield _line(node, _DCTERMS + "publisher", f"<{ENT}{corpus.canonical[source.publisher]}>")
    yield _line(node, _DCTERMS + "language", literal_term(source.language))
    yield _line(node, _SCHEMA + "url", f"<{source.url}>")
    if source.published:
        yield _line(node, _DCTERMS + "issued", _edtf(source.published))
    if source.note:
        yield _line(node, _SKOS + "note", _german(source.note))
    if source.text:
        yield _line(node, AKT + "textHash", literal_term(source.text.sha256))
        yield _line(node, AKT + "textLength", _typed(source.text.length, "integer"))


def statement_lines(
    statement: Statement, corpus: Corpus, ontology: Ontology, when: Period | None = None
) -> Iterator[str]:
    """A statement: its node, its evidence, and where it counts, its direct triple.

    Of ``corpus`` only what is merged into what, and the statement's source, count.
    """
    node = STM + statement.id
    subject, name, object_ = _merged(statement, corpus, ontology)
    relation = ontology.relations[name]
    object_term = _object(object_, relation)
    for class_ in _statement_classes(statement):
        yield _line(node, RDF_TYPE, f"<{class_}>")
    yield _line(node, RDF + "subject", f"<{ENT}{subject}>")
    yield _line(node, RDF + "predicate", f"<{AKT}{name}>")
    yield _line(node, RDF + "object", object_term)
    yield _line(node, _PROV + "wasDerivedFrom", f"<{SRC}{statement.source}>")
    yield _line(node, AKT + "certainty", f"<{AKT}{statement.certainty}>")
    yield _line(node, AKT + "modality", f"<{AKT}{statement.modality}>")
    if subject != statement.subject:
        yield _line(node, AKT + "statedSubject", f"<{ENT}{statement.subject}>")
    if object_ != statement.object:
        yield _line(node, AKT + "statedObject", f"<{ENT}{statement.object}>")
    yield from _qualifier_lines(node, statement)
    page = corpus.sources[statement.source].url
    for number, evidence in enumerate(statement.evidence, start=1):
        yield from _evidence_lines(node, number, evidence, page)
    if when is not None and (judged := holds(statement, when)):
        yield _line(node, AKT + "holds", f"<{AKT}{judged}>")
    if said := direct(statement, corpus, ontology):
        yield from direct_lines(said, statement.source, ontology)


def direct_lines(triple: Triple, source: str, ontology: Ontology) -> Iterator[str]:
    """A triple that a source (by id) states, in its graph and the merged one."""
    yield from _both(_triple(triple, ontology), SRC + source)


def _statement_classes(statement: Statement) -> tuple[str, ...]:
    if statement.withdrawn:
        return (AKT + "Withdrawn",)
    return AKT + "Statement", RDF + "Statement", AKT + ("Cited" if statement.cited else "Quoted")


def _decision_lines(node: str, by: str, on: str, why: str) -> Iterator[str]:
    yield _line(node, AKT + "decidedBy", literal_term(by))
    yield _line(node, AKT + "decidedOn", _typed(on, "date"))
    yield _line(node, AKT + "reason", _german(why))


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """A verdict on a conflict."""
    node = CONFLICT + conflict_id(verdict.statements)
    yield _line(node, RDF_TYPE, f"<{AKT}Conflict>")
    yield _line(node, AKT + "verdict", f"<{AKT}{verdict.kind}>")
    for statement in verdict.statements:
        yield _line(node, AKT + "between", f"<{STM}{statement}>")
    yield from _decision_lines(node, verdict.by, verdict.on, verdict.why)


def _qualifier_lines(node: str, statement: Statement) -> Iterator[str]:
    for name, date in (("since", statement.since), ("until", statement.until),
                       ("observed", statement.observed)):  # fmt: skip
        if date:
            yield _line(node, AKT + name, _edtf(date))
    if statement.role:
        yield _line(node, AKT + "role", _german(statement.role))
    if statement.note:
        yield _line(node, _RDFS + "comment", _german(statement.note))
    if statement.inferred:
        yield _line(node, AKT + "inferredPart", _german(statement.inferred.part))
        yield _line(node, AKT + "inferredFrom", _german(statement.inferred.basis))
    if statement.withdrawn:
        yield from _decision_lines(node, *astuple(statement.withdrawn))
    yield from derived_lines(node, statement)
    if statement.amount:
        yield from _amount_lines(node, statement.amount)


def derived_lines(node: str, statement: Statement) -> Iterator[str]:
    """What follows for a statement (its IRI) from its dates, its source and other statements."""
    if statement.self_stated:
        yield _line(node, AKT + "selfStated", _typed("true", "boolean"))
    for bound, name in _BOUNDS:
        if day := getattr(statement.validity, bound):
            yield _line(node, AKT + name, _typed(day, "date"))


def _amount_lines(node: str, amount: Amount) -> Iterator[str]:
    yield _line(node, AKT + "amount", _typed(_canonical(amount.value), "decimal"))
    yield _line(node, AKT + "currency", literal_term(amount.currency))
    if amount.qualifier:
        yield _line(node, AKT + "amountQualifier", _german(amount.qualifier))
    if amount.covers:
        yield _line(node, AKT + "amountCovers", _german(amount.covers))


def _canonical(value: Decimal) -> str:
    """A decimal as the store writes it: no exponent, no trailing zeros.

    >>> _canonical(Decimal("3800000.00")), _canonical(Decimal("12.50"))
    ('3800000', '12.5')
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _evidence_lines(statement: str, number: int, evidence: Evidence, page: str) -> Iterator[str]:
    mark = "" if number == 1 else f"-{number}"
    node = f"{statement}#evidence{mark}"
    yield _line(statement, AKT + "evidence", f"<{node}>")
    yield _line(node, RDF_TYPE, f"<{_OA}SpecificResource>")
    yield _line(node, _OA + "hasSource", f"<{page}>")
    if evidence.note:
        yield _line(node, _RDFS + "comment", _german(evidence.note))
    if evidence.quote is None:
        return
    quote, position = f"{statement}#quote{mark}", f"{statement}#position{mark}"
    yield _line(node, _OA + "hasSelector", f"<{quote}>")
    yield _line(quote, RDF_TYPE, f"<{_OA}TextQuoteSelector>")
    yield _line(quote, _OA + "exact", literal_term(evidence.quote))
    if evidence.start is None or evidence.end is None:
        return
    yield _line(node, _OA + "hasSelector", f"<{position}>")
    yield _line(position, RDF_TYPE, f"<{_OA}TextPositionSelector>")
    yield _line(position, _OA + "start", _typed(evidence.start, "integer"))
    yield _line(position, _OA + "end", _typed(evidence.end, "integer"))
