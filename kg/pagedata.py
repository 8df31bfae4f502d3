"""What the page is given: the network in columns, and apart from it the statements behind it.

The columns hold what is drawn, searched and filtered; equal texts stand once and are pointed to by
number. Quotes, notes and addresses stand in a second part that the page does not read before
somebody asks for the first of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kg.colours import COLOURS, COMMUNITY_COLOURS, OTHER_COLOUR, OTHER_SHAPE, SHAPES
from kg.importance import importance
from kg.iris import ENT, STM
from kg.layout import node_size, positions
from kg.model import Corpus
from kg.network import BOUNDS
from kg.passages import around, text_of

if TYPE_CHECKING:
    import networkx as nx

    from kg.answers import Manifest
    from kg.conflicts import Conflict
    from kg.ontology import Ontology

IMPLIED, CITED, CONTRADICTED, POSSIBLE = 1, 2, 4, 8
"""Marks of a statement, added up: implied only; no quote; another one contradicts it; may hold."""
_SOURCE = ("source", "source_title", "publisher", "published", "url")
_KNOWN = {
    *_SOURCE,
    *BOUNDS,
    "iri",
    "subject",
    "subject_label",
    "relation",
    "object",
    "object_label",
}

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Known:
    """What the graph knows beyond the network: contradictions, and how to cite it all.

    Attributes:
        conflicts: what contradicts each other, with the ids of statements of both sides.
        citations: the reference of each source by id.
        cite: the reference of the graph itself.
        relations: the names of each relation by language, for statements about others than the
            ends of their edge.
        texts: those that the reader has, by the id of the source, to show quotes within.
    """

    conflicts: Sequence[Mapping[str, Any]] = ()
    citations: Mapping[str, str] = field(default_factory=dict)
    cite: str = ""
    relations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


def known_of(
    corpus: Corpus,
    ontology: Ontology,
    conflicts: Iterable[Conflict] = (),
    manifest: Manifest | None = None,
    *,
    part: str = "",
    texts: Path | None = None,
) -> Known:
    """What a corpus knows beyond the network that is drawn of it.

    Args:
        corpus: what the network was drawn from.
        ontology: what its relations are called.
        conflicts: which of its statements contradict each other (``Graph.conflicts``).
        manifest: of the build, if the graph is our own and to be cited.
        part: how the corpus was cut out of the whole (see ``kg.cite.references_of``).
        texts: a folder of ``<source-id>.txt``; what stands around the quotes is then in the page.

    Raises:
        KgError: a text cannot be read.
    """
    from kg.cite import as_text, references_of

    references = references_of(corpus, manifest, part=part) if manifest else []
    return Known(
        conflicts=[_conflict(c, corpus) for c in conflicts],
        citations={r.id: as_text([r]) for r in references[1:]},
        cite=as_text(references[:1]),
        relations={name: relation.labels for name, relation in ontology.relations.items()},
        texts={
            source.id: found[0]
            for source in corpus.sources.values()
            if (found := text_of(texts, source)) and found[1]
        },
    )


def _conflict(conflict: Conflict, corpus: Corpus) -> dict[str, Any]:
    from kg.conflicts import label

    verdict = conflict.verdict
    return {
        "kind": conflict.kind,
        "newer": conflict.newer,
        "verdict": f"{verdict.why} ({verdict.by}, {verdict.on})" if verdict else None,
        "sides": [
            {"says": label(corpus, side.says), "statements": [s.id for s in side.statements]}
            for side in conflict.sides
        ],
    }


class _Pool(Generic[T]):
    """Values that are stored once and pointed to by number."""

    def __init__(self) -> None:
        self.values: list[T] = []
        self._numbers: dict[T, int] = {}

    def number(self, value: T) -> int:
        if value not in self._numbers:
            self._numbers[value] = len(self.values)
            self.values.append(value)
        return self._numbers[value]


def page_data(
    graph: nx.MultiDiGraph[str],
    known: Known,
    places: Mapping[str, tuple[float, float]] | None = None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The two parts, as JSON has them: what is drawn, and what is read later.

    The same graph gives the same parts, in whatever order its nodes and edges were added.
    ``places`` are where the nodes stand; default ``kg.layout.positions``.
    """
    nodes = sorted(graph)
    edges = sorted(graph.edges(keys=True))
    said = [s for a, b, key in edges for s in graph.edges[a, b, key]["statements"]]
    sources: _Pool[tuple[str | None, ...]] = _Pool()
    texts = _Pool[str]()
    pointed = [sources.number(tuple(_text(s.get(key)) for key in _SOURCE)) for s in said]
    conflicts = _conflicts(known.conflicts, {s.get("id") for s in said})
    contradicted = {i for c in conflicts for side in c["sides"] for i in side["statements"]}
    bounds: _Pool[tuple[int, ...]] = _Pool()
    legs = _legs(graph, edges)
    columns = {
        "nodes": _nodes(graph, nodes, texts, places or positions(graph)),
        "edges": _edges(graph, nodes, edges),
        "distinct": len({s["id"] for s in said}) if legs else len(said),
        "said": {
            **legs,
            "source": pointed,
            "marks": [_marks(s, contradicted) for s in said],
            "bounds": [bounds.number(_days(s)) for s in said],
        },
        "types": _types(graph, nodes),
        "relations": _relations(graph, edges),
        "sources": [title or id_ or "" for id_, title, *_ in sources.values],
        "bounds": bounds.values,
        "texts": texts.values,
        "colours": COMMUNITY_COLOURS,
        "base": ENT,
    }
    later = {
        "statements": [
            _statement(s, (a, b), known)
            for a, b, key in edges
            for s in graph.edges[a, b, key]["statements"]
        ],
        "sources": [_source(values, known.citations) for values in sources.values],
        "conflicts": conflicts,
        "base": STM,
    }
    return columns, later


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _nodes(
    graph: nx.MultiDiGraph[str],
    nodes: list[str],
    texts: _Pool[str],
    places: Mapping[str, tuple[float, float]],
) -> dict[str, list[Any] | dict[str, Any] | int]:
    given = [graph.nodes[node] for node in nodes]
    measures = importance(graph, nodes)
    types = sorted({str(data["type"]) for data in given})
    columns: dict[str, Any] = {
        "id": nodes,
        "label": [data["label"] for data in given],
        "type": [types.index(data["type"]) for data in given],
        "x": [places[node][0] for node in nodes],
        "y": [places[node][1] for node in nodes],
        "radius": [node_size(graph.degree(node)) for node in nodes],
        "degree": measures.degree,
        "betweenness": measures.betweenness,
        "pivots": measures.pivots,
        "community": measures.community,
        # Only where they differ from what follows from the columns above, by the node's number.
        "names": _where(map(_others, given), ([] for _ in nodes)),
        "iri": _where((d["iri"] for d in given), (ENT + node for node in nodes)),
    }  # fmt: skip
    for key in ("state", "place"):
        if any(data.get(key) for data in given):
            columns[key] = [
                texts.number(_named(data[key])) if data.get(key) else -1 for data in given
            ]
    return columns


