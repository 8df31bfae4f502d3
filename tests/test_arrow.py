"""Rows as Arrow and Parquet: every value as it is, columns as narrow as their values allow."""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.answers import Answer, Iri, read_rows
from kg.arrow import write_arrow
from kg.errors import QueryError
from kg.graph import Graph
from kg.tables import Table, table_of, write_table
from tests.commands import run_kg

VALUES: list[st.SearchStrategy[Any]] = [
    st.text().filter(lambda t: not any("\ud800" <= c <= "\udfff" for c in t)),
    st.integers(-(10**17), 10**17),
    st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9
    ),
    st.booleans(),
    st.dates(),
    st.sampled_from(["https://example.org/ä", "urn:a"]).map(Iri),
]


def _read(answer: Answer, format_: str = "parquet") -> pa.Table:
    out = io.BytesIO()
    write_arrow(answer, out, format_)
    out.seek(0)
    return pq.read_table(out) if format_ == "parquet" else feather.read_table(out)


def _answer(*columns: list[Any]) -> Answer:
    table = Table(tuple(f"c{i}" for i in range(len(columns))), tuple(zip(*columns, strict=True)))
    return read_rows(write_table(table, "json").encode())


@given(
    st.lists(
        st.one_of(*(st.lists(st.none() | v, min_size=4, max_size=4) for v in VALUES)),
        min_size=1,
        max_size=4,
    )
)
def test_any_values_come_back(columns: list[list[Any]]) -> None:
    read = _read(_answer(*columns))
    assert [read.column(i).to_pylist() for i in range(len(columns))] == columns


@given(st.lists(st.one_of(*VALUES), min_size=2, max_size=5))
def test_mixed_columns_are_text_as_in_csv(values: list[Any]) -> None:
    read = _read(_answer(values, [*values[1:], "text"]))
    lines = list(table_of(_answer(values, [*values[1:], "text"])))
    plain = [str(r["c1"]).lower() if isinstance(r["c1"], bool) else str(r["c1"]) for r in lines]
    if read.schema.field("c1").type == pa.string():
        assert read.column("c1").to_pylist() == plain


def test_types_and_what_is_an_iri(documents_graph: Graph) -> None:
    read = _read(documents_graph.query(
        'SELECT ?iri ?whole ?amount ?double ?truth ?day ?edtf ?tagged ?mixed ?none { VALUES'
        " (?iri ?whole ?amount ?double ?truth ?day ?edtf ?tagged ?mixed) {"
        ' (akt:funds 7 2.50 1e3 true "2019-10-15"^^xsd:date "2004"^^<http://id.loc.gov/datatypes/edtf> "Müller\\t\\"a\\\\b\\""@de 1)'
        ' (akt:funds "007"^^xsd:integer 30000000.125 0.5 false "2020-01-01"^^xsd:date "20"^^<http://id.loc.gov/datatypes/edtf> "x"@de <urn:a>)'
        " } }"
    ))  # fmt: skip
    assert [str(t) for t in read.schema.types[:9]] == [
        "string", "int64", "decimal128(38, 3)", "double", "bool", "date32[day]", "string", "string",
        "string",
    ]  # fmt: skip
    assert read.schema.field("iri").metadata == {b"term": b"iri"}
    assert not read.schema.field("tagged").metadata
    assert read.to_pylist() == [
        {"iri": "https://w3id.org/akteursnetz/ontology#funds", "whole": 7, "amount": Decimal("2.500"),
         "double": 1000.0, "truth": True, "day": date(2019, 10, 15), "edtf": "2004",
         "tagged": 'Müller\t"a\\b"', "mixed": "1", "none": None},
        {"iri": "https://w3id.org/akteursnetz/ontology#funds", "whole": 7,
         "amount": Decimal("30000000.125"), "double": 0.5, "truth": False, "day": date(2020, 1, 1),
         "edtf": "20", "tagged": "x", "mixed": "urn:a", "none": None},
    ]  # fmt: skip


@pytest.mark.parametrize("format_", ["parquet", "arrow"])
def test_empty_answers_and_rows(documents_graph: Graph, format_: str) -> None:
    assert _read(documents_graph.query("SELECT ?a ?b { ?a akt:none ?b }"), format_).to_pydict() == {
        "a": [],
        "b": [],
    }
    sparse = _read(documents_graph.query("SELECT ?a { VALUES ?a { 1 UNDEF } }"), format_)
    assert sparse.to_pydict()["a"] == [1, None]
    with pytest.raises(QueryError):
        _read(documents_graph.query("ASK {}"), format_)


def test_the_command_writes_by_ending_and_with_evidence(tmp_path: Path) -> None:
    for name in ("rows.parquet", "rows.arrow", "rows.feather"):
        done = run_kg("query", "funding", "--evidence", "-o", tmp_path / name)
        assert done.code == 0, done.err
    json_rows = json.loads(run_kg("query", "funding", "--evidence", "--format", "json").out)
    wanted = [r["funded"]["value"] for r in json_rows["results"]["bindings"]]
    parquet = pq.read_table(tmp_path / "rows.parquet")
    assert parquet.column("funded").to_pylist() == wanted
    assert parquet.equals(feather.read_table(tmp_path / "rows.arrow"))
    assert parquet.equals(feather.read_table(tmp_path / "rows.feather"))
    amounts = [r.get("amount", {}).get("value") for r in json_rows["results"]["bindings"]]
    found = parquet.column("amount").to_pylist()
    assert [None if a is None else Decimal(a) for a in amounts] == found
