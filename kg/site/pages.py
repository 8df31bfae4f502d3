"""From a path to its page: what a server calls for a request and the static site for a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from kg.site.describe import CITED_AS, data_page, whole
from kg.site.entity import entity_page, timeline_page
from kg.site.formats import DESCRIBED, MEDIA_TYPES, SUFFIXES
from kg.site.home import (
    about_page,
    completions,
    conflicts_page,
    home_page,
    missing_page,
    search_page,
)
from kg.site.model import Page, Site
from kg.site.questions import DOWNLOADS, download_page, question_page, questions_page
from kg.site.show import View
from kg.site.source import source_page, sources_page
from kg.site.statement import statement_page
from kg.site.terms import class_page, ontology_page, pages_of, relation_page
from kg.site.words import LANGUAGES
from kg.tables import as_json

WHOLE = ("ttl", "jsonld", "nt", "trig", "nq", "rdfxml")
"""The formats of the whole graph, at ``/graph.ttl`` and so on."""
_SINGLE: Mapping[str, Callable[[View], Page]] = {
    "/": home_page,
    "/search": search_page,
    "/sources": sources_page,
    "/questions": questions_page,
    "/conflicts": conflicts_page,
    "/ontology": ontology_page,
    "/about": about_page,
}
_FURTHER = re.compile(r"([2-9]|[1-9][0-9]{1,5})\Z", re.ASCII)
_FOREVER = "public, max-age=31536000, immutable"


def render(site: Site, path: str, arguments: Mapping[str, str], language: str) -> Page:
    """The page at a path.

    Args:
        site: the graph and how it is shown.
        path: without prefix and language (``kg.site.links.split_language``), percent-decoded:
            ``/entity/acod``, ``/entity/acod.ttl``, ``/questions/funding``, ``/assets/…``.
        arguments: of the query string, each once.
        language: ``de`` or ``en``.

    Returns:
        Always a page, also for what is not there (404) or was asked wrongly (400); a merged entity
        is a 301 with ``Location``. Nothing is raised for what a visitor can cause.
    """
    language = language if language in LANGUAGES else LANGUAGES[0]
    path = path if path == "/" else path.rstrip("/") or "/"
    view = View(site, path, language, arguments)
    if single := _SINGLE.get(path):
        return single(view)
    if path == "/network":
        return network_page(site)
    if path == "/complete.json":
        spoken = arguments.get("language", language)
        view = View(site, path, spoken if spoken in LANGUAGES else language, arguments)
        return Page(200, MEDIA_TYPES["json"], as_json(completions(view)).encode())
    first, _, name = path.removeprefix("/").partition("/")
    found = _page_of(view, first, name) or _data_of(site, view, first, name)
    return found or missing_page(view)


def _page_of(view: View, kind: str, name: str) -> Page | None:
    """The page of one thing; None where there is none."""
    index = view.index
    if kind in ("entity", "timeline"):
        if entity := index.entities.get(name):
            return entity_page(view, entity) if kind == "entity" else timeline_page(view, entity)
        if (kept := index.canonical(name)) in index.entities:
            return _moved(view, kept, f"/{kind}/{kept}")
    elif kind == "source" and (source := index.corpus.sources.get(name)):
        return source_page(view, source)
    elif kind == "statement" and (statement := index.statements.get(name)):
        return statement_page(view, statement)
    elif kind in ("class", "relation"):
        return _term_page(view, kind, name)
    elif kind == "questions" and (query := view.site.questions.get(name)):
        return question_page(view, query)
    return None


def _term_page(view: View, kind: str, name: str) -> Page | None:
    """A page of a class or relation: ``Person``, and from the second on ``Person/2``."""
    ontology = view.index.ontology
    name, slash, number = name.partition("/")
    if slash and not _FURTHER.match(number):
        return None
    if kind == "class" and name in ontology.entity_classes:
        return class_page(view, ontology.classes[name], int(number or 1))
    if kind == "relation" and (relation := ontology.relations.get(name)):
        return relation_page(view, relation, int(number or 1))
    return None


def _data_of(site: Site, view: View, kind: str, name: str) -> Page | None:
    """What a path with an ending names: data, a download, an asset; None where there is none."""
    stem, point, suffix = name.rpartition(".")
    if not name and kind.startswith("graph."):
        format_ = kind.removeprefix("graph.")
        if format_ in WHOLE:
            return Page(200, MEDIA_TYPES[format_], whole(site, format_))
    if not point:
        return None
    if kind == "assets":
        content = next((c for p, c in site.assets.values() if p == f"/assets/{name}"), None)
        headers = {"Cache-Control": _FOREVER}
        return None if content is None else Page(200, MEDIA_TYPES[suffix], content, headers)
    if kind == "questions" and suffix in DOWNLOADS and (query := site.questions.get(stem)):
        return download_page(view, query, suffix)
    if kind in DESCRIBED and _has(site, kind, stem):
        return data_page(site, kind, stem, suffix)
    if kind == "entity" and (kept := site.index.canonical(stem)) in site.index.entities:
        return _moved(view, kept, f"/entity/{kept}.{suffix}") if suffix in SUFFIXES else None
    return None


def _has(site: Site, kind: str, name: str) -> bool:
    index = site.index
    known = {"entity": index.entities, "source": index.corpus.sources}
    return name in known.get(kind, index.statements)


def _moved(view: View, kept: str, path: str) -> Page:
    """The page that sends a visitor on to an entity that another one was merged into."""
    site = view.site
    address = view.link(path)
    if site.static:  # a file can only say where to go
        name = view.path.rpartition("/")[2]
        label = view.label(name)
        return view.html("moved", title=label, label=label, kept=view.label(kept), address=address)
    return Page(301, "text/plain; charset=utf-8", b"", {"Location": address})


def network_page(site: Site) -> Page:
    """The network as a page of its own, made once; its policy stands in it, by hashes."""
    headers = {"Content-Security-Policy": "frame-ancestors 'none'"}
    return Page(200, MEDIA_TYPES["html"], site.network, headers)


def paths(site: Site) -> Iterator[str]:
    """Every path of the static site, without languages, in a fixed order."""
    index = site.index
    yield from _SINGLE
    yield "/network"
    yield from (path for path, _ in site.assets.values())
    for entity in sorted(index.corpus.entities):
        yield f"/entity/{entity}"
        if entity in index.entities:
            yield f"/timeline/{entity}"
            yield from (f"/entity/{entity}.{s}" for s in (*SUFFIXES, *CITED_AS))
    for source in sorted(index.corpus.sources):
        yield f"/source/{source}"
        yield from (f"/source/{source}.{s}" for s in (*SUFFIXES, *CITED_AS))
    for statement in sorted(index.statements):
        yield f"/statement/{statement}"
        yield from (f"/statement/{statement}.{s}" for s in (*SUFFIXES, *CITED_AS))
    for name in sorted(index.ontology.entity_classes):
        yield from _numbered(f"/class/{name}", index.count_of_class(name))
    for name in sorted(index.ontology.relations):
        yield from _numbered(f"/relation/{name}", len(index.by_relation.get(name, ())))
    for query in site.questions.values():
        yield f"/questions/{query.name}"
        if not any(p.needed for p in query.parameters):
            yield from (f"/questions/{query.name}.{s}" for s in DOWNLOADS)
    yield from (f"/graph.{s}" for s in WHOLE)


def _numbered(path: str, count: int) -> Iterator[str]:
    """The pages of a class or relation."""
    yield path
    yield from (f"{path}/{number}" for number in range(2, pages_of(count) + 1))
