"""What ``kg query`` does: a question asked, its answer written. Half of its time is start-up."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.output import (
    choose_format,
    counted,
    emit,
    interruptible,
    is_terminal,
    open_graph,
    opened,
    say,
    terminal_width,
)

if TYPE_CHECKING:
    from kg.answers import Answer
    from kg.graph import Graph
    from kg.queries import Query

ROWS = ("table", "csv", "tsv", "json", "xml", "md", "parquet", "arrow")
GRAPHS = ("ttl", "nt", "jsonld")
_BINARY = ("parquet", "arrow")


def answer(
    question: str | None,
    expression: str | None,
    pairs: Iterable[str],
    *,
    evidence: bool,
    format_: str | None,
    output: str,
    **which: Any,
) -> None:
    """Ask and write; the arguments are those of ``kg query``."""
    asked = asked_for(question, expression)
    parameters = parameters_of(pairs)

    def run() -> None:
        graph = open_graph(**which)
        if evidence or graph.when:
            _write_with_evidence(graph, asked, parameters, format_, output)
        else:
            _write_answer(graph.query(asked, **parameters), format_, output)

    interruptible(run)


def asked_for(question: str | None, expression: str | None) -> Query:
    """The question that the arguments of a command name: by name, file, standard input or text.

    Raises:
        UsageError: not exactly one of them is given.
        KgError: there is no such question or file.
    """
    from kg.graph import find_query
    from kg.queries import parse_query

    if (question is None) == (expression is None):
        raise UsageError("give either the name of a question, a FILE.rq, or -e SPARQL")
    if question == "-":
        if sys.stdin is None:
            raise UsageError("standard input is closed, name a FILE.rq")
        expression = sys.stdin.read()
    return find_query(str(question)) if expression is None else parse_query("query", expression)


def parameters_of(pairs: Iterable[str]) -> dict[str, str]:
    """The parameters of a question, each written as ``key=value``.

    Raises:
        UsageError: one is not written so.
    """
    found = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise UsageError(f"'{pair}' is no parameter, write -p key=value")
        found[key] = value
    return found


def _write_answer(answer: Answer, format_: str | None, output: str) -> None:
    graph = answer.kind == "graph"
    chosen = _row_format(format_, output, graph=graph)
    if graph:
        from kg.export import write_quads

        emit(write_quads(((*t, "") for t in answer.triples()), chosen), output)
    elif answer.kind == "ask" and chosen not in ("json", "xml"):
        emit(str(bool(answer)).lower(), output)
    elif chosen in _BINARY:
        _write_arrow(answer, chosen, output)
    elif chosen in ("table", "md"):
        from kg.tables import table_of, write_table

        emit(write_table(table_of(answer), chosen, width=terminal_width(output)), output)
    else:
        with opened(output) as out:
            answer.write(out, chosen)


def _write_arrow(answer: Answer, format_: str, output: str) -> None:
    from kg.arrow import write_arrow

    if is_terminal(output):
        raise UsageError(f"{format_} is nothing to read in a terminal, name a file by -o FILE")
    with opened(output) as out:
        write_arrow(answer, out, format_)


def _row_format(format_: str | None, output: str, *, graph: bool) -> str:
    default = "ttl" if graph else "table" if is_terminal(output) else "csv"
    allowed = GRAPHS if graph else ROWS
    chosen = choose_format(format_, output, allowed, default)
    if chosen not in allowed:
        what = "a graph" if graph else "rows"
        raise UsageError(f"this query gives {what}, choose --format {'|'.join(allowed)}")
    return chosen


def _write_with_evidence(
    graph: Graph, query: Query, parameters: dict[str, str], format_: str | None, output: str
) -> None:
    from kg.answers import read_rows
    from kg.tables import write_table

    if (answer := graph.query(query, **parameters)).kind != "select":
        _write_answer(answer, format_, output)
        say("evidence and time go with the rows of a SELECT only")
        return
    chosen = _row_format(format_, output, graph=False)
    table = graph.with_evidence(query, **parameters)
    if chosen in _BINARY:
        _write_arrow(read_rows(write_table(table, "json").encode()), chosen, output)
    else:
        emit(write_table(table, chosen, width=terminal_width(output)), output)
    if bare := sum(row["statement"] is None for row in table):
        say(f"{bare} of {counted(len(table), 'row')} rest on no single statement")
