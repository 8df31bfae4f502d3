"""Tables in files: what is written is read back, whatever stands in a cell."""

from __future__ import annotations

import csv
import datetime as dt
import io
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.columns import TABLES, Column, Written, column_of, join_items, split_items, written
from kg.curated import read_corpus
from kg.errors import KgError
from kg.model import Corpus
from kg.tabular import FORMATS, Sheet, read_tables, text_of
from kg.tabulate import like_formulas, write_table, write_workbook
from tests.commands import KG, run_kg
from tests.conftest import MakeData

# What XML can hold, which is what `kg check` allows in a text.
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\"';,\t\n\r=+-@_x0D5F"),
    max_size=30,
)
ODD = ["=cmd()", "+1", "-1", "@a", "007", "2019-10", "1e5", "TRUE", "a\r\nb", "\r", "_x000D_",
       "_x005F_x000D_", '"', "a;b", '"a"; b', "'", "ÄÖÜß", "#N/A", "1.50", "\ufeff", "\u2028"]  # fmt: skip


def saved(table: Written, format_: str, folder: Path) -> Path:
    path = folder / f"{table.name}.{format_}"
    path.write_bytes(write_workbook([table]) if format_ == "xlsx" else write_table(table, format_))
    return path


def texts(sheet: Sheet) -> list[tuple[str, ...]]:
    """The rows, as wide as the heads."""
    return [row + ("",) * (len(sheet.heads) - len(row)) for _, row in sheet.rows]


@pytest.mark.parametrize("format_", FORMATS)
@given(cells=st.lists(TEXT.filter(str.strip), min_size=1, max_size=5))
@example(cells=ODD)
def test_every_text_comes_back(
    format_: str, cells: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    columns = tuple(Column(f"c{i}", "", exact=True) for i in range(len(cells)))
    row = {f"c{i}": cell for i, cell in enumerate(cells)}
    table = Written("statements", columns, (row, row))
    read = read_tables(saved(table, format_, tmp_path_factory.mktemp("t")))
    assert read.problems == []
    assert texts(read.sheets[0]) == [tuple(cells)] * 2


@given(st.lists(TEXT.filter(str.strip), max_size=5))
@example(['"', 'a "b"', '"a"', "a;b", " a ", "a\nb"])
def test_lists_in_a_cell_come_back(items: list[str]) -> None:
    assert split_items(join_items(items)) == items


def test_lists_are_read_as_people_write_them() -> None:
    assert split_items(' BMAS;Ministerium ; ;"Haus" e.V.; "a; b"') == [
        "BMAS", "Ministerium", '"Haus" e.V.', "a; b"]  # fmt: skip


def test_a_workbook_holds_texts_not_formulas_or_dates(tmp_path: Path) -> None:
    columns = (Column("object", "", exact=True), Column("amount", "", number=True))
    rows = ({"object": "=1+1", "amount": "3800000"}, {"object": "2019-10", "amount": "12.50"})
    path = saved(Written("statements", columns, rows), "xlsx", tmp_path)
    sheet = openpyxl.load_workbook(path)["statements"]
    assert [(c.value, c.data_type, c.number_format) for c in sheet["A"][1:]] == [
        ("=1+1", "s", "@"), ("2019-10", "s", "@")]  # fmt: skip
    assert [c.value for c in sheet["B"][1:]] == [3800000, 12.5]
    assert sheet.column_dimensions["A"].number_format == "@", "what is typed in stays a text too"
    assert sheet.freeze_panes == "A2"


def test_what_does_not_fit_a_cell_is_said_not_cut(tmp_path: Path) -> None:
    table = Written("sources", (Column("note", "", exact=True),), ({"note": "a" * 32_768},))
    with pytest.raises(KgError, match=r"'note' has 32768 characters, xlsx takes 32767"):
        saved(table, "xlsx", tmp_path)
    assert texts(read_tables(saved(table, "csv", tmp_path)).sheets[0]) == [("a" * 32_768,)]
    long = Written("sources", (Column("note", "", exact=True),), ({"note": "a" * 200_000},))
    assert len(texts(read_tables(saved(long, "tsv", tmp_path)).sheets[0])[0][0]) == 200_000
    assert csv.field_size_limit() == 131_072, "the limit of others is left alone"


def test_a_csv_has_the_texts_and_tells_what_looks_like_a_formula() -> None:
    rows = ({"note": "=HYPERLINK(1)"}, {"note": "-"}, {"note": "a=b"})
    table = Written("sources", (Column("note", "", exact=True),), rows)
    assert write_table(table, "csv") == b"note\r\n=HYPERLINK(1)\r\n-\r\na=b\r\n"
    assert like_formulas(table) == 2


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (None, "", ""),
        (2019, "", "2019"),
        (2019.0, "", "2019"),
        (float("nan"), "", ""),
        (1e15, "", "1000000000000000"),
        (Decimal("12.50"), "", "12.5"),
        (True, "", "true"),
        (dt.datetime(2019, 10, 1), "mmm-yy", "2019-10"),
        (dt.datetime(2019, 10, 1), "[$-407]MMMM YYYY", "2019-10"),
        (dt.datetime(2019, 10, 15), "dd.mm.yyyy", "2019-10-15"),
        (dt.datetime(2019, 1, 1), "yyyy", "2019"),
        (dt.datetime(2019, 10, 15), "", "2019-10-15"),
        (dt.date(2019, 10, 15), "", "2019-10-15"),
        (dt.datetime(2019, 10, 15, 8, 30), "", "2019-10-15 08:30:00"),
        (["a", "b;c"], "", 'a; "b;c"'),
    ],
)  # fmt: skip
def test_typed_cells_are_read_as_a_person_sees_them(
    value: object, shown_as: str, text: str
) -> None:
    assert text_of(value, shown_as) == text


