"""Two annotations of the same texts compared: scores, coefficients where defined, differences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.extraction.agreement import (
    Compared,
    Names,
    Said,
    Score,
    compare,
    counted_as,
    names_in,
    same_name,
)
from kg.extraction.annotations import Annotation, passage_of
from kg.extraction.coefficients import cohens_kappa, krippendorffs_alpha
from kg.extraction.gold import GoldText
from kg.model import CERTAINTIES
from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Coefficient:
    """Agreement beyond chance on one question; ``undefined`` says why there is no figure."""

    about: str
    units: int
    kappa: float | None
    alpha: float | None
    undefined: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A statement that one annotation lacks (``only A``, ``only B``) or has otherwise (``differs``)."""

    text: str
    kind: str
    subject: str
    relation: str
    object: str
    passage: str
    how: str = ""


@dataclass(frozen=True)
class Agreement:
    """How far annotation B agrees with A, which counts as the right one for precision and recall."""

    texts: int
    by_relation: dict[str, Score]
    by_type: dict[str, Score]
    coefficients: tuple[Coefficient, ...]
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()

    @property
    def score(self) -> Score:
        """All relations together."""
        return sum(self.by_relation.values(), Score())


@dataclass
class _Labels:
    """What both annotators said of the same things, by question."""

    given: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)

    def add(self, about: str, one: str, other: str) -> None:
        pair = self.given.setdefault(about, ([], []))
        pair[0].append(one)
        pair[1].append(other)

    def coefficient(self, about: str) -> Coefficient:
        one, other = self.given.get(about, ([], []))
        kappa, alpha = cohens_kappa(one, other), krippendorffs_alpha(one, other)
        undefined = ""
        if not one:
            undefined = "undefined: nothing that both have"
        elif alpha is None:
            undefined = f"undefined: both say only '{one[0]}'"
        return Coefficient(about, len(one), kappa, alpha, undefined)


def agreement(
    a: Annotation,
    b: Annotation,
    ontology: Ontology,
    *,
    known: Names | None = None,
    relations: Iterable[str] = (),
    implied: bool = False,
) -> Agreement:
    """Compare annotation ``b`` with ``a``.

    Whether a statement is there at all has no kappa: nobody counts the statements that both did
    not make, and with ever more of them kappa tends to F1 (Hripcsak and Rothschild 2005, J Am Med
    Inform Assoc 12, 296-298). Coefficients are given for what both annotators classify: the class
    of an entity that both name, the relation of a pair of entities that both link once, modality
    and certainty of a statement that both make.

    Args:
        a: the one that counts as right.
        b: the one that is measured.
        ontology: which relations have a literal.
        known: names of entities of the graph.
        relations: only these; all where none is given.
        implied: count also what the texts only imply.
    """
    wanted = frozenset(relations) or _all_relations((a, b))
    docs, notes = _common(a, b)
    by_relation: dict[str, Score] = {}
    by_type: dict[str, Score] = {}
    labels, differences = _Labels(), list[Difference]()
    for doc in docs:
        ours = a.texts.get(doc, GoldText(doc, "", (), ()))
        theirs = b.texts.get(doc, GoldText(doc, "", (), ()))
        said = b.said.get(doc, ())
        names = names_in(theirs, names_in(ours, known))
        compared = compare(ours, said, names, wanted, implied=implied)
        _add(by_relation, compared.by_relation.items())
        differences += _differences(doc, compared)
        every = compare(ours, said, names, wanted, implied=True)
        for left, right in every.pairs:
            labels.add("modality", left.modality, right.modality)
            labels.add("certainty", left.certainty, right.certainty)
        counted = _Counted(ontology, names, wanted, CERTAINTIES if implied else ("stated",))
        counted.compare(ours, a.said.get(doc, ()), theirs, said, by_type, labels)
    return Agreement(
        len(docs),
        dict(sorted(by_relation.items())),
        dict(sorted(by_type.items())),
        tuple(map(labels.coefficient, ("class", "relation", "modality", "certainty"))),
        tuple(differences),
        tuple(notes),
    )


def _all_relations(annotations: Iterable[Annotation]) -> frozenset[str]:
    return frozenset(s.relation for a in annotations for said in a.said.values() for s in said)


