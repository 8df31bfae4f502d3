"""Constructions of more than one name at each side: boards, agreements, units, brackets, blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.claims import Claim
from kg.extraction.defaults import BODY
from kg.extraction.frames import is_a
from kg.extraction.groups import groups_of
from kg.extraction.mentions import Mention
from kg.extraction.skeleton import View, pattern
from kg.extraction.stems import stem
from kg.extraction.topics import Topic
from kg.extraction.vocabulary import UNITS, town_of

_BOARD = pattern(
    r"(?:\A|\b(?:[Zz]um|[Dd]em|[Ii]n den|[Ii]m|[Dd]en|[Ii]n das|[Dd]er|[Ii]n dem|[Aa]us dem|[Nn]eu im|[Nn]eu in den) )(?:[a-zäöüß]+e?[nsmr] )*"
    r"(?P<board>Vorstand\w*|Gremium\w*|Führungsgremium|Leitungsteam|Beirat\w*|Aufsichtsrat\w*|Präsidium\w*|Kuratorium\w*|Stiftungsrat\w*|Verwaltungsrat\w*"
    r"|Hochschulrat\w*|Lenkungskreis\w*|Landesvorstand|Bundesvorstand)"
    r"(?: (?:des|der|von|vom|bei|beim) <~>(?P<body><S>))?"
)

_BOARD_VERB = re.compile(
    r"(?i)\b(?:gehör\w+|angehör\w+|gewählt|wiedergewählt|sitzt|sitzen|berufen|wählt\w*|wirkt|wirken|besteht aus|setzt sich|zusammensetzt|bilden|rückt|rückte"
    r"|nachgerückt|vertreten|bleib\w*|blieb\w*|verbleib\w*|neu (?:im|in den|in dem|dabei)|komplettier\w+|ergänz\w+|einziehen|zieht|ziehen|kooptiert|bestätigt|mitarbeiten)\b"
)

_MADE_OF = re.compile(r"\b(?:besteht|bestehend|setzt sich|zusammensetzt)\b")

_SIGN = re.compile(
    r"(?i)\b(?:unterzeichn\w+|unterschr\w+|schließ\w+|schloss\w*|geschlossen|besiegel\w+|vereinbart\w*|abgeschlossen)\b"
)

_BETWEEN = pattern(r"<G> (?:zwischen|von) <~>(?P<a><N>)(?: und|,| sowie) <~>(?P<b><N+>)")

_BOTH = re.compile(
    r"\A(?:Beide (?:Seiten|Partner|Organisationen|Häuser|Einrichtungen|Vereine|Unternehmen)?|Die (?:beiden )?(?:Partner|Seiten))\b"
)

_UNIT = pattern(
    r"(?P<a><S>) (?=(?:der|des|im|an der|am|von|vom|beim|bei der|in der|an dem) (?:[A-ZÄÖÜ]\w+ )?(?P<b><O>))"
)

_OWN_UNIT = pattern(
    r"\b(?P<whose>dessen|deren|sein|ihr)(?:e[rnms]?)? (?:[a-zäöüß]+e[nrms]? )*(?P<a><S>)"
)

REPRESENTED = pattern(r",? ?(?:[a-zäöüß]+ )?vertreten durch <~><O>,?")

_OPENING = re.compile(
    r"(?i)\b(?:eröffnet\w*|eingeweiht|einweih\w+|an den Start|arbeit auf\w*|startet\w*|entsteht|entstehen|gegründet|geöffnet"
    r"|eröffnen|angesiedelt|siedelt|aufgebaut|errichtet|gebaut)\b"
)

_PLACE_IN_PLACE = pattern(r"(?P<a><L>) (?:am|an der|im|in der|in|auf dem) (?P<b><L>)")

_COMPOUND = pattern(
    r"(?P<a><O>)-(?:[A-Za-zäöü-]*?(?:[Pp]rogramms?|[Pp]rojekts?|[Ff]örderprogramms?|[Ii]nitiative|[Rr]ichtlinie)) ?(?P<b><J>)"
)

UNIT_STEMS = frozenset(stem(u) for u in UNITS)


def board_claims(
    view: View, text: str, body: Mention | None, recent: list[Mention]
) -> Iterator[Claim]:
    """Members of a board: "Zum Vorstand des Muster e. V. gehören A, B und C"."""
    for match in _BOARD.finditer(text):
        listed = text[match.end() : match.end() + 1] == ":"
        if not (listed or _BOARD_VERB.search(text)) or match["board"].endswith(
            ("vorsitz", "sitzende")
        ):
            continue
        own = [m for m in view.all_in(text[: match.start()]) if m.type == "Association"]
        own = own or [
            m for m in recent[-2:] if m.type == "Association" and body and m.name == body.name
        ]
        own = own or ([body] if body and body.type == "Association" else [])
        own = own or [m for m in recent[-2:] if m.type == "Association"]
        bodies = view.all_in(match["body"] or "") or own[-1:] or ([body] if body else [])
        persons = [m for g in groups_of(text, view) if not g.prep or g.prep == "mit" or _MADE_OF.search(text)
                   for m in g.mentions if m.types == ("Person",) and not g.attribute]  # fmt: skip
        for person in persons:
            for whole in bodies:
                yield Claim(person, "memberOfBoard", whole, f"board {match['board']}", view, text,
                            weight=0.92 if match["body"] else 0.8)  # fmt: skip


def agreement_claims(view: View, text: str, topic: Topic) -> Iterator[Claim]:
    """Who concluded an agreement, and who cooperates by it."""
    agreements = [
        m
        for m in view.named(text, "G")
        if not re.search(r"(?i)koalition|arbeitsvertr|kaufvertr", m.name)
    ]
    if not agreements:
        return
    agreement = agreements[0]
    for match in _BETWEEN.finditer(text):
        yield from _pairs(
            view, text, [*view.all_in(match["a"]), *view.all_in(match["b"])], agreement, "stated"
        )
    if not _SIGN.search(text):
        return
    groups = groups_of(text, view)
    signers = [m for g in groups if g.bare or g.prep in ("von", "vom", "durch") for m in g.mentions
               if is_a(m, BODY | {"Person"})]  # fmt: skip
    others = [m for g in groups if g.prep == "mit" for m in g.mentions if is_a(m, BODY)]
    if not signers and topic.pair and _BOTH.match(text):
        signers = list(topic.pair)
    for signer in signers:
        yield Claim(signer, "signed", agreement, "signs an agreement", view, text, weight=0.9)
    for other in others:
        yield Claim(
            other,
            "signed",
            agreement,
            "agreement with",
            view,
            text,
            certainty="implied",
            weight=0.8,
        )
    bodies = [m for m in signers if is_a(m, BODY)]
    yield from _pairs(view, text, [*bodies, *others], agreement, "", cross=(bodies, others))


def _pairs(view: View, text: str, bodies: list[Mention], agreement: Mention, certainty: str,
           cross: tuple[list[Mention], list[Mention]] | None = None) -> Iterator[Claim]:  # fmt: skip
    cooperation = bool(
        re.search(
            r"(?i)kooperation|partnerschaft|zusammenarbeit|absichts|memorandum|letter",
            agreement.name,
        )
    )
    if certainty:
        for body in bodies:
            yield Claim(body, "signed", agreement, "agreement between", view, text, weight=0.88)
    if not cooperation:
        return
    if cross and cross[1]:
        pairs = [(a, b) for a in cross[0] for b in cross[1]]
    else:
        pairs = (
            [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1 :]]
            if len(bodies) < 4
            else []
        )
    for one, other in pairs:
        yield Claim(
            one, "cooperatesWith", other, "agreement of cooperation", view, text, weight=0.88
        )


def unit_claims(view: View, text: str) -> Iterator[Claim]:
    """Units of a body: "Institut für Soziologie der Universität X", "ESF-Programm „Z“"."""
    for match in _UNIT.finditer(text):
        part, whole = view.of(match["a"]), view.of(match["b"])
        if part.kind == "short" and text.startswith(("vom ", "von "), match.end()):
            continue  # "Geld erhält das Zentrum vom Land"
        if (
            _is_unit(part)
            and (part.kind != "short" or part.prefix in UNIT_STEMS)
            and not is_a(whole, frozenset(("Fund",)))
        ):
            yield Claim(part, "partOf", whole, "unit of a body", view, "", weight=0.9)
    for match in _OWN_UNIT.finditer(text):
        part = view.of(match["a"])
        owners = [m for m in view.all_in(text[: match.start()]) if is_a(m, BODY)]
        near = match["whose"] in ("deren", "dessen") or len({m.name for m in owners}) == 1
        if near and owners and part.kind not in ("short", "quote") and _is_unit(part):
            yield Claim(part, "partOf", owners[-1], "unit of its own", view, "", weight=0.8)
    for mention in view.mentions:
        if mention.whole:
            yield Claim(mention, "partOf", mention.whole, "name of a part", view, "", weight=0.9)
    for match in _PLACE_IN_PLACE.finditer(text):
        if view.of(match["a"]).type in ("Building", "Place"):
            yield Claim(
                view.of(match["a"]),
                "locatedIn",
                view.of(match["b"]),
                "place in a place",
                view,
                "",
                weight=0.85,
            )
    for mention in view.mentions:
        if mention.within:
            yield Claim(
                mention,
                mention.within[0],
                mention.within[1],
                "name with a name in it",
                view,
                "",
                weight=0.88,
            )
    for match in _COMPOUND.finditer(text):
        yield Claim(view.of(match["b"]), "partOf", view.of(match["a"]), "compound with the name of a fund",
                    view, "", weight=0.9 if "Fund" in view.of(match["a"]).types else 0.7)  # fmt: skip


def _is_unit(part: Mention) -> bool:
    return part.head in UNIT_STEMS or part.head.endswith(("institut", "zentrum", "abteilung"))


def opening_claims(view: View, text: str) -> Iterator[Claim]:
    """What opens or begins in a place: "… hat in Chemnitz das Zentrum Alpha eröffnet"."""
    if not _OPENING.search(text):
        return
    groups = groups_of(text, view)
    places = [
        m
        for g in groups
        if g.prep in ("in", "nach")
        for m in g.mentions
        if m.types[0] in ("City", "Region")
    ]
    themes = [g for g in groups if g.bare and "a" in g.cases and g.mentions[0].types[0] in _OPENED]
    for group in themes[:1]:
        if len(places) == 1 and len(group.mentions) == 1:
            yield Claim(
                group.mentions[0],
                "locatedIn",
                places[0],
                "opens in a place",
                view,
                text,
                weight=0.85,
            )


_ADJECTIVE = pattern(
    r"\b(?P<town>[A-ZÄÖÜ][a-zäöüß]+?)(?P<end>e?r) (?:[A-ZÄÖÜ][a-zäöüß-]+ )?(?P<a><S>)"
)


def town_claims(view: View) -> Iterator[Claim]:
    """The town that an adjective names: "das Magdeburger Institut Beta"."""
    for match in _ADJECTIVE.finditer(view.text):
        name = town_of(match["town"] + match["end"])
        subject = view.of(match["a"])
        if name and name not in subject.name and subject.type not in ("Programme", "Fund"):
            place = Mention(
                view.sentence.start, view.sentence.start, name, ("City", "Place"), "place"
            )
            yield Claim(subject, "locatedIn", place, f"{name}er", view, "", weight=0.8)


_OPENED = frozenset(("Project", "ResearchInstitute", "Organisation", "PublicBody", "Building"))
