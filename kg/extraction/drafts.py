"""A candidate on its way into the data: what a person mends in it, and whom its names mean."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from kg.errors import KgError, did_you_mean
from kg.extraction.judging import Desk
from kg.extraction.record import Candidate
from kg.matching import Mention, new_id
from kg.model import CERTAINTIES, MODALITIES, Amount, Entity, Evidence, Name, Statement
from kg.rows import as_edtf
from kg.search import Hit

FIELDS = ("subject", "relation", "object", "since", "until", "role", "amount", "modality",
          "certainty", "quote")  # fmt: skip
"""What a person may mend."""
SIDES = ("subject", "object")


@dataclass
class Draft:
    """A candidate as it was proposed and as it has become."""

    desk: Desk
    proposed: Candidate
    text: str | None
    now: Candidate = field(init=False)
    meant: dict[str, Entity] = field(init=False, default_factory=dict)
    """By side: the entity that the name means."""
    changed: dict[str, Entity] = field(init=False, default_factory=dict)
    """Entities that are new, or have a new name, by id."""
    publishers: set[str] = field(init=False, default_factory=set)
    """Those of them that are new and publish the source."""

    def __post_init__(self) -> None:
        self.now = self.proposed
        for side in SIDES:
            self._look_up(side, getattr(self.proposed, f"{side}_id"))

    @property
    def has_literal(self) -> bool:
        """Whether the object is a text or a date, by the relation."""
        relation = self.desk.ontology.relations.get(self.now.relation)
        return relation is not None and relation.has_literal

    @property
    def open_sides(self) -> list[str]:
        """The sides whose names mean no entity yet."""
        return [
            s for s in SIDES if s not in self.meant and not (s == "object" and self.has_literal)
        ]

    def name(self, side: str) -> str:
        """The name on a side, as the text has it."""
        return str(getattr(self.now, side))

    def _look_up(self, side: str, known: str | None = None) -> None:
        self.meant.pop(side, None)
        if entity := self.desk.entity(self.name(side), known):
            self.meant[side] = entity

    def candidates(self, side: str) -> tuple[Hit, ...]:
        """The entities whose names are nearest."""
        kind = self.now.subject_type if side == "subject" else self.now.object_type
        mention = Mention(self.name(side), side, "", 0, type=kind or "")
        return self.desk.book.candidates([mention])

    @property
    def entities(self) -> list[Entity]:
        """The entities that are new or have a new name, as far as they are meant."""
        meant = {e.id for e in self.meant.values()} | self.publishers
        return [e for e in self.changed.values() if e.id in meant]

    def found(self, answer: str) -> Entity:
        """The one entity of an id or name.

        Raises:
            KgError: no entity, or more than one, is called so.
        """
        entity = self.desk.entity(answer, answer)
        if entity is None:
            several = self.desk.book.find(answer)
            hint = " or ".join(several) or did_you_mean(answer, self.desk.corpus.entities)
            count = "several entities are" if several else "no entity is"
            raise KgError(f"{count} called '{answer}', {hint}")
        return entity

    def merge(self, side: str, answer: str) -> Entity:
        """Say which existing entity a name means (id or any name); the name becomes one of its own.

        Raises:
            KgError: no entity, or more than one, is called so.
        """
        entity = self.found(answer)
        entity = self.changed.get(entity.id, entity)
        name = self.name(side)
        if name != entity.id and not self.desk.book.has_name(entity.id, name):
            entity = replace(entity, aliases=(*entity.aliases, Name(name)))
            self.changed[entity.id] = entity
        self.meant[side] = entity
        return entity

    def make(self, side: str, kind: str, label: str) -> Entity:
        """Make a new entity of a name.

        Raises:
            KgError: there is no such class.
        """
        name = self.name(side)
        self.meant[side] = self._new(kind, label, (Name(name),) if name != label else ())
        return self.meant[side]

    def add(self, label: str, kind: str) -> Entity:
        """Make a new entity that publishes the source.

        Raises:
            KgError: there is no such class.
        """
        entity = self._new(kind, label, ())
        self.publishers.add(entity.id)
        return entity

    def _new(self, kind: str, label: str, aliases: tuple[Name, ...]) -> Entity:
        if kind not in self.desk.ontology.entity_classes:
            hint = did_you_mean(kind, self.desk.ontology.entity_classes)
            raise KgError(f"'{kind}' is no class, {hint}")
        taken = {*self.desk.corpus.entities, *self.changed}
        entity = Entity(new_id(label, taken), kind, (Name(label),), aliases)
        self.changed[entity.id] = entity
        return entity

    def class_of(self, side: str) -> str:
        """The class that was proposed for a side."""
        kind = self.now.subject_type if side == "subject" else self.now.object_type
        return kind or ""

    def mend(self, key: str, value: str) -> None:
        """Change one of ``FIELDS``; an empty value takes away what need not be there.

        Raises:
            KgError: the value is none that it may have.
        """
        if key not in FIELDS:
            raise KgError(f"'{key}' cannot be mended, {did_you_mean(key, FIELDS)}")
        if not value and key not in ("since", "until", "role", "amount"):
            raise KgError(f"'{key}' cannot be empty, write a value")
        if key == "quote":
            self.now = replace(self.now, evidence=self._passage(value))
        elif key == "amount":
            self.now = replace(self.now, amount=_amount(value))
        else:
            allowed = {"modality": MODALITIES, "certainty": CERTAINTIES,
                       "relation": tuple(self.desk.ontology.relations)}.get(key)  # fmt: skip
            if allowed and value not in allowed:
                raise KgError(f"'{value}' cannot be '{key}', {did_you_mean(value, allowed)}")
            relation = self.desk.ontology.relations.get(self.now.relation)
            is_date = key in ("since", "until") or (
                key == "object" and relation is not None and relation.has_date
            )
            text = as_edtf(value) if is_date else value
            self.now = replace(self.now, **{key: text or None})  # type: ignore[arg-type]  # checked above
            if key in SIDES:
                self._look_up(key)

    def _passage(self, quote: str) -> Evidence:
        """The place of a quote nearest to where it was proposed."""
        if self.text is None:
            raise KgError("the text is not at hand, give its folder by --texts DIR")
        before = self.now.evidence.start or 0
        places = [i for i in range(len(self.text)) if self.text.startswith(quote, i)]
        if not places:
            raise KgError("this is not in the text, copy it letter by letter")
        start = min(places, key=lambda i: abs(i - before))
        return Evidence(quote, start, start + len(quote))

    def statement(self) -> Statement:
        """The statement that goes into the data; every side must mean an entity."""
        c, desk = self.now, self.desk
        mended = " und geändert" if c != self.proposed else ""
        note = f"Kandidat ({c.rule}), geprüft{mended} von {desk.by} am {desk.on}"
        object_ = c.object if self.has_literal else self.meant["object"].id
        return c.as_statement(self.meant["subject"].id, object_, note)


def _amount(text: str) -> Amount | None:
    """An amount as it is typed: digits, and a currency where it is not EUR.

    >>> str(_amount("12.50 CHF"))
    '12.50 CHF'
    """
    if not text:
        return None
    number, _, currency = text.partition(" ")
    try:
        return Amount(Decimal(number), currency.strip() or "EUR")
    except InvalidOperation:
        message = f"'{number}' is no amount, write digits and a point, such as 3800000 or 12.50"
        raise KgError(message) from None
