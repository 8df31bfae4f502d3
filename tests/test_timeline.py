"""Statements as bars in time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from kg.errors import KgError, UsageError
from kg.model import Corpus, Entity, Evidence, Name, Source, Statement
from kg.ontology import Ontology
from kg.timeline import Lane, as_svg, timeline
from kg.validity import with_validity

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
    assert [(x.relation, x.label, len(x.bars)) for x in lanes] == [
        ("foundedOn", "gegründet: 2009-03-01", 1),
        ("managedBy", "Geschäftsführung: Anna", 2),
        ("managedBy", "Geschäftsführung: Bert", 1),
    ]
    assert lanes[0].bars[0].is_point
    (turned,) = lanes_of(
        ontology, said("verein", "managedBy", "anna", since="2010"), about=("anna",)
    )
    assert turned.label == "führt die Geschäfte von: Verein"


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
        "since 2010 · until 2014 – Titel s (Verein, 2020)",
        "since 2015 · planned – Titel s (Verein, 2020)",
    ]
    assert [g.get("stroke-dasharray") for g in bars] == [None, "3 2"]
    assert svg == as_svg(lanes, "Titel <b>")


def test_what_has_no_date_or_is_no_relation_is_said(ontology: Ontology) -> None:
    with pytest.raises(KgError, match="no statement about this has a date"):
        lanes_of(ontology, said("verein", "managedBy", "anna"))
    corpus = Corpus({}, {})
    with pytest.raises(UsageError, match="unknown relation 'fund', did you mean 'funds'"):
        timeline(corpus, ontology, ["verein"], ["fund"])
