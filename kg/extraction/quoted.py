"""Names in quotation marks: projects, programmes and bodies, not speech."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extraction.mentions import Mention
from kg.extraction.stems import stem
from kg.extraction.vocabulary import GENERIC, NO_NAME, head_types

_INNER = r"(?P<{0}>[A-ZÄÖÜ0-9a-zäöü][^„“”\"»«\n]{{1,140}}?)(?<![.,!?…:; ])"
_QUOTE = re.compile(
    rf"„{_INNER.format('a')}[“”\"]|»{_INNER.format('b')}«|«{_INNER.format('c')}»|“{_INNER.format('d')}”"
    rf"|(?<![\w])\"{_INNER.format('e')}\"(?!\w)|‚{_INNER.format('f')}[‘']"
    r"|(?<![\w])'(?P<g>[A-ZÄÖÜ][^„“”\"»«'\n]{2,80}?)'(?!\w)"
)
_BEFORE = re.compile(
    r"(?:(?P<left>(?:[A-ZÄÖÜ][\w.-]+[ ]){0,2}))(?P<noun>[A-ZÄÖÜ][\w/-]*|AG)(?: namens| mit dem Namen| genannt)?[ ]\Z"
)
_CAPITAL_ADJECTIVE = re.compile(r"(?:[A-ZÄÖÜ][a-zäöüß-]+(?:e|en|er|es) )\Z")
_CALLED = re.compile(
    r" (?:heißt|nennt sich|so heißt|lautet der Name) (?:das|der|die|des|ein|eine|eines|einer|unser|unsere) (?:[a-zäöüß]+ ){0,3}(?P<noun>[A-ZÄÖÜ][\w-]+)"
)
"""What a name in quotation marks is said to be of, after it: "„Delta“ heißt das neue Projekt"."""
_SPEECH = re.compile(
    r"(?i)\b(?:ist|sind|war|wird|werden|haben|hat|muss|müssen|kann|können|soll|sollen|will|wollen|wir|ich|"
    r"es|sie|man|dass|wenn|macht|geht|gibt|bleibt|brauchen|freuen|nicht|kein|keine|sein)\b"
)
_DONE_TO_BEFORE = re.compile(
    r"(?:\b(?:koordinier|leite|förder|betreib|träg|unterstütz|finanzier|verantworte|kofinanzier|bewillig)(?:t|n|en|te|ten)"
    r"|(?:[Pp]artner(?:in|n|innen)?|[Tt]räger(?:in|n)?|[Kk]oordinat(?:or|orin|ion)|[Ll]eit(?:er|erin|ung)|[Ff]ederführung"
    r"|[Kk]onsortialführ(?:er|erin|ung)|[Ss]precher(?:in)?) (?:von|bei|in|für|im Rahmen von)) \Z"
)
_DONE_TO_AFTER = re.compile(
    r" (?:wird|wurde|ist|soll|hat) (?:(?!nicht)[^.,;„“]){0,80}"
    r"(?:gefördert|finanziert|kofinanziert|koordiniert|geleitet|getragen|bewilligt|Träger|Partner)\b"
    r"| (?:stell|geb|flie|gib|komm|erhäl|steh)\w+ [^.;„“]{0,60}(?:Euro|Mittel)\b"
)
"""What is done to undertakings, and tells that a word in quotation marks is the name of one."""
_CAMEL = re.compile(r"[a-zäöü⁺][A-ZÄÖÜ]|[A-ZÄÖÜ]{2}|\d")
_EVENT = re.compile(
    r"(?i)(?:tagung|konferenz|workshop|kongress|messe|festakt|veranstaltung|podium|ausstellung|vortrag|"
    r"broschüre|studie|film|buch|motto|thema|titel|stichwort|seminar|begriff|leitlinie|artikel|lied|"
    r"(?:\b|kunst|meister|bühnen|musik)werk|roman|stück|preis|preisträger|auszeichnung|zeitung|zeitschrift|slogan|frage|runde)(?:s|en|n)?\Z"
)


def quoted(text: str, begin: int = 0) -> Iterator[Mention]:
    """Names in quotation marks, their class told by the noun before.

    >>> text = "Das Projekt „SmartLoom“, das Kompetenzzentrum „Mittelstand 4.0“, ein „Leuchtturm“."
    >>> [(m.name, m.type) for m in quoted(text)]
    [('SmartLoom', 'Project'), ('Kompetenzzentrum „Mittelstand 4.0“', 'Project')]
    >>> [m.name for m in quoted("Der Bund fördert „Tauperle“, Partner von „Regen“ ist er nicht.")]
    ['Tauperle', 'Regen']
    >>> [m.name for m in quoted("Das Digitale Zentrum „klick“ öffnet, „ganz neu“.")]
    ['Digitale Zentrum „klick“']
    >>> [m.name for m in quoted("Das Projekt „Regen“ beginnt. Für „Regen“ ist es Zeit.")]
    ['Regen', 'Regen']
    >>> list(quoted("Sie nannte es „Glück“, er war dabei."))
    []
    """
    found, alone = list[Mention](), list[tuple[re.Match[str], str]]()
    for match in _QUOTE.finditer(text, begin):
        name = (match[match.lastgroup or 0]).strip()
        before = _BEFORE.search(text, max(begin, match.start() - 60), match.start())
        noun = before["noun"] if before else ""
        after = None if noun else _CALLED.match(text, match.end())
        if after:
            noun = after["noun"]
        undertaken = _DONE_TO_AFTER.match(text, match.end()) or _DONE_TO_BEFORE.search(
            text, max(begin, match.start() - 60), match.start()
        )
        if not (
            _is_name(name, noun)
            or (undertaken and not noun and name[0].isupper() and len(name.split()) < 5)
        ):
            alone.append((match, name))
            continue
        start, prefix = match.start(), ""
        types: tuple[str, ...] = ("Project", "Programme", "Organisation")
        last_part = noun.rsplit("-", 1)[-1].lower()
        of_noun = head_types(noun.rsplit("-", 1)[-1]) if noun else ()
        if _EVENT.search(noun):
            continue
        if not of_noun and stem(last_part) in _PROGRAMME_NOUNS:
            types = ("Programme",)
        if of_noun:
            types = of_noun
            prefix = last_part
            plain_noun = last_part in GENERIC or stem(last_part) in _GENERIC_STEMS
            if not plain_noun and not after and noun[0].isupper() and "-" not in noun and before:
                left = _CAPITAL_ADJECTIVE.search(before["left"])
                start = match.start() - len(noun) - 1 - (len(left[0]) if left else 0)
                name = f"{left[0] if left else ''}{noun} „{name}“"
            elif plain_noun:
                types = _by_generic(stem(last_part))
                if "-" not in noun and noun[0].isupper() and not after:
                    start = match.start() - len(noun) - 1
        found.append(Mention(start, match.end(), name, types, "quote", head=_head(name, prefix),
                             prefix=prefix))  # fmt: skip
    named = {m.name: m for m in reversed(found)}
    for match, name in alone:  # named elsewhere in the text
        if first := named.get(name):
            found.append(replace(first, start=match.start(), end=match.end()))
    yield from found


_GENERIC_STEMS = frozenset(stem(g) for g in GENERIC)


_PROGRAMME_NOUNS = frozenset(
    stem(n) for n in ("schwerpunkt", "förderschwerpunkt", "förderlinie", "maßnahme")
)


def _by_generic(noun: str) -> tuple[str, ...]:
    if "programm" in noun or "richtlini" in noun or "linie" in noun:
        return ("Programme",)
    if "initiativ" in noun or "wettbewerb" in noun or "kampagn" in noun or "förder" in noun:
        return ("Programme", "Project", "Association")
    if noun.startswith(("verein",)):
        return ("Association",)
    if noun.startswith(("firma", "unternehm", "start")):
        return ("Company",)
    return ("Project",)


def _head(name: str, prefix: str) -> str:
    words = re.findall(r"[\w-]+", name)
    for word in words:
        last = word.rsplit("-", 1)[-1]
        if head_types(last):
            return stem(last)
    return stem(prefix) if prefix else ""


_NO_NAMING = re.compile(
    r"(?i)(?:wort|worte|begriff|frage|motto|titel|thema|ruf|rubrik|kategorie|satz|urteil|note|prädikat|label|siegel|feld|bereich|säule|modul|kapitel"
    r"|abschnitt|stichworts?|zitat|aussage|prinzip|ansatz|punkt|aufschrift|schild|plakat|song|serie|lied|oper|ausgabe|blatt|magazin|sendung|podcast|newsletter"
    r"|handwerk|ausbildung|studiengang|studiengangs|kurs|lehrgang|fach|beruf|wettbewerb|ung|heit|keit)\Z"
)
"""Nouns before quotation marks that do not say whose name stands in them."""


def _is_name(name: str, noun: str) -> bool:
    words = name.split()
    last_part = noun.rsplit("-", 1)[-1].lower()
    introduced = bool(noun) and (
        bool(head_types(noun.rsplit("-", 1)[-1])) or stem(last_part) in _GENERIC_STEMS
    )
    if name[0].islower() and not (introduced and len(words) == 1):
        return False
    if len(words) > (22 if introduced else 9) or (_SPEECH.search(name) and not introduced):
        return False
    if introduced:
        return True
    if words[-1][:1].islower() and words[-1].isalpha():
        return False
    if (
        noun
        and len(words) < 6
        and noun[0].isupper()
        and not _NO_NAMING.search(noun)
        and noun.lower() not in NO_NAME
    ):
        return True
    if len(words) == 1:
        return bool(_CAMEL.search(name)) or (bool(head_types(name)) and name.lower() not in NO_NAME)
    capitals = sum(w[:1].isupper() or w[:1].isdigit() for w in words)
    return capitals >= 2 or bool(head_types(words[0]))