def test_a_workbook_that_a_spreadsheet_made(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Tabelle1"
    sheet.append(["Subject", "Since", "Amount", "Role"])
    sheet.append(["ACOD", dt.datetime(2019, 10, 1), 12.5, True])
    sheet["B2"].number_format = "mmm-yy"
    sheet.append([None, None, None, None])
    sheet.append(["BMAS", 2019, None, "#REF!"])
    sheet["D4"].data_type = "e"
    book.save(tmp_path / "mine.xlsx")
    read = read_tables(tmp_path / "mine.xlsx")
    assert read.sheets[0].name == "statements"
    assert read.sheets[0].rows[0] == (2, ("ACOD", "2019-10", "12.5", "true"))
    assert read.sheets[0].rows[1][0] == 4
    assert [str(p) for p in read.problems] == [
        f"{tmp_path}/mine.xlsx:Tabelle1:4: a cell has the error #REF!, mend its formula, or type a text"
    ]


def test_formulas_are_not_run(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["subject", "object"])
    sheet.append(["=1+1", "x"])
    book.save(tmp_path / "f.xlsx")
    assert texts(read_tables(tmp_path / "f.xlsx").sheets[0]) == [("", "x")], "no value was saved"


def test_only_sheets_of_our_names_are_read_where_there_are_several(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("Notizen", "Entities"):
        book.create_sheet(name).append(["id"])
    del book["Sheet"]
    book.save(tmp_path / "b.xlsx")
    read = read_tables(tmp_path / "b.xlsx")
    assert [s.name for s in read.sheets] == ["entities"]
    assert "b.xlsx:Notizen is not read" in read.notes[0]


def test_a_parquet_that_another_program_made(tmp_path: Path) -> None:
    table = pa.table({
        "subject": ["ACOD", None],
        "since": pa.array([2019.0, None], pa.float64()),
        "source_date": pa.array([dt.date(2019, 10, 15), None], pa.date32()),
        "subject_aliases": [["a", "b"], []],
        "__index_level_0__": [0, 1],
    })  # fmt: skip
    pq.write_table(table, tmp_path / "t.parquet")
    sheet = read_tables(tmp_path / "t.parquet").sheets[0]
    assert sheet.heads == ("subject", "since", "source_date", "subject_aliases")
    assert sheet.rows == ((1, ("ACOD", "2019", "2019-10-15", "a; b")),)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separators_and_encodings(tmp_path: Path, separator: str, encoding: str) -> None:
    path = tmp_path / "t.csv"
    lines = [["subject", "relation", "object", "note"], ["Köln", "locatedIn", "Ü", "a,b;c\td"]]
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(lines)
    path.write_bytes(out.getvalue().encode(encoding))
    read = read_tables(path)
    assert read.sheets[0].heads == tuple(lines[0])
    assert read.sheets[0].rows == ((2, tuple(lines[1])),)
    told = [f"{path}:2: this is not UTF-8, so it was read as Windows-1252"]
    assert read.notes == (told if encoding == "cp1252" else [])


def test_rows_that_cannot_be_read_are_all_told_with_the_line_they_begin_in(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text('subject\tobject\n"A"b\tx\nC\t"two\nlines"\n"D" e\tx\nE\t"never closed\nF\tx\n')
    read = read_tables(path)
    assert [(p.line, p.message.split(" (")[0]) for p in read.problems] == [
        (2, "this row cannot be read"), (5, "this row cannot be read"),
        (6, "this row cannot be read")]  # fmt: skip
    assert read.sheets[0].rows == ((3, ("C", "two\nlines")),)


WRONG = [
    ("t.docx", b"", "this is no table, give one of .csv, .tsv, .parquet, .xlsx"),
    ("t.csv", b"", "this table is empty"),
    ("t.csv", b"\n\n ,\n", "this table is empty"),
    ("t.xlsx", b"nothing", "this is no xlsx"),
    ("t.xlsx", b"PK\x05\x06" + b"\0" * 18, "this is no xlsx"),
    ("t.parquet", b"nothing", "this is no parquet"),
]


@pytest.mark.parametrize(("name", "content", "message"), WRONG)
def test_what_is_no_table_is_said(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(KgError, match=message):
        read_tables(tmp_path / name)


def test_folders_are_read_by_the_names_of_their_files(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no table is in it"):
        read_tables(tmp_path)
    (tmp_path / "sources.csv").write_text("id\na\n")
    (tmp_path / "entities.tsv").write_text("id\nb\n")
    (tmp_path / "readme.md").write_text("x")
    read = read_tables(tmp_path)
    assert [s.name for s in read.sheets] == ["entities", "sources"]
    assert "readme.md is not read" in read.notes[0]
    (tmp_path / "sources.tsv").write_text("id\na\n")
    with pytest.raises(KgError, match=r"it has sources\.csv and sources\.tsv, keep one"):
        read_tables(tmp_path)
    with pytest.raises(KgError, match="cannot be read"):
        read_tables(tmp_path / "none.csv")


@pytest.mark.parametrize(("library", "ending"), [("openpyxl", "xlsx"), ("pyarrow", "parquet")])
def test_a_missing_library_is_named(tmp_path: Path, library: str, ending: str) -> None:
    code = (f"import sys; sys.modules['{library}'] = None; sys.argv[0] = 'kg'\n"
            "from kg.cli import main; main()")  # fmt: skip
    path = tmp_path / f"t.{ending}"
    path.write_bytes(b"x")
    for args in (["import", str(path)], ["export", "-o", str(path)]):
        done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, check=False)
        assert done.returncode == 1
        assert (
            f"{library} is not installed, run `pip install akteursnetz[tables]`"
            in done.stderr.decode()
        )


def test_heads_are_understood_as_people_write_them() -> None:
    heads = ("Start", " END ", "Source date", "source-id", "predicate", "Quote Start", "nonsense")
    assert [c and c.name for c in (column_of("statements", h) for h in heads)] == [
        "since", "until", "source_published", "source", "relation", "quote_start", None]  # fmt: skip
    found = [column_of("entities", h) for h in ("label_fr", "aliases_de-at", "label_")]
    assert [c and c.name for c in found] == ["label_fr", "aliases_de-at", None]


def test_every_column_has_one_name_and_a_meaning() -> None:
    for columns in TABLES.values():
        names = [n for c in columns for n in (c.name, *c.synonyms)]
        assert len(names) == len(set(names))
        assert all(c.meaning for c in columns)


def test_a_statement_has_a_row_for_each_passage(corpus: Corpus) -> None:
    rows = [r for r in written(corpus, "statements").rows
            if r["subject"] == "acod" and r["relation"] == "chairedBy"
            and r["source"] == "acod-2018-12-05"]  # fmt: skip
    assert [r["quote"] for r in rows] == [
        "Hans-Peter Kemser, Vorsitzender des ACOD", "Hans-Peter Kemser, Vorsitzender ACOD e.V."]  # fmt: skip
    assert {k: rows[0][k] for k in ("subject_label", "object_type", "observed", "role", "source_published")} == {
        "subject_label": "Automotive Cluster Ostdeutschland e.V.", "object_type": "Person",
        "observed": "2018-12-05", "role": "Vorsitzender", "source_published": "2018-12-05"}  # fmt: skip
    assert len({r["statement"] for r in rows}) == 1


def test_a_literal_has_neither_label_nor_class(tmp_path: Path, make_data: MakeData) -> None:
    folder = make_data(tmp_path)
    folder.replace(folder.source, "relation: chairedBy\n  object: anna-muster\n  since: 2019",
                   "relation: foundedOn\n  object: 2019")  # fmt: skip
    corpus, _ = read_corpus(folder.data)
    row = written(corpus, "statements").rows[0]
    assert row["object"] == "2019"
    assert not {"object_label", "object_type"} & row.keys()


def test_export_writes_the_statements_or_all_tables(tmp_path: Path, make_data: MakeData) -> None:
    data = make_data(tmp_path).data
    one = run_kg("export", "--data", data, "--format", "csv")
    assert one.code == 0
    rows = list(csv.DictReader(io.StringIO(one.out)))
    assert [(r["subject"], r["quote"], r["cited"]) for r in rows] == [
        ("verein", "Anna Muster leitet den Verein", ""), ("bund", "", "true")]  # fmt: skip
    assert run_kg("export", "--data", data, "-o", "one.tsv", cwd=tmp_path).code == 0
    assert (tmp_path / "one.tsv").read_text(encoding="utf-8").startswith("statement\tsource\t")
    assert run_kg("export", "--data", data, "-o", "t/", cwd=tmp_path).code == 0
    assert {p.name for p in (tmp_path / "t").iterdir()} == {f"{n}.csv" for n in TABLES}
    assert (
        run_kg("export", "--data", data, "--format", "parquet", "-o", "t", cwd=tmp_path).code == 0
    )
    assert (tmp_path / "t" / "sources.parquet").exists()
    wrong = run_kg("export", "--data", data, "--format", "ttl", "-o", "t/", cwd=tmp_path)
    assert (wrong.code, "a folder takes --format csv|tsv|parquet" in wrong.err) == (2, True)


def test_an_export_to_standard_output_is_whole(tmp_path: Path, make_data: MakeData) -> None:
    data = make_data(tmp_path).data
    for format_ in ("xlsx", "parquet"):
        command = [str(KG), "export", "--data", str(data), "--format", format_]
        content = subprocess.run(command, capture_output=True, check=True).stdout
        (tmp_path / f"o.{format_}").write_bytes(content)
        assert len(read_tables(tmp_path / f"o.{format_}").sheets[0].rows) == 2


def test_two_workbooks_of_the_same_data_are_the_same_to_the_byte(
    tmp_path: Path, make_data: MakeData
) -> None:
    data = make_data(tmp_path).data
    for name in ("a.xlsx", "b.xlsx"):
        assert run_kg("export", "--data", data, "-o", name, cwd=tmp_path).code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    times = {i.date_time for i in zipfile.ZipFile(tmp_path / "a.xlsx").infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_a_part_is_exported_as_a_table_too(tmp_path: Path, make_data: MakeData) -> None:
    data = make_data(tmp_path).data
    ran = run_kg("export", "--data", data, "--format", "csv", "--at", "2018")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [r["subject"] for r in rows] == ["bund"], "the chair came in 2019"


def test_what_looks_like_a_formula_is_told_on_export(tmp_path: Path, make_data: MakeData) -> None:
    folder = make_data(tmp_path)
    folder.replace(folder.source, "Gelesen auf der Seite.", "'=1+1'")
    ran = run_kg("export", "--data", folder.data, "--format", "csv")
    assert ",=1+1," in ran.out
    assert "1 cell with = + - or @ in front: a spreadsheet would take them for formulas" in ran.err


def test_data_with_problems_are_not_exported(tmp_path: Path, make_data: MakeData) -> None:
    folder = make_data(tmp_path)
    folder.replace(folder.source, "relation: funds", "relation: fonds")
    ran = run_kg("export", "--data", folder.data, "-o", "t/", cwd=tmp_path)
    assert (ran.code, "unknown relation 'fonds'" in ran.err) == (1, True)
    assert not (tmp_path / "t").exists()
