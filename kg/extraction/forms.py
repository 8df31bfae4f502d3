"""Names of bodies and undertakings that we do not know, found by their form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extraction.endings import legal_type, with_bracket
from kg.extraction.mentions import Mention
from kg.extraction.nouns import (
    DEFINITE,
    after_capital,
    after_for,
    and_for,
    clean,
    genitive_after,
    is_common_noun,
    is_trade,
    lower_brand,
    lower_name,
    noun_of_trade,
    part_of_name,
)
from kg.extraction.stems import stem
from kg.extraction.vocabulary import (
    AFTER_GENITIVE,
    BARE,
    BEFORE_PROPER,
    DESCRIBING,
    GENERIC,
    STATE_ADJECTIVES,
    TOPIC_HEADS,
    WITH_PURPOSE,
    regions,
    town_of,
)
from kg.extraction.words import Tokens, Word, place_type

_LOWER_TAIL = re.compile(r"[a-zäöü]+\.[a-zäöü]+\Z")

_STATE = re.compile(STATE_ADJECTIVES + r"\Z")

_PLURAL = re.compile(
    r"(?:zentren|institute[n]?|ministerien|universitäten|hochschulen|akademien|verbände[n]?|vereine[n]?|kammern"
    r"|behörden|agenturen|stiftungen|kreise[n]?|städte[n]?|gemeinden|gesellschaften|labore[n]?|projekte[n]?|programme[n]?"
    r"|galerien|klöstern?|konsulate[n]?|versicherungen|krankenkassen|netzwerke[n]?|initiativen|cluster[n]|gewerkschaften|vorhaben|einrichtungen|fakultäten|länder[n]?)\Z"
)

_MOST = 12
"""Words that a name has at most before its head."""


def forms(tokens: Tokens) -> Iterator[Mention]:
    """Names by their head noun or legal form.

    >>> from kg.extraction.words import tokens_of
    >>> text = "Die Technische Hochschule Saaletal und der Förderkreis Elbmusik e.V. kooperieren."
    >>> [(m.name, m.type) for m in forms(tokens_of(text))]
    [('Technische Hochschule Saaletal', 'University'), ('Förderkreis Elbmusik e.V.', 'Association')]
    """
    done = -1
    for i, word in enumerate(tokens.words):
        if i <= done or not (word.types or word.legal):
            continue
        found = _by_legal_form(tokens, i) if word.legal else _by_head(tokens, i)
        if found:
            mention, done = found
            yield mention


def _left(tokens: Tokens, i: int) -> int:
    """The first token of a name that ends before token ``i`` goes on to the left."""
    words, place = tokens.words, i
    while place > 0 and i - place < _MOST and tokens.close(place - 1):
        before = words[place - 1]
        if before.text in ("und", "&") and place > 1 and tokens.close(place - 2):
            if words[place - 2].text.endswith("-") or (before.text == "&" and words[place - 2].cap):
                place -= 2
                continue
            break
        if words[i].legal and before.text.isdigit() and len(before.text) == 4:
            place -= 1
            continue
        if not part_of_name(before) or before.legal or before.text.endswith("-"):
            break
        if before.place and before.text.endswith("s") and before.text not in ("Reims",):
            break  # "Sachsens Ministerium": the owner, no part of the name
        place -= 1
    if place and words[place - 1].text.lower() in DEFINITE:
        return place  # "die Karl Muster Stiftung" bears the name of a person
    while place < i and words[place].first and place + 1 < i and not words[place].types:
        if words[place + 1].types or words[place + 1].legal:
            break
        place += 1
    return place


def _by_head(tokens: Tokens, i: int) -> tuple[Mention, int] | None:
    words = tokens.words
    head = words[i]
    last_part = head.text.rsplit("-", 1)[-1].lower()
    name_of_head = stem(last_part)
    if _PLURAL.search(last_part):
        return None
    first = _left(tokens, i)
    if (
        first > 0
        and "inisteri" in last_part
        and tokens.close(first - 1)
        and _STATE.match(words[first - 1].text)
    ):
        first -= 1
    last = _right(tokens, i)
    if words[last].legal:
        if is_trade(head.text) and first > 1 and words[first - 1].text == "und":
            first = _joined_names(tokens, first)  # "Handel und Logistik GmbH"
        first = lower_name(tokens, first)
    types = head.types
    if last > i and words[last].legal:
        types = (legal_type(words[last].text), *types)
    if first == i and last > i and words[i + 1].text == "für" and not words[last].legal and (
        types[0] in ("Project", "Association", "Organisation") and not _definite(tokens, i)
    ):  # fmt: skip
        return None
    generic = name_of_head in _GENERIC_STEMS
    if first == i and generic and last == i:
        return None
    if last == first and not _is_name_alone(head, last_part):
        return None
    if last_part in BEFORE_PROPER and last == i:
        return None
    start, end = tokens.starts[first], tokens.ends[last]
    text = tokens.text[start:end]
    mention = Mention(start, end, clean(text), types, "form", head=name_of_head)
    if "für" in text and types[0] == "Project" and name_of_head == "zentrum":
        mention.types = ("ResearchInstitute", "Project", "Organisation")
    described = last_part in DESCRIBING and words[last].legal
    if last_part == "gewerkschaft" and last == i + 1:
        described = words[last].caps or "." in words[last].text
    if (generic or described) and first == i and (not words[last].legal or last > i + 1):
        # "Projekt SmartLoom", "Verein Muster e. V.": the noun is no part
        mention.name = clean(tokens.text[tokens.starts[i + 1] : end])
        mention.prefix = last_part
        if last_part in ("verein", "firma", "unternehmen"):
            mention.types = types[:1]
    if mention.name.startswith(("für ", "zur ", "zum ")):
        return None  # "Programm für Grundschulen" has no name
    return with_bracket(tokens, mention, last)


def _definite(tokens: Tokens, i: int) -> bool:
    """Whether an article that tells a name from a mere description stands before token ``i``."""
    before = tokens.words[i - 1].text.lower() if i else ""
    return before in DEFINITE or before in ("„", "»", '"', "(", ":", "–", "•", "-") or i == 0


_KEPT = frozenset(
    "initiative plattform wettbewerb marke portal reihe kampagne bundesinitiative landesinitiative".split()
)
"""Nouns that are part of a name that has no quotation marks: "Initiative Junge Wirtschaft"."""

_GENERIC_STEMS = frozenset(stem(g) for g in GENERIC - _KEPT)

_BARE_STEMS = frozenset(stem(b) for b in BARE)


def _is_name_alone(word: Word, last_part: str) -> bool:
    """Whether a single word is a name: "Bundeswirtschaftsministerium", "Kooperationsvertrag"."""
    low = word.text.lower()
    if stem(low) in _BARE_STEMS:
        return True
    if "ministeri" in low and len(low) > 15:
        return True
    if word.text.count("-") > 1 and all(p[:1].isupper() for p in word.text.split("-")):
        return True
    if "-" in word.text and last_part != low:
        return word.types[0] not in ("PublicBody", "Company", "Association")
    if low.endswith(("pakt", "pakts", "paktes", "charta")) and len(low) > 9:
        return True
    return word.types[0] == "PublicBody" and low.startswith(("bundes", "staats", "landes")) and (
        low.rstrip("s") not in ("bundesland", "landesamt", "bundesamt", "landesverwaltung")
        and "ministeri" not in low
    )  # fmt: skip


def _right(tokens: Tokens, i: int) -> int:
    """The last token of a name whose head is token ``i``."""
    words, last = tokens.words, i
    count = len(words)
    head = words[i].text.rsplit("-", 1)[-1].lower()
    after = words[last + 1].text if last + 1 < count and tokens.close(last) else ""
    if (
        after == "für" and not head.endswith(("regierung", "ministerien", "mittel", "verwaltung"))
    ) or (after in ("zur", "zum") and stem(head) in _PURPOSE_STEMS):
        last = after_for(tokens, last + 1) or last
    elif after and stem(head) in _TOPIC_STEMS:
        last = after_for(tokens, last, articles=False) or last
    elif (
        last + 2 < count
        and tokens.close(last)
        and words[last + 1].text in ("der", "des")
        and stem(words[i].text.rsplit("-", 1)[-1]) in _GENITIVE_STEMS
    ):
        last = genitive_after(tokens, last + 1) or last
        if last > i and "inisteri" in head:
            last = and_for(tokens, last)
    elif (
        last + 2 < count
        and head.endswith("stiftung")
        and words[last + 1].text in ("der", "des")
        and words[last + 2].text in _STATES
    ):
        last += 2  # "Kulturstiftung des Freistaates Sachsen"
        last += last + 1 < count and bool(words[last + 1].place)
    elif (
        last + 2 < count
        and words[last + 1].text in ("der", "des")
        and _is_region(words[last + 2])
        and head not in BEFORE_PROPER
    ):
        last += 2  # "Arbeitskammer des Saarlandes"
    while last + 1 < count and last - i < 3 * _MOST and tokens.close(last):
        following = words[last + 1]
        if following.legal:
            last += 1
            break
        if _LOWER_TAIL.match(following.text):
            last += 1
            continue
        if following.text == "zu" and last + 2 < count and words[last + 2].place == "City":
            last += 2
            continue
        if following.text == "&" and last + 2 < count and words[last + 2].cap:
            last += 2
            continue
        if end := after_capital(tokens, last + 1):
            last = end
            continue
        if (
            following.text.isdigit()
            and len(following.text) == 4
            and last + 2 < count
            and words[last + 2].legal
        ):
            last += 1
            continue
        if following.text.isdigit() and len(following.text) < 3 and not words[last].stop:
            break
        if not part_of_name(following) or following.first or following.text.endswith("-"):
            break
        of_town = last > i and words[last].text.endswith("er") and following.text in _LANDS
        if following.types and not of_town and not _goes_on_with_head(tokens, last + 1):
            break
        if following.place and following.text.endswith("s") and place_type(following.text[:-1]) and (
            last + 2 < count and words[last + 2].cap and tokens.close(last + 1)
        ):  # fmt: skip
            break
        last += 1
    return last


_STATES = frozenset("Bundes Länder Landes Freistaats Freistaates".split())
_LANDS = frozenset("Land Oberland Kreis Region Revier Raum Heide Seenland".split())
"""What follows the adjective of a town in the name of an area: "Altenburger Land"."""


def _is_region(word: Word) -> bool:
    return word.text.removesuffix("s") in regions() or word.text.removesuffix("es") in regions()


_GENITIVE_STEMS = frozenset(stem(g) for g in AFTER_GENITIVE)

_PURPOSE_STEMS = frozenset(stem(g) for g in WITH_PURPOSE)

_TOPIC_STEMS = frozenset(stem(g) for g in TOPIC_HEADS)


def _goes_on_with_head(tokens: Tokens, place: int) -> bool:
    """Whether a further head noun belongs to the name: before a legal form, or before a place."""
    words = tokens.words
    after = words[place + 1] if place + 1 < len(words) and tokens.close(place) else None
    return after is not None and (
        after.legal or bool(after.place) or (after.cap and not after.stop)
    )


def _by_legal_form(tokens: Tokens, i: int) -> tuple[Mention, int] | None:
    words = tokens.words
    first = _left(tokens, i)
    if first == i and (first := lower_brand(tokens, i)) == i:
        return None
    if first > 1 and words[first - 1].text == "und" and tokens.close(first - 1):
        first = _joined_names(tokens, first)
    while first + 1 < i and (
        words[first].text.lower() in GENERIC or stem(words[first].text) in _GENERIC_STEMS
    ):
        first += 1
    first = lower_name(tokens, first)
    if first + 1 < i and town_of(words[first].text) and _tells(words[first + 1 : i]):
        first += 1  # "die Geraer Nordlicht GmbH", but "die Geraer Stadtwerke GmbH"
    last = i
    while last + 1 < len(words) and tokens.close(last) and (
        words[last + 1].place == "City" or words[last + 1].legal
    ):  # fmt: skip
        last += 1
    start, end = tokens.starts[first], tokens.ends[last]
    kind = legal_type(words[i].text)
    head = next((stem(w.text.rsplit("-", 1)[-1]) for w in reversed(words[first:i]) if w.types), "")
    types = (kind, "Company", "Association") if kind == "Association" else (kind,)
    mention = Mention(start, end, clean(tokens.text[start:end]), types, "form", head=head)
    return with_bracket(tokens, mention, last)


def _tells(words: Sequence[Word]) -> bool:
    """Whether a word among them is no common noun, as far as its form tells."""
    return any(not w.types and not is_common_noun(w.text) for w in words if w.cap)


def _joined_names(tokens: Tokens, first: int) -> int:
    """Where "ATB Arbeit, Technik und Bildung gGmbH" begins: nouns of a name, not bodies in a row."""
    words, place = tokens.words, first - 1
    before = place - 1
    if before < 0 or not noun_of_trade(words[before]):
        return first
    place = before
    while place > 1 and words[place - 1].text == "," and noun_of_trade(words[place - 2]):
        place -= 2
    left = _left(tokens, place)
    introduced = left == 0 or not words[left - 1].mark
    return left if introduced else first
