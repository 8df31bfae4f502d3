"""A second one of a kind in another town: "Auch Neuwald bekommt ein solches Zentrum"."""

from __future__ import annotations

import re

from kg.extraction.mentions import Mention
from kg.extraction.referring import referred
from kg.extraction.salience import Salience

_ANOTHER = re.compile(
    r"\b[Ee]in(?:e[nmr]?)? (?:solche[nsr]?|weitere[nsrm]?|zweite[nsrm]?|ähnliche[nsrm]?|vergleichbare[nsrm]?) \Z"
)
_UNDERTAKEN = frozenset(("Project", "Programme", "ResearchInstitute", "Organisation"))


def twin(
    noun: str, start: int, end: int, mentions: list[Mention], seen: Salience
) -> Mention | None:
    """The name of another of a kind, made of that of the first and its town; the first gets its own.

    >>> text = "In Gera hilft das Holzzentrum Kiefer. Auch Jena bekommt ein solches Zentrum."
    >>> def named(name: str, *types: str) -> Mention:
    ...     at = text.index(name)
    ...     return Mention(at, at + len(name), name, types, "form", head="holzzentrum")
    >>> found = [named("Gera", "City"), named("Holzzentrum Kiefer", "Project"), named("Jena", "City")]
    >>> other = twin("zentrum", text.index("Zentrum."), len(text) - 1, found, Salience(text, [0, 38], found))
    >>> other.name, found[1].name
    ('Holzzentrum Kiefer Jena', 'Holzzentrum Kiefer Gera')
    """
    text = seen.text
    if not _ANOTHER.search(text, max(0, start - 40), start):
        return None
    town = _town_near(mentions, start, seen)
    first = referred(noun, start, end, mentions, seen)
    if town is None or first is None or first.types[0] not in _UNDERTAKEN:
        return None
    base = first.name
    same = [m for m in mentions if m.name == base]
    own = _town_near(mentions, same[0].start, seen)
    for name in {m.name for m in mentions if m.types[:1] == ("City",)}:
        base = base.removesuffix(f" {name}")
    if own and base == first.name and own.name != town.name and not first.id:
        seen.rename(base, f"{base} {own.name}")
    name = f"{base} {town.name}"
    if name == first.name:
        return None
    return Mention(
        start, end, name, first.types, "form", head=first.head, within=("locatedIn", town)
    )


def _town_near(mentions: list[Mention], place: int, seen: Salience) -> Mention | None:
    """The only town that the sentence of a place names."""
    low, high = seen.sentence_of(place)
    towns = {m.name: m for m in mentions if low <= m.start < high and m.types[:1] == ("City",)}
    return next(iter(towns.values())) if len(towns) == 1 else None
