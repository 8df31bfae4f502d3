"""Answers as people read them: tables, Markdown, and rows for other tools."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.answers import Answer, Iri, Value
from kg.errors import missing
from kg.iris import XSD

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Table:
    """The rows of a SELECT. Iterating gives each row as a dict by column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]

    def __iter__(self) -> Iterator[dict[str, Value | None]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        return text_table(self.columns, self.rows)

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a DataFrame; needs the extra ``akteursnetz[pandas]``.

        Raises:
            KgError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise missing("pandas", "pandas") from error
        return pandas.DataFrame(list(self.rows), columns=list(self.columns))


def cell(value: Value | None) -> str:
    """A value as it stands in a table: IRIs short, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.short if isinstance(value, Iri) else str(value)


def rounded(value: Value | None) -> Value | None:
    """Without the digits in which two libraries, or two machines, may differ."""
    return float(f"{round(value, 14):.10g}") if isinstance(value, float) else value


def table_of(answer: Answer) -> Table:
    """The rows of a select, all at once."""
    return Table(tuple(answer.columns), tuple(answer.rows()))


def write_table(table: Table, format_: str, *, width: int = 0) -> str:
    """A table as ``table``, ``md``, ``csv``, ``tsv``, or SPARQL's ``json`` or ``xml``."""
    if format_ == "table":
        return text_table(table.columns, table.rows, width=width)
    if format_ == "md":
        return markdown_table(table.columns, table.rows)
    if format_ in ("csv", "tsv"):
        return _separated(table, format_)
    return _sparql_xml(table) if format_ == "xml" else as_json(_sparql_json(table))


def _separated(table: Table, format_: str) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, dialect="excel" if format_ == "csv" else "excel-tab")
    writer.writerow(table.columns)
    writer.writerows([_plain_text(value) for value in row] for row in table.rows)
    return out.getvalue()


def _plain_text(value: Value | None) -> str:
    return str(value) if isinstance(value, Iri) else cell(value)


def _sparql_json(table: Table) -> dict[str, object]:
    """SPARQL 1.1 Query Results JSON Format, https://www.w3.org/TR/sparql11-results-json/."""
    bindings = [
        {column: _json_term(value) for column, value in row.items() if value is not None}
        for row in table
    ]
    return {"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}}


def _json_term(value: Value) -> dict[str, str]:
    if isinstance(value, Iri):
        return {"type": "uri", "value": str(value)}
    kinds = {bool: "boolean", int: "integer", float: "double", Decimal: "decimal", date: "date"}
    term = {"type": "literal", "value": cell(value)}
    return term | ({"datatype": XSD + kinds[type(value)]} if type(value) in kinds else {})


def _sparql_xml(table: Table) -> str:
    """SPARQL Query Results XML Format, https://www.w3.org/TR/rdf-sparql-XMLres/."""
    from xml.etree import ElementTree as ET

    root = ET.Element("sparql", xmlns="http://www.w3.org/2005/sparql-results#")
    head = ET.SubElement(root, "head")
    for column in table.columns:
        ET.SubElement(head, "variable", name=column)
    results = ET.SubElement(root, "results")
    for row in table:
        result = ET.SubElement(results, "result")
        for column, value in row.items():
            if value is not None:
                term = _json_term(value)
                binding = ET.SubElement(result, "binding", name=column)
                datatype = {"datatype": term["datatype"]} if "datatype" in term else {}
                ET.SubElement(binding, term["type"], datatype).text = term["value"]
    return '<?xml version="1.0"?>' + ET.tostring(root, encoding="unicode")


def text_table(
    columns: Sequence[str], rows: Iterable[Sequence[Value | None]], *, width: int = 0
) -> str:
    """A table for the terminal, wrapped so that it fits ``width`` columns (0: as it is).

    To be read by people: where a label stands beside its IRI (``funder``, ``funderLabel``), it
    takes the IRI's place; a column without any value is only named below. Other formats have all.
    """
    cells = [[cell(value) for value in row] for row in rows]
    shown, empty = _readable_columns(columns, cells)
    heads = [columns[i].removesuffix("Label") for i in shown]
    table = _pretty(heads, [[row[i] for i in shown] for row in cells], markdown=False, width=width)
    return table + ("\nwithout any value: " + ", ".join(empty) if empty and cells else "")


def _readable_columns(
    columns: Sequence[str], cells: Sequence[Sequence[str]]
) -> tuple[list[int], list[str]]:
    """The numbers of the columns to show, and the names of the empty ones."""
    doubled = {c for c in columns if f"{c}Label" in columns}
    wanted = [i for i, c in enumerate(columns) if c not in doubled]
    empty = [i for i in wanted if not any(row[i] for row in cells)] if cells else []
    if len(empty) == len(wanted):
        return wanted, []
    return [i for i in wanted if i not in empty], [columns[i].removesuffix("Label") for i in empty]


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[Value | None]]) -> str:
    r"""A table in Markdown; nothing in a cell can end it.

    >>> print(markdown_table(["a"], [["x|y\nz"]]))
    | a      |
    | :------|
    | x\|y z |
    """
    return _pretty(columns, rows, markdown=True, width=0)


def _pretty(
    heads: Sequence[str], rows: Iterable[Sequence[Value | None]], *, markdown: bool, width: int
) -> str:
    from prettytable import PrettyTable, TableStyle

    names = _unique(heads) or ["(no columns)"]
    table = PrettyTable(names, align="l")
    texts = [[printable(" ".join(cell(value).split())) for value in row] for row in rows]
    table.set_style(TableStyle.MARKDOWN if markdown else TableStyle.SINGLE_BORDER)
    table.align = "l"
    if width and heads:
        natural = [max(map(len, column)) for column in zip(names, *texts, strict=True)]
        table.max_width = dict(zip(names, _fit(natural, width - 3 * len(names) - 1), strict=True))
    for row in texts if heads else [[""] for _ in texts]:
        table.add_row([t.replace("|", "\\|") for t in row] if markdown else row)
    return str(table.get_string())


def _unique(heads: Sequence[str]) -> list[str]:
    """Names of columns, each once (SPARQL allows ``SELECT ?a ?a``)."""
    return [h if h not in heads[:i] else f"{h} {i + 1}" for i, h in enumerate(heads)]


def _fit(natural: Sequence[int], total: int) -> list[int]:
    """Widths that fill ``total``: narrow columns keep theirs, wide ones share what is left.

    >>> _fit([4, 10, 100, 300], 94)
    [4, 10, 40, 40]
    """
    widths = [0] * len(natural)
    left, todo = total, sorted(range(len(natural)), key=lambda i: natural[i])
    while todo:
        share = max(left // len(todo), 8)
        widths[todo[0]] = min(natural[todo[0]], share)
        left -= widths[todo.pop(0)]
    return widths


def printable(text: str) -> str:
    r"""A text without control characters that a terminal would obey.

    >>> printable("a\x1b[31mb")
    'a\ufffd[31mb'
    """
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def as_json(value: object) -> str:
    """JSON with umlauts as they are; decimals and dates as texts."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Decimal | date):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
