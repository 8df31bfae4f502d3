"""Who is meant: names of one thing brought together, and nouns that refer back to a name."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.extraction.genders import nominative
from kg.extraction.mentions import Mention
from kg.extraction.referring import LEGAL, both, is_plural, referred, referring
from kg.extraction.salience import Salience
from kg.extraction.stems import name_key, stem
from kg.extraction.twins import twin
from kg.extraction.vocabulary import town_of
from kg.extraction.words import Tokens
from kg.places import STATES

_POINTER = re.compile(
    r"(?:\b(?:[Dd](?:er|ie|as|es|em|en)|[Dd]iese[rsmn]?|[Vv]om|[Zz]um|[Zz]ur|[Bb]eim|[Ii]m|[Aa]m|[Uu]nsere[rsmn]?"
    r"|[Ss]eine[rsmn]?|[Jj]ene[rsmn]?|[Bb]eide[rn]?|[Ii]ns) "
    r"(?:(?:[a-zäöüß\d][\w-]* (?:[\wäöüß-]+ ){0,4}[a-zäöüß]+(?:ten|te|nen|ne|den|de) )|(?:(?!(?:und|oder|wie|ist|sind|war|hat|wird|mit|für|von|in|der|die|das|den|dem|des) )"
    r"[a-zäöüß][\w-]*(?:e|en|er|es|em) ){0,2}))\Z"
)
_BOTH = re.compile(r"\b[Bb]eiden? ")
_ADJECTIVE_OF_TOWN = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]+r \Z")
_RUNNING = re.compile(r" (?:des|der|von|vom|auf|ein|geht|genommen|aufgenommen)\b")
"""After "den Betrieb" where that is no firm but what is done."""
_OWN_STATE = frozenset(("Sachsen", "Bayern", "Thüringen"))


def unify(mentions: Iterable[Mention]) -> None:
    """Give all mentions of one thing its longest name, and the same entity and classes."""
    groups: dict[object, list[Mention]] = {}
    by_first: dict[str, dict[object, list[Mention]]] = {}
    keys: dict[tuple[str, ...], object] = {}
    for mention in sorted(mentions, key=lambda m: (-len(name_key(m.name)), m.start)):
        if mention.kind in ("date", "amount"):
            continue
        key = name_key(mention.name)
        same_first = by_first.setdefault(key[0] if key else "", {})
        group: object = mention.id or keys.get(key) or _contains(key, mention, same_first)
        group = group or _in_town(mention, groups) or key
        keys.setdefault(key, group)
        groups.setdefault(group, []).append(mention)
        same_first.setdefault(group, groups[group])
    for group in groups.values():
        _bring_together(group)


def _in_town(mention: Mention, groups: dict[object, list[Mention]]) -> object | None:
    """The group that "Rostocker Zentrum" means: its head noun, and the town in its name."""
    first, _, rest = mention.name.partition(" ")
    town = (
        town_of(first)
        if mention.kind == "form" and mention.head and rest and " " not in rest
        else ""
    )
    fits = [
        group for group, members in groups.items()
        if town and town in members[0].name and members[0].head.endswith(mention.head)
    ]  # fmt: skip
    return fits[0] if len(fits) == 1 else None


def _contains(key: tuple[str, ...], mention: Mention, groups: dict[object, list[Mention]]
              ) -> object | None:  # fmt: skip
    """The group whose longer name has the words of ``key`` in order, if there is just one."""
    if (
        len(key) < 2
        or mention.kind not in ("form", "brand")
        or mention.types[:1] in (("City",), ("Region",))
    ):
        return None
    fits = []
    for group, members in groups.items():
        first = members[0]
        if first.kind not in ("form", "known", "quote") or not set(first.types) & set(
            mention.types
        ):
            continue
        longer = name_key(first.name)
        rest = iter(longer)
        if len(longer) > len(key) and longer[0] == key[0] and all(part in rest for part in key):
            fits.append(group)
    return fits[0] if len(fits) == 1 else None


def _bring_together(group: list[Mention]) -> None:
    named = [m for m in group if m.kind != "short"] or group
    best = max(
        named, key=lambda m: (m.type == "Person" and "." not in m.name, _goodness(m), -m.start)
    )
    known = next((m for m in group if m.id), best)
    if best.kind == "form" and not known.id:
        best.name = nominative(best.name)
    for mention in group:
        mention.name, mention.id = best.name, known.id
        mention.types = known.types if known.id else best.types
        mention.head = mention.head or best.head


def _goodness(mention: Mention) -> int:
    short = mention.name.isupper() or " " not in mention.name
    return len(mention.name) - (100 if short else 0)


def resolve(
    tokens: Tokens, mentions: list[Mention], sentences: Iterable[int] = ()
) -> list[Mention]:
    """All mentions with those added that refer to a name by a noun: "der Verein", "das Zentrum".

    A noun refers to a name whose head is or ends in that noun, or (Projekt, Unternehmen …) which is
    of that class: that which the text speaks of most. ``sentences`` are where sentences start.
    """
    seen = Salience(tokens.text, sentences, mentions)
    starts = {m.start for m in mentions}
    covered = _Covered(mentions)
    added: list[Mention] = []
    pairs: list[tuple[str, str, int, int]] = []
    for i, word in enumerate(tokens.words):
        start, end = tokens.starts[i], tokens.ends[i]
        if word.text == "Betrieb" and _RUNNING.match(tokens.text, end):
            continue
        if not word.cap or start in starts or covered.has(start) or word.mark:
            continue
        noun = word.stems[-1] if word.stems else ""
        if word.legal:
            noun = word.text.lower()
            if noun not in LEGAL:
                continue
        noun = {"hubs": "hub", "labs": "lab"}.get(noun, noun)
        if word.text in ("Land", "Landes", "Lande", "Freistaat", "Freistaates", "Freistaats"):
            mention = _state(tokens, start, end, word.text, mentions)
        elif word.types or word.legal or referring(noun):
            before, town = start, ""
            if of_town := _ADJECTIVE_OF_TOWN.search(tokens.text, max(0, start - 30), start):
                town = town_of(of_town[0].strip())
                before = of_town.start() if town else start
            pointer = _POINTER.search(tokens.text, max(0, before - 60), before)
            noun = referring(noun) or noun
            if not pointer:
                if other := twin(noun, start, end, mentions, seen):
                    added.append(other)
                    seen.add(other)
                elif pair := _paired(tokens.text, start, end):
                    pairs.append((pair, noun, start, end))
                continue
            if _BOTH.search(pointer[0]):
                added += both(noun, start, end, mentions, seen)
                continue
            if is_plural(pointer[0].split()[0], word.text):
                continue
            owner = town or _qualifier(word.text, mentions)
            mention = referred(noun, start, end, mentions, seen, owner)
        else:
            continue
        if mention:
            mention.alias = word.text
            added.append(mention)
            seen.add(mention)
    added += _of_pairs(pairs, mentions, seen)
    return sorted([*mentions, *added], key=lambda m: m.start) if added else mentions


_BEFORE_PAIR = re.compile(r"(?:\A|[.!?:\n“] ?|\b(?:zwischen|haben|wollen|werden|von|vom|dass) )\Z")
_AFTER_PAIR = re.compile(r" und (?=[A-ZÄÖÜ])")


def _paired(text: str, start: int, end: int) -> str:
    """Whether a noun is the first or the second of two without articles: "Verband und Agentur"."""
    if _AFTER_PAIR.match(text, end) and _BEFORE_PAIR.search(text, max(0, start - 12), start):
        return "first"
    return "second" if text.endswith(" und ", 0, start) else ""


def _of_pairs(
    pairs: list[tuple[str, str, int, int]], mentions: list[Mention], seen: Salience
) -> Iterator[Mention]:
    """What nouns without articles mean, "Verband und Agentur", where both mean something."""
    for (one, noun, start, end), (two, other, begin, stop) in pairwise(pairs):
        if (one, two) == ("first", "second") and begin == end + len(" und "):
            first = referred(noun, start, end, mentions, seen)
            second = referred(other, begin, stop, mentions, seen)
            if first and second and first.name != second.name:
                yield from (first, second)


def _qualifier(word: str, mentions: list[Mention]) -> str:
    """The name that a noun is compounded with, "Alpha" of "Alpha-Werk", where the text has one such."""
    first, hyphen, _ = word.rpartition("-")
    named = hyphen and any(m.kind != "short" and m.name.startswith(first) for m in mentions)
    return first if named else ""


class _Covered:
    """Which places lie within a mention."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._spans = sorted((m.start, m.end) for m in mentions)
        self._next = 0

    def has(self, place: int) -> bool:
        """Whether a place does; places must be asked for in order."""
        while self._next < len(self._spans) and self._spans[self._next][1] <= place:
            self._next += 1
        return self._next < len(self._spans) and self._spans[self._next][0] <= place


def _state(
    tokens: Tokens, start: int, end: int, text: str, mentions: list[Mention]
) -> Mention | None:
    """The federal state that "das Land" means: the nearest one named before, else after."""
    if not re.search(
        r"(?:(?<!auf )[Dd](?:as|es|em|er)|[Vv]om|und|durch|,|von) \Z",
        tokens.text[max(0, start - 8) : start],
    ):
        return None
    own = text.startswith("Freistaat")
    place = bisect.bisect_left(mentions, start, key=lambda m: m.start)
    states = [
        m for m in mentions[max(0, place - 200) : place + 60]
        if (m.name in STATES and (m.name in _OWN_STATE or not own)) or _of_state(m.name)
    ]  # fmt: skip
    before = [m for m in states if m.start < start]
    nearest = before[-1] if before else states[0] if states else None
    if nearest is None:
        return None
    state = nearest.name.split(" ")[-1]
    bare = "Freistaat" if own or state in _OWN_STATE else "Land"
    return Mention(start, end, f"{bare} {state}", ("PublicBody",), "short", head=stem(bare))


def _of_state(name: str) -> bool:
    parts = name.split(" ", 1)
    return len(parts) == 2 and parts[0] in ("Land", "Freistaat") and parts[1] in STATES
