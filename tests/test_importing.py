"""Tables of researchers → data files: nothing is lost, nothing is guessed, all or nothing."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.applying import Tried, try_edits
from kg.columns import TABLES, written
from kg.curated import read_corpus
from kg.diff import diff
from kg.errors import KgError
from kg.files import found, shipped
from kg.importing import Choices, Plan, plan
from kg.matching import slug
from kg.model import (
    Amount,
    Corpus,
    Entity,
    Evidence,
    Identity,
    Inferred,
    Name,
    Source,
    Statement,
    TextMark,
    Verdict,
    Withdrawal,
)
from kg.ontology import Ontology, read_ontology
from kg.rows import narrowed
from kg.states import compare, read_state
from kg.tabular import FORMATS
from kg.tabulate import write_table, write_workbook
from tests.commands import run_kg
from tests.conftest import DataFolder, MakeData

HEADS = ("subject", "subject_type", "relation", "object", "object_type", "start", "end",
         "source_url", "source_title", "source_publisher", "source_date", "note",
         "subject_aliases", "object_aliases")  # fmt: skip
PAGE = {"source_url": "https://example.org/neu", "source_title": "Neues vom Verein",
        "source_publisher": "Muster e.V.", "source_date": "2021-05-06"}  # fmt: skip


def save(path: Path, *rows: dict[str, str], heads: tuple[str, ...] = HEADS, delimiter: str = "\t"
         ) -> Path:  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, heads, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def row(subject: str, relation: str, object_: str, **more: str) -> dict[str, str]:
    return {"subject": subject, "relation": relation, "object": object_, **PAGE, **more}


def contents(data: Path) -> dict[str, bytes]:
    return {str(p.relative_to(data)): p.read_bytes() for p in found(data, (".yaml",))}


def said(data: Path) -> set[tuple[str, str, str, str]]:
    statements = read_corpus(data)[0].all_statements()
    return {(s.source, s.subject, s.relation, s.object) for s in statements}


@pytest.fixture
def folder(tmp_path: Path, make_data: MakeData) -> DataFolder:
    return make_data(tmp_path)


# Round trips

ONTOLOGY = cache(read_ontology)


def export_all(corpus: Corpus, format_: str, folder: Path) -> Path:
    tables = [written(corpus, name) for name in TABLES]
    if format_ == "xlsx":
        (folder / "all.xlsx").write_bytes(write_workbook(tables))
        return folder / "all.xlsx"
    for table in tables:
        (folder / f"{table.name}.{format_}").write_bytes(write_table(table, format_))
    return folder


@pytest.mark.parametrize("format_", [*FORMATS, "packaged"])
def test_data_come_back_whole(tmp_path: Path, documents: Path, format_: str) -> None:
    data, format_ = (shipped("data"), "csv") if format_ == "packaged" else (documents, format_)
    place = "all.xlsx" if format_ == "xlsx" else "tables/"
    ran = run_kg("export", "--format", format_, "-o", place, cwd=tmp_path, KG_DATA=str(data))
    assert ran.code == 0
    ran = run_kg("import", place, "--data", "new", "--write", cwd=tmp_path)
    assert (ran.code, "problems" in ran.out) == (0, False), ran.out[-2000:] + ran.err
    assert "sources/acod-2018-12-05.yaml: written" in ran.err
    changes = compare(read_state(str(data)), read_state(str(tmp_path / "new")))
    assert not changes, changes.counts
    before = contents(tmp_path / "new")
    again = run_kg("import", place, "--data", "new", "--write", cwd=tmp_path)
    assert (again.code, again.err) == (0, "")
    assert again.out.endswith("statements already there\n")
    assert contents(tmp_path / "new") == before


@pytest.mark.parametrize("format_", FORMATS)
def test_the_statements_of_the_packaged_data_are_already_there(
    tmp_path: Path, format_: str
) -> None:
    path = tmp_path / f"s.{format_}"
    assert run_kg("export", "-o", path).code == 0
    found = plan(path, shipped("data"))
    count = sum(1 for _ in read_corpus(shipped("data"))[0].all_statements())
    assert (found.there, found.problems, found.unknown, found.notes) == (count, (), (), ())
    assert not found.changes
    assert not found.files


WORD = st.text(st.sampled_from("abzÄöß019 \"';,=+-@#&*!|>%{}[]:?\t\n\r\u2028\u00a0_x0D"),
               min_size=1, max_size=25).filter(lambda t: t.strip() and "@" not in t)  # fmt: skip
ODD_WORDS = st.sampled_from(["=cmd()", "007", "2019-10", "NO", "null", "~", "- a", "a: b", "a #b",
                             "'", '"', "a\nb\n", " a", "a ", "\ta", "1e5", "_x000D_", "a\r\nb"])  # fmt: skip
TEXTS = WORD | ODD_WORDS
MAYBE = st.none() | TEXTS
DAYS = st.sampled_from(["2020-01-01", "2021-12-31"])
DECISIONS = st.builds(Withdrawal, by=TEXTS, on=DAYS, why=TEXTS)
QUOTES = TEXTS.map(lambda t: Evidence(t, 3, 3 + len(t)))
PASSAGES = st.lists(
    QUOTES | st.builds(lambda note: Evidence(note=note), MAYBE), min_size=1, max_size=3, unique=True
)


def _names(*languages: str) -> st.SearchStrategy[tuple[Name, ...]]:
    one = st.builds(Name, TEXTS, st.sampled_from(languages))
    return st.lists(one, max_size=3, unique=True).map(
        lambda names: tuple(sorted(names, key=lambda n: languages.index(n.language)))
    )


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    verein = Entity(
        "verein", "Association", (Name(draw(TEXTS)), Name(draw(TEXTS), "en")),
        draw(_names("de", "en", "fr")), note=draw(MAYBE),
        not_same_as=tuple(draw(st.lists(
            st.builds(Identity, st.just("bund"), TEXTS, DAYS, TEXTS), max_size=2, unique=True))),
    )  # fmt: skip
    alt = Entity("alt", "Association", (Name(draw(TEXTS)),),
                 same_as=Identity("verein", draw(TEXTS), draw(DAYS), draw(TEXTS)))  # fmt: skip
    bund = Entity("bund", "PublicBody", (Name(draw(TEXTS)),))
    vorhaben = Entity("vorhaben", "Project", (Name(draw(TEXTS)),))
    funds = Statement(
        "seite", draw(st.sampled_from(["bund", "alt"])), "funds", "vorhaben",
        tuple(draw(PASSAGES)), certainty=draw(st.sampled_from(["stated", "implied"])),
        modality=draw(st.sampled_from(["asserted", "planned", "denied"])),
        since=draw(st.none() | st.sampled_from(["2019", "2019-10", "201X", "2019~"])),
        until=draw(st.none() | st.just("..")), role=draw(MAYBE),
        amount=draw(st.none() | st.builds(
            Amount, st.decimals(0, 10**15 - 1, places=2).map(Decimal),
            st.sampled_from(["EUR", "DEM"]), MAYBE, MAYBE)),
        inferred=draw(st.none() | st.builds(Inferred, TEXTS, TEXTS)),
        note=draw(TEXTS), withdrawn=draw(st.none() | DECISIONS),
    )  # fmt: skip
    address = Statement("seite", "verein", "hasAddress", draw(TEXTS), (Evidence(note="x"),))
    wide = Statement("leer-2", "bund", "partnersWith", "vorhaben", (Evidence(note="x"),))
    seite = Source("seite", draw(TEXTS), "verein", "2021", "https://example.org/a",
                   text=TextMark("0" * 64, 10**6), note=draw(MAYBE), statements=(funds, address))  # fmt: skip
    leer = Source("leer", draw(TEXTS), "alt", None, "https://example.org/a", "en")
    zwei = Source(
        "leer-2", draw(TEXTS), "bund", "2019-10", "http://example.org/b", statements=(wide,)
    )
    verdicts = draw(st.lists(st.builds(
        Verdict, st.just((funds.id, address.id)), st.just("detail"), TEXTS, DAYS, TEXTS), max_size=1))  # fmt: skip
    return Corpus({e.id: e for e in (verein, alt, bund, vorhaben)},
                  {s.id: s for s in (seite, leer, zwei)}, tuple(verdicts))  # fmt: skip


@pytest.mark.parametrize("format_", FORMATS)
@settings(max_examples=40)
@given(corpus=corpora())
def test_any_data_come_back_whole(
    format_: str,
    corpus: Corpus,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.importing.read_ontology", ONTOLOGY)
    root = tmp_path_factory.mktemp("t")
    (root / "tables").mkdir()
    tables = export_all(corpus, format_, root / "tables")
    found = plan(tables, root / "new")
    assert (found.problems, found.unknown) == ((), ())
    found.write()
    again, problems = read_corpus(root / "new")
    assert problems == []
    assert again == replace(corpus, entities=again.entities)
    assert not diff(corpus, again)
    once_more = plan(tables, root / "new")
    assert (once_more.files, once_more.problems) == ({}, ())


# A table of one's own


def test_a_table_is_shown_first_and_written_only_when_asked(folder: DataFolder) -> None:
    table = save(
        folder.root / "mine.tsv",
        row("MV", "managedBy", "anna-muster", start="2020", note="Geschäftsführerin"),
        row("Der Bund", "partnersWith", "Vorhaben", object_type="Project", note="dabei"),
    )
    before = contents(folder.data)
    shown = run_kg("import", table, "--data", folder.data)
    assert shown.code == 0
    assert shown.out == (
        "+ Der Bund – partnerIn – Vorhaben  (verein-2021-05-06, 2021-05-06)\n"
        "    cited only: dabei\n"
        "+ Muster e.V. – managedBy – Anna Muster · since 2020  (verein-2021-05-06, 2021-05-06)\n"
        "    cited only: Geschäftsführerin\n"
        "+ source Neues vom Verein  (verein-2021-05-06, 2021-05-06)\n"
        "statements: 2 added; sources: 1 added\n\n"
        f"note: {table}:3: the data use no relation as wide: the one below it was taken\n"
        "1 new source, 2 new statements\n"
    )
    assert shown.err == "nothing is written yet, add --write\n"
    assert contents(folder.data) == before
    done = run_kg("import", table, "--data", folder.data, "--write")
    new = folder.data / "sources" / "verein-2021-05-06.yaml"
    assert (done.code, done.err) == (0, f"{new}: written\n")
    assert new.read_text(encoding="utf-8") == (
        "id: verein-2021-05-06\ntitle: Neues vom Verein\npublisher: verein\npublished: 2021-05-06\n"
        "url: https://example.org/neu\nlanguage: de\nstatements:\n"
        "- subject: verein\n  relation: managedBy\n  object: anna-muster\n  since: 2020\n"
        "  certainty: stated\n  evidence: {cited: true, note: Geschäftsführerin}\n"
        "- subject: bund\n  relation: partnerIn\n  object: vorhaben\n"
        "  certainty: stated\n  evidence: {cited: true, note: dabei}\n"
    )
    assert {k: v for k, v in contents(folder.data).items() if k in before} == before
    again = run_kg("import", table, "--data", folder.data, "--write")
    assert (again.out.split("\n")[-2], again.err) == ("2 statements already there", "")


def test_an_existing_source_keeps_its_comments_and_gets_what_is_new(folder: DataFolder) -> None:
    folder.replace(folder.source, "statements:\n", "# from the reading of May\nstatements:\n")
    folder.replace(folder.source, "- subject: bund\n", "# look again\n- subject: bund\n")
    table = save(folder.root / "t.csv", row("verein", "managedBy", "Anna Muster", note="x") | {
        "source_url": "http://www.example.org/meldung/"}, delimiter=";")  # fmt: skip
    found = plan(table, folder.data)
    assert [p.name for p in found.write()] == ["meldung.yaml"]
    text = folder.source.read_text(encoding="utf-8")
    assert text.index("# from the reading of May\nstatements:") < text.index(
        "# look again\n- subject: bund"
    )
    assert text.endswith(
        "- subject: verein\n  relation: managedBy\n  object: anna-muster\n"
        "  certainty: stated\n  evidence: {cited: true, note: x}\n"
    )
    assert "title, date or address of the page is another" in found.notes[0]
    assert run_kg("format", "--check", "--data", folder.data).code == 0
    assert run_kg("check", "--data", folder.data).code == 0


def test_unknown_names_are_offered_decided_and_remembered(folder: DataFolder) -> None:
    table = save(
        folder.root / "t.tsv",
        row("Musterverein e.V.", "managedBy", "Berta Beispiel", note="x", object_type="Person",
            object_aliases="B. Beispiel; Beispiel, Berta"),
        row("Musterverein e.V.", "chairedBy", "Berta Beispiel", note="x", object_type="Person"),
    )  # fmt: skip
    ran = run_kg(
        "import", table, "--data", folder.data, "--unknown", "n.csv", "--write", cwd=folder.root
    )
    assert ran.code == 1
    assert "2 unknown names, 2 rows that wait for names" in ran.out
    assert "problems and unknown names come first, nothing was changed" in ran.err
    assert f"? „Musterverein e.V.“ is unknown  (2 rows, {table}:2)\n" in ran.out
    assert "verein  (Muster e.V., Association)" in ran.out
    with (folder.root / "n.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["name"], r["entity"], r["type"], r["rows"], r["candidate_1"]) for r in rows] == [
        ("Berta Beispiel", "", "Person", "2", ""),
        ("Musterverein e.V.", "", "", "2", "verein"),
    ]
    rows[0]["entity"], rows[1]["entity"] = "new", "Muster e.V."
    save(folder.root / "n.csv", *rows, heads=tuple(rows[0]), delimiter=",")
    choices = Choices(names=folder.root / "n.csv")
    written = [str(p.relative_to(folder.data)) for p in plan(table, folder.data, choices).write()]
    assert written == [
        "entities/all.yaml",
        "entities/imported.yaml",
        "sources/verein-2021-05-06.yaml",
    ]
    assert (folder.data / "entities" / "imported.yaml").read_text(encoding="utf-8") == (
        "- id: berta-beispiel\n  type: Person\n  label: Berta Beispiel\n"
        "  alias: [B. Beispiel, 'Beispiel, Berta']\n"
    )
    assert "alias: [MV, Musterverein e.V.]" in folder.entities.read_text(encoding="utf-8")
    assert plan(table, folder.data).there == 2, "and no decision is needed any more"


def test_new_makes_all_unknown_names_entities_but_for_those_of_several(folder: DataFolder) -> None:
    folder.replace(folder.entities, "label: Vorhaben\n", "label: Vorhaben\n  alias: [MV]\n")
    table = save(
        folder.root / "t.tsv",
        row("Ämter & Söhne e.V.", "memberOf", "MV", subject_type="Association", note="x"),
        row("Haus", "memberOf", "verein", note="x"),
        row("Anstalt", "memberOf", "verein", subject_type="Compny", note="x"),
    )
    found = plan(table, folder.data, Choices(new=True))
    assert {e.latest.id for e in found.changes.entities} == {"aemter-und-soehne"}
    assert [(u.name, u.several, [h.id for h in u.candidates]) for u in found.unknown] == [
        ("Anstalt", False, []), ("Haus", False, []), ("MV", True, ["verein", "vorhaben"])]  # fmt: skip
    assert [(p.line, p.message) for p in found.problems] == [
        (3, "'Haus' cannot become an entity: no class is given"),
        (4, "'Anstalt' cannot become an entity: 'Compny' is no class"),
    ]
    assert "did you mean 'Company'" in found.problems[1].mend
    with pytest.raises(KgError, match="nothing was changed"):
        found.write()


def test_names_that_the_table_gives_to_one_entity_are_one(folder: DataFolder) -> None:
    table = save(
        folder.root / "t.tsv",
        row(
            "Neues Amt",
            "funds",
            "vorhaben",
            subject_type="PublicBody",
            note="x",
            subject_aliases="NA",
        ),
        row("NA", "coFunds", "vorhaben", subject_type="PublicBody", note="x"),
    )
    found = plan(table, folder.data, Choices(new=True))
    assert [(c.latest.id, c.latest.aliases) for c in found.changes.entities] == [
        ("neues-amt", (Name("NA"),))]  # fmt: skip
    assert {c.latest.subject for c in found.changes.statements} == {"neues-amt"}


def test_decisions_that_mean_nothing_are_told_with_their_line(folder: DataFolder) -> None:
    table = save(folder.root / "t.tsv", row("X", "funds", "vorhaben", note="x"))
    names = save(folder.root / "n.csv", {"name": "X", "entity": "vereins"},
                 heads=("name", "entity"), delimiter=",")  # fmt: skip
    found = plan(table, folder.data, Choices(names=names))
    assert [str(p) for p in found.problems] == [
        f"{names}:2: 'vereins' is the name of no entity, write an id, or `new`: did you mean 'verein'?"
    ]
    save(folder.root / "n.csv", heads=("name",), delimiter=",")
    with pytest.raises(KgError, match="column 'entity' is missing"):
        plan(table, folder.data, Choices(names=names))


def test_a_merged_name_stays_the_one_that_the_source_wrote(folder: DataFolder) -> None:
    with folder.entities.open("a", encoding="utf-8") as out:
        out.write("- id: alt\n  type: Association\n  label: Alter Verein\n  alias: [MV]\n"
                  "  same_as: {entity: verein, by: A, on: 2020-01-01, why: umbenannt}\n")  # fmt: skip
    table = save(folder.root / "t.tsv", row("Alter Verein", "memberOf", "MV", note="x"),
                 row("Alter Verein", "funds", "Vorhaben", note="x"))  # fmt: skip
    drafted = {
        (s.latest.subject, s.latest.object) for s in plan(table, folder.data).changes.statements
    }
    assert ("alt", "vorhaben") in drafted
    assert ("alt", "verein") in drafted, "MV is a name of both, which are one"


PASSAGE_HEADS = ("statement", "source", "subject", "relation", "object", "since", "role", "amount",
                 "quote", "quote_start", "quote_end", "evidence_note", "note")  # fmt: skip


def test_what_is_there_is_changed_in_place_and_shown_old_and_new(folder: DataFolder) -> None:
    folder.replace(folder.source, "  certainty: stated\n  evidence: {quote",
                   "  role: Chefin  # sic\n  certainty: stated\n  evidence: {quote")  # fmt: skip
    table = save(folder.root / "t.tsv", {
        "source": "meldung", "subject": "MV", "relation": "chairedBy", "object": "anna-muster",
        "since": "2019", "role": "Vorsitzende", "amount": "", "quote": "Anna Muster leitet den Verein",
    }, heads=PASSAGE_HEADS)  # fmt: skip
    found = plan(table, folder.data)
    change = found.changes.statements[0]
    assert [(f.name, f.old, f.new) for f in change.fields] == [("role", "Chefin", "Vorsitzende")]
    assert found.problems == (), "the passage has the place that it had"
    found.write()
    text = folder.source.read_text(encoding="utf-8")
    assert re.search("  role: Vorsitzende +# sic\n", text)
    assert "start: 0, end: 29" in text


def test_what_the_table_has_no_column_for_stays(folder: DataFolder) -> None:
    folder.replace(folder.source, "  certainty: stated\n  evidence: {quote",
                   "  role: Chefin\n  certainty: implied\n  evidence: {quote")  # fmt: skip
    table = save(folder.root / "t.tsv", row("MV", "chairedBy", "anna-muster", start="2019", note="x") | {
        "source_url": "https://example.org/meldung"})  # fmt: skip
    found = plan(table, folder.data)
    assert (found.there, found.files) == (1, {})


def test_a_row_with_the_id_of_a_statement_changes_its_dates(folder: DataFolder) -> None:
    old = next(s for s in read_corpus(folder.data)[0].all_statements() if s.since)
    base = {"source": "meldung", "subject": "verein", "relation": "chairedBy", "object": "anna-muster",
            "statement": old.id, "quote": "Anna Muster leitet den Verein"}  # fmt: skip
    table = save(folder.root / "t.tsv", {**base, "since": "2018"}, heads=PASSAGE_HEADS)
    plan(table, folder.data).write()
    after = [s for s in read_corpus(folder.data)[0].all_statements() if s.relation == "chairedBy"]
    assert [(s.since, s.evidence) for s in after] == [("2018", old.evidence)]
    both = save(folder.root / "t.tsv", {**base, "since": "2017", "statement": after[0].id},
                {**base, "since": "2016", "statement": after[0].id}, heads=PASSAGE_HEADS)  # fmt: skip
    found = plan(both, folder.data)
    assert [(p.line, p.mend) for p in found.problems if "another row" in p.message] == [
        (3, "empty the cell 'statement' in the row that is new")]  # fmt: skip


def test_several_rows_are_several_passages_of_one_statement(folder: DataFolder) -> None:
    base = {"source": "meldung", "subject": "bund", "relation": "funds", "object": "vorhaben",
            "since": "2020"}  # fmt: skip
    one = {**base, "quote": "gefördert vom Bund", "role": "Geber"}
    two = {**base, "quote": "wie der Bund sagt", "role": ""}
    table = save(folder.root / "t.tsv", one, two, one, heads=PASSAGE_HEADS)
    missing = plan(table, folder.data)
    assert {(p.line, p.message, p.mend) for p in missing.problems} == {
        (2, "the quote has no offsets", "give the folder of the texts by --texts DIR")}  # fmt: skip
    found = plan(table, folder.data, Choices(texts=folder.texts))
    assert found.problems == ()
    found.write()
    statement = next(s for s in read_corpus(folder.data)[0].all_statements() if s.since == "2020")
    assert [(e.quote, e.start) for e in statement.evidence] == [
        ("gefördert vom Bund", 44), ("wie der Bund sagt", 64)]  # fmt: skip
    assert statement.role == "Geber"
    other = save(folder.root / "t.tsv", one, {**two, "role": "Gast"}, heads=PASSAGE_HEADS)
    assert [(p.line, p.message) for p in plan(other, folder.data, Choices(texts=folder.texts)).problems] == [
        (3, f"'role' is another than in {other}:2, which is the same statement")]  # fmt: skip


def test_a_quote_that_is_not_in_the_text_is_told_with_its_row(folder: DataFolder) -> None:
    good = {"source": "meldung", "subject": "bund", "relation": "funds", "object": "vorhaben",
            "since": "2020", "quote": "gefördert vom Bund"}  # fmt: skip
    table = save(folder.root / "t.tsv", good, {**good, "since": "2021", "quote": "vom Land"},
                 heads=PASSAGE_HEADS)  # fmt: skip
    found = plan(table, folder.data, Choices(texts=folder.texts))
    assert found.problems[-1].line == 3
    assert "„vom Land“ is not in the text" in found.problems[-1].message


def test_all_that_is_wrong_is_told_at_once_with_its_line(folder: DataFolder) -> None:
    table = save(
        folder.root / "t.tsv",
        row("verein", "chaired", "anna-muster", note="x"),
        row("verein", "chairedBy", "vorhaben", note="x"),
        row("verein", "chairedBy", "anna-muster", start="im Mai", note="x"),
        row("", "chairedBy", "", note="x"),
        row("verein", "chairedBy", "anna-muster", end="2020", note="a@example.org"),
        row("verein", "memberOf", "bund", note="x") | {"source_url": "", "source_title": ""},
        row("verein", "memberOf", "bund", note="x") | {"source_url": "https://x.example", "source_title": ""},
        row("bund", "funds", "vorhaben"),
    )  # fmt: skip
    before = contents(folder.data)
    ran = run_kg("import", table, "--data", folder.data, "--write")
    assert ran.code == 1
    told = [
        line.removeprefix(f"{table}:")
        for line in ran.out.split("\n")
        if line.startswith(f"{table}:")
    ]
    assert [line.split(",")[0] for line in told] == [
        "2: unknown relation 'chaired'",
        "3: 'verein' cannot stand to 'vorhaben' so: Association chairedBy Project",
        "4: `since`: 'im Mai' is no EDTF date",
        "5: subject",
        "6: 'a@example.org' is an e-mail address",
        "7: no source is given",
        "8: a new source needs source_title",
        "9: this statement is cited without a note",
    ]
    assert (
        f"note: {table}:9: neither quote nor note: say there what was read, or by --note TEXT"
        in ran.out
    )
    assert contents(folder.data) == before


def test_a_note_for_all_that_rests_on_nothing_else(folder: DataFolder) -> None:
    table = save(folder.root / "t.tsv", row("bund", "funds", "vorhaben"))
    found = plan(table, folder.data, Choices(note="Gelesen am 1. Mai."))
    assert [c.latest.evidence for c in found.changes.statements] == [
        (Evidence(note="Gelesen am 1. Mai."),)
    ]


@pytest.mark.parametrize("since", ["2021", "2021-05", "2021-05-06"])
def test_the_date_of_the_page_is_no_beginning(folder: DataFolder, since: str) -> None:
    table = save(folder.root / "t.tsv", row("verein", "managedBy", "anna-muster", start=since, note="x"),
                 row("bund", "funds", "vorhaben", start=since, end="2023", note="x"))  # fmt: skip
    found = plan(table, folder.data)
    told = "if it holds then, and is not said to have begun then, add --observed"
    assert found.notes == (f"{table}:2: since is no more than the date of the page: {told}",)
    dates = {(c.latest.since, c.latest.until, c.latest.observed) for c in plan(
        table, folder.data, Choices(observed=True)).changes.statements}  # fmt: skip
    assert dates == {(None, None, "2021-05-06"), (since, "2023", None)}


def test_the_same_with_other_dates_is_told(folder: DataFolder) -> None:
    table = save(folder.root / "t.tsv", row("MV", "chairedBy", "anna-muster", start="2018", note="x") | {
        "source_url": "https://example.org/meldung", "source_title": "Eine Meldung",
        "source_date": "31.1.2020", "subject_type": "Person"})  # fmt: skip
    assert plan(table, folder.data).notes == (
        f"{table}:2: the data have the same with other dates: are they one statement?",
        f"{table}:2: label or class is another in the data: change it by a table `entities`",
    )


def test_unknown_columns_are_told_or_left_out(folder: DataFolder) -> None:
    heads = (*HEADS, "Bemerkung", "")
    table = save(
        folder.root / "t.tsv", row("bund", "funds", "vorhaben", Bemerkung="x"), heads=heads
    )
    ran = run_kg("import", table, "--data", folder.data)
    assert (ran.code, f"{table}:1: unknown column 'Bemerkung'" in ran.out) == (1, True)
    assert "Or leave it out by --ignore 'Bemerkung'" in ran.out
    assert (
        run_kg("import", table, "--data", folder.data, "--ignore", "Bemerkung", "--note", "x").code
        == 0
    )
    typo = save(folder.root / "t.tsv", heads=("subject", "realtion", "object", "object"))
    assert [p.message for p in plan(typo, folder.data).problems] == [
        "column 'relation' is missing", "columns 'object' and 'object' are both 'object'",
        "no column says which source it is", "unknown column 'realtion'"]  # fmt: skip
    assert "did you mean 'relation'?" in plan(typo, folder.data).problems[-1].mend


def test_a_row_with_too_many_cells_is_told(folder: DataFolder) -> None:
    path = folder.root / "t.csv"
    path.write_text("subject,relation,object,source,note\nbund,funds,vorhaben,meldung,a, b\n")
    assert [(p.line, p.message) for p in plan(path, folder.data).problems] == [
        (2, "this row has 6 cells, but there are 5 columns")]  # fmt: skip


def test_ids_never_leave_the_data_folder(folder: DataFolder) -> None:
    for name, heads, cells in (
        ("statements", HEADS, row("bund", "funds", "vorhaben", note="x") | {"source": "../../evil"}),
        ("sources", ("id", "title", "publisher", "url"),
         {"id": "../../evil", "title": "x", "publisher": "bund", "url": "https://example.org"}),
        ("entities", ("id", "type", "label"), {"id": "../evil", "type": "Person", "label": "x"}),
    ):  # fmt: skip
        table = save(
            folder.root / f"{name}.tsv", cells, heads=tuple(dict.fromkeys((*heads, *cells)))
        )
        found = plan(table, folder.data)
        assert [p.message.split("'")[2] for p in found.problems] == [" cannot be an id"]
        assert found.files == {}


def test_tables_of_entities_sources_and_conflicts_change_what_they_name(folder: DataFolder) -> None:
    one, two = read_corpus(folder.data)[0].all_statements()
    tables = folder.root / "tables"
    tables.mkdir()
    save(tables / "entities.csv", {"id": "verein", "aliases": 'MV; "a; b"', "label_en": "Club"},
         {"id": "neu", "type": "City", "label": "Neu"}, heads=("id", "type", "label", "label_en", "aliases"),
         delimiter=",")  # fmt: skip
    save(tables / "sources.csv", {"id": "meldung", "title": "Die Meldung"}, heads=("id", "title"),
         delimiter=",")  # fmt: skip
    save(tables / "conflicts.csv", {"statements": f"{one.id}; {two.id}", "verdict": "detail", "by": "A",
                                    "on": "1.2.2020", "why": "x"},
         heads=("statements", "verdict", "by", "on", "why"), delimiter=",")  # fmt: skip
    found = plan(tables, folder.data)
    assert [str(p) for p in found.problems if p.path.startswith(str(tables))] == [
        f"{tables}/entities.csv:2: 'type' is missing, add `type: …`",
        f"{tables}/entities.csv:2: 'verein' has no German label, add `label: {{de: …}}`"], "emptied cells"  # fmt: skip
    save(tables / "entities.csv", {"id": "verein", "aliases": 'MV; "a; b"', "label_en": "Club"},
         heads=("id", "label_en", "aliases"), delimiter=",")  # fmt: skip
    found = plan(tables, folder.data)
    assert found.problems == ()
    assert found.changes.counts == {
        "entities": {"renamed": 1}, "sources": {"changed": 1}, "verdicts": {"added": 1}}  # fmt: skip
    found.write()
    text = folder.entities.read_text(encoding="utf-8")
    assert "label: {de: Muster e.V., en: Club}\n  alias: [MV, a; b]" in text
    assert "title: Die Meldung\n" in folder.source.read_text(encoding="utf-8")
    assert plan(tables, folder.data).files == {}
    assert run_kg("check", "--data", folder.data).code == 0


def test_the_plan_as_json(folder: DataFolder) -> None:
    table = save(folder.root / "t.tsv", row("bund", "funds", "vorhaben", note="x"),
                 row("Niemand", "funds", "vorhaben", note="x"))  # fmt: skip
    shown = json.loads(run_kg("import", table, "--data", folder.data, "--format", "json").out)
    assert shown["changes"]["counts"] == {"statements": {"added": 1}, "sources": {"added": 1}}
    assert [(u["name"], u["places"]) for u in shown["unknown"]] == [("Niemand", [f"{table}:3"])]
    assert (shown["there"], shown["waiting"], shown["problems"]) == (0, 1, [])
    assert shown["files"] == ["sources/verein-2021-05-06.yaml"]


def test_only_what_is_empty_or_data_is_written_into(folder: DataFolder) -> None:
    table = save(folder.root / "t.tsv", row("bund", "funds", "vorhaben", note="x"))
    ran = run_kg("import", table, "--data", folder.root)
    assert (ran.code, "this is no data folder" in ran.err) == (1, True)
    ran = run_kg("import", table, "--data", folder.root / "none")
    assert (ran.code, "3 unknown names" in ran.out) == (0, True)
    assert not (folder.root / "none").exists()
    ran = run_kg("import", folder.root / "none.csv", "--data", folder.data)
    assert (ran.code, "cannot be read" in ran.err) == (1, True)
    ran = run_kg("import", table, "--data", folder.data, "--unknown", "n.docx", cwd=folder.root)
    assert (ran.code, "this is no table" in ran.err) == (2, True)


def test_a_write_that_fails_gives_all_files_back(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = save(folder.root / "t.tsv", row("Neu", "funds", "vorhaben", note="x", subject_type="Fund"),
                 row("MV", "managedBy", "anna-muster", note="x") | {"source_url": "https://example.org/meldung"})  # fmt: skip
    found = plan(table, folder.data, Choices(new=True))
    assert len(found.files) == 3
    before, calls = contents(folder.data), list[Path]()

    def failing(path: Path, content: str) -> None:
        calls.append(path)
        if len(calls) == 3:
            raise KgError("no room")
        path.write_text(content, encoding="utf-8", newline="")

    monkeypatch.setattr("kg.applying.write", failing)
    with pytest.raises(KgError, match="no room"):
        found.write()
    assert contents(folder.data) == before


def test_data_that_have_problems_are_told_where_they_stand(folder: DataFolder) -> None:
    folder.replace(folder.source, "relation: funds", "relation: fonds")
    table = save(folder.root / "t.tsv", row("MV", "managedBy", "anna-muster", note="x"))
    found = plan(table, folder.data)
    assert [(p.path, p.line) for p in found.problems] == [(str(folder.source), 14)]


def test_a_lost_statement_would_be_noticed(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = save(folder.root / "t.tsv", row("MV", "managedBy", "anna-muster", note="x"))

    def forgetful(*args: Any) -> Tried:
        tried = try_edits(*args)
        return replace(tried, corpus=replace(tried.corpus, sources={}))

    monkeypatch.setattr("kg.importing.try_edits", forgetful)
    found: Plan = plan(table, folder.data)
    assert [p.message for p in found.problems] == ["the statement would not be written as meant"]


@pytest.mark.parametrize(
    ("relation", "subject", "object_", "meant"),
    [
        ("partnersWith", "Association", "Project", "partnerIn"),
        ("partnersWith", "Association", "University", "cooperatesWith"),
        ("partnersWith", "Project", "Programme", "cooperatesWith"),
        ("partnersWith", "City", "City", "partnersWith"),
        ("funds", "PublicBody", "Project", "funds"),
        ("memberOfBoard", "Person", "Association", "memberOfBoard"),
    ],
)
def test_a_divided_relation_becomes_the_one_that_fits(
    ontology: Ontology, relation: str, subject: str, object_: str, meant: str
) -> None:
    assert narrowed(relation, subject, object_, ontology) == meant


def test_ids_are_spelt_as_german_is() -> None:
    assert slug("Ü-Straße „Größe“ & Söhne (2.0)", 60) == "ue-strasse-groesse-und-soehne-2-0"
    assert slug("Élan Žižka", 60) == "elan-zizka"
    assert slug("aaa bbb ccc", 8) == "aaa-bbb"
    assert slug("中文", 60) == ""


def test_writing_needs_a_folder_that_was_named(folder: DataFolder) -> None:
    table = save(folder.root / "t.tsv", row("bund", "funds", "vorhaben", note="x"))
    ran = run_kg("import", table, "--write")
    assert (ran.code, "--write needs --data DIR" in ran.err) == (2, True)
    assert run_kg("import", table, "--write", KG_DATA=str(folder.data)).code == 0
    assert ("verein-2021-05-06", "bund", "funds", "vorhaben") in said(folder.data)


def test_a_new_id_for_a_page_that_is_there_is_told(folder: DataFolder) -> None:
    table = save(
        folder.root / "t.tsv",
        {**row("bund", "funds", "vorhaben", note="x"), "source": "mein-name",
         "source_url": "https://www.example.org/meldung"},
        heads=(*HEADS, "source"),
    )  # fmt: skip
    found = plan(table, folder.data)
    assert found.notes == (
        f"{table}:2: a new id for a page that is a source already: use that one",
    )
    assert [c.latest.id for c in found.changes.sources] == ["mein-name"]


def test_several_sources_of_one_page_are_told(folder: DataFolder) -> None:
    other = folder.source.with_name("zweite.yaml")
    other.write_text("id: zweite\ntitle: x\npublisher: bund\nurl: http://example.org/meldung/\n")
    table = save(folder.root / "t.tsv", {**row("bund", "funds", "vorhaben", note="x"),
                                         "source_url": "https://example.org/meldung"})  # fmt: skip
    assert [str(p) for p in plan(table, folder.data).problems] == [
        f"{table}:2: several sources have this address, say which in the column 'source': meldung, zweite"
    ]


def test_an_assertion_and_a_denial_of_the_same_are_told(folder: DataFolder) -> None:
    one = {"source": "meldung", "subject": "bund", "relation": "funds", "object": "vorhaben",
           "since": "2020", "evidence_note": "x", "modality": "asserted"}  # fmt: skip
    heads = (*PASSAGE_HEADS, "modality")
    table = save(folder.root / "t.tsv", one, {**one, "modality": "denied"}, heads=heads)
    assert ["'modality' is another" in p.message for p in plan(table, folder.data).problems] == [
        True
    ]
    table = save(
        folder.root / "t.tsv", one, {**one, "modality": "denyed"} | {"since": "2021"}, heads=heads
    )
    assert [(p.line, p.message, p.mend) for p in plan(table, folder.data).problems] == [
        (3, "'modality' cannot be 'denyed'", "did you mean 'denied'?")]  # fmt: skip


def test_new_sources_have_ids_of_publisher_and_date_or_title(folder: DataFolder) -> None:
    pages = [{"source_url": f"https://example.org/{i}", "source_title": title, "source_date": date}
             for i, (title, date) in enumerate([
                 ("Erstes Blatt", "2021-05"), ("Zweites Blatt über Größe", "2021-05"),
                 ("Ohne Datum und mit einem langen Titel von vielen Worten", ""), ("中文", "")])]  # fmt: skip
    table = save(
        folder.root / "t.tsv", *(row("bund", "funds", "vorhaben", note="x") | p for p in pages)
    )
    assert [c.latest.id for c in plan(table, folder.data).changes.sources] == [
        "verein-2021-05", "verein-2021-05-zweites-blatt-ueber-groesse",
        "verein-ohne-datum-und-mit-einem-langen-titel", "verein-seite"]  # fmt: skip


def test_what_cannot_be_changed_without_losing_a_comment_is_told(folder: DataFolder) -> None:
    folder.replace(
        folder.source, "  since: 2019\n", "  since: 2019\n  role: Chefin  # so im Text\n"
    )
    table = save(folder.root / "t.tsv", {
        "source": "meldung", "subject": "MV", "relation": "chairedBy", "object": "anna-muster",
        "since": "2019"}, heads=("source", "subject", "relation", "object", "since", "role"))  # fmt: skip
    found = plan(table, folder.data)
    assert "without losing a comment" in found.problems[0].message
    assert found.problems[0].path == str(folder.source)


def test_what_is_spelled_so_goes_before_what_only_sounds_alike(folder: DataFolder) -> None:
    with folder.entities.open("a", encoding="utf-8") as out:
        out.write("- {id: plus, type: Fund, label: MV+}\n")
    table = save(folder.root / "t.tsv", row("MV+", "funds", "vorhaben", note="x"),
                 row("M.V.", "funds", "vorhaben", note="x"), row("mv", "funds", "vorhaben", note="x"))  # fmt: skip
    found = plan(table, folder.data)
    assert {c.latest.subject for c in found.changes.statements} == {"plus", "verein"}
    assert [u.name for u in found.unknown] == ["M.V."]
