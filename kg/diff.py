"""What changed between two states of the graph, in statements: found and applied."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Generic, TypeAlias, TypeVar

from kg.errors import KgError
from kg.model import Corpus, Entity, Source, Statement, Verdict, conflict_id
from kg.reading import label_of

_T = TypeVar("_T", Statement, Entity, Source, Verdict)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of the model that has another value now."""

    name: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Change(Generic[_T]):
    """One thing that differs. ``old`` is None where it is new, ``new`` where it is gone.

    Kinds of statements: ``added``, ``withdrawn`` (``new`` then holds the reason, if there is one),
    ``changed_dates``, ``changed_evidence``, ``changed``, the first that fits; ``fields`` has all.
    Of entities: ``added``, ``removed``, ``merged``, ``unmerged``, ``renamed``, ``changed``.
    Of sources (without their statements) and verdicts: ``added``, ``removed``, ``changed``.
    """

    kind: str
    old: _T | None
    new: _T | None

    @property
    def latest(self) -> _T:
        """As it is now, or as it was before it went."""
        found = self.old if self.new is None else self.new
        assert found is not None  # noqa: S101  # a change of nothing is never made
        return found

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """What differs of a thing that both states have."""
        if self.old is None or self.new is None:
            return ()
        old, new = values_of(self.old), values_of(self.new)
        return tuple(FieldChange(n, old[n], new[n]) for n in old if old[n] != new[n])


AnyChange: TypeAlias = "Change[Statement] | Change[Entity] | Change[Source] | Change[Verdict]"


