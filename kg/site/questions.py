"""The pages of questions: the list, and one with its form, its answer and its SPARQL."""

from __future__ import annotations

import math
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.answers import Iri, Value
from kg.columns import Column, Written
from kg.errors import KgError
from kg.iris import AKT, CONFLICT, shorten
from kg.queries import Parameter, Query, terms_of
from kg.search import fold
from kg.site.formats import MEDIA_TYPES
from kg.site.index import is_web
from kg.site.model import Page, Unanswered
from kg.site.problems import Problem, explained
from kg.site.show import View
from kg.sparql import bind
from kg.tables import Table, cell, write_table
from kg.tabulate import write_workbook

PAGE_ROWS = 50
"""Rows on a page of a server; a file has all."""
DOWNLOADS = ("csv", "json", "xlsx")
_DATE = re.compile(r"[\dX]{4}(-[\dX]{2}){0,2}[~?%]?\Z")
SORT, FILTER, PAGE = "_sort", "_filter", "_page"
"""Arguments of the table; parameters of questions have no underscore."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, where it leads to, and what kind of text it is."""

    text: str
    href: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The part of an answer that a page shows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    count: int
    all: int
    page: int
    pages: int


def questions_page(view: View) -> Page:
    """All questions by tag."""
    tags: dict[str, list[Query]] = {}
    for query in view.site.questions.values():
        tags.setdefault(query.tags[0] if query.tags else "other", []).append(query)
    return view.html(
        "questions",
        title=view.word("questions"),
        tags=[(tag, tags[tag]) for tag in sorted(tags, key=lambda t: tag_label(view, t))],
        tag_label=lambda tag: tag_label(view, tag),
    )


def tag_label(view: View, tag: str) -> str:
    """What a tag of a question is called."""
    try:
        return view.word(f"tag_{tag}")
    except KeyError:
        return tag


def question_page(view: View, query: Query) -> Page:
    """A question with its form and, where it has all it needs, its answer."""
    site = view.site
    given = {} if site.static else given_parameters(view.arguments, query)
    status, shown = 200, None
    problem: Problem | None = None
    retry: dict[str, str] = {}
    if all(p.name in given or not p.needed for p in query.parameters):
        try:
            shown = shown_rows(view, site.answer(query, given))
        except Unanswered as error:
            status, problem = error.status, explained(view, query, given, error)
            retry = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
        except KgError as error:
            status, problem = (400 if given else 200), explained(view, query, given, error)
    page = view.html(
        "question",
        status,
        title=query.summary_in(view.language),
        description=query.description_in(view.language),
        query=query,
        given=given,
        shown=shown,
        problem=problem,
        sparql=_sparql(view, query, given) if problem is None else query.text,
        command=_command(query),
        sort=view.arguments.get(SORT, ""),
        filter=view.arguments.get(FILTER, ""),
        downloads=DOWNLOADS,
        hint=lambda p: hint(view, p),
        sorted_by=lambda column: _sorted_by(view, given, column),
        on_page=lambda number: _on_page(view, given, number),
    )
    return Page(page.status, page.content_type, page.body, {**page.headers, **retry})


def _sorted_by(view: View, given: Mapping[str, str], column: str) -> dict[str, str]:
    """The arguments of the same answer sorted by a column, or the other way round."""
    turned = f"-{column}" if view.arguments.get(SORT) == column else column
    kept = {FILTER: view.arguments[FILTER]} if view.arguments.get(FILTER) else {}
    return {**given, **kept, SORT: turned}


def _on_page(view: View, given: Mapping[str, str], number: int) -> dict[str, str]:
    """The arguments of another page of the same answer."""
    kept = {k: view.arguments[k] for k in (SORT, FILTER) if view.arguments.get(k)}
    return {**given, **kept, PAGE: str(number)}


def given_parameters(arguments: Mapping[str, str], query: Query) -> dict[str, str]:
    """The parameters of a question among the arguments of an address; empty ones are none."""
    names = {p.name for p in query.parameters}
    return {k: v.strip() for k, v in arguments.items() if k in names and v.strip()}


def download_page(view: View, query: Query, suffix: str) -> Page:
    """The whole answer of a question as a file."""
    given = {} if view.site.static else given_parameters(view.arguments, query)
    try:
        table = view.site.answer(query, given)
        content = workbook(table) if suffix == "xlsx" else write_table(table, suffix).encode()
    except KgError as error:
        status = error.status if isinstance(error, Unanswered) else 400
        told = explained(view, query, given, error)
        text = " ".join(filter(None, (told.text, told.detail)))
        return Page(status, "text/plain; charset=utf-8", f"{text}\n".encode("utf-8", "replace"))
    name = {"Content-Disposition": f'attachment; filename="{query.name}.{suffix}"'}
    return Page(200, MEDIA_TYPES[suffix], content, name)


