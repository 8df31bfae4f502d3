"""The commands that ask a graph; a thin face over the library.

Heavy modules are imported where they are used.
"""

from __future__ import annotations

from typing import Any

import click

from kg.errors import KgError
from kg.options import formats, options
from kg.output import counted, emit, open_graph, say, terminal_width


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
    emit(as_json([q.as_dict() for q in found]) if format_ == "json" else lines, output)


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


ALL = (conflicts, diff, evidence, path, queries, search, show)
