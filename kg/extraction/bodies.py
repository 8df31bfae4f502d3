"""Persons and the offices they hold, from what stands around an office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.claims import Claim
from kg.extraction.topics import Topic
from kg.extraction.functions import RELATION
from kg.extraction.mentions import Mention
from kg.extraction.skeleton import DET, MOD, View, pattern
from kg.extraction.stems import stem

_FIELD = (r"(?: (?:für|Kultur|Wissenschaft)(?: (?:den|die|das|dem))?(?: [a-zäöüß-]+){0,2} (?:[A-ZÄÖÜ][\w-]*|<O>)(?:(?:,| und| sowie) "
          r"(?:[a-zäöüß-]+ ){0,2}(?:[A-ZÄÖÜ][\w-]*|<O>))*?)?")  # fmt: skip
_OF = (rf"(?:(?: (?:der|des|von|vom|bei|beim|im|in der|an der|am|in|an|von der|von den|des|dieser|dieses|bei der|zu|der Firma"
       rf"|für das|für die|für den|unserer|unseres|seiner|ihres|eines|einer))|)(?: {DET})?(?: {MOD[:-2]}){{0,3}})"
       ).replace("(?: (?:(?!", "(?: (?:(?!")  # fmt: skip
_LINK_OF = rf"(?: (?:der|des|von|vom|bei|beim|im|in|an|am|für|zu|zur|zum|dieses|dieser|eines|einer|unserer|unseres|seiner|ihres|seines)\b(?: {DET})?)?"
PHRASE = pattern(
    rf"(?P<office><R>){_FIELD}(?P<of>{_LINK_OF} {MOD}{{0,3}}(?P<body><S>|<L>)(?P<more>(?:(?:,| und| sowie) des {MOD}{{0,2}}<S>)*))?"
)
_BEFORE_COMPOUND = pattern(r"(?P<body><S>|<L>)-\Z")
_BEFORE_GENITIVE = pattern(r"(?P<body><L>|<O>) (?:[a-zäöüß]+e[rnm]? )*(?:[\w-]+- und )?\Z")
_ADJ_STATE = re.compile(
    r"(?i)\b(?:(sächsisch|thüringisch|bayerisch|hessisch|brandenburgisch|niedersächsisch|saarländisch)e[rnsm]?"
    r"|(Thüringer|Brandenburger|Berliner|Hamburger|Bremer|Sachsen-Anhalter|Mecklenburger)) (?:[\w-]+- und )?\Z"
)
_STATE = {"sächsisch": "Sachsen", "thüringisch": "Thüringen", "bayerisch": "Bayern", "hessisch": "Hessen",
          "brandenburgisch": "Brandenburg", "niedersächsisch": "Niedersachsen", "saarländisch": "Saarland",
          "thüringer": "Thüringen", "brandenburger": "Brandenburg", "berliner": "Berlin",
          "hamburger": "Hamburg", "bremer": "Bremen", "sachsen-anhalter": "Sachsen-Anhalt",
          "mecklenburger": "Mecklenburg-Vorpommern"}  # fmt: skip
_ADJECTIVES = rf"(?:(?:{DET}|[A-ZÄÖÜ]\w+(?:er|ische[rn]?|ende[rn]?)|als|seit \w+|heutige[rn]?|neue[rsn]?|weitere[rsn]?|[a-zäöüß]+e[rsnm]?|\d\.|Neuer|Neue|Erster|Erste) )*"
_HOLDER_BEFORE = pattern(rf"(?P<who><P>)(?:(?P<particle> [a-zäöüß]{{2,12}})?, (?=d(?:en|em|er|ie) )|, |,? \(|: |; | – | - |,? als |, (?:und )?zugleich ){_ADJECTIVES}\Z")
_HOLDER_LINE = pattern(r"(?P<who><P>) \Z")
_CHAIN = pattern(rf"(?:, (?:[A-ZÄÖÜ][\w-]+|<O>))*(?:,| und| sowie|, sowie| sowie zugleich| und zugleich|;)(?: (?:auch|zugleich|zudem|außerdem))? {_ADJECTIVES}\Z")
_HOLDER_AFTER = pattern(r"(?:, |,? \(|: | – | |: )(?:(?:der|die|Herr|Frau|Herrn) )?(?P<who><P>(?:(?:,| und) <P>(?!, <R>))?)")
_VERB = (r"(?:ist|sind|wird|werden|wurde|wurden|bleibt|bleiben|war|waren|heißt|heißen|lautet|amtiert|fungiert|fungieren"
         r"|steht|wirkt)")  # fmt: skip
_ADV = (r"(?: (?>\w*tag|\w*jahr\w*|\w*monat\w*|\w*woche\w*|\w+wechsel|weiterhin|künftig|nun|jetzt|erneut|derzeit|aktuell|seit|ab|damals|seinerzeit|auch|zudem|ebenfalls"
        r"|demnach|seither|damit|wieder|der|die|Herr|Frau|bereits|[a-zäöüß]+e[rn]?|<D>|dem|sofort|von|bis|in|Jahren|Zeit"
        r"|zum|am|vorerst|kommissarisch))*")  # fmt: skip
_IS_AFTER = pattern(rf"(?:,? (?:ist|sind|wird|werden|wurde|wurden|bleibt|bleiben|war|waren|heißt){_ADV}|:) (?P<who><P+>)")
_IS_BEFORE = pattern(rf"(?P<who><P+>),? {_VERB}{_ADV}(?: als| zum| zur)? (?:{MOD}|\d\. |[Nn]eue[rn]? )*\Z")
_FINAL = pattern(r"(?P<who><P>)(?: (?:zugleich|auch|bereits|seit|zudem|derzeit|<D>|\w+ Jahren|nun|heute|lange|damals|weiterhin|ferner|neue[rn]?|der|die))* \Z")
_FINAL_VERB = re.compile(r"(?: [a-zäöüß]+)? (?:ist|war|bleibt|wird)\b")
_AFTER_COLON = pattern(r": [^.;:]{0,60}?(?P<who><P>)")
_RELATIVE_IS = pattern(r"(?:dessen|deren) (?:[a-zäöüß]+e[rn]? )*\Z")
_WHO_IS = pattern(r" (?P<who><P>) (?:ist|war|wird)\b")
_MADE = re.compile(
    r"(?i)\b(?:gewählt|wählt|wählte|wählten|ernannt|ernennt|ernannte|bestellt|bestellte|bestellten|berufen|berief|beruft"
    r"|bestimmt|bestimmte|bestätigt|bestätigte|bestätigten|fungiert|fungieren|amtiert|eingesetzt|einsetzt|gekürt"
    r"|wiedergewählt|vorgestellt|begrüßt|arbeitet|tätig|übernimmt|übernahm|bestellen|wählen|dienst|amt|angetreten|antritt|wirkt)\b"
)
_BY_MADE = re.compile(r"(?i)(?:\b(?:zum|zur|als|zu) )(?:[a-zäöüß-]+e[nrms]? |\d\. )*\Z")
FORMER = re.compile(
    r"(?i)\b(?:ehemalige[rnms]?|frühere[rnms]?|damalige[rnms]?|bisherige[rnms]?|scheidende[rnms]?|vormalige[rnms]?"
    r"|langjährige[rnms]?|einstige[rnms]?|zuletzt|ex-?)\b[^,;]*\Z"
)
DEPUTY = re.compile(r"(?i)(?:\bstellv(?:ertretende[rnms]?|\.)|\bvize-?|\b[23]\.|\bzweite[rnms]?) (?:[a-zäöüß]+e[rnms]? )*\Z")
DESIGNATED = re.compile(r"(?i)\b(?:designierte[rnms]?|künftige[rnms]?|angehende[rnms]?) (?:[a-zäöüß]+ )*\Z")


@dataclass(slots=True)
class Office:
    """An office with its bodies and holders, and the stretch of the skeleton that says so."""

    mention: Mention
    bodies: list[Mention]
    holders: list[Mention]
    start: int
    end: int
    how: str
    deputy: bool = False
    former: bool = False
    planned: bool = False
    apposition: bool = False


def offices(view: View, text: str) -> list[Office]:
    """Every office of a skeleton that has a holder: by apposition, title, verb or list."""
    found: list[Office] = []
    for match in PHRASE.finditer(text):
        start, end = match.span()
        mention = view.of(match["office"])
        bodies = view.all_in((match["body"] or "") + (match["more"] or ""))
        before, after = text[:start], text[end:]
        if match["of"] and match["of"].strip()[:1] and _is_title_of_person(match["of"], after):
            pass
        office = Office(mention, bodies, [], start, end, "", bool(DEPUTY.search(before)),
                        bool(FORMER.search(before)), bool(DESIGNATED.search(before)))  # fmt: skip
        if not bodies:
            _body_before(view, before, office)
        _find_holder(view, text, before, after, office, found)
        if office.holders:
            found.append(office)
    return found


def _is_title_of_person(of: str, after: str) -> bool:
    return bool(of) and bool(after)


def _body_before(view: View, before: str, office: Office) -> None:
    compound = _BEFORE_COMPOUND.search(before)
    if compound:
        office.bodies = [view.of(compound["body"])]
        office.start = compound.start()
        return
    genitive = _BEFORE_GENITIVE.search(before)
    if genitive:
        office.bodies = [view.of(genitive["body"])]
        return
    adjective = _ADJ_STATE.search(before)
    if adjective and office.mention.value in ("minister", "premier", "deputy"):
        state = _STATE[(adjective[1] or adjective[2]).lower()]
        types = ("Region", "Place", "PublicBody")
        office.bodies = [Mention(office.mention.start, office.mention.end, state, types, "place")]


def _find_holder(view: View, text: str, before: str, after: str, office: Office, found: list[Office]) -> None:
    holder = _HOLDER_BEFORE.search(before)
    if holder:
        office.holders, office.how, office.apposition = [view.of(holder["who"])], "apposition", True
        office.start = holder.end("particle") if holder["particle"] else holder.end("who")
        return
    last = found[-1] if found else None
    if last and last.how in ("apposition", "is") and last.end <= office.start and (
        _CHAIN.fullmatch(text[last.end : _adjectives_start(text, last.end, office.start)] or text[last.end : office.start])
        or _CHAIN.fullmatch(text[last.end : office.start])
    ):  # fmt: skip
        after_person = _HOLDER_AFTER.match(after)
        if not (after_person and after.startswith(" ")):
            office.holders, office.how, office.apposition = last.holders, last.how, last.apposition
            office.start = last.end
            return
    made = _BY_MADE.search(before)
    if made:
        clause = _clause_around(text, office.start)
        if _MADE.search(clause):
            persons = _persons_made(view, clause)
            if persons:
                office.holders, office.how = persons, "elected"
                return
    is_before = _IS_BEFORE.search(before)
    if is_before and not made:
        office.holders, office.how = view.all_in(is_before["who"]), "is"
        return
    is_after = _IS_AFTER.match(after)
    if is_after:
        office.holders, office.how = [m for m in view.all_in(is_after["who"]) if m.types == ("Person",)], "is"
        return
    final = _FINAL.search(before)
    if final and _FINAL_VERB.match(after):
        office.holders, office.how = [view.of(final["who"])], "is"
        return
    relative = _RELATIVE_IS.search(before)
    who = _WHO_IS.match(after)
    if relative and who:
        office.holders, office.how = [view.of(who["who"])], "whose"
        return
    if after.startswith(":") and (late := _AFTER_COLON.match(after)):
        office.holders, office.how = [view.of(late["who"])], "is"
        return
    title = _HOLDER_AFTER.match(after)
    if title and (not office.bodies or title[0][0] in " ,:–(") :
        office.holders, office.how = view.all_in(title["who"])[:1], "title"
        office.end += title.end()
        if title[0].startswith(" ") and " und " in title["who"]:
            office.holders = view.all_in(title["who"])[:1]
        return
    line = _HOLDER_LINE.search(before)
    if line:
        office.holders, office.how = [view.of(line["who"])], "line"


def _adjectives_start(text: str, first: int, last: int) -> int:
    return max(first, last)


def _clause_around(text: str, place: int) -> str:
    start = max(text.rfind(mark, 0, place) for mark in (";", ":", " – "))
    stops = [p for mark in (";", " – ") if (p := text.find(mark, place)) > 0]
    return text[start + 1 : min(stops, default=len(text))]


def _persons_made(view: View, clause: str) -> list[Mention]:
    groups = pattern(r"(?<!\w)(?:(?:von|durch|mit|auf) )?(?:[a-zäöüß]+ )?(?P<who><P+>)").finditer(clause)
    for match in groups:
        if not re.match(r"(?:von|durch|mit|auf) ", match[0]):
            return view.all_in(match["who"])
    return []


_UNSTATED = re.compile(
    r"(?i)professor|mitarbeiter|wissenschaftler|arzt|ärztin|projektmanager|abteilungs|referats|bereichs|referent"
    r"|dezernent|prokurist|kanzler|abgeordnet|ansprechpartner|amtsleiter|fachbereichs"
)


def office_claims(view: View, found: list[Office], topic: Topic, text: str) -> Iterator[Claim]:
    """The relations of persons and bodies that offices make.

    An office without a body is of the body that the sentence is about, else the text.
    """
    used = {id(b) for o in found for b in o.bodies}
    for office in found:
        kind = office.mention.value
        default = None if office.bodies else _default_body(view, office, topic, text, used)
        for body in office.bodies or ([default] if default else []):
            for holder in office.holders:
                claim = _claim(view, office, kind, holder, body, text)
                if claim:
                    yield claim


_BASE = re.compile(
    r"(?i)(?:vorsitzende|geschäftsführer|leiter|direktor|sprecher|präsident|chef|minister|koordinator|manager|rektor|dekan"
    r"|intendant|vorstand)\w*\Z"
)


def _default_body(view: View, office: Office, topic: Topic, text: str, used: set[int]) -> Mention | None:
    """The body of an office that names none: by what the noun begins with, else by the sentence."""
    word, kind = office.mention.name, office.mention.value
    if kind == "deputy" and word.lower().startswith("stellvertreter"):
        associations = [m for m in view.all_in(text) if m.type == "Association"]
        return (associations or [topic.body])[0]
    if kind == "minister" and word in ("Minister", "Ministerin"):
        return next((m for m in reversed(topic.bodies) if "inisterium" in m.name), None)
    if kind in ("minister", "premier", "deputy", "mayor", "member"):
        return None
    begin = stem(_BASE.sub("", word.split()[0]))
    before = [m for m in view.all_in(text[: office.start]) if _is_body(m) and id(m) not in used]
    if begin and begin not in ("haupt", "landes", "vorstand", "projekt", "presse") and len(begin) > 3:
        named = [m for m in (*topic.bodies, *before) if m.head and m.head.endswith(begin)]
        if named:
            return named[-1]
    if begin.startswith("projekt"):
        projects = [m for m in view.all_in(text) if "Project" in m.types]
        seen = [m for m in topic.bodies if "Project" in m.types]
        return (projects or [topic.project] if topic.project else seen[-1:] or [topic.main])[0]
    if begin in ("abteilung", "referat", "bereich", "team", "grupp", "landes", "werk", "haupt") and not before:
        return topic.body if begin in ("werk", "haupt", "landes") else None
    if office.how == "title" and kind in ("board", "president") and not before:
        return None
    if before:
        heads = [m for m in before if begin and m.head.endswith(begin)]
        return (heads or before)[-1]
    after = [m for m in view.all_in(text[office.end :]) if _is_body(m) and id(m) not in used]
    if office.how in ("is", "elected") and after and not topic.body:
        return after[0]
    if kind == "head" and topic.project and (topic.body is None or begin in ("", "zentrum")):
        return topic.project
    return (topic.main if office.how == "title" and kind in ("manager", "chair") else None) or topic.body or topic.project


def _is_body(mention: Mention) -> bool:
    return bool(mention.types) and mention.types[0] not in (
        "Person", "City", "Region", "Country", "Place", "Building", "Agreement", "Programme", "Fund"
    )  # fmt: skip


def _claim(view: View, office: Office, kind: str, holder: Mention, body: Mention, text: str) -> Claim | None:
    word = office.mention.name
    relation = relation_of(kind, body, word)
    if not relation:
        return None
    rule = f"office {word} ({office.how})"
    subject, object_ = (body, holder) if relation in ("chairedBy", "managedBy") else (holder, body)
    role = None
    if office.deputy or word.lower().startswith("stellvertreter"):
        role = "deputy"
        if relation == "chairedBy":
            relation, subject, object_ = "memberOfBoard", holder, body
    local = office.how in ("apposition", "title", "line")
    scope = "" if local else _clause_around(text, office.start)
    claim = Claim(subject, relation, object_, rule, view, scope, role=role, weight=0.95 if office.bodies else 0.75)
    if kind in ("minister", "premier", "deputy") and not office.bodies or _UNSTATED.search(word) and kind == "deputy":
        claim.certainty = "implied"
    if office.how == "title" and not office.bodies and kind == "member":
        return None
    if office.former:
        claim.certainty = "implied"
        claim.weight = 0.5
    if local:
        claim.modality = "asserted"
    if office.planned:
        claim.modality = "planned"
    return claim


def relation_of(kind: str, body: Mention, word: str) -> str:
    """Which relation an office makes, given what the body is.

    >>> uni = Mention(0, 1, "Universität X", ("University",), "form")
    >>> relation_of("president", uni, "Präsidentin"), relation_of("manager", uni, "Geschäftsführer")
    ('headOf', 'managedBy')
    """
    type_ = body.type
    if type_ in ("City", "Region", "Country", "Place"):
        return "represents" if kind in ("minister", "premier", "deputy", "mayor") else ""
    if word.lower().startswith("stellvertreter"):
        return "memberOfBoard" if type_ in ("Association", "Organisation") else "represents"
    if kind == "president":
        return "chairedBy" if type_ in ("Association", "Organisation") else "headOf"
    if kind == "chair" and type_ == "Company" and stem(word).startswith(("vorstand",)):
        return "headOf"
    if kind in ("minister", "premier") and type_ == "PublicBody" and "inisterium" in body.name:
        return "headOf"
    if kind == "member" and word.lower().startswith("mitglied"):
        return ""
    return RELATION.get(kind, "")
