"""A synthetic policy network of any size, with the shape of the packaged graph.

Every statement is drawn from the packaged data as a pattern: its relation and the classes of both
ends, which dates it has and how exact, its role, amount, certainty, modality and kind of evidence.
So their shares and how they go together are those of real data. The ends are drawn anew: each
entity is taken once in turn, all further ends with a skew (``_SKEW``) that was set so that the
degrees have the quartiles and the tail of the packaged graph; ``docs/scale.md`` compares them.

Places, topics, target groups, programmes, funds and public bodies of the packaged data are there
as they are, with what stands between them, so that every named question has something to find. All
other entities have made-up names; no person in it exists.

The same number and seed give the same bytes, and nothing is held but the names' patterns.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
import re
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.errors import KgError, Problem
from kg.model import Corpus, Entity, Evidence, Name, Origin, Source, Statement, TextMark
from kg.ontology import Ontology

_FRAME = ("Place", "Topic", "TargetGroup", "Programme", "Fund", "PublicBody")
"""Classes whose entities are those of the packaged data."""
_FIXED = ("Region", "Country", "Topic", "TargetGroup")
"""Of them those that do not become more: there are no more states, however many actors."""
_SKEW = 2.1
"""The end that is drawn is number ``n·u**_SKEW`` of ``n``, for ``u`` evenly from 0 to 1."""
_AGAIN = 0.17
"""The share of statements that say again what another source has said."""
_OTHERWISE = 0.3
"""Of these the share that says it with another date or amount, and so may contradict it."""
_REMEMBERED = 200
_FIRST = ("Anke", "Bernd", "Cem", "Dörte", "Emil", "Frauke", "Götz", "Heike", "Imre", "Jördis",
          "Kurt", "Lea", "Malte", "Nele", "Ole", "Pia", "Rolf", "Söhnke", "Tilda")  # fmt: skip
_LAST = ("Tal", "Birk", "Lind", "Sand", "Möhl", "Ried", "Stein", "Wald", "Grün", "Kalt", "Brück",
         "Hasel", "Eich", "Nord", "Süß", "Feld")  # fmt: skip
_ENDING = ("bruch", "rode", "höfer", "leben", "kamp", "müller", "wieser", "thal", "acker", "born",
           "städter", "heim")  # fmt: skip
_SUBJECT = ("Arbeit", "Bildung", "Mobilität", "Qualifizierung", "Fachkräfte", "Digitalisierung",
            "Wandel", "Energie", "Handwerk", "Pflege", "Logistik", "Zukunft")  # fmt: skip
_KIND = {
    "Association": ("Verein", "V", " e. V."), "Company": ("Gesellschaft", "G", " GmbH"),
    "NonProfitCompany": ("Bildungswerk", "BW", " gGmbH"), "University": ("Hochschule", "HS", ""),
    "ResearchInstitute": ("Institut", "I", ""), "PublicBody": ("Amt", "A", ""),
    "Organisation": ("Netzwerk", "N", ""), "Project": ("Projekt", "P", ""),
    "Programme": ("Programm", "PR", ""), "Fund": ("Fonds", "F", ""),
    "City": ("Stadt", "ST", ""), "Event": ("Tagung", "T", ""), "Agreement": ("Abkommen", "AB", ""),
    "Building": ("Haus", "H", ""), "Place": ("Gegend", "GG", ""),
}  # fmt: skip


@dataclass(frozen=True)
class Synth:
    """A synthetic network as a ``kg.feed.Feed``.

    Args:
        actors: how many persons and organisations.
        seed: which of all such networks.
        corpus: the data to take after.
        ontology: its classes and relations.
    """

    actors: int
    seed: int
    corpus: Corpus
    ontology: Ontology

    @cached_property
    def _kept(self) -> dict[str, Entity]:
        """The entities that are those of the packaged data, none of them merged."""
        return {
            e.id: replace(e, not_same_as=())
            for e in self.corpus.entities.values()
            if e.same_as is None and any(self.ontology.is_a(e.type, c) for c in _FRAME)
        }

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """How many entities of each class are made up."""
        own = Counter(e.type for e in self.corpus.entities.values() if e.same_as is None)
        there = Counter(e.type for e in self._kept.values())
        return {
            t: max(round(n * self._times) - there[t], 0 if there[t] else 1)
            for t, n in sorted(own.items())
            if not any(self.ontology.is_a(t, c) for c in _FIXED)
        }

    @cached_property
    def _patterns(self) -> list[Statement]:
        """The statements of the packaged data that are drawn from: some end can be another."""
        made_up = {t for t, n in self._numbers.items() if n}
        return [
            s
            for s in self.corpus.statements()
            if any(
                end in self.corpus.entities and self.corpus.entities[end].type in made_up
                for end in (s.subject, s.object)
            )
        ]

    @cached_property
    def _times(self) -> float:
        """How many times the packaged data."""
        own = (e.type for e in self.corpus.entities.values() if e.same_as is None)
        return self.actors / sum(self.ontology.is_a(t, "Actor") for t in own)

    def ids(self, type_: str) -> Sequence[str]:
        """The ids of a class."""
        return _Ids(
            [e.id for e in self._kept.values() if e.type == type_],
            type_.lower(),
            self._numbers.get(type_, 0),
        )

    def entities(self) -> Iterator[Entity]:
        """Those of the packaged data, then the made-up ones, class by class."""
        yield from self._kept.values()
        aliases = [len(e.aliases) for e in self.corpus.entities.values()]
        english = [len(e.labels) > 1 for e in self.corpus.entities.values()]
        for type_, number in self._numbers.items():
            dice = random.Random(f"{self.seed} {type_}")  # noqa: S311  # no secret
            for count in range(number):
                label, others = _names(type_, count, dice)
                labels = [Name(label)]
                if dice.choice(english):
                    labels.append(Name(f"{label} (en)", "en"))
                wanted = dice.choice(aliases)
                yield Entity(
                    f"{type_.lower()}-{count}",
                    type_,
                    tuple(labels),
                    tuple(Name(n) for n in others[:wanted]),
                )

    def sources(self) -> Iterator[Source]:
        """A source of what is as it is in the packaged data, and made-up ones."""
        first = next(e.id for e in self._kept.values() if e.type == "PublicBody")
        yield self._source("rahmen", "Aus den mitgelieferten Daten", first, None)
        for number, (publisher, published, _) in enumerate(self._pages()):
            yield self._source(f"quelle-{number}", f"Meldung {number}", publisher, published)

    def _source(self, key: str, title: str, publisher: str, published: str | None) -> Source:
        mark = TextMark.of(key)
        url = f"https://example.org/{key}"
        return Source(key, title, publisher, published, url, text=replace(mark, length=100_000))

    def _pages(self) -> Iterator[tuple[str, str | None, int]]:
        """Publisher, date and number of statements of each source."""
        dice = random.Random(f"{self.seed} sources")  # noqa: S311
        own = [s for s in self.corpus.sources.values() if s.statements]
        types = [self.corpus.entities[s.publisher].type for s in own]
        ids = {t: self.ids(t) for t in set(types)}
        left = round(len(self._patterns) * self._times)
        while left > 0:
            pattern = dice.randrange(len(own))
            size = min(len(own[pattern].statements), left)
            left -= size
            yield _drawn(ids[types[pattern]], dice), own[pattern].published, size

    def statements(self, relations: Collection[str] | None = None) -> Iterator[Statement]:
        """What stands between entities of the packaged data, then what is drawn, by source."""
        found = itertools.chain(self._kept_statements(), self._drawn_statements())
        return (s for s in found if relations is None or s.relation in relations)

    def _kept_statements(self) -> Iterator[Statement]:
        seen = set()
        for statement in self.corpus.statements():
            ends = {statement.subject, statement.object}
            literal = self.ontology.relations[statement.relation].has_literal
            if ends <= self._kept.keys() or (literal and statement.subject in self._kept):
                plain = (Evidence(note=e.note or "wie dort") for e in statement.evidence[:1])
                found = replace(statement, source="rahmen", evidence=tuple(plain))
                if found.id not in seen:
                    seen.add(found.id)
                    yield found

    def _drawn_statements(self) -> Iterator[Statement]:
        dice = random.Random(f"{self.seed} statements")  # noqa: S311
        ends = _Ends(self, dice)
        recent: deque[Statement] = deque(maxlen=_REMEMBERED)
        for number, (_, published, size) in enumerate(self._pages()):
            source, said = f"quelle-{number}", set()
            for place in range(size):
                if recent and dice.random() < _AGAIN:
                    found = self._again(dice.choice(recent), source, dice)
                else:
                    found = self._new(dice.choice(self._patterns), ends, source, published, dice)
                found = replace(found, evidence=_evidence(found, place))
                key = (found.subject, found.relation, found.object)
                if found.subject == found.object or key in said:
                    continue
                said.add(key)
                recent.append(found)
                yield found

    def _new(
        self,
        pattern: Statement,
        ends: _Ends,
        source: str,
        published: str | None,
        dice: random.Random,
    ) -> Statement:
        relation = self.ontology.relations[pattern.relation]
        literal, once = relation.has_literal, relation.name if relation.single_valued else ""
        subject = ends.like(pattern.subject, once)
        object_ = _varied(pattern.object, dice) if literal else ends.like(pattern.object)
        years = _years(pattern, self.corpus.sources[pattern.source].published, published, dice)
        return replace(
            pattern,
            source=source,
            subject=subject,
            object=object_,
            since=_moved(pattern.since, years),
            until=_moved(pattern.until, years),
            observed=_moved(pattern.observed, years),
            withdrawn=None,
        )

    def _again(self, said: Statement, source: str, dice: random.Random) -> Statement:
        """The same from another source; where it differs, it begins a year earlier."""
        still = said.until == ".."  # which would be said on another day now
        again = replace(said, source=source, until=None if still else said.until)
        otherwise = dice.random() < _OTHERWISE
        return replace(again, since=_moved(said.since, -1)) if otherwise else again

    def verdicts(self) -> tuple[()]:
        """None: nobody has looked into what is made up."""
        return ()

    def reject(self, origin: Origin, problems: Iterable[Problem]) -> None:
        """Never called: what is made has no problems.

        Raises:
            KgError: it has.
        """
        raise KgError(f"{origin.path}: {'; '.join(map(str, problems))}, report this")


class _Ids(Sequence[str]):
    """The ids of a class, most of them counted, not held."""

    def __init__(self, kept: Sequence[str], mark: str, number: int) -> None:
        self._kept, self._mark, self._number = kept, mark, number

    def __len__(self) -> int:
        return len(self._kept) + self._number

    def __getitem__(self, place: int) -> str:  # type: ignore[override]  # no slices of it
        there = len(self._kept)
        return self._kept[place] if place < there else f"{self._mark}-{place - there}"


def _drawn(ids: Sequence[str], dice: random.Random) -> str:
    return ids[int(len(ids) * dice.random() ** _SKEW)]


class _Ends:
    """The ends of statements: each entity of a class in turn, then with a skew."""

    def __init__(self, synth: Synth, dice: random.Random) -> None:
        self._synth, self._dice = synth, dice
        self._types = {e.id: e.type for e in synth.corpus.entities.values()}
        self._ids: dict[str, Sequence[str]] = {}
        self._next: dict[str, int] = defaultdict(int)
        drawn = Counter(
            self._types[end]
            for s in synth.corpus.statements()
            for end in (s.subject, s.object)
            if end in self._types
        )
        own = Counter(self._types.values())
        self._turn = {t: own[t] / n for t, n in drawn.items()}

    def like(self, end: str, once: str = "") -> str:
        """An entity of the class of ``end``; not one that was given with the same ``once``."""
        type_ = self._types[end]
        if type_ not in self._ids:
            self._ids[type_] = self._synth.ids(type_)
        ids, turn = self._ids[type_], f"{type_} {once}"
        if once or self._dice.random() < self._turn[type_]:
            self._next[turn] += 1
            return ids[-self._next[turn] % len(ids)]
        return _drawn(ids, self._dice)


def _names(type_: str, number: int, dice: random.Random) -> tuple[str, list[str]]:
    """A made-up name that no other has, and variants of it as people write them."""
    if type_ == "Person":
        first, last = dice.choice(_FIRST), dice.choice(_LAST) + dice.choice(_ENDING)
        full = f"{first} {last} {number}"
        others = [f"Dr. {full}", f"{first[0]}. {last} {number}", _plain(full), f"{last} {number}"]
        return full, [*others, f"Prof. {full}"]
    kind, short, form = _KIND.get(type_, (type_, type_[0], ""))
    field, other = dice.choice(_SUBJECT), dice.choice(_SUBJECT)
    full = f"{kind} {field} und {other} {number}{form}"
    return full, [f"{short}{field[0]}{other[0]} {number}", full.replace("und", "&"), _plain(full),
                  f"{kind} {field} {number}", full.removesuffix(form) + " eV"]  # fmt: skip


def _plain(text: str) -> str:
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.replace(umlaut, letters)
    return text if not text.isascii() else text.upper()


def _evidence(statement: Statement, place: int) -> tuple[Evidence, ...]:
    """Quoted where the pattern is, at a place of its own in the text."""
    if all(e.cited for e in statement.evidence):
        return (Evidence(note=f"Gelesen als: {statement.subject} – {statement.relation}"),)
    quote = f"Satz über {statement.subject} und {statement.object}"[:200]
    start = place * 300
    return (Evidence(quote, start, start + len(quote)),)


def _years(
    pattern: Statement, before: str | None, published: str | None, dice: random.Random
) -> int:
    """By how many years the dates of a pattern move: with its source, or by a few."""
    still = pattern.until == ".."
    if published and (before or still):
        since = pattern.since or published
        return int(published[:4]) - int((since if still else before or since)[:4]) - still
    return dice.randint(-3, 3)


def _varied(text: str, dice: random.Random) -> str:
    """A literal with another number in it where it is an address; others as they are.

    >>> _varied("Leipzig", random.Random(1)), _varied("2019-10", random.Random(1))
    ('Leipzig', '2019-10')
    """
    return re.sub(r"(?<=[a-zß.] )\d+", lambda _: str(dice.randint(1, 999)), text, count=1)


def _moved(date: str | None, years: int) -> str | None:
    """An EDTF date so many years later, its other digits kept.

    >>> _moved("2019-10~", 2), _moved("..", 2), _moved("2020-02-29", 1)
    ('2021-10~', '..', '2021-02-28')
    """
    if not date or not date[:4].isdigit() or not years:
        return date
    moved = f"{min(max(int(date[:4]) + years, 1900), dt.MAXYEAR):04}{date[4:]}"
    return moved.replace("-02-29", "-02-28") if "-02-29" in moved else moved
