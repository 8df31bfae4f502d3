"""Names of a spaCy model: further names for the rules, in the places where these see none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extraction.entity_model import load_model, names_by_model
from kg.extraction.extracting import Extractor
from kg.extraction.lexicon import EMPTY
from kg.ontology import Ontology
from tests.commands import run_kg
from tests.conftest import MakeData

TEXT = (
    "Die hallenser tuftelei ist Träger des Projekts „Delta“. Muster e.V. ist Partner in „Delta“.\n"
)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A blank German pipeline that knows a few names, saved to disk as a model is."""
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("de")
    ruler = nlp.add_pipe("entity_ruler")
    patterns = {"hallenser tuftelei": "ORG", "Muster": "PER", "Träger": "MISC", "Projekts": "LOC"}
    ruler.add_patterns([{"label": v, "pattern": k} for k, v in patterns.items()])
    folder = tmp_path_factory.mktemp("spacy") / "modell"
    nlp.to_disk(folder)
    return str(folder)


def said(extractor: Extractor) -> set[tuple[str, str, str]]:
    found = extractor.extract(TEXT, "text")
    assert all(TEXT[c.evidence.start : c.evidence.end] == c.evidence.quote for c in found)
    return {(c.subject, c.relation, c.object) for c in found}


def test_a_model_adds_names_where_none_is_seen(model: str, ontology: Ontology) -> None:
    alone = said(Extractor(EMPTY, ontology))
    assert alone == {("Muster e.V.", "partnerIn", "Delta")}
    with_model = said(Extractor(EMPTY, ontology, model))
    assert with_model == alone | {("hallenser tuftelei", "operates", "Delta")}


def test_labels_become_classes(model: str) -> None:
    found = {m.name: m.types for m in names_by_model(TEXT, model)}
    assert found == {
        "hallenser tuftelei": ("Organisation",),
        "Muster": ("Person",),
        "Projekts": ("Place",),
    }


def test_the_command(model: str, tmp_path: Path, make_data: MakeData) -> None:
    data = make_data(tmp_path).data
    ran = run_kg("extract", "-", "--data", data, "--spacy", model, stdin=TEXT)
    assert (ran.code, "hallenser tuftelei" in ran.out) == (0, True)
    missing = run_kg("extract", "-", "--data", data, "--spacy", tmp_path / "none", stdin=TEXT)
    assert (missing.code, "cannot be loaded as a spaCy model" in missing.err) == (1, True)


def test_a_model_that_names_nothing_is_told(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    spacy.blank("de").to_disk(tmp_path / "leer")
    with pytest.raises(KgError, match="names nothing"):
        load_model(str(tmp_path / "leer"))


def test_without_spacy_it_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    load_model.cache_clear()
    with pytest.raises(KgError, match=r"akteursnetz\[spacy\]"):
        load_model("de_core_news_sm")
