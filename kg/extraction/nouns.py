"""Noun phrases within names: "für Technik, Wirtschaft und Kultur", "der mitteldeutschen Wirtschaft"."""

from __future__ import annotations

import re

from kg.extraction.vocabulary import town_of
from kg.extraction.words import Tokens, Word

_ARTICLE = frozenset("der die das den dem des".split())
_ADJECTIVE = re.compile(r"[a-zäöüß][\w-]*(?:e|en|er|es)\Z")
_CAP_ADJECTIVE = re.compile(
    r"(?:Gut|Neu|Digital|Europäisch|Deutsch|Sozial|Ländlich|Nachhaltig)(?:e|en|er|es)\Z"
)


ROLE_NOUN = re.compile(
    r"(?:[a-zäöüß-]mitglied(?:er|ern|s|es)?|[a-zäöüß-](?:partner|förderer|sponsor|träger|gesellschafter|ausrichter"
    r"|veranstalter|gründer|koordinator|gastgeber|geber|nehmer|empfänger|betreiber|inhaber|eigentümer)(?:in|innen|n|s|en)?)\Z"
)
"""What a body is to another, and so no part of its name: "Vollmitglied", "Hauptförderer"."""


def part_of_name(word: Word) -> bool:
    """Whether a word may be part of a name beside its head."""
    return (
        word.cap and not word.stop and not word.office and not word.mark
        and not ROLE_NOUN.search(word.text)
    )  # fmt: skip


def after_for(tokens: Tokens, place: int, *, articles: bool = True) -> int | None:
    """The end of "für Technik, Wirtschaft und Kultur", ``place`` being "für"; None if there is none."""
    last = _noun_phrase(tokens, place, articles=articles)
    if last is None:
        return None
    while True:
        items, end = _items(tokens, last)
        if not items:
            return last
        last = end


def _items(tokens: Tokens, last: int) -> tuple[int, int]:
    """Further items ", Wirtschaft und Kultur" after token ``last``: how many, and their end."""
    words, count, place = tokens.words, 0, last
    total = len(words)
    while place + 2 < total and words[place + 1].text == "," and tokens.close(place + 1):
        item = words[place + 2]
        after = words[place + 3].text if place + 3 < total else ""
        if not topic_noun(item) and not (item.types and not item.place and after in ("und", ",")):
            break
        place, count = place + 2, count + 1
    if place + 2 < total and tokens.close(place) and words[place + 1].text in ("und", "&", "sowie"):
        end = _noun_phrase(tokens, place + 1, articles=False)
        if end is not None and topic_noun(words[end]) and not _begins_body(tokens, end):
            return count + 1, end
    return 0, last


def _begins_body(tokens: Tokens, end: int) -> bool:
    """Whether the last noun is the beginning of another name: "und Automotive Cluster"."""
    after = tokens.words[end + 1] if end + 1 < len(tokens.words) and tokens.close(end) else None
    return after is not None and bool(after.types)


def topic_noun(word: Word) -> bool:
    """Whether a word may be a matter in a name, as in "für Technik und Kultur"."""
    return word.cap and not word.types and not word.office and not word.legal and not word.caps and (
        not word.first and not word.place
    )  # fmt: skip


def _noun_phrase(tokens: Tokens, place: int, *, articles: bool = True) -> int | None:
    """The noun that ends "den digitalen Wandel" after token ``place``; None where none follows."""
    words, i = tokens.words, place + 1
    if articles and i < len(words) and words[i].text in _ARTICLE:
        i += 1
    steps = 0
    while i < len(words) and tokens.close(i - 1) and steps < 4:
        word = words[i]
        if word.cap and not word.mark:
            if word.types and not word.text.endswith("-") and not articles:
                return None
            if (
                word.text.endswith("-")
                and i + 2 < len(words)
                and words[i + 1].text in ("und", "oder", "&")
            ):
                i += 2  # "Luft- und Raumfahrt"
                steps += 1
                continue
            if word.office or word.legal or word.caps:
                return None
            after = words[i + 1] if i + 1 < len(words) and tokens.close(i) else None
            if _CAP_ADJECTIVE.match(word.text) and after is not None and topic_noun(after):
                return i + 1  # "Gute Arbeit"
            return i
        if not _ADJECTIVE.match(word.text) or word.text in _ARTICLE:
            return None
        i += 1
        steps += 1
    return None


def genitive_after(tokens: Tokens, place: int) -> int | None:
    """The end of "der mitteldeutschen Wirtschaft" after a head; None where a body is named."""
    end = _noun_phrase(tokens, place, articles=False)
    if end is None:
        return None
    word = tokens.words[end]
    if (
        word.text in _OWNERS
        or word.types
        or word.caps
        or word.place
        or (word.stop and not word.text.endswith("schaft"))
    ):
        return None
    return end


_CAPITAL_PREPOSITIONS = frozenset("Am Im An Zum Zur Zu Auf Unter Bei Beim Vor Hinter In".split())
"""Prepositions whose capital within a sentence tells that they are part of a name."""


