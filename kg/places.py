"""Where entities lie: seat, federal state and position, from what is stated and what follows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kg.infer import Triple, inferred_triples
from kg.model import Corpus
from kg.ontology import Ontology
from kg.reading import label_of

STATES = frozenset({
    "Baden-Württemberg", "Bayern", "Berlin", "Brandenburg", "Bremen", "Hamburg", "Hessen",
    "Mecklenburg-Vorpommern", "Niedersachsen", "Nordrhein-Westfalen", "Rheinland-Pfalz",
    "Saarland", "Sachsen", "Sachsen-Anhalt", "Schleswig-Holstein", "Thüringen",
})  # fmt: skip
"""The federal states as the preamble of the Grundgesetz names them; a place of that label is one.

Labels and not ids, because ids are the data's own; a rule by hierarchy would fail for the city
states and for regions above the states.
"""

_LIES_IN, _POSITION = "locatedIn", "hasPosition"
_GEO = re.compile(r"geo:(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)(?:[,;].*)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an entity lies: ``places`` are its nearest ones by id, ``place`` the first of them.

    ``state`` is the id of the federal state, ``position`` latitude and longitude (WGS 84) of the
    entity or, where it has none of its own, of the nearest place around it that has one.
    """

    places: tuple[str, ...] = ()
    state: str | None = None
    position: tuple[float, float] | None = None

    @property
    def place(self) -> str | None:
        """The first of the places."""
        return self.places[0] if self.places else None


@dataclass(frozen=True)
class Atlas:
    """What lies in what, by canonical ids; made by ``read_atlas``."""

    stated: Mapping[str, frozenset[str]]
    within: Mapping[str, frozenset[str]]
    states: frozenset[str]
    positions: Mapping[str, tuple[float, float]]

    def around(self, entity: str) -> frozenset[str]:
        """Every place that an entity lies in, near or far."""
        return self.within.get(entity, frozenset())

    def lies_in(self, entity: str, places: Collection[str]) -> bool:
        """Whether an entity is one of these places or lies in one of them."""
        return entity in places or not self.around(entity).isdisjoint(places)

    def seat(self, entity: str) -> Seat:
        """Where an entity lies; an empty seat where nothing says so."""
        given = self.stated.get(entity, frozenset())
        nearest = tuple(sorted(p for p in given if not any(p in self.around(o) for o in given)))
        outwards = [entity, *nearest, *self._outwards(self.around(entity) - set(nearest))]
        return Seat(
            nearest,
            next((p for p in (entity, *self._with_around(nearest)) if p in self.states), None),
            next((self.positions[p] for p in outwards if p in self.positions), None),
        )

    def _with_around(self, places: Iterable[str]) -> list[str]:
        return [p for place in places for p in (place, *sorted(self.around(place)))]

    def _outwards(self, places: Iterable[str]) -> list[str]:
        return sorted(places, key=lambda p: (-len(self.around(p)), p))


def read_atlas(corpus: Corpus, ontology: Ontology) -> Atlas:
    """What lies in what by the asserted statements of a corpus and their transitive closure."""
    direct: set[Triple] = set()
    positions: dict[str, tuple[float, float]] = {}
    for statement in corpus.statements():
        if statement.modality != "asserted":
            continue
        subject = corpus.canonical.get(statement.subject, statement.subject)
        names = {statement.relation, *ontology.relations_implied_by(statement.relation)}
        if _LIES_IN in names:
            object_ = corpus.canonical.get(statement.object, statement.object)
            direct.add((subject, _LIES_IN, object_))
        elif statement.relation == _POSITION and (where := position(statement.object)):
            positions.setdefault(subject, where)
    stated, within = defaultdict(set), defaultdict(set)
    for subject, _, object_ in direct:
        stated[subject].add(object_)
    for subject, name, object_ in direct | inferred_triples(direct, ontology):
        if name == _LIES_IN:
            within[subject].add(object_)
    return Atlas(_frozen(stated), _frozen(within), _states(corpus, ontology), positions)


def _frozen(found: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(values - {key}) for key, values in found.items()}


def _states(corpus: Corpus, ontology: Ontology) -> frozenset[str]:
    return frozenset(
        corpus.canonical[i]
        for i, entity in corpus.entities.items()
        if label_of(entity) in STATES and ontology.is_a(entity.type, "Place")
    )


def position(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of a ``geo:`` URI (RFC 5870, WGS 84), None where it is none.

    >>> position("geo:51.34,12.37;u=1000")
    (51.34, 12.37)
    >>> position("geo:99,12")
    """
    match = _GEO.match(text)
    if not match:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
