"""Matching of names against the graph for the Reconciliation Service API, scored and explained.

Meaning of queries, candidates and features: https://reconciliation-api.github.io/specs/0.2/.
Nothing is guessed: a candidate is a ``match`` only if it alone bears that very name (but for
spelling), and nothing that was asked of it fails.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from kg.answers import Iri, Store
from kg.iris import AKT, ENT, expand
from kg.ontology import Term
from kg.reading import read_store_ontology
from kg.search import Hit, fold, likeness, merged, names, nearest

Candidate = dict[str, Any]
MOST = 100
"""Candidates, suggestions or batched queries at most."""
_NAME_SHARE = 70
_WRONG_TYPE = 0.8

_SAID = """SELECT ?subject ?relation ?object ?label WHERE {
  ?subject a akt:Entity ; ?relation ?object . FILTER(STRSTARTS(STR(?relation), STR(akt:)))
  OPTIONAL { ?object skos:prefLabel ?label FILTER(LANG(?label) = "de") }
} ORDER BY ?subject ?relation ?object"""


class Reconciler:
    """The names, classes and relations of a graph, read once."""

    def __init__(self, store: Store) -> None:
        self._ontology = read_store_ontology(store)
        self._names = [(fold(hit.name), hit) for hit in names(store)]
        self._merged = merged(store)
        self._entities = {hit.id: hit for _, hit in self._names}
        self._values: dict[tuple[str, str], list[tuple[str | None, str]]] = defaultdict(list)
        for row in store.select(_SAID):
            relation = str(row["relation"]).removeprefix(AKT)
            if relation in self._ontology.relations:
                object_ = row["object"]
                id_ = str(object_).removeprefix(ENT) if isinstance(object_, Iri) else None
                key = str(row["subject"]).removeprefix(ENT), relation
                self._values[key].append((id_, str(row["label"] or object_)))

    def match(self, query: Mapping[str, Any]) -> list[Candidate]:
        """The candidates for one query, best first.

        Args:
            query: as the API has it, its types and kinds of values checked before.
        """
        text, limit = str(query.get("query", "")), int(query.get("limit") or 5)
        asked = [(p["pid"], _listed(p["v"])) for p in query.get("properties", ())]
        types = [t.removeprefix(AKT) for t in _listed(query.get("type") or [])]
        strict = query.get("type_strict")
        found: list[tuple[float, bool, Hit, list[Candidate]]] = []
        hits = self._hits(text) if text else self._having(asked)
        for hit in hits:
            of_type = [self._ontology.is_a(hit.type, t) for t in types]
            fits = not types or (all(of_type) if strict == "all" else any(of_type))
            if fits or strict not in ("any", "all"):
                found.append(self._scored(hit, fits, asked, types))
        found.sort(key=lambda f: (-f[0], f[2].id))
        sure = [f for f in found if f[1] and text]
        return [
            self._candidate(hit)
            | {"score": score, "features": features, "match": certain and len(sure) == 1}
            for score, certain, hit, features in found[: max(0, min(limit, MOST))]
        ]

    def _hits(self, text: str) -> list[Hit]:
        iri = expand(text)
        id_ = iri.removeprefix(ENT) if iri and iri.startswith(ENT) else text
        if known := self._entities.get(self._merged.get(id_, id_)):
            return [Hit(known.id, known.label, known.type, known.name, 100)]
        return nearest(self._names, text, limit=MOST)

    def _having(self, asked: Sequence[tuple[str, list[Any]]]) -> list[Hit]:
        """Without a name: all that have a value alike for one of the properties."""
        ids = sorted(
            {
                id_
                for id_, relation in self._values
                for pid, wanted in asked
                if relation == pid.removeprefix(AKT) and self._agreement(id_, pid, wanted) == 100
            }
        )
        hits = (self._entities[i] for i in ids if i in self._entities)
        return [Hit(h.id, h.label, h.type, h.label, 0) for h in hits]

    def _scored(
        self, hit: Hit, fits: bool, asked: Sequence[tuple[str, list[Any]]], types: Sequence[str]
    ) -> tuple[float, bool, Hit, list[Candidate]]:
        agreements = [self._agreement(hit.id, pid, wanted) for pid, wanted in asked]
        score = float(hit.score)
        if asked:
            share = _NAME_SHARE if hit.score else 0
            score = (score * share + sum(agreements) / len(asked) * (100 - share)) / 100
        features = [{"id": "name", "value": hit.score}]
        features += [{"id": "type", "value": fits}] if types else []
        features += [
            {"id": pid, "value": value} for (pid, _), value in zip(asked, agreements, strict=True)
        ]
        certain = hit.score == 100 and fits and all(a == 100 for a in agreements)
        return round(score * (1 if fits else _WRONG_TYPE), 1), certain, hit, features

    def _agreement(self, entity: str, pid: str, wanted: Sequence[Any]) -> int:
        """How alike (0 to 100) a wanted value and one that the graph has are at best."""
        known = self._values.get((entity, pid.removeprefix(AKT)), ())
        return max((_alike(w, k) for w in wanted for k in known), default=0)

    def _candidate(self, hit: Hit) -> Candidate:
        said = f"„{hit.name}“" if hit.name != hit.label else ""
        return {
            "id": hit.id,
            "name": hit.label,
            "type": [self._type(hit.type)],
            **({"description": said} if said else {}),
        }

    def _type(self, name: str) -> Candidate:
        term = self._ontology.classes.get(name)
        return {"id": name, "name": _label(term) if term else name}

    def suggest(self, kind: str, prefix: str, cursor: int) -> list[Candidate]:
        """Entities, types or properties that begin like ``prefix``, ten from ``cursor`` on."""
        if kind == "entity":
            hits = self._hits(prefix)
            return [
                {
                    "id": h.id,
                    "name": h.label,
                    "notable": [self._type(h.type)],
                    "description": h.name,
                }
                for h in hits[cursor : cursor + 10]
            ]
        found = self.terms(kind)
        wanted = fold(prefix)
        near = [t for t in found if not wanted
                or any(wanted in fold(text) for text in (t.name, *t.labels.values()))]  # fmt: skip
        return [
            {"id": t.name, "name": _label(t), "description": t.definitions.get("de", "")}
            for t in near[cursor : cursor + 10]
        ]

    def terms(self, kind: str) -> list[Term]:
        """The classes that an entity may have, or the relations, by name."""
        known: Mapping[str, Term] = self._ontology.relations
        if kind == "type":
            known = {c: self._ontology.classes[c] for c in self._ontology.entity_classes}
        return [known[name] for name in sorted(known)]

    def extend(self, ids: Sequence[str], properties: Sequence[str]) -> dict[str, Any]:
        """What the graph says of entities by these relations; unknown ones say nothing."""
        relations = self._ontology.relations
        meta = [{"id": p, "name": _label(relations[p]) if p in relations else p}
                | ({"type": self._type(relations[p].range)}
                   if p in relations and not relations[p].has_literal else {})
                for p in properties]  # fmt: skip
        rows = {
            id_: {
                p: [
                    {"str": text} if other is None else {"id": other, "name": text}
                    for other, text in self._values.get((id_, p), ())
                ]
                for p in properties
            }
            for id_ in ids
        }
        return {"meta": meta, "rows": rows}


def _label(term: Term) -> str:
    return term.labels.get("de", term.name)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _alike(wanted: Any, known: tuple[str | None, str]) -> int:
    id_, text = known
    if isinstance(wanted, dict):
        return 100 if id_ is not None and wanted.get("id") in (id_, ENT + id_) else 0
    folded = fold(str(wanted))
    if id_ is None:  # a literal: a year agrees with a day in it
        return 100 if folded and fold(text).startswith(folded) else 0
    return likeness(folded, fold(text)) if folded else 0
