"""The network: actors and what connects them, as a networkx graph that keeps every statement.

Nodes are entities by id; an edge is a relation between two of them and carries all statements
that say so. Places, topics and target groups describe actors and are left out unless asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from kg.errors import UsageError, did_you_mean
from kg.iris import ENT
from kg.model import Corpus
from kg.ontology import Ontology
from kg.profile import Record, record
from kg.reading import label_of
from kg.validity import CERTAIN, Period

if TYPE_CHECKING:
    import networkx as nx

CONNECTING = ("Party", "Fund", "Agreement", "Event")
"""Classes whose entities are nodes by default."""


def network(
    corpus: Corpus,
    ontology: Ontology,
    *,
    classes: Collection[str] = CONNECTING,
    relations: Collection[str] = (),
    ego: str | None = None,
    depth: int = 1,
    when: Period | None = None,
) -> nx.MultiDiGraph[str]:
    """Project a corpus to a network.

    Args:
        corpus: what to project; only asserted statements become edges.
        ontology: labels and hierarchy of classes and relations.
        classes: the classes (with those below them) whose entities are nodes.
        relations: only these (with those below them); none means all.
        ego: the id of an entity; only what is at most ``depth`` edges away from it stays.
        depth: see ``ego``.
        when: edges then say by ``holds`` whether they certainly or possibly hold in that period.

    Returns:
        A graph with node attributes ``label``, ``type``, ``iri``, ``names`` (list) and edge
        attributes ``relation`` (also the key), ``label``, ``label_en``, ``statements`` (list of
        ``kg.profile.Record``); ``graph["types"]`` has the labels of the types, ``symmetric``
        the names of the relations without direction.

    Raises:
        UsageError: an unknown class or relation.
    """
    import networkx as nx

    if isinstance(classes, str) or isinstance(relations, str):
        raise UsageError('classes and relations are lists of names, write ["funds"]')
    if depth < 0:
        raise UsageError(f"the depth cannot be {depth}, give 0 or more")
    _check_names("class", classes, ontology.classes)
    _check_names("relation", relations, ontology.relations)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity_id, entity in sorted(corpus.entities.items()):
        if not entity.same_as and any(ontology.is_a(entity.type, c) for c in classes):
            graph.add_node(entity_id, label=label_of(entity), type=entity.type, iri=ENT + entity_id,
                           names=_names(entity_id, corpus))  # fmt: skip
    for statement in corpus.statements():
        wanted = not relations or any(
            r == statement.relation or r in ontology.relations_implied_by(statement.relation)
            for r in relations
        )
        if wanted and statement.modality == "asserted":
            _add(graph, record(statement, corpus, ontology, when), ontology)
    graph.remove_nodes_from([n for n in list(graph) if graph.degree(n) == 0 and n != ego])
    if ego is not None:
        _keep_around(graph, ego, depth)
    types = sorted({d["type"] for _, d in graph.nodes(data=True)})
    graph.graph["types"] = {t: dict(ontology.classes[t].labels) for t in types}
    graph.graph["symmetric"] = [n for n in ontology.relations if ontology.relations[n].symmetric]
    return graph


def _check_names(kind: str, names: Collection[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise UsageError(f"unknown {kind} '{name}', {did_you_mean(name, known)}")


def _names(entity_id: str, corpus: Corpus) -> list[str]:
    merged = [i for i, kept in sorted(corpus.canonical.items()) if kept == entity_id]
    entities = [corpus.entities[i] for i in [entity_id, *merged]]
    return list(dict.fromkeys(n.text for e in entities for n in e.labels + e.aliases))


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


def _keep_around(graph: nx.MultiDiGraph[str], ego: str, depth: int) -> None:
    import networkx as nx

    if ego not in graph:
        raise UsageError(f"'{ego}' is no node of this network, take a filter away")
    both_ways = graph.to_undirected(as_view=True)
    near = nx.single_source_shortest_path_length(both_ways, ego, cutoff=depth)
    # Not subgraph(): its order changes from run to run.
    graph.remove_nodes_from([n for n in graph if n not in near])


def flat(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """A copy whose attributes are texts and numbers, as GraphML and GEXF want them.

    Lists become texts: ``names`` joined by ``; ``, ``statements`` as JSON. What tools like Gephi
    want to see stands beside: ``weight`` (number of statements), ``sources``, ``since``, ``until``,
    ``certainty``, ``quote`` of the first.
    """
    import networkx as nx

    result: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    result.graph.update({k: json.dumps(v, ensure_ascii=False) for k, v in graph.graph.items()})
    for node, data in graph.nodes(data=True):
        result.add_node(node, **{**data, "names": "; ".join(data["names"])})
    for start, end, key, data in graph.edges(keys=True, data=True):
        statements = data["statements"]
        first = statements[0]
        texts = {
            k: str(first[k])
            for k in ("since", "until", "observed", "role", "certainty")
            if k in first
        }
        quotes = [e["quote"] for s in statements for e in s["evidence"] if "quote" in e]
        result.add_edge(
            start, end, key, id=f"{start}:{key}:{end}", relation=data["relation"],
            label=data["label"], label_en=data["label_en"], weight=float(len(statements)),
            sources="; ".join(sorted({s["source"] for s in statements})),
            quote=quotes[0] if quotes else "", **texts,
            **({"holds": data["holds"]} if "holds" in data else {}),
            statements=json.dumps(statements, ensure_ascii=False),
        )  # fmt: skip
    return result


def network_bytes(graph: nx.MultiDiGraph[str], format_: str, made_by: str = "") -> bytes:
    """A network as ``graphml``, ``gexf`` or ``json`` (node-link), as networkx reads it back.

    ``made_by`` says how it came about; it is an attribute of the graph, in GEXF its description.
    """
    import io

    import networkx as nx

    out = io.BytesIO()
    if format_ == "json":
        data = nx.node_link_data(graph, edges="edges")
        data["graph"] = {**data["graph"], **({"made_by": made_by} if made_by else {})}
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    plain = flat(graph)
    if format_ == "graphml":
        plain.graph.update({"made_by": made_by} if made_by else {})
        nx.write_graphml_xml(plain, out, edge_id_from_attribute="id")
        return out.getvalue()
    nx.write_gexf(plain, out)
    # networkx writes the day of writing here, which would make every day's file another one.
    about = (
        f"<meta><creator>akteursnetz</creator><description>{escape(made_by)}</description></meta>"
    )
    return re.sub(
        rb"<meta .*?</meta>", lambda _: about.encode(), out.getvalue(), count=1, flags=re.S
    )
