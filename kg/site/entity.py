"""The page of an entity, and its timeline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.dates import OPEN
from kg.errors import KgError
from kg.iris import ENT
from kg.model import Entity, Statement
from kg.site.ego import ego, map_of
from kg.site.formats import ALTERNATES
from kg.site.index import sources_of
from kg.site.model import Page
from kg.site.show import Node, View
from kg.timeline import Lane, as_svg, timeline


@dataclass(frozen=True, slots=True)
class Item:
    """What one relation connects an entity with, and the statements that say so."""

    other: Node
    said: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The statements of one relation, read from one side."""

    relation: str
    label: str
    definition: str
    is_inverse: bool
    items: tuple[Item, ...]

    @property
    def anchor(self) -> str:
        """What the group is called in addresses."""
        return f"r-{self.relation}{'-of' if self.is_inverse else ''}"


def entity_page(view: View, entity: Entity) -> Page:
    """The page of an entity: names, functions over time, statements, surroundings, place."""
    index = view.index
    statements = index.about.get(entity.id, ())
    lanes = _lanes(view, entity)
    seat = index.atlas.seat(entity.id)
    label = view.label(entity.id)
    return view.html(
        "entity",
        title=label,
        description=f"{label}: {view.class_label(entity.type)}. "
        + view.counted(len(statements), "one_statement", "n_statements"),
        alternates=ALTERNATES,
        entity=entity,
        label=label,
        iri=ENT + entity.id,
        names=_other_names(view, entity, label),
        merged=index.merged.get(entity.id, ()),
        statements=statements,
        sources=sources_of(statements),
        conflicts=list(
            dict.fromkeys(c.id for s in statements for c in index.against.get(s.id, ()))
        ),
        groups=groups(view, entity.id, statements),
        picture=_picture(view, _functions(view, lanes), label),
        ego=ego(index, entity.id),
        map=map_of(index, entity.id),
        trails=[[place, *_outwards(view, place)] for place in seat.places],
        neighbours=_neighbours(view, entity.id),
        published=index.published.get(entity.id, ()),
        questions=_questions(view, entity),
        now=now(view, statements, entity.id),
    )


def timeline_page(view: View, entity: Entity) -> Page:
    """Everything dated about an entity as bars, each with its statement below."""
    lanes, label = _lanes(view, entity), view.label(entity.id)
    statements = view.index.statements
    shown = [
        (lane, [view.said(statements[str(b.said["id"])]) for b in lane.bars]) for lane in lanes
    ]
    return view.html(
        "timeline",
        title=view.word("timeline_of", label=label),
        entity=entity,
        label=label,
        lanes=shown,
        picture=_picture(view, lanes, label),
    )


def groups(view: View, entity: str, statements: Iterable[Statement]) -> list[Group]:
    """The statements about an entity by relation and side, then by whom it connects with."""
    found: dict[tuple[bool, str], dict[tuple[str, str], list[Statement]]] = {}
    others: dict[tuple[str, str], Node] = {}
    for statement in statements:
        relation = view.index.relation(statement)
        subject, object_ = view.ends(statement)
        is_inverse = subject.id != entity and not relation.symmetric
        other = subject if subject.id != entity else object_
        key = (other.id, other.label)
        others[key] = other
        of_relation = found.setdefault((is_inverse, relation.name), {})
        of_relation.setdefault(key, []).append(statement)
    made = [
        Group(
            name,
            view.relation_label(name, inverse=is_inverse),
            view.index.ontology.relations[name].definitions.get(view.language, ""),
            is_inverse,
            tuple(
                Item(others[key], tuple(map(view.said, said)))
                for key, said in sorted(items.items(), key=lambda x: (x[0][1].casefold(), x[0]))
            ),
        )
        for (is_inverse, name), items in found.items()
    ]
    return sorted(made, key=lambda g: (not _is_of_persons(view, g.relation), g.is_inverse,
                                       g.label.casefold(), g.relation))  # fmt: skip