def workbook(table: Table) -> bytes:
    """An answer as xlsx; numbers are numbers, everything else is text."""
    columns = tuple(
        Column(name, "", number=_is_number([row[place] for row in table.rows]))
        for place, name in enumerate(table.columns)
    )
    rows = tuple(
        {name: str(v) if isinstance(v, Iri) else cell(v)
         for name, v in zip(table.columns, row, strict=True) if v is not None}
        for row in table.rows
    )  # fmt: skip
    return write_workbook([Written("answer", columns, rows)])


def _is_number(values: Sequence[Value | None]) -> bool:
    found = [v for v in values if v is not None]
    return bool(found) and all(
        isinstance(v, int | float | Decimal) and not isinstance(v, bool) for v in found
    )


def shown_rows(view: View, table: Table) -> Shown:
    """The rows to show: labels in place of IRIs; on a server filtered, sorted and paged.

    Of two columns ``body`` and ``bodyLabel`` one is shown, as in ``kg query``.
    """
    places = {name: place for place, name in enumerate(table.columns)}
    names = [c for c in table.columns if not (c.endswith("Label") and c[:-5] in places)]
    rows = [tuple(_cell(view, name, row, places) for name in names) for row in table.rows]
    empty = {i for i in range(len(names)) if rows and not any(row[i].text for row in rows)}
    kept = [i for i in range(len(names)) if i not in empty]
    columns = tuple(names[i].removesuffix("Label") for i in kept)
    rows = [tuple(row[i] for i in kept) for row in rows]
    if view.site.static:
        return Shown(columns, tuple(rows), len(rows), len(rows), 1, 1)
    count = len(rows)
    if wanted := fold(view.arguments.get(FILTER, "")[:200]):
        rows = [row for row in rows if wanted in fold(" ".join(c.text for c in row))]
    sort = view.arguments.get(SORT, "")
    if (name := sort.removeprefix("-")) in columns:
        place = columns.index(name)
        rows.sort(key=lambda row: _order(row[place].text), reverse=sort.startswith("-"))
    pages = max(1, math.ceil(len(rows) / PAGE_ROWS))
    asked = view.arguments.get(PAGE, "1")
    page = min(pages, max(1, int(asked) if asked.isascii() and asked.isdigit() else 1))
    part = rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    return Shown(columns, tuple(part), len(rows), count, page, pages)


def _order(text: str) -> tuple[int, float, str]:
    """Numbers by value before texts as they are spoken; nothing last."""
    if not text:
        return 2, 0.0, ""
    try:
        return 0, float(text), ""
    except ValueError:
        return 1, 0.0, fold(text)


def _cell(view: View, name: str, row: Sequence[Value | None], places: Mapping[str, int]) -> Cell:
    value = row[places[name]]
    label = row[places[f"{name}Label"]] if f"{name}Label" in places else None
    if value is None:
        return Cell("" if label is None else cell(label))
    if isinstance(value, Iri):
        return _iri_cell(view, value, label)
    text = cell(value)
    if _is_number([value]):
        return Cell(text, kind="number")
    if name in ("quote", "note", "reason"):
        return Cell(text, kind=name)
    if _DATE.match(text):
        return Cell(text, kind="date")
    return Cell(text, href=text if is_web(text) else "")


def _iri_cell(view: View, iri: Iri, label: Value | None) -> Cell:
    index = view.index
    if path := index.path_of(iri):
        _, kind, identifier = path.split("/", 2)
        if kind == "entity":
            node = view.node(identifier)
            return Cell(node.label, node.href, "wide")
        if kind == "source":
            return Cell(index.corpus.sources[identifier].title, view.link(path), "source")
        return Cell(view.word("statement"), view.link(path))
    if iri.startswith(AKT):
        term = iri.removeprefix(AKT)
        if term in index.ontology.relations:
            return Cell(view.relation_label(term), view.link(f"/relation/{term}"))
        if term in index.ontology.classes:
            return Cell(view.class_label(term), view.link(f"/class/{term}"))
        return Cell(view.value_label(term))
    if iri.startswith(CONFLICT):
        fragment = f"c-{iri.removeprefix(CONFLICT)}"
        return Cell(view.word("one_conflict_here"), view.link("/conflicts", fragment=fragment))
    text = shorten(iri) if label is None else cell(label)
    return Cell(text, href=iri if is_web(iri) else "")


def hint(view: View, parameter: Parameter) -> str:
    """What may be typed for a parameter."""
    known = {"iri": "parameter_iri", "date": "parameter_date", "integer": "parameter_integer"}
    return view.word(known.get(parameter.kind, "parameter_text"))


def _sparql(view: View, query: Query, given: Mapping[str, str]) -> str:
    """The query as it is run, its parameters filled in where all are there."""
    try:
        return bind(query.text, terms_of(view.site.graph.store, query, given))
    except KgError:
        return query.text


def _command(query: Query) -> str:
    words = ["kg", "query", query.name]
    for parameter in query.parameters:
        if parameter.needed or parameter.default is not None:
            words += ["-p", f"{parameter.name}={parameter.default or '…'}"]
    return " ".join(w if "…" in w else shlex.quote(w) for w in words)
