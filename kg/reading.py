"""The model read back from a store: entities, sources and statements, whole or a part.

Everything that shows statements (profiles, network, tables) works on this, so that it works the
same on every store.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from kg.answers import Store, Value
from kg.iris import AKT, ENT, INFERRED_GRAPH, ONTOLOGY_GRAPH, PREFIXES, RDF, SRC, STM, local_name
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
    Validity,
    Verdict,
    Withdrawal,
)
from kg.ontology import Ontology, ontology_from
from kg.sparql import iri_term

Row = Mapping[str, "Value | None"]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which statements to read: a pattern that binds ``?s``, and what it needs bound."""

    pattern: str
    bindings: Mapping[str, str]


EVERYTHING = Selection("VALUES ?kind { akt:Statement akt:Withdrawn } ?s a ?kind .", {})


def about(entity: str) -> Selection:
    """The statements that have an entity (by id) as subject or object."""
    # Not a UNION: Virtuoso 7.2.5 loses what is OPTIONAL behind one.
    pattern = "VALUES ?place { rdf:subject rdf:object } ?s ?place ?_entity_iri ."
    return Selection(pattern, {"_entity_iri": iri_term(ENT + entity)})


def from_source(source: str) -> Selection:
    """The statements of a source (by id)."""
    return Selection(
        "?s prov:wasDerivedFrom ?_source_iri .", {"_source_iri": iri_term(SRC + source)}
    )


def one_statement(statement: str) -> Selection:
    """The statement of an id."""
    return Selection("VALUES ?s { ?_node_iri }", {"_node_iri": iri_term(STM + statement)})


def read_store_ontology(store: Store) -> Ontology:
    """The ontology as the store has it."""
    rows = store.select(
        "SELECT ?s ?p ?o (LANG(?o) AS ?language) WHERE { GRAPH ?_graph_iri { ?s ?p ?o } }",
        {"_graph_iri": iri_term(ONTOLOGY_GRAPH)},
    )
    return ontology_from(
        (str(r["s"]), str(r["p"]), str(r["o"]), str(r["language"] or "")) for r in rows
    )


def read_graph(store: Store, selection: Selection = EVERYTHING) -> Corpus:
    """Read the selected statements, with the entities and sources that they name.

    Of ``EVERYTHING``, entities and sources without statements come too.
    """
    statements = _read_statements(store, selection)
    everything = selection is EVERYTHING
    sources = _read_sources(store, None if everything else {s.source for s in statements})
    named = {n for s in statements for n in (s.subject, s.object)} | {s.publisher for s in sources}
    entities = _read_entities(store, None if everything else named)
    if not everything and (kept := {e.same_as.entity for e in entities if e.same_as} - named):
        entities += _read_entities(store, kept)
    by_source: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_source[statement.source].append(statement)
    return Corpus(
        {e.id: e for e in entities},
        {s.id: replace(s, statements=tuple(by_source[s.id])) for s in sources},
        _read_verdicts(store, {s.id for s in statements}),
    )


# All that is said of each, not a column and OPTIONAL for each property: with twenty of them the
# estimates of some servers (Virtuoso) run into years, and they refuse.
_STATEMENTS = """
SELECT DISTINCT ?s ?p ?o
WHERE {
  %s
  ?s ?p ?o .
}"""
_KEYS = {
    **{RDF + name: name for name in ("subject", "object")},
    **{
        AKT + name: name
        for name in ("certainty", "modality", "since", "until", "observed", "role", "amount")
    },
    **{AKT + name: name for name in ("currency", "statedSubject", "statedObject", "selfStated")},
    **{AKT + name: name for name in ("earliestStart", "latestStart", "earliestEnd", "latestEnd")},
    RDF + "predicate": "relation",
    PREFIXES["prov"] + "wasDerivedFrom": "source",
    PREFIXES["rdfs"] + "comment": "note",
    AKT + "amountQualifier": "qualifier",
    AKT + "amountCovers": "covers",
    AKT + "inferredPart": "part",
    AKT + "inferredFrom": "basis",
    AKT + "decidedBy": "by",
    AKT + "decidedOn": "on",
    AKT + "reason": "why",
}
_ALL_KEYS = (*_KEYS.values(), "is_withdrawn")
_NEEDED = frozenset(("subject", "relation", "object", "source", "certainty", "modality"))

