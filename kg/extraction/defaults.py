"""What a phrase is about that does not name it: what the clause speaks of, else the text."""

from __future__ import annotations

import re

from kg.extraction.frames import is_a
from kg.extraction.groups import Group
from kg.extraction.mentions import Mention
from kg.extraction.phrases import Construction
from kg.extraction.topics import Topic

UNDERTAKING = frozenset(("Project", "Programme"))
BODY = frozenset(
    "Organisation PublicBody Association University ResearchInstitute Company NonProfitCompany".split()
)


def default_of(c: Construction, subjects: list[Mention], match: re.Match[str], groups: list[Group], topic: Topic
             ) -> tuple[list[Mention], bool]:  # fmt: skip
    """What a phrase is about that does not say it: the project of the clause, else of the text."""
    others = [
        g for g in groups if g.mentions[0] not in subjects and not set(g.mentions) & set(subjects)
    ]
    if c.b == "with":
        return _with(match, others, topic)
    if c.b == "body":
        bare = [
            g
            for g in others
            if is_a(g.mentions[0], BODY)
            and g.end <= match.start() + 1
            and g.prep not in ("neben", "mit")
        ]
        main = (
            topic.main
            if topic.main and topic.main.types[0] in ("Association", "Company", "Organisation")
            else None
        )
        body = topic.body
        if c.relation == "memberOf" and body and body.types[0] == "PublicBody" and (
            any(m.types == ("Person",) for m in subjects)
        ):  # fmt: skip
            body = None  # a town or ministry has no members
        chosen = bare[-1].mentions[0] if bare else main or body
        return ([chosen], bool(bare)) if chosen else ([], False)
    if c.b == "person-subject":
        persons = [m for g in others if g.bare for m in g.mentions if m.types == ("Person",)]
        chosen = persons[0] if persons else topic.person
        return ([chosen], bool(persons)) if chosen else ([], False)
    wanted = UNDERTAKING if c.b == "clause" else UNDERTAKING | BODY
    if c.b == "subject":
        fit = [g for g in others if g.bare and is_a(g.mentions[0], wanted)]
        preferred = topic.main if c.relation in ("managedBy_", "chairedBy_") else topic.project
        if c.relation == "locatedIn" and topic.sure and topic.main and not topic.project:
            preferred = topic.main
        chosen = fit[0].mentions[0] if fit else preferred or topic.project or topic.body
        return ([chosen], bool(fit)) if chosen else ([], False)
    bare = [
        g
        for g in others
        if is_a(g.mentions[0], wanted)
        and (g.bare or g.attribute or g.prep in ("in", "im", "für", "an", "am", "mit"))
    ]
    projects = (
        [g for g in bare if "Project" in g.mentions[0].types and g.bare]
        or [g for g in bare if "Project" in g.mentions[0].types]
        or [g for g in bare if g.bare]
        or [g for g in bare if g.prep == "für" and g.mentions[0].type == "Programme"]
    )
    if projects:
        return [m for m in projects[0].mentions if is_a(m, wanted)], True
    main = topic.main if topic.main and topic.main.types[0] != "PublicBody" else None
    body = topic.body if c.relation == "partnersWith" else main
    if c.relation == "leadsConsortium":
        body = main if main and "Project" in main.types else None
    wide = ("operates", "funds", "coFunds", "partnersWith", "leadsConsortium")
    paid = topic.programme if c.relation == "funds" else None
    chosen = paid or topic.project or (body if c.relation in wide else None)
    return ([chosen], False) if chosen and chosen not in subjects else ([], False)


_MAKE_UP = re.compile(r"\bbild(?:en|et|eten?)(?=[,.;]|\Z)")
"""Together they are something else: "die mit A zusammen den Verbund B bilden"."""
_RUNS = re.compile(
    r"(?i)\b(?:betraut|träger\w*|betreib\w+|betrieben|getragen|umsetz\w*|federführ\w+|konsorti\w+|leitung)\b"
)


def _with(match: re.Match[str], others: list[Group], topic: Topic) -> tuple[list[Mention], bool]:
    """Whom or what those partner who are named after "gemeinsam mit"."""
    if _MAKE_UP.search(match.string):
        return [], False
    projects = [m for g in others for m in g.mentions if is_a(m, UNDERTAKING) and (g.bare or g.prep in ("im", "in", "für"))
                and m.types[0] == "Project"]  # fmt: skip
    if projects:
        return projects[:1], True
    if topic.project and _RUNS.search(match.string):
        return [topic.project], False
    bodies = [g for g in others if g.bare and is_a(g.mentions[0], BODY)]
    before = [g for g in bodies if g.start < match.start()]
    if before or bodies:
        return (before[-1:] or bodies)[0].mentions[:1], True
    return ([topic.project], False) if topic.project else ([], False)


def part_of(objects: list[Mention], groups: list[Group], topic: Topic, words: str) -> list[Mention]:
    """What is part of a programme that a phrase names: the project of the clause, else of the text."""
    named = re.search(r"(?i)rahmen|dach|teil|zuge|innerhalb", words)
    whole = [
        m
        for m in objects
        if m.types[0] in (("Programme", "Fund", "Project") if named else ("Programme",))
        or ("Dach" in words and m.types[0] in BODY)
    ]
    if not whole:
        return []
    fits = UNDERTAKING | BODY if "Dach" in words else UNDERTAKING
    bare = [m for g in groups if g.bare for m in g.mentions if is_a(m, fits) and m not in objects]
    if bare:
        return bare[:1]
    others = [
        m
        for g in groups
        for m in g.mentions
        if is_a(m, UNDERTAKING) and m not in objects and g.prep in ("mit", "im", "das")
    ]
    if others:
        return others[:1]
    if (
        topic.project
        and topic.project.name not in {m.name for m in whole}
        and whole[0].types[0] != "Fund"
    ):
        return [topic.project]
    return []
