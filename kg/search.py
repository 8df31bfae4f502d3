"""Finding entities by any of their names, tolerant of umlauts, case and small slips."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import UnknownName
from kg.iris import AKT, ENT, expand
from kg.sparql import literal_term
from kg.store import Store

_LEAST_SCORE = 75
_ID = re.compile(r"[a-z0-9-]+\Z")
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity found: the name that matched, and how well (0 to 100, 100 is that very name)."""

    id: str
    label: str
    type: str
    name: str
    score: int


def fold(name: str) -> str:
    """A name as it is compared: small letters, umlauts and their spellings alike, no marks.

    >>> fold("Universität") == fold("Universitaet") == fold("UNIVERSITAT")
    True
    """
    text = unicodedata.normalize("NFC", name).casefold().translate(_DIGRAPHS)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    for digraph in ("ae", "oe", "ue"):
        text = text.replace(digraph, digraph[0])
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


_NAMES = """
SELECT ?entity ?name WHERE {
  { ?entity skos:prefLabel ?name } UNION { ?entity skos:altLabel ?name }
  ?entity a akt:Entity .
}"""
_DESCRIBED = """
SELECT ?entity ?label ?type WHERE {
  VALUES ?entity { %s }
  ?entity skos:prefLabel ?label ; a ?type . FILTER(LANG(?label) = "de")
  MINUS { GRAPH <https://w3id.org/akteursnetz/inferred> { ?entity a ?type } }
}"""
_CALLED = """
SELECT DISTINCT ?entity WHERE {
  VALUES ?name { %s }
  { ?entity skos:prefLabel ?name } UNION { ?entity skos:altLabel ?name }
  ?entity a akt:Entity .
}"""
_LANGUAGES = ("de", "en")
"""In which a name is looked up as it is spelled, before all names are gone through."""


def _names(store: Store) -> list[Hit]:
    """Every name, in one order; label and class of what is found come later (``_described``)."""
    rows = store.query(_NAMES).rows()
    pairs = sorted({(str(entity).removeprefix(ENT), str(name)) for entity, name in rows})
    return [Hit(entity, "", "", name, 0) for entity, name in pairs]


def _described(store: Store, hits: list[Hit]) -> list[Hit]:
    """Hits with label and class."""
    wanted = " ".join(sorted({f"<{ENT}{hit.id}>" for hit in hits}))
    found = {
        str(r["entity"]).removeprefix(ENT): (str(r["label"]), str(r["type"]).removeprefix(AKT))
        for r in store.select(_DESCRIBED % wanted)
    }
    return [Hit(h.id, *found.get(h.id, (h.id, "")), h.name, h.score) for h in hits]


def search(store: Store, text: str, *, limit: int = 10) -> list[Hit]:
    """The entities whose names are nearest to ``text``, best first, each once."""
    if not fold(text):
        return []
    named = ((fold(hit.name), hit) for hit in _names(store))
    return _described(store, nearest(named, text, limit=limit))


def nearest(named: Iterable[tuple[str, Hit]], text: str, *, limit: int) -> list[Hit]:
    """The nearest of hits given by their folded names; scores and order as in ``search``."""
    wanted = fold(text)
    if not wanted:
        return []
    best: dict[str, Hit] = {}
    for folded, hit in named:
        score = max(_score(wanted, folded), 100 if hit.id == text else 0)
        if score >= _LEAST_SCORE and (hit.id not in best or score > best[hit.id].score):
            best[hit.id] = Hit(hit.id, hit.label, hit.type, hit.name, score)
    return sorted(best.values(), key=lambda h: (-h.score, len(h.name), h.id))[:limit]


def _score(wanted: str, name: str) -> int:
    """100 for the same name, 95 to 85 for its beginning or words of it, below by likeness."""
    if wanted == name:
        return 100
    if name.startswith(wanted + " "):
        return 95
    if name.startswith(wanted):
        return 92
    if f" {wanted} " in f" {name} ":
        return 90
    if f" {wanted}" in f" {name}" or (len(wanted) >= 4 and wanted in name):
        return 85
    from rapidfuzz import fuzz

    whole = fuzz.ratio(wanted, name)
    words = set(name.split())
    near = [max((fuzz.ratio(w, n) for n in words), default=0.0) for w in wanted.split()]
    return int(min(84.0, max(whole, min(near))))


def find_entity(store: Store, text: str) -> str:
    """The id of the one entity that ``text`` (id, IRI, prefixed name, or any name) means.

    Raises:
        UnknownName: no entity is called so, or several are.
    """
    iri = expand(text)
    wanted = iri.removeprefix(ENT) if iri and iri.startswith(ENT) else text
    if merged := _merged(store).get(wanted):
        return merged
    if _ID.match(wanted) and store.query(f"ASK {{ <{ENT}{wanted}> a akt:Entity }}"):
        return wanted
    if len(spelled_so := _called(store, wanted)) == 1:
        return spelled_so[0]
    names, folded = _names(store), fold(wanted)
    exact = {h.id: h for h in names if fold(h.name) == folded} if folded else {}
    if len(exact) > 1:  # ESF, not ESF+: what is spelled alike goes before what only sounds alike
        spelled = {i: h for i, h in exact.items() if _is_spelled(wanted, i, names)}
        exact = spelled or exact
    if len(exact) == 1:
        return next(iter(exact))
    if exact:
        called = _described(store, list(exact.values()))
        choices = ", ".join(f"{h.id} ({h.label})" for h in called)
        raise UnknownName(
            f"'{text}' is the name of several entities, say which by its id: {choices}"
        )
    near = search(store, text, limit=3)
    hint = " or ".join(f"{h.id} ({h.label})" for h in near)
    raise UnknownName(
        f"no entity is called '{text}', " + (f"did you mean {hint}?" if near else "try `kg search`")
    )


def _called(store: Store, name: str) -> list[str]:
    """The ids of the entities that have a name spelled exactly so."""
    terms = " ".join(literal_term(name, language=language) for language in _LANGUAGES)
    rows = store.query(_CALLED % terms).rows()
    return sorted(str(entity).removeprefix(ENT) for (entity,) in rows)


def _is_spelled(text: str, entity: str, names: list[Hit]) -> bool:
    return any(h.id == entity and h.name.casefold() == text.casefold() for h in names)


def _merged(store: Store) -> dict[str, str]:
    rows = store.select("SELECT ?name ?into WHERE { ?name akt:mergedInto ?into }")
    return {str(r["name"]).removeprefix(ENT): str(r["into"]).removeprefix(ENT) for r in rows}
