"""Statements as bars in time."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kg.errors import KgError, UsageError
from kg.model import Corpus, Entity, Evidence, Name, Source, Statement
from kg.ontology import Ontology
from kg.timeline import Lane, as_svg, timeline
from kg.timeline_page import as_records, timeline_page
from kg.validity import with_validity
from tests.commands import run_kg

SVG = "{http://www.w3.org/2000/svg}"


def said(subject: str, relation: str, object_: str, source: str = "s", **more: str) -> Statement:
    return replace(Statement(source, subject, relation, object_, (Evidence(note="n"),)), **more)  # type: ignore[arg-type]  # any field, by name


def lanes_of(
    ontology: Ontology, *statements: Statement, about: tuple[str, ...] = ("verein",), **given: str
) -> list[Lane]:
    types = {"verein": "Association", "anna": "Person", "bert": "Person", "projekt": "Project"}
    entities = {i: Entity(i, t, (Name(given.get(i, i.title())),)) for i, t in types.items()}
    sources = {
        s.source: Source(s.source, f"Titel {s.source}", "verein", "2020", "https://example.org/",
                         statements=tuple(x for x in statements if x.source == s.source))
        for s in statements
    }  # fmt: skip
    return timeline(with_validity(Corpus(entities, sources), ontology), ontology, about)


def test_a_bar_is_solid_where_it_is_certain_and_open_where_nothing_bounds_it(
    ontology: Ontology,
) -> None:
    (lane,) = lanes_of(ontology, said("verein", "managedBy", "anna", since="2010", until="2014-06"))
    (bar,) = lane.bars
    assert (bar.first, bar.begun) == (dt.date(2010, 1, 1), dt.date(2010, 12, 31))
    assert (bar.kept, bar.last) == (dt.date(2014, 6, 1), dt.date(2014, 6, 30))
    assert not bar.open_before
    assert not bar.open_after
    (lane,) = lanes_of(ontology, said("verein", "managedBy", "anna", observed="2018-12-05"))
    (bar,) = lane.bars
    assert bar.begun == bar.kept == dt.date(2018, 12, 5)
    assert bar.first < bar.begun < bar.last
    assert bar.open_before
    assert bar.open_after


def test_lanes_are_triples_with_a_bar_for_each_source_in_order(ontology: Ontology) -> None:
    lanes = lanes_of(
        ontology,
        said("verein", "managedBy", "bert", since="2015"),
        said("verein", "managedBy", "anna", "t", observed="2012"),
        said("verein", "managedBy", "anna", since="2010"),
        said("verein", "foundedOn", "2009-03-01"),
        said("verein", "locatedIn", "projekt"),
    )
    assert [(x.relation, x.label["de"], len(x.bars)) for x in lanes] == [
        ("foundedOn", "gegründet: 2009-03-01", 1),
        ("managedBy", "Geschäftsführung: Anna", 2),
        ("managedBy", "Geschäftsführung: Bert", 1),
    ]
    assert lanes[0].bars[0].is_point
    (turned,) = lanes_of(
        ontology, said("verein", "managedBy", "anna", since="2010"), about=("anna",)
    )
    assert turned.label["de"] == "führt die Geschäfte von: Verein"


def test_the_picture_has_every_bar_and_nothing_in_it_is_markup(ontology: Ontology) -> None:
    lanes = lanes_of(
        ontology,
        said("verein", "managedBy", "anna", since="2010", until="2014"),
        said("verein", "managedBy", "bert", since="2015", modality="planned"),
        anna='<img onerror="x"> & „Anna“',
    )
    svg = as_svg(lanes, "Titel <b>")
    root = ET.fromstring(svg)  # our own
    assert root.findtext(f"{SVG}title") == "Titel <b>"
    texts = [t.text for t in root.iter(f"{SVG}text")]
    assert 'Geschäftsführung: <img onerror="x"> & „Anna“' in texts
    assert "<img" not in svg
    bars = list(root.iter(f"{SVG}g"))
    assert [g.findtext(f"{SVG}title") for g in bars] == [
        "seit 2010 · bis 2014 – Titel s (Verein, 2020)",
        "seit 2015 · geplant – Titel s (Verein, 2020)",
    ]
    assert [g.get("stroke-dasharray") for g in bars] == [None, "3 2"]
    assert svg == as_svg(lanes, "Titel <b>")


def test_what_has_no_date_or_is_no_relation_is_said(ontology: Ontology) -> None:
    with pytest.raises(KgError, match="no statement about this has a date"):
        lanes_of(ontology, said("verein", "managedBy", "anna"))
    corpus = Corpus({}, {})
    with pytest.raises(UsageError, match="unknown relation 'fund', did you mean 'funds'"):
        timeline(corpus, ontology, ["verein"], ["fund"])


def test_the_page_has_every_statement_as_text_and_runs_nothing(ontology: Ontology) -> None:
    hostile = """<img src=x onerror="alert(1)"></script>"""
    lanes = lanes_of(
        ontology,
        said("verein", "managedBy", "anna", since="2010", role=hostile),
        replace(said("verein", "managedBy", "bert"), since="2015",
                evidence=(Evidence(quote=f"Bert {hostile}", start=0, end=9),)),
        anna=hostile, verein=hostile,
    )  # fmt: skip
    page = timeline_page(lanes, title=hostile, made_by=hostile, licensed=False)
    assert "<img" not in page
    assert "<script" not in page
    assert "script-src &#39;none&#39;" in page
    assert page.count("&lt;img src=x onerror=") >= 8  # title, heading, footer, lanes, role, quote
    assert "seit 2015" in page
    assert "Creative" not in page
    english = timeline_page(lanes, title="T", made_by="m", licensed=True, language="en")
    assert "since 2015" in english
    assert "CC BY 4.0" in english


def test_a_bar_as_json_has_no_day_where_nothing_bounds_it(ontology: Ontology) -> None:
    lanes = lanes_of(ontology, said("verein", "managedBy", "anna", observed="2018-12-05"))
    (found,) = as_records(lanes)
    assert [found[k] for k in ("about", "first", "begun", "kept", "last")] == [
        "verein", None, "2018-12-05", "2018-12-05", None,
    ]  # fmt: skip


def test_the_command_writes_page_picture_and_json(tmp_path: Path, documents: Path) -> None:
    asked = ("timeline", "ACOD", "Jens Katzek", "--relation", "managedBy")
    for name in ("x.html", "x.svg", "x.json"):
        ran = run_kg(*asked, "-o", name, cwd=tmp_path, KG_DATA=str(documents))
        assert (ran.code, ran.err) == (0, "2 statements\n"), ran.err
    found = json.loads((tmp_path / "x.json").read_bytes())
    assert [(x["about"], x["statement"]["object"]) for x in found] == [
        ("acod", "jens-katzek"), ("jens-katzek", "jens-katzek"),
    ]  # fmt: skip
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert re.search("<h2.*>Jens Katzek</h2>", page)
    assert found[0]["statement"]["evidence"][0]["quote"] in page
    assert ET.parse(tmp_path / "x.svg").getroot().tag == f"{SVG}svg"
    ran = run_kg("timeline", "Nichts", cwd=tmp_path, KG_DATA=str(documents))
    assert ran.code == 1
    assert "no entity is called 'Nichts'" in ran.err