_EVIDENCE = """
SELECT DISTINCT ?s ?e ?quote ?start ?end ?note
WHERE {
  %s
  ?s akt:evidence ?e .
  OPTIONAL { ?e oa:hasSelector ?q . ?q oa:exact ?quote }
  OPTIONAL { ?e oa:hasSelector ?p . ?p oa:start ?start ; oa:end ?end }
  OPTIONAL { ?e rdfs:comment ?note }
}"""


def _read_statements(store: Store, selection: Selection) -> list[Statement]:
    # The pattern is one of the constants above; what a user gives comes in by the bindings. What
    # it selects is looked up first: joined with all the rest, the engine would go through all.
    if selection is not EVERYTHING:
        query = f"SELECT DISTINCT ?s WHERE {{ {selection.pattern} }}"
        nodes = (f"<{node}>" for (node,) in store.query(query, selection.bindings).rows())
        selection = Selection(f"VALUES ?s {{ {' '.join(sorted(nodes))} }}", {})
    evidence: dict[str, dict[str, Evidence]] = defaultdict(dict)
    for row in store.select(_EVIDENCE % selection.pattern, selection.bindings):
        evidence[str(row["s"])][str(row["e"])] = Evidence(
            _text(row, "quote"), _number(row, "start"), _number(row, "end"), _text(row, "note")
        )
    described: dict[str, dict[str, Value | None]] = defaultdict(lambda: dict.fromkeys(_ALL_KEYS))
    torn: set[str] = set()
    for s, p, o in store.query(_STATEMENTS % selection.pattern, selection.bindings).rows():
        if key := _KEYS.get(str(p)):
            if described[str(s)][key] is not None:  # twice: nobody can tell which is meant
                torn.add(str(s))
            described[str(s)][key] = o
        elif o == AKT + "Withdrawn":
            described[str(s)]["is_withdrawn"] = True
    found = [
        _statement(row, _in_order(evidence[iri]))
        for iri, row in described.items()
        if iri not in torn and all(row[key] is not None for key in _NEEDED)
    ]
    return sorted(found, key=_reading_order)


def _in_order(evidence: Mapping[str, Evidence]) -> tuple[Evidence, ...]:
    """``…#evidence`` first, then ``…#evidence-2`` and so on, as numbers."""
    return tuple(evidence[e] for e in sorted(evidence, key=lambda e: (len(e), e)))


def _reading_order(statement: Statement) -> tuple[object, ...]:
    """By source and place in its text; those without a place by their id."""
    start = statement.evidence[0].start if statement.evidence else None
    return statement.source, start is None, start or 0, statement.id


def _statement(row: Row, evidence: tuple[Evidence, ...]) -> Statement:
    object_ = row["statedObject"] or row["object"]
    amount = row["amount"]
    return Statement(
        source=str(row["source"]).removeprefix(SRC),
        subject=str(row["statedSubject"] or row["subject"]).removeprefix(ENT),
        relation=str(row["relation"]).removeprefix(AKT),
        object=str(object_).removeprefix(ENT),
        evidence=evidence,
        certainty=str(row["certainty"]).removeprefix(AKT),
        modality=str(row["modality"]).removeprefix(AKT),
        since=_text(row, "since"),
        until=_text(row, "until"),
        observed=_text(row, "observed"),
        role=_text(row, "role"),
        amount=None
        if amount is None or row["currency"] is None
        else Amount(
            Decimal(str(amount)),
            str(row["currency"]),
            _text(row, "qualifier"),
            _text(row, "covers"),
        ),
        inferred=Inferred(str(row["part"]), str(row["basis"]))
        if row["part"] and row["basis"]
        else None,
        note=_text(row, "note"),
        withdrawn=Withdrawal(str(row["by"]), str(row["on"]), str(row["why"]))
        if row["is_withdrawn"] and row["by"] and row["on"] and row["why"]
        else None,
        validity=Validity(
            *(
                _day(row, key)
                for key in ("earliestStart", "latestStart", "earliestEnd", "latestEnd")
            )
        ),
        self_stated=bool(row["selfStated"]),
    )


_BOUNDS = ("earliestStart", "latestStart", "earliestEnd", "latestEnd")
_VERDICTS = """
SELECT ?conflict ?statement ?verdict ?by ?on ?why
WHERE {
  ?conflict a akt:Conflict ; akt:between ?statement ; akt:verdict ?verdict ;
    akt:decidedBy ?by ; akt:decidedOn ?on ; akt:reason ?why .
} ORDER BY ?conflict ?statement"""


