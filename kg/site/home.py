"""The pages that lead to others: home, search, conflicts, about, and what is not there."""

from __future__ import annotations

from typing import Any

from kg.cite import as_text, references_of
from kg.conflicts import AMOUNT, DENIAL, HOLDER, RECORDED, SINCE, UNTIL, VALUE, Conflict
from kg.dates import OPEN
from kg.search import fold
from kg.site.model import Page
from kg.site.show import Node, View

_KINDS = (HOLDER, VALUE, AMOUNT, SINCE, UNTIL, DENIAL, RECORDED)


def home_page(view: View) -> Page:
    """What is in the graph, and ways into it."""
    index, ontology = view.index, view.index.ontology
    classes = sorted(index.by_class.items(), key=lambda x: (-len(x[1]), x[0]))
    relations = sorted(index.by_relation.items(), key=lambda x: (-len(x[1]), x[0]))
    much = sorted(index.about, key=lambda e: (-len(index.about[e]), e))
    parties = [e for e in much if ontology.is_a(index.entities[e].type, "Party")
               or ontology.is_a(index.entities[e].type, "Undertaking")]  # fmt: skip
    by_tag = {q.tags[0] if q.tags else "other": q for q in view.site.questions.values()
              if not any(p.needed for p in q.parameters)}  # fmt: skip
    return view.html(
        "home",
        description=view.word("tagline"),
        entities=len(index.entities),
        statements=sum(map(len, index.by_relation.values())),
        classes=[(name, len(ids)) for name, ids in classes],
        relations=[(name, len(said)) for name, said in relations[:12]],
        newest=index.newest[:8],
        much=[(view.node(e), len(index.about[e])) for e in parties[:12]],
        questions=[by_tag[tag] for tag in sorted(by_tag)],
    )


def search_page(view: View) -> Page:
    """What a text may mean; in files the script fills the page in."""
    text = view.arguments.get("q", "").strip()
    entities, sources, terms = [], [], []
    if text and not view.site.static:
        entities = [(hit, view.node(hit.id)) for hit in view.index.find(text, limit=50)]
        sources = view.index.find_sources(text, limit=20)
        terms = _terms(view, text)
    return view.html(
        "search",
        title=view.word("search"),
        q=text,
        entities=entities,
        sources=sources,
        terms=terms,
        found=len(entities) + len(sources) + len(terms),
    )


def _terms(view: View, text: str) -> list[tuple[str, str, str]]:
    """Classes, relations and questions whose label has the text: path, label, kind."""
    wanted, ontology = fold(text), view.index.ontology
    if not wanted:
        return []
    listed = [
        *((f"/class/{c}", view.class_label(c), "class") for c in ontology.entity_classes),
        *((f"/relation/{r}", view.relation_label(r), "relation") for r in ontology.relations),
        *((f"/questions/{q.name}", q.summary_in(view.language), "questions")
          for q in view.site.questions.values()),
    ]  # fmt: skip
    return [x for x in listed if f" {wanted}" in f" {fold(x[1])}"]


def completions(view: View) -> list[dict[str, str]]:
    """What the script offers for a text that is being typed: entities, then sources.

    ``fill`` is what stands in a form for it: its label where that means it alone, else its id.
    """
    text, index = view.arguments.get("q", "").strip(), view.index
    if not text:
        return []
    meant: dict[str, set[str]] = {}
    for name, hit in index.names:
        meant.setdefault(name, set()).add(hit.id)
    found = []
    for hit in index.find(text, limit=8):
        label = view.label(hit.id)
        is_alone = meant.get(fold(label)) == {hit.id}
        found.append(
            {
                "href": view.link(f"/entity/{hit.id}"),
                "label": label,
                "name": hit.name,
                "type": view.class_label(hit.type),
                "fill": label if is_alone else hit.id,
            }
        )
    return [
        *found,
        *(
            {"href": view.link(f"/source/{hit.id}"), "label": hit.label, "name": hit.name,
             "type": view.class_label("Source"), "fill": hit.id}
            for hit in index.find_sources(text, limit=4)
        ),
    ]  # fmt: skip


def conflicts_page(view: View) -> Page:
    """All conflicts by kind, each side with its statements."""
    by_kind = {kind: [c for c in view.index.conflicts if c.kind == kind] for kind in _KINDS}
    return view.html(
        "conflicts",
        title=view.word("conflicts"),
        kinds=[(kind, [_shown(view, c) for c in found]) for kind, found in by_kind.items()],
        count=len(view.index.conflicts),
    )


def _shown(view: View, conflict: Conflict) -> dict[str, Any]:
    relation, _, other = conflict.about[1].partition(" ")
    return {
        "id": conflict.id,
        "about": view.node(conflict.about[0]),
        "relation": relation,
        "relation_label": view.relation_label(relation),
        "other": _end(view, other) if other else None,
        "sides": [
            (_says(view, conflict, side.says), [view.said(s) for s in side.statements])
            for side in conflict.sides
        ],
        "newer": conflict.newer,
        "verdict": conflict.verdict,
    }


def _end(view: View, text: str) -> Node:
    return view.node(text) if text in view.index.corpus.entities else Node("", text)


def _says(view: View, conflict: Conflict, text: str) -> Node:
    """What a side says: an entity, a value of the ontology, or dates and amounts as they are."""
    if conflict.kind == DENIAL:
        return Node("", view.value_label(text))
    if conflict.kind in (SINCE, UNTIL):
        observed, _, date = text.rpartition(" ")
        if text == OPEN or observed == "still":
            return Node("", view.word("until_open"))
        return Node("", view.word("observed", d=view.date(date)) if observed else view.date(text))
    return _end(view, text)


def about_page(view: View) -> Page:
    """The data, their licence, how to cite them, and how large they are."""
    site, index = view.site, view.index
    manifest = site.graph.store.manifest
    references = references_of(index.corpus, manifest, []) if site.licensed else []
    return view.html(
        "about",
        title=view.word("about"),
        manifest=manifest,
        citation=as_text(references),
        numbers=numbers(view),
    )


def numbers(view: View) -> list[tuple[str, int]]:
    """The figures of a VoID description, counted: https://www.w3.org/TR/void/#statistics."""
    counts = view.site.numbers
    index = view.index
    return [
        *((key, counts[key]) for key in ("triples", "quads", "subjects", "properties", "objects",
                                         "classes_used")),
        ("entities", len(index.entities)),
        ("statements", sum(map(len, index.by_relation.values()))),
        ("sources", len(index.corpus.sources)),
    ]  # fmt: skip


def missing_page(view: View, status: int = 404) -> Page:
    """What is not there, with what may be meant."""
    wanted = view.path.rstrip("/").rpartition("/")[2].replace("-", " ")
    hits = view.index.find(wanted, limit=5)
    return view.html(
        "missing",
        status,
        title=view.word("not_found"),
        hits=[view.node(hit.id) for hit in hits],
    )
