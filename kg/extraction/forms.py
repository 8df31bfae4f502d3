"""Names of bodies and undertakings that we do not know, found by their form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.mentions import Mention
from kg.extraction.stems import stem
from kg.extraction.vocabulary import (
    AFTER_GENITIVE,
    BARE,
    BEFORE_PROPER,
    GENERIC,
    NO_BODY,
    STATE_ADJECTIVES,
    TOPIC_HEADS,
    WITH_PURPOSE,
)
from kg.extraction.words import Tokens, Word

_LEGAL_TYPES = (("gGmbH", "NonProfitCompany"), ("gAG", "NonProfitCompany"), ("e. V", "Association"),
                ("e.V", "Association"), ("öR", "PublicBody"), ("ö. R", "PublicBody"),
                ("", "Company"))  # fmt: skip
_LOWER_TAIL = re.compile(r"[a-zäöü]+\.[a-zäöü]+\Z")
_STATE = re.compile(STATE_ADJECTIVES + r"\Z")
_LOWER_NAME = re.compile(r"(?!und|von|für|neue|alte|dort|hier|auch|sehr|eine)(?:[a-z]{2,4}|[a-z]-[a-z]{2,4})(?<!e)(?<!en)(?<!er)\Z")
_PLURAL = re.compile(
    r"(?:zentren|institute[n]?|ministerien|universitäten|hochschulen|akademien|verbände[n]?|vereine[n]?|kammern"
    r"|behörden|agenturen|stiftungen|kreise[n]?|städte[n]?|gemeinden|gesellschaften|labore[n]?|projekte[n]?|programme[n]?"
    r"|netzwerke[n]?|initiativen|cluster[n]|gewerkschaften|vorhaben|einrichtungen|fakultäten|länder[n]?)\Z"
)
_MOST = 12
"""Words that a name has at most before its head."""
_ARTICLE = frozenset("der die das den dem des".split())
_ADJECTIVE = re.compile(r"[a-zäöüß][\w-]*(?:e|en|er|es)\Z")
_CAP_ADJECTIVE = re.compile(r"(?:Gut|Neu|Digital|Europäisch|Deutsch|Sozial|Ländlich|Nachhaltig)(?:e|en|er|es)\Z")
_BRACKET = re.compile(r" \((?:kurz:? |im Folgenden:? )?[„\"]?([A-ZÄÖÜa-zäöü0-9][\w.&+ -]{0,28}?)[“”\"]?\)")
_SUFFIX_NOUN = re.compile(r"(?:ung|heit|keit|schaft|ion|tät|ment|ismus|wesen|nahme|arbeit|bau|ik)\Z")
_TRADES = frozenset("arbeit handel gewerbe kultur soziales verkehr energie umwelt umwelttechnik".split())
_TOWN_PART = re.compile(r" (?:\((?:Saale|Oder|Havel|Spree|Main|Elbe)\)|an der [A-Z]\w+|am (?:Main|Rhein|See|Harz))")


def legal_type(text: str) -> str:
    """The class that a legal form means.

    >>> legal_type("e. V."), legal_type("GmbH & Co. KG")
    ('Association', 'Company')
    """
    return next(kind for part, kind in _LEGAL_TYPES if part in text)


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
    yield from elided(tokens)


def _part_of_name(word: Word) -> bool:
    return word.cap and not word.stop and not word.office and not word.mark


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
        if not _part_of_name(before) or before.legal or before.text.endswith("-"):
            break
        if before.place and before.text.endswith("s") and before.text not in ("Reims",):
            break  # "Sachsens Ministerium": the owner, no part of the name
        place -= 1
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
    if first > 0 and "inisteri" in last_part and tokens.close(first - 1) and _STATE.match(words[first - 1].text):
        first -= 1
    last = _right(tokens, i)
    if words[last].legal:
        first = _lower_name(tokens, first)
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
    mention = Mention(start, end, _clean(text), types, "form", head=name_of_head)
    if "für" in text and types[0] == "Project" and name_of_head == "zentrum":
        mention.types = ("ResearchInstitute", "Project", "Organisation")
    if generic and first == i and (not words[last].legal or last > i + 1):
        # "Projekt SmartLoom", "Verein Muster e. V.": the noun is no part
        mention.name = _clean(tokens.text[tokens.starts[i + 1] : end])
        mention.prefix = last_part
        if last_part in ("verein", "firma", "unternehmen"):
            mention.types = types[:1]
    return _with_bracket(tokens, mention, last)


def _definite(tokens: Tokens, i: int) -> bool:
    """Whether an article that tells a name from a mere description stands before token ``i``."""
    before = tokens.words[i - 1].text.lower() if i else ""
    return before in _DEFINITE or before in ("„", "»", "\"", "(") or i == 0


_DEFINITE = frozenset("der die das dem den des vom zum zur im am beim ins dieses diesem".split())
_KEPT = frozenset("initiative plattform wettbewerb marke portal reihe kampagne bundesinitiative landesinitiative".split())
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
    if after == "für" and not head.endswith(("regierung", "ministerien", "mittel", "verwaltung")):
        last = _after_for(tokens, last + 1) or last
    elif after in ("zur", "zum") and stem(head) in _PURPOSE_STEMS:
        last = _after_for(tokens, last + 1) or last
    elif after and stem(head) in _TOPIC_STEMS:
        last = _after_for(tokens, last, articles=False) or last
    elif (
        last + 2 < count
        and tokens.close(last)
        and words[last + 1].text in ("der", "des")
        and stem(words[i].text.rsplit("-", 1)[-1]) in _GENITIVE_STEMS
    ):
        last = _genitive(tokens, last + 1) or last
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
        if following.text.isdigit() and len(following.text) < 3 and not words[last].stop:
            break
        if not _part_of_name(following) or following.first or following.text.endswith("-"):
            break
        if following.types and not _goes_on_with_head(tokens, last + 1):
            break
        if following.place and following.text.endswith("s") and following.text[:-1] and (
            last + 2 < count and words[last + 2].cap and tokens.close(last + 1)
        ):  # fmt: skip
            break
        last += 1
    return last


_GENITIVE_STEMS = frozenset(stem(g) for g in AFTER_GENITIVE)
_PURPOSE_STEMS = frozenset(stem(g) for g in WITH_PURPOSE)
_TOPIC_STEMS = frozenset(stem(g) for g in TOPIC_HEADS)


def _goes_on_with_head(tokens: Tokens, place: int) -> bool:
    """Whether a further head noun belongs to the name: before a legal form, or before a place."""
    words = tokens.words
    after = words[place + 1] if place + 1 < len(words) and tokens.close(place) else None
    return after is not None and (after.legal or bool(after.place) or after.cap and not after.stop)


def _after_for(tokens: Tokens, place: int, *, articles: bool = True) -> int | None:
    """The end of "für Technik, Wirtschaft und Kultur", ``place`` being "für"; None if there is none."""
    words = tokens.words
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
        if not _topic_noun(item) or not item.cap:
            break
        place, count = place + 2, count + 1
    if place + 2 < total and tokens.close(place) and words[place + 1].text in ("und", "&", "sowie"):
        end = _noun_phrase(tokens, place + 1, articles=False)
        if end is not None and _topic_noun(words[end]) and not _begins_body(tokens, end):
            return count + 1, end
    return 0, last


def _begins_body(tokens: Tokens, end: int) -> bool:
    """Whether the last noun is the beginning of another name: "und Automotive Cluster"."""
    after = tokens.words[end + 1] if end + 1 < len(tokens.words) and tokens.close(end) else None
    return after is not None and bool(after.types)


def _topic_noun(word: Word) -> bool:
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
            if word.text.endswith("-") and i + 2 < len(words) and words[i + 1].text in ("und", "oder", "&"):
                i += 2  # "Luft- und Raumfahrt"
                steps += 1
                continue
            if word.office or word.legal or word.caps:
                return None
            after = words[i + 1] if i + 1 < len(words) and tokens.close(i) else None
            if _CAP_ADJECTIVE.match(word.text) and after is not None and _topic_noun(after):
                return i + 1  # "Gute Arbeit"
            return i
        if not _ADJECTIVE.match(word.text) or word.text in _ARTICLE:
            return None
        i += 1
        steps += 1
    return None


def _genitive(tokens: Tokens, place: int) -> int | None:
    """The end of "der mitteldeutschen Wirtschaft" after a head; None where a body is named."""
    end = _noun_phrase(tokens, place, articles=False)
    if end is None:
        return None
    word = tokens.words[end]
    if word.types or word.caps or word.place or word.stop and not word.text.endswith("schaft"):
        return None
    return end


def _by_legal_form(tokens: Tokens, i: int) -> tuple[Mention, int] | None:
    words = tokens.words
    first = _left(tokens, i)
    if first == i:
        return None
    if first > 1 and words[first - 1].text == "und" and tokens.close(first - 1):
        first = _joined_names(tokens, first)
    while first + 1 < i and words[first].text.lower() in GENERIC:
        first += 1
    first = _lower_name(tokens, first)
    last = i
    while last + 1 < len(words) and tokens.close(last) and (
        words[last + 1].place == "City" or words[last + 1].legal
    ):  # fmt: skip
        last += 1
    start, end = tokens.starts[first], tokens.ends[last]
    kind = legal_type(words[i].text)
    head = next((stem(w.text.rsplit("-", 1)[-1]) for w in reversed(words[first:i]) if w.types), "")
    types = (kind, "Company", "Association") if kind == "Association" else (kind,)
    mention = Mention(start, end, _clean(tokens.text[start:end]), types, "form", head=head)
    return _with_bracket(tokens, mention, last)


def _lower_name(tokens: Tokens, first: int) -> int:
    """Where a name begins that has a short name in small letters before it: "die tti Transfer GmbH"."""
    words = tokens.words
    if first > 1 and _LOWER_NAME.match(words[first - 1].text) and words[first - 2].text.lower() in _DEFINITE:
        return first - 1
    return first


def _joined_names(tokens: Tokens, first: int) -> int:
    """Where "ATB Arbeit, Technik und Bildung gGmbH" begins: nouns of a name, not bodies in a row."""
    words, place = tokens.words, first - 1
    before = place - 1
    if before < 0 or not _noun_of_trade(words[before]):
        return first
    place = before
    while place > 1 and words[place - 1].text == "," and _noun_of_trade(words[place - 2]):
        place -= 2
    left = _left(tokens, place)
    introduced = left == 0 or not words[left - 1].mark
    return left if introduced else first


def _noun_of_trade(word: Word) -> bool:
    if not word.cap or word.types or word.place or word.legal or word.caps or word.office:
        return False
    return bool(_SUFFIX_NOUN.search(word.text)) or word.text.lower() in _TRADES


def _with_bracket(tokens: Tokens, mention: Mention, last: int) -> tuple[Mention, int]:
    """Add an abbreviation in brackets right after a name, and a town right after that."""
    text = tokens.text
    part = _TOWN_PART.match(text, mention.end)
    if part and tokens.words[last].place:
        mention.end = part.end()
        mention.name += part[0]
    match = _BRACKET.match(text, mention.end)
    if match and is_abbreviation(match[1]):
        mention.alias = match[1]
        mention.end = match.end()
        while last + 1 < len(tokens.words) and tokens.ends[last + 1] <= mention.end:
            last += 1
        following = tokens.words[last + 1] if last + 1 < len(tokens.words) else None
        if following and following.place and tokens.starts[last + 1] == mention.end + 1:
            last += 1
            mention.end = tokens.ends[last]
            if not mention.name.endswith(following.text):
                mention.name += f" {following.text}"
    else:
        while last + 1 < len(tokens.words) and tokens.ends[last + 1] <= mention.end:
            last += 1
    return mention, last


def is_abbreviation(text: str) -> bool:
    """Whether a text in brackets is a short name: two capital letters, or one and a hyphen.

    >>> [is_abbreviation(t) for t in ("BMAS", "ACOD e.V", "f-bb", "Leipzig", "Institut für X")]
    [True, True, True, False, False]
    """
    letters = [c for c in text if c.isalpha()]
    upper = sum(map(str.isupper, letters))
    words = text.split()
    if len(words) > 3 or not letters:
        return False
    if any(w[0].isupper() and len(w) > 5 and w[1:].islower() for w in words):
        return False
    return upper >= 2 or "-" in text or text[0].islower()


def _clean(text: str) -> str:
    return " ".join(text.split())


_SINGULAR = {
    "universitäten": "Universität", "hochschulen": "Hochschule", "fachhochschulen": "Fachhochschule",
    "landkreise": "Landkreis", "landkreisen": "Landkreis", "städte": "Stadt", "städten": "Stadt",
    "gemeinden": "Gemeinde", "handwerkskammern": "Handwerkskammer", "länder": "Land", "ländern": "Land",
    "kreise": "Kreis", "kreisen": "Kreis", "sparkassen": "Sparkasse", "institute": "Institut",
    "instituten": "Institut", "kliniken": "Klinik", "hansestädte": "Hansestadt",
    "arbeitsagenturen": "Agentur für Arbeit",
}  # fmt: skip
_HEAD_OF_MANY = re.compile(
    r"\b(?P<left>(?:(?:Technischen|Industrie- und|Pädagogischen) )?)(?P<head>[A-ZÄÖÜ][a-zäöüß]{2,40}(?:ern|en|e|n|er)) (?=[A-ZÄÖÜ])"
)
_ONE_OF_MANY = re.compile(r"(?P<name>(?!(?:Und|Der|Die|Das)\b)[A-ZÄÖÜ][\w-]+(?: \([A-Z]\w+\)|-[A-Z]\w+)?)(?P<link>, | und | sowie |(?=\W|\Z))")


def elided(tokens: Tokens) -> Iterator[Mention]:
    """Names that share a head in the plural: each is completed.

    >>> from kg.extraction.words import tokens_of
    >>> [m.name for m in elided(tokens_of("Die Universitäten Greifswald und Rostock forschen."))]
    ['Universität Greifswald', 'Universität Rostock']
    """
    for match in _HEAD_OF_MANY.finditer(tokens.text):
        head = _SINGULAR.get(match["head"].lower())
        if not head:
            continue
        types = _types_of_head(head)
        items = []
        place = match.end()
        while len(items) < 40 and (item := _ONE_OF_MANY.match(tokens.text, place)) is not None:
            items.append(item)
            place = item.end()
            if not item["link"]:
                break
        if len(items) < 2:
            continue
        left = match["left"].replace("Technischen", "Technische").replace("Pädagogischen", "Pädagogische")
        for number, item in enumerate(items):
            start = match.start() if number == 0 else item.start("name")
            name = f"{left}{head} {item['name']}"
            yield Mention(start, item.end("name"), name, types, "form", head=stem(head))


def _types_of_head(head: str) -> tuple[str, ...]:
    from kg.extraction.vocabulary import head_types

    return head_types(head.split()[0]) or ("PublicBody",)


_BRAND = re.compile(r"(?:[A-ZÄÖÜ][A-ZÄÖÜ0-9&]{2,7}|[A-Z]\w*[a-zäöü][A-Z]\w+|[A-Z]-[A-Z][a-z]+)\Z")


def brands(tokens: Tokens) -> Iterator[Mention]:
    """Bodies by an abbreviation or an unusual spelling alone, with a place or tail after it.

    >>> from kg.extraction.words import tokens_of
    >>> text = "Kooperationen mit SAP, T-Systems Multimedia Solutions und der IHK Chemnitz, nicht mit KMU."
    >>> [m.name for m in brands(tokens_of(text))]
    ['SAP', 'T-Systems Multimedia Solutions', 'IHK Chemnitz']
    """
    words, done = tokens.words, -1
    for i, word in enumerate(words):
        if i <= done or word.mark or not _BRAND.match(word.text) or word.text in NO_BODY or word.types or word.first:
            continue
        last = i
        while last + 1 < len(words) and tokens.close(last) and last - i < 3:
            following = words[last + 1]
            plain = _part_of_name(following) and not following.types and not following.first
            if not plain or following.text.endswith("-") or (not following.place and not _TAIL.match(following.text)):
                break
            last += 1
        done = last
        name = _clean(tokens.text[tokens.starts[i] : tokens.ends[last]])
        if name.isupper() and i and words[i - 1].text.isupper() and tokens.close(i - 1):
            continue
        types = ("Organisation", "Company", "Association")
        yield Mention(tokens.starts[i], tokens.ends[last], name, types, "brand")


_TAIL = re.compile(r"(?:[A-Z][a-z]+(?:s|ions?|y|ing|tech|net|data|soft)|Ost|West|Nord|Süd|Group|Software|Services?|Systems?)\Z")
