"""The network: actors and what connects them, as a networkx graph that keeps every statement.

Nodes are entities by id; an edge is a relation between two of them and carries all statements
that say so. Places, topics and target groups describe actors and are left out unless asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import UsageError, did_you_mean
from kg.iris import ENT
from kg.model import CERTAINTIES, Corpus, Statement
from kg.ontology import Ontology
from kg.places import Atlas, read_atlas
from kg.profile import Record, record
from kg.reading import label_of
from kg.validity import CERTAIN, Period

if TYPE_CHECKING:
    import networkx as nx

CONNECTING = ("Party", "Fund", "Agreement", "Event")
"""Classes whose entities are nodes by default."""
BOUNDS = ("earliest_start", "latest_start", "earliest_end", "latest_end")
"""The bounds of a statement (``kg.model.Validity``), which its record has as ISO dates."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statements become edges, and between which nodes.

    Args:
        relations: only these (with those below them); none means all.
        places: ids of places; only what lies in one of them, and of what has no place of its own
            (persons, projects, funds) only what is tied to that.
        certainty: only ``stated`` or only ``implied`` statements.
        certain: only what certainly holds in the period that is asked about.
    """

    relations: Collection[str] = ()
    places: Collection[str] = ()
    certainty: str | None = None
    certain: bool = False


EVERYTHING = Wanted()


def network(
    corpus: Corpus,
    ontology: Ontology,
    *,
    classes: Collection[str] = CONNECTING,
    wanted: Wanted = EVERYTHING,
    ego: str | Collection[str] | None = None,
    depth: int = 1,
    when: Period | None = None,
) -> nx.MultiDiGraph[str]:
    """Project a corpus to a network.

    Args:
        corpus: what to project; only asserted statements become edges.
        ontology: labels and hierarchy of classes and relations.
        classes: the classes (with those below them) whose entities are nodes.
        wanted: which of the statements.
        ego: ids of entities; only what is at most ``depth`` edges away from one of them stays.
        depth: see ``ego``.
        when: edges then say by ``holds`` whether they certainly or possibly hold in that period.

    Returns:
        A graph with node attributes ``label``, ``type``, ``iri``, ``names`` (list) and, where
        known, those of ``place_attributes``; edge attributes ``relation`` (also the key),
        ``label``, ``label_en``, ``statements`` (list of ``kg.profile.Record``, with ``BOUNDS``);
        ``graph["types"]`` has the labels of the types, ``symmetric`` the names of the relations
        without direction.

    Raises:
        UsageError: an unknown class or relation.
    """
    import networkx as nx

    check(classes, wanted, ontology, depth, when)
    atlas, names = read_atlas(corpus, ontology), _all_names(corpus)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity_id, entity in sorted(corpus.entities.items()):
        if not entity.same_as and any(ontology.is_a(entity.type, c) for c in classes):
            graph.add_node(entity_id, label=label_of(entity), type=entity.type, iri=ENT + entity_id,
                           names=names[entity_id],
                           **place_attributes(entity_id, corpus, atlas))  # fmt: skip
    for statement in corpus.statements():
        ends = (corpus.canonical.get(x, x) for x in (statement.subject, statement.object))
        if all(end in graph for end in ends) and is_wanted(statement, wanted, ontology):
            found = {**record(statement, corpus, ontology, when), **_bounds(statement)}
            if not wanted.certain or found["holds"] == CERTAIN:
                _add(graph, found, ontology)
    egos = [ego] if isinstance(ego, str) else list(ego or ())
    if wanted.places:
        _keep_in(graph, wanted.places, atlas)
    graph.remove_nodes_from([n for n in list(graph) if graph.degree(n) == 0 and n not in egos])
    if egos:
        keep_around(graph, egos, depth)
    types = sorted({d["type"] for _, d in graph.nodes(data=True)})
    graph.graph["types"] = {t: dict(ontology.classes[t].labels) for t in types}
    graph.graph["symmetric"] = [n for n in ontology.relations if ontology.relations[n].symmetric]
    return graph


def check(
    classes: Collection[str], wanted: Wanted, ontology: Ontology, depth: int, when: Period | None
) -> None:
    """Whether a network can be asked for so.

    Raises:
        UsageError: an unknown class, relation or value, or a depth below 0.
    """
    if isinstance(classes, str) or isinstance(wanted.relations, str):
        raise UsageError('classes and relations are lists of names, write ["funds"]')
    if depth < 0:
        raise UsageError(f"the depth cannot be {depth}, give 0 or more")
    if wanted.certain and when is None:
        raise UsageError("what is certain depends on the time, give --at, --from or --until")
    check_names("class", classes, ontology.classes)
    check_names("relation", wanted.relations, ontology.relations)
    check_names("certainty", filter(None, [wanted.certainty]), CERTAINTIES)


def check_names(kind: str, names: Iterable[str], known: Collection[str]) -> None:
    """Whether all names are known.

    Raises:
        UsageError: one is not.
    """
    for name in names:
        if name not in known:
            raise UsageError(f"unknown {kind} '{name}', {did_you_mean(name, known)}")


def is_wanted(statement: Statement, wanted: Wanted, ontology: Ontology) -> bool:
    """Whether a statement is asserted and of the relations and certainty that are wanted."""
    if statement.modality != "asserted" or wanted.certainty not in (None, statement.certainty):
        return False
    return not wanted.relations or is_below(statement.relation, wanted.relations, ontology)


def is_below(relation: str, above: Collection[str], ontology: Ontology) -> bool:
    """Whether a relation is one of ``above`` or below one of them."""
    return relation in above or not ontology.relations_implied_by(relation).isdisjoint(above)


def place_attributes(entity_id: str, corpus: Corpus, atlas: Atlas) -> Record:
    """What a node says of its place, as far as it is known.

    ``place`` and ``state`` are labels, ``place_id`` and ``state_id`` ids; ``places`` are the ids
    of all seats, of which ``place`` is the first; ``position`` is latitude and longitude.
    """
    seat, found = atlas.seat(entity_id), Record()
    for key, place in (("place", seat.place), ("state", seat.state)):
        if place is not None and place in corpus.entities:
            found |= {key: label_of(corpus.entities[place]), f"{key}_id": place}
    if seat.places:
        found["places"] = list(seat.places)
    if seat.position:
        found["position"] = list(seat.position)
    return found


def _bounds(statement: Statement) -> Record:
    days = ((name, getattr(statement.validity, name)) for name in BOUNDS)
    return {name: day.isoformat() for name, day in days if day}


def _keep_in(graph: nx.MultiDiGraph[str], places: Collection[str], atlas: Atlas) -> None:
    """Keep what lies there, and what has no place of its own but is tied to that."""
    there = {n for n in graph if atlas.lies_in(n, places)}
    tied = {other for u, v in graph.edges() for one, other in ((u, v), (v, u)) if one in there}
    homeless = {n for n in tied if not atlas.around(n)}
    graph.remove_nodes_from([n for n in graph if n not in there | homeless])


def _all_names(corpus: Corpus) -> dict[str, list[str]]:
    """The names of every entity by its canonical id, its own before those merged into it."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for entity_id, kept in sorted(
        corpus.canonical.items(), key=lambda pair: (pair[0] != pair[1], pair[0])
    ):
        entity = corpus.entities[entity_id]
        found[kept].update((n.text, None) for n in entity.labels + entity.aliases)
    return {entity_id: list(names) for entity_id, names in found.items()}


