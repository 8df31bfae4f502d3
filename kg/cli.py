"""The command line: a thin face over the library. Heavy modules are imported where used."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import __version__
from kg.errors import KgError, UsageError
from kg.output import (
    Commands,
    choose_format,
    emit,
    is_terminal,
    opened,
    options,
    run_commands,
    say,
    terminal_width,
)

if TYPE_CHECKING:
    from kg.store import Answer

_ROWS = ("table", "csv", "tsv", "json", "xml", "md")
_GRAPHS = ("ttl", "nt", "jsonld")
_EXPORTS = ("ttl", "trig", "nt", "nq", "jsonld", "rdfxml")
_NETWORKS = ("html", "graphml", "gexf", "json")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="akteursnetz", prog_name="kg")
def kg() -> None:
    """Who funds, leads, partners with and chairs what, and which passage says so.

    \b
    Example:
      kg search Zukunftszentren
      kg show ACOD
      kg query funding
      kg network -o network.html
    """


def main() -> None:
    """Run the command line."""
    run_commands(kg)


@kg.command()
@options("data", "texts", "output")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option("--shacl/--no-shacl", default=True, help="Also validate the built graph by SHACL.")
def check(data: Path | None, texts: Path | None, output: str, format_: str, shacl: bool) -> None:
    """Report every problem of the data, each with its line and how to mend it.

    \b
    Example:
      kg check --data my-data --texts my-texts
    """
    from kg.curation import check_all
    from kg.tables import as_json

    problems = check_all(data, texts, shacl=shacl)
    if format_ == "json" or problems:
        emit(as_json(problems) if format_ == "json" else "\n".join(map(str, problems)), output)
    say(f"{len(problems)} problems" if problems else "no problems")
    sys.exit(1 if problems else 0)


@kg.command("format")
@options("data", "texts")
@click.option("--check", "only_check", is_flag=True, help="Only tell which files would change.")
def format_command(data: Path | None, texts: Path | None, only_check: bool) -> None:
    """Bring the data files into canonical form; with --texts, fill in offsets, length and hash.

    \b
    Example:
      kg format --data my-data --texts my-texts
    """
    from kg.errors import DataError
    from kg.files import shipped
    from kg.formatting import format_data

    changed, problems = format_data(data or shipped("data"), texts, write_back=not only_check)
    for path in changed:
        click.echo(f"{path}: {'would change' if only_check else 'formatted'}")
    if problems:
        raise DataError(problems)
    sys.exit(1 if only_check and changed else 0)


@kg.command()
@options("data", "store")
def build(data: Path | None, store: str | None) -> None:
    """Build the data into a store; the old one stays as it was until the new one is complete.

    \b
    Example:
      kg build --store my-store
    """
    from kg.build import build, kept_store_folder
    from kg.files import shipped

    folder = Path(store) if store else kept_store_folder(data or shipped("data"))
    manifest = build(data or shipped("data"), folder)
    say(f"{folder}: {manifest.quads} quads, sha256 {manifest.sha256}")


@kg.command()
@click.argument("question", required=False, metavar="[NAME|FILE.rq|-]")
@click.option("-e", "--expression", metavar="SPARQL", help="The query itself.")
@click.option(
    "-p",
    "--parameter",
    "pairs",
    multiple=True,
    metavar="KEY=VALUE",
    help="A parameter of the question.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(_ROWS + _GRAPHS),
    help="Default: table on a terminal, else csv; ttl for graphs.",
)
@options("data", "store", "output")
def query(
    question: str | None,
    expression: str | None,
    pairs: tuple[str, ...],
    format_: str | None,
    data: Path | None,
    store: str | None,
    output: str,
) -> None:
    """Ask a named question, a .rq file, or SPARQL.

    \b
    Example:
      kg query leadership -p body=ACOD
      kg query -e 'SELECT ?a ?b { ?a akt:funds ?b }' --format csv
    """
    from kg.graph import load

    signal.signal(
        signal.SIGINT, signal.SIG_DFL
    )  # the engine would not hear Ctrl-C until it is done
    text = _query_text(question, expression)
    parameters = dict(_pair(p) for p in pairs)
    answer = load(data, store=store).query(text, **parameters)
    _write_answer(answer, format_, output)


def _query_text(question: str | None, expression: str | None) -> str:
    if (question is None) == (expression is None):
        raise click.UsageError("give either the name of a question, a FILE.rq, or -e SPARQL")
    if question == "-":
        return sys.stdin.read()
    return expression if expression is not None else str(question)


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise click.UsageError(f"'{text}' is no parameter, write -p key=value")
    return key, value


def _write_answer(answer: Answer, format_: str | None, output: str) -> None:
    graph = answer.kind == "graph"
    default = "ttl" if graph else "table" if is_terminal(output) else "csv"
    allowed = _GRAPHS if graph else _ROWS
    chosen = choose_format(format_, output, allowed, default)
    if chosen not in allowed:
        what = "a graph" if graph else "rows"
        raise UsageError(f"this query gives {what}, choose --format {'|'.join(allowed)}")
    if graph:
        from kg.export import write_quads

        emit(write_quads(((*t, "") for t in answer.triples()), chosen), output)
    elif answer.kind == "ask" and chosen not in ("json", "xml"):
        emit(str(bool(answer)).lower(), output)
    elif chosen in ("table", "md"):
        from kg.tables import answer_table

        emit(answer_table(answer, chosen, width=terminal_width(output)), output)
    else:
        with opened(output) as out:
            answer.write(out, chosen)


@kg.command()
@options("output")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def queries(output: str, format_: str) -> None:
    """List the named questions with their parameters.

    \b
    Example:
      kg queries
    """
    from kg.queries import library
    from kg.tables import as_json

    questions = library().values()
    if format_ == "json":
        emit(as_json(list(questions)), output)
    else:
        emit("\n".join(f"{q.usage}\n    {q.summary}" for q in questions), output)


@kg.command()
@click.argument("text")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="At most so many."
)
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@options("data", "store", "output")
def search(
    text: str, limit: int, format_: str, data: Path | None, store: str | None, output: str
) -> None:
    """Find entities by any of their names, tolerant of umlauts, case and small slips.

    \b
    Example:
      kg search Universitaet
    """
    from kg.graph import load
    from kg.tables import as_json, text_table

    hits = load(data, store=store).search(text, limit=limit)
    rows = [(h.id, h.label, h.type, h.name, h.score) for h in hits]
    width = terminal_width(output)
    emit(
        as_json(hits)
        if format_ == "json"
        else text_table(["id", "label", "type", "matched name", "score"], rows, width=width),
        output,
    )
    if not hits:
        raise KgError(f"nothing is called anything like '{text}', try fewer letters")


@kg.command()
@click.argument("entity")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@options("data", "store", "output")
def show(entity: str, format_: str, data: Path | None, store: str | None, output: str) -> None:
    """Show an entity: what it is, and every statement about it with time, quote and source.

    \b
    Example:
      kg show ACOD
    """
    from kg.graph import load
    from kg.profile import as_text
    from kg.tables import as_json

    profile = load(data, store=store).show(entity)
    emit(as_json(profile.as_dict()) if format_ == "json" else as_text(profile), output)


@kg.command()
@click.option(
    "--format",
    "format_",
    type=click.Choice(_NETWORKS),
    help="Default: by the file's ending, else html.",
)
@click.option(
    "--relation",
    "relations",
    multiple=True,
    metavar="NAME",
    help="Only this relation and those below it (repeatable).",
)
@click.option(
    "--class",
    "classes",
    multiple=True,
    metavar="NAME",
    help="Only entities of this class (repeatable).",
)
@click.option("--ego", metavar="ENTITY", help="Only what surrounds this entity.")
@click.option(
    "--depth", type=click.IntRange(0, 20), default=1, show_default=True, help="How far around it."
)
@options("data", "store", "output")
def network(
    format_: str | None,
    relations: tuple[str, ...],
    classes: tuple[str, ...],
    ego: str | None,
    depth: int,
    data: Path | None,
    store: str | None,
    output: str,
) -> None:
    """Write the network of actors: an interactive page, or a file for Gephi, R and others.

    \b
    Example:
      kg network -o network.html
      kg network --ego ACOD --depth 2 -o acod.gexf
    """
    from kg.graph import load
    from kg.network import network_bytes

    chosen = choose_format(format_, output, _NETWORKS, "html")
    graph = load(data, store=store)
    found = graph.network(relations=relations, classes=classes, ego=ego, depth=depth)
    if chosen == "html":
        from kg.page import network_page

        made_by = f"akteursnetz {__version__} · sha256 {graph.store.manifest.sha256}"
        emit(network_page(found, title="Akteursnetz", made_by=made_by), output)
    else:
        emit(network_bytes(found, chosen), output)
    say(f"{found.number_of_nodes()} nodes, {found.number_of_edges()} edges")


@kg.command()
@click.option(
    "--format",
    "format_",
    type=click.Choice(_EXPORTS),
    help="Default: by the file's ending, else ttl.",
)
@options("data", "store", "output")
def export(format_: str | None, data: Path | None, store: str | None, output: str) -> None:
    """Write the whole graph; trig and nq with a graph for each source, the others merged.

    \b
    Example:
      kg export -o graph.ttl
      kg export --format jsonld > graph.jsonld
    """
    from kg.graph import load

    chosen = choose_format(format_, output, _EXPORTS, "ttl")
    emit(load(data, store=store).export(chosen), output)
