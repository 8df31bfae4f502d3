"""Persons and the offices they hold, from what stands around an office."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from kg.extraction.identifying import PLACE_TYPES, STATE_TYPES
from kg.extraction.mentions import Mention
from kg.extraction.skeleton import DET, MOD, View, pattern
from kg.extraction.vocabulary import town_of

_FIELD = (r"(?: (?:für|Kultur|Wissenschaft)(?: (?:den|die|das|dem))?(?: [a-zäöüß-]+){0,2} (?:[A-ZÄÖÜ][\w-]*|<O>)(?:(?:,| und| sowie) "
          r"(?:[a-zäöüß-]+ ){0,2}(?:[A-ZÄÖÜ][\w-]*|<O>))*?)?")  # fmt: skip
_LINK_OF = rf"(?: (?:der|des|von|vom|bei|beim|im|in|an|am|für|zu|zur|zum|dieses|dieser|eines|einer|unserer|unseres|seiner|ihres|seines)\b(?: {DET})?)?"
PHRASE = pattern(
    rf"(?P<office><R>){_FIELD}(?P<of>{_LINK_OF} {MOD}{{0,3}}(?P<body><S>|<L>)(?P<more>(?:(?:,| und| sowie) des {MOD}{{0,2}}<S>)*))?"
)
_BEFORE_COMPOUND = pattern(r"(?P<body><S>|<L>)-\Z")
_BEFORE_GENITIVE = pattern(
    r"(?P<body><L>|<O>) (?:(?!kamen |[a-zäöüß]+(?:ten|den|ben|ren) )[a-zäöüß]+e[rnm]? )*(?:[\w-]+- und )?\Z"
)
_ADJ_STATE = re.compile(
    r"(?i)\b(?:(sächsisch|thüringisch|bayerisch|hessisch|brandenburgisch|niedersächsisch|saarländisch)e[rnsm]?"
    r"|(Thüringer|Brandenburger|Berliner|Hamburger|Bremer|Sachsen-Anhalter|Mecklenburger)) (?:[\w-]+- und )?\Z"
)
_STATE = {"sächsisch": "Sachsen", "thüringisch": "Thüringen", "bayerisch": "Bayern", "hessisch": "Hessen",
          "brandenburgisch": "Brandenburg", "niedersächsisch": "Niedersachsen", "saarländisch": "Saarland",
          "thüringer": "Thüringen", "brandenburger": "Brandenburg", "berliner": "Berlin",
          "hamburger": "Hamburg", "bremer": "Bremen", "sachsen-anhalter": "Sachsen-Anhalt",
          "mecklenburger": "Mecklenburg-Vorpommern"}  # fmt: skip
_ADJ_TOWN = re.compile(r"\b([A-ZÄÖÜ][a-zäöüß]+r) (?:[a-zäöüß]+e[rn]? )?\Z")
_ADJECTIVES = rf"(?:(?:{DET}|bislang|bisher|zuvor|früher|ehemals|vormals|damals|seinerzeit|derzeit|aktuell|heute|jetzt|inzwischen|zuletzt|[A-ZÄÖÜ]\w+(?:er|ische[rn]?|ende[rn]?)|als|seit (?:\w+|<D>)|heutige[rn]?|neue[rsn]?|weitere[rsn]?|[a-zäöüß]+e[rsnm]?|\d\.|Neuer|Neue|Erster|Erste) )*"
_HOLDER_BEFORE = pattern(
    rf"(?P<who><P>)(?:(?P<particle> [a-zäöüß]{{2,12}})?, (?=d(?:en|em|er|ie) )(?!d(?:er|ie) als )|, |,? \(|: |; | – | - |,? als |, (?:und )?zugleich ){_ADJECTIVES}(?:[A-ZÄÖÜ][a-zäöüß]+ (?:und|sowie) )?\Z"
)
_HOLDER_FAR = pattern(
    rf"(?P<who><P>)(?P<between>(?: (?!und |oder )[a-zäöüß]+){{1,4}}), {_ADJECTIVES}\Z"
)
_HOLDER_WITH = pattern(
    r"\b[Mm]it (?P<who><P>) (?:als |eine[nr]? |einen |die |den )(?:[a-zäöüß]+e[nrms]? )*\Z"
)
_HOLDER_LINE = pattern(r"(?P<who><P>) \Z")
_CHAIN = pattern(
    rf"(?:, (?:[A-ZÄÖÜ][\w-]+|<O>))*(?:,| und| sowie|, sowie| sowie zugleich| und zugleich|;)(?: (?:auch|zugleich|zudem|außerdem))? {_ADJECTIVES}\Z"
)
_HOLDER_AFTER = pattern(
    r"(?:, |,? \(|: | – | |: )(?:(?:der|die|Herr|Frau|Herrn) )?(?P<who><P>(?:(?:,| und) <P>(?!, <R>))?)"
)
_OF_AFTER = pattern(
    r" (?:vom|von der|von dem|von den|aus dem|aus der|beim|bei der|von) <~>(?P<body><S>)"
)
_HOLDERS_AFTER = pattern(r",? (?P<who><P+>)")
_SEVERAL = re.compile(r"(?i)\b(?:beiden|zwei|drei|vier) (?:[a-zäöüß]+ )*\Z")
_OF_SEVERAL = re.compile(r"\b[Dd]ie (?:[a-zäöüß]+en )*\Z")
"""Before an office in the plural: "die Beisitzer Anna Muster und Otto Beispiel"."""
_IN_RELATIVE = pattern(r"(?P<who><P>)(?: [a-zäöüß]{2,12})?, (?:der|die) [^,;]*\Z")
_VERB = (r"(?:ist|sind|wird|werden|wurde|wurden|bleibt|bleiben|war|waren|heißt|heißen|lautet|amtiert|fungiert|fungieren"
         r"|steht|wirkt)")  # fmt: skip
_ADV = (r"(?: (?>\w*tag|\w*jahr\w*|\w*monat\w*|\w*woche\w*|\w+wechsel|weiterhin|künftig|nun|jetzt|erneut|derzeit|aktuell|seit|ab|damals|seinerzeit|auch|zudem|ebenfalls"
        r"|demnach|seither|damit|wieder|der|die|Herr|Frau|bereits|zuletzt|zuvor|bislang|bisher|vorher|früher|[a-zäöüß]+e[rn]?|<D>|dem|sofort|von|bis|in|Jahren|Zeit"
        r"|zum|am|vorerst|kommissarisch|wie|für (?:[a-zäöüß]+ ){0,4}(?:Jahre?|Monate|Amtszeit|Amtsperiode)))*")  # fmt: skip
_IS_AFTER = pattern(
    rf"(?:,? (?:ist|sind|wird|werden|wurde|wurden|bleibt|bleiben|war|waren|heißt){_ADV}(?: (?:der|die) (?:[a-zäöüß\d-]+e |[A-ZÄÖÜ]\w+er )*[A-ZÄÖÜ][a-zäöüß-]{{3,}})?|:| –| -) (?P<who><P+>)"
)
_IS_BEFORE = pattern(
    rf"(?P<who><P+>),? {_VERB}{_ADV}(?: als| zum| zur)? (?:{MOD}|\d\. |[Nn]eue[rn]? |[A-ZÄÖÜ][a-zäöüß]+(?:ische|iche|ende)[rn]? )*\Z"
)
_FINAL = pattern(
    r"(?P<who><P>)(?: (?:zugleich|auch|bereits|seit|zudem|derzeit|<D>|\w+ Jahren|nun|heute|lange|damals|weiterhin|ferner|neue[rn]?|der|die))* \Z"
)
_FINAL_VERB = re.compile(r"(?: [a-zäöüß]+)? (?:ist|war|bleibt|wird)\b")
_AFTER_COLON = pattern(r": [^.;:]{0,60}?(?P<who><P>)")
_RELATIVE_IS = pattern(r"(?:dessen|deren) (?:[a-zäöüß]+e[rn]? )*\Z")
_WHO_IS = pattern(r" (?P<who><P>) (?:ist|war|wird)\b")
_MADE = re.compile(
    r"(?i)\b(?:gewählt|wählt|wählte|wählten|ernannt|ernennt|ernannte|bestellt|bestellte|bestellten|berufen|berief|beruft"
    r"|bestimmt|bestimmte|bestätigt|bestätigte|bestätigten|fungiert|fungieren|amtiert|eingesetzt|einsetzt|gekürt"
    r"|wiedergewählt|vorgestellt|begrüßt|arbeitet|tätig|übernimmt|übernahm|bestellen|wählen|dienst|amt|posten|funktion|position|aufgaben?|stelle|rolle|angetreten|antritt|wirkt)\b"
)
_BY_MADE = re.compile(
    r"(?i)(?:\b(?:zum|zur|als|zu) |\b(?:amt|posten|funktion|position|aufgabe|aufgaben|stelle|rolle) (?:des|der|eines|einer) )(?:[a-zäöüß-]+e[nrms]? |\d\. )*\Z"
)
FORMER = re.compile(
    r"(?i)\b(?:ehemalige[rnms]?|frühere[rnms]?|damalige[rnms]?|bisherige[rnms]?|scheidende[rnms]?|vormalige[rnms]?"
    r"|langjährige[rnms]?|einstige[rnms]?|zuletzt|ex-?)\b[^,;]*\Z"
)
DEPUTY = re.compile(
    r"(?i)(?:\bstellv(?:ertretende[rnms]?|\.)|\bvize-?|\b[23]\.|\bzweite[rnms]?) (?:[a-zäöüß]+e[rnms]? )*\Z"
)
DESIGNATED = re.compile(
    r"(?i)\b(?:designierte[rnms]?|künftige[rnms]?|angehende[rnms]?) (?:[a-zäöüß]+ )*\Z"
)


_OF_PLACES = frozenset(("minister", "premier", "deputy", "mayor"))
"""Offices that places have; "Leiterin in Gera" is one of a body that is there."""


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
        if mention.value not in _OF_PLACES and (match["of"] or "").startswith(" in "):
            bodies = [m for m in bodies if m.types[0] not in ("City", "Region")]
        before, after = text[:start], text[end:]
        office = Office(mention, bodies, [], start, end, "", bool(DEPUTY.search(before)),
                        bool(FORMER.search(before)), bool(DESIGNATED.search(before)))  # fmt: skip
        if not bodies:
            _body_before(view, before, office)
        _find_holder(view, text, before, after, office, found)
        if office.holders:
            found.append(office)
    for one, other in pairwise(found):
        if (
            not one.bodies
            and one.apposition
            and one.holders == other.holders
            and text[one.end : other.start + 5].startswith(" und ")
        ):
            one.bodies = other.bodies  # "Geschäftsführer und zuvor Prokurist der Alpha GmbH"
    return found


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
        office.bodies = [
            Mention(office.mention.start, office.mention.end, state, STATE_TYPES, "place")
        ]
        return
    of_town = _ADJ_TOWN.search(before) if office.mention.value == "mayor" else None
    if of_town and (town := town_of(of_town[1])):
        where = office.mention.start, office.mention.end
        office.bodies = [Mention(*where, town, PLACE_TYPES["City"], "place")]


def _find_holder(
    view: View, text: str, before: str, after: str, office: Office, found: list[Office]
) -> None:
    holder = _HOLDER_BEFORE.search(before)
    if holder and found and found[-1].how == "title" and found[-1].holders == [view.of(holder["who"])] and (
        _HOLDER_AFTER.match(after)
    ):  # fmt: skip
        holder = None  # "Vorsitzende Anna Muster, Schatzmeister Otto Beispiel"
    if (
        holder
        and (verb := _IS_AFTER.match(after))
        and verb[0].startswith((" ist", " bleibt", " wird", " wurde"))
    ):
        holder = None
    if holder:
        office.holders, office.how, office.apposition = [view.of(holder["who"])], "apposition", True
        office.start = holder.end("particle") if holder["particle"] else holder.end("who")
        return
    with_ = _HOLDER_WITH.search(before)
    if with_:
        office.holders, office.how = [view.of(with_["who"])], "elected"
        return
    last = found[-1] if found else None
    if last and last.how in ("apposition", "is") and last.end <= office.start and (
        _CHAIN.fullmatch(text[last.end : office.start])
    ):  # fmt: skip
        after_person = _HOLDER_AFTER.match(after)
        if not (after_person and after.startswith(" ")):
            office.holders, office.how, office.apposition = last.holders, last.how, last.apposition
            office.start = last.end
            return
    made = _BY_MADE.search(before)
    if made:
        clause = clause_around(text, office.start)
        if _MADE.search(clause) or made[0].lower().startswith("als "):
            own = _IN_RELATIVE.search(before)
            persons = [view.of(own["who"])] if own else _persons_made(view, clause)
            if persons:
                office.holders, office.how = persons, "elected"
                return
    is_before = _IS_BEFORE.search(before)
    if is_before and not made:
        office.holders, office.how = view.all_in(is_before["who"]), "is"
        return
    is_after = _IS_AFTER.match(after)
    if is_after:
        office.holders, office.how = (
            [m for m in view.all_in(is_after["who"]) if m.types == ("Person",)],
            "is",
        )
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
    if (
        after.startswith(":")
        and (late := _AFTER_COLON.match(after))
        and not view.named(late[0], "R")
    ):
        office.holders, office.how = [view.of(late["who"])], "is"
        return
    several = _SEVERAL.search(before) or (
        office.mention.name.endswith(("er", "en")) and _OF_SEVERAL.search(before)
    )
    if several and (all_ := _HOLDERS_AFTER.match(after)):
        office.holders, office.how = view.all_in(all_["who"]), "title"
        office.end += all_.end()
        return
    title = _HOLDER_AFTER.match(after)
    if title and (not office.bodies or title[0][0] in " ,:–("):
        office.holders, office.how = view.all_in(title["who"])[:1], "title"
        office.end += title.end()
        alone = not office.bodies and len(title["who"]) == 1
        of = _OF_AFTER.match(after, title.end()) if alone else None
        if of:  # "Sprecherin Anna Muster von der Alpha GmbH"
            office.bodies = [view.of(of["body"])]
            office.end += of.end() - title.end()
        if title[0].startswith(" ") and " und " in title["who"]:
            office.holders = view.all_in(title["who"])[:1]
        return
    far = _HOLDER_FAR.search(before) if office.bodies or office.mention.value != "speaker" else None
    if far and not re.search(r"\b(?:der|die|das|dem|den)\b", far[0][len(far["who"]) :]):
        office.holders, office.how, office.apposition = [view.of(far["who"])], "apposition", True
        office.start = far.end("between")
        return
    line = _HOLDER_LINE.search(before)
    if line:
        office.holders, office.how = [view.of(line["who"])], "line"


def clause_around(text: str, place: int) -> str:
    """The part of a skeleton between semicolons, colons and dashes that a place lies in."""
    start = max(text.rfind(mark, 0, place) for mark in (";", ":", " – "))
    stops = [p for mark in (";", " – ") if (p := text.find(mark, place)) > 0]
    return text[start + 1 : min(stops, default=len(text))]


def _persons_made(view: View, clause: str) -> list[Mention]:
    groups = pattern(r"(?<!\w)(?:(?:von|durch|mit|auf) )?(?:[a-zäöüß]+ )?(?P<who><P+>)").finditer(
        clause
    )
    for match in groups:
        if not re.match(r"(?:von|durch|mit|auf) ", match[0]):
            return view.all_in(match["who"])
    return []
