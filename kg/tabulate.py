"""Tables written to files (csv, tsv, xlsx, parquet) so that nothing is lost on the way back.

In xlsx every text is typed as a text, also one that begins with ``=``. A csv has no types, so its
cells are exactly the texts; ``like_formulas`` counts those that a spreadsheet would run.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from kg.columns import Cells, Column, Written
from kg.errors import KgError, missing
from kg.files import writing

_XLSX_LIMIT = 32_767  # characters in a cell, as Excel has it
_ROWS_AT_ONCE = 20_000
_EXACT_DIGITS = 15  # of a number in a spreadsheet
_TO_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|\r")


def like_formulas(table: Written) -> int:
    """How many cells a spreadsheet would take for formulas if it opened them as csv."""
    return sum(value[0] in "=+-@\t\r" for row in table.rows for value in row.values())


def write_table(table: Written, format_: str) -> bytes:
    """A table as ``csv``, ``tsv`` or ``parquet``.

    Raises:
        KgError: parquet needs a library that is not installed.
    """
    if format_ == "parquet":
        return _parquet(table)
    out = io.StringIO(newline="")
    # All line ends are quoted, whatever the version of Python: a cell may have \r alone.
    writer = csv.writer(out, dialect="excel" if format_ == "csv" else "excel-tab")
    writer.writerow([c.name for c in table.columns])
    writer.writerows([row.get(c.name, "") for c in table.columns] for row in table.rows)
    return out.getvalue().encode()


def stream_table(
    columns: Sequence[Column], rows: Iterable[Cells], path: Path, format_: str
) -> None:
    """Write rows as they come to a ``csv`` or ``parquet`` of any size, some thousand at a time.

    Raises:
        KgError: parquet needs a library that is not installed, or the file cannot be written.
    """
    with writing(path) as beside:
        if format_ == "csv":
            with beside.open("w", encoding="utf-8", newline="") as text:
                writer = csv.writer(text)
                writer.writerow([c.name for c in columns])
                writer.writerows([row.get(c.name, "") for c in columns] for row in rows)
            return
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError as error:
            raise missing("pyarrow", "tables") from error
        rows = iter(rows)
        some = list(islice(rows, _ROWS_AT_ONCE))
        first = _arrow_table(columns, some, pa)
        with pq.ParquetWriter(beside, first.schema) as out:
            out.write_table(first)
            while some := list(islice(rows, _ROWS_AT_ONCE)):
                out.write_table(_arrow_table(columns, some, pa))


def _arrow_table(columns: Iterable[Column], rows: Sequence[Cells], pa: Any) -> Any:
    return pa.table({c.name: _arrow_column(c, rows, pa) for c in columns})


def _parquet(table: Written) -> bytes:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise missing("pyarrow", "tables") from error
    out = io.BytesIO()
    pq.write_table(_arrow_table(table.columns, table.rows, pa), out)
    return out.getvalue()


def _arrow_column(column: Column, rows: Iterable[dict[str, str]], pa: Any) -> Any:
    texts = [row.get(column.name) for row in rows]
    if not column.number:
        return pa.array(texts, pa.string())
    if column.name == "amount":
        numbers = [None if t is None else Decimal(t) for t in texts]
        return pa.array(numbers, pa.decimal128(17, 2))
    return pa.array([None if t is None else int(t) for t in texts], pa.int64())


def write_workbook(tables: Sequence[Written]) -> bytes:
    """Tables as the sheets of an xlsx; the same tables give the same bytes.

    Raises:
        KgError: openpyxl is not installed, or a text does not fit a cell.
    """
    try:
        import openpyxl
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.utils import get_column_letter
    except ImportError as error:
        raise missing("openpyxl", "tables") from error
    contents = [_values(table) for table in tables]
    book = openpyxl.Workbook(write_only=True)
    for table, rows in zip(tables, contents, strict=True):
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = "A2"
        for number, column in enumerate(table.columns, start=1):
            dimension = sheet.column_dimensions[get_column_letter(number)]
            dimension.number_format = "General" if column.number else "@"
            dimension.width = 40 if column.exact else 18
        sheet.append([c.name for c in table.columns])
        for row in rows:
            cells = [WriteOnlyCell(sheet, value) for value in row]
            for cell, value in zip(cells, row, strict=True):
                if isinstance(value, str):  # openpyxl takes what begins with = for a formula
                    cell.data_type, cell.number_format = "s", "@"
            sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return _without_times(out.getvalue())


def _values(table: Written) -> list[list[str | int | float | None]]:
    """The cells of a table as a workbook has them."""
    return [[_value(c, row.get(c.name), table.name) for c in table.columns] for row in table.rows]


def _value(column: Column, text: str | None, table: str) -> str | int | float | None:
    """A number where the column has numbers that are exact there; else a text as it is."""
    if text is None:
        return None
    if column.number and len(text.replace(".", "")) <= _EXACT_DIGITS:
        return int(text) if "." not in text else float(text)
    text = _TO_ESCAPE.sub(lambda m: "_x000D_" if m[0] == "\r" else "_x005F_", text)
    if len(text) > _XLSX_LIMIT:
        message = f"{table}: a text in '{column.name}' has {len(text)} characters"
        raise KgError(f"{message}, xlsx takes {_XLSX_LIMIT}: choose --format csv or parquet")
    return text


def _without_times(content: bytes) -> bytes:
    """A workbook without the time at which it was written."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", data)
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
