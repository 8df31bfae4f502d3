"""The commands that ask a graph; a thin face over the library.

Heavy modules are imported where they are used.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from kg.errors import KgError, UsageError
from kg.output import (
    choose_format,
    counted,
    emit,
    formats,
    interruptible,
    is_terminal,
    open_graph,
    opened,
    options,
    say,
    terminal_width,
)

if TYPE_CHECKING:
    from kg.answers import Answer
    from kg.graph import Graph
    from kg.queries import Query

_ROWS = ("table", "csv", "tsv", "json", "xml", "md")
_GRAPHS = ("ttl", "nt", "jsonld")


@click.command()
@click.argument("question", required=False, metavar="[NAME|FILE.rq|-]")
@click.option("-e", "--expression", metavar="SPARQL", help="The query itself.")
@click.option("-p", "--parameter", "pairs", multiple=True, metavar="KEY=VALUE",
              help="A parameter of the question.")  # fmt: skip
@click.option("--evidence", is_flag=True, help="Add statement, source, date and quote to each row.")
@formats(*_ROWS, *_GRAPHS, note="Default: table on a terminal, else csv; ttl for graphs.")
@options("graph", "output")
def query(
    question: str | None,
    expression: str | None,
    pairs: tuple[str, ...],
    evidence: bool,
    format_: str | None,
    output: str,
    **which: Any,
) -> None:
    """Ask a named question, a .rq file, or SPARQL.

    \b
    Example:
      kg query leadership -p body=ACOD
      kg query leadership --at 2018-12 --evidence
      kg query -e 'SELECT ?a ?b { ?a akt:funds ?b }' --format csv
    """
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
        click.UsageError: not exactly one of them is given.
        KgError: there is no such question or file.
    """
    from kg.graph import find_query
    from kg.queries import parse_query

    if (question is None) == (expression is None):
        raise click.UsageError("give either the name of a question, a FILE.rq, or -e SPARQL")
    if question == "-":
        if sys.stdin is None:
            raise UsageError("standard input is closed, name a FILE.rq")
        expression = sys.stdin.read()
    return find_query(str(question)) if expression is None else parse_query("query", expression)


def parameters_of(pairs: Iterable[str]) -> dict[str, str]:
    """The parameters of a question, each written as ``key=value``.

    Raises:
        click.UsageError: one is not written so.
    """
    found = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise click.UsageError(f"'{pair}' is no parameter, write -p key=value")
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
    elif chosen in ("table", "md"):
        from kg.tables import table_of, write_table

        emit(write_table(table_of(answer), chosen, width=terminal_width(output)), output)
    else:
        with opened(output) as out:
            answer.write(out, chosen)


def _row_format(format_: str | None, output: str, *, graph: bool) -> str:
    default = "ttl" if graph else "table" if is_terminal(output) else "csv"
    allowed = _GRAPHS if graph else _ROWS
    chosen = choose_format(format_, output, allowed, default)
    if chosen not in allowed:
        what = "a graph" if graph else "rows"
        raise UsageError(f"this query gives {what}, choose --format {'|'.join(allowed)}")
    return chosen


def _write_with_evidence(
    graph: Graph, query: Query, parameters: dict[str, str], format_: str | None, output: str
) -> None:
    from kg.tables import write_table

    if (answer := graph.query(query, **parameters)).kind != "select":
        _write_answer(answer, format_, output)
        say("evidence and time go with the rows of a SELECT only")
        return
    chosen = _row_format(format_, output, graph=False)
    table = graph.with_evidence(query, **parameters)
    emit(write_table(table, chosen, width=terminal_width(output)), output)
    if bare := sum(row["statement"] is None for row in table):
        say(f"{bare} of {counted(len(table), 'row')} rest on no single statement")


@click.command()
@formats("text", "json")
@options("output")
def queries(format_: str | None, output: str) -> None:
    """List the named questions with their parameters.

    \b
    Example:
      kg queries
    """
    from kg.queries import library
    from kg.tables import as_json

    found = library().values()
    lines = "\n".join(f"{q.usage}\n    {q.summary}" for q in found)
    emit(as_json(list(found)) if format_ == "json" else lines, output)


@click.command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True,
              help="At most so many.")  # fmt: skip
