"""Which entities the names in a table mean: nothing is guessed, unknown ones have candidates."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from kg.curated import is_id
from kg.iris import ENT, expand
from kg.model import Corpus, Name
from kg.reading import label_of
from kg.search import Hit, fold, nearest

_LONGEST_ID = 60
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "&": " und ", "+": " plus "})
_REGISTERED = re.compile(r"\be\. ?V\.?(?!\w)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as a row uses it, with what the row says of the entity."""

    name: str
    role: str
    path: str
    line: int
    label: str = ""
    type: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What is the same for all spellings that count as one."""
        return fold(self.name) or self.name


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that no entity has, or that several have; for a person to decide."""

    name: str
    rows: int
    type: str
    roles: tuple[str, ...]
    several: bool
    candidates: tuple[Hit, ...]
    mentions: tuple[Mention, ...] = field(repr=False)


class Book:
    """The entities of a corpus by all their names."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._by_name: dict[str, set[str]] = {}
        self._spelled: dict[str, set[str]] = {}
        self._named: list[tuple[str, Hit]] = []
        for entity in corpus.entities.values():
            for name in (*entity.labels, *entity.aliases):
                folded = fold(name.text)
                self._by_name.setdefault(folded, set()).add(entity.id)
                self._spelled.setdefault(name.text.casefold(), set()).add(entity.id)
                hit = Hit(entity.id, label_of(entity), entity.type, name.text, 0)
                self._named.append((folded, hit))

    def find(self, text: str) -> tuple[str, ...]:
        """The ids that ``text`` (id, IRI or any name) may mean; names merged into one count once.

        A merged name stays the one it is, since a statement keeps what its source wrote.
        """
        iri = expand(text)
        wanted = iri.removeprefix(ENT) if iri and iri.startswith(ENT) else text
        if wanted in self._corpus.entities:
            return (wanted,)
        found = self._by_name.get(fold(wanted), set()) if fold(wanted) else set()
        if len(found) > 1:  # as in kg.search: what is spelled so goes before what only sounds alike
            found = self._spelled.get(wanted.casefold(), found)
        kept = {self._corpus.canonical[i] for i in found}
        if len(found) > 1 and len(kept) == 1:
            return (min(found, key=lambda i: (i not in kept, i)),)
        return tuple(sorted(found))

    def has_name(self, entity: str, text: str) -> bool:
        """Whether an entity is called so already, but for spelling."""
        return entity in self._by_name.get(fold(text), ())

    def candidates(self, mentions: Collection[Mention], limit: int = 3) -> tuple[Hit, ...]:
        """The entities whose names are nearest to any name that the rows give."""
        texts = {t for m in mentions for t in (m.name, m.label, *m.aliases) if t}
        hits = [h for t in sorted(texts) for h in nearest(self._named, t, limit=limit)]
        best: dict[str, Hit] = {}
        for hit in sorted(hits, key=lambda h: (-h.score, len(h.name), h.id)):
            best.setdefault(hit.id, hit)
        return tuple(best.values())[:limit]


def unknown_names(mentions: Iterable[Mention], book: Book) -> list[Unknown]:
    """The names that do not mean exactly one entity, those of most rows first.

    A name that the table gives as another name of exactly one of them goes with that one.
    """
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        if len(book.find(mention.name)) != 1:
            groups.setdefault(mention.key, []).append(mention)
    owners: dict[str, set[str]] = {}
    for key, group in groups.items():
        for alias in {fold(a) for m in group for a in (m.label, *m.aliases)} - {key, ""}:
            owners.setdefault(alias, set()).add(key)
    for alias, keys in owners.items():
        owner = next(iter(keys))
        if len(keys) == 1 and alias in groups and owner in groups and owner not in owners:
            groups[owner] += groups.pop(alias)
    unknown = (_unknown(group, book) for group in groups.values())
    return sorted(unknown, key=lambda u: (-u.rows, u.name))


def _unknown(group: list[Mention], book: Book) -> Unknown:
    first = group[0]
    several = book.find(first.name)
    candidates = book.candidates(group)
    if several:
        candidates = tuple(h for h in book.candidates(group, 20) if h.id in several)
    types = Counter(m.type for m in group if m.type)
    return Unknown(
        name=first.name,
        rows=len({(m.path, m.line) for m in group}),
        type=types.most_common(1)[0][0] if types else "",
        roles=tuple(sorted({m.role for m in group})),
        several=bool(several),
        candidates=candidates,
        mentions=tuple(group),
    )


def new_names(unknown: Unknown) -> tuple[str, tuple[Name, ...]]:
    """Label and aliases of a new entity: all that the table calls it."""
    texts = [m.label for m in unknown.mentions if m.label]
    named = [m.name for m in unknown.mentions]
    label = (texts or named)[0]
    if is_id(unknown.name) and texts:  # the name is an id, and the label is its name
        named = [n for n in named if n != unknown.name]
    others = [*texts, *named, *(a for m in unknown.mentions for a in m.aliases)]
    return label, tuple(Name(t) for t in dict.fromkeys(others) if t != label)


def new_id(name: str, taken: Collection[str]) -> str:
    """An id made from a name, unlike all that are taken.

    >>> new_id("Verein & Straße Köln e.V.", {"verein-und-strasse-koeln"})
    'verein-und-strasse-koeln-2'
    """
    base = slug(_REGISTERED.sub("", name), _LONGEST_ID)
    base = base or "e-" + hashlib.sha256(name.encode()).hexdigest()[:8]
    number, found = 2, base
    while found in taken:
        found = f"{base}-{number}"
        number += 1
    return found


def slug(text: str, longest: int) -> str:
    """Small letters, digits and single hyphens, as German spells umlauts; cut between words."""
    spelt = unicodedata.normalize("NFC", text).lower().translate(_SPELT)
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", plain.replace("'", ""))
    result = ""
    for word in words:
        longer = f"{result}-{word}" if result else word[:longest]
        if len(longer) > longest:
            break
        result = longer
    return result
