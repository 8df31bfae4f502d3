"""Which name a noun refers back to: "der Verein", "das Haus", "beide Universitäten"."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from kg.extraction.genders import gender_of
from kg.extraction.mentions import Mention
from kg.extraction.salience import Salience
from kg.extraction.stems import stem

_ANY = {
    "projekt": ("Project",), "vorhab": ("Project",), "einrichtung": ("Project", "Organisation", "ResearchInstitute", "University", "NonProfitCompany"),
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
    "institution": ("Organisation", "ResearchInstitute", "NonProfitCompany", "University"), "hersteller": ("Company",),
    "zentrum": ("Project", "ResearchInstitute"), "institut": ("ResearchInstitute",),
    "branchenverband": ("Association",), "fachverband": ("Association",), "wirtschaftsverband": ("Association",),
    "interessenverband": ("Association",), "traditionsverein": ("Association",), "sportverein": ("Association",),
    "kulturverein": ("Association",), "heimatverein": ("Association",), "branchennetzwerk": ("Association", "Project"),
    "betreibergesellschaft": ("Company", "NonProfitCompany"), "tragergesellschaft": ("Company", "NonProfitCompany"),
    "startup": ("Company",), "interessenvertretung": ("Association",), "dachverband": ("Association",),
}  # fmt: skip
"""Stems of nouns that refer by the class of a thing; other nouns refer by its head."""
_FOLDED_ANY = {stem(k): v for k, v in _ANY.items()}
_COMPOUND = re.compile(
    r"(?!teil|schwester|tochter|partner|folge|nachfolge|vorganger|mitglied|nachbar|vor|gross|klein|einzel|mutter).{3,}(projekt|vorhab|unternehm|einrichtung)\Z"
)
"""Nouns that refer as their last part does: "das Familienunternehmen", not "das Teilprojekt"."""


_ACTING = (
    "einrichtung",
    "hub",
    "zentrum",
    "haus",
    "netzwerk",
    "institution",
    "cluster",
    "lab",
    "verbund",
)
"""Stems of nouns that call an undertaking what acts by itself."""
_FIT = (1.0, 0.3, 0.15)
"""How much a name counts whose own noun, whose class, or whose class by another noun is said."""


def referred(
    noun: str, start: int, end: int, mentions: list[Mention], seen: Salience, owner: str = ""
) -> Mention | None:
    """The fitting name that the text speaks of most there; the nearest of several that are alike.

    Where a town or a name is said of it, "das Rostocker Zentrum", "das Alpha-Werk", the name must
    have it. A project may also be named only later.
    """
    ranks, later = _fitting(noun, start, mentions, owner)
    meant = later
    if len(ranks) == 1:
        meant = next(iter(ranks.values()))[1]
    elif ranks:
        meant = max(ranks.values(), key=lambda r: seen.of(r[1].name, start, noun) * _FIT[r[0]])[1]
    return _standing_for(meant, start, end, noun) if meant else None


def _fitting(
    noun: str, start: int, mentions: list[Mention], owner: str = ""
) -> tuple[dict[str, tuple[int, Mention]], Mention | None]:
    """Names before a place that a noun may mean, with how well they fit; else the first after it."""
    wanted = _FOLDED_ANY.get(noun, ())
    ranks: dict[str, tuple[int, Mention]] = {}
    for candidate in _nearest(mentions, start):
        if owner and owner not in candidate.name:
            continue
        later = candidate.start > start
        if later and ranks:
            break
        rank = _rank(noun, wanted, candidate)
        if owner and rank > 2 and noun == "werk" and candidate.type == "Company":
            rank = 1
        if rank > 2:
            continue
        if later:
            return {}, candidate
        known = ranks.get(candidate.name, (rank, candidate))
        ranks[candidate.name] = min(rank, known[0]), known[1]
    return ranks, None


def both(noun: str, start: int, end: int, mentions: list[Mention], seen: Salience) -> list[Mention]:
    """The two that "beide Universitäten" means: those spoken of most; none where two do not fit."""
    ranks, _ = _fitting(noun, start, mentions)
    fits = [
        m for rank, m in ranks.values()
        if rank < 2 and (m.type != "Programme" or noun.endswith("programm"))
    ]  # fmt: skip
    fits.sort(key=lambda m: -seen.of(m.name, start, noun))
    two = sorted(fits[:2], key=lambda m: m.start)
    meant = [_standing_for(m, start, end, noun) for m in two] if len(two) == 2 else []
    for one in meant:
        if one.type == "Project" and noun in _ACTING:
            one.types = (*one.types, "Organisation")
    return meant


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
    if noun in LEGAL:
        return 0 if noun in candidate.name.lower().split() else 3
    if noun and head and head.endswith(noun) and not (noun == "werk" and head == "netzwerk"):
        return 1 if types[0] in _FIRMS and noun in _NO_FIRM else 0
    if not wanted:
        return 3
    if noun in _ONLY_HEADLESS and len(head) > 4:
        return 3
    if noun == "haus" and types[0] in _HOUSED:
        return 1 if types[0] != "Company" or head.endswith(_HOUSES) else 3
    if noun == "ministerium" and "inisteri" not in candidate.name:
        return 3
    if types[0] not in wanted:
        besides = types if noun in _OF_MANY else set(types) & _SCIENCE
        if set(wanted).isdisjoint(besides):
            return 3
        return 1
    if types[0] == "PublicBody" and head.endswith(_NO_AUTHORITY):
        return 3
    if types[0] == "Association" and head and not _REGISTERED.search(candidate.name):
        return 3 if head.endswith(_NO_CLUB) else 2
    return 1


LEGAL = ("gmbh", "ggmbh", "ag", "kg", "se", "ug", "mbh")
"""Legal forms by which a firm is called: "die GmbH"."""
_ONLY_HEADLESS = ("zentrum", "institut")
"""Nouns that refer by class only where the name has no noun of its own."""
_HOUSED = frozenset(
    ("Company", "NonProfitCompany", "Association", "ResearchInstitute", "University")
)
"""Classes of what "das Haus" may mean besides projects; of companies only those of the next list."""
_FIRMS = frozenset(("Company", "NonProfitCompany"))
_NO_FIRM = ("hub", "zentrum", "projekt", "netzwerk", "lab", "campus", "clust")
"""Stems of nouns that hardly mean a firm, even one with the noun in its name: "Hub Neuwald GmbH"."""
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
_SCIENCE = frozenset(("ResearchInstitute", "University"))
"""Classes that count even where the legal form tells another: "Institut für Holz e. V."."""
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
    if _SEVERAL.search(noun):
        return True
    if gender == "n":
        return low in _OF_SEVERAL or low in ("der", "den")
    if gender == "m":
        return low in _OF_SEVERAL or (low == "der" and noun.endswith("e"))
    return noun.endswith("en")


_SEVERAL = re.compile(
    r"(?:häuser|ämter|zentren|verbände|bünde|ministerien|museen|labore)n?\Z", re.I
)
_OF_SEVERAL = frozenset(("die", "diese", "unsere", "seine", "jene", "deren"))
