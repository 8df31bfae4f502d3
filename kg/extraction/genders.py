"""The gender of a name, by its legal form or head noun: what "er", "sie" and "es" may stand for."""

from __future__ import annotations

import re
from functools import lru_cache

_LEGAL = re.compile(r"(?:GmbH|mbH|AG|KG|KGaA|OHG|GbR|SE|UG|eG|AöR)\b(?:.{0,20})\Z")
_NOUNS = (
    ("m", r"verein|verband|bund|verbund|hub|fonds|kreis|freistaat|pakt|rat|ring|tag|park|campus|club|klub|dienst"
          r"|inkubator|konzern|lehrstuhl|betrieb"),
    ("f", r"gesellschaft|universität|hochschule|akademie|schule|agentur|stadt|gemeinde|stiftung|kammer|initiative"
          r"|genossenschaft|gemeinschaft|abteilung|behörde|direktion|fakultät|klinik|plattform|allianz|werkstatt"
          r"|vereinigung|region|union|bank|kasse|anstalt|gewerkschaft|fabrik|bibliothek|stelle|kanzlei|regierung"
          r"|verwaltung|kommission|gruppe|professur|bühne|kirche|förderung|richtlinie|linie"),
    ("n", r"zentrum|institut|ministerium|projekt|netzwerk|programm|labor|lab|amt|haus|museum|werk|forum|büro|land"
          r"|bündnis|konsortium|kolleg|unternehmen|vorhaben|cluster|archiv|theater|referat|center|krankenhaus"),
)  # fmt: skip
_HEADS = tuple(
    (gender, re.compile(rf"(?i)(?:{nouns})(?:s|es|n|e)?(?=[ ,„\"]|\Z)")) for gender, nouns in _NOUNS
)
_ABBREVIATIONS = {"e. V": "m", "e.V": "m"}


@lru_cache(maxsize=20_000)
def gender_of(name: str) -> str:
    """``m``, ``f`` or ``n``, or nothing where the name does not tell; the first noun counts.

    >>> gender_of("Hochschule Harz"), gender_of("Institut für Holz GmbH"), gender_of("Zentrum für Musik")
    ('f', 'f', 'n')
    >>> gender_of("Freunde der Oper e. V."), gender_of("SmartLoom")
    ('m', '')
    """
    if _LEGAL.search(name):
        return "f"
    places = [(m.end(), gender) for gender, noun in _HEADS if (m := noun.search(name))]
    if places:
        return min(places)[1]
    return next((g for mark, g in _ABBREVIATIONS.items() if mark in name), "")


@lru_cache(maxsize=20_000)
def sure_gender(name: str) -> str:
    """``m``, ``f`` or ``n`` where all nouns of a name are of one gender, else nothing.

    >>> sure_gender("Landkreis Nordwald"), sure_gender("Hub Initiative"), sure_gender("Alpha GmbH")
    ('m', '', 'f')
    """
    if _LEGAL.search(name):
        return "f"
    found = {gender for gender, noun in _HEADS if noun.search(name)}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=20_000)
def genders_of(name: str) -> str:
    """All genders that a name may have: those of its first nouns, and that of its legal form.

    >>> genders_of("Institut für Holz GmbH"), genders_of("Hochschule Au"), genders_of("SmartLoom")
    ('fn', 'f', '')
    >>> genders_of("Hub Initiative Au"), genders_of("Haus der Stiftung")
    ('fm', 'n')
    """
    first = _FIRST_NOUNS.match(name)
    found = {gender for gender, noun in _HEADS if first and noun.search(first[0])}
    found = found or set(gender_of(name))
    return "".join(sorted({*found, "f"} if _LEGAL.search(name) else found))


_FIRST_NOUNS = re.compile(r"[^a-zäöüß ]\S*(?: [^a-zäöüß ]\S*)*")


_OF_WORD = {"er": "m", "sie": "f", "es": "n", "dieser": "m", "diese": "f", "dieses": "n"}


def pronoun_gender(word: str) -> str:
    """The gender of what a pronoun stands for: ``n`` of "dieses"."""
    return _OF_WORD.get(word.lower(), "")


def may_mean(word: str, name: str) -> bool:
    """Whether a pronoun may stand for a name.

    >>> may_mean("Sie", "Hochschule Harz"), may_mean("Er", "Hochschule Harz"), may_mean("Es", "SmartLoom")
    (True, False, True)
    """
    wanted, genders = _OF_WORD.get(word.lower(), ""), genders_of(name)
    return not wanted or not genders or wanted in genders


_GENITIVE = tuple(
    (gender, re.compile(rf"(?i)(?P<noun>(?:[\w-]*)(?:{nouns}))(?:es|s)\Z"))
    for gender, nouns in _NOUNS
    if gender != "f"
)
_ADJECTIVE = re.compile(
    r"(?P<stem>[A-ZÄÖÜ][a-zäöüß-]*(?:isch|lich|ig|tsch|tional|ional|tral|ial|iv|ell|är|är|frei|neu|gut|groß|klein|alt|jung|hoh|technisch|mobil|digital|regional|global|sozial|offen|vereint|vereinigt))"
    r"(?:en|em|e)\Z"
)
_NOMINATIVE = {"m": "er", "f": "e", "n": "es"}


@lru_cache(maxsize=20_000)
def nominative(name: str) -> str:
    """A name as it is called by itself: noun and adjectives before it without the endings of a case.

    >>> nominative("Sächsischen Landesamts für Holz"), nominative("Technischen Akademie Neuwald")
    ('Sächsisches Landesamt für Holz', 'Technische Akademie Neuwald')
    >>> nominative("Förderkreises Elbmusik"), nominative("Deutsche Imkerbund"), nominative("Haus der Holzes")
    ('Förderkreis Elbmusik', 'Deutscher Imkerbund', 'Haus der Holzes')
    """
    words = name.split(" ")
    for place, word in enumerate(words[:4]):
        if "„" in word or not word[:1].isupper():
            break
        for gender, genitive in _GENITIVE:
            if match := genitive.match(word):
                words[place] = match["noun"]
                return " ".join((*_inflected(words[:place], gender), *words[place:]))
        if gender := gender_of(word):
            return " ".join((*_inflected(words[:place], gender), *words[place:]))
        if not _ADJECTIVE.match(word):
            break
    return name


def _inflected(words: list[str], gender: str) -> list[str]:
    """Adjectives of a name in the nominative, without an article."""
    matches = [_ADJECTIVE.match(w) for w in words]
    return [
        m["stem"] + _NOMINATIVE[gender] if m else w for w, m in zip(words, matches, strict=True)
    ]