def _common(a: Annotation, b: Annotation) -> tuple[list[str], list[str]]:
    """The texts to compare, in order, and what is to be told of the others."""
    docs, notes = [], []
    for one, other in ((a, b), (b, a)):
        alone = sorted(set(one.texts) - set(other.texts))
        if alone and other.complete:
            notes.append(f"not compared, only in {one.path}: {', '.join(alone)}")
        elif alone:
            notes.append(f"{other.path} has no candidate in: {', '.join(alone)}")
            docs += alone
    return sorted({*docs, *(set(a.texts) & set(b.texts))}), notes


def _add(total: dict[str, Score], more: Iterable[tuple[str, Score]]) -> None:
    for name, score in more:
        total[name] = total.get(name, Score()) + score


def _differences(doc: str, compared: Compared) -> Iterator[Difference]:
    found = [_difference(doc, "only A", s) for s in compared.missed]
    found += [_difference(doc, "only B", s) for s in compared.wrong]
    for left, right in compared.pairs:
        how = [
            f"{key}: {one or '-'} / {other or '-'}"
            for key in ("modality", "certainty", "role")
            if (one := getattr(left, key)) != (other := getattr(right, key))
        ]
        if how:
            found.append(_difference(doc, "differs", right, "; ".join(how)))
    yield from sorted(found, key=lambda d: (d.subject, d.object, d.kind))


def _difference(doc: str, kind: str, said: Said, how: str = "") -> Difference:
    return Difference(doc, kind, said.subject, said.relation, said.object, passage_of(said), how)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Which statements of two annotations of a text count, to compare the entities in them."""

    ontology: Ontology
    names: Names
    relations: frozenset[str]
    certainties: Sequence[str]

    def compare(
        self,
        ours: GoldText,
        one: Sequence[Said],
        theirs: GoldText,
        other: Sequence[Said],
        by_type: dict[str, Score],
        labels: _Labels,
    ) -> None:
        """Score the entities by class, and note class and relation of what both have."""
        left, right = self._entities(ours, one), self._entities(theirs, other)
        same = {name: found for name in right if (found := self._same(name, left))}
        back = {found: name for name, found in same.items()}
        for name, kind in left.items():
            agreed = name in back and self._alike(kind, right[back[name]])
            _add(by_type, [(kind, Score(right=1) if agreed else Score(missed=1))])
        for name, kind in right.items():
            agreed = name in same and self._alike(kind, left[same[name]])
            _add(by_type, [(kind, Score(hits=1) if agreed else Score(wrong=1))])
        for name, found in same.items():
            labels.add("class", left[found], right[name])
        linked = self._linked(one, lambda n: self._same(n, left))
        also = self._linked(other, lambda n: self._same(n, left))
        for pair, relations in linked.items():
            if len(relations) == 1 and len(also.get(pair, ())) == 1:
                labels.add("relation", *relations, *also[pair])

    def _alike(self, one: str, other: str) -> bool:
        """Whether two classes are one, or one is above the other."""
        return one == other or self.ontology.is_a(one, other) or self.ontology.is_a(other, one)

    def _said(self, said: Sequence[Said]) -> Iterator[Said]:
        return (s for s in said if s.relation in self.relations and s.certainty in self.certainties)

    def _names_in(self, said: Said) -> Iterator[str]:
        yield said.subject
        relation = self.ontology.relations.get(said.relation)
        if relation is None or not relation.has_literal:
            yield said.object

    def _entities(self, text: GoldText, said: Sequence[Said]) -> dict[str, str]:
        """The entities of statements that count, each under one name, with their classes."""
        found: dict[str, str] = {}
        for name in (n for s in self._said(said) for n in self._names_in(s)):
            if self._same(name, found) is None:
                found[name] = self._class_of(name, text)
        return found

    def _class_of(self, name: str, text: GoldText) -> str:
        named = [e for e in text.entities if name in (e.name, *e.aliases)]
        named = named or [e for e in text.entities if same_name(e.name, name, self.names)]
        return named[0].type if named else "?"

    def _same(self, name: str, known: Iterable[str]) -> str | None:
        known = tuple(known)
        if name in known:
            return name
        return next((k for k in known if same_name(name, k, self.names)), None)

    def _linked(
        self, said: Sequence[Said], entity: Callable[[str], str | None]
    ) -> dict[frozenset[str], set[str]]:
        """The relations of each pair of entities."""
        found: dict[frozenset[str], set[str]] = {}
        for statement in self._said(said):
            pair = [n for name in self._names_in(statement) if (n := entity(name))]
            if len(pair) == 2:
                found.setdefault(frozenset(pair), set()).add(counted_as(statement.relation))
        return found
