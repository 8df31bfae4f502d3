"""The two sides of what a word tells: by which classes and phrases they are found in a clause."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.defaults import BODY, UNDERTAKING
from kg.extraction.frames import is_a
from kg.extraction.groups import Group
from kg.extraction.mentions import Mention
from kg.extraction.predicates import other_predicate

_PLACES = frozenset(("City", "Region", "Place", "Building", "Country"))


_CLASSES = {
    "H": frozenset(("Building",)),
    "V": frozenset(("PublicBody",)),
    "P": frozenset(("Person",)),
    "O": BODY,
    "J": UNDERTAKING,
    "S": BODY | UNDERTAKING | {"Fund"},
    "L": _PLACES,
    "G": frozenset(("Agreement",)),
    "M": BODY | {"Fund", "Region"},
    "C": frozenset(("Association", "Company", "NonProfitCompany", "Organisation", "Project")),
    "B": frozenset(("Association", "Company", "NonProfitCompany", "Organisation", "University", "ResearchInstitute",
                    "PublicBody", "Project")),
}  # fmt: skip
"""Classes by letter: persons, bodies, undertakings, structures, places, agreements, who gives money,
what has members, what a person may head."""


_WITHIN = 60
"""Characters between the words and a genitive that belongs to them."""


@dataclass(frozen=True)
class Side:
    """Which phrases may be one side: classes, and prepositions or ``nom``, ``acc``, ``dat``, ``gen``.

    ``default`` is what stands for it where the clause names none: ``project``, ``body``, ``person``
    of the text, or nothing.
    """

    classes: frozenset[str]
    ways: tuple[str, ...]
    default: str = ""

    @classmethod
    def of(cls, text: str) -> Side:
        """A side as the data write it: letters of classes, ways, and after "=" the default."""
        rest, _, default = text.partition("=")
        letters, *ways = rest.split()
        classes = frozenset[str]().union(*(_CLASSES[x] for x in letters))
        return cls(classes, tuple(ways) or ("nom",), default.strip())

    def takes(self, mention: Mention) -> bool:
        """Whether a mention is of one of the classes; a federal state may give money."""
        if (
            mention.types[:1] == ("Region",)
            and "Region" in self.classes
            and "City" not in self.classes
        ):
            return "PublicBody" in mention.types
        return is_a(mention, self.classes)


def all_of(group: Group, side: Side, groups: list[Group]) -> list[Mention]:
    """The mentions of a phrase, with those of "A aus dem X und B aus dem Y"."""
    if "next" in side.ways:
        return group.mentions[:1]
    found, place = list(group.mentions), groups.index(group)
    for later, between in ((place, place - 1), (place + 2, place + 1)):
        if 1 <= between < len(groups) - 1 and groups[between].prep in _OF_ORIGIN and (
            groups[later].before.endswith((" und", " sowie", ","))
        ):  # fmt: skip
            other = groups[between - 1 if later == place else later]
            found += [
                m
                for m in other.mentions
                if side.takes(m) and m.types == group.mentions[0].types and other.bare
            ]
    return found


_STOOD_FOR = re.compile(
    r"\b(?:Vertreter\w*|Projektträgers?|Gästen?|Beschäftigten?|Studierenden?|Fachleuten?|Delegation|Abordnung)(?: (?:des|der|von|vom|aus))?\Z"
)
"""Who is there for a body, which itself is not said to act."""


_OF_ORIGIN = ("aus", "von", "vom", "in", "im", "für")


def found(side: Side, match: re.Match[str], groups: list[Group], taken: Group | None) -> Group | None:  # fmt: skip
    """The phrase for a side that is nearest to the words."""
    fits = [g for g in groups if g is not taken and side.takes(g.mentions[0]) and fits_side(g, side, match)]  # fmt: skip
    if not fits:
        return None
    sure = "dat" in side.ways or side.ways == ("acc",)
    return min(
        fits, key=lambda g: (_order(g, side, match), sure and "n" in g.cases, _distance(g, match))
    )


def _order(group: Group, side: Side, match: re.Match[str]) -> int:
    """Ways count in the order in which they are written, cases as one."""
    place, way = next((i, w) for i, w in enumerate(side.ways) if _by_way(group, w, match))
    if way in _CASES:
        return next(i for i, w in enumerate(side.ways) if w in _CASES)
    return place


_CASES = ("nom", "acc", "dat")


def _distance(group: Group, match: re.Match[str]) -> int:
    if group.start >= match.end():
        return group.start - match.end()
    return max(0, match.start() - group.end)


def fits_side(group: Group, side: Side, match: re.Match[str]) -> bool:
    """Whether a phrase is found in one of the ways of a side."""
    return any(_by_way(group, way, match) for way in side.ways)


def _by_way(group: Group, way: str, match: re.Match[str]) -> bool:
    if way == "nom":
        return group.bare and "n" in group.cases and not _STOOD_FOR.search(group.before)
    if way == "acc":
        return group.bare and "a" in group.cases
    if way == "dat":
        return not group.prep and "d" in group.cases
    if way == "gen":
        near = 0 <= group.start - match.end() <= _WITHIN
        return near and (group.attribute or group.prep in ("von", "vom") or (not group.prep and "g" in group.cases))  # fmt: skip
    if way == "next":  # an adjective of its own
        return group.start <= match.start() and match.end() <= group.end
    if way == "after":
        return group.bare and 0 <= group.start - match.end() <= _WITHIN
    if way in ("von", "vom", "durch") and other_predicate(match.string, group, match):
        return False
    return group.prep == way
