"""What the benchmarks reckon with: the other form of each question, growth, means, the chart."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

import pytest

import kg
from benchmarks.chart import chart
from benchmarks.questions import ASKED, rewritten
from benchmarks.running import geometric_mean, power
from benchmarks.serving import KINDS, Measured, aim_of_rate, aims_of_load
from kg.graph import Graph
from kg.queries import library, terms_of
from kg.sparql import bind
from tests.test_queries import ASKED as ASKED_HERE


@pytest.fixture(scope="module")
def graph() -> Graph:
    return kg.load()


def _rows(graph: Graph, text: str) -> list[str]:
    out = io.BytesIO()
    graph.store.query(text).write(out, "csv")
    return sorted(out.getvalue().decode().splitlines())


@pytest.mark.parametrize("name", sorted(library()))
def test_the_other_form_of_a_question_has_the_same_answer(graph: Graph, name: str) -> None:
    query = library()[name]
    text = bind(query.text, terms_of(graph.store, query, ASKED_HERE.get(name, [{}])[0]))
    other = rewritten(text)
    if other is None:
        assert "skos:prefLabel" in text, "only where labels stand within is there none"
    else:
        assert _rows(graph, other) == _rows(graph, text)


def test_every_needed_parameter_is_given_at_scale() -> None:
    for name, query in library().items():
        assert {p.name for p in query.parameters if p.needed} <= ASKED.get(name, {}).keys()


def test_growth_is_the_exponent_of_the_last_step() -> None:
    assert power([10, 100, 1000], [5, 1, 10]) == pytest.approx(1)
    assert power([100, 1000], [1, 100]) == pytest.approx(2)
    assert power([100], [1]) is None
    assert geometric_mean([1, 4]) == pytest.approx(2)


def test_the_chart_is_well_formed_and_names_its_lines() -> None:
    svg = chart("Loading", {"kg": [(10, 0.1), (1000, 9.0)], "bare": [(10, 0.2), (1000, 8.8)]})
    root = ET.fromstring(svg)
    texts = [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"kg", "bare", "1,000", "10 s", "0.1 s"} <= set(texts)
    heights = [
        float(e.attrib["y"])
        for e in root.iter("{http://www.w3.org/2000/svg}text")
        if e.text in ("kg", "bare")
    ]
    assert abs(heights[0] - heights[1]) >= 13, "names do not cover each other"


def test_what_was_aimed_at_is_judged() -> None:
    calm = Measured({k: [0.04] * 99 + [0.05] for k in KINDS})
    rough = Measured({k: [0.04] * 99 + [0.05] for k in KINDS})
    rough.seconds["search"] = [0.11] * 100
    failed, page, slower = aims_of_load(calm, rough, 3)
    assert (failed.value, failed.met) == ("0 of 800", True)
    assert (page.value, page.met) == ("50 ms", True)
    assert ("(search)" in slower.what, slower.value, slower.met) == (True, "2.2 ×", False)
    calm.failed.append("500 /")
    assert aims_of_load(calm, rough, 3)[0].met is False
    few = Measured({"sparql": [0.1] * 5})
    assert aim_of_rate("x", Measured({"sparql": [0.1] * 100}), few, 1).met is True
    assert aim_of_rate("x", Measured({"sparql": [0.1] * 99}), few, 1).met is False
    assert aim_of_rate("x", few, None, 1).row().endswith("| not measured |")
