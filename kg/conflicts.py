"""Statements of different sources that cannot both hold, side by side.

Nothing is decided here and nothing overwritten: a conflict is shown with its sources, and with the
verdict that a person has put into the data, where there is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from kg.dates import parse_date
from kg.model import Corpus, Statement, Validity, Verdict, conflict_id
from kg.ontology import Ontology
from kg.profile import Record, record, record_lines
from kg.reading import label_of
from kg.tables import printable
from kg.validity import holder, office

_Differ = Callable[[Statement, Statement], bool]
HOLDER, VALUE, AMOUNT, SINCE, UNTIL, DENIAL = (
    "holder",
    "value",
    "amount",
    "since",
    "until",
    "denial",
)


@dataclass(frozen=True, slots=True)
class Side:
    """What one side of a conflict says, and the statements that say so."""

    says: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sides that cannot both hold.

    ``kind`` is ``holder`` (of one office), ``value`` (of a single-valued relation), ``amount``,
    ``since``, ``until`` or ``denial``; ``about`` names what it is about, as (entity, relation).
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
    found = [
        *_holders(asserted, corpus, ontology),
        *_values(asserted, corpus, ontology),
        *_qualifiers(asserted, corpus),
        *_denials(corpus),
    ]
    judged = (_with_verdict(_with_newer(c, corpus), corpus.verdicts) for c in found)
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
    if Validity() in (one.validity, other.validity):
        return True
    return not _may_precede(one, other) and not _may_precede(other, one)


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
    first, second = (" ".join(s.object.casefold().split()) for s in (one, other))
    return first != second


def _dates_differ(one: str | None, other: str | None) -> bool:
    """Whether two dates cannot mean the same day; 2006 and 2006-03 can."""
    if not one or not other or ".." in (one, other):
        return False
    first, second = parse_date(one), parse_date(other)
    if first.uncertain or second.uncertain:
        return False
    (a, b), (c, d) = (
        x.widened() if x.approximate else (x.earliest, x.latest) for x in (first, second)
    )
    return b < c or d < a


def _qualifiers(statements: Iterable[Statement], corpus: Corpus) -> Iterator[Conflict]:
    """Different amounts, beginnings or ends of one and the same triple."""
    triples: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for s in statements:
        triples[_canonical(corpus, s.subject), s.relation, _canonical(corpus, s.object)].append(s)
    for (subject, relation, object_), same in triples.items():
        about = subject, f"{relation} {object_}"
        amounts, since, until = (defaultdict[str, list[Statement]](list) for _ in range(3))
        for s in same:
            if s.amount:
                words = (s.amount.qualifier, f"{s.amount.value}", s.amount.currency)
                amounts[" ".join(filter(None, words))].append(s)
            if s.since:
                since[s.since].append(s)
            if s.until:
                until[s.until].append(s)
        yield from _between(AMOUNT, about, amounts, _amounts_differ)
        yield from _between(SINCE, about, since, _same_spell_other("since"))
        yield from _between(UNTIL, about, until, _same_spell_other("until"))


def _amounts_differ(one: Statement, other: Statement) -> bool:
    a, b = one.amount, other.amount
    return a is not None and b is not None and (a.value, a.currency) != (b.value, b.currency)


def _same_spell_other(key: str) -> _Differ:
    """Whether two statements give different dates for one spell, not each its own."""

    def differ(one: Statement, other: Statement) -> bool:
        apart = _ends_before(one, other) or _ends_before(other, one)
        return not apart and _dates_differ(getattr(one, key), getattr(other, key))

    return differ


def _ends_before(one: Statement, other: Statement) -> bool:
    end, start = one.validity.latest_end, other.validity.earliest_start
    return end is not None and start is not None and end <= start


def _denials(corpus: Corpus) -> Iterator[Conflict]:
    triples: dict[tuple[str, str, str], dict[str, list[Statement]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for s in corpus.statements():
        if s.modality in ("asserted", "denied"):
            key = _canonical(corpus, s.subject), s.relation, _canonical(corpus, s.object)
            triples[key][s.modality].append(s)
    for (subject, relation, object_), sides in triples.items():
        yield from _between(DENIAL, (subject, f"{relation} {object_}"), sides, _may_be_at_once)


def _may_be_at_once(one: Statement, other: Statement) -> bool:
    return not _ends_before(one, other) and not _ends_before(other, one)


def _between(
    kind: str, about: tuple[str, str], sides: Mapping[str, list[Statement]], differ: _Differ
) -> Iterator[Conflict]:
    """A conflict for every two sides with statements of different sources that differ."""
    for (one, said), (other, denied) in combinations(sorted(sides.items()), 2):
        pairs = [(a, b) for a in said for b in denied if a.source != b.source and differ(a, b)]
        if pairs:
            left, right = (tuple(dict.fromkeys(p[i] for p in pairs)) for i in (0, 1))
            yield Conflict(kind, about, (Side(one, left), Side(other, right)))


def _with_newer(conflict: Conflict, corpus: Corpus) -> Conflict:
    """The side of which every page was published after every page of the other."""
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


def as_record(conflict: Conflict, corpus: Corpus, ontology: Ontology) -> Record:
    """A conflict as JSON has it, each side with its statements and their sources."""
    verdict = conflict.verdict
    return {
        "id": conflict.id,
        "kind": conflict.kind,
        "about": conflict.about[0],
        "about_label": _label(corpus, conflict.about[0]),
        "relation": conflict.about[1],
        "sides": [
            {
                "says": side.says,
                "says_label": _label(corpus, side.says),
                "statements": [record(s, corpus, ontology) for s in side.statements],
            }
            for side in conflict.sides
        ],
        "newer": None if conflict.newer is None else conflict.sides[conflict.newer].says,
        "verdict": None
        if verdict is None
        else {"kind": verdict.kind, "by": verdict.by, "on": verdict.on, "why": verdict.why},
    }


def _label(corpus: Corpus, name: str) -> str:
    return label_of(corpus.entities[name]) if name in corpus.entities else name


def as_text(conflicts: Iterable[Conflict], corpus: Corpus, ontology: Ontology) -> str:
    """Conflicts as the terminal shows them, with what to write into the data to classify one."""
    return "\n\n".join(
        "\n".join(map(printable, _conflict_lines(conflict, corpus, ontology)))
        for conflict in conflicts
    )


def _conflict_lines(conflict: Conflict, corpus: Corpus, ontology: Ontology) -> Iterator[str]:
    yield f"{_label(corpus, conflict.about[0])} – {conflict.about[1]}  ({conflict.kind})"
    for number, side in enumerate(conflict.sides):
        later = "  published later, may simply be newer" if conflict.newer == number else ""
        yield f"  {'ab'[number]}) {_label(corpus, side.says)}{later}"
        for statement in side.statements:
            yield from (
                f"  {line}"
                for line in record_lines(record(statement, corpus, ontology), "object_label")
            )
    if conflict.verdict:
        v = conflict.verdict
        yield f"  verdict: {v.kind} ({v.by}, {v.on}): {v.why}"
    else:
        ids = ", ".join(side.statements[0].id for side in conflict.sides)
        yield f"  not classified; in data/conflicts.yaml: statements: [{ids}]"
