"""Tables in files: csv, tsv, xlsx and parquet, read as texts and written so that nothing is lost.

Nothing in a file is ever run: formulas are read as the values that the spreadsheet kept with them,
and every text is written to xlsx as a text, also one that begins with ``=``. A csv has no types, so
its cells are exactly the texts; ``like_formulas`` counts those that a spreadsheet would run.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.columns import TABLES, Column, Written, column_of, join_items
from kg.errors import KgError, Problem

FORMATS = ("csv", "tsv", "parquet", "xlsx")
_XLSX_LIMIT = 32_767  # characters in a cell, as Excel has it
_EXACT_DIGITS = 15  # of a number in a spreadsheet


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as its file has it; ``place`` is the file (and sheet), each row has its line."""

    name: str
    place: str
    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...] = field(repr=False)


@dataclass
class Read:
    """What was read: tables, what cannot be read, and what to tell the person."""

    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_tables(path: Path) -> Read:
    """The tables of a file, or of a folder with files named after ``TABLES``.

    Raises:
        KgError: it is neither, cannot be read at all, or needs a library that is not installed.
    """
    read = Read()
    files = _files_of(path, read) if path.is_dir() else [path]
    for file in files:
        kind = file.suffix.removeprefix(".").lower()
        if kind not in (*FORMATS, "txt"):
            raise KgError(f"{file}: this is no table, give one of .{', .'.join(FORMATS)}")
        try:
            content = file.read_bytes()
        except OSError as error:
            raise KgError(
                f"{file}: cannot be read ({error.strerror}), check path and rights"
            ) from error
        name = file.stem.lower() if file.stem.lower() in TABLES else "statements"
        if kind == "xlsx":
            _read_xlsx(file, content, name, read)
        elif kind == "parquet":
            read.sheets.append(_read_parquet(file, content, name))
        else:
            _read_separated(file, content, name, read)
    return read


def _files_of(folder: Path, read: Read) -> list[Path]:
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        name = path.stem.lower()
        if not path.is_file() or path.name[0] == ".":
            continue
        if name not in TABLES or path.suffix.removeprefix(".").lower() not in FORMATS:
            read.notes.append(f"{path} is not read: it is named after none of {', '.join(TABLES)}")
        elif name in found:
            raise KgError(f"{folder}: it has {found[name].name} and {path.name}, keep one of them")
        else:
            found[name] = path
    if not found:
        raise KgError(f"{folder}: no table is in it, name them {', '.join(TABLES)} (.csv or so)")
    return [found[name] for name in TABLES if name in found]


def _decoded(path: Path, content: bytes, read: Read) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        read.notes.append(f"{path}:{line}: this is not UTF-8, so it was read as Windows-1252")
        return content.decode("cp1252", "replace")


def _read_separated(path: Path, content: bytes, name: str, read: Read) -> None:
    text = _decoded(path, content, read)
    records = list(_records(text, _separator(text, name), str(path), read.problems))
    if not records:
        raise KgError(f"{path}: this table is empty, its first line should name the columns")
    (_, heads), *rows = records
    read.sheets.append(Sheet(name, str(path), tuple(heads), tuple(rows)))


def _separator(text: str, name: str) -> str:
    """What separates the cells: of ``,``, ``;`` and tab the one that finds the most columns."""
    line = next((x for x in text.splitlines() if x.strip()), "")

    def found(separator: str) -> tuple[int, int]:
        heads = next(csv.reader([line], delimiter=separator), [])
        return sum(column_of(name, h) is not None for h in heads), len(heads)

    return max(",;\t", key=found)


