"""The pages of the ontology: all terms, a class, a relation."""

from __future__ import annotations

import math
from itertools import groupby

from kg.ontology import Class, Relation
from kg.site.model import Page
from kg.site.show import Node, View

MOST = 250
"""Entities or statements on one page of a class or relation."""


def ontology_page(view: View) -> Page:
    """All classes as a tree, all relations with from and to."""
    ontology = view.index.ontology
    return view.html(
        "ontology",
        title=view.word("ontology"),
        tree=_tree(view, "Entity", 0, set()),
        relations=sorted(
            ontology.relations.values(), key=lambda r: view.relation_label(r.name).casefold()
        ),
        others=[*ontology.properties.values(), *ontology.values.values()],
    )


def _tree(view: View, name: str, depth: int, shown: set[str]) -> list[tuple[str, int, bool]]:
    """A class and those below it with their depth; one that was shown before has no branch."""
    if name in shown:
        return [(name, depth, False)]
    shown.add(name)
    found = [(name, depth, True)]
    for lower in sorted(view.index.below(name), key=lambda c: view.class_label(c).casefold()):
        found += _tree(view, lower, depth + 1, shown)
    return found


def pages_of(count: int) -> int:
    """On how many pages so many entities or statements stand, at least one."""
    return max(1, math.ceil(count / MOST))


def class_page(view: View, term: Class, page: int = 1) -> Page | None:
    """A page of a class: definition, what is above and below, and its entities by letter."""
    index = view.index
    members = [view.node(e.id) for e in index.entities.values()
               if index.ontology.is_a(e.type, term.name)]  # fmt: skip
    ordered = sorted(members, key=_letter)  # within a letter as they are
    pages = pages_of(len(ordered))
    if page > pages:
        return None
    starts: dict[str, int] = {}
    for place, node in enumerate(ordered):
        starts.setdefault(_letter(node), place // MOST + 1)
    shown = groupby(ordered[(page - 1) * MOST : page * MOST], key=_letter)
    return view.html(
        "class",
        title=_titled(view, view.class_label(term.name), page, pages),
        description=term.definitions.get(view.language, ""),
        term=term,
        below=sorted(index.below(term.name), key=lambda c: view.class_label(c).casefold()),
        starts=starts,
        letters=[(letter, list(nodes)) for letter, nodes in shown],
        count=len(members),
        first=f"/class/{term.name}",
        page=page,
        pages=pages,
    )


def _letter(node: Node) -> str:
    first = node.label[:1].upper()
    return first if first.isalpha() else "#"


def _titled(view: View, title: str, page: int, pages: int) -> str:
    """A title with the number of the page, but for the first."""
    return title if page == 1 else f"{title} – {view.word('page_of', n=page, all=pages)}"


def relation_page(view: View, term: Relation, page: int = 1) -> Page | None:
    """A page of a relation: definition, from what to what, and its statements."""
    index = view.index
    below = [r.name for r in index.ontology.relations.values() if term.name in r.parents]
    statements = index.by_relation.get(term.name, ())
    said = sorted(
        ((view.ends(s), s) for s in statements),
        key=lambda x: (x[0][0].label.casefold(), x[0][1].label.casefold(), x[1].id),
    )
    pages = pages_of(len(said))
    if page > pages:
        return None
    return view.html(
        "relation",
        title=_titled(view, view.relation_label(term.name), page, pages),
        description=term.definitions.get(view.language, ""),
        term=term,
        below=below,
        said=[view.said(s) for _, s in said[(page - 1) * MOST : page * MOST]],
        count=len(said),
        first=f"/relation/{term.name}",
        page=page,
        pages=pages,
    )
