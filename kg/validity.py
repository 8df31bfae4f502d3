"""When a statement holds: certain, possible or excluded, from what is known and nothing else.

A source rarely says when something began and ended. Each statement therefore has four bounds
(``kg.model.Validity``): the first and last day on which it may begin, and on which it may end.
They follow from its dates (``since``, ``until``, ``observed``) and, where only one holder is
possible at a time, from the statements about the one before and after.

The bounds are those of the possible-worlds reading of an uncertain interval: S. Abiteboul,
P. Kanellakis, G. Grahne, On the representation and querying of sets of possible worlds, 1991.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from kg.dates import OPEN, parse_date, possible_days
from kg.model import Corpus, Statement, Validity
from kg.ontology import Ontology

Period = tuple[dt.date, dt.date]
"""The first and last day that is asked about."""
CERTAIN, POSSIBLE, EXCLUDED = "certain", "possible", "excluded"


def period(at: str | None = None, since: str | None = None, until: str | None = None
           ) -> Period:  # fmt: skip
    """The days that are asked about: one EDTF date, or from one to another (either may be open).

    >>> period(at="2019-10")[1]
    datetime.date(2019, 10, 31)

    Raises:
        ValueError: no such date, or one that is itself uncertain or about, or the end lies before
            the beginning, or ``at`` stands beside another.
    """
    if at is not None and (since or until):
        raise ValueError("ask for one date (--at) or for a period (--from, --until), not for both")
    for date in (at, since, until):
        if date and date != OPEN and date[-1] in "?~%":
            raise ValueError(f"'{date}' is not exact, ask for {date[:-1]} or for a period")
    if at is not None:
        bounds = parse_date(at)
        return bounds.earliest, bounds.latest
    first = parse_date(since).earliest if since else dt.date.min
    last = parse_date(until).latest if until and until != OPEN else dt.date.max
    if last < first:
        raise ValueError(f"'{until}' lies before '{since}'")
    return first, last


def judge(validity: Validity, first: dt.date, last: dt.date) -> str:
    """Whether a statement holds on some day from ``first`` to ``last``.

    Returns:
        ``certain`` where all that is known implies it, ``excluded`` where it contradicts it, else
        ``possible``. Exactly one of them, always.
    """
    if validity.earliest_start and validity.earliest_start > last:
        return EXCLUDED
    if validity.latest_end and validity.latest_end < first:
        return EXCLUDED
    begun = validity.latest_start is not None and validity.latest_start <= last
    not_over = validity.earliest_end is not None and validity.earliest_end >= first
    return CERTAIN if begun and not_over else POSSIBLE


def holds(statement: Statement, when: Period) -> str | None:
    """Whether what a statement says holds in a period, as its source would have it.

    A plan is possible at most; of what is denied there is nothing that could hold.
    """
    if statement.modality == "denied":
        return None
    found = judge(statement.validity, *when)
    return POSSIBLE if found == CERTAIN and statement.modality == "planned" else found


def is_consistent(validity: Validity) -> bool:
    """Whether there is any interval within these bounds."""
    pairs = (
        (validity.earliest_start, validity.latest_start),
        (validity.earliest_end, validity.latest_end),
        (validity.earliest_start, validity.latest_end),
    )
    return all(a is None or b is None or a <= b for a, b in pairs)


def own_validity(statement: Statement, published: str | None = None) -> Validity:
    """The bounds that follow from a statement's own dates.

    Args:
        statement: its ``since``, ``until``, ``observed`` are valid EDTF.
        published: the date of its source; only counts where ``until`` says that it still holds.
    """
    said = published if statement.until == OPEN else None
    return _bounds(statement.since, statement.until, statement.observed, said)


@lru_cache(maxsize=4096)
def _bounds(
    since: str | None, until: str | None, observed: str | None, published: str | None
) -> Validity:
    start_first, start_last = possible_days(since)
    end_first, end_last = possible_days(until)
    seen_first, seen_last = possible_days(observed)
    if published:
        # "Still" is said on the day of publication, and tells nothing of the days after.
        said_first, said_last = possible_days(published)
        seen_first, seen_last = _latest(seen_first, said_first), _earliest(seen_last, said_last)
    # It begins no later than it is seen or ends, and ends no earlier than it is seen or begins.
    return Validity(
        earliest_start=start_first,
        latest_start=_earliest(start_last, end_last, seen_last),
        earliest_end=_latest(end_first, start_first, seen_first),
        latest_end=end_last,
    )


def _earliest(*days: dt.date | None) -> dt.date | None:
    return min((d for d in days if d), default=None)


def _latest(*days: dt.date | None) -> dt.date | None:
    return max((d for d in days if d), default=None)


def office(statement: Statement, corpus: Corpus, ontology: Ontology) -> tuple[str, str] | None:
    """The office that only one can hold at a time (relation, body), or None where it is none."""
    relation = ontology.relations.get(statement.relation)
    if relation is None or not relation.one_holder_at_a_time or statement.modality != "asserted":
        return None
    body = statement.subject if relation.holder_is_object else statement.object
    return relation.name, corpus.canonical.get(body, body)


def holder(statement: Statement, corpus: Corpus, ontology: Ontology) -> str:
    """Who holds the office of a statement."""
    relation = ontology.relations[statement.relation]
    name = statement.object if relation.holder_is_object else statement.subject
    return corpus.canonical.get(name, name)


def validities(corpus: Corpus, ontology: Ontology) -> Mapping[str, Validity]:
    """The bounds of every statement by id, holders of one office bounding each other.

    Where the start of the next holder contradicts what a source says of the one before, the
    source's own bounds stay: the contradiction is for ``kg conflicts`` to tell, not to be hidden.
    """
    own: dict[str, Validity] = {}
    offices: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in corpus.statements():
        published = corpus.sources[statement.source].published
        own[statement.id] = own_validity(statement, published)
        if (key := office(statement, corpus, ontology)) and not statement.withdrawn:
            offices[key].append(statement)
    bounded = dict(own)
    for statements in offices.values():
        for statement in statements:
            mine = holder(statement, corpus, ontology)
            others = [own[o.id] for o in statements if holder(o, corpus, ontology) != mine]
            narrowed = _narrowed(own[statement.id], others)
            if is_consistent(narrowed):
                bounded[statement.id] = narrowed
    return bounded


def _narrowed(validity: Validity, others: Iterable[Validity]) -> Validity:
    """A holder's bounds between the holders that certainly came before and after."""
    for other in others:
        if precedes(validity, other):
            end = _earliest(validity.latest_end, other.latest_start)
            validity = replace(validity, latest_end=end)
        elif precedes(other, validity):
            start = _latest(validity.earliest_start, other.earliest_end)
            validity = replace(validity, earliest_start=start)
    return validity


def precedes(one: Validity, other: Validity) -> bool:
    """Whether a holder certainly held the office before another one did, both being known to."""
    moment, later = _moment(one), _moment(other)
    return moment is not None and later is not None and moment[1] < later[0]


def _moment(validity: Validity) -> tuple[dt.date, dt.date] | None:
    """Days between which it certainly held at least once, or None where nothing is known.

    It begins by ``latest_start`` and does not end before ``earliest_end``, so whichever comes
    first, it holds on some day between the two.
    """
    if validity.latest_start is None or validity.earliest_end is None:
        return None
    first, last = sorted((validity.latest_start, validity.earliest_end))
    return first, last


def with_validity(corpus: Corpus, ontology: Ontology) -> Corpus:
    """The corpus with the validity of every statement filled in."""
    found = validities(corpus, ontology)
    return corpus.changed(lambda s: replace(s, validity=found.get(s.id, s.validity)))
