"""Names that nothing marks but their place: persons of two words, towns after a body, capitals.

What is taken here is what nothing else has found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from kg.extraction.mentions import Mention
from kg.extraction.nouns import NOUN_END
from kg.extraction.people import TITLES
from kg.extraction.vocabulary import GENERIC, MONTHS
from kg.extraction.words import Tokens, Word

_CAPITAL_ADJECTIVE = re.compile(
    r"(?:(?:lich|isch|ig|sam|bar|haft|los|iv|tal|nal|ell|är|ös|end|ent|ant)(?:e|en|er|es|em)|(?:Neu|Alt|Gut|Groß|Klein|Jung|Frei|Rot|Grün|Blau|Weiß|Schwarz|Hoh|Lang)(?:e|en|er|es|em))\Z"
)
"""Adjectives with a capital: "Künstliche Intelligenz" is no person."""
_BEFORE_PERSON = frozenset(
    "von durch mit für um an auf bei neben und sowie als ist war wird wurde bleibt heißt hieß hat hatte gegen über"
    " trauert sagt sagte so laut folgt löst Herrn Frau Herr übernimmt führt leitet".split()
)
_FIRST_OF_SENTENCE = re.compile(r"(?:e|er|es|en|em|st|ich|s|ei|mals|wei|rei|un|ier)\Z")
_AFTER_BODY = re.compile(
    r"(?: in| aus| bei|,? \(|(?<=[\w.]), )(?: ?)(?P<town>(?:Bad |St\. |Sankt )?[A-ZÄÖÜ][a-zäöüß]{3,}(?:-[A-ZÄÖÜ][a-zäöüß]+)?(?: \([A-Z][a-z]+\))?)(?=[,.;:)]|\n|\Z| (?:und|sowie|ist|hat|war|wird|an|am|ab|mit|zu|auf|die|der|das|sowie|seit|im|gibt) )"
)
_BODIES = frozenset(("Organisation", "PublicBody", "Association", "University", "ResearchInstitute", "Company",
                     "NonProfitCompany", "Project", "Building"))  # fmt: skip
_NO_TOWN = frozenset(
    "Kraft Vertretung Rente Betrieb Sachen Planung Zukunft Höhe Form Arbeit Deutsch Sicht Bewegung Haft Aussicht Gang"
    " Angriff Empfang Anspruch Ordnung Frage Folge Reihe Richtung Kürze Eigenregie Holz Stahl Politik Wirtschaft Mitteln"
    " Spenden Teilzeit Vollzeit Präsenz Person Zusammenarbeit Kooperation Partnerschaft Trägerschaft Abstimmung".split()
)
_ROLE = re.compile(
    r"(?:koordinat|leit|führ|partn|träg|vertret|vorsitz|sprech|mitglied|assoziier)\w*\Z",
    re.IGNORECASE,
)
_ARTICLES = frozenset("der die das dem den des ein eine einen einem einer eines kein keine".split())


def guessed(tokens: Tokens, found: Iterable[Mention]) -> Iterator[Mention]:
    """Persons, towns and undertakings where nothing else is found.

    >>> from kg.extraction.words import tokens_of
    >>> text = "Der Verein trauert um Leberecht Hollerhain. Das Projekt LESELOTSEN läuft. LESELOTSEN hilft."
    >>> [m.name for m in guessed(tokens_of(text), [])]
    ['Leberecht Hollerhain', 'LESELOTSEN', 'LESELOTSEN']
    """
    known = list(found)
    taken = {p for m in known for p in (m.start, m.end - 1)}
    yield from _persons(tokens, taken)
    yield from _capitals(tokens, taken)
    yield from _bodies(tokens, taken)
    yield from _towns(tokens, known, taken)


def _plain(word: Word) -> bool:
    return (
        word.cap and not word.mark and not word.stop and not word.types and not word.place and not word.office
        and not word.legal and not word.caps and word.text.isalpha() and word.text[1:].islower()
    )  # fmt: skip


def _persons(tokens: Tokens, taken: set[int]) -> Iterator[Mention]:
    words = tokens.words
    for i in range(len(words) - 1):
        one, two = words[i], words[i + 1]
        if not (_plain(one) and tokens.close(i)) or tokens.starts[i] in taken:
            continue
        last = i + 1
        if (two.text in ("von", "van", "de") and i + 2 < len(words)) or (
            _plain(two) and i + 2 < len(words) and _plain(words[i + 2]) and tokens.close(i + 1)
        ):
            last, two = i + 2, words[i + 2]
        surname = two.text.replace("-", "")
        if one.text in MONTHS or two.text in TITLES:
            continue
        if not (
            two.cap
            and surname.isalpha()
            and not two.types
            and not two.stop
            and not two.office
            and not two.caps
        ):
            continue
        if tokens.starts[last] in taken or NOUN_END.search(one.text) or NOUN_END.search(two.text):
            continue
        if _CAPITAL_ADJECTIVE.search(one.text):
            continue
        if (
            last + 1 < len(words)
            and tokens.close(last)
            and (words[last + 1].cap or words[last + 1].legal)
        ):
            continue
        if i + 1 < len(words) and "-" in one.text:
            continue
        before = words[i - 1] if i else None
        if before is None or before.text in (".", "!", "?") or not _on_line(tokens, i):
            # a sentence begins: the first word has its capital for that
            verb = words[last + 1].text if last + 1 < len(words) else ""
            if _FIRST_OF_SENTENCE.search(one.text) or not (
                verb == "," or verb[:1].islower() or verb == "("
            ):
                continue
            if verb != "," and not verb.endswith(("t", "te", "en", "ist", "hat", "war")):
                continue
        elif not (before.text in _BEFORE_PERSON or before.office or before.text in (":", "–", "(")):
            continue
        name = tokens.text[tokens.starts[i] : tokens.ends[last]]
        yield Mention(
            tokens.starts[i],
            tokens.ends[last],
            name,
            ("Person",),
            "person",
            head=two.text.casefold(),
        )


_MEASURE = re.compile(
    r"(?:Millionen?|Milliarden?|Tonnen|Liter|Hektar|Kilo\w*|Meter|Euro|Prozent|Grad|Anfang|Ende|Mitte|Thema|Stück|Paar|Dutzend|Art|Sorte|Glas|Flasche|Teil|Teile"
    r"|Herr|Herrn|Frau|Familie|Bürger\w*|Professor\w*|Doktor|Sankt|Bad|Raum|Region|Ort|Ortsteil|Stadtteil|Fluss|Kreis|Straße|Platz|Typ|Klasse|Stufe|Phase|Kapitel|Artikel|Absatz|Paragraf"
    r"|[a-zäöüA-ZÄÖÜ]+(?:in|er|ist|ent|or|eur|loge|wirt|mann|frau|ung|heit|keit|schaft|tion|tät|ismus|ment|jahr|monat|tag|woche|zeit))\Z"
)
"""First words of two that make no name of a body: measures, persons, matters."""


def _bodies(tokens: Tokens, taken: set[int]) -> Iterator[Mention]:
    """Two or three nouns in a row after an article: "die Druckerei Blaufisch", "der Hof Blaue Knolle"."""
    words = tokens.words
    for i in range(1, len(words) - 1):
        one, before = words[i], words[i - 1]
        if before.text.lower() not in _ARTICLES and before.text not in (
            "vom",
            "beim",
            "zum",
            "zur",
            "im",
            "am",
        ):
            continue
        if not (
            tokens.close(i - 1)
            and one.cap
            and not one.mark
            and not one.stop
            and not one.first
            and not one.place
        ):
            continue
        if (
            one.office
            or one.legal
            or one.caps
            or _MEASURE.match(one.text)
            or tokens.starts[i] in taken
        ):
            continue
        if one.text.endswith("-") or not one.text[0].isalpha() or one.text.lower() in GENERIC:
            continue
        last = i
        while last - i < 3 and last + 1 < len(words) and tokens.close(last):
            after = words[last + 1]
            fits = (
                after.cap
                and not after.mark
                and not after.stop
                and not after.office
                and after.text[0].isalpha()
            )
            if (
                not fits
                or after.text.endswith("-")
                or tokens.starts[last + 1] in taken
                or after.text in MONTHS
            ):
                break
            last += 1
        if last == i or words[i + 1].first or any(w.legal for w in words[i : last + 1]):
            continue
        name = tokens.text[tokens.starts[i] : tokens.ends[last]]
        yield Mention(
            tokens.starts[i],
            tokens.ends[last],
            name,
            _ANY_BODY,
            "brand",
            head=one.stems[-1] if one.stems else "",
        )


_ANY_BODY = ("Organisation", "Company", "Association", "Project", "Building")


def _on_line(tokens: Tokens, i: int) -> bool:
    return "\n" not in tokens.text[tokens.ends[i - 1] : tokens.starts[i]]


def _capitals(tokens: Tokens, taken: set[int]) -> Iterator[Mention]:
    """Words all in capitals that a text uses more than once: names of undertakings."""
    places = [
        i for i, w in enumerate(tokens.words)
        if w.caps and 5 < len(w.text) < 22 and w.text.isalpha() and w.text.isupper() and tokens.starts[i] not in taken
    ]  # fmt: skip
    counts = Counter(tokens.words[i].text for i in places)
    for i in places:
        if counts[tokens.words[i].text] > 1:
            name = tokens.words[i].text
            yield Mention(
                tokens.starts[i],
                tokens.ends[i],
                name,
                ("Project", "Programme", "Organisation"),
                "form",
            )


def _towns(tokens: Tokens, known: list[Mention], taken: set[int]) -> Iterator[Mention]:
    """What follows a body after "in", "aus" or in brackets is a town, though we do not know it."""
    names = {w.text: w for w in tokens.words}
    for mention in known:
        if mention.types and mention.types[0] in _BODIES and mention.kind != "brand":
            match = _AFTER_BODY.match(tokens.text, mention.end)
            if not match or match.start("town") in taken:
                continue
            bare = match["town"].split(" (")[0]
            word = names.get(bare.split()[-1])
            if bare.startswith(("Bad ", "St.", "Sankt ")):
                yield _town(match)
            elif (
                word and _plain(word) and not word.first and bare not in _NO_TOWN and not NOUN_END.search(bare) and not _ROLE.search(bare)
                and (match[0][:2] != ", " or match.end() == len(tokens.text) or tokens.text[match.end()] in "\n")
            ):  # fmt: skip
                yield _town(match)


def _town(match: re.Match[str]) -> Mention:
    return Mention(
        match.start("town"), match.end("town"), match["town"], ("City", "Place"), "place"
    )
