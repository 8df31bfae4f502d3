"""Which entity a name means: abbreviations spelled out, names with their town, known names."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extraction.lexicon import Known, Lexicon
from kg.extraction.mentions import Mention
from kg.extraction.stems import name_key
from kg.extraction.vocabulary import town_of
from kg.places import STATES

PLACE_TYPES = {"City": ("City", "Place", "PublicBody"), "Region": ("Region", "Place")}


STATE_TYPES = ("Region", "Place", "PublicBody")


_IN_TOWN = re.compile(r" (?:in|aus) ([A-ZÄÖÜ][a-zäöüß]+)")


def with_town(mention: Mention, lexicon: Lexicon, text: str) -> None:
    """Identify "das BMW-Werk in Leipzig" where "BMW-Werk Leipzig" is known."""
    if mention.kind not in ("form", "known") or not (
        town := _IN_TOWN.match(text, mention.end + len(mention.prefix) * mention.prefix.startswith("-"))
    ):  # fmt: skip
        return
    known = lexicon.find(f"{mention.name}{mention.prefix} {town[1]}")
    if known and known.id and known.type not in ("City", "Region", "Place"):
        mention.name, mention.id, mention.types = known.text, known.id, types_of(known)
        mention.end, mention.prefix = mention.end + len(mention.prefix), ""


def spell_out(found: list[Mention]) -> None:
    """Give abbreviations the name in the same text that they are the initials of."""
    by_initials: dict[str, Mention] = {}
    for mention in found:
        if mention.kind in ("known", "form", "quote") and mention.types and " " in mention.name:
            initials = _initials(mention.name)
            for size in range(3, min(6, len(initials)) + 1):
                by_initials.setdefault(initials[:size], mention)
    for mention in found:
        other = by_initials.get(mention.name) if mention.kind == "brand" else None
        if other and mention.name.isupper():
            mention.name, mention.types, mention.id = other.name, other.types, other.id
            mention.kind, mention.head = "short", other.head


@lru_cache(maxsize=20_000)
def _initials(name: str) -> str:
    """The capitals that words and parts of compounds begin with.

    >>> _initials("Mittelstand-Digital Zentrum Leipzig")
    'MDZL'
    """
    return "".join(p[0] for p in re.split(r"[\s-]+", name) if p[:1].isupper())


def identify_place(mention: Mention, lexicon: Lexicon) -> None:
    """Give a place the entity that is called so."""
    known = lexicon.find(mention.name)
    if known and known.type in ("City", "Region"):
        mention.id = known.id


def types_of(known: Known) -> tuple[str, ...]:
    """The classes that a known name may have, likeliest first: towns and states act as well."""
    if known.type == "Region" and known.label in STATES:
        return STATE_TYPES
    if known.type == "City":
        return PLACE_TYPES["City"]
    if known.type in ("Region", "Country", "Place"):
        return (known.type, "Place")
    return (known.type,)


def fund_spelled_out(found: list[Mention]) -> None:
    """Give the fund in "ESF-Programm" the name that the text has elsewhere for the abbreviation."""
    by_alias = {m.alias: m for m in found if m.alias and m.type == "Fund"}
    for mention in found:
        fund = by_alias.get(mention.within[1].name) if mention.within else None
        if fund and mention.within and not mention.within[1].id:
            mention.within[1].name, mention.within[1].id = fund.name, fund.id


def undescribed(found: list[Mention]) -> list[Mention]:
    """Without forms that are but a noun before a known name: "Kompetenzzentrum ScaDS.AI"."""
    ends = {m.end: m for m in found if m.kind == "known"}
    return [m for m in found if m.kind != "form" or not _describes(m, ends.get(m.end))]


def _describes(form: Mention, known: Mention | None) -> bool:
    if (
        known is None
        or known.type not in ("Project", "ResearchInstitute")
        or known.start <= form.start
    ):
        return False
    return form.name.endswith(known.name) and form.name.count(" ") == known.name.count(" ") + 1


def identify(mention: Mention, lexicon: Lexicon) -> None:
    """Give a name that was found by its form the entity that is called so."""
    if mention.id or mention.kind in ("date", "amount", "known"):
        return
    known = lexicon.find(mention.name) or _by_town(mention, lexicon)
    if known is None and mention.alias:
        short = lexicon.find(mention.alias)
        known = short if short and _alike(short, mention) else None
    if known and known.type not in ("City", "Region", "Country", "Place"):
        if mention.kind == "person" and known.type != "Person":
            return
        mention.id = known.id
        if known.text.casefold().rstrip(".") not in mention.name.casefold():
            mention.name = known.text
        mention.types = (known.type, *(t for t in mention.types if t != known.type))


def _by_town(mention: Mention, lexicon: Lexicon) -> Known | None:
    """What "das Leipziger BMW-Werk" means where "BMW-Werk Leipzig" is known."""
    first, _, rest = mention.name.partition(" ")
    town = town_of(first) if rest else ""
    return lexicon.find(f"{rest} {town}") if town else None


def _alike(known: Known, mention: Mention) -> bool:
    return len(set(known.stems) & set(name_key(mention.name))) > 0 or known.type in mention.types
