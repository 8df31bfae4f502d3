"""All checks of a data folder in one call: what ``kg check`` reports."""

from __future__ import annotations

from pathlib import Path

from kg.check import check_data
from kg.errors import Problem
from kg.files import shipped
from kg.ontology import read_ontology
from kg.rdf import build_dataset, enriched
from kg.reviewed import check_reviewed
from kg.shacl import check_shapes


def check_all(data: Path | None, texts: Path | None, *, shacl: bool = True) -> list[Problem]:
    """Every problem of a data folder, sorted by file and line.

    The shapes are only asked where the data itself is sound, since only then there is a graph.

    Raises:
        KgError: ``data`` is no data folder, ``texts`` no folder, or the ontology is damaged.
    """
    ontology = read_ontology()
    folder = data or shipped("data")
    corpus, problems = check_data(folder, ontology, texts)
    problems = sorted({*problems, *check_reviewed(folder, ontology)})
    if not problems and shacl:
        problems = check_shapes(build_dataset(enriched(corpus, ontology), ontology), corpus)
    return problems
