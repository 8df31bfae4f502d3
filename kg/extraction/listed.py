"""Names that only their company tells: beside other bodies, after "Firma", in brackets after a person.

What is taken here is what nothing else has found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extraction.mentions import Mention
from kg.extraction.nouns import is_common_noun
from kg.extraction.vocabulary import NO_BODY, NO_NAME, head_types, regions, towns

_NAME = r"[A-ZÄÖÜ][\w+-]*\w(?:[ ](?:& )?[A-ZÄÖÜ][\w+-]*\w){0,2}"
_END = r"(?=,|[.;:)](?:\s|\Z)|\n|\Z| (?:und|sowie|[a-zäöüß]+)\b)"
_AND = r"(?:, (?:und |sowie )?| und | sowie | & )"

_TRADER = re.compile(
    r"\b(?:[Dd](?:er|ie|as|em|en|es)|[Ee]ine?[rsm]?|vom|zum|beim) (?:[\w-]+(?:en?|er|es) ){0,2}"
    r"(?:[\w-]*(?:[Ff]irma|[Uu]nternehmens?|[Kk]onzerns?|[Hh]erstellers?|[Dd]ienstleisters?|[Zz]ulieferers?"
    r"|[Aa]utobauers?|[Bb]etreibers?|[Aa]nbieters?|[Aa]usrüsters?|[Ss]tart-?[Uu]ps?|[Vv]erlags?|[Rr]eederei|[Ss]pezialisten?))"
    rf" (?P<name>{_NAME}){_END}"
)
_TRADERS = re.compile(
    rf"\b(?:[Dd]ie|[Dd]en|[Dd]er) (?:[a-zäöüß-]+(?:en|er|e) ){{0,2}}(?:Unternehmen|Firmen|Konzernen?|Betrieben?|Start-ups) (?=[A-ZÄÖÜ])"
    rf"(?P<names>{_NAME}(?:(?:, | und | sowie ){_NAME})*)"
)
_IN_BRACKETS = re.compile(rf" \((?P<name>{_NAME})\)")
_ONE_NAME = re.compile(rf"(?P<name>{_NAME})(?=,| und | sowie |\W|\Z)")
_AFTER = re.compile(rf"(?:{_AND})(?P<name>{_NAME}){_END}")
_BEFORE = re.compile(rf"(?:\b(?:mit|von|bei|neben|durch)|,) (?P<name>{_NAME})(?:{_AND})\Z")
_ANY = ("Organisation", "Company", "Association")
_COMPANIES = frozenset(("Company", "Organisation", "NonProfitCompany"))


def listed(text: str, found: Iterable[Mention], begin: int = 0) -> Iterator[Mention]:
    """Bodies by what stands before or beside them.

    >>> [m.name for m in listed("Es kam die Firma Nordmetall, ein Unternehmen aus Gera.", [])]
    ['Nordmetall']
    >>> person = Mention(0, 10, "Ute Muster", ("Person",), "person")
    >>> [m.name for m in listed("Ute Muster (Siltronex) und Jan Beispiel (Vorsitz)", [person])]
    ['Siltronex']
    >>> company = Mention(4, 7, "SAP", ("Company",), "brand")
    >>> [m.name for m in listed("mit SAP, Zeiss und Partnern", [company])]
    ['Zeiss']
    """
    known = list(found)
    taken = {p for m in known for p in (m.start, m.end - 1)}
    for match, sure in _candidates(text, known, begin):
        name, (start, end) = match["name"], match.span("name")
        if _is_proper(name, sure=sure) and taken.isdisjoint((start, end - 1)):
            yield Mention(start, end, name, _ANY, "brand")


def _candidates(
    text: str, known: Iterable[Mention], begin: int
) -> Iterator[tuple[re.Match[str], bool]]:
    """What may be names, and whether a word before says that they are."""
    for trader in _TRADER.finditer(text, begin):
        yield trader, False
    for traders in _TRADERS.finditer(text, begin):
        for one in _ONE_NAME.finditer(text, *traders.span("names")):
            yield one, True
    for mention in known:
        if mention.types == ("Person",):
            if match := _IN_BRACKETS.match(text, mention.end):
                yield match, False
        elif _is_company(mention, text):
            place = mention.end
            while (match := _AFTER.match(text, place)) and _is_proper(match["name"]):
                yield match, False
                place = match.end("name")
            if match := _BEFORE.search(text, max(begin, mention.start - 80), mention.start):
                yield match, False


def _is_company(mention: Mention, text: str) -> bool:
    """Whether a mention is a company by a name without an article."""
    before = text[max(0, mention.start - 4) : mention.start]
    return (
        mention.kind in ("brand", "known", "form")
        and mention.types[0] in _COMPANIES
        and not re.search(r"\b(?:d\w\w|\wnem|\wner) \Z", before)
    )


def _is_proper(name: str, *, sure: bool = False) -> bool:
    """Whether words with capitals may be a proper name, as far as their form tells.

    >>> [n for n in ("Zeiss", "Partnern", "Wirtschaft", "Freie Presse", "Jena", "KMU") if _is_proper(n)]
    ['Zeiss', 'Freie Presse']
    """
    words = name.replace("& ", "").split()
    if words[0].casefold() in NO_NAME or words[-1].casefold() in NO_NAME or name in NO_BODY:
        return False
    if name in towns() or name in regions():
        return False
    alone = len(words) == 1 and not sure
    return not (alone and (is_common_noun(name) or head_types(name)))
