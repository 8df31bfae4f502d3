"""Every named question against its expected answer, and how questions are read and asked."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

import kg
from kg.errors import KgError, QueryError, UnknownName, UsageError
from kg.graph import Graph
from kg.queries import library, parse_query, read_query
from kg.sparql import variables
from tests.golden import EXPECTED, expect

ASKED = {
    "person": [{"person": "Hans-Peter Kemser"}, {"person": "frank-vollgold"}],
    "programme": [{"programme": "Zukunftszentren"}],
    "source": [{"source": "acod-2018-12-05"}, {"source": "arbeit-und-leben-sachsen-2019-11-25"}],
    "located": [{"place": "Leipzig"}],
    "funding": [{}, {"funder": "BMAS"}],
    "topics": [{}, {"topic": "Weiterbildung"}],
    "chaired-on": [
        {"body": "ACOD", "date": "2007-01-01"},
        {"body": "ACOD", "date": "2016-06-01", "other": "BMW Group Werk Leipzig"},
    ],
    "participations": [{"organisation": "HTWK"}],
    "two-functions": [{"person": "Hans-Peter Kemser"}],
    "reached-in": [{}, {"place": "Chemnitz", "funder": "ESF"}],
    "in-office-when": [
        {"entity": "Mittelstand 4.0-Kompetenzzentrum Ilmenau", "office": "ostbeauftragter"}
    ],
    "one-source": [{"entity": "Zentrum digitale Arbeit"}],
    "only-here": [{"source": "bund-2019-11"}],
    "timeline": [{"entity": "ACOD"}],
    "support": [{"entity": "Zentrum digitale Arbeit"}],
    "own-word": [{"entity": "ACOD"}],
    "actors-in": [{}, {"place": "ostdeutschland-mit-berlin"}],
}
CASES = [(name, given) for name in library() for given in ASKED.get(name, [{}])]


def mark_of(given: dict[str, str]) -> str:
    return "".join(f"--{value.replace(' ', '-')}" for value in given.values())


def answer_as_csv(graph: Graph, name: str, given: dict[str, str]) -> str:
    out = io.BytesIO()
    graph.query(name, **given).write(out, "csv")
    return out.getvalue().decode()


@pytest.fixture(scope="module")
def graph() -> Graph:
    return kg.load()


@pytest.mark.parametrize(("name", "given"), CASES, ids=lambda x: x if isinstance(x, str) else "")
def test_a_question_has_its_expected_answer(graph: Graph, name: str, given: dict[str, str]) -> None:
    expect(f"queries/{name}{mark_of(given)}.csv", answer_as_csv(graph, name, given))


def test_no_expected_answer_is_left_over_or_empty() -> None:
    marks = {f"{name}{mark_of(given)}.csv" for name, given in CASES}
    files = {p.name: p.read_text(encoding="utf-8") for p in (EXPECTED / "queries").iterdir()}
    assert set(files) == marks
    for name, content in files.items():
        assert len(list(csv.reader(io.StringIO(content)))) > 1, f"{name} answers nothing"


@pytest.mark.parametrize("name", sorted(library()))
def test_a_question_says_what_it_is_for_grlc(name: str) -> None:
    query = library()[name]
    assert query.summary
    assert query.summary[0].isupper()
    assert len(query.description) > 40
    assert query.tags
    unknown = [v for v in variables(query.text) if v.startswith("_")
               and v not in {p.variable for p in query.parameters}]  # fmt: skip
    assert not unknown, f"{unknown} begin with _ but are no grlc parameters"


def test_a_question_of_the_library_needs_no_prefixes_of_ours() -> None:
    """Any SPARQL server must be able to run the folder, so each file declares what it uses."""
    from rdflib.plugins.sparql import prepareQuery

    for query in library().values():
        prepareQuery(query.text)


@pytest.mark.parametrize("given", ["acod", "ACOD", "Automotive Cluster Ostdeutschland", "ent:acod",
                                   "https://w3id.org/akteursnetz/entity/acod"])  # fmt: skip
def test_an_entity_is_named_as_one_likes(documents_graph: Graph, given: str) -> None:
    rows = documents_graph.select("leadership", body=given)
    assert [row["personLabel"] for row in rows] == ["Hans-Peter Kemser", "Jens Katzek"]


def test_a_merged_name_means_the_body_it_was_merged_into(documents_graph: Graph) -> None:
    rows = documents_graph.select("leadership", body="BA Sachsen")
    assert [str(row["body"]) for row in rows] == [
        "https://w3id.org/akteursnetz/entity/ba-regionaldirektion-sachsen"
    ]


def test_a_default_that_this_graph_lacks_is_said(documents_graph: Graph) -> None:
    with pytest.raises(
        UsageError, match="'thueringen', the default of 'place', is not in this graph"
    ):
        documents_graph.select("actors-in")


def test_wrong_questions_and_parameters_are_named(graph: Graph) -> None:
    with pytest.raises(UsageError, match="unknown query 'fundin', did you mean 'funding'"):
        graph.select("fundin")
    with pytest.raises(UsageError, match="has no parameter 'boddy', did you mean 'body'"):
        graph.select("leadership", boddy="ACOD")
    with pytest.raises(UsageError, match="needs the parameter 'person', add -p person=…"):
        graph.select("person")
    with pytest.raises(
        UnknownName, match="no entity is called 'Kemsar', did you mean hans-peter-kem"
    ):
        graph.select("person", person="Kemsar")
    with pytest.raises(QueryError, match="parameter 'n': 'x' is no integer"):
        graph.select("SELECT * { ?s ?p ?_n_integer }", n="x")


@pytest.mark.parametrize(
    "value", ['x" } DROP ALL #', "acod> ?p ?o } #", "'; SELECT * {?s ?p ?o}", "ent:acod> } #", "\n"]
)
def test_a_hostile_parameter_changes_nothing(graph: Graph, value: str) -> None:
    before = graph.store.quads()
    assert list(graph.select("SELECT ?s { ?s skos:prefLabel ?_label_de }", label=value)) == []
    with pytest.raises(KgError):
        graph.select("person", person=value)
    assert graph.store.quads() == before


def test_a_header_is_read_as_grlc_writes_it() -> None:
    query = parse_query("q", "#+ summary: S\n#+ description: D\n#+ tags:\n#+   - t\n#+ defaults:\n"
                        "#+   - year: 2019\nSELECT * { ?s ?_year_integer ?__entity_iri, ?o }")  # fmt: skip
    assert (query.summary, query.description, query.tags) == ("S", "D", ("t",))
    assert [(p.name, p.kind, p.optional, p.default) for p in query.parameters] == [
        ("year", "integer", False, "2019"), ("entity", "iri", True, None)]  # fmt: skip
    assert query.usage == "q [-p year=…] [-p entity=…]"


def test_a_broken_query_file_is_said_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text("#+ summary: a\n#+ tags: [\nSELECT * {}")
    with pytest.raises(KgError, match=r"q\.rq:\d: the `#\+` header is no YAML"):
        read_query(path)
    path.write_bytes(b"SELECT \xff")
    with pytest.raises(KgError, match=r"q\.rq:1: this is not UTF-8"):
        read_query(path)
    with pytest.raises(KgError, match="cannot be read"):
        read_query(tmp_path / "none.rq")