def _records(
    text: str, separator: str, place: str, problems: list[Problem]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every record with the line it begins in, empty ones left out."""
    limit = csv.field_size_limit(sys.maxsize)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                record = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                mend = 'write a double quote within a quoted cell as "", and close what is opened'
                problems.append(Problem(place, line, f"this row cannot be read ({error})", mend))
                continue
            if any(cell.strip() for cell in record):
                yield line, tuple(record)
    finally:
        csv.field_size_limit(limit)


def text_of(value: object, shown_as: str = "") -> str:
    """A typed cell as the text that a person sees; a date with no more than its format shows.

    >>> import datetime as dt
    >>> text_of(2019.0), text_of(dt.datetime(2019, 10, 1), "mmm-yy"), text_of(None)
    ('2019', '2019-10', '')
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            return "" if value != value else format(Decimal(repr(value)).normalize(), "f")
        case Decimal():
            return format(value.normalize(), "f")
        case dt.datetime() if (value.hour, value.minute, value.second) != (0, 0, 0):
            return value.isoformat(sep=" ", timespec="seconds")
        case dt.date():
            day = value.date() if isinstance(value, dt.datetime) else value
            return day.isoformat()[: _precision(shown_as)]
        case list() | tuple():
            return join_items(map(text_of, value))
        case _:
            return str(value)


def _precision(shown_as: str) -> int:
    """How much of 2019-10-15 a number format of a spreadsheet shows: 10, 7 or 4 characters."""
    letters = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", shown_as.lower())
    if not letters or "d" in letters or "t" in letters or "y" not in letters:
        return 10
    return 7 if "m" in letters else 4


def _missing(library: str) -> KgError:
    return KgError(f"{library} is not installed, run `pip install akteursnetz[tables]`")


_ESCAPED = re.compile("_x(005F|000D)_")
_TO_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|\r")


def _read_xlsx(path: Path, content: bytes, alone: str, read: Read) -> None:
    """The sheets named after ``TABLES``; a file's only sheet may have any name."""
    try:
        import openpyxl
    except ImportError as error:
        raise _missing("openpyxl") from error
    try:  # openpyxl reads XML by expat, which bounds what entities grow to
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = {s.title: s for s in book.worksheets}
        for title, sheet in sheets.items():
            name = title.strip().lower() if title.strip().lower() in TABLES else alone
            if name != title.strip().lower() and len(sheets) > 1:
                names = ", ".join(TABLES)
                read.notes.append(
                    f"{path}: sheet '{title}' is not read: it is named after none of {names}"
                )
                continue
            sheet.reset_dimensions()
            records = list(_sheet_records(sheet, f"{path}:{title}", read.problems))
            if records:
                (_, heads), *rows = records
                read.sheets.append(Sheet(name, f"{path}:{title}", heads, tuple(rows)))
    except (KeyError, ValueError, TypeError, OSError, zipfile.BadZipFile, SyntaxError) as error:
        reason = " ".join(str(error).split())[:120]
        raise KgError(f"{path}: this is no xlsx ({reason}), save it as xlsx again") from error
    if not read.sheets:
        raise KgError(f"{path}: no table is in it, name a sheet 'statements'")


def _sheet_records(
    sheet: Any, place: str, problems: list[Problem]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        texts = []
        for cell in cells:
            if cell.data_type == "e":
                message = f"a cell has the error {cell.value}"
                problems.append(Problem(place, line, message, "mend its formula, or type a text"))
            is_date = isinstance(cell.value, dt.date)
            text = text_of(cell.value, cell.number_format if is_date else "")
            texts.append(_ESCAPED.sub(lambda m: "_" if m[1] == "005F" else "\r", text))
        if any(t.strip() for t in texts):
            yield line, tuple(texts)


def _read_parquet(path: Path, content: bytes, name: str) -> Sheet:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise _missing("pyarrow") from error
    try:
        table = pq.read_table(pa.BufferReader(content))
        heads = tuple(h for h in table.column_names if not h.startswith("__index_level_"))
        columns = [table.column(table.column_names.index(h)).to_pylist() for h in heads]
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
        raise KgError(f"{path}: this is no parquet ({reason}), write it again") from error
    rows = (tuple(map(text_of, row)) for row in zip(*columns, strict=True))
    numbered = [(n, row) for n, row in enumerate(rows, start=1) if any(t.strip() for t in row)]
    return Sheet(name, str(path), heads, tuple(numbered))


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


def _parquet(table: Written) -> bytes:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise _missing("pyarrow") from error
    columns = {c.name: _arrow_column(c, table.rows, pa) for c in table.columns}
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
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
        raise _missing("openpyxl") from error
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