def and_for(tokens: Tokens, last: int) -> int:
    """The end of a ministry that is "des Innern, für Bau und Heimat" or "der Justiz und für Europa"."""
    words = tokens.words
    if (
        last + 2 < len(words)
        and words[last + 1].text in (",", "und")
        and words[last + 2].text == "für"
    ):
        return after_for(tokens, last + 2) or last
    return last


def after_capital(tokens: Tokens, place: int) -> int | None:
    """The end of "Am Stadtpark", "Zur Alten Mühle", "An der Elbe", ``place`` being the preposition.

    >>> from kg.extraction.words import tokens_of
    >>> tokens = tokens_of("Kita An der Alten Mühle öffnet.")
    >>> tokens.words[after_capital(tokens, 1)].text
    'Mühle'
    """
    words, i = tokens.words, place + 1
    if words[place].text not in _CAPITAL_PREPOSITIONS:
        return None
    while i < len(words) and i - place < 3 and tokens.close(i - 1) and words[i].text in _ARTICLE:
        i += 1
    last = None
    while i < len(words) and i - place < 6 and tokens.close(i - 1) and words[i].cap and (
        not words[i].mark and not words[i].legal and not words[i].office
    ):  # fmt: skip
        last = i
        i += 1
    return last


_OWNERS = frozenset(
    "Landes Bundes Freistaats Freistaates Staates Staats Kreises Ortes Ortsteils Hauses Unternehmens Kreistags".split()
)
"""Genitives that say whose a body is, and are no part of its name: "eine Gesellschaft des Landes"."""


def clean(text: str) -> str:
    """A name in one line, with single spaces."""
    return " ".join(text.split())


_SUFFIX_NOUN = re.compile(
    r"(?:ung|heit|keit|schaft|ion|tät|ment|ismus|wesen|nahme|arbeit|bau|ik|transfer|technologien?|service|systeme|medien|daten"
    r"|software|design|marketing|pflege|handel|forschung|recycling|immobilien)\Z"
)

_TRADES = frozenset(
    "arbeit handel gewerbe kultur soziales verkehr energie umwelt umwelttechnik".split()
)


def noun_of_trade(word: Word) -> bool:
    """Whether a word is what a body deals in, as in "Arbeit, Technik und Bildung gGmbH"."""
    if not word.cap or word.types or word.place or word.legal or word.caps or word.office:
        return False
    return is_trade(word.text)


def is_trade(noun: str) -> bool:
    """Whether a noun is a matter that bodies deal in.

    >>> is_trade("Logistik"), is_trade("Stadtwerke")
    (True, False)
    """
    return bool(_SUFFIX_NOUN.search(noun)) or noun.lower() in _TRADES


NOUN_END = re.compile(
    r"(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|tät|täten|ment|ments|ismus|nis|nisse|lich|ling|linge"
    r"|beit|kraft|kräfte|jahr|jahre|jahren|zeit|zeiten|tag|tage|tagen|woche|monat|monate|geld|gelder|kosten|platz|plätze|stunden?"
    r"|minuten|prozent|raum|räume|weg|wege|art|arten|seite|form|wirtschaft|technik|technologien?|industrie|politik|handel|wissen"
    r"|erinnen|innen|leute|menschen|kinder|gäste|bürger|betriebe|firmen|partner|partnern)\Z"
)
"""Ends of nouns that are no proper names."""
_MAY_BE_COMMON = re.compile(r"(?:e|en|er|ern|in|el|eln)\Z")


def is_common_noun(word: str) -> bool:
    """Whether the end of a word with a capital is one that common nouns have.

    >>> is_common_noun("Wirtschaft"), is_common_noun("Vereine"), is_common_noun("Zeiss")
    (True, True, False)
    """
    return bool(NOUN_END.search(word) or _MAY_BE_COMMON.search(word))


DEFINITE = frozenset("der die das dem den des vom zum zur im am beim ins dieses diesem".split())
_LOWER_NAME = re.compile(
    r"(?!und|von|vom|zum|zur|beim|bei|im|am|mit|aus|auf|in|an|für|per|nun|ist|hat|war|als|neue|alte|dort|hier|auch|sehr|eine)(?:[a-z]{2,4}|[a-z]-[a-z]{2,4})(?<!e)(?<!en)(?<!er)\Z"
)


_BRAND_BEFORE_FORM = re.compile(r"[a-zäöüß][a-z0-9äöüß.-]{2,20}(?<!e)(?<!en)(?<!er)(?<!es)\Z")


def lower_brand(tokens: Tokens, place: int) -> int:
    """Where "nanolab UG" begins after an article, ``place`` being its legal form; else ``place``."""
    words = tokens.words
    if (
        place > 1
        and tokens.close(place - 1)
        and _BRAND_BEFORE_FORM.match(words[place - 1].text)
        and words[place - 2].text.lower() in DEFINITE
    ):
        return place - 1
    return place


def lower_name(tokens: Tokens, first: int) -> int:
    """Where a name begins that has a short name in small letters before it: "die tti Transfer GmbH"."""
    words = tokens.words
    if (
        first > 1
        and _LOWER_NAME.match(words[first - 1].text)
        and (words[first - 2].text.lower() in DEFINITE or town_of(words[first - 2].text))
    ):
        return first - 1
    return first