@dataclass(frozen=True, slots=True)
class Diff:
    """Every change between two states, sorted; false where there is none.

    ``labels`` (by entity) and ``published`` (by source) are for showing it.
    """

    statements: tuple[Change[Statement], ...] = ()
    entities: tuple[Change[Entity], ...] = ()
    sources: tuple[Change[Source], ...] = ()
    verdicts: tuple[Change[Verdict], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    published: Mapping[str, str | None] = field(default_factory=dict, compare=False, repr=False)

    @property
    def sections(self) -> dict[str, tuple[AnyChange, ...]]:
        """The changes by what they are changes of."""
        return {"statements": self.statements, "entities": self.entities,
                "sources": self.sources, "verdicts": self.verdicts}  # fmt: skip

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many changes there are of each kind; kinds without any are absent."""
        return {
            name: dict(sorted(Counter(c.kind for c in changes).items()))
            for name, changes in self.sections.items()
            if changes
        }

    def __bool__(self) -> bool:
        return any(self.sections.values())


def values_of(thing: Any) -> dict[str, Any]:
    """The fields that make a value what it is: neither where it stands nor what follows from it."""
    return {f.name: getattr(thing, f.name) for f in fields(thing) if f.compare}


def key_of(thing: Entity | Source | Statement | Verdict) -> str:
    """The id of anything; of a verdict that of its conflict."""
    return conflict_id(thing.statements) if isinstance(thing, Verdict) else thing.id


def _keyed(things: Iterable[_T]) -> dict[str, _T]:
    return {key_of(thing): thing for thing in things}


def statements_of(corpus: Corpus) -> dict[str, Statement]:
    """Every statement, also withdrawn ones."""
    return _keyed(s for source in corpus.sources.values() for s in source.statements)


def _sources(corpus: Corpus) -> dict[str, Source]:
    """Every source as a document alone."""
    return _keyed(replace(s, statements=()) for s in corpus.sources.values())


def diff(old: Corpus, new: Corpus) -> Diff:
    """What changed from ``old`` to ``new``; the order of either makes no difference."""
    statements, sources = statements_of(new), _sources(new)
    before = _under_new_ids(statements_of(old), statements)
    both = (old, new)
    return Diff(
        tuple(sorted(_compared(before, statements, _statement_kind), key=_reading_order)),
        tuple(_compared(old.entities, new.entities, _entity_kind)),
        tuple(_compared(_sources(old), sources, lambda *_: "changed")),
        tuple(_compared(_keyed(old.verdicts), _keyed(new.verdicts), lambda *_: "changed")),
        labels={e.id: label_of(e) for corpus in both for e in corpus.entities.values()},
        published={s.id: s.published for corpus in both for s in corpus.sources.values()},
    )


def _compared(
    old: Mapping[str, _T], new: Mapping[str, _T], kind_of: Callable[[_T, _T], str]
) -> Iterator[Change[_T]]:
    for key in sorted({*old, *new}):
        before, after = old.get(key), new.get(key)
        if before is None or after is None:
            yield Change(_coming_or_going(before, after), before, after)
        elif before != after:
            yield Change(kind_of(before, after), before, after)


def _coming_or_going(old: object, new: object) -> str:
    if isinstance(new, Statement) and new.withdrawn:  # it came, but it does not count
        return "withdrawn"
    if new is not None:
        return "added"
    return "withdrawn" if isinstance(old, Statement) else "removed"


def _statement_kind(old: Statement, new: Statement) -> str:
    if (old.withdrawn is None) != (new.withdrawn is None):
        return "withdrawn" if new.withdrawn else "added"
    if old.id != new.id:
        return "changed_dates"
    return "changed" if old.evidence == new.evidence else "changed_evidence"


def _entity_kind(old: Entity, new: Entity) -> str:
    before, after = ((e.same_as and e.same_as.entity) for e in (old, new))
    if before != after:
        return "merged" if after else "unmerged"
    renamed = (old.labels, old.aliases) != (new.labels, new.aliases)
    return "renamed" if renamed else "changed"


def _under_new_ids(old: Mapping[str, Statement], new: Mapping[str, Statement]
                   ) -> dict[str, Statement]:  # fmt: skip
    """The old statements by the ids they have in ``new``: other dates make another id.

    Where a source says the same of several times, the likest are taken as one, in order of dates.
    """
    found = dict(old)
    for likeness in _LIKENESSES:
        partners: dict[Hashable, list[Statement]] = defaultdict(list)
        for s in sorted((s for i, s in new.items() if i not in found), key=_order, reverse=True):
            partners[_without_dates(s), likeness(s)].append(s)
        for s in sorted((s for i, s in found.items() if i not in new), key=_order):
            if likest := partners.get((_without_dates(s), likeness(s))):
                found[likest.pop().id] = found.pop(s.id)
    return found


_LIKENESSES: tuple[Callable[[Statement], Hashable], ...] = (
    lambda s: replace(s, since=None, until=None, observed=None),
    lambda s: s.evidence,
    lambda _: None,
)


def _without_dates(s: Statement) -> tuple[object, ...]:
    return s.source, s.subject, s.relation, s.object, s.withdrawn is None


def _order(s: Statement) -> tuple[str, ...]:
    dates = (date or "" for date in (s.since, s.until, s.observed))
    return s.source, s.subject, s.relation, s.object, *dates, s.id


def _reading_order(change: Change[Statement]) -> tuple[str, ...]:
    return _order(change.latest)


def apply(changes: Diff, old: Corpus) -> Corpus:
    """The new state: ``apply(diff(old, new), old)`` is ``new``, whatever the order of either.

    Raises:
        KgError: the changes were made from another state than ``old``.
    """
    by_source: dict[str, list[Statement]] = defaultdict(list)
    for statement in _applied(changes.statements, statements_of(old)).values():
        by_source[statement.source].append(statement)
    sources = _applied(changes.sources, _sources(old))
    return Corpus(
        _applied(changes.entities, old.entities),
        {i: replace(s, statements=tuple(by_source[i])) for i, s in sources.items()},
        tuple(_applied(changes.verdicts, _keyed(old.verdicts)).values()),
    )


def _applied(changes: Iterable[Change[_T]], old: Mapping[str, _T]) -> dict[str, _T]:
    result, listed = dict(old), list(changes)
    for change in listed:
        if change.old is not None and result.pop(key_of(change.old), None) != change.old:
            raise KgError(f"'{key_of(change.old)}' is another than in the diff, apply it elsewhere")
    for change in listed:
        if change.new is not None:
            if (key := key_of(change.new)) in result:
                raise KgError(f"'{key}' is there already, apply the diff elsewhere")
            result[key] = change.new
    return result