def _read_verdicts(store: Store, statements: set[str]) -> tuple[Verdict, ...]:
    """The verdicts on these statements."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in store.select(_VERDICTS):
        rows[str(row["conflict"])].append(row)
    verdicts = (
        Verdict(
            tuple(str(row["statement"]).removeprefix(STM) for row in found),
            str(found[0]["verdict"]).removeprefix(AKT),
            by=str(found[0]["by"]),
            on=str(found[0]["on"]),
            why=str(found[0]["why"]),
        )
        for _, found in sorted(rows.items())
    )
    return tuple(v for v in verdicts if statements & set(v.statements))


_SOURCES = """
SELECT ?source ?title (LANG(?title) AS ?language) ?publisher ?published ?url ?hash ?length ?note
WHERE {
  %s
  ?source a akt:Source ; dcterms:title ?title ; dcterms:publisher ?publisher ; schema:url ?url .
  OPTIONAL { ?source dcterms:issued ?published }
  OPTIONAL { ?source akt:textHash ?hash ; akt:textLength ?length }
  OPTIONAL { ?source skos:note ?note }
} ORDER BY ?source"""


def _read_sources(store: Store, ids: set[str] | None) -> list[Source]:
    rows = store.select(_SOURCES % _values("source", SRC, ids))
    return [
        Source(
            id=str(row["source"]).removeprefix(SRC),
            title=str(row["title"]),
            publisher=str(row["publisher"]).removeprefix(ENT),
            published=_text(row, "published"),
            url=str(row["url"]),
            language=str(row["language"]),
            text=TextMark(str(row["hash"]), cast("int", row["length"])) if row["hash"] else None,
            note=_text(row, "note"),
        )
        for row in rows
    ]


_ENTITIES = """
SELECT ?entity ?type ?kind ?name (LANG(?name) AS ?language) ?into ?by ?on ?why ?note
WHERE {
  %s
  ?entity a ?type .
  FILTER NOT EXISTS { GRAPH ?_inferred_iri { ?entity a ?type } }
  ?entity ?kind ?name . FILTER(?kind IN (skos:prefLabel, skos:altLabel))
  OPTIONAL {
    ?entity akt:mergedInto ?into ; akt:decidedBy ?by ; akt:decidedOn ?on ; akt:reason ?why
  }
  OPTIONAL { ?entity skos:note ?note }
} ORDER BY ?entity ?kind ?language STR(?name)"""


def _read_entities(store: Store, ids: set[str] | None) -> list[Entity]:
    query = _ENTITIES % _values("entity", ENT, ids)
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in store.select(query, {"_inferred_iri": iri_term(INFERRED_GRAPH)}):
        rows[str(row["entity"]).removeprefix(ENT)].append(row)
    return [_entity(entity_id, found) for entity_id, found in sorted(rows.items())]


def _entity(entity_id: str, rows: list[Row]) -> Entity:
    first = rows[0]
    names: dict[str, list[Name]] = {"prefLabel": [], "altLabel": []}
    for row in rows:
        name = Name(str(row["name"]), str(row["language"]))
        if name not in names[local_name(str(row["kind"]))]:
            names[local_name(str(row["kind"]))].append(name)
    into = first["into"]
    return Entity(
        id=entity_id,
        type=str(first["type"]).removeprefix(AKT),
        labels=tuple(names["prefLabel"]),
        aliases=tuple(names["altLabel"]),
        same_as=None
        if into is None
        else Identity(
            str(into).removeprefix(ENT), str(first["by"]), str(first["on"]), str(first["why"])
        ),
        note=_text(first, "note"),
    )


def _values(variable: str, namespace: str, ids: Iterable[str] | None) -> str:
    """A VALUES block of IRIs; what cannot be an id (literals among objects) is left out."""
    if ids is None:
        return ""
    allowed = " ".join(
        f"<{namespace}{i}>" for i in sorted(ids) if i.isascii() and i.replace("-", "").isalnum()
    )
    return f"VALUES ?{variable} {{ {allowed} }}"


def _text(row: Row, key: str) -> str | None:
    value = row[key]
    return None if value is None else str(value)


def _day(row: Row, key: str) -> dt.date | None:
    value = row[key]
    return value if isinstance(value, dt.date) else None


def _number(row: Row, key: str) -> int | None:
    value = row[key]
    return value if isinstance(value, int) else None


def statement_iri(statement: Statement) -> str:
    """The IRI of a statement."""
    return STM + statement.id


def label_of(entity: Entity, language: str = "de") -> str:
    """The label in a language, else in any."""
    names = sorted(entity.labels, key=lambda n: (n.language != language, n.language))
    return names[0].text if names else entity.id
