"""How much a text speaks of a name at a place: what nouns that refer back choose by.

Each time a text names something it weighs by its part in the sentence, and less the more sentences
lie between (after Lappin and Leass 1994); what the text begins with weighs throughout.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable

from kg.extraction.mentions import Mention

_BARE, _OWNER, _GOVERNED, _OF_OFFICE = 1.0, 0.6, 0.45, 0.15
_AT_HEAD = 0.3
"""More for what a sentence begins with."""
_OPENING, _FIRST, _REACH = 0.35, 3, 25
"""More for what the first sentences speak of, of which one may be but a town and a date, and how many
sentences that holds for: a longer text is about more than one thing."""
_ITEM_OF_LIST = 0.5
_CARRIER = 0.3
"""Who is only said to carry, fund or join what the text is about."""

_ABBREVIATED = 0.5
"""Less for an abbreviation: who says "DLZ" hardly says "das Zentrum" right after."""

_DESCRIBED = 0.5
_DESCRIPTION = re.compile(r" (?:der|des) [a-zäöüß]+en ")

_PREPOSITION = re.compile(
    r"\b(?:[Aa]n|[Aa]m|[Aa]uf|[Aa]us|[Bb]eim?|[Dd]urch|[Ff]ür|[Ii]n|[Ii]m|[Mm]it|[Nn]ach|[Nn]eben|[Ss]eitens|[Üü]ber|[Uu]nter"
    r"|[Vv]on|[Vv]om|[Vv]or|[Zz]u[mr]?|[Ww]ie|[Aa]ls)"
    r"(?: (?:de[rmns]|die|das|eine[mnrs]?|ihre[mnrs]?|seine[mnrs]?))?(?: [a-zäöüß-]+e[nrms]?){0,2} (?:[A-ZÄÖÜ][a-zäöüß]+er )?\Z"
)
_GENITIVE = re.compile(
    r"(?P<noun>\b[A-ZÄÖÜ][\w-]+) (?:des|der|eines|einer|vom|von der|von)(?: [a-zäöüß-]+e[nr]){0,2} (?:[A-ZÄÖÜ][a-zäöüß]+er )?\Z"
)
_OFFICE = re.compile(
    r"(?i)(?:leiter|chef|manager|präsident|vorsitzende|geschäftsführer|direktor|sprecher|rektor|dekan|vertreter"
    r"|inhaber|professor|koordinator|mitarbeiter|referent|bevollmächtigte|beauftragte|obmann|obfrau|intendant|gründer|kanzler|dezernent)\w{0,5}\Z"
)
_SEAT = re.compile(r", (?:Vorstand|Mitglied)\w*\Z")
"""Offices only after a person: "Ada Muster, Vorstand des Vereins"."""
_CARRIES = re.compile(
    r"(?i)\b(?:träger|betreiber|partner|projektpartner|mitglied|gesellschafter|förderer|auftraggeber|veranstalter|mitglieder)(?:in|innen)?"
    r" (?:ist|sind|war|waren|wird|werden|bleibt|bleiben) (?:auch |weiterhin |seit \d{4} )?(?:(?:der|die|das) )?(?:[a-zäöüß]+ )?\Z"
)
_LINK = re.compile(r"(?:,|und|sowie|&) (?:(?:der|die|das|dem|den|des) )?(?:[a-zäöüß]+ )?\Z")


def role_weight(text: str, start: int) -> float:
    """How much a name at a place weighs by its part in the sentence.

    >>> def of(sentence: str) -> float: return role_weight(sentence, sentence.index("Alpha"))
    >>> of("Neu ist die Alpha GmbH."), of("Träger der Alpha GmbH ist B."), of("Sie sprach mit der Alpha GmbH.")
    (1.0, 0.6, 0.45)
    >>> of("Es kam Ada Muster, Leiterin der Alpha GmbH."), of("Die Beta AG und die Alpha GmbH kamen.")
    (0.15, 0.5)
    >>> of("Träger ist die Alpha GmbH.")
    0.3
    """
    before = text[max(0, start - 60) : start]
    if before.endswith("("):
        return _CARRIER
    if not before.endswith(" "):
        return _BARE
    if (" de" in before or " vo" in before or " ei" in before) and (
        genitive := _GENITIVE.search(before)
    ):
        held = _OFFICE.search(genitive["noun"]) or _SEAT.search(before, 0, genitive.end("noun"))
        return _OF_OFFICE if held else _OWNER
    if _PREPOSITION.search(before, max(0, len(before) - 40)):
        return _GOVERNED
    if _CARRIES.search(before):
        return _CARRIER
    return _ITEM_OF_LIST if _LINK.search(before) else _BARE


def named_weight(mention: Mention) -> float:
    """1 for a name, less for what is rather described: "das Netzwerk der ostdeutschen Züchter"."""
    described = mention.kind == "form" and _DESCRIPTION.search(mention.name)
    return _DESCRIBED if described else 1.0


class Salience:
    """What a text has named up to a place, and how much it speaks of it there.

    >>> text = "Das Zentrum Nordlicht wächst. Es hilft Ada vom Zentrum Südwind. Das Zentrum ist neu."
    >>> spans = [(name, text.index(name)) for name in ("Zentrum Nordlicht", "Zentrum Südwind")]
    >>> named = [Mention(at, at + len(name), name, ("Project",), "form") for name, at in spans]
    >>> seen = Salience(text, [0, 30, 64], named)
    >>> [round(seen.of(m.name, 64), 2) for m in named]
    [0.78, 0.65]
    """

    def __init__(self, text: str, sentences: Iterable[int], mentions: Iterable[Mention]) -> None:
        """``sentences`` are where sentences start."""
        self.text = text
        self._starts = list(sentences)
        self._seen: dict[str, list[Mention]] = {}
        self._weights: dict[int, tuple[int, float]] = {}
        for mention in mentions:
            if mention.kind in ("known", "form", "quote", "short"):
                self._seen.setdefault(mention.name, []).append(mention)

    def add(self, mention: Mention) -> None:
        """Take note of a noun that refers to a name."""
        bisect.insort(self._seen.setdefault(mention.name, []), mention, key=_start)

    def of(self, name: str, place: int, noun: str = "") -> float:
        """How much the text speaks of a name before a place, for a noun that may mean it."""
        here = bisect.bisect_right(self._starts, place)
        said = self._seen[name]
        total = 0.0
        for mention in reversed(said[: bisect.bisect_left(said, place, key=_start)][-_LAST:]):
            sentence, weight = self._weighed(mention)
            if noun and self.text[mention.start : mention.end].isupper():
                weight *= _ABBREVIATED
            total += weight / (1 + here - sentence)
        if here <= _REACH and self._weighed(said[0])[0] <= _FIRST:
            total += _OPENING
        return total * named_weight(said[0])

    def rename(self, name: str, other: str) -> None:
        """Call by another name what had a name until now."""
        self._seen[other] = self._seen.pop(name, [])
        for mention in self._seen[other]:
            mention.name = other

    def sentence_of(self, place: int) -> tuple[int, int]:
        """Where the sentence that a place lies in starts and ends."""
        number = bisect.bisect_right(self._starts, place)
        low = self._starts[number - 1] if number else 0
        return low, self._starts[number] if number < len(self._starts) else len(self.text)

    def _weighed(self, mention: Mention) -> tuple[int, float]:
        """Which sentence a name stands in, counted from 1, and how much it weighs there."""
        start = mention.start
        if start not in self._weights:
            sentence = bisect.bisect_right(self._starts, start)
            weight = role_weight(self.text, start)
            if sentence and start - self._starts[sentence - 1] < 6 and weight >= _ITEM_OF_LIST:
                weight += _AT_HEAD
            self._weights[start] = sentence, weight
        return self._weights[start]


_LAST = 30
"""Times that a name is said which count."""


def _start(mention: Mention) -> int:
    return mention.start