@formats("text", "json")
@options("data", "store", "output")
def search(text: str, limit: int, format_: str | None, output: str, **which: Any) -> None:
    """Find entities by any of their names, tolerant of umlauts, case and small slips.

    \b
    Example:
      kg search Universitaet
    """
    from kg.tables import as_json, text_table

    hits = open_graph(**which).search(text, limit=limit)
    heads = ["id", "label", "type", "matched name", "score"]
    rows = [(h.id, h.label, h.type, h.name, h.score) for h in hits]
    shown = text_table(heads, rows, width=terminal_width(output))
    emit(as_json(hits) if format_ == "json" else shown, output)
    if not hits:
        raise KgError(f"nothing is called anything like '{text}', try fewer letters")


@click.command()
@click.argument("entity")
@formats("text", "json")
@options("graph", "output")
def show(entity: str, format_: str | None, output: str, **which: Any) -> None:
    """Show an entity: what it is, and every statement about it with time, quote and source.

    \b
    Example:
      kg show ACOD
      kg show ACOD --at 2018-12-05
    """
    from kg.profile import as_text
    from kg.tables import as_json

    profile = open_graph(**which).show(entity)
    emit(as_json(profile.as_dict()) if format_ == "json" else as_text(profile), output)


@click.command()
@click.argument("one")
@click.argument("other")
@click.option("--limit", type=click.IntRange(1, 100), default=3, show_default=True,
              help="At most so many ways.")  # fmt: skip
@formats("text", "json")
@options("graph", "output")
def path(one: str, other: str, limit: int, format_: str | None, output: str, **which: Any) -> None:
    """Show how two actors are connected: the shortest ways, each step with its evidence.

    \b
    Example:
      kg path "Jens Katzek" "Freistaat Sachsen"
      kg path ACOD f-bb --at 2022 --format json
    """
    from kg.paths import as_records, as_text
    from kg.tables import as_json

    graph = open_graph(**which)
    ways = graph.paths(one, other, limit=limit)
    shown = as_json(as_records(ways)) if format_ == "json" else as_text(ways, graph.network())
    emit(shown, output)
    say(counted(len(ways), "way"))


@click.command()
@click.argument("name", metavar="STATEMENT|SOURCE|ENTITY")
@formats("text", "json")
@options("graph", "output")
def evidence(name: str, format_: str | None, output: str, **which: Any) -> None:
    """Show what supports a statement or an entity, or all that a source supports.

    \b
    Example:
      kg evidence acod-2018-12-05
      kg evidence ACOD --format json
    """
    from kg.profile import statement_text
    from kg.tables import as_json

    records = open_graph(**which).evidence(name)
    shown = "\n\n".join(map(statement_text, records))
    emit(as_json(records) if format_ == "json" else shown, output)
    say(counted(len(records), "statement"))


@click.command()
@click.option("--open", "only_open", is_flag=True, help="Only those without a verdict in the data.")
@formats("text", "json")
@options("graph", "output")
def conflicts(only_open: bool, format_: str | None, output: str, **which: Any) -> None:
    """Show statements of different sources that cannot both hold, side by side.

    \b
    Example:
      kg conflicts
      kg conflicts --open --format json
    """
    from kg.conflicts_text import as_record, as_text
    from kg.tables import as_json

    graph = open_graph(**which)
    found = [c for c in graph.conflicts() if not (only_open and c.verdict)]
    if format_ == "json":
        emit(as_json([as_record(c, graph.corpus, graph.ontology) for c in found]), output)
    elif found:
        emit(as_text(found, graph.corpus, graph.ontology), output)
    say(counted(len(found), "conflict"))


@click.command()
@click.argument("old")
@click.argument("new")
@formats("text", "md", "json")
@options("output")
def diff(old: str, new: str, format_: str | None, output: str) -> None:
    """Show what changed between two states, in statements: added, withdrawn, changed.

    A state is a data folder, a store, a SPARQL endpoint, an exported file, or a git revision of the
    data.

    \b
    Example:
      kg diff HEAD~1 data
      kg diff old.nq new.nq --format md
    """
    from kg.diff_text import as_dict, as_markdown, as_text
    from kg.states import compare, read_state
    from kg.tables import as_json

    found = compare(read_state(old), read_state(new))
    if format_ == "json":
        emit(as_json(as_dict(found)), output)
    else:
        emit(as_markdown(found) if format_ == "md" else as_text(found), output)


ALL = (conflicts, diff, evidence, path, queries, query, search, show)
