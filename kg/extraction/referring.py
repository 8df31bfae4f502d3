"""Which name a noun refers back to: "der Verein", "das Haus", "beide Universitäten"."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from kg.extraction.genders import gender_of
from kg.extraction.mentions import Mention
from kg.extraction.stems import stem

_ANY = {
    "projekt": ("Project",), "vorhab": ("Project",), "einrichtung": ("Project", "Organisation", "ResearchInstitute"),
    "programm": ("Programme",), "förderprogramm": ("Programme",), "initiativ": (),
    "unternehm": ("Company", "NonProfitCompany"), "firma": ("Company", "NonProfitCompany"),
    "verein": ("Association",), "verband": ("Association",), "gesellschaft": ("Company", "NonProfitCompany"),
    "hochschul": ("University",), "universitat": ("University",), "ministerium": ("PublicBody",),
    "stiftung": (), "tragerverein": ("Association",), "forschungseinrichtung": ("ResearchInstitute",),
    "verbundprojekt": ("Project",), "verbundvorhab": ("Project",), "modellprojekt": ("Project",),
    "pilotprojekt": ("Project",), "forschungsprojekt": ("Project",), "betrieb": ("Company",),
    "behord": ("PublicBody",), "klinik": (), "konsortium": ("Project",),
    "haus": ("Project", "Organisation", "Building"), "netzwerk": ("Association", "Project"),
    "verbund": ("Project",), "bündnis": ("Project",), "allianz": ("Project",), "verbundes": ("Project",),
    "bundesprogramm": ("Programme",), "landesprogramm": ("Programme",),
    "organisation": ("Organisation", "Association", "NonProfitCompany"), "konzern": ("Company",),
    "institution": ("Organisation", "ResearchInstitute", "NonProfitCompany"), "hersteller": ("Company",),
    "zentrum": ("Project", "ResearchInstitute"), "institut": ("ResearchInstitute",),
    "startup": ("Company",), "interessenvertretung": ("Association",), "dachverband": ("Association",),
}  # fmt: skip
"""Stems of nouns that refer by the class of a thing; other nouns refer by its head."""
_FOLDED_ANY = {stem(k): v for k, v in _ANY.items()}
_COMPOUND = re.compile(
    r"(?!teil|schwester|tochter|partner|folge|nachfolge|vorganger|mitglied|nachbar|vor|gross|klein|einzel|mutter).{3,}(projekt|vorhab|unternehm|einrichtung)\Z"
)
"""Nouns that refer as their last part does: "das Familienunternehmen", not "das Teilprojekt"."""


_LISTED = re.compile(r"(?:,|und|sowie|&) (?:(?:der|die|das|dem|den|des) )?(?:[a-zäöüß]+ )?\Z")


def referred(
    noun: str, start: int, end: int, mentions: list[Mention], whole: str, town: str = ""
) -> Mention | None:
    """The nearest fitting name; one that is an item of a list only where no other fits.

    Where a town is named, "das Rostocker Zentrum", the name must have it.
    """
    wanted = _FOLDED_ANY.get(noun, ())
    listed: Mention | None = None
    found: Mention | None = None
    loose: Mention | None = None
    for candidate in _nearest(mentions, start):
        rank = _rank(noun, wanted, candidate)
        if rank > 2 or town not in candidate.name:
            continue
        before = whole[max(0, candidate.start - 30) : candidate.start]
        if rank == 2:
            loose = loose or candidate
        elif candidate.start < start and _LISTED.search(before):
            listed = listed or candidate
        else:
            found = candidate
            break
    meant = listed if found is None or (listed is not None and found.start > start) else found
    meant = meant or loose
    return _standing_for(meant, start, end, noun) if meant else None


def both(noun: str, start: int, end: int, mentions: list[Mention]) -> list[Mention]:
    """The two that "beide Universitäten" means: those named last that fit; none where two do not."""
    found: dict[str, Mention] = {}
    for candidate in _nearest(mentions, start):
        if candidate.start < start and _rank(noun, _FOLDED_ANY.get(noun, ()), candidate) < 2:
            found.setdefault(candidate.name, candidate)
        if len(found) == 2:
            return [_standing_for(m, start, end, noun) for m in reversed(found.values())]
    return []


def _standing_for(meant: Mention, start: int, end: int, noun: str) -> Mention:
    return Mention(
        start, end, meant.name, meant.types, "short", head=meant.head, id=meant.id, prefix=noun
    )


def referring(noun: str) -> str:
    """The noun by whose class a noun may refer, "unternehm" for "familienunternehm"; else nothing."""
    if compound := _COMPOUND.match(noun):
        noun = compound[1]
    return noun if noun in _FOLDED_ANY else ""


def _rank(noun: str, wanted: tuple[str, ...], candidate: Mention) -> int:
    """How well a noun fits a name: 0 is its own noun, 1 its class, 2 its class by another noun."""
    head, types = candidate.head, candidate.types
    if noun and head and (head == noun or head.endswith(noun)):
        return 0
    if not wanted:
        return 3
    if noun in _ONLY_HEADLESS and len(head) > 4:
        return 3
    if noun == "haus" and types[0] == "Company":
        return 1 if head.endswith(_HOUSES) else 3
    if types[0] not in wanted and not (noun in _OF_MANY and not set(wanted).isdisjoint(types)):
        return 3
    if types[0] == "PublicBody" and head.endswith(_NO_AUTHORITY):
        return 3
    if types[0] == "Association" and head and not _REGISTERED.search(candidate.name):
        return 3 if head.endswith(_NO_CLUB) else 2
    return 1


_ONLY_HEADLESS = ("zentrum", "institut")
"""Nouns that refer by class only where the name has no noun of its own."""
_HOUSES = ("klinik", "krankenhaus", "klinikum", "hotel", "spital", "herberg", "verlag", "bank")
"""Stems of companies that "das Haus" may mean."""
_NO_AUTHORITY = (
    "abteilung",
    "referat",
    "dezernat",
    "stabsstell",
    "ausschuss",
    "landtag",
    "parlament",
    "gericht",
)
_NO_CLUB = (
    "kammer",
    "gewerkschaft",
    "genossenschaft",
    "innung",
    "bezirk",
    "gesellschaft",
    "kommission",
    "region",
    "partei",
)
"""Stems of what has a word of its own and is hardly called a club, an association or a network."""
_REGISTERED = re.compile(r"\be\. ?V\b")
_OF_MANY = frozenset(("verbund", "konsortium", "bundnis", "allianz", "partnerschaft"))


def _nearest(mentions: list[Mention], start: int) -> Iterator[Mention]:
    """Names before a place, the nearest first, then projects after it; at most some hundred."""
    place = bisect.bisect_left(mentions, start, key=lambda m: m.start)
    named = ("known", "form", "quote")
    for number in range(place - 1, max(-1, place - 200), -1):
        mention = mentions[number]
        if mention.kind in named and mention.types and mention.types[0] not in _PLACES:
            yield mention
    yield from (
        m for m in mentions[place : place + 60] if m.kind in named and m.types[:1] == ("Project",)
    )


_PLACES = frozenset(("City", "Region", "Country", "Place", "Person"))


def is_plural(article: str, noun: str) -> bool:
    """Whether an article before a noun tells that several are meant: "die Betriebe", "der Unternehmen".

    >>> is_plural("die", "Vereine"), is_plural("den", "Verein"), is_plural("der", "Behörde"), is_plural("der", "Behörden")
    (True, False, False, True)
    """
    gender, low = gender_of(noun), article.lower()
    if gender == "n":
        return low in _OF_SEVERAL or low in ("der", "den")
    if gender == "m":
        return low in _OF_SEVERAL or (low == "der" and noun.endswith("e"))
    return noun.endswith("en")


_OF_SEVERAL = frozenset(("die", "diese", "unsere", "seine", "jene", "deren"))
