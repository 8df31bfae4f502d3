"""Places in a text: towns and regions that we know, and towns that stand where only a town stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.identifying import PLACE_TYPES, STATE_TYPES
from kg.extraction.mentions import Mention
from kg.extraction.vocabulary import regions, towns
from kg.extraction.words import Tokens, Word
from kg.places import STATES

_TOWN_BEFORE = re.compile(r"(?:\b(?:in|aus|Sitz in|nach|Raum|bei|Standort|Standorte) |\b\d{5} )\Z")

_TOWN_FORM = re.compile(
    r"[A-ZÄÖÜ][a-zäöüß]+(?:burg|berg|stadt|dorf|hausen|heim|ow|itz|leben|walde|roda|stedt|furt|haven|"
    r"kirchen|brück|münde|wald|au|ingen|hain|see|feld|bach|born|thal|tal|rode|sleben|litz|nitz|witz)\Z"
)

_NO_TOWN = re.compile(
    r"(?i).*(?:anbau|aufbau|ausbau|umbau|abbau|bau|schau|besitz|vorsitz|antlitz|spitz|blitz|umfeld|vorfeld|"
    r"testfeld|handlungsfeld|arbeitsfeld|themenfeld|vorfeld|berufsfeld|wald|vertrauen|frau|stau|klau|tau|"
    r"niveau|blau|genau|innenstadt|altstadt|stadt|hauptstadt|arbeitsdorf|standort|vorort|umwelt|übersee|"
    r"ostsee|nordsee|bodensee|bergbau|maschinenbau|wohnungsbau|anlagenbau|verbach|leerstand|tal)\Z"
)


def places(tokens: Tokens) -> Iterator[Mention]:
    """Towns and regions: known ones, and what a form or the words before tell to be a town.

    >>> from kg.extraction.words import tokens_of
    >>> text = "Der Verein in 08056 Zwickau-Planitz, das Heim im sächsischen Kesselau, Bad Elsterau"
    >>> [m.name for m in places(tokens_of(text))]
    ['Zwickau-Planitz', 'Kesselau', 'Bad Elsterau']
    """
    words = tokens.words
    for i, word in enumerate(words):
        if word.place:
            name, start = word.text, tokens.starts[i]
            if name.endswith("s") and not _is_place_itself(name):
                name = name[:-1]
            if i and words[i - 1].text in _SPA and tokens.close(i - 1) and word.place == "City":
                name, start = f"{words[i - 1].text} {name}", tokens.starts[i - 1]
            if word.place == "City" and (
                which := _WHICH_TOWN.search(tokens.text, max(0, start - 30), start)
            ):
                start = which.start()  # "in der Hansestadt Rostock"
            part = re.compile(r" (?:\([A-Z][a-z]+\)|an der [A-Z]\w+|am (?:Main|Rhein))").match(
                tokens.text, tokens.ends[i]
            )
            end = part.end() if part and word.place == "City" else tokens.ends[i]
            if part and word.place == "City":
                name += part[0]
            types = (
                STATE_TYPES if name in STATES and name not in towns() else PLACE_TYPES[word.place]
            )
            yield Mention(start, end, name, types, "place")
        elif _plain(word) and (name := _told(tokens, i)):
            start = tokens.starts[i] - len(name) + len(word.text)
            yield Mention(start, tokens.ends[i], name, ("City", "Place"), "place")
        elif (
            word.cap and not word.stop and not word.types and not word.first
            and _TOWN_FORM.match(word.text) and not _NO_TOWN.match(word.text)
            and _TOWN_BEFORE.search(tokens.text, max(0, tokens.starts[i] - 16), tokens.starts[i])
        ):  # fmt: skip
            yield Mention(tokens.starts[i], tokens.ends[i], word.text, ("City", "Place"), "place")


def _plain(word: Word) -> bool:
    return word.cap and not (
        word.stop or word.types or word.first or word.office or word.legal or word.mark or word.caps
        or not word.text[0].isalpha() or word.text.endswith("-")
    )  # fmt: skip


_BEFORE_TOWN = ("Bad", "ischen", "harzer", "nahen", "benachbarten", "gelegenen")


def _told(tokens: Tokens, i: int) -> str:
    """The name of a town that what stands around token ``i`` tells, else nothing."""
    word, start = tokens.words[i].text, tokens.starts[i]
    last = tokens.words[i - 1].text if i else ""
    if "-" not in word and not (last.endswith(_BEFORE_TOWN) or (len(last) == 5 and last.isdigit())):
        return ""
    before = tokens.text[max(0, start - 40) : start]
    if before.endswith(" Bad ") and tokens.words[i - 1].text == "Bad":
        return f"Bad {word}"
    town, _, part = word.partition("-")
    if (
        part
        and town in towns()
        and part[:1].isupper()
        and part.isalpha()
        and not _MATTER.search(part)
    ):
        return word if _TOWN_BEFORE.search(before) else ""
    if _CODE.search(before):
        return word
    if part or not word.isalpha() or _MATTER.search(word) or _NO_TOWN.match(word):
        return ""
    return word if _OF_REGION.search(before) else ""


_WHICH_TOWN = re.compile(
    r"(?:(?<=\b[Ii]n )der (?:[a-zäöüß-]+en )?(?:\w{4,12}s?)?[Ss]tadt|(?<=\baus )der (?:[a-zäöüß-]+en )?\w{4,12}stadt) \Z"
)
_CODE = re.compile(r"(?:\A|\n|(?<=\d), |(?<=\d[a-z]), |\d [·|•–-] |\bin |D-)\d{5} \Z")
"""A postal code, after which only a town stands."""
_OF_REGION = re.compile(
    r"\b(?:im|ins|aus dem) (?:(?:nord|süd|ost|west|mittel|ober|unter|nieder)?(?:sächsisch|thüringisch|brandenburgisch|märkisch|anhaltisch"
    r"|sachsen-anhaltisch|mecklenburgisch|vorpommersch|pommersch|holsteinisch|schleswig-holsteinisch|hessisch|pfälzisch|rheinland-pfälzisch"
    r"|westfälisch|rheinisch|nordrhein-westfälisch|saarländisch|badisch|schwäbisch|württembergisch|baden-württembergisch|fränkisch|bayerisch|bayrisch"
    r"|vogtländisch|erzgebirgisch|lausitzisch|friesisch|ostfriesisch|emsländisch|münsterländisch|sauerländisch|bergisch|harzer|polnisch|tschechisch"
    r"|österreichisch|dänisch|niederländisch|belgisch|französisch|schweizerisch|slowakisch|ungarisch|litauisch|lettisch|estnisch|ukrainisch|italienisch"
    r"|spanisch|schwedisch|finnisch|norwegisch|englisch|britisch|rumänisch|bulgarisch)en|(?:nahen|benachbarten|nahe ?gelegenen)) \Z"
)
"""Where a word before tells that a town follows: "im sächsischen", "im benachbarten"."""
_MATTER = re.compile(
    r"(?:ung|heit|keit|schaft|tion|tät|ment|ismus|nis|wesen|werk|bau|land|recht|raum|teil|tag|rat|revier|sektor|markt|stand|vergleich|schnitt|gebiet|bereich"
    r"|parlament|verkehr|handel|norden|süden|osten|westen|exil|grenzgebiet|hinterland|ausland|inland|umland|wald|gebirge|tal|meer|fluss|adel|original|film|spiel|sport"
    r"|reise|besuch|marathon|messe|tour|fan|spiel|urlaub|mission|[Aa]rm|kreis|system|netz|büro|ort|dorf|[Nn]orm|staat|volk|bund|erbe|stil|könig|reich|adel)(?:e?[sn])?\Z"
)
"""Nouns that are no town though they stand where one may."""
_SPA = ("Bad", "Sankt")
"""What is part of the name of a town before its noun."""


def _is_place_itself(name: str) -> bool:
    return name in towns() or name in regions()
