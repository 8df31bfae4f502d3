"""The pages of sources: all of them, and one with what it says."""

from __future__ import annotations

from kg.errors import KgError
from kg.iris import SRC
from kg.model import Source, Statement
from kg.passages import text_of
from kg.site.describe import citation
from kg.site.formats import ALTERNATES
from kg.site.model import Page
from kg.site.passages import Segment, segments
from kg.site.show import View


def sources_page(view: View) -> Page:
    """All sources, newest first, by year."""
    years: dict[str, list[Source]] = {}
    for source in view.index.newest:
        years.setdefault((source.published or "")[:4], []).append(source)
    return view.html(
        "sources",
        title=view.word("sources"),
        years=[(year or view.word("undated"), found) for year, found in years.items()],
    )


def source_page(view: View, source: Source) -> Page:
    """The page of a source: what it says in the order of its text, and what only it says."""
    index = view.index
    counting = [s for s in source.statements if not s.withdrawn]
    ordered = sorted(source.statements, key=_place)
    publisher = index.canonical(source.publisher)
    more = [s for s in index.published.get(publisher, ()) if s.id != source.id]
    named = {end for s in counting for end in index.triple(s)[::2] if end in index.entities}
    text, is_the_one = _text(view, source)
    return view.html(
        "source",
        title=source.title,
        description=f"{view.label(source.publisher)}, {view.date(source.published)}",
        alternates=ALTERNATES,
        source=source,
        iri=SRC + source.id,
        publisher=view.node(source.publisher),
        said=[view.said(s) for s in ordered],
        counting=len(counting),
        only=sum(map(index.is_only_here, counting)),
        quoted=sum(not s.cited for s in counting),
        named=sorted(map(view.node, named), key=lambda n: (n.label.casefold(), n.id)),
        more=more,
        text=text,
        is_the_one=is_the_one,
        citation=citation(view.site, "source", source.id),
    )


def _place(statement: Statement) -> tuple[int, str, str]:
    starts = [e.start for e in statement.evidence if e.start is not None]
    return (min(starts) if starts else 1 << 60), statement.relation, statement.id


def _text(view: View, source: Source) -> tuple[list[Segment], bool]:
    try:
        found = text_of(view.site.texts, source)
    except KgError:  # a text that cannot be read is as good as none
        return [], True
    if found is None:
        return [], True
    text, is_the_one = found
    return (segments(text, source.statements) if is_the_one else []), is_the_one
