"""Applies frames and constructions to the clauses of a sentence, with what the text is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extraction.claims import ABOUT_TEXT, Claim
from kg.extraction.clauses import Clause
from kg.extraction.cues import CueIndex, cues, index_of
from kg.extraction.defaults import BODY, UNDERTAKING, default_of, part_of
from kg.extraction.frames import FRAMES, Frame, claims_of_frame, frame_cues, is_a
from kg.extraction.genders import may_mean
from kg.extraction.groups import Group, besides, groups_of
from kg.extraction.mentions import Mention
from kg.extraction.phrases import CONSTRUCTIONS, Construction
from kg.extraction.skeleton import View, pattern, words_of
from kg.extraction.topics import Topic


def clause_claims(clause: Clause, view: View, topic: Topic, only: str = "") -> Iterator[Claim]:
    """Everything that frames and constructions see in a clause, or those of one relation."""
    text = clause.text
    main = topic.main if topic.main and topic.main.types[0] != "PublicBody" else None
    theme = topic.project or main
    if theme and (it := _PRONOUN.match(text)) and not may_mean(it[1], theme.name):
        theme = None
    if "ür " in text and any(m.type == "Programme" for m in view.mentions):
        for_it = [g.mentions[0] for g in groups_of(text, view) if g.prep == "für"]
        theme = next((m for m in for_it if m.type == "Programme"), theme)
    for frame in _frames().rows_for(text.lower()) if not only else ():
        yield from claims_of_frame(frame, text, groups_of(text, view), view, theme)
    for construction, compiled in _table().rows_for(text):
        if only and construction.relation != only:
            continue
        for match in compiled.finditer(text):
            yield from _claims(construction, match, text, groups_of(text, view), view, topic)


def clause_tables() -> None:
    """Compile the patterns of all constructions and frames."""
    _table()
    _frames()


@cache
def _table() -> CueIndex[tuple[Construction, re.Pattern[str]]]:
    """The constructions with their patterns (hashing a pattern is slow), by cues."""
    return index_of(((c, c.compiled), cues(c.compiled)) for c in CONSTRUCTIONS)


@cache
def _frames() -> CueIndex[Frame]:
    return index_of((frame, frozenset(frame_cues(frame))) for frame in FRAMES)


def _claims(c: Construction, match: re.Match[str], text: str, groups: list[Group], view: View, topic: Topic
            ) -> Iterator[Claim]:  # fmt: skip
    named = match.groupdict()
    subjects = view.all_in((named.get("a") or "") + (named.get("a2") or ""))
    objects = view.all_in(named.get("b") or "")
    if c.relation != "locatedIn":
        objects = [m for m in objects if not _is_place(m)]
    elif _EVENT_OF.search(text, 0, match.start("a") if named.get("a") else 0):
        return
    subjects = [m for m in subjects if not _is_place(m)]
    if (
        c.relation in _OF_SUBJECTS
        and subjects
        and " mit " not in match[0]
        and not _BESIDE_PLACE.match(match[0])
        and _only_owner(subjects[0], groups)
    ):
        return
    if (
        c.relation == "locatedIn"
        and named.get("a")
        and _PREDICATE.search(text, 0, match.start("a"))
    ):
        own = [
            g for g in groups if g.bare and g.end < match.start("a")
        ]  # "… ist eine Einrichtung des …"
        subjects = own[0].mentions if own else subjects
    certain = True
    if c.b == "frame":
        subjects = part_of(objects, groups, topic, match[0])
    elif c.b == "programme":
        objects = [m for m in objects if m.types[0] == "Programme"]
        subjects = [m for m in subjects if m.types[0] == "PublicBody"]
    elif c.b == "own":
        objects = [m for m in objects if m.types[0] == "Project" and m.kind == "quote"]
    elif c.b == "joint":
        objects = [m for m in objects if m.type == "Project" and _JOINT.search(m.prefix)]
    elif c.b == "signing" and not _SIGNING.search(text):
        return
    elif c.b == "money":
        if not view.named(text, "A"):
            return
        meant = [
            m
            for g in groups
            if g.prep in ("für", "zum", "zur")
            for m in g.mentions
            if m.type == "Project"
        ]
        objects = meant or objects
    elif not subjects and c.b in ("subject", "person-subject") and "a" not in named:
        subjects, certain = default_of(c, objects, match, groups, topic)
    elif not objects and c.b not in ("none", "own"):
        objects, certain = default_of(c, subjects, match, groups, topic)
        if c.b == "with" and certain:
            subjects = [*subjects, *_at_work(objects, subjects, groups)]
    relation = c.relation
    if relation == "memberOf" and not certain and (topic.board or BOARD.search(text)) and (
        all(m.types == ("Person",) for m in subjects)
    ):  # fmt: skip
        relation = "memberOfBoard"
    if relation in ("partnersWith", "memberOf") and c.b != "with" and subjects:
        more = besides(text, groups, lambda m: m.types[0] in BODY)
        subjects = [*subjects, *(m for m in more if m not in subjects and m not in objects)]
    if relation == "partOf" and _UNDERTAKEN.search(match[0]):
        objects = [
            m for m in objects if is_a(m, UNDERTAKING)
        ]  # a project of a body is no part of it
    if relation == "partOf" and _BELONGS.search(match[0]) and objects and (
        objects[0].types[0] == "Association" and all(m.types[0] in BODY for m in subjects)
    ):  # fmt: skip
        relation = "memberOf"  # a firm that belongs to a club is a member, no part
    if relation == "partnersWith" and _UNITED.search(match[0]) and objects and (
        all(m.types[0] == "Association" for m in objects)
    ):  # fmt: skip
        relation = "memberOf"
    if relation == "partnersWith" and (owned := _owned(groups, match)):
        relation, objects = "memberOf", [owned]
    for subject in subjects:
        for object_ in objects:
            if subject.name == object_.name:
                continue
            yield from _made(c, relation, subject, object_, text, view, match, certain=certain)


def _at_work(objects: list[Mention], subjects: list[Mention], groups: list[Group]) -> list[Mention]:
    """Who works with others in a project: "Im Projekt J entwickelt A gemeinsam mit B …"."""
    if not any(g.prep in ("im", "in") and objects[0] in g.mentions for g in groups):
        return []
    acting = (g for g in groups if g.bare and "n" in g.cases and g.mentions[0].types[0] in BODY)
    first = next(acting, None)
    return [m for m in first.mentions if m not in subjects] if first else []


def _owned(groups: list[Group], match: re.Match[str]) -> Mention | None:
    """The company that somebody holds a share of: "An der Alpha GmbH beteiligt sind …"."""
    if "eteiligt" not in match[0]:
        return None
    held = [g.mentions[0] for g in groups if g.prep == "an" and g.mentions[0].type == "Company"]
    return held[0] if held else None


_OF_SUBJECTS = frozenset(("locatedIn", "memberOf", "successorOf"))
_PRONOUN = re.compile(r"(?:\A|.*\bwird )(Es|Er|Sie|es|er|sie) ")
"""What stands for something, of which it is not clear what."""
BOARD = re.compile(
    r"\b(?:Vorstand|Aufsichtsrat|Beirat|Kuratorium|Präsidium|Stiftungsrat|Verwaltungsrat|Hochschulrat|Gremium)(?:e?s)?\b"
)
_UNDERTAKEN = re.compile(r" (?:Projekt|Förderprojekt|Modellprojekt|Maßnahme) ")
_SIGNING = re.compile(r"\b(?:unterzeichn|unterschr[ie]|signier)")
_BELONGS = re.compile(r"\b(?:gehör|zähl)\w* (?:[a-zäöüß]+ )*zu")
_UNITED = re.compile(r"Zusammenschluss|zusammengeschlossen|Bündnis|vereinigt")
_JOINT = re.compile(r"(?i)verbund|gemeinschaft|gemeinsam|kooperation|partner|tandem")
_PREMISES = re.compile(
    r"(?:[Ss]itz|stelle|[Zz]entrale|[Ss]tandort|Räume|Büros?|[Ww]erk|Gelände|Campus|Haus|Gebäude|Leiter\w*|[Cc]hefs?|[Cc]hefin|Direktor\w*|[\U000f8000-\U000f8fff])(?:[ens]+)? ?\Z"
)


def _only_owner(mention: Mention, groups: list[Group]) -> bool:
    """Whether a clause names a body only as a genitive of what it speaks of: "die Agentur des Bundes"."""
    group = next((g for g in groups if mention in g.mentions), None)
    return bool(group and group.attribute and not _PREMISES.search(group.before))


_BESIDE_PLACE = pattern(r"<S> (?:in|aus)(?: der| den| dem)? <L>")
"""A place right beside a name is its own, whatever the name is an attribute of."""

_EVENT_OF = re.compile(
    r"(?i)(?:tagung|versammlung|konferenz|sitzung|treffens?|feier|eröffnung|veranstaltung|besuchs?|messe|kongress(?:es)?|forums?"
    r"|workshops?|empfangs?|jubiläums?|fest(?:es)?|mitglied(?:er)?|vertreter\w*|vorsitzende\w*|gäste|festakt\w*) (?:des|der|von|vom) (?:[a-zäöüß]+ )*\Z"
)


_PREDICATE = re.compile(
    r" (?:ist|war|bleibt) (?:ein|eine) (?:[a-zäöüß]+ )*[A-ZÄÖÜ][\w-]+ (?:des|der) (?:[a-zäöüß]+ )*\Z"
)


def _is_place(mention: Mention) -> bool:
    return mention.types[:1] != () and mention.types[0] in ("City", "Region", "Country", "Place")


def _made(c: Construction, relation: str, subject: Mention, object_: Mention, text: str, view: View,
          match: re.Match[str], *, certain: bool) -> Iterator[Claim]:  # fmt: skip
    one, other = subject, object_
    if relation == "top_":
        relation = "chairedBy_" if object_.types[0] in ("Association", "Organisation") else "headOf"
    if relation.endswith("_"):  # the body is the subject of the relation
        relation, one, other = relation.rstrip("_"), object_, subject
    if relation == "leadsConsortium" and not is_a(other, UNDERTAKING):
        return
    amounts = view.named(text, "A")
    yield Claim(
        one, relation, other, f"phrase {words_of(match[0])}" + ("" if certain else ABOUT_TEXT), view, text,
        certainty=c.certainty,
        modality="asserted" if relation == "represents" and c.b == "none" else "",
        weight=c.weight if certain else c.weight - 0.1,
        amount=amounts[0] if len(amounts) == 1 and relation in ("funds", "coFunds") else None,
    )  # fmt: skip
