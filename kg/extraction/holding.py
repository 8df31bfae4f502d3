"""The relations that offices make: who heads, manages, chairs or speaks for which body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.claims import Claim
from kg.extraction.functions import RELATION
from kg.extraction.mentions import Mention
from kg.extraction.offices import Office, clause_around
from kg.extraction.skeleton import View
from kg.extraction.stems import stem
from kg.extraction.topics import Topic

_UNSTATED = re.compile(
    r"(?i)professor|mitarbeiter|wissenschaftler|arzt|ärztin|projektmanager|abteilungs|referats|bereichs|referent"
    r"|dezernent|prokurist|kanzler|abgeordnet|ansprechpartner|amtsleiter|fachbereichs"
)


def office_claims(view: View, found: list[Office], topic: Topic, text: str) -> Iterator[Claim]:
    """The relations of persons and bodies that offices make.

    An office without a body is of the body that the sentence is about, else the text.
    """
    used = {b.name for o in found for b in o.bodies}
    for office in found:
        if assembly := _ASSEMBLY.search(office.mention.name):
            start = office.mention.start
            name = _ASSEMBLIES[assembly[1].lower()]
            body = Mention(start, start, name, ("PublicBody",), "form")
            for holder in office.holders:
                yield Claim(holder, "memberOf", body, f"office {office.mention.name}", view, "", near=[office.mention], certainty="implied")  # fmt: skip
    for office in found:
        kind = office.mention.value
        default = None if office.bodies else _default_body(view, office, topic, text, used)
        if default and (only := _ONLY_OF.match(office.mention.name)):
            default = default if default.types[0] in _CLASSES_OF[only[1].lower()] else None
        for body in office.bodies or ([default] if default else []):
            for holder in office.holders:
                claim = _claim(view, office, kind, holder, body, text)
                if claim:
                    yield claim


_BASE = re.compile(
    r"(?i)(?:vorsitzende|geschäftsführer|leiter|direktor|sprecher|präsident|chef|minister|koordinator|manager|rektor|dekan"
    r"|intendant|vorstand)\w*\Z"
)


_ASSEMBLY = re.compile(r"(?i)(bundestag|landtag|kreistag|stadtrat)s?-?abgeordnet")
_ASSEMBLIES = {
    "bundestag": "Bundestag",
    "landtag": "Landtag",
    "kreistag": "Kreistag",
    "stadtrat": "Stadtrat",
}


_CHOSEN = re.compile(r"\b(?:(?:wieder)?gewählt|bestätigt|berufen|bestimmt|wählten?|bestätigten?)\b")
_OWN_BODY = re.compile(r" (?:des|der) (?:[A-ZÄÖÜ][a-zäöüß]+(?:en|er) )+[A-ZÄÖÜ]")
"""A body of its own that is no name to us: "des Sächsischen Imkertags"."""


def _default_body(
    view: View, office: Office, topic: Topic, text: str, used: set[str]
) -> Mention | None:
    """The body of an office that names none: by what the noun begins with, else by the sentence."""
    word, kind = office.mention.name, office.mention.value
    if _OWN_BODY.match(text, office.end):
        return None
    if kind == "deputy" and word.lower().startswith("stellvertreter"):
        associations = [m for m in view.all_in(text) if m.type == "Association"]
        main = topic.main if topic.main and topic.main.type == "Association" else None
        return associations[0] if associations else main or topic.body
    if kind == "minister" and word in ("Minister", "Ministerin"):
        return next((m for m in reversed(topic.bodies) if "inisterium" in m.name), None)
    if kind in ("minister", "premier", "deputy", "mayor", "member"):
        return None
    if short := _ABBREVIATION.match(word):
        told = [*topic.bodies, *view.all_in(text)]
        if named := [m for m in told if _is_body(m) and _is_called(m.name, short[1])]:
            return named[-1]
    begin = stem(_BASE.sub("", word.split()[0]))
    before = [m for m in view.all_in(text[: office.start]) if _is_body(m) and m.name not in used]
    if (
        begin
        and begin not in ("haupt", "landes", "vorstand", "projekt", "presse")
        and len(begin) > 3
    ):
        named = [m for m in (*topic.bodies, *before) if m.head and m.head.endswith(begin)]
        if named:
            return named[-1]
    if begin.startswith(("projekt", "verbund", "konsortial", "programm", "vorhab")):
        projects = [m for m in view.all_in(text) if m.types[:1] == ("Project",)]
        seen = [m for m in topic.bodies if "Project" in m.types]
        first = projects or ([topic.project] if topic.project else seen[-1:])
        return first[0] if first else None
    if (
        begin in ("abteilung", "referat", "bereich", "team", "grupp", "landes", "werk", "haupt")
        and not before
    ):
        return topic.body if begin in ("werk", "haupt", "landes") else None
    if office.how == "title" and kind == "board" and not before and _CHOSEN.search(text):
        return topic.main if topic.main and topic.main.type == "Association" else None
    if office.how == "title" and kind in ("board", "president") and not before:
        schools = {m.name: m for m in topic.bodies if m.type == "University"}
        return next(iter(schools.values())) if kind == "president" and len(schools) == 1 and (
            topic.bodies[-1].type == "University"
        ) else None  # fmt: skip
    if office.how in ("apposition", "line") and " gez. " in f" {text}":
        return None  # a signature
    if re.search(r"\b[Uu]nsere?[rnm]? (?:[a-zäöüß]+e[rnm]? )?\Z", text[: office.start]):
        return None  # whoever speaks
    if before:
        heads = [m for m in before if begin and m.head.endswith(begin)]
        return (heads or before)[-1]
    after = [m for m in view.all_in(text[office.end :]) if _is_body(m) and m.name not in used]
    if (
        office.how in ("is", "elected")
        and after
        and (not topic.body or (not topic.acts and text.startswith(("Nach ", "Als "))))
    ):
        return after[0]
    if kind == "head" and topic.project and (topic.body is None or begin in ("", "zentrum")):
        return topic.project
    if kind in ("chair", "board", "president") and topic.main and (
        topic.main.type == "Association" or (kind == "board" and topic.main.type in ("Company", "NonProfitCompany", "Organisation"))
    ):  # fmt: skip
        return topic.main
    if office.how == "title" and kind in ("manager", "chair"):
        return topic.main if topic.sure and topic.main and topic.main.name not in used else None
    if not topic.acts and topic.project and kind in ("manager", "head"):
        return topic.project
    if kind == "chair":  # rather of the club that carries a house than of the house
        clubs = (m for m in topic.recent if m.type == "Association")
        if club := next(clubs, None):
            return club
    said = topic.body and topic.body.name in {m.name for m in topic.recent}
    if not said and topic.main and office.how == "is":
        return topic.main
    return topic.body or topic.project


_ONLY_OF = re.compile(r"(?i)(rektor|dekan|prodekan|prorektor|intendant)")
_HALLS = ("Organisation", "NonProfitCompany", "Project", "Association")
_CLASSES_OF = {"rektor": ("University",), "dekan": ("University",), "prodekan": ("University",), "prorektor": ("University",),
               "intendant": _HALLS}  # fmt: skip
"""Classes of bodies that have such an office; others that the text is about are not meant."""
_ABBREVIATION = re.compile(r"([A-ZÄÖÜ]{2,6})-[A-ZÄÖÜ]")
_INITIAL = re.compile(r"\b[A-ZÄÖÜ]")


def _is_called(name: str, short: str) -> bool:
    """Whether a body goes by an abbreviation: "TU" of "TU-Rektorin".

    >>> _is_called("Technische Universität Neuwald", "TU"), _is_called("Hochschule Neuwald", "TU")
    (True, False)
    """
    initials = "".join(_INITIAL.findall(name))
    return initials.startswith(short) or short in re.split(r"[ -]", name)


def _is_body(mention: Mention) -> bool:
    return bool(mention.types) and mention.types[0] not in (
        "Person", "City", "Region", "Country", "Place", "Building", "Agreement", "Programme", "Fund"
    )  # fmt: skip


def _claim(
    view: View, office: Office, kind: str, holder: Mention, body: Mention, text: str
) -> Claim | None:
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
    scope = "" if local else clause_around(text, office.start)
    claim = Claim(
        subject,
        relation,
        object_,
        rule,
        view,
        scope,
        role=role,
        weight=0.95 if office.bodies else 0.75,
    )
    if (kind in ("minister", "premier", "deputy") and not office.bodies) or (
        _UNSTATED.search(word) and kind == "deputy"
    ):
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
    if kind == "mayor" and type_ != "PublicBody":
        return ""
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
