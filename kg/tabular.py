"""Tables in files (csv, tsv, xlsx, parquet) read as texts.

Nothing in a file is ever run: a formula counts as the value that the spreadsheet saved with it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.columns import TABLES, column_of, join_items
from kg.errors import KgError, Problem, missing

FORMATS = ("csv", "tsv", "parquet", "xlsx")


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


_ESCAPED = re.compile("_x(005F|000D)_")


def _read_xlsx(path: Path, content: bytes, alone: str, read: Read) -> None:
    """The sheets named after ``TABLES``; a file's only sheet may have any name."""
    try:
        import openpyxl
    except ImportError as error:
        raise missing("openpyxl", "tables") from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what is in a workbook besides cells
        try:  # openpyxl reads XML by expat, which bounds what entities grow to
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            _read_sheets(path, book.worksheets, alone, read)
        except Exception as error:  # it lets many kinds through: of zip, XML, keys and types
            reason = " ".join(str(error).split())[:120]
            raise KgError(f"{path}: this is no xlsx ({reason}), save it as xlsx again") from error
    if not read.sheets:
        raise KgError(f"{path}: no table is in it, name a sheet 'statements'")


def _read_sheets(path: Path, sheets: Sequence[Any], alone: str, read: Read) -> None:
    for sheet in sheets:
        name, place = sheet.title.strip().lower(), f"{path}:{sheet.title}"
        if name not in TABLES and len(sheets) > 1:
            names = ", ".join(TABLES)
            read.notes.append(f"{place} is not read: the sheet is named after none of {names}")
            continue
        sheet.reset_dimensions()
        records = list(_sheet_records(sheet, place, read.problems))
        if records:
            (_, heads), *rows = records
            read.sheets.append(Sheet(name if name in TABLES else alone, place, heads, tuple(rows)))


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
        raise missing("pyarrow", "tables") from error
    try:
        table = pq.read_table(pa.BufferReader(content))
        heads = tuple(h for h in table.column_names if not h.startswith("__index_level_"))
        columns = [table.column(table.column_names.index(h)).to_pylist() for h in heads]
    except Exception as error:  # pyarrow raises its own, OSError, ValueError and others
        reason = " ".join(str(error).split())[:120]
        raise KgError(f"{path}: this is no parquet ({reason}), write it again") from error
    rows = (tuple(map(text_of, row)) for row in zip(*columns, strict=True))
    numbered = [(n, row) for n, row in enumerate(rows, start=1) if any(t.strip() for t in row)]
    return Sheet(name, str(path), heads, tuple(numbered))
