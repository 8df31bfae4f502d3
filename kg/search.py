"""Finding entities by any of their names, tolerant of umlauts, case and small slips."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from kg.answers import Store
from kg.errors import UnknownName
from kg.iris import AKT, ENT, expand
from kg.sparql import literal_term
from kg.store import EmbeddedStore

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
  ?entity a akt:Entity ; skos:prefLabel ?label . FILTER(LANG(?label) = "de")
  ?entity a ?type .
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


# What an opened store of ours holds never changes, so its names are read once.
_KNOWN: WeakKeyDictionary[EmbeddedStore, list[Hit]] = WeakKeyDictionary()
_MERGED: WeakKeyDictionary[EmbeddedStore, dict[str, str]] = WeakKeyDictionary()


def names(store: Store) -> list[Hit]:
    """Every name of every entity, as a hit without score."""
    if not isinstance(store, EmbeddedStore):
        return _read_names(store)
    if (known := _KNOWN.get(store)) is None:
        known = _KNOWN[store] = _read_names(store)
    return known


def _read_names(store: Store) -> list[Hit]:
    described = {
        str(entity): (str(label), str(type_).removeprefix(AKT))
        for entity, label, type_ in store.query(_DESCRIBED).rows()
    }
    pairs = sorted({(str(e), str(name)) for e, name in store.query(_NAMES).rows()})
    return [Hit(e.removeprefix(ENT), *described[e], name, 0) for e, name in pairs if e in described]


def search(store: Store, text: str, *, limit: int = 10) -> list[Hit]:
    """The entities whose names are nearest to ``text``, best first, each once."""
    if not fold(text):
        return []
    return nearest([(fold(hit.name), hit) for hit in names(store)], text, limit=limit)


def nearest(named: Iterable[tuple[str, Hit]], text: str, *, limit: int) -> list[Hit]:
    """The nearest of hits given by their folded names; scores and order as in ``search``."""
    wanted = fold(text)
    if not wanted:
        return []
    best: dict[str, Hit] = {}
    for folded, hit in named:
        score = max(likeness(wanted, folded), 100 if hit.id == text else 0)
        if score >= _LEAST_SCORE and (hit.id not in best or score > best[hit.id].score):
            best[hit.id] = Hit(hit.id, hit.label, hit.type, hit.name, score)
    return sorted(best.values(), key=lambda h: (-h.score, len(h.name), h.id))[:limit]


def likeness(wanted: str, name: str) -> int:
    """How alike two folded names are: 100 if the same, 95 to 85 for beginnings and words of it."""
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
    if into := merged(store).get(wanted):
        return into
    if _ID.match(wanted) and store.query(f"ASK {{ <{ENT}{wanted}> a akt:Entity }}"):
        return wanted
    if len(spelled_so := _called(store, wanted)) == 1:
        return spelled_so[0]
    known, folded = names(store), fold(wanted)
    exact = {h.id: h for h in known if fold(h.name) == folded} if folded else {}
    if len(exact) > 1:  # ESF, not ESF+: what is spelled alike goes before what only sounds alike
        spelled = {i: h for i, h in exact.items() if _is_spelled(wanted, i, known)}
        exact = spelled or exact
    if len(exact) == 1:
        return next(iter(exact))
    if exact:
        choices = ", ".join(f"{h.id} ({h.label})" for h in exact.values())
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


def _is_spelled(text: str, entity: str, known: list[Hit]) -> bool:
    return any(h.id == entity and h.name.casefold() == text.casefold() for h in known)


def merged(store: Store) -> dict[str, str]:
    """The ids that were merged into others, with these."""
    if not isinstance(store, EmbeddedStore):
        return _read_merged(store)
    if (known := _MERGED.get(store)) is None:
        known = _MERGED[store] = _read_merged(store)
    return known


def _read_merged(store: Store) -> dict[str, str]:
    rows = store.select("SELECT ?name ?into WHERE { ?name akt:mergedInto ?into }")
    return {str(r["name"]).removeprefix(ENT): str(r["into"]).removeprefix(ENT) for r in rows}