def _others(given: Mapping[str, Any]) -> list[str]:
    return [name for name in dict.fromkeys(given["names"]) if name != given["label"]]


def _where(values: Iterable[Any], usual: Iterable[Any]) -> dict[str, Any]:
    pairs = enumerate(zip(values, usual, strict=True))
    return {str(i): value for i, (value, expected) in pairs if value != expected}


def _named(value: object) -> str:
    """The label of a place, given as a text, as (id, label) or with the key ``label``."""
    if isinstance(value, Mapping):
        return str(value.get("label", value.get("id", "")))
    return str(value[-1]) if isinstance(value, list | tuple) else str(value)


def _edges(
    graph: nx.MultiDiGraph[str], nodes: list[str], edges: list[tuple[str, str, str]]
) -> dict[str, Any]:
    number = {node: i for i, node in enumerate(nodes)}
    relations = sorted({graph.edges[edge]["relation"] for edge in edges})
    numbered = {name: i for i, name in enumerate(relations)}
    counts = [len(graph.edges[edge]["statements"]) for edge in edges]
    weights = [round(graph.edges[edge].get("weight", 0), 4) for edge in edges]
    return {
        "from": [number[a] for a, _, _ in edges],
        "to": [number[b] for _, b, _ in edges],
        "relation": [numbered[graph.edges[edge]["relation"]] for edge in edges],
        **({"count": counts} if set(counts) != {1} else {}),
        **({"weight": weights} if any(weights) else {}),
    }


