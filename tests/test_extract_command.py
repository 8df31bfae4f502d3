"""``kg extract``: kinds of files, bad ones, formats, several processes."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from kg.errors import DataError, KgError
from kg.extraction import documents
from kg.extraction.documents import paths_of, read_document
from kg.extraction.extracting import Extractor
from kg.extraction.gold import read_gold
from kg.extraction.lexicon import EMPTY
from kg.extraction.record import KEYS, read_candidates
from kg.extraction.streaming import extract_files
from kg.extraction.writing import as_section
from kg.ontology import Ontology
from tests.commands import run_kg

SENTENCE = "Die Bücherei Süd GmbH ist Träger des Projekts „Größe Fünf“ mit Sitz in Görlitz."
TRIPLE = ("Bücherei Süd GmbH", "operates", "Größe Fünf")


def said(path: Path, ontology: Ontology) -> list[tuple[str, str, str]]:
    (result,) = extract_files([(str(path), "text")], Extractor(EMPTY, ontology))
    assert not result.document.problem, result.document.problem
    text = result.document.text
    for c in result.candidates:
        assert text[c.evidence.start : c.evidence.end] == c.evidence.quote
    return [(c.subject, c.relation, c.object) for c in result.candidates]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_encodings(tmp_path: Path, ontology: Ontology, encoding: str) -> None:
    path = tmp_path / "text.txt"
    plain = (
        SENTENCE
        if encoding.startswith("utf") or encoding == "cp1252"
        else SENTENCE.replace("„", '"').replace("“", '"')
    )
    path.write_bytes(plain.encode(encoding))
    assert TRIPLE in said(path, ontology)


def test_html_markdown_word(tmp_path: Path, ontology: Ontology) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        f"<!doctype html><html><head><title>T</title><script>alert(1)</script></head><body><nav>Start</nav><article>"
        f"<h1>Neues</h1><p>{SENTENCE}</p><p>Das Vorhaben läuft drei Jahre und kommt allen in der Region zugute.</p></article></body></html>",
        encoding="utf-8",
    )
    markdown = tmp_path / "a.md"
    markdown.write_text(f"# Neues\n\n{SENTENCE}\n", encoding="utf-8")
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    document.save(str(tmp_path / "a.docx"))
    for path in (page, markdown, tmp_path / "a.docx"):
        assert TRIPLE in said(path, ontology), path


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\n ", "empty"),
    "binary.txt": (bytes(range(256)) * 40, "null bytes"),
    "control.txt": (b"Die \x01\x02\x03\x04\x05\x06\x07\x08 Stadt " * 30, "control characters"),
    "utf16.txt": (b"\xff\xfeD\x00i", "UTF-16"),
    "english.txt": (
        b"The centre is funded by the state and run by the union for all of the region." * 3,
        "not German",
    ),
    "russian.txt": (("Проект финансируется министерством и городом. " * 5).encode(), "not German"),
    "broken.pdf": (b"%PDF-1.4 broken", "PDF cannot be read"),
    "broken.docx": (b"PK\x03\x04 broken", "Word file cannot be read"),
    "nothing.html": (b"<html><body><script>x</script></body></html>", "no text"),
    "deep.html": (b"<html><body>" + b"<div>" * 30_000, ""),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_told(tmp_path: Path, name: str) -> None:
    data, reason = BAD[name]
    (tmp_path / name).write_bytes(data)
    document = read_document(str(tmp_path / name), "x")
    assert document.problem is not None
    assert reason in str(document.problem)
    assert str(document.problem).startswith(str(tmp_path / name))


def test_bombs_and_missing_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST", 1000)
    (tmp_path / "big.txt").write_text("x" * 1001, encoding="utf-8")
    assert "MB" in str(read_document(str(tmp_path / "big.txt"), "x").problem)
    assert "cannot be read" in str(read_document(str(tmp_path / "none.txt"), "x").problem)
    assert read_document("a\x00b", "x").problem is not None
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    (tmp_path / "zip.docx").write_bytes(buffer.getvalue())
    assert read_document(str(tmp_path / "zip.docx"), "x").problem is not None


def test_ids_of_sources(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Größe 1.txt").write_text("x", encoding="utf-8")
    (tmp_path / "b" / "image.png").write_bytes(b"x")
    found = [source for _, source in paths_of([str(tmp_path), "-"])]
    assert found == ["groesse-1", "groesse-1-2", "stdin"]


def test_several_processes_give_the_same(tmp_path: Path, ontology: Ontology) -> None:
    for text in read_gold(Path(__file__).parent / "extraction" / "dev.jsonl"):
        (tmp_path / f"{text.doc}.txt").write_text(text.text, encoding="utf-8")
    (tmp_path / "d00.txt").write_bytes(b"")
    paths = list(paths_of([str(tmp_path)]))
    one = list(extract_files(paths, Extractor(EMPTY, ontology)))
    two = list(extract_files(paths, Extractor(EMPTY, ontology), jobs=2))
    assert one == two
    assert [r.document.path for r in one] == [p for p, _ in paths]
    assert one[0].document.problem is not None
    assert sum(len(r.candidates) for r in one) > 80


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "gut.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "leer.txt").write_text("", encoding="utf-8")
    ran = run_kg(
        "extract", "gut.txt", "leer.txt", "-o", "out.jsonl", "--save-texts", "texts", cwd=tmp_path
    )
    assert ran.code == 1
    assert "leer.txt: this is empty" in ran.err
    assert "Traceback" not in ran.err
    candidates = list(read_candidates(tmp_path / "out.jsonl"))
    assert TRIPLE in {(c.subject, c.relation, c.object) for c in candidates}
    line = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert tuple(line) == KEYS
    text = (tmp_path / "texts" / "gut.txt").read_text(encoding="utf-8")
    assert all(text[c.evidence.start : c.evidence.end] == c.evidence.quote for c in candidates)


def test_formats() -> None:
    text = "Hans-Peter Kemser, Vorsitzender des ACOD, sprach mit Ute Neu, Leiterin der Hochschule <Neuwald>."
    table = run_kg("extract", "-", "--format", "table", stdin=text)
    assert table.code == 0
    assert "Hans-Peter Kemser" in table.out
    yaml = run_kg("extract", "-", "--format", "yaml", stdin=text)
    assert "subject: acod" in yaml.out
    assert "Kandidat, noch nicht geprüft" in yaml.out
    page = run_kg("extract", "-", "--format", "html", stdin=text)
    assert "<mark" in page.out
    assert "&lt;Neuwald&gt;" in page.out
    assert "default-src 'none'" in page.out
    wrong = run_kg("extract", "-", "--format", "doc", stdin=text)
    assert wrong.code == 2


def test_a_section_escapes_everything(ontology: Ontology, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(
        'Die <b>Alpha GmbH ist Träger des Projekts „A<script>B" & C“.', encoding="utf-8"
    )
    (result,) = extract_files([(str(path), "x")], Extractor(EMPTY, ontology))
    section = as_section(result)
    assert "<script>" not in section
    assert "<b>" not in section


def test_records_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = '{"source":"s","subject":"a","subject_type":"Person","relation":"funds","object":"b","rule":"r","evidence":{"quote":"ab","start":1,"end":3}}'
    path.write_text(good + "\n\n" + good.replace('"end":3', '"end":9') + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"a\.jsonl:3: .*do not fit the quote"):
        list(read_candidates(path))
    path.write_text("[1]\n", encoding="utf-8")
    with pytest.raises(DataError, match="no JSON object"):
        list(read_candidates(path))
    with pytest.raises(KgError, match="cannot be read"):
        list(read_candidates(tmp_path / "none.jsonl"))