def now(view: View, statements: Iterable[Statement], entity: str) -> list[tuple[str, Node]]:
    """What a source says to be so with no end: the offices that an entity has or gives."""
    found: dict[tuple[str, Node], None] = {}
    for statement in statements:
        relation = view.index.relation(statement)
        if relation.holder and statement.until == OPEN and statement.modality == "asserted":
            subject, object_ = view.ends(statement)
            is_inverse = subject.id != entity
            label = view.relation_label(relation.name, inverse=is_inverse)
            found[label, (subject if is_inverse else object_)] = None
    return list(found)


def _lanes(view: View, entity: Entity) -> list[Lane]:
    """The lanes of an entity, the same in every language."""
    return view.site.keep(("lanes", entity.id), lambda: _timeline(view, entity))


def _timeline(view: View, entity: Entity) -> list[Lane]:
    try:
        about = view.index.about.get(entity.id, ())
        return timeline(view.index.corpus, view.index.ontology, [entity.id], statements=about)
    except KgError:  # nothing has a date
        return []


def _functions(view: View, lanes: list[Lane]) -> list[Lane]:
    """The lanes of what persons do, and of beginnings and ends; all where there are none."""
    ontology = view.index.ontology
    chosen = [lane for lane in lanes if ontology.relations[lane.relation].has_date
              or _is_of_persons(view, lane.relation)]  # fmt: skip
    return chosen if any(not lane.bars[0].is_point for lane in chosen) else lanes


def _is_of_persons(view: View, relation: str) -> bool:
    """Whether one end of a relation is always a person: an office or another function."""
    term, ontology = view.index.ontology.relations[relation], view.index.ontology
    return any(ontology.is_a(c, "Person") for c in (term.domain, term.range))


def _picture(view: View, lanes: list[Lane], label: str) -> Any:
    from markupsafe import Markup

    if not lanes:
        return None
    title = view.word("timeline_of", label=label)
    return Markup(as_svg(lanes, title, view.language))  # noqa: S704  (written as XML)


def _other_names(view: View, entity: Entity, label: str) -> list[tuple[str, str | None]]:
    names = [*entity.labels, *entity.aliases]
    names += [n for e in view.index.merged.get(entity.id, ()) for n in (*e.labels, *e.aliases)]
    found: dict[str, str | None] = {}
    for name in names:
        if name.text != label:
            found.setdefault(name.text, None if name.language == view.language else name.language)
    return list(found.items())


def _outwards(view: View, place: str) -> list[str]:
    """What lies around a place, from near to far."""
    atlas = view.index.atlas
    return sorted(atlas.around(place), key=lambda p: (-len(atlas.around(p)), p))


def _neighbours(view: View, entity: str) -> list[tuple[str, list[tuple[Node, int]]]]:
    """All neighbours by class, sorted by label."""
    found: dict[str, list[tuple[Node, int]]] = {}
    for name, count in view.index.neighbours(entity).items():
        node = view.node(name)
        found.setdefault(node.type, []).append((node, count))
    return [
        (type_, sorted(nodes, key=lambda x: (x[0].label.casefold(), x[0].id)))
        for type_, nodes in sorted(found.items(), key=lambda x: view.class_label(x[0]).casefold())
    ]


def _questions(view: View, entity: Entity) -> list[tuple[Any, str]]:
    """The questions with a parameter for such an entity, by the name of its class; not in files."""
    if view.site.static:
        return []
    ontology, found = view.index.ontology, []
    for query in view.site.questions.values():
        for parameter in query.parameters:
            wanted = parameter.name[:1].upper() + parameter.name[1:]
            fits = ontology.is_a(entity.type, wanted) or wanted == "Entity"
            others = [p for p in query.parameters if p is not parameter and p.needed]
            if parameter.kind == "iri" and fits and not others:
                found.append((query, parameter.name))
                break
    return found
