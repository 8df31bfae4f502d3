"""Words that tell a relation, wherever in the clause those stand whom it relates.

A trigger names the words and its two sides; a side says the classes and the prepositions or cases
by which it is found among the phrases of the clause, nearest to the words first. So one trigger
reads active, passive and verb-final clauses alike. What the clause leaves out comes from the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.extraction.claims import ABOUT_TEXT, Claim
from kg.extraction.cues import CueIndex, cues, index_of
from kg.extraction.defaults import BODY, UNDERTAKING
from kg.extraction.frames import OWN_THEME, SUM, is_a
from kg.extraction.groups import Group, besides, groups_of
from kg.extraction.mentions import Mention
from kg.extraction.sides import Side, all_of, fits_side, found
from kg.extraction.skeleton import View, pattern, words_of
from kg.extraction.topics import Topic


@dataclass(frozen=True)
class Trigger:
    """Words, the relation that they tell, and its subject and object; ``example`` is a sentence of it."""

    relation: str
    words: str
    subject: str
    object: str
    example: str
    weight: float = 0.85
    certainty: str = "stated"

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The words as a pattern over skeletons."""
        return pattern(rf"(?<![\w-])(?:{self.words})(?![\w-])")

    @cached_property
    def sides(self) -> tuple[Side, Side]:
        """Subject and object."""
        return Side.of(self.subject), Side.of(self.object)


def trigger_claims(
    triggers: CueIndex[Trigger], text: str, view: View, topic: Topic
) -> Iterator[Claim]:
    """What the triggers tell in a clause."""
    read = text[:1].lower() + text[1:]
    for trigger in triggers.rows_for(f"{read} {text[:30]}"):
        match = trigger.compiled.search(text) or trigger.compiled.search(read)
        while match:  # of "ins Leben gerufen und getragen von A" the second word counts
            said = list(_claims(trigger, match, text, groups_of(text, view), view, topic))
            yield from said
            match = None if said else trigger.compiled.search(text, match.end())


def table_of(triggers: Iterable[Trigger]) -> CueIndex[Trigger]:
    """Triggers by their cues."""
    return index_of((t, cues(t.compiled)) for t in triggers)


_BELONGS = re.compile(r"(?i)gehör|zähl|\bzu[mr]?\b")
_OTHER_THEME = re.compile(
    r"\b(?:[Dd]ie|[Dd]er|[Dd]as|[Dd]en|[Ee]ine?n?) (?:\w+ )?(?:[A-ZÄÖÜ]\w*)?(?:[Tt]agung|[Vv]eranstaltung|[Aa]usstellung|[Kk]onferenz|[Nn]eubau|[Uu]mbau|[Ff]est|[Ff]estivals?|[Kk]onzert|[Pp]reis|[Pp]reisgeld|[Ss]tudie|[Kk]ongress|[Ff]achtag)\b"
)
"""What the sentence is about that is no undertaking, so that the one of the text is not meant."""


def _claims(trigger: Trigger, match: re.Match[str], text: str, groups: list[Group], view: View, topic: Topic
            ) -> Iterator[Claim]:  # fmt: skip
    if trigger.relation == "cooperatesWith":
        yield from _cooperation(trigger, match, text, groups, view)
        return
    one, other = trigger.sides
    subjects, objects = _both(one, other, match, groups)
    with_money = match[0].startswith("beteilig") and bool(view.named(text, "A"))
    about_else = _OTHER_THEME.search(text) or OWN_THEME.search(text)
    if not (subjects or objects) or (with_money and trigger.relation == "partnersWith"):
        return
    if trigger.relation == "coFunds" and not SUM.search(text):
        return
    if subjects and not objects and other.default == "project" and about_else:
        return
    ours = all_of(subjects, one, groups) if subjects else _default(one, topic)
    if subjects and subjects.bare and trigger.relation in _SHARED:
        ours = [*besides(text, groups, one.takes), *ours]
    theirs = all_of(objects, other, groups) if objects else _default(other, topic)
    certain = subjects is not None and objects is not None
    amounts = view.named(text, "A")
    words = words_of(match[0], 40)
    for subject in ours:
        for object_ in theirs:
            if subject.name == object_.name or not (one.takes(subject) and other.takes(object_)):
                continue
            if (
                trigger.relation == "memberOf"
                and subject.types == ("Person",)
                and _BOARDS.search(text)
            ):
                continue
            relation = _relation(trigger.relation, match[0], subject, object_, objects is not None)
            certainty = trigger.certainty
            if trigger.relation == "headOf" and relation != "headOf":
                certainty = "implied"
            first, second = subject, object_
            if relation.endswith("_"):  # the body is the subject of the relation
                relation, first, second = relation.rstrip("_"), object_, subject
            yield Claim(
                first, relation, second,
                f"words {words}" + ("" if certain else ABOUT_TEXT), view, text,
                weight=trigger.weight if certain else trigger.weight - 0.1, certainty=certainty,
                amount=amounts[0] if len(amounts) == 1 and relation in ("funds", "coFunds") else None,
            )  # fmt: skip


_BOARDS = re.compile(
    r"(?:[Vv]orstand|[Bb]eirat|[Aa]ufsichtsrat|Präsidium|Kuratorium|Stiftungsrat|Verwaltungsrat|Hochschulrat|[Gg]remium|Jury|[Aa]usschuss)"
)
"""Whoever belongs to one of these is no member of the body itself."""
_SHARED = frozenset(("partnersWith", "memberOf", "memberOfBoard", "signed"))
"""Relations that who is named after "neben" has as well: "neben A sind B und C beteiligt"."""


