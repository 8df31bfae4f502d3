"""Rows as Arrow and Parquet, for R, pandas, DuckDB and spreadsheets of millions of rows.

The engine writes SPARQL's TSV, which says of every value what it is, and whole columns of it are
read: no value becomes an object of Python.
"""

from __future__ import annotations

import io
import re
from typing import IO, Any

from kg.answers import Answer
from kg.errors import missing
from kg.iris import XSD

_LITERAL = r'(?s)^"(.*)"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?$'
_NUMBER = rf'^"([^"\\]*)"\^\^<{re.escape(XSD)}(?:integer|decimal|double|float|boolean)>$'
"""The engine leaves out quotation marks and datatype only of what it would write just so."""
_INEXACT = rf"\^\^<{re.escape(XSD)}(?:double|float)>$|^[+-]?[0-9.]+[eE]"
_DAY = rf'^"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"\^\^<{re.escape(XSD)}date>$'
_ESCAPED = re.compile(r'\\([tbnrf"\'\\])')
_MEANT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_DIGITS = 38
"""So many digits a decimal of Arrow has."""


def write_arrow(answer: Answer, out: IO[bytes], format_: str) -> None:
    """Write the rows of a select as ``parquet``, or as ``arrow`` (an IPC file, or Feather).

    Raises:
        QueryError: it is no select.
        KgError: pyarrow is not installed.
    """
    table = arrow_table(answer)
    import pyarrow as pa
    import pyarrow.parquet as pq

    if format_ == "parquet":
        pq.write_table(table, out)
        return
    with pa.ipc.new_file(out, table.schema) as writer:
        writer.write_table(table)


def arrow_table(answer: Answer) -> Any:
    """The rows of a select as a ``pyarrow.Table``.

    A column whose values are all whole numbers, decimals, doubles, truths or days has that type;
    any other is text. The field's metadata say ``term: iri`` where all values are IRIs.

    Raises:
        QueryError: it is no select.
        KgError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import csv
    except ImportError as error:
        raise missing("pyarrow", "tables") from error

    names = answer.columns
    tsv = io.BytesIO()
    answer.write(tsv, "tsv")
    if not names:
        return pa.table({})
    keys = [str(number) for number in range(len(names))]
    tsv.seek(0)
    # A line without any value is a row as well, which the reader would pass over.
    read = csv.read_csv(
        tsv,
        csv.ReadOptions(column_names=keys, skip_rows=1),
        csv.ParseOptions(
            delimiter="\t", quote_char=False, newlines_in_values=False, ignore_empty_lines=False
        ),
        csv.ConvertOptions(
            column_types=dict.fromkeys(keys, pa.string()),
            strings_can_be_null=True,
            null_values=[""],
        ),
    )
    columns = [_column(read[key], pa) for key in keys]
    fields = [
        pa.field(name, column.type, metadata={"term": "iri"} if is_iri else None)
        for name, (column, is_iri) in zip(names, columns, strict=True)
    ]
    return pa.table([column for column, _ in columns], schema=pa.schema(fields))


def _column(terms: Any, pa: Any) -> tuple[Any, bool]:
    """Terms of a column as values of the narrowest type that holds all, and if all are IRIs."""
    import pyarrow.compute as pc

    def every(test: Any) -> bool:
        return bool(pc.all(test, min_count=0).as_py())

    if terms.null_count == len(terms):
        return terms, False
    inexact = pc.any(pc.match_substring_regex(terms, _INEXACT)).as_py()
    terms = pc.replace_substring_regex(terms, _NUMBER, r"\1")
    is_iri = pc.starts_with(terms, "<")
    if every(is_iri):
        return pc.utf8_slice_codeunits(terms, 1, -1), True
    if inexact and every(
        pc.match_substring_regex(terms, r"^[+-]?([0-9.]+([eE][+-]?[0-9]+)?|INF|NaN)$")
    ):
        return pc.cast(terms, pa.float64()), False
    if every(pc.match_substring_regex(terms, r"^[+-]?[0-9]{1,18}$")):
        return pc.cast(terms, pa.int64()), False
    if every(pc.match_substring_regex(terms, r"^[+-]?[0-9]*(\.[0-9]+)?$")):
        return _decimals(terms, pa), False
    if every(pc.match_substring_regex(terms, "^(true|false)$")):
        return pc.equal(terms, "true"), False
    texts = _texts(pc.if_else(is_iri, pc.utf8_slice_codeunits(terms, 1, -1), terms), pa)
    if every(pc.match_substring_regex(terms, _DAY)):
        return pc.cast(texts, pa.date32()), False
    return texts, False


def _decimals(terms: Any, pa: Any) -> Any:
    import pyarrow.compute as pc

    after = pc.utf8_length(pc.replace_substring_regex(terms, r"^[^.]*\.?", ""))
    before = pc.utf8_length(pc.replace_substring_regex(terms, r"^[+-]|\..*$", ""))
    scale = pc.max(after).as_py()
    if scale + pc.max(before).as_py() > _DIGITS:
        return pc.cast(terms, pa.float64())
    return pc.cast(terms, pa.decimal128(_DIGITS, scale))


def _texts(terms: Any, pa: Any) -> Any:
    """Literals without quotation marks, language and datatype; other texts as they are."""
    import pyarrow.compute as pc

    bare = pc.replace_substring_regex(terms, _LITERAL, r"\1")
    escaped = pc.and_(pc.starts_with(terms, '"'), pc.match_substring(bare, "\\"))
    if not pc.any(escaped).as_py():
        return bare
    meant = [_ESCAPED.sub(_one, text) for text in bare.filter(escaped).to_pylist()]
    mask = pc.fill_null(escaped, False)
    return pa.chunked_array([pc.replace_with_mask(
        bare.combine_chunks(), mask.combine_chunks(), pa.array(meant, pa.string())
    )])  # fmt: skip


def _one(match: re.Match[str]) -> str:
    return _MEANT.get(match[1], match[1])
