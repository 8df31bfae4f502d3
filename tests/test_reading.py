"""What is read back from a store is what the data said: nothing is lost on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.graph import Graph, load
from kg.model import Corpus, Entity, Origin, Source, Statement
from kg.ontology import Ontology
from kg.reading import about, from_source, read_graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def _bare(statement: Statement) -> Statement:
    return replace(statement, origin=Origin("", 0))


def test_every_statement_comes_back(graph: Graph, corpus: Corpus) -> None:
    assert {s.id: _bare(s) for s in graph.corpus.statements()} == {
        s.id: _bare(s) for s in corpus.statements()
    }


def test_every_source_comes_back(graph: Graph, corpus: Corpus) -> None:
    def bare(source: Source) -> Source:
        return replace(source, statements=())

    assert {i: bare(s) for i, s in graph.corpus.sources.items()} == {
        i: bare(s) for i, s in corpus.sources.items()
    }


def test_every_entity_comes_back_with_its_names(graph: Graph, corpus: Corpus) -> None:
    def names(entity: Entity) -> set[str]:
        return {n.text for n in entity.labels + entity.aliases}

    assert set(graph.corpus.entities) == set(corpus.entities)
    for entity_id, entity in corpus.entities.items():
        read = graph.corpus.entities[entity_id]
        assert (read.same_as, read.note, set(read.labels)) == (
            entity.same_as, entity.note, set(entity.labels))  # fmt: skip
        assert names(entity) <= names(read)
        assert read.type == ("MergedName" if entity.same_as else entity.type)
    assert dict(graph.corpus.canonical) == dict(corpus.canonical)


def test_the_ontology_in_the_store_is_the_ontology(graph: Graph, ontology: Ontology) -> None:
    assert graph.ontology == ontology


def test_a_part_is_the_part(graph: Graph, corpus: Corpus) -> None:
    wanted = {s.id for s in corpus.statements()
              if "acod" in (corpus.canonical[s.subject], corpus.canonical.get(s.object))}  # fmt: skip
    part = read_graph(graph.store, about("acod"))
    assert {s.id for s in part.statements()} == wanted
    assert set(part.sources) == {s.source for s in corpus.statements() if s.id in wanted}
    one = read_graph(graph.store, from_source("acod-2018-12-05"))
    assert [s.id for s in one.statements()] == [
        s.id for s in graph.corpus.statements() if s.source == "acod-2018-12-05"
    ]


def test_a_source_is_read_in_the_order_of_its_text(graph: Graph) -> None:
    for source in graph.corpus.sources.values():
        starts = [s.evidence[0].start for s in source.statements]
        assert starts == sorted(starts, key=lambda s: s or 0)
