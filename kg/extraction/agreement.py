"""How far candidates agree with what a person annotated: precision, recall and F1 by relation.

Names are compared leniently: case, inflection, legal form, titles, and all that are known to be
names of one entity. Unless asked otherwise only what a text states outright is counted; a candidate
that the annotator thought implied is then neither right nor wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from kg.extraction.gold import GoldRelation, GoldText
from kg.extraction.record import Candidate
from kg.extraction.stems import name_key
from kg.model import CERTAINTIES

CORE = ("funds", "coFunds", "leadsConsortium", "operates", "partnerIn", "cooperatesWith",
        "locatedIn", "chairedBy", "managedBy", "headOf", "memberOfBoard", "memberOf", "partOf",
        "represents", "signed", "successorOf", "spokespersonOf")  # fmt: skip
EVENTS = ("foundedOn", "heldOn", "takesPlaceAt", "participatedIn")
"""What a text says of events and of when something was founded."""
_DATED = frozenset(("foundedOn", "heldOn"))
_OF_EVENTS = frozenset(("heldOn", "takesPlaceAt", "participatedIn"))
_PARTNERS = frozenset(("partnersWith", "partnerIn", "cooperatesWith"))
_BRACKET = re.compile(r"\s*\([^)]*\)")
_QUOTED = re.compile(r"[„»\"]([^“”»«\"]{3,})[“”«\"]")
_TITLE = re.compile(r"^(?:(?:Prof\.|Dr\.|Dipl\.|Herr|Frau|-?Ing\.|h\. ?c\.|-)[\w-]*\.?\s*)+")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over some relations; ``right`` and ``missed`` are of the gold, ``wrong`` of ours."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    hits: int = 0

    @property
    def precision(self) -> float:
        """Right ones among those proposed; 1 where nothing was."""
        return self.hits / (self.hits + self.wrong) if self.hits + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Right ones among those annotated; 1 where nothing was."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong,
                     self.missed + other.missed, self.hits + other.hits)  # fmt: skip


Said: TypeAlias = Candidate | GoldRelation
"""A statement as a person or a machine read it out of a text, by names."""


@dataclass(frozen=True)
class Compared:
    """A text compared: scores by relation, what was wrong or missed, and what goes together."""

    by_relation: Mapping[str, Score]
    wrong: tuple[Said, ...]
    missed: tuple[GoldRelation, ...]
    pairs: tuple[tuple[GoldRelation, Said], ...] = ()

    @property
    def score(self) -> Score:
        """All relations together."""
        return sum(self.by_relation.values(), Score())


Names = Mapping[tuple[str, ...], str]
"""From the key of a name to what stands for all names of that entity."""


def keys_of(name: str) -> set[tuple[str, ...]]:
    """The keys under which a name may be found: with and without brackets, titles, quotes.

    >>> ("jurg", "ude") in keys_of("Dr. Jürgen Ude")
    True
    """
    forms = {name, _BRACKET.sub("", name), _TITLE.sub("", name), *_QUOTED.findall(name)}
    return {name_key(f) for f in forms if f}


def same_name(one: str, other: str, names: Names) -> bool:
    """Whether two names mean the same, leniently."""
    ours, theirs = keys_of(one), keys_of(other)
    if ours & theirs:
        return True
    return bool({names[k] for k in ours if k in names} & {names[k] for k in theirs if k in names})


def names_in(text: GoldText, known: Names | None = None) -> Names:
    """All names of the entities of an annotated text, on top of ``known`` ones."""
    known = known or {}
    names = dict(known)
    for entity in text.entities:
        keys = [key for name in (entity.name, *entity.aliases) for key in keys_of(name)]
        ours = next((known[key] for key in keys if key in known), None)
        if ours:  # an entity that is known already: bring all its names together
            names.update(dict.fromkeys(keys, ours))
        for key in keys:
            names.setdefault(key, entity.name)
    return names


def _fits(candidate: Said, gold: GoldRelation, names: Names) -> bool:
    if candidate.relation != gold.relation and not {candidate.relation, gold.relation} <= _PARTNERS:
        return False
    ways = [(gold.subject, gold.object)]
    if gold.relation in _PARTNERS:
        ways.append((gold.object, gold.subject))
    same = _same_event if gold.relation in _OF_EVENTS else same_name
    if gold.relation in _DATED:
        return same(candidate.subject, gold.subject, names) and same_date(
            candidate.object, gold.object
        )
    return any(
        same(candidate.subject, s, names) and same(candidate.object, o, names) for s, o in ways
    )


def same_date(one: str, other: str) -> bool:
    """Whether two dates agree; one without its year agrees with that day of any year.

    >>> same_date("--11-25", "2019-11-25"), same_date("2019-11", "2019-11-25")
    (True, False)
    """
    if one.startswith("--") != other.startswith("--"):
        return one[-5:] == other[-5:]
    return one == other


def _same_event(one: str, other: str, names: Names) -> bool:
    """Whether two names of events mean the same; most have none of their own: one may say more."""
    if same_name(one, other, names):
        return True
    ours, theirs = (set(name_key(n)) for n in (one, other))
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def compare(text: GoldText, candidates: Iterable[Said], known: Names | None = None,
            relations: Iterable[str] = CORE, *, implied: bool = False) -> Compared:  # fmt: skip
    """Compare the candidates of a text with its annotation.

    Args:
        text: what a person read out of it.
        candidates: what another, or a machine, read out of it.
        known: names of entities beyond those that the text names.
        relations: which are counted.
        implied: count also what the text only implies.
    """
    names = names_in(text, known)
    counted = frozenset(relations) | ({"partnersWith"} if _PARTNERS & set(relations) else set())
    gold = [r for r in text.relations if r.relation in counted]
    ours = [c for c in candidates if c.relation in counted]
    right, wrong, missed, hits = (Counter[str]() for _ in range(4))
    counts = CERTAINTIES if implied else ("stated",)
    bad, pairs = [], []
    for candidate in ours:
        matching = [r for r in gold if _fits(candidate, r, names)]
        name = counted_as(candidate.relation)
        pairs += [(_nearest(candidate, matching), candidate)] if matching else []
        if not matching and candidate.certainty in counts:
            wrong[name] += 1
            bad.append(candidate)
        elif any(r.certainty in counts for r in matching):
            hits[name] += 1
    lost = []
    for relation in gold:
        if relation.certainty not in counts:
            continue
        name = counted_as(relation.relation)
        if any(_fits(c, relation, names) for c in ours):
            right[name] += 1
        else:
            missed[name] += 1
            lost.append(relation)
    every = sorted({*right, *wrong, *missed, *hits})
    scores = {r: Score(right[r], wrong[r], missed[r], hits[r]) for r in every}
    return Compared(scores, tuple(bad), tuple(lost), tuple(pairs))


def _nearest(said: Said, matching: list[GoldRelation]) -> GoldRelation:
    """Of several that mean the same, the one that has most in common."""
    return min(
        matching,
        key=lambda r: sum(
            getattr(r, k) != getattr(said, k) for k in ("modality", "certainty", "role")
        ),
    )


def counted_as(relation: str) -> str:
    """The name under which a relation is scored: partners of projects and of bodies as one."""
    return "partnersWith" if relation in _PARTNERS else relation
