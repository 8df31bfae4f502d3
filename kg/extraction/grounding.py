"""What a language model answers → candidates: grounded in the text letter by letter, or dropped.

Places are found here, never taken from the model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.extraction.lexicon import Known, Lexicon
from kg.extraction.literals import amount_of, amounts, dates
from kg.extraction.record import Candidate
from kg.model import CERTAINTIES, MODALITIES, QUOTE_LIMIT, Evidence
from kg.ontology import Ontology, Relation

CONFIDENCE = 0.5
"""Of every candidate of a model: nobody has measured how often it is right."""
_MARKS = " \t\n\"'„“”»«‚‘›‹"


class Dropped(Exception):
    """Why an answer becomes no candidate."""


@dataclass
class Grounding:
    """A text, what is known of names and relations, and why answers were dropped, counted."""

    text: str
    source: str
    rule: str
    lexicon: Lexicon
    ontology: Ontology
    dropped: Counter[str] = field(default_factory=Counter)
    _seen: set[tuple[str, str, str]] = field(default_factory=set)

    def candidates(self, items: Iterable[object], start: int, end: int) -> Iterator[Candidate]:
        """The candidates of answers on a part of the text, each statement once."""
        for item in items:
            try:
                candidate = self._candidate(item, start, end)
            except Dropped as reason:
                self.dropped[str(reason)] += 1
                continue
            key = (candidate.subject, candidate.relation, candidate.object)
            if key in self._seen:
                self.dropped["said twice"] += 1
            else:
                self._seen.add(key)
                yield candidate

    def _candidate(self, item: object, start: int, end: int) -> Candidate:
        values = _checked(item)
        relation = self.ontology.relations.get(values["relation"])
        if relation is None or relation.derived:
            raise Dropped("unknown relation")
        evidence = self._evidence(values["quote"], start, end)
        subject, known = self._named(values["subject"])
        subject_type = self._class(known, values.get("subject_type"), relation.domain)
        object_, object_type, object_known = self._object(values, relation)
        return Candidate(
            source=self.source,
            subject=subject,
            subject_type=subject_type,
            relation=relation.name,
            object=object_,
            object_type=object_type,
            evidence=evidence,
            rule=self.rule,
            confidence=CONFIDENCE,
            subject_id=known.id if known else None,
            object_id=object_known.id if object_known else None,
            since=self._date(values.get("since")),
            until=self._date(values.get("until")),
            role=self._words(values.get("role")),
            amount=next(map(amount_of, amounts(self._words(values.get("amount")) or "")), None),
            modality=_one_of(values.get("modality"), MODALITIES),
            certainty=_one_of(values.get("certainty"), CERTAINTIES),
        )

    def _evidence(self, quote: str, start: int, end: int) -> Evidence:
        """Where a quote stands in the part of the text that the model was given: its first place."""
        if not quote.strip():
            raise Dropped("no quote")
        place = self.text.find(quote, start, end)
        if place < 0:
            raise Dropped("quote not in the text")
        if len(quote) > QUOTE_LIMIT:
            raise Dropped("quote too long")
        return Evidence(quote, place, place + len(quote))

    def _named(self, name: str) -> tuple[str, Known | None]:
        bare = name.strip(_MARKS)
        if not bare or bare not in self.text:
            raise Dropped("name not in the text")
        known = self.lexicon.find(bare)
        return (known.text, known) if known and known.id else (bare, None)

    def _class(self, known: Known | None, said: object, wanted: str) -> str:
        for name in (known.type if known else None, said):
            if isinstance(name, str) and self.ontology.is_a(name, wanted):
                return name
        raise Dropped("class that the relation does not take")

    def _object(
        self, values: dict[str, Any], relation: Relation
    ) -> tuple[str, str | None, Known | None]:
        if not relation.has_literal:
            name, known = self._named(values["object"])
            if name == values["subject"].strip(_MARKS):
                raise Dropped("subject and object are the same")
            return name, self._class(known, values.get("object_type"), relation.range), known
        text = values["object"].strip(_MARKS)
        if not text or text not in self.text:
            raise Dropped("name not in the text")
        if not relation.has_date:
            return text, None, None
        day = next((d.value for d in dates(text)), None)
        if day is None:
            raise Dropped("no date")
        return day, None, None

    def _words(self, value: object) -> str | None:
        """What a text says besides; it is left out, not the candidate, where it says no such thing."""
        if value is None or value == "":
            return None
        if isinstance(value, str) and value.strip() and value.strip() in self.text:
            return value.strip()
        self.dropped["date, role or amount not in the text, left out"] += 1
        return None

    def _date(self, value: object) -> str | None:
        words = self._words(value)
        found = (d.value for d in dates(words or "") if not d.value.startswith("--"))
        return next(found, None)


def _checked(item: object) -> dict[str, Any]:
    """The answer, where its needed values are texts."""
    needed = ("subject", "relation", "object", "quote")
    if not isinstance(item, dict) or not all(isinstance(item.get(k), str) for k in needed):
        raise Dropped("not of the form asked for")
    return item


def _one_of(value: object, allowed: tuple[str, ...]) -> str:
    if value is None:
        return allowed[0]
    if value not in allowed:
        raise Dropped("not of the form asked for")
    return str(value)
