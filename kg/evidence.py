"""What supports something: the statements behind an entity, a source, or a row of an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.infer import inferred_triples
from kg.iris import AKT, ENT, PREFIXES, SRC, STM, expand
from kg.model import Corpus, Statement
from kg.ontology import Ontology
from kg.profile import Record, record
from kg.reading import EVERYTHING, about, from_source, read_graph, read_store_ontology
from kg.search import find_entity
from kg.sparql import tokens
from kg.store import Iri, Store, Value
from kg.tables import Table
from kg.validity import Period

COLUMNS = ("statement", "source", "published", "quote")


def evidence_for(store: Store, name: str, when: Period | None = None) -> list[Record]:
    """The statements behind a statement (id or IRI), a source (id or IRI) or an entity (any name).

    Raises:
        UnknownName: there is nothing of this name.
    """
    wanted = (expand(name) or name).removeprefix(STM).removeprefix(SRC)
    ontology = read_store_ontology(store)
    whole = read_graph(store, EVERYTHING)
    if any(s.id == wanted for s in whole.all_statements()):
        found = [s for s in whole.all_statements() if s.id == wanted]
        return [record(s, whole, ontology, when) for s in found]
    if wanted in whole.sources:
        part = read_graph(store, from_source(wanted))
    else:
        part = read_graph(store, about(find_entity(store, name)))
    return [record(s, part, ontology, when) for s in part.statements()]


def with_evidence(
    table: Table, query: str, corpus: Corpus, ontology: Ontology, when: Period | None = None
) -> Table:
    """The rows of an answer with the statements that support them, one row for each.

    A row is supported by the statements that it names by their IRI; else by those between two of
    its values, in a relation that it names or that the query's text names (as stated, or as it
    follows from what is stated). A row that nothing supports keeps its place, with nothing added.
    """
    added = [c for c in (*COLUMNS, *(["holds"] if when else [])) if c not in table.columns]
    records = {s.id: record(s, corpus, ontology, when) for s in corpus.statements()}
    index = _index(corpus, ontology, _relations_named(query, ontology))
    rows: list[tuple[Value | None, ...]] = []
    for row in table.rows:
        support = [_cells(records[i], added) for i in _supporting(row, index)]
        rows += [(*row, *cells) for cells in support or [(None,) * len(added)]]
    return Table((*table.columns, *added), tuple(rows))


def _cells(found: Record, columns: Sequence[str]) -> tuple[Value | None, ...]:
    passages = found["evidence"]
    quotes = [p["quote"] for p in passages if "quote" in p] if isinstance(passages, list) else []
    cells: Mapping[str, Value | None] = {
        "statement": Iri(str(found["iri"])),
        "source": Iri(SRC + str(found["source"])),
        "published": str(found["published"]) if "published" in found else None,
        "quote": " […] ".join(quotes) or None,
        "holds": str(found["holds"]) if "holds" in found else None,
    }
    return tuple(cells[c] for c in columns)


def _relations_named(query: str, ontology: Ontology) -> frozenset[str]:
    """The relations that a query's text names; none where it leaves them open."""
    named = set()
    for token in tokens(query):
        text = token.text[1:-1] if token.kind == "iri" else token.text
        prefix, _, local = text.partition(":")
        if token.kind == "name" and prefix in PREFIXES:
            text = PREFIXES[prefix] + local
        named.add(text.removeprefix(AKT))
    return frozenset(named & set(ontology.relations))


@dataclass(frozen=True)
class _Index:
    """Statements by the two ends they join; ``implied`` has what each relation's triple implies."""

    named: frozenset[str]
    implied: Mapping[str, frozenset[str]]
    ids: frozenset[str]
    joined: Mapping[str, Mapping[str, list[Statement]]]


def _index(corpus: Corpus, ontology: Ontology, named: frozenset[str]) -> _Index:
    joined: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for s in corpus.statements():
        literal = ontology.relations[s.relation].has_literal
        object_ = s.object if literal else ENT + corpus.canonical[s.object]
        joined[ENT + corpus.canonical[s.subject]][object_].append(s)
    implied = {
        name: frozenset({name} | {p for _, p, _ in inferred_triples({("a", name, "b")}, ontology)})
        for name in {s.relation for s in corpus.statements()}
    }
    return _Index(named, implied, frozenset(s.id for s in corpus.statements()), joined)


def _supporting(row: Iterable[Value | None], index: _Index) -> list[str]:
    """The ids of the statements behind a row, sorted."""
    values = {str(v) for v in row if v is not None}
    if direct := sorted(i for v in values if (i := v.removeprefix(STM)) in index.ids):
        return direct
    in_row = {v.removeprefix(AKT) for v in values if v.startswith(AKT)}
    wanted = in_row & {p for implied in index.implied.values() for p in implied} or index.named
    return sorted(
        s.id
        for start in values & set(index.joined)
        for end in values & set(index.joined[start])
        for s in index.joined[start][end]
        if not wanted or index.implied[s.relation] & wanted
    )
