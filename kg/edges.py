"""The actor network of a graph of any size, as columns of numbers.

``kg.network`` makes an object of each statement, so that every edge can be traced; from some
hundred thousand edges on that takes minutes. Here the engine writes whole columns (a statement and
its subject, and so on), which are put together as arrays: no Python code runs for each triple.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING

from kg.answers import Store, Value
from kg.errors import UsageError, did_you_mean
from kg.fast import numbered_betweenness, numbered_closeness, numbered_cores
from kg.iris import AKT, ENT
from kg.measures import eigenvector_of, pagerank_of
from kg.network import CONNECTING, check_names, is_below
from kg.ontology import Ontology
from kg.tables import Table, rounded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]

_FEW = 1000
_COLUMN = "SELECT ?a ?b {{ ?a {} ?b {} }}"
_TYPES = """SELECT ?a ?b { ?a a ?b
  MINUS { GRAPH <https://w3id.org/akteursnetz/inferred> { ?a a ?b } }
  FILTER(STRSTARTS(STR(?a), STR(ent:))) }"""


@dataclass(frozen=True)
class Edges:
    """A network: ids of the nodes, and for each statement the numbers of its two ends.

    ``two_way`` says of which statements the relation has no direction.
    """

    nodes: Sequence[str]
    starts: Numbers
    ends: Numbers
    two_way: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def ties(self) -> tuple[Numbers, Numbers, Numbers]:
        """Pairs of different nodes, the smaller number first, and how many statements tie them."""
        import numpy as np

        low, high = np.minimum(self.starts, self.ends), np.maximum(self.starts, self.ends)
        keys = (low * len(self.nodes) + high)[low != high]
        pairs, weights = np.unique(keys, return_counts=True)
        return (*np.divmod(pairs, max(len(self.nodes), 1)), weights)

    @cached_property
    def arcs(self) -> tuple[Numbers, Numbers]:
        """Directed pairs of different nodes; a relation without direction goes both ways."""
        import numpy as np

        turned = self.two_way
        starts = np.r_[self.starts, self.ends[turned]]
        ends = np.r_[self.ends, self.starts[turned]]
        keys = (starts * len(self.nodes) + ends)[starts != ends]
        one, other = np.divmod(np.unique(keys), max(len(self.nodes), 1))
        return one, other


def read_edges(
    store: Store,
    ontology: Ontology,
    *,
    classes: Collection[str] = CONNECTING,
    relations: Collection[str] = (),
) -> Edges:
    """The edges of ``kg.network.network``, of a store of any size.

    Args:
        store: what is read.
        ontology: its ontology.
        classes: the classes (with those below them) whose entities are nodes.
        relations: only these (with those below them); none means all.

    Raises:
        UsageError: an unknown class or relation.
    """
    import numpy as np

    check_names("class", classes, ontology.classes)
    check_names("relation", relations, ontology.relations)
    members = {e for c in classes for e in _column(store, f"SELECT ?a {{ ?a a akt:{c} }}")}
    nodes = sorted(members, key=lambda term: term[:-1])
    number = dict(zip(nodes, range(len(nodes)), strict=True))
    statements = _column(store, "SELECT ?a { ?a a akt:Statement }")
    place = dict(zip(statements, range(len(statements)), strict=True))
    wanted = {
        f"<{AKT}{r.name}>": code
        for code, r in enumerate(ontology.relations.values())
        if not r.has_literal and (not relations or is_below(r.name, relations, ontology))
    }
    modality = {f"<{AKT}asserted>": 1}
    starts, ends, codes, asserted = (
        _placed(store, _COLUMN.format(predicate, condition), place, values)
        for predicate, condition, values in (
            ("rdf:subject", "", number),
            ("rdf:object", "FILTER(isIRI(?b))", number),
            ("rdf:predicate", "", wanted),
            ("akt:modality", "", modality),
        )
    )
    kept = (starts >= 0) & (ends >= 0) & (codes >= 0) & (asserted >= 0)
    symmetric = np.array([r.symmetric for r in ontology.relations.values()])
    used = np.unique(np.r_[starts[kept], ends[kept]])  # as there, what has no tie is left out
    names = [nodes[n].removeprefix(f"<{ENT}").removesuffix(">") for n in used.tolist()]
    return Edges(
        names,
        np.searchsorted(used, starts[kept]),
        np.searchsorted(used, ends[kept]),
        symmetric[codes[kept]],
    )


def _column(store: Store, query: str) -> list[str]:
    """The terms of a SELECT of IRIs, row by row, as the engine writes them."""
    out = io.BytesIO()
    store.query(query).write(out, "tsv")
    return out.getvalue().decode().split()[query.partition("{")[0].count("?") :]


def _placed(
    store: Store, query: str, place: Mapping[str, int], values: Mapping[str, int]
) -> Numbers:
    """For each statement the number of its value; -1 where it has none of these."""
    import numpy as np

    terms = _column(store, query)
    where = np.fromiter(map(place.get, terms[::2], repeat(-1)), np.intp)
    what = np.fromiter(map(values.get, terms[1::2], repeat(-1)), np.intp)
    found = np.full(len(place), -1, np.intp)
    found[where[where >= 0]] = what[where >= 0]
    return found


def _degree(edges: Edges) -> NDArray[np.generic]:
    import numpy as np

    low, high, _ = edges.ties
    return np.bincount(np.r_[low, high], minlength=len(edges.nodes))


def _weighted(edges: Edges) -> NDArray[np.generic]:
    import numpy as np

    low, high, weights = edges.ties
    return np.bincount(np.r_[low, high], np.r_[weights, weights], len(edges.nodes))


def _arcs(side: int) -> Callable[[Edges], NDArray[np.generic]]:
    def count(edges: Edges) -> NDArray[np.generic]:
        import numpy as np

        return np.bincount(edges.arcs[side], minlength=len(edges.nodes))

    return count


def _eigenvector(edges: Edges) -> Sequence[float | None]:
    import numpy as np

    low, high, _ = edges.ties
    return eigenvector_of(np.r_[low, high], np.r_[high, low], len(edges.nodes))


QUICK: Mapping[str, Callable[[Edges], Sequence[Value | None] | NDArray[np.generic]]] = {
    "degree": _degree,
    "in_degree": _arcs(1),
    "out_degree": _arcs(0),
    "weighted_degree": _weighted,
    "core": lambda e: numbered_cores(*e.ties[:2], len(e.nodes)),
    "pagerank": lambda e: pagerank_of(*e.arcs, len(e.nodes)),
    "eigenvector": _eigenvector,
    "betweenness": lambda e: numbered_betweenness(*e.ties[:2], len(e.nodes)),
    "closeness": lambda e: numbered_closeness(*e.ties[:2], len(e.nodes)),
}
"""Measures that need numbers alone, by their names in ``kg.measures.MEASURES``; the last two take
time by nodes times edges."""


def quick_table(
    store: Store,
    edges: Edges,
    names: Collection[str] = (),
    *,
    sort: str | None = None,
    limit: int | None = None,
) -> Table:
    """Measures of every actor, a row each, those with most first.

    Args:
        store: where the labels are.
        edges: what ``read_edges`` gave.
        names: names of ``QUICK``; none means all but the last two.
        sort: the measure to sort by; default the first.
        limit: at most so many rows.

    Raises:
        UsageError: a measure that needs more than numbers.
    """
    import numpy as np

    chosen = tuple(dict.fromkeys(names or tuple(QUICK)[:-2]))
    for name in (*chosen, *([sort] if sort else [])):
        if name not in QUICK:
            raise UsageError(f"'{name}' is no --quick measure, {did_you_mean(name, QUICK)}")
    if sort and sort not in chosen:
        chosen = (*chosen, sort)
    columns = {name: QUICK[name](edges) for name in chosen}
    key = np.asarray([v if v is not None else -1.0 for v in columns[sort or chosen[0]]], float)
    order = np.argsort(-key, kind="stable")[:limit].tolist()
    described = _described(store, [edges.nodes[n] for n in order])
    rows = [
        (edges.nodes[n], *described.get(edges.nodes[n], (None, None)),
         *(rounded(_plain(column[n])) for column in columns.values()))
        for n in order
    ]  # fmt: skip
    return Table(("id", "label", "type", *chosen), tuple(rows))


def _plain(value: Value | np.generic | None) -> Value | None:
    import numpy as np

    return value.item() if isinstance(value, np.generic) else value


def _described(store: Store, ids: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
    """Label and class of entities, looked up one by one for few, by columns for many."""
    wanted = set(ids)
    values = ""
    if len(wanted) <= _FEW:
        values = f"VALUES ?a {{ {' '.join(f'<{ENT}{i}>' for i in wanted)} }}"
    labels = f'SELECT ?a ?b {{ {values} ?a skos:prefLabel ?b FILTER(LANG(?b) = "de") }}'
    types = _TYPES.replace("{ ?a a ?b\n", f"{{ {values} ?a a ?b\n", 1)
    found = []
    for query in (labels, types):
        rows = store.query(query).rows()
        pairs = ((str(a).removeprefix(ENT), str(b).removeprefix(AKT)) for a, b in rows)
        found.append({a: b for a, b in pairs if a in wanted})
    return {i: (found[0].get(i), found[1].get(i)) for i in ids}
