"""The page of a statement: everything that is known of it, and how to cite it."""

from __future__ import annotations

from kg.iris import STM
from kg.model import Statement, Validity
from kg.site.describe import citation
from kg.site.formats import ALTERNATES
from kg.site.model import Page
from kg.site.show import View


def statement_page(view: View, statement: Statement) -> Page:
    """The page of a statement."""
    index, identifier = view.index, statement.id
    said = view.said(statement)
    title = f"{said['subject'].label} – {said['relation_label']} – {said['object'].label}"
    return view.html(
        "statement",
        title=title,
        alternates=ALTERNATES,
        s=said,
        statement=statement,
        iri=STM + identifier,
        definition=index.relation(statement).definitions.get(view.language, ""),
        others=[view.said(s) for s in index.same(statement) if s.id != identifier],
        bounds=_bounds(view, statement.validity),
        citation=citation(view.site, "statement", identifier),
    )


def _bounds(view: View, validity: Validity) -> list[tuple[str, str]]:
    """What follows for the beginning and the end, in words."""
    found = []
    for key, first, last in (("begins", validity.earliest_start, validity.latest_start),
                             ("ends", validity.earliest_end, validity.latest_end)):  # fmt: skip
        a, b = (view.date(day.isoformat()) if day else "" for day in (first, last))
        if a and b:
            found.append((view.word(key), a if a == b else view.word("between", a=a, b=b)))
        elif a or b:
            text = view.word("from_day", d=a) if a else view.word("to_day", d=b)
            found.append((view.word(key), text))
    return found
