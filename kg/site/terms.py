"""The pages of the ontology: all terms, a class, a relation."""

from __future__ import annotations

from kg.ontology import Class, Relation
from kg.site.model import Page
from kg.site.show import Node, View


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


def class_page(view: View, term: Class) -> Page:
    """The page of a class: definition, what is above and below, and all its entities."""
    index = view.index
    members = [view.node(e.id) for e in index.entities.values()
               if index.ontology.is_a(e.type, term.name)]  # fmt: skip
    letters: dict[str, list[Node]] = {}
    for node in members:
        first = node.label[:1].upper()
        letters.setdefault(first if first.isalpha() else "#", []).append(node)
    return view.html(
        "class",
        title=view.class_label(term.name),
        description=term.definitions.get(view.language, ""),
        term=term,
        below=sorted(index.below(term.name), key=lambda c: view.class_label(c).casefold()),
        letters=sorted(letters.items()),
        count=len(members),
    )


def relation_page(view: View, term: Relation) -> Page:
    """The page of a relation: definition, from what to what, and all its statements."""
    index = view.index
    below = [r.name for r in index.ontology.relations.values() if term.name in r.parents]
    statements = index.by_relation.get(term.name, ())
    said = sorted(
        ((view.ends(s), s) for s in statements),
        key=lambda x: (x[0][0].label.casefold(), x[0][1].label.casefold(), x[1].id),
    )
    return view.html(
        "relation",
        title=view.relation_label(term.name),
        description=term.definitions.get(view.language, ""),
        term=term,
        below=below,
        said=[view.said(s) for _, s in said],
    )
