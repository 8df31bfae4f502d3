"""Named rules by which a graph becomes a network: with one kind of node, or with two.

A two-mode network ties what acts with what it takes part in. A one-mode projection ties two of a
kind by what they share; its edges carry the statements of both legs, so that each can be traced.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError, did_you_mean
from kg.model import Corpus
from kg.network import EVERYTHING, Wanted, check, is_below, keep_around, network
from kg.ontology import Ontology
from kg.profile import Record
from kg.rules import NORMALISATIONS, RULES, Rule
from kg.validity import CERTAIN, POSSIBLE, Period

if TYPE_CHECKING:
    import networkx as nx


Leg = tuple[str, str, dict[str, Any]]
"""A node of the first kind, one of the second, and the data of an edge between them."""


def project(
    corpus: Corpus,
    ontology: Ontology,
    *,
    rule: str = "actors",
    normalise: str = "count",
    classes: Collection[str] = (),
    wanted: Wanted = EVERYTHING,
    ego: str | Collection[str] | None = None,
    depth: int = 1,
    when: Period | None = None,
) -> nx.MultiDiGraph[str]:
    """The network that a rule makes of a corpus.

    Args:
        corpus: what to project.
        ontology: labels and hierarchy of classes and relations.
        rule: a name of ``RULES``.
        normalise: a name of ``NORMALISATIONS``; only counts for one-mode projections.
        classes: of the first kind of nodes only these (with those below them); none means all.
        wanted: see ``kg.network.network``.
        ego: as there; of the projected network.
        depth: as there.
        when: as there.

    Returns:
        As ``kg.network.network``. Nodes of a two-mode network say by ``mode`` whether they are of
        the ``first`` or ``second`` kind; edges of a one-mode projection have ``weight``, and what
        is shared as ``shared`` (ids) and ``shared_labels``. With ``when``, two share something
        only where both may hold on one day of that period. What has no tie is left out.

    Raises:
        UsageError: an unknown rule, normalisation, class or relation.
    """
    _known("rule", rule, RULES)
    _known("normalisation", normalise, NORMALISATIONS)
    chosen = RULES[rule]
    if not chosen.second:
        return network(corpus, ontology, classes=classes or chosen.first, wanted=wanted,
                       ego=ego, depth=depth, when=when)  # fmt: skip
    check(classes, wanted, ontology, depth, when)
    base = network(corpus, ontology, classes=(*chosen.first, *chosen.second), wanted=wanted,
                   when=when)  # fmt: skip
    legs = list(_legs(base, chosen, classes, ontology))
    if chosen.label:
        graph = _one_mode(base, legs, chosen, normalise, (when, wanted.certain))
    else:
        graph = _two_mode(base, legs)
    if ego:
        keep_around(graph, [ego] if isinstance(ego, str) else ego, depth)
    types = {d["type"] for _, d in graph.nodes(data=True)}
    graph.graph["types"] = {t: n for t, n in base.graph["types"].items() if t in types}
    symmetric = [chosen.name] if chosen.label else base.graph["symmetric"]
    graph.graph |= {"symmetric": symmetric, "rule": chosen.name}
    graph.graph |= {"normalise": normalise} if chosen.label else {}
    return graph


def _known(kind: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise UsageError(f"unknown {kind} '{name}', {did_you_mean(name, known)}")


def _legs(
    base: nx.MultiDiGraph[str], rule: Rule, classes: Collection[str], ontology: Ontology
) -> Iterator[Leg]:
    """The edges between the two kinds; where each end could be of each, the subject is first."""
    types = list(base.graph["types"])
    firsts = {t for t in types if _is_one_of(t, rule.first, ontology)}
    firsts -= {t for t in types if classes and not _is_one_of(t, classes, ontology)}
    seconds = {t for t in types if _is_one_of(t, rule.second, ontology)}
    for subject, object_, data in base.edges(data=True):
        if rule.relations and not is_below(data["relation"], rule.relations, ontology):
            continue
        for first, second in ((subject, object_), (object_, subject)):
            if base.nodes[first]["type"] in firsts and base.nodes[second]["type"] in seconds:
                yield first, second, data
                break


def _is_one_of(name: str, classes: Iterable[str], ontology: Ontology) -> bool:
    return any(ontology.is_a(name, c) for c in classes)


def _two_mode(base: nx.MultiDiGraph[str], legs: Iterable[Leg]) -> nx.MultiDiGraph[str]:
    modes: dict[str, str] = {}
    kept = set()
    for first, second, data in legs:
        modes |= {first: "first", second: "second"}
        kept.add(id(data))
    graph: nx.MultiDiGraph[str] = type(base)()
    graph.add_nodes_from((n, {**base.nodes[n], "mode": modes[n]}) for n in base if n in modes)
    for start, end, key, data in base.edges(keys=True, data=True):
        if id(data) in kept:
            graph.add_edge(start, end, key, **data)
    return graph


Members = dict[str, dict[str, list[Record]]]
"""What is shared → who has it → the statements that say so."""


def _one_mode(
    base: nx.MultiDiGraph[str],
    legs: Iterable[Leg],
    rule: Rule,
    normalise: str,
    time: tuple[Period | None, bool],
) -> nx.MultiDiGraph[str]:
    """Tie two by what they share; ``time`` is a period and whether only what is certain counts."""
    when, only_certain = time
    members: Members = defaultdict(lambda: defaultdict(list))
    owned: dict[str, set[str]] = defaultdict(set)
    for first, second, data in legs:
        if first != second:
            members[second][first] += data["statements"]
            owned[first].add(second)
    ties: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for group in sorted(members):
        for one, other in itertools.combinations(sorted(members[group]), 2):
            held = _held(members[group][one], members[group][other], when)
            if held == CERTAIN or (held and not only_certain):
                ties[one, other][group] = held
    graph: nx.MultiDiGraph[str] = type(base)()
    tied = {n for pair in ties for n in pair}
    graph.add_nodes_from((n, dict(base.nodes[n])) for n in base if n in tied)
    assert rule.label is not None  # noqa: S101  (for mypy: only such rules come here)
    for (one, other), groups in sorted(ties.items()):
        found = {s["id"]: s for g in groups for n in (one, other) for s in members[g][n]}
        graph.add_edge(
            one, other, rule.name, relation=rule.name, label=rule.label[0], label_en=rule.label[1],
            weight=_weight(normalise, groups, members, owned[one] | owned[other]),
            shared=list(groups), shared_labels=[base.nodes[g]["label"] for g in groups],
            statements=list(found.values()),
            **({"holds": CERTAIN if CERTAIN in groups.values() else POSSIBLE} if when else {}),
        )  # fmt: skip
    return graph


def _weight(
    normalise: str, groups: Collection[str], members: Members, either: Collection[str]
) -> float:
    if normalise == "newman":
        return sum(1 / (len(members[g]) - 1) for g in groups)
    return len(groups) / len(either) if normalise == "jaccard" else float(len(groups))


def _held(one: Iterable[Record], other: Iterable[Record], when: Period | None) -> str | None:
    """Whether two shared something on one day of a period; None where they cannot have."""
    if when is None:
        return POSSIBLE
    found = {_together(a, b, when) for a, b in itertools.product(one, other)}
    return CERTAIN if CERTAIN in found else POSSIBLE if POSSIBLE in found else None


def _together(one: Record, other: Record, when: Period) -> str | None:
    first, last = (day.isoformat() for day in when)
    begins = [str(r.get("earliest_start", first)) for r in (one, other)]
    ends = [str(r.get("latest_end", last)) for r in (one, other)]
    if max(first, *begins) > min(last, *ends):
        return None
    known = all(key in r for r in (one, other) for key in ("latest_start", "earliest_end"))
    if not known:
        return POSSIBLE
    begun = max(first, *(str(r["latest_start"]) for r in (one, other)))
    not_over = min(last, *(str(r["earliest_end"]) for r in (one, other)))
    return CERTAIN if begun <= not_over else POSSIBLE
