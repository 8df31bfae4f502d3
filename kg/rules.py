"""The rules of projection and of its weights, a row each: see ``kg.projection``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.network import CONNECTING


@dataclass(frozen=True, slots=True)
class Rule:
    """How a network is made.

    Args:
        name: as it is typed.
        what: what its nodes and edges are.
        first: the classes of its nodes, of a two-mode network those of the first kind.
        second: the classes of the other kind, or of what is shared; none for the actor network.
        relations: those that count (with those below them); none means all between the two kinds.
        label: the name of a tie in German and English; only of a one-mode projection.
    """

    name: str
    what: str
    first: tuple[str, ...]
    second: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    label: tuple[str, str] | None = None


_BOARD = ("chairedBy", "memberOfBoard")
_FUNCTION = (*_BOARD, "managedBy", "headOf", "spokespersonOf", "represents", "memberOf")
_CARRY = ("operates", "leadsConsortium", "partnerIn", "coordinates")
_MEET = ("participatedIn", "signed")

RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            "actors",
            "actors, projects, programmes, funds, agreements and events, and every "
            "relation between them; the default",
            CONNECTING,
        ),
        Rule(
            "actors-projects",
            "two-mode: actors and the projects and programmes they have to do with",
            ("Actor",),
            ("Undertaking",),
        ),
        Rule(
            "actors-events",
            "two-mode: actors and the events they were at or that they host",
            ("Actor",),
            ("Event",),
        ),
        Rule(
            "actors-agreements",
            "two-mode: actors and the agreements they signed",
            ("Actor",),
            ("Agreement",),
        ),
        Rule(
            "persons-organisations",
            "two-mode: persons and the organisations they serve",
            ("Person",),
            ("Organisation",),
        ),
        Rule(
            "shared-projects",
            "organisations tied by projects and programmes that both carry, lead, "
            "coordinate or are partners in",
            ("Organisation",),
            ("Undertaking",),
            _CARRY,
            ("gemeinsame Vorhaben", "shared projects"),
        ),
        Rule(
            "shared-funders",
            "organisations, projects and programmes tied by who funds both",
            ("Structure",),
            ("Funder",),
            ("funds",),
            ("gemeinsame Geldgeber", "shared funders"),
        ),
        Rule(
            "shared-boards",
            "organisations tied by persons on the boards of both (interlocking directorates)",
            ("Organisation",),
            ("Person",),
            _BOARD,
            ("gemeinsame Vorstände", "shared boards"),
        ),
        Rule(
            "shared-persons",
            "organisations tied by persons with a function in both",
            ("Organisation",),
            ("Person",),
            _FUNCTION,
            ("gemeinsame Personen", "shared persons"),
        ),
        Rule(
            "shared-memberships",
            "actors tied by associations that both are members of",
            ("Actor",),
            ("Organisation",),
            ("memberOf",),
            ("gemeinsame Mitgliedschaften", "shared memberships"),
        ),
        Rule(
            "shared-events",
            "actors tied by events they both attended and agreements they both signed",
            ("Actor",),
            ("Event", "Agreement"),
            _MEET,
            ("gemeinsame Ereignisse", "shared events"),
        ),
        Rule(
            "shared-organisations",
            "persons tied by organisations that both have a function in",
            ("Person",),
            ("Organisation",),
            _FUNCTION,
            ("gemeinsame Organisationen", "shared organisations"),
        ),
    )
}
"""All rules by name."""

NORMALISATIONS: Mapping[str, str] = {
    "count": "how many they share",
    "jaccard": "how many they share of all that either has (Jaccard 1901)",
    "newman": "1/(n-1) summed over what they share, n being how many share it (Newman 2001)",
}
"""How the ties of a one-mode projection are weighted.

P. Jaccard, Étude comparative de la distribution florale, 1901. M. E. J. Newman, Scientific
collaboration networks II, Physical Review E 64, 016132, 2001.
"""
