"""What a site is made of, what a page is, and all that is computed once for all pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from kg.answers import Quad
from kg.errors import KgError
from kg.graph import Graph
from kg.queries import Query, library
from kg.site.assets import assets
from kg.site.index import Index
from kg.tables import Table

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
"""Content security policy of every page but the network: only files of the site itself count."""

POLICY_OF_FILES = POLICY.replace("'self'", "'self' file:").replace("; frame-ancestors 'none'", "")
"""The same where pages are files: there ``'self'`` means nothing to some browsers, and a ``meta``
element cannot say who may frame a page."""

_NUMBERS = """SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
  (COUNT(DISTINCT ?p) AS ?properties) (COUNT(DISTINCT ?o) AS ?objects)
  (COUNT(DISTINCT ?class) AS ?classes_used)
WHERE { ?s ?p ?o BIND(IF(?p = rdf:type, ?o, ?none) AS ?class) }"""

_T = TypeVar("_T")
_MOST_KEPT = 20_000
"""Pieces of pages, some hundred bytes each."""
Ask = Callable[[Query, Mapping[str, str]], Table]
"""Runs a named question with parameters given as texts; raises ``KgError``."""


class Unanswered(KgError):
    """A question that was not answered for a reason that is not its own: too busy, too long.

    Raised by what is injected as ``Site.ask``; the page then has this status (503 or 504).
    """

    def __init__(self, message: str, status: int = 503, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Page:
    """An answer to a request, or a file; ``headers`` are sent as they are."""

    status: int
    content_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Site:
    """A graph with what all its pages need; frozen, so that threads may share it.

    A rebuilt graph is a new ``Site``. Nothing of a request is kept.
    """

    graph: Graph
    prefix: str = ""
    """Where the site lies on its host, such as ``/akteursnetz``; never with a slash at its end."""
    static: bool = False
    """Whether pages are files: links are relative and nothing can be asked."""
    texts: Path | None = None
    """A folder of ``<source-id>.txt`` to show passages in; the texts are then part of the site."""
    ask: Ask | None = None
    """How named questions are run; default in this process."""
    licensed: bool = True
    """Whether the data are Akteursnetz' own, under CC BY 4.0."""
    endpoint: str | None = None
    """The path of the page that takes SPARQL, where there is one, such as ``/sparql``."""

    @cached_property
    def index(self) -> Index:
        """What the pages look up."""
        return Index(self.graph.corpus, self.graph.ontology, tuple(self.graph.conflicts()))

    @cached_property
    def assets(self) -> Mapping[str, tuple[str, bytes]]:
        """Path and content of what pages load, by plain name."""
        return assets(self.index)

    @cached_property
    def network(self) -> bytes:
        """The page of the network."""
        from kg.cite import made_by
        from kg.page import network_page
        from kg.pagedata import known_of

        manifest, index = self.graph.store.manifest, self.index
        known = known_of(
            index.corpus, index.ontology, index.conflicts, manifest if self.licensed else None
        )
        page = network_page(
            self.graph.network(),
            title="Akteursnetz",
            made_by=made_by("kg network", manifest),
            licensed=self.licensed,
            known=known,
            home="index.html" if self.static else f"{self.prefix}/",
        )
        return page.encode()

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """How large the graph is: of the merged graph, and ``quads`` of all graphs."""
        store = self.graph.store
        (row,) = store.select(_NUMBERS)
        counts = {key: int(str(value)) for key, value in row.items()}
        return {**counts, "quads": store.manifest.quads}

    @cached_property
    def questions(self) -> Mapping[str, Query]:
        """The named questions by name."""
        return library()

    def answer(self, query: Query, parameters: Mapping[str, str]) -> Table:
        """The rows of a named question.

        Raises:
            KgError: a parameter is wrong, or (``Unanswered``) there is no answer now.
        """
        if self.ask is not None:
            return self.ask(query, parameters)
        if not self.static:
            return self.graph.select(query, **parameters)
        if query.name not in self._answers:  # of files, four show the same answer
            self._answers[query.name] = self.graph.select(query)
        return self._answers[query.name]

    def keep(self, key: tuple[object, ...], make: Callable[[], _T]) -> _T:
        """What ``make`` gives, made once; of a piece of a page, never of what a visitor sends."""
        found: _T | None = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[key] = make()
        return found

    @cached_property
    def _kept(self) -> dict[tuple[object, ...], Any]:
        return {}

    def quads(self, graph: str | None) -> list[Quad]:
        """All quads, or those of one graph, sorted; for files they are read once."""
        if not self.static:
            return self.graph.store.quads(graph)
        return self.keep(("quads", graph), lambda: self.graph.store.quads(graph))

    def described(self, kind: str, name: str, read: Callable[[Site, str, str], list[Quad]]
                  ) -> list[Quad]:  # fmt: skip
        """The triples of something; in files, three formats of it follow one another."""
        if not self.static:
            return read(self, kind, name)
        if (kind, name) not in self._described:
            self._described.clear()
            self._described[kind, name] = read(self, kind, name)
        return self._described[kind, name]

    @cached_property
    def _described(self) -> dict[tuple[str, str], list[Quad]]:
        """What was described last, in files."""
        return {}

    @cached_property
    def _answers(self) -> dict[str, Table]:
        """The answers of questions with nothing told, in files."""
        return {}
