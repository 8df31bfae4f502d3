"""Claims made into candidates: classes checked by the ontology, evidence, modality, confidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.extraction.claims import Claim, modality_of
from kg.extraction.literals import amount_of
from kg.extraction.mentions import Mention
from kg.extraction.parties import PARTY
from kg.extraction.plain import Plain
from kg.extraction.record import Candidate
from kg.extraction.skeleton import pattern
from kg.model import QUOTE_LIMIT, Evidence
from kg.ontology import Ontology


@dataclass(frozen=True)
class Checker:
    """Which classes a relation takes, by the ontology."""

    ontology: Ontology

    def fitting(self, claim: Claim) -> tuple[str, str | None] | None:
        """The likeliest classes of subject and object that the relation takes, None if none do."""
        relation = self.ontology.relations[claim.relation]
        subject = self._first(claim.subject.types, relation.domain)
        if subject is None:
            return None
        if relation.has_literal:
            text = isinstance(claim.object, str) or claim.object.kind == "date"
            return (subject, None) if text else None
        if isinstance(claim.object, str):
            return None
        object_ = self._first(claim.object.types, relation.range)
        return (subject, object_) if object_ else None

    def _first(self, types: Iterable[str], wanted: str) -> str | None:
        return next((t for t in types if self.ontology.is_a(t, wanted)), None)

    def retyped(self, claim: Claim) -> Claim:
        """The claim with the relation that fits its classes: partner of a project or of a body."""
        if claim.relation == "partnersWith" and isinstance(claim.object, Mention):
            claim.relation = "partnerIn"
            if not self.fitting(claim):
                claim.relation = "cooperatesWith"
        return claim


def candidates_of(claims: Iterable[Claim], plain: Plain, given: str, source: str, checker: Checker
                  ) -> Iterator[Candidate]:  # fmt: skip
    """The candidates of a text, each relation of two names once, in order of their evidence."""
    best: dict[tuple[str, str, str], Candidate] = {}
    for claim in claims:
        candidate = _candidate(checker.retyped(claim), plain, given, source, checker)
        if candidate is None:
            continue
        key = (candidate.subject, candidate.relation, candidate.object)
        old = best.get(key)
        if old is None or _rank(candidate) > _rank(old):
            best[key] = candidate
    kept = _without_weaker(best)
    yield from sorted(kept, key=lambda c: (c.evidence.start or 0, c.evidence.end or 0, c.relation,
                                           c.subject, c.object))  # fmt: skip


def _rank(candidate: Candidate) -> tuple[bool, float, int]:
    return candidate.certainty == "stated", candidate.confidence, -(candidate.evidence.start or 0)


def _without_weaker(best: Mapping[tuple[str, str, str], Candidate]) -> Iterator[Candidate]:
    """All but ``funds`` beside ``coFunds``, partners that lead or carry, and the mirror of a symmetric relation."""
    for (subject, relation, object_), candidate in best.items():
        if relation == "funds" and (subject, "coFunds", object_) in best:
            continue
        if relation == "partnerIn" and any((subject, r, object_) in best for r in _MORE):
            continue
        if relation == "headOf" and candidate.rule.startswith(("words", "verb")) and (
            (object_, "managedBy", subject) in best or (object_, "chairedBy", subject) in best
        ):  # fmt: skip
            continue
        if relation == "cooperatesWith":
            mirror = best.get((object_, relation, subject))
            if mirror and (_rank(mirror), subject) > (_rank(candidate), object_):
                continue
        yield candidate


_MORE = ("leadsConsortium", "operates")
"""What says more than that somebody is a partner."""


_OF_PARTIES = frozenset(
    ("memberOf", "signed", "chairedBy", "headOf", "managedBy", "memberOfBoard", "spokespersonOf")
)
"""What texts tell of a party; elsewhere it only stands beside the name of a person."""


def _candidate(
    claim: Claim, plain: Plain, given: str, source: str, checker: Checker
) -> Candidate | None:
    modality = claim.modality or modality_of(claim.scope or claim.view.text)
    fitting = checker.fitting(claim)
    if modality is None or fitting is None:
        return None
    subject, object_ = claim.subject, claim.object
    object_name = object_ if isinstance(object_, str) else object_.name
    if subject.name == object_name or (
        isinstance(object_, Mention) and subject.id and subject.id == object_.id
    ):
        return None
    if claim.subject.types[0] == "Region" and fitting[0] == "PublicBody":
        subject = _as_state(subject)
    if claim.relation not in _OF_PARTIES and PARTY in (
        subject.head, "" if isinstance(object_, str) else object_.head
    ):  # fmt: skip
        return None
    start, end = _evidence(claim)
    start, end = plain.given(start, end)
    quote = given[start:end]
    if not quote.strip():
        return None
    return Candidate(
        source=source,
        subject=subject.name,
        subject_type=fitting[0],
        relation=claim.relation,
        object=object_name,
        object_type=fitting[1],
        subject_id=subject.id,
        object_id=object_.id if isinstance(object_, Mention) else None,
        since=claim.since or _date_after(_SINCE, claim),
        until=claim.until or _date_after(_UNTIL, claim),
        role=claim.role,
        amount=amount_of(claim.amount) if claim.amount else None,
        modality=modality,
        certainty=claim.certainty,
        confidence=_confidence(claim),
        rule=claim.rule,
        evidence=Evidence(quote, start, end),
    )


_FREE_STATES = frozenset(("Sachsen", "Bayern", "Thüringen"))


def _as_state(mention: Mention) -> Mention:
    """The federal state that acts, where a text calls it by the name of the land alone."""
    name = f"{'Freistaat' if mention.name in _FREE_STATES else 'Land'} {mention.name}"
    return replace(mention, name=name, id=None)


_SINCE = pattern(
    r"\b(?:[Ss]eit|[Aa]b|von|vom|[Zz]um)(?: (?:dem|Anfang|Ende|Mitte|Beginn))? (?P<date><D>)"
)
_UNTIL = pattern(r"\bbis(?: (?:zum|Ende|Anfang|Mitte|voraussichtlich|mindestens))? (?P<date><D>)")
_TIMED = frozenset(("funds", "coFunds", "leadsConsortium", "operates", "partnerIn", "chairedBy", "managedBy", "headOf",
                    "memberOfBoard", "spokespersonOf", "memberOf", "cooperatesWith"))  # fmt: skip
"""Relations that hold for a time which the clause may tell."""


def _date_after(words: re.Pattern[str], claim: Claim) -> str | None:
    """The full date that stands in the clause after "seit" or "bis", if there is just one."""
    if claim.relation not in _TIMED:
        return None
    found = {claim.view.of(m["date"]).value for m in words.finditer(claim.scope)}
    dates = {d for d in found if not d.startswith("--")}
    return dates.pop() if len(dates) == 1 else None


_SURE = {"known": 1.0, "quote": 0.98, "person": 1.0, "place": 1.0, "form": 0.97, "brand": 0.85}
"""How sure a name is by how it was found; else it is referred to."""


def _confidence(claim: Claim) -> float:
    """The weight of the rule, less for names that are only of a likely form or referred to."""
    value = claim.weight
    for mention in (claim.subject, claim.object):
        if isinstance(mention, Mention):
            value *= _SURE.get(mention.kind, 0.93)
    if claim.certainty == "implied":
        value *= 0.8
    return round(value, 2)


def _evidence(claim: Claim) -> tuple[int, int]:
    """The stretch from one mention to the other; where that is too long, the nearest part of it."""
    sentence = claim.view.sentence
    inside = [m for m in (claim.subject, claim.object, *claim.near)
              if isinstance(m, Mention) and sentence.start <= m.start and m.end <= sentence.end]  # fmt: skip
    if not inside:
        return sentence.start, min(sentence.end, sentence.start + QUOTE_LIMIT)
    start, end = min(m.start for m in inside), max(m.end for m in inside)
    if len(inside) == 1 and sentence.end - sentence.start <= QUOTE_LIMIT:
        return sentence.start, sentence.end
    if end - start > QUOTE_LIMIT:
        last = max(inside, key=lambda m: m.start)
        end = last.end
        start = max(start, end - QUOTE_LIMIT)
        start = max(start, min(last.start, start))
    if end - start > QUOTE_LIMIT:
        end = start + QUOTE_LIMIT
    return start, end
