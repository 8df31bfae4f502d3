"""Statements of different sources that cannot both hold, side by side.

Nothing is decided here and nothing overwritten: a conflict is shown with its sources, and with the
verdict that a person has put into the data, where there is one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import combinations

from kg.dates import OPEN, parse_date, possible_days
from kg.infer import inferred_triples
from kg.model import Amount, Corpus, Statement, Validity, Verdict, conflict_id
from kg.ontology import Ontology
from kg.reading import label_of
from kg.validity import holder, office, own_validity

_Days = tuple["dt.date | None", "dt.date | None"]
_Triple = tuple[str, str, str]
_Differ = Callable[[Statement, Statement], bool]
HOLDER, VALUE, AMOUNT, SINCE, UNTIL, DENIAL, RECORDED = (
    "holder", "value", "amount", "since", "until", "denial", "recorded",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """What one side of a conflict says, and the statements that say so."""

    says: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sides that cannot both hold.

    ``kind`` is ``holder`` (of one office), ``value`` (of a single-valued relation), ``amount``,
    ``since``, ``until``, ``denial``, or ``recorded``: found by no rule, but a person saw it and put
    a verdict into the data. ``about`` names what it is about, as (entity, relation).
    ``newer`` is the side (0 or 1) that was published later and may simply be newer, if one was.
    """

    kind: str
    about: tuple[str, str]
    sides: tuple[Side, Side]
    newer: int | None = None
    verdict: Verdict | None = None

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of both sides."""
        return self.sides[0].statements + self.sides[1].statements

    @property
    def id(self) -> str:
        """The id under which the conflict stands in the graph once there is a verdict."""
        if self.verdict:
            return conflict_id(self.verdict.statements)
        return conflict_id(s.id for s in self.statements)


def find_conflicts(corpus: Corpus, ontology: Ontology) -> list[Conflict]:
    """Every conflict, sorted by kind and what it is about.

    Args:
        corpus: with the validity of its statements filled in (``kg.validity.with_validity``, or
            read from a store).
        ontology: which relations have one value, or one holder at a time.
    """
    asserted = [s for s in corpus.statements() if s.modality == "asserted"]
    planned = [s for s in corpus.statements() if s.modality == "planned"]
    own = {s.id: own_validity(s, corpus.sources[s.source].published) for s in corpus.statements()}
    found = [
        *_holders(asserted, corpus, ontology),
        *(c for said in (asserted, planned) for c in _values(said, corpus, ontology)),
        *(c for said in (asserted, planned) for c in _qualifiers(said, corpus, own)),
        *_denials(corpus, ontology),
    ]
    judged = [_with_verdict(_with_newer(c, corpus, ontology), corpus.verdicts) for c in found]
    judged += _recorded(corpus, {c.verdict for c in judged})
    return sorted(judged, key=lambda c: (c.kind, c.about, c.sides[0].says, c.sides[1].says))


def _canonical(corpus: Corpus, name: str) -> str:
    return corpus.canonical.get(name, name)


def _holders(
    statements: Iterable[Statement], corpus: Corpus, ontology: Ontology
) -> Iterator[Conflict]:
    offices: dict[tuple[str, str], dict[str, list[Statement]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for statement in statements:
        if key := office(statement, corpus, ontology):
            offices[key][holder(statement, corpus, ontology)].append(statement)
    for (relation, body), holders in offices.items():
        yield from _between(HOLDER, (body, relation), holders, _cannot_follow)


def _cannot_follow(one: Statement, other: Statement) -> bool:
    """Whether two holders of an office can have held it neither one before nor one after the other.

    Where one of them has no date at all, nothing tells their order; such a pair counts, since each
    source speaks of the holder, and the dates of the sources then tell which may be newer.
    """
    if not _is_dated(one) or not _is_dated(other):
        return True
    return not _may_precede(one, other) and not _may_precede(other, one)


def _is_dated(statement: Statement) -> bool:
    """Whether the source gives any date, were it an uncertain one."""
    return any((statement.since, statement.until, statement.observed))


def _may_precede(one: Statement, other: Statement) -> bool:
    end, start = one.validity.earliest_end, other.validity.latest_start
    if end is None or start is None or end < start:
        return True
    # One may leave and the next begin on one day; two that are merely seen on it contradict.
    return end == start and bool(one.until or other.since)


def _values(
    statements: Iterable[Statement], corpus: Corpus, ontology: Ontology
) -> Iterator[Conflict]:
    values: dict[tuple[str, str], dict[str, list[Statement]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for statement in statements:
        relation = ontology.relations.get(statement.relation)
        if relation and relation.single_valued:
            value = (
                statement.object if relation.has_literal else _canonical(corpus, statement.object)
            )
            about = _canonical(corpus, statement.subject), statement.relation
            values[about][value].append(statement)
    for about, sides in values.items():
        differ = _other_dates if ontology.relations[about[1]].has_date else _other_texts
        yield from _between(VALUE, about, sides, differ)


def _other_dates(one: Statement, other: Statement) -> bool:
    return _dates_differ(one.object, other.object)


def _other_texts(one: Statement, other: Statement) -> bool:
    first, second = ("".join(s.object.casefold().split()) for s in (one, other))
    return first != second


def _dates_differ(one: str, other: str) -> bool:
    """Whether two dates cannot mean the same day; 2006 and 2006-03 can."""
    return _lie_apart(possible_days(one), possible_days(other))


def _lie_apart(one: _Days, other: _Days) -> bool:
    """Whether two spans of days, each end known or not, have no day in common."""
    (a, b), (c, d) = one, other
    return bool((b and c and b < c) or (d and a and d < a))


def _qualifiers(
    statements: Iterable[Statement], corpus: Corpus, own: Mapping[str, Validity]
) -> Iterator[Conflict]:
    """Different amounts, beginnings or ends of one and the same triple, in one spell of it."""
    triples: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for s in statements:
        triples[_canonical(corpus, s.subject), s.relation, _canonical(corpus, s.object)].append(s)
    for (subject, relation, object_), same in triples.items():
        about = subject, f"{relation} {object_}"
        amounts, since, until = (defaultdict[str, list[Statement]](list) for _ in range(3))
        for s in same:
            if s.amount:
                amounts[str(s.amount)].append(s)
            since[s.since or _when_seen(s, corpus)].append(s)
            until[s.until or _when_seen(s, corpus)].append(s)
        yield from _between(AMOUNT, about, amounts, _amounts_differ)
        yield from _between(SINCE, about, since, partial(_begin_apart, own))
        yield from _between(UNTIL, about, until, partial(_end_apart, own))


def _when_seen(statement: Statement, corpus: Corpus) -> str:
    """What a statement without the date at stake says of it."""
    if statement.observed:
        return f"observed {statement.observed}"
    if statement.until == OPEN:
        return f"still {corpus.sources[statement.source].published or ''}".strip()
    return statement.since or statement.until or ""


def _amounts_differ(one: Statement, other: Statement) -> bool:
    a, b = one.amount, other.amount
    if a is None or b is None or a.covers != b.covers or _are_apart(one, other):
        return False
    return a.currency != b.currency or _disjoint(amount_bounds(a), amount_bounds(b))


def _disjoint(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    return one[1] < other[0] or other[1] < one[0]


_MORE, _LESS = ("mehr als", "über", "mindestens"), ("bis zu", "höchstens", "maximal", "unter")
_NEARLY, _ABOUT = ("knapp", "fast"), ("rund", "ca.", "circa", "etwa", "ungefähr")


def amount_bounds(amount: Amount) -> tuple[Decimal, Decimal]:
    """The least and the most that an amount may mean by its qualifier.

    "rund" covers what is rounded to the last digit that is not zero, "knapp" up to a tenth less.

    >>> [str(x) for x in amount_bounds(Amount(Decimal("3600000"), qualifier="rund"))]
    ['3550000', '3650000']
    """
    value, qualifier = amount.value, (amount.qualifier or "").casefold()
    if qualifier in _MORE:
        return value, Decimal("Infinity")
    if qualifier in _LESS:
        return Decimal(0), value
    if qualifier in _NEARLY:
        return value * Decimal("0.9"), value
    if qualifier in _ABOUT:
        half = Decimal(5).scaleb(int(value.normalize().as_tuple().exponent) - 1)
        return value - half, value + half
    return value, value


def _begin_apart(own: Mapping[str, Validity], one: Statement, other: Statement) -> bool:
    """Whether two statements cannot have one beginning, though they speak of one spell."""
    if _are_apart(one, other) or not (one.since or other.since):
        return False
    a, b = own[one.id], own[other.id]
    return _lie_apart((a.earliest_start, a.latest_start), (b.earliest_start, b.latest_start))


def _end_apart(own: Mapping[str, Validity], one: Statement, other: Statement) -> bool:
    """Whether two statements cannot have one end, though they speak of one spell."""
    if _are_apart(one, other):
        return False
    a, b = own[one.id], own[other.id]
    return _lie_apart((a.earliest_end, a.latest_end), (b.earliest_end, b.latest_end))


def _are_apart(one: Statement, other: Statement) -> bool:
    """Whether two statements are of two spells, one after the other."""
    return _ends_before(one, other) or _ends_before(other, one)


def _ends_before(one: Statement, other: Statement) -> bool:
    """Whether one ends where the other begins, by dates that both give: 2010 to 2014, from 2014."""
    if not one.until or one.until == OPEN or not other.since:
        return _certainly_before(one, other)
    ends, begins = possible_days(one.until)[0], possible_days(other.since)[1]
    return ends is not None and begins is not None and ends <= begins


def _certainly_before(one: Statement, other: Statement) -> bool:
    end, start = one.validity.latest_end, other.validity.earliest_start
    return end is not None and start is not None and end <= start


def _denials(corpus: Corpus, ontology: Ontology) -> Iterator[Conflict]:
    """What one source denies and another one asserts, or what it asserts implies."""
    denied: dict[_Triple, list[Statement]] = defaultdict(list)
    asserted: dict[_Triple, list[Statement]] = defaultdict(list)
    names = {s.relation for s in corpus.statements()}
    implied = {n: {("s", n, "o")} | inferred_triples({("s", n, "o")}, ontology) for n in names}
    for s in corpus.statements():
        ends = {"s": _canonical(corpus, s.subject), "o": _canonical(corpus, s.object)}
        if s.modality == "denied":
            denied[ends["s"], s.relation, ends["o"]].append(s)
        elif s.modality == "asserted":
            for start, name, end in implied[s.relation]:
                asserted[ends[start], name, ends[end]].append(s)
    for triple, against in denied.items():
        sides = {"asserted": asserted.get(triple, []), "denied": against}
        yield from _between(DENIAL, (triple[0], f"{triple[1]} {triple[2]}"), sides, _may_be_at_once)


def _may_be_at_once(one: Statement, other: Statement) -> bool:
    return not _are_apart(one, other)


def _recorded(corpus: Corpus, told: Collection[Verdict | None]) -> Iterator[Conflict]:
    """The verdicts on what no rule finds: lists that differ, roles, who spoke for whom."""
    statements = {s.id: s for s in corpus.statements()}
    for verdict in corpus.verdicts:
        named = [statements[i] for i in verdict.statements if i in statements]
        by_source = {s.source: [x for x in named if x.source == s.source] for s in named}
        if verdict in told or len(by_source) < 2:
            continue
        (_, first), *others = sorted(by_source.items())
        about = _canonical(corpus, first[0].subject), first[0].relation
        rest = tuple(s for _, said in others for s in said)
        sides = Side(_said(first, corpus), tuple(first)), Side(_said(rest, corpus), rest)
        yield Conflict(RECORDED, about, sides, verdict=verdict)


def _said(statements: Iterable[Statement], corpus: Corpus) -> str:
    ends = (f"{label(corpus, s.subject)} – {label(corpus, s.object)}" for s in statements)
    return "; ".join(dict.fromkeys(ends))


def _between(
    kind: str, about: tuple[str, str], sides: Mapping[str, list[Statement]], differ: _Differ
) -> Iterator[Conflict]:
    """A conflict for every two sides with statements of different sources that differ."""
    for (one, said), (other, denied) in combinations(sorted(sides.items()), 2):
        pairs = [(a, b) for a in said for b in denied if a.source != b.source and differ(a, b)]
        if pairs:
            left, right = (tuple(dict.fromkeys(p[i] for p in pairs)) for i in (0, 1))
            yield Conflict(kind, about, (Side(one, left), Side(other, right)))


def _with_newer(conflict: Conflict, corpus: Corpus, ontology: Ontology) -> Conflict:
    """The side of which every page was published after every page of the other.

    A day in the past does not change, so of founding days and beginnings none is newer.
    """
    relation = ontology.relations.get(conflict.about[1].partition(" ")[0])
    is_past = conflict.kind == SINCE or (conflict.kind == VALUE and relation and relation.has_date)
    if is_past and conflict.statements[0].modality == "asserted":
        return conflict
    published = [[corpus.sources[s.source].published for s in x.statements] for x in conflict.sides]
    if any(date is None for side in published for date in side):  # it may be of any time
        return conflict
    for newer in (0, 1):
        late, early = ([parse_date(d) for d in published[i] if d] for i in (newer, 1 - newer))
        if max(d.latest for d in early) < min(d.earliest for d in late):
            return replace(conflict, newer=newer)
    return conflict


def _with_verdict(conflict: Conflict, verdicts: Iterable[Verdict]) -> Conflict:
    """The verdict that names a statement of each side."""
    for verdict in verdicts:
        named = set(verdict.statements)
        if all(named & {s.id for s in side.statements} for side in conflict.sides):
            return replace(conflict, verdict=verdict)
    return conflict


def label(corpus: Corpus, name: str) -> str:
    """The label of an entity, or the text itself where it is none."""
    return label_of(corpus.entities[name]) if name in corpus.entities else name
