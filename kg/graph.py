"""The library object: a graph that can be asked, shown, projected and exported."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.answers import Answer, Store
from kg.build import kept_store
from kg.errors import QueryError, UsageError, did_you_mean
from kg.files import shipped
from kg.queries import Query, named_query, parse_query, read_query, run
from kg.store import memory_store, open_store

# What a query does not need is imported where it is used: half of a query's time is start-up.
if TYPE_CHECKING:
    from typing import Unpack

    import networkx as nx

    from kg.asking import How
    from kg.conflicts import Conflict
    from kg.edges import Edges
    from kg.model import Corpus
    from kg.ontology import Ontology
    from kg.paths import Way
    from kg.profile import Profile, Record
    from kg.search import Hit
    from kg.tables import Table
    from kg.timeline import Lane
    from kg.validity import Period


def load(data: str | Path | None = None, *, store: str | Path | None = None) -> Graph:
    """Open a graph.

    Args:
        data: a data folder; default the packaged one. Its store is built on first use and again
            when the data changed.
        store: a store built by ``kg build --store``, or the address of a SPARQL endpoint that
            ``kg push`` filled; then ``data`` is not looked at.

    Raises:
        KgError: the folder is no data folder, its data has problems, or there is no store.
    """
    if store is not None:
        if str(store).startswith(("http://", "https://")):
            from kg.endpoint import Endpoint

            return Graph(Endpoint(str(store)))
        return Graph(open_store(Path(store)))
    return Graph(kept_store(Path(data) if data is not None else shipped("data")))


@dataclass(frozen=True)
class Graph:
    """A knowledge graph; get one by ``kg.load()``."""

    store: Store
    when: Period | None = None
    """The period that the graph was restricted to, if it was."""

    def restricted(
        self,
        *,
        at: str | None = None,
        since: str | None = None,
        until: str | None = None,
        sources: Collection[str] = (),
        roll_up: bool = False,
    ) -> Graph:
        """A part of this graph as a graph of its own, in memory.

        Args:
            at: only what may hold at this EDTF date; its statements say by ``akt:holds`` whether
                they are ``akt:certain`` or ``akt:possible`` then.
            since: only what may hold then or later; with ``until``, in between.
            until: see ``since``.
            sources: only what these sources (by id) say.
            roll_up: each chain of successors (but of persons) as one entity, the last.

        Raises:
            UsageError: no such date, or the period ends before it begins.
            UnknownName: no such source.
        """
        from kg.build import corpus_nquads
        from kg.restrict import at_time, of_sources, rolled_up
        from kg.validity import period, with_validity

        corpus, when = self.corpus, self.when
        if sources:
            corpus = of_sources(corpus, sources)
        if roll_up:
            corpus = rolled_up(corpus, self.ontology)
        if sources or roll_up:  # holders bound each other by what is left, as one body
            corpus = with_validity(corpus, self.ontology)
        if at or since or until:
            try:
                when = period(at, since, until)
            except ValueError as error:
                raise UsageError(str(error)) from error
            corpus = at_time(corpus, when)
        manifest = self.store.manifest
        nquads = corpus_nquads(corpus, self.ontology, when)
        return Graph(memory_store(nquads, manifest.made_from, manifest.version), when)

    @cached_property
    def corpus(self) -> Corpus:
        """All entities, sources and statements, as values of ``kg.model``."""
        from kg.reading import read_graph

        return read_graph(self.store)

    @cached_property
    def ontology(self) -> Ontology:
        """Classes and relations with labels and definitions in German and English."""
        from kg.reading import read_store_ontology

        return read_store_ontology(self.store)

    def query(self, question: str | Path | Query, /, **parameters: str) -> Answer:
        """Run a named question, a ``.rq`` file or SPARQL text.

        Args:
            question: the name of a question (see ``kg queries``), a path of a ``.rq``, or SPARQL.
            parameters: the question's parameters; entities may be given by any of their names.

        Raises:
            UsageError: no such question or parameter.
            UnknownName: a name means no entity, or several.
            QueryError: the SPARQL is wrong or may not be run.
        """
        query = question if isinstance(question, Query) else find_query(question)
        return run(self.store, query, parameters)

    def select(self, question: str | Path | Query, /, **parameters: str) -> Table:
        """The rows of a SELECT; arguments and errors as for ``query``."""
        from kg.tables import table_of

        return table_of(self.query(question, **parameters))

    def ask(self, question: str | Path | Query, /, **parameters: str) -> bool:
        """The answer of an ASK; arguments and errors as for ``query``."""
        answer = self.query(question, **parameters)
        if answer.kind != "ask":
            raise QueryError("this is no ASK query, use .select() or .query()")
        return bool(answer)

    def search(self, text: str, *, limit: int = 10) -> list[Hit]:
        """The entities whose names are nearest to ``text``, best first."""
        from kg.search import search

        return search(self.store, text, limit=limit)

    def show(self, name: str) -> Profile:
        """The profile of the entity that ``name`` (id, IRI or any name) means.

        Raises:
            UnknownName: no entity is called so, or several are.
        """
        from kg.profile import read_profile

        return read_profile(self.store, name, self.when)

    def evidence(self, name: str) -> list[Record]:
        """The statements behind a statement or source (id or IRI) or an entity (any name).

        Raises:
            UnknownName: there is nothing of this name.
        """
        from kg.evidence import evidence_for

        return evidence_for(self.store, name, self.when)

    def with_evidence(self, question: str | Path | Query, /, **parameters: str) -> Table:
        """The rows of a SELECT, each with the statements that support it; see ``query``."""
        from kg.evidence import with_evidence
        from kg.queries import terms_of
        from kg.sparql import bind

        query = question if isinstance(question, Query) else find_query(question)
        text = bind(query.text, terms_of(self.store, query, parameters))
        return with_evidence(self.store, text, self.corpus, self.ontology, self.when)

    def conflicts(self) -> list[Conflict]:
        """Statements of different sources that cannot both hold."""
        from kg.conflicts import find_conflicts

        return find_conflicts(self.corpus, self.ontology)

    def network(self, **how: Unpack[How]) -> nx.MultiDiGraph[str]:
        """The network of actors and what connects them, or another by a ``rule``.

        Args:
            how: filters and how to project, as ``kg.asking.How`` lists them.

        Raises:
            UsageError: an unknown rule, class, relation or option.
            UnknownName: a name means no entity, or several.
        """
        from kg.asking import arguments
        from kg.projection import project

        asked = arguments(self.store, how)
        return project(self.corpus, self.ontology, **asked, when=self.when)

    def networks(self, window: str, step: str | None = None, **how: Unpack[How]
                 ) -> list[tuple[Period, nx.MultiDiGraph[str]]]:  # fmt: skip
        """The networks of moving windows within the period of this graph (see ``restricted``).

        Args:
            window: how long each is, such as ``2y``, ``6m``, ``P1Y6M``.
            step: how long after one the next begins; default ``window``.
            how: as for ``network``, as are the errors.

        Raises:
            UsageError: the graph has no period with two ends, or no window fits.
        """
        from kg.asking import arguments
        from kg.windows import series, windows

        asked = arguments(self.store, how)
        return series(self.corpus, self.ontology, windows(self.when, window, step), **asked)

    def measures(
        self, *names: str, by: str = "type", sort: str | None = None, **how: Unpack[How]
    ) -> Table:
        """Measures of every actor of a network, a row each.

        Args:
            names: names of ``kg.measures.MEASURES``; none means all.
            by: brokers are told apart by ``type`` or by ``state``.
            sort: the column to sort by; default the first measure.
            how: which network, as for ``network``, as are the errors.

        Raises:
            UsageError: an unknown measure, grouping or column.
        """
        from kg.measure_tables import actor_table

        return actor_table([(None, self.network(**how))], names, by=by, sort=sort)

    def edges(self, classes: Collection[str] = (), relations: Collection[str] = ()) -> Edges:
        """The actor network as columns of numbers, for graphs of any size; see ``kg.edges``.

        Raises:
            UsageError: an unknown class or relation.
        """
        from kg.edges import read_edges
        from kg.network import CONNECTING

        return read_edges(
            self.store, self.ontology, classes=classes or CONNECTING, relations=relations
        )

    def network_measures(self, **how: Unpack[How]) -> Table:
        """Measures of a whole network, in one row; arguments and errors as for ``network``."""
        from kg.measure_tables import network_table

        return network_table([(None, self.network(**how))])

    def paths(self, one: str, other: str, *, limit: int = 5) -> list[Way]:
        """The shortest ways between two actors (any of their names), with their statements.

        Raises:
            UnknownName: no entity is called so, or several are.
            KgError: one of them is no actor or the like, or nothing connects them.
        """
        from kg.paths import shortest_ways
        from kg.search import find_entity

        first, last = (find_entity(self.store, name) for name in (one, other))
        return shortest_ways(self.network(), first, last, limit=limit)

    def timeline(self, *names: str, relations: Collection[str] = ()) -> list[Lane]:
        """What is known of entities (any of their names) in time, for ``kg.timeline.as_svg``.

        Args:
            names: whom it is about.
            relations: only these, with those below them; none means all.

        Raises:
            UnknownName: no entity is called so, or several are.
            UsageError: there is no such relation.
            KgError: no statement about them has a date.
        """
        from kg.search import find_entity
        from kg.timeline import timeline

        entities = list(dict.fromkeys(find_entity(self.store, name) for name in names))
        return timeline(self.corpus, self.ontology, entities, relations)

    def export(self, format_: str) -> bytes:
        """The whole graph as ``ttl``, ``trig``, ``nt``, ``nq``, ``jsonld`` or ``rdfxml``.

        Raises:
            UsageError: there is no such format.
        """
        from kg.export import FORMATS, export

        if format_ not in FORMATS:
            raise UsageError(f"unknown format '{format_}', {did_you_mean(format_, FORMATS)}")

        return export(self.store, format_)


def find_query(question: str | Path) -> Query:
    """The query that a text means: SPARQL, the path of a ``.rq`` file, or a name.

    Raises:
        UsageError: there is no such named question.
        KgError: the file cannot be read.
    """
    if isinstance(question, Path) or question.endswith(".rq"):
        return read_query(Path(question))
    if len(question.split()) > 1:
        return parse_query("query", question)
    if not question.strip():
        raise UsageError("the query is empty, see `kg queries` for named ones")
    return named_query(question)
