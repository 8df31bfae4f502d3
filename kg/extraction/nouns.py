"""Noun phrases within names: "für Technik, Wirtschaft und Kultur", "der mitteldeutschen Wirtschaft"."""

from __future__ import annotations

import re

from kg.extraction.words import Tokens, Word

_ARTICLE = frozenset("der die das den dem des".split())
_ADJECTIVE = re.compile(r"[a-zäöüß][\w-]*(?:e|en|er|es)\Z")
_CAP_ADJECTIVE = re.compile(
    r"(?:Gut|Neu|Digital|Europäisch|Deutsch|Sozial|Ländlich|Nachhaltig)(?:e|en|er|es)\Z"
)


def part_of_name(word: Word) -> bool:
    """Whether a word may be part of a name beside its head."""
    return word.cap and not word.stop and not word.office and not word.mark


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
    if word.types or word.caps or word.place or (word.stop and not word.text.endswith("schaft")):
        return None
    return end


def clean(text: str) -> str:
    """A name in one line, with single spaces."""
    return " ".join(text.split())


_SUFFIX_NOUN = re.compile(
    r"(?:ung|heit|keit|schaft|ion|tät|ment|ismus|wesen|nahme|arbeit|bau|ik)\Z"
)

_TRADES = frozenset(
    "arbeit handel gewerbe kultur soziales verkehr energie umwelt umwelttechnik".split()
)


def noun_of_trade(word: Word) -> bool:
    """Whether a word is what a body deals in, as in "Arbeit, Technik und Bildung gGmbH"."""
    if not word.cap or word.types or word.place or word.legal or word.caps or word.office:
        return False
    return bool(_SUFFIX_NOUN.search(word.text)) or word.text.lower() in _TRADES
