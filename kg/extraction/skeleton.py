"""A sentence with one character for each mention, so that rules see its build and not its names.

Every mention of a sentence has a character of its own in a private-use plane, which tells its class
and its number; parts of a sentence can be cut out or put together and still name the same mentions.
Patterns write the classes as ``<P>`` person, ``<O>`` body, ``<J>`` project or programme, ``<S>``
body, project or programme, ``<L>`` place, ``<D>`` date, ``<A>`` amount, ``<G>`` agreement, ``<R>``
office; ``<O+>`` is a list of such, with commas and "und".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kg.extraction.functions import SUPPLEMENTS
from kg.extraction.mentions import Mention
from kg.extraction.plain import Sentence
from kg.extraction.words import Tokens

_BASE, _SIZE = 0xF0000, 0x1000
_CLASSES = "POJXLDAGRE"
_MOST = 150
"""Mentions of a sentence that count; more are no sentence, and would take long."""
_BODIES = frozenset(("Organisation", "PublicBody", "Association", "University", "ResearchInstitute",
                     "Company", "NonProfitCompany", "Fund"))  # fmt: skip
_UNDERTAKINGS = frozenset(("Project", "Programme"))
_PLACES = frozenset(("City", "Region", "Country", "Place", "Building"))


def _class_of(mention: Mention) -> str:
    types = mention.types
    if mention.kind in ("date", "amount", "office"):
        return {"date": "D", "amount": "A", "office": "R"}[mention.kind]
    if types == ("Person",):
        return "P"
    if types[0] in _UNDERTAKINGS:
        return "X" if any(t in _BODIES for t in types) else "J"
    if types[0] in _BODIES:
        return "X" if any(t in _UNDERTAKINGS for t in types) else "O"
    if types[0] in _PLACES:
        return "L"
    return "G" if types[0] == "Agreement" else "E"


def _span(letter: str) -> str:
    first = _BASE + _CLASSES.index(letter) * _SIZE
    return f"{chr(first)}-{chr(first + _SIZE - 1)}"


_GROUPS = {"P": "P", "O": "OX", "J": "JX", "S": "OJX", "L": "L", "D": "D", "A": "A", "G": "G", "R": "R",
           "N": "POJX", "E": "E", "*": _CLASSES}  # fmt: skip
DET = (r"(?:d(?:er|ie|as|en|em|es)|ein(?:e[rsnm]?)?|unsere[rsnm]?|seine[rsnm]?|ihre[rsnm]?|vom|zum|zur|beim|im|am"
       r"|diese[rsnm]?|beide[rsn]?)")  # fmt: skip
MOD = (r"(?:(?!(?:d(?:er|ie|as|en|em|es)|eine[rsnm]?|und|sowie|mit|von|durch|für|ist|sind|wird|wurde|hat|haben|war|werden|neben|gegen|zwischen|über|unter|hinter|außer|wegen|gegenüber) )[a-zäöüß][\w-]*(?:e|en|er|es|em) "
       r"|(?!Vertreter|Partner|Träger|Mitglieder|Gesellschafter|Anhänger|Förderer|Betreiber)[A-ZÄÖÜ][a-zäöüß-]{3,20}er (?=[\U000f1000-\U000f3fff])"
       r"|(?:Verein|Firma|Projekt|Vorhaben|Unternehmen|Programm|Start-up|Verband|Initiative|Universitäten|Hochschulen"
       r"|Projektträger|Verbundprojekt|Förderprogramm|Bundesprogramm|Modellprojekt|Professorin|Professor|Stiftung"
       r"|Herrn|Herr|Frau|Kommunen|Städte|Firmen|Unternehmen|Verbände|Partner|Partnern|Projekts|Vereins|Programms"
       r"|Festival|Vorhabens|Verbundprojekts|Landkreise|Städten|Ministerien|Technologieprogramm|Teilprojekt) )")  # fmt: skip
UNSEEN = rf"(?:,| und| sowie) (?:{DET} )?[A-ZÄÖÜ][\w./&-]*(?: (?:für|der|des|von|zu|zur|am|im|[A-ZÄÖÜ][\w./&-]*)){{0,5}}(?=,| und | sowie )"
"""An item of a list whose name is not seen, if another follows."""
_AND = r"(?:(?:,| und| sowie|, sowie| und auch|, aber auch|, außerdem| wie auch| & | \+ |/|;)(?: auch| ergänzend| zusätzlich| schließlich| nicht zuletzt)? ?)"


@cache
def pattern(text: str) -> re.Pattern[str]:
    """A pattern over skeletons, classes written as ``<P>``, lists as ``<P+>``, ``<~>`` an article with adjectives."""

    def one(match: re.Match[str]) -> str:
        letters = _GROUPS[match[1]]
        char = "[" + "".join(_span(x) for x in letters) + "]"
        if not match[2]:
            return char
        place = "[" + _span("L") + "]"
        tail = rf"(?: (?:aus|in) {place})?" if "O" in letters else ""
        item = rf"(?>(?:{UNSEEN}){{0,3}}){_AND}(?:als (?:[a-zäöüß]+e[rs]? )?[A-ZÄÖÜ]\w+ )?(?:(?:durch|von|mit|aus|bei) )?(?:{DET} )?{MOD}{{0,2}}{char}{tail}"
        return rf"{char}{tail}(?:(?>{item}))*"  # atomic: a long list is read in one way only

    text = text.replace("<>]", "\U000f0000-\U000fffff]")  # no mention in between
    text = text.replace("<~>", rf"(?:(?:{DET} )?{MOD}{{0,3}})")
    return re.compile(re.sub(r"<([POJSLDAGRNE*])(\+?)>", one, text))


_ANY = pattern("<*>")


@dataclass(slots=True)
class View:
    """A sentence as rules read it: ``text`` is its skeleton, ``mentions`` are those in it."""

    sentence: Sentence
    text: str
    mentions: list[Mention]
    brackets: list[tuple[str, str]] = field(default_factory=list)
    phrases: dict[str, Any] = field(default_factory=dict)

    def of(self, char: str) -> Mention:
        """The mention that a character stands for."""
        return self.mentions[(ord(char) - _BASE) % _SIZE]

    def all_in(self, part: str) -> list[Mention]:
        """The mentions of a part of the skeleton, in order."""
        return [self.of(c) for c in part if ord(c) >= _BASE]

    def named(self, part: str, letter: str) -> list[Mention]:
        """The mentions of one class in a part of the skeleton."""
        return [self.of(c) for c in pattern(f"<{letter}>").findall(part)]


def is_mention(char: str) -> bool:
    """Whether a character of a skeleton stands for a mention."""
    return ord(char) >= _BASE


_NAMES = re.compile("[\U000f0000-\U000fffff]")


def words_of(part: str, most: int = 60) -> str:
    """The words of a part of a skeleton, with "…" for each name in it."""
    return " ".join(_NAMES.sub("…", part).split())[:most]


def view(
    tokens: Tokens, sentence: Sentence, mentions: list[Mention], offices: list[Mention]
) -> View:
    """The skeleton of a sentence, given the mentions in it."""
    inside = sorted([*mentions, *offices], key=lambda m: m.start)[:_MOST]
    parts, place, text = [], sentence.start, tokens.text
    for number, mention in enumerate(inside):
        parts.append(text[place : mention.start] if mention.start >= place else " und ")
        parts.append(chr(_BASE + _CLASSES.index(_class_of(mention)) * _SIZE + number))
        place = mention.end
    parts.append(text[place : sentence.end])
    parts = [_ASIDE.sub("", part) for part in parts]
    if any("Prozent" in part or "%" in part for part in parts):
        parts = [_SHARE.sub("", part) for part in parts]
    whole = _QUOTED.sub(r"\g<name>", re.sub(r"\s+", " ", "".join(parts)))
    if "schen " in whole or "nahe" in whole or "benachbart" in whole or "harzer" in whole:
        whole = _REGION_BEFORE.sub(_plainly, whole)
    skeleton = _EXTENDED.sub(r"\g<article> ", whole)
    return View(sentence, skeleton, inside)


def _plainly(match: re.Match[str]) -> str:
    """The preposition of a place without its adjective: "im sächsischen Torgau" is "in Torgau"."""
    word = match["prep"]
    return ("In " if word[0] == "I" else "in ") if word.lower() == "im" else "aus "


_REGION_BEFORE = pattern(
    r"\b(?P<prep>[Ii]m|aus dem) (?:[a-zäöüß-]+ischen|harzer|nahen|benachbarten|nahe ?gelegenen) (?=<L>)"
)
_QUOTED = pattern(r"[„»‚\"“](?P<name><*>)[“”«‘\"]")
_ASIDE = re.compile(
    r"(?:dem Vernehmen nach|nach eigenen Angaben|eigenen Angaben zufolge|wie berichtet|so die Ankündigung) "
)
_SHARE = re.compile(
    r"\A (?:mit|zu) (?:je |jeweils |rund |knapp |etwa |zusammen )?[\d,.]+ ?(?:Prozent|%)(?: der Anteile)?(?=(?: und| sowie|,) )"
)
"""What each of a list holds: "die Stadt mit 60 Prozent und die Bank mit 40 Prozent"."""
_EXTENDED = pattern(
    r"(?P<article>\b(?:[Dd](?:er|ie|as|en|em|es)|[Ee]ine?[rsnm]?|vom|zum|zur|im|am|beim)) (?:in|im|am|an|auf|seit|für|mit|bei|zum|zur|neu|erst|bis|ab|von|vom|durch|aus|unter|nach|schon|noch|derzeit|zunächst|dort|hier|heute|rund|bislang|bisher|eigens|gerade|jüngst|kürzlich|frisch|bereits)"
    r"(?:(?<=bis) (?:Ende |Mitte |zum )?<D>)?[^,;.:()<>]{0,50} [a-zäöüß]+(?:ten|te|ter|tem|nen|ne|ner|nem|den|de|der) (?=<*>)"
)
"""What stands between an article and its name: "der in diesem Jahr entstandenen Alpha GmbH"."""


def offices_in(tokens: Tokens, first: int, last: int, taken: set[int]) -> Iterator[Mention]:
    """The offices named by tokens ``first`` to ``last``, with what makes another office of them."""
    text = tokens.text
    done = 0
    for i in range(first, last):
        word = tokens.words[i]
        if not word.office or tokens.starts[i] < done:
            continue
        start, end, kind = tokens.starts[i], tokens.ends[i], word.office
        if start in taken:
            if "-" not in word.text:
                continue
            start += len(word.text) - len(word.text.rsplit("-", 1)[-1])
            if start in taken:
                continue
        for supplement, other in SUPPLEMENTS:
            match = supplement.match(text, start)
            if match:
                end, kind = match.end(), other
                break
        done = end
        if text[start:end] in ("Vorstand", "Vorstands") and _AS_BODY.search(
            text, max(0, start - 24), start
        ):
            continue
        yield Mention(start, end, " ".join(text[start:end].split()), (), "office", value=kind)


_AS_BODY = re.compile(
    r"(?i)\b(?:zum|im|dem|den|des|der|vom|beim|ins|seine[nmsr]|ihre[nmsr]|neue[nmr]|neu|geschäftsführende[nmr]|erweiterte[nmr]) \Z"
)


def without_brackets(view: View) -> str:
    """The skeleton without what stands in brackets, which is kept with what stood before it.

    The first of a pair is the character (or word end) before the bracket, the second its content.
    """

    def cut(match: re.Match[str]) -> str:
        before = match.string[match.start() - 1 : match.start()]
        view.brackets.append((before, match[1]))
        return ""

    return re.sub(r" ?\(([^()]*)\)", cut, view.text)


def char_for(view: View, mention: Mention) -> str:
    """The character of a mention that is added to a view, such as what a pronoun means."""
    view.mentions.append(mention)
    number = (len(view.mentions) - 1) % _SIZE
    return chr(_BASE + _CLASSES.index(_class_of(mention)) * _SIZE + number)


def view_of_parts(head: View, items: list[View]) -> View:
    """A list and the line before it as one sentence, items joined by commas."""
    sentence = Sentence(head.sentence.start, items[-1].sentence.end, head.sentence.block)
    joined = View(sentence, head.text.rstrip(), [])
    parts = [_renumbered(head, joined)]
    parts += [_head_of_item(_renumbered(item, joined)) for item in items]
    joined.text = parts[0] + " " + ", ".join(parts[1:])
    return joined


_ITEM_HEAD = pattern(
    r"\A(?:(?:aus|in) (?P<place><L>): )?(?P<names><~><S+>)(?P<rest>, (?!und |sowie ).*| \(.*| (?:aus|in|mit|als|für|–|-) .*)?\Z"
)


def _head_of_item(text: str) -> str:
    """An item of a list without what it says of the name that it begins with."""
    text = re.sub(r"[,;.]\s*\Z", "", text)
    head = _ITEM_HEAD.match(text)
    return head["names"] if head and (head["rest"] or head["place"]) else text


def _renumbered(part: View, joined: View) -> str:
    return "".join(char_for(joined, part.of(c)) if is_mention(c) else c for c in part.text)
