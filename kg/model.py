"""What the data says, as frozen values: entities, sources, statements and their evidence."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache

CERTAINTIES = ("stated", "implied")
MODALITIES = ("asserted", "planned", "denied")
_PACK = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
QUOTE_LIMIT = 200
"""The longest quote, in code points: the shortest passage that carries the statement."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the data something stands: a path as the user knows it, a line from 1."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a language (BCP 47)."""

    text: str
    language: str = "de"


@dataclass(frozen=True, slots=True)
class Identity:
    """A person's decision that this entity is, or is not, another one."""

    entity: str
    by: str
    on: str
    why: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Anything named in the graph. ``same_as`` names the entity that this one is merged into."""

    id: str
    type: str
    labels: tuple[Name, ...]
    aliases: tuple[Name, ...] = ()
    same_as: Identity | None = None
    not_same_as: tuple[Identity, ...] = ()
    note: str | None = None
    origin: Origin = field(default=Origin("", 0), compare=False)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passage that carries a statement, or (``quote`` None) a source read without its text.

    ``start`` and ``end`` count Unicode code points: ``text[start:end] == quote``.
    """

    quote: str | None = None
    start: int | None = None
    end: int | None = None
    note: str | None = None

    @property
    def cited(self) -> bool:
        """Whether the statement rests on the reader's word alone."""
        return self.quote is None


@dataclass(frozen=True, slots=True)
class Amount:
    """Money, with the source's own hedge ("rund", "mehr als") kept.

    ``covers`` says what it is of where it is not all that this funder gives: a sum of several
    funders ("Bund und Land zusammen"), of a year, of a part.
    """

    value: Decimal
    currency: str = "EUR"
    qualifier: str | None = None
    covers: str | None = None

    def __str__(self) -> str:
        """The amount as a person reads it.

        >>> str(Amount(Decimal(3800000), qualifier="rund", covers="jährlich"))
        'rund 3800000 EUR (jährlich)'
        """
        covers = f"({self.covers})" if self.covers else None
        return " ".join(filter(None, (self.qualifier, f"{self.value:f}", self.currency, covers)))


@dataclass(frozen=True, slots=True)
class Inferred:
    """A part of the statement that the passage does not give, and what it was inferred from."""

    part: str
    basis: str


VERDICTS = ("differentEvents", "rounding", "nameVariant", "detail", "change", "correction",
            "contradiction")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's decision on why two or more statements (by id) contradict each other."""

    statements: tuple[str, ...]
    kind: str
    by: str
    on: str
    why: str
    origin: Origin = field(default=Origin("", 0), compare=False)


def conflict_id(statements: Iterable[str]) -> str:
    """The id of a conflict: 20 hex digits of SHA-256 over the ids of its statements, sorted."""
    packed = "\n".join(sorted(statements))
    return hashlib.sha256(packed.encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A person's decision that a statement no longer counts; it stays in the data with it."""

    by: str
    on: str
    why: str


@dataclass(frozen=True, slots=True)
class Validity:
    """The first and last day on which a statement may begin and end; None where nothing bounds it.

    It is certain from ``latest_start`` to ``earliest_end`` (both known, in this order), excluded
    before ``earliest_start`` and after ``latest_end``, and possible on all other days.
    """

    earliest_start: dt.date | None = None
    latest_start: dt.date | None = None
    earliest_end: dt.date | None = None
    latest_end: dt.date | None = None


@lru_cache(maxsize=256)  # a statement's id is asked for several times while it is at hand
def _statement_id(*key: str | None) -> str:
    return hashlib.sha256(_PACK(key).encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Statement:
    """Source X says: subject – relation – object; dates are EDTF, ``object`` an id or a literal.

    ``validity`` is what follows for time, from this statement and from what others say of the same
    office; ``self_stated`` is whether its source's publisher is a party to it. Both are filled in
    when the graph is built.
    """

    source: str
    subject: str
    relation: str
    object: str
    evidence: tuple[Evidence, ...]
    certainty: str = "stated"
    modality: str = "asserted"
    since: str | None = None
    until: str | None = None
    observed: str | None = None
    role: str | None = None
    amount: Amount | None = None
    inferred: Inferred | None = None
    note: str | None = None
    withdrawn: Withdrawal | None = None
    validity: Validity = field(default=Validity(), compare=False)
    self_stated: bool = field(default=False, compare=False)
    origin: Origin = field(default=Origin("", 0), compare=False)

    @property
    def id(self) -> str:
        """20 hex digits of SHA-256 over source, subject, relation, object and dates.

        Ids do not depend on the order of the data, on evidence, or on what entities are merged.
        """
        return _statement_id(self.source, self.subject, self.relation, self.object,
                             self.since, self.until, self.observed)  # fmt: skip

    @property
    def cited(self) -> bool:
        """Whether no passage at all supports the statement."""
        return all(e.cited for e in self.evidence)


@dataclass(frozen=True, slots=True)
class TextMark:
    """Which text the quotes were taken from: SHA-256 of its UTF-8, length in code points."""

    sha256: str
    length: int

    @classmethod
    def of(cls, text: str) -> TextMark:
        """The mark of a text."""
        return cls(hashlib.sha256(text.encode()).hexdigest(), len(text))


@dataclass(frozen=True, slots=True)
class Source:
    """A document and the statements read from it."""

    id: str
    title: str
    publisher: str
    published: str | None
    url: str
    language: str = "de"
    text: TextMark | None = None
    note: str | None = None
    statements: tuple[Statement, ...] = ()
    origin: Origin = field(default=Origin("", 0), compare=False)


@dataclass(frozen=True)
class Corpus:
    """All the data: entities and sources by id, and verdicts on conflicts."""

    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]
    verdicts: tuple[Verdict, ...] = ()

    def statements(self) -> Iterator[Statement]:
        """Every statement that counts, source by source in order of id."""
        return (s for s in self.all_statements() if s.withdrawn is None)

    def all_statements(self) -> Iterator[Statement]:
        """Every statement, also withdrawn ones, source by source in order of id."""
        for source_id in sorted(self.sources):
            yield from self.sources[source_id].statements

    def changed(self, change: Callable[[Statement], Statement]) -> Corpus:
        """The corpus with every statement replaced by what ``change`` makes of it."""
        sources = {
            source.id: replace(source, statements=tuple(map(change, source.statements)))
            for source in self.sources.values()
        }
        return replace(self, sources=sources)

    @cached_property
    def canonical(self) -> Mapping[str, str]:
        """The id under which each entity stands in the graph, ``same_as`` followed to its end.

        A cycle ends at its smallest id; ``kg check`` reports it.
        """
        return {entity_id: self._canonical(entity_id) for entity_id in self.entities}

    def _canonical(self, entity_id: str) -> str:
        path = [entity_id]
        while (entity := self.entities.get(path[-1])) and entity.same_as:
            if entity.same_as.entity in path:
                return min(path[path.index(entity.same_as.entity) :])
            path.append(entity.same_as.entity)
        return path[-1]