def _both(one: Side, other: Side, match: re.Match[str], groups: list[Group]
          ) -> tuple[Group | None, Group | None]:  # fmt: skip
    """The phrases of subject and object; where only one is named, it may be either."""
    objects = found(other, match, groups, None)
    subjects = found(one, match, groups, objects)
    if objects and subjects is None and not one.default:
        may_act = one.takes(objects.mentions[0]) and fits_side(objects, one, match)
        return (objects, None) if may_act else (None, objects)
    return subjects, objects


def _relation(relation: str, words: str, subject: Mention, object_: Mention, named: bool) -> str:
    """The relation that the classes of both make of what the words tell."""
    association = "Association" in object_.types
    if relation == "memberOf" and object_.types[0] in UNDERTAKING:
        return "partnersWith"
    if relation == "partnersWith" and subject.type in UNDERTAKING and object_.type in UNDERTAKING:
        return "partOf"  # "das Netzwerk umfasst zwölf Zentren"
    if relation == "partnersWith" and not named and object_.types[0] == "Association":
        return "memberOf"
    if relation == "partnersWith" and object_.types[0] == "Association" and "artner" not in words:
        return "memberOf"
    if relation == "partOf" and _BELONGS.search(words) and is_a(subject, BODY):
        if not is_a(subject, UNDERTAKING) and object_.types[0] == "Project":
            return "partnersWith"
        if not is_a(subject, UNDERTAKING) and association:
            return "memberOf"
    if relation == "headOf" and object_.type == "Association" and _LEADS.search(words):
        return "chairedBy_"  # who leads an association mostly is its chair
    if relation == "top_":
        return "chairedBy_" if object_.type == "Association" else "headOf"
    return relation


def _cooperation(trigger: Trigger, match: re.Match[str], text: str, groups: list[Group], view: View
                 ) -> Iterator[Claim]:  # fmt: skip
    """Who works with whom; where the clause names an undertaking, both are partners of that."""
    one, other = trigger.sides
    between = next((g for g in groups if g.prep == "zwischen" and len(g.mentions) > 1), None)
    if between:
        pairs = [(a, b) for i, a in enumerate(between.mentions) for b in between.mentions[i + 1 :]]
    else:
        with_ = found(other, match, groups, None)
        by = found(one, match, groups, with_)
        ours = all_of(by, one, groups) if by else []
        theirs = with_.mentions if with_ else []
        if by and not with_ and 1 < len(ours) < 4 and _TOGETHER.search(text):
            pairs = [(a, b) for i, a in enumerate(ours) for b in ours[i + 1 :]]
        else:
            pairs = [(a, b) for a in ours for b in theirs]
    pairs = [(a, b) for a, b in pairs if one.takes(a) and one.takes(b) and a.name != b.name]
    project = next(
        (
            g.mentions[0]
            for g in groups
            if g.prep in _WITHIN_PROJECT and g.mentions[0].type == "Project"
        ),
        None,
    )
    for a, b in pairs:
        if project:
            for m in (a, b):
                yield Claim(
                    m,
                    "partnersWith",
                    project,
                    f"words {match[0][:40]}",
                    view,
                    text,
                    weight=trigger.weight,
                )
        else:
            yield Claim(
                a, "cooperatesWith", b, f"words {match[0][:40]}", view, text, weight=trigger.weight
            )


_TOGETHER = re.compile(r"\b(?:zusammen|kooperier\w+|Zusammenarbeit|Partnerschaft|Kooperation)\b")

_WITHIN_PROJECT = ("im", "in", "am", "an", "bei", "beim", "für")

_LEADS = re.compile(r"(?i)\b(?:an)?(?:ge)?(?:leit|führ)")


def _default(side: Side, topic: Topic) -> list[Mention]:
    main = topic.main if topic.main and topic.main.types[0] != "PublicBody" else None
    meant = {
        "": None,
        "project": topic.project or main,
        "body": topic.body or topic.main,
        "main": main or topic.body,
        "person": topic.person,
        "last": topic.last,
    }[side.default]
    return [meant] if meant else []


_SAME = {"partnerIn": "partner", "cooperatesWith": "partner", "partnersWith": "partner", "coFunds": "funds",
         "chairedBy": "headOf", "managedBy": "headOf", "memberOf": "partner"}  # fmt: skip


def unsaid(claims: Iterable[Claim], said: Iterable[Claim]) -> Iterator[Claim]:
    """Claims of which a narrower rule has said nothing: none of that kind about one of the two."""
    told = {key for claim in said for key in _keys(claim)}
    for claim in claims:
        if told.isdisjoint(_keys(claim) - {("funds", claim.subject.name)} | _own_key(claim)):
            yield claim


def _own_key(claim: Claim) -> set[tuple[str, str]]:
    """Of money: who gives the rest is not told by who gives money, but the other way round."""
    if claim.relation not in ("funds", "coFunds"):
        return set()
    return {(claim.relation, claim.subject.name)}


def _keys(claim: Claim) -> set[tuple[str, str]]:
    """What a claim says something of: many are partners, members or funders of one, and in one place."""
    kind = _SAME.get(claim.relation, claim.relation)
    object_ = claim.object if isinstance(claim.object, str) else claim.object.name
    if kind in ("partner", "funds"):
        return {(kind, claim.subject.name), (claim.relation, claim.subject.name)}
    if kind == "locatedIn":
        return {(kind, object_)}
    return {(kind, claim.subject.name), (kind, object_)}