def _marks(statement: Mapping[str, Any], contradicted: set[str]) -> int:
    marks = {
        IMPLIED: statement.get("certainty") == "implied",
        CITED: statement.get("support") == "cited",
        CONTRADICTED: statement.get("id") in contradicted,
        POSSIBLE: statement.get("holds") == "possible",
    }
    return sum(mark for mark, is_set in marks.items() if is_set)


def _days(statement: Mapping[str, Any]) -> tuple[int, ...]:
    """The four bounds as numbers like 20190331, 0 where there is none; none at all if unknown."""
    days = [int(str(statement.get(name, "0")).replace("-", "")) for name in BOUNDS]
    return tuple(days) if any(days) else ()


def _conflicts(conflicts: Iterable[Mapping[str, Any]], shown: set[str]) -> list[dict[str, Any]]:
    """Those of which a side is in the network."""
    return [
        dict(c)
        for c in conflicts
        if any(i in shown for side in c["sides"] for i in side["statements"])
    ]


def _types(graph: nx.MultiDiGraph[str], nodes: list[str]) -> list[dict[str, str]]:
    """Names in both languages, colour and shape of the types that occur."""
    names = graph.graph.get("types", {})
    return [
        {
            "name": type_,
            "de": names.get(type_, {}).get("de", type_),
            "en": names.get(type_, {}).get("en", type_),
            "colour": COLOURS.get(type_, OTHER_COLOUR),
            "shape": SHAPES.get(type_, OTHER_SHAPE),
        }
        for type_ in sorted({str(graph.nodes[node]["type"]) for node in nodes})
    ]


def _relations(
    graph: nx.MultiDiGraph[str], edges: list[tuple[str, str, str]]
) -> list[dict[str, Any]]:
    symmetric = set(graph.graph.get("symmetric", ()))
    found = {graph.edges[edge]["relation"]: graph.edges[edge] for edge in edges}
    return [
        {"name": name, "de": d["label"], "en": d["label_en"], "symmetric": name in symmetric}
        for name, d in sorted(found.items())
    ]


def _legs(graph: nx.MultiDiGraph[str], edges: list[tuple[str, str, str]]) -> dict[str, list[int]]:
    """Of each statement of a projection what its two share, and which of the two it is about.

    Twice the number of what is shared, and one more for the second: the two are tied when a
    statement about each of them holds for the same thing.
    """
    if not any("shared" in graph.edges[edge] for edge in edges):
        return {}
    shared = _Pool[str]()
    found = []
    for a, b, key in edges:
        for s in graph.edges[a, b, key]["statements"]:
            ends = [s.get("subject"), s.get("object")]
            side = 0 if a in ends else 1
            (thing, *_) = [str(end) for end in ends if end not in (a, b)] or [""]
            found.append(2 * shared.number(thing) + side)
    return {"leg": found}


def _statement(statement: Mapping[str, Any], ends: tuple[str, str], known: Known) -> dict[str, Any]:
    """What the columns do not say of a statement.

    One that is about others than the two ends of its edge, as in a projection, says about whom.
    """
    found = _own(statement)
    if text := known.texts.get(str(statement.get("source"))):
        found["evidence"] = [_in_text(e, text) for e in statement["evidence"]]
    if "subject" in statement and (statement["subject"], statement["object"]) != ends:
        relation = str(statement["relation"])
        name = known.relations.get(relation, {})
        found["says"] = {
            "subject": statement["subject_label"],
            "de": name.get("de", relation),
            "en": name.get("en", relation),
            "object": statement["object_label"],
        }
    return found


def _in_text(evidence: Mapping[str, Any], text: str) -> dict[str, Any]:
    """A passage with what stands before and after it."""
    if "quote" not in evidence or "start" not in evidence:
        return dict(evidence)
    before, after = around(text, evidence["start"], evidence["end"])
    return {**evidence, "before": before, "after": after}


def _own(statement: Mapping[str, Any]) -> dict[str, Any]:
    usual = {"certainty": "stated", "support": "quoted", "modality": "asserted"}
    return {
        key: value
        for key, value in statement.items()
        if key not in _KNOWN and value is not None and usual.get(key) != value
    }


def _source(values: tuple[str | None, ...], citations: Mapping[str, str]) -> dict[str, str]:
    found = dict(zip(_SOURCE, values, strict=True))
    found["citation"] = citations.get(found["source"] or "")
    return {
        key: value for key, value in found.items() if value is not None and key != "source_title"
    }
