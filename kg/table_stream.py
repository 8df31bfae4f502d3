"""Tables in files of any size (csv, tsv, parquet; csv also packed as .gz), row by row.

``kg.tabular`` reads a whole table, of more formats and encodings; this reads what does not fit
into memory: UTF-8, and a row that cannot be read does not end the reading.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from kg.columns import TABLES, column_of, nearest_column
from kg.errors import KgError, Problem, missing
from kg.tabular import text_of

SUFFIXES = ("csv", "tsv", "txt", "parquet")
_FIELD_LIMIT = 1 << 20
"""Of a cell, in characters: beyond, a quote was opened and never closed."""
_SURROGATE = re.compile("[\udc80-\udcff]")
_BATCH = 4096
_MEND = "quotes within quotes are doubled, and the file is UTF-8"


@dataclass(frozen=True, slots=True)
class File:
    """A file of rows of one table; ``columns`` are our names, "" for one that is left out."""

    path: Path
    table: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A row: the line it begins in, its cells, and what is wrong where it cannot be read."""

    line: int
    cells: Sequence[str]
    wrong: str = ""


def kind_of(path: Path) -> str:
    """The suffix of a file, ``.gz`` left out.

    >>> kind_of(Path("a/statements.csv.gz"))
    'csv'
    """
    name = path.name.lower().removesuffix(".gz")
    return name.rpartition(".")[2] if "." in name else ""


def opened(path: Path) -> IO[bytes]:
    """A file that may be packed by gzip.

    Raises:
        KgError: it cannot be read.
    """
    packed = path.name.lower().endswith(".gz")
    try:
        return cast("IO[bytes]", gzip.open(path)) if packed else path.open("rb")
    except OSError as error:
        raise KgError(
            f"{path}: cannot be read ({error.strerror}), check path and rights"
        ) from error


def open_table(path: Path, ignored: Collection[str] = ()) -> File:
    """Look at the columns of a table, which is the one its file is named after, or ``statements``.

    Raises:
        KgError: it cannot be read at all, or has unknown columns that are not ignored.
    """
    name = path.name.lower().partition(".")[0]
    table = name if name in TABLES else "statements"
    names, problems = list[str](), list[Problem]()
    for head in _heads(path):
        column = None if head.strip() in ignored else column_of(table, head)
        if column is None and head.strip() and head.strip() not in ignored:
            mend = f"{nearest_column(table, head)} Or leave it out by --ignore '{head.strip()}'"
            problems.append(Problem(str(path), 1, f"unknown column '{head.strip()}'", mend))
        names.append(column.name if column else "")
    for twice in sorted({n for n in names if n and names.count(n) > 1}):
        problems.append(Problem(str(path), 1, f"two columns are '{twice}'", "--ignore one"))
    if problems:
        raise KgError("\n".join(map(str, problems)))
    return File(path, table, tuple(names))


def _heads(path: Path) -> list[str]:
    if kind_of(path) == "parquet":
        return _parquet(path)[0]
    with _text(path) as lines:
        head = next(lines, "")
    if not head.strip():
        raise KgError(f"{path}: this table is empty, its first line should name the columns")
    return next(csv.reader([head], delimiter=_separator(head)))


def records(file: File) -> Iterator[Record]:
    """The rows of a table, lines of a csv and rows of a parquet counted from 1."""
    if kind_of(file.path) == "parquet":
        yield from (Record(line, cells) for line, cells in _parquet(file.path)[1])
        return
    width = len(file.columns)
    for line, record, wrong, _ in _separated(file.path):
        if not wrong and not (whole := "".join(record)).isascii() and _SURROGATE.search(whole):
            wrong = "this row is not UTF-8"
        elif len(record) > width and any(cell.strip() for cell in record[width:]):
            wrong = f"this row has {len(record)} cells, but there are {width} columns"
        yield Record(line, record, wrong)


def problem_of(file: File, record: Record) -> Problem:
    """What is wrong with a row that cannot be read."""
    return Problem(str(file.path), record.line, record.wrong, _MEND)


def rows_as_they_stand(file: File, wanted: Collection[int]) -> Iterator[bytes]:
    """The head of a table and the rows that begin in these lines, as csv or as they stand."""
    if kind_of(file.path) == "parquet":
        heads, rows = _parquet(file.path)
        yield _csv_line(heads)
        yield from (_csv_line(cells) for line, cells in rows if line in wanted)
        return
    with _text(file.path) as lines:
        yield _ended(next(lines))
    for line, _, _, raw in _separated(file.path, raw=True):
        if line in wanted:
            yield _ended(raw)


def _ended(text: str) -> bytes:
    whole = text if text.endswith(("\n", "\r")) else text + "\n"
    return whole.encode("utf-8", "surrogateescape")


def _csv_line(cells: Sequence[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    return out.getvalue().encode("utf-8", "surrogateescape")


def _text(path: Path) -> io.TextIOWrapper:
    handle = opened(path)
    return io.TextIOWrapper(handle, encoding="utf-8-sig", errors="surrogateescape", newline="")


def _separator(head: str) -> str:
    return max(",;\t", key=lambda s: len(next(csv.reader([head], delimiter=s), [])))


def _separated(path: Path, *, raw: bool = False) -> Iterator[tuple[int, list[str], str, str]]:
    """Line, cells, what is wrong, and, where ``raw``, the text of each record below the head."""
    limit = csv.field_size_limit(_FIELD_LIMIT)
    texts: list[str] = []

    def noted() -> Iterator[str]:
        for text in lines:
            texts.append(text)
            yield text

    try:
        with _text(path) as lines:
            head = next(lines)
            reader = csv.reader(noted() if raw else lines, delimiter=_separator(head), strict=True)
            while True:
                line, wrong = reader.line_num + 2, ""
                texts.clear()
                try:
                    record = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    record, wrong = [], f"this row cannot be read ({error})"
                yield line, record, wrong, "".join(texts)
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or error
        raise KgError(f"{path}: cannot be read to its end ({reason}), get it again") from error
    finally:
        csv.field_size_limit(limit)


def _parquet(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    try:
        import pyarrow.parquet as pq
    except ImportError as error:
        raise missing("pyarrow", "tables") from error
    try:
        file = pq.ParquetFile(path)
    except Exception as error:  # pyarrow raises its own, OSError, ValueError and others
        reason = " ".join(str(error).split())[:120]
        raise KgError(f"{path}: this is no parquet ({reason}), write it again") from error
    heads = [h for h in file.schema_arrow.names if not h.startswith("__index_level_")]

    def rows() -> Iterator[tuple[int, list[str]]]:
        line = 0
        for batch in file.iter_batches(batch_size=_BATCH, columns=heads):
            columns = [_texts(batch.column(i)) for i in range(batch.num_columns)]
            for row in zip(*columns, strict=True):
                line += 1
                yield line, list(row)

    return heads, rows()


def _texts(column: Any) -> list[str]:
    return [v if isinstance(v, str) else text_of(v) for v in column.to_pylist()]
