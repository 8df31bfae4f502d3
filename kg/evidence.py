"""What supports something: the statements behind an entity, a source, or a row of an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.answers import Iri, Store, Value
from kg.infer import inferred_triples
from kg.iris import AKT, ENT, SRC, STM, expand, is_iri
from kg.model import Corpus, Statement
from kg.ontology import Ontology
from kg.patterns import Pattern, read_patterns
from kg.profile import Record, record
from kg.reading import about, from_source, one_statement, read_graph, read_store_ontology
from kg.search import find_entity
from kg.sparql import iri_term
from kg.tables import Table, table_of
from kg.validity import Period

_Row = tuple["Value | None", ...]
COLUMNS = ("statement", "source", "published", "quote", "note")


def evidence_for(store: Store, name: str, when: Period | None = None) -> list[Record]:
    """The statements behind a statement (id or IRI), a source (id or IRI) or an entity (any name).

    Raises:
        UnknownName: there is nothing of this name.
    """
    wanted = (expand(name) or name).removeprefix(STM).removeprefix(SRC)
    ontology = read_store_ontology(store)
    if _has(store, STM + wanted, "?_node_iri rdf:subject ?subject"):
        part = read_graph(store, one_statement(wanted))
        return [record(s, part, ontology, when) for s in part.all_statements()]
    if _has(store, SRC + wanted, "?_node_iri a akt:Source"):
        part = read_graph(store, from_source(wanted))
    else:
        part = read_graph(store, about(find_entity(store, name)))
    return [record(s, part, ontology, when) for s in part.statements()]


def _has(store: Store, iri: str, pattern: str) -> bool:
    if not is_iri(iri):
        return False
    return bool(store.query(f"ASK {{ {pattern} }}", {"_node_iri": iri_term(iri)}))


def with_evidence(
    store: Store, query: str, corpus: Corpus, ontology: Ontology, when: Period | None = None
) -> Table:
    """The rows of a SELECT with the statements that support them, one row for each.

    A row is supported by the statements that the query binds; else by those that state a triple
    of the query's patterns, as they stand or as it follows from one of them. A row that nothing
    supports keeps its place, with nothing added.

    Args:
        store: what is asked.
        query: SPARQL whose parameters are bound.
        corpus: what ``store`` holds.
        ontology: its ontology.
        when: adds ``holds``: whether the statement certainly or possibly holds in that period.

    Raises:
        QueryError: the query is wrong.
    """
    asked = store.query(query)
    reading = read_patterns(query)
    columns = tuple(asked.columns)
    wide = table_of(store.query(reading.wide) if reading.wide != query else asked)
    added = [c for c in (*COLUMNS, *(["holds"] if when else [])) if c not in columns]
    index = _index(corpus, ontology)
    supported: list[tuple[_Row, list[str]]] = []
    for row, bound in zip(wide.rows, wide, strict=True):
        supported.append((row[: len(columns)], _supporting(bound, reading.patterns, index)))
    if reading.distinct:
        supported = _merged(supported)
    records = {i: record(index.statements[i], corpus, ontology, when)
               for i in {i for _, ids in supported for i in ids}}  # fmt: skip
    rows: list[_Row] = []
    for row, ids in supported:
        cells = [_cells(records[i], added) for i in ids]
        rows += [(*row, *c) for c in cells or [(None,) * len(added)]]
    return Table((*columns, *added), tuple(rows))


def _merged(supported: Iterable[tuple[_Row, list[str]]]) -> list[tuple[_Row, list[str]]]:
    """Equal rows as one, with the support of all."""
    merged: dict[_Row, dict[str, None]] = {}
    for row, ids in supported:
        merged.setdefault(row, {}).update(dict.fromkeys(ids))
    return [(row, list(ids)) for row, ids in merged.items()]


def _cells(found: Record, columns: Sequence[str]) -> tuple[Value | None, ...]:
    passages = found["evidence"]
    told = passages if isinstance(passages, list) else []
    quotes = [p["quote"] for p in told if "quote" in p]
    notes = [p["note"] for p in told if "note" in p]
    cells: Mapping[str, Value | None] = {
        "statement": Iri(str(found["iri"])),
        "source": Iri(SRC + str(found["source"])),
        "published": str(found["published"]) if "published" in found else None,
        "quote": " […] ".join(quotes) or None,
        "note": " […] ".join(notes) or None,
        "holds": str(found["holds"]) if "holds" in found else None,
    }
    return tuple(cells[c] for c in columns)


@dataclass(frozen=True)
class _Index:
    """Statements by id, and the ids of those that state or imply a triple of IRIs and texts."""

    statements: Mapping[str, Statement]
    stating: Mapping[tuple[str, str, str], list[str]]


def _index(corpus: Corpus, ontology: Ontology) -> _Index:
    stating: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    names = {s.relation for s in corpus.statements()}
    implied = {n: {("s", n, "o")} | inferred_triples({("s", n, "o")}, ontology) for n in names}
    for s in corpus.statements():
        if s.modality == "asserted":
            literal = ontology.relations[s.relation].has_literal
            object_ = s.object if literal else ENT + corpus.canonical[s.object]
            ends = {"s": ENT + corpus.canonical[s.subject], "o": object_}
            for start, name, end in implied[s.relation]:
                stating[ends[start], AKT + name, ends[end]].append(s.id)
    return _Index({s.id: s for s in corpus.all_statements()}, stating)


def _supporting(
    row: Mapping[str, Value | None], patterns: Iterable[Pattern], index: _Index
) -> list[str]:
    """The ids of the statements behind a row, sorted."""
    places = [(p.subject, p.predicate, p.object, p.graph) for p in patterns]
    bound = [tuple(_value(x, row) for x in place) for place in places]
    values = {str(v) for v in row.values()} | {str(place[0]) for place in bound}
    if direct := sorted(i for v in values if (i := v.removeprefix(STM)) in index.statements):
        return direct
    found = {
        (i, graph)
        for subject, predicate, object_, graph in bound
        if subject and predicate and object_
        for i in index.stating.get((subject, predicate, object_), ())
    }
    wanted = str(row.get("source"))
    sources = {i: SRC + index.statements[i].source for i, _ in found}
    return sorted(
        {
            i
            for i, graph in found
            if not (graph or "").startswith(SRC) or graph == sources[i]
            if not wanted.startswith(SRC) or wanted == sources[i]
        }
    )


def _value(place: str | None, row: Mapping[str, Value | None]) -> str | None:
    """What stands in a place of a pattern in this row; None where the answer does not tell."""
    if place is None or not place.startswith("?"):
        return place
    value = row.get(place[1:])
    return None if value is None else str(value)
