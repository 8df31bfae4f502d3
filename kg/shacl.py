"""The second guard: SHACL shapes over the built graph, each result led back to its line of data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import Problem
from kg.files import shipped
from kg.iris import ENT, SRC, STM
from kg.model import Corpus, Origin
from kg.ontology import parse_turtle

if TYPE_CHECKING:
    from rdflib import Dataset


def check_shapes(
    dataset: Dataset, corpus: Corpus, ontology_folder: Path | None = None
) -> list[Problem]:
    """Validate the merged graph of a dataset against ``shapes.ttl``.

    Raises:
        KgError: the shapes are missing or no Turtle.
    """
    import pyshacl
    from rdflib import SH, Graph

    folder = ontology_folder or shipped("ontology")
    shapes = parse_turtle(folder / "shapes.ttl")
    merged = Graph()  # validated apart: pySHACL would mix all graphs of a dataset
    for triple in dataset.default_graph:
        merged.add(triple)
    conforms, report, _ = pyshacl.validate(merged, shacl_graph=shapes, inplace=True, advanced=False)
    if conforms:
        return []
    origins = _origins(corpus)
    problems = []
    for result in report.subjects(SH.resultSeverity, None):
        focus = str(report.value(result, SH.focusNode))
        value = report.value(result, SH.value)
        origin = origins.get(focus.partition("#")[0], Origin(str(folder / "shapes.ttl"), 0))
        what = f"SHACL: {focus}" + (f" has {value}" if value is not None else "")
        message = str(report.value(result, SH.resultMessage) or "it does not fit its shape")
        problems.append(Problem(origin.path, origin.line, what, message))
    return sorted(set(problems))


def _origins(corpus: Corpus) -> dict[str, Origin]:
    origins = {STM + s.id: s.origin for s in corpus.statements()}
    origins |= {ENT + e.id: e.origin for e in corpus.entities.values()}
    return origins | {SRC + s.id: s.origin for s in corpus.sources.values()}
