"""What a text is about: the body that it names most, and the project at a place of it."""

from __future__ import annotations

import bisect
import re

from kg.extraction.mentions import Mention
from kg.extraction.parties import PARTY
from kg.extraction.salience import named_weight, role_weight


def main_body(mentions: list[Mention], text: str, begin: int = 0) -> Mention | None:
    """The body that a text speaks of most, the first of them; ministries and towns only if no other.

    A body weighs more as what a sentence speaks of than in a list, after a preposition, or as that
    of a person who is named.
    """
    counts: dict[str, float] = {}
    first: dict[str, Mention] = {}
    for mention in mentions:
        if (
            mention.types
            and mention.types[0] in _MAIN
            and mention.head != PARTY
            and mention.kind in ("known", "form", "quote", "short")
        ):
            worth = ((mention.types[0] != "PublicBody") * 3 + 1) * named_weight(mention)
            counts.setdefault(mention.name, 0.0)
            counts[mention.name] += worth * (_EVER + role_weight(text, mention.start))
            if mention.name not in first:
                early = max(0.0, 1 - (mention.start - begin) / _OPENING)
                counts[mention.name] += early * _AT_FIRST * worth
            first.setdefault(mention.name, mention)
    return max(first.values(), key=lambda m: (counts[m.name], -m.start), default=None)


_OPENING, _AT_FIRST = 250, 2
"""Within how many characters a text says what it is about, and what that counts for."""
_EVER = 0.5
"""What each time that a body is named counts for, whatever its part in the sentence."""
_MAIN = frozenset(
    (
        "Association",
        "Company",
        "NonProfitCompany",
        "Organisation",
        "ResearchInstitute",
        "PublicBody",
        "University",
    )
)


class Projects:
    """What projects and programmes a text names, to tell which one it is about at a place."""

    def __init__(self, text: str, mentions: list[Mention]) -> None:
        fits = [
            m for m in mentions
            if m.kind in ("known", "form", "quote", "short") and not m.prefix.startswith("-") and m.types
        ]  # fmt: skip
        self._real = [m for m in fits if m.types[0] == "Project"]
        self._like = [m for m in fits if _like_project(m)]
        self._programmes = [m for m in fits if m.types[0] == "Programme"]
        self._text = text

    def at(self, place: int) -> Mention | None:
        """The nearest project before a place, else the first after it; a programme if no other."""
        for mentions in (self._real, self._like, self._programmes):
            number = bisect.bisect_left(mentions, place, key=lambda m: m.start)
            if number:
                return self._nearest(mentions, number)
        return next((m[0] for m in (self._real, self._like, self._programmes) if m), None)

    def _nearest(self, mentions: list[Mention], number: int) -> Mention:
        """The last of several, but not one that only a preposition brings in."""
        last = mentions[max(0, number - 12) : number]
        if len({m.name for m in last[-4:]}) > 1:
            last = [
                m for m in last if not _GOVERNED.search(self._text, max(0, m.start - 40), m.start)
            ] or last
        return last[-1]


def _like_project(mention: Mention) -> bool:
    if mention.types[0] == "ResearchInstitute" and mention.id:
        return not _INSTITUTE.search(mention.name)  # a centre of competence is an undertaking too
    return mention.types[0] in ("ResearchInstitute", "Organisation") and "Project" in mention.types


_INSTITUTE = re.compile(
    r"(?i)institut|fraunhofer|helmholtz|leibniz|max-planck|lehrstuhl|professur|fakultät|forschungszentrum|forschungsstelle|gesellschaft|\b[A-Z]{2,6}\Z"
)


_GOVERNED = re.compile(
    r"(?:\b(?:[Ii]m|[Ii]n|[Aa]m|[Aa]n|[Aa]uf|[Bb]eim?|[Aa]us|[Zz]u[mr]|[Mm]it|[Vv]on|[Vv]om|[Ww]ie|[Aa]ls|[Nn]eben|[Uu]nter)"
    r" )(?:(?:der|die|das|dem|den|des|eine[mnr]?) )?(?:[a-zäöüß]+ ){0,2}\Z"
)
