"""What stands in brackets or after a comma in a line: offices, bodies, units and places of a name."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.claims import Claim
from kg.extraction.holding import relation_of
from kg.extraction.parties import PARTY
from kg.extraction.skeleton import View, is_mention, pattern
from kg.extraction.special import UNIT_STEMS
from kg.extraction.topics import Topic

_PERSON_BRACKET = pattern(
    r"(?P<a><P>) \((?:v\. ?l\.\)? ?)?(?:(?:von der|vom|für) )?(?P<b><O>|<X>)(?:, [^()]*)?\)".replace(
        "<X>", "<S>"
    )
)


_OF_PARTY = pattern(
    r"(?P<b><O>)-(?:[A-ZÄÖÜ]?[a-zäöü]*(?:[Pp]olitiker(?:in)?s?|[Aa]bgeordnete[rn]?)|<R>) (?P<a><P>)"
)


_PERSON_LINE = pattern(
    r"\A(?:[\w-]+: )?(?P<a><P>), <~>(?P<b><O>)(?:\W*\Z|, (?:Tel|Telefon|Mobil|Fax|E-Mail|Mail)\b)"
)


_CHAIR_BRACKET = pattern(r"(?P<a><P>) \((?:1\. )?(?:Vorsitz|Vorstandsvorsitz)\)")


_UNIT_BRACKET = pattern(r"(?P<b><O>) \((?P<a><O>)\)")


_PLACE_LINE = pattern(r"\A(?:[A-ZÄÖÜ][\w-]+: )?<~>(?P<a><S>), (?P<b><L>)\W*\Z")


_PLACE_BRACKET = pattern(r"(?P<a><S>) \((?P<b><L>)\)")


_LEAD_BRACKET = pattern(
    r"(?P<a><O>) \((?:[^()]*(?:[Kk]oordination|[Kk]oordinator|[Kk]onsortialf|[Vv]erbundleit|Konsortialführ\w*|Federführ\w*|Projektleitung|Gesamtleitung|Leitung|Lead)[^()]*)\)"
)


def bracket_claims(view: View, topic: Topic) -> Iterator[Claim]:
    """What stands in brackets after a name: a person's body, a unit, a place."""
    text = view.text
    for match in _OF_PARTY.finditer(text):
        if (party := view.of(match["b"])).head == PARTY:
            yield Claim(
                view.of(match["a"]), "memberOf", party, "party-… person", view, "", weight=0.9
            )
    for match in _PERSON_BRACKET.finditer(text):
        if (party := view.of(match["b"])).head == PARTY:
            yield Claim(
                view.of(match["a"]), "memberOf", party, "person (party)", view, "", weight=0.95
            )
            continue
        office = (
            view.of(text[match.start() - 2])
            if match.start() > 1 and is_mention(text[match.start() - 2])
            else None
        )
        if (
            office
            and office.kind == "office"
            and (relation := relation_of(office.value, view.of(match["b"]), office.name))
        ):
            person, body = view.of(match["a"]), view.of(match["b"])
            one, other = (
                (body, person) if relation in ("chairedBy", "managedBy") else (person, body)
            )
            yield Claim(one, relation, other, f"{office.name} person (body)", view, "", weight=0.9)
            continue
        yield Claim(
            view.of(match["a"]),
            "represents",
            view.of(match["b"]),
            "person (body)",
            view,
            "",
            weight=0.9,
            modality="asserted",
        )
    chaired = (
        topic.main if topic.main and topic.main.type in ("Association", "Organisation") else None
    )
    if chaired:
        for match in _CHAIR_BRACKET.finditer(text):
            person = view.of(match["a"])
            yield Claim(chaired, "chairedBy", person, "person (chair)", view, "", weight=0.85)
    line = _PERSON_LINE.match(text)
    if line:
        yield Claim(
            view.of(line["a"]),
            "represents",
            view.of(line["b"]),
            "person, body",
            view,
            "",
            weight=0.8,
        )
    for match in _UNIT_BRACKET.finditer(text):
        part, whole = view.of(match["a"]), view.of(match["b"])
        if (
            part.head in UNIT_STEMS
            and "University" in (*whole.types, "University")
            and part.name != whole.name
        ):
            yield Claim(part, "partOf", whole, "body (unit)", view, "", weight=0.9)
    for match in _LEAD_BRACKET.finditer(text):
        projects = [m for m in view.mentions if "Project" in m.types] or (
            [topic.project] if topic.project else []
        )
        for project in projects[:1]:
            yield Claim(
                view.of(match["a"]), "leadsConsortium", project, "name (lead)", view, "", weight=0.9
            )
    for match in (*_PLACE_BRACKET.finditer(text), *_PLACE_LINE.finditer(text)):
        yield Claim(
            view.of(match["a"]),
            "locatedIn",
            view.of(match["b"]),
            "name (place)",
            view,
            "",
            weight=0.9,
        )