def _add(graph: nx.MultiDiGraph[str], found: Record, ontology: Ontology) -> None:
    subject, object_, name = str(found["subject"]), str(found["object"]), str(found["relation"])
    relation = ontology.relations[name]
    if relation.has_literal or subject not in graph or object_ not in graph:
        return
    if not graph.has_edge(subject, object_, name):
        labels = relation.labels
        graph.add_edge(subject, object_, name, relation=name, label=labels.get("de", name),
                       label_en=labels.get("en", name), statements=[])  # fmt: skip
    edge = graph.edges[subject, object_, name]
    edge["statements"].append(found)
    if "holds" in found and edge.get("holds") != CERTAIN:  # one that is certain makes it so
        edge["holds"] = found["holds"]


def keep_around(graph: nx.MultiDiGraph[str], egos: Collection[str], depth: int) -> None:
    """Take away what is more than ``depth`` edges (of either direction) away from every ego.

    Raises:
        UsageError: an ego is no node.
    """
    import networkx as nx

    both_ways = graph.to_undirected(as_view=True)
    near: set[str] = set()
    for ego in egos:
        if ego not in graph:
            raise UsageError(f"'{ego}' is no node of this network, take a filter away")
        near |= set(nx.single_source_shortest_path_length(both_ways, ego, cutoff=depth))
    # Not subgraph(): its order changes from run to run.
    graph.remove_nodes_from([n for n in graph if n not in near])
