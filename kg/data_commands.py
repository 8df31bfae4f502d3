"""The commands of those who edit data: check, format, import.

Heavy modules are imported where they are used.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kg.options import formats, options
from kg.output import counted, emit, say


@click.command()
@options("data", "store", "texts", "output")
@formats("text", "json")
@click.option("--shacl/--no-shacl", default=True, help="Also validate the built graph by SHACL.")
def check(
    data: Path | None,
    store: str | None,
    texts: Path | None,
    output: str,
    format_: str | None,
    shacl: bool,
) -> None:
    """Report every problem of the data, each with its line and how to mend it.

    With --store, of a built graph of any size: shapes, references, classes and dates, by queries.

    \b
    Example:
      kg check --data my-data --texts my-texts
      kg check --store big
    """
    from kg.tables import as_json

    if store is None:
        from kg.curation import check_all

        problems = check_all(data, texts, shacl=shacl)
    else:
        from kg.output import open_graph
        from kg.soundness import check_store

        problems = check_store(open_graph(store=store).store, store)
    if format_ == "json" or problems or output != "-":
        emit(as_json(problems) if format_ == "json" else "\n".join(map(str, problems)), output)
    say(counted(len(problems), "problem") if problems else "no problems")
    sys.exit(1 if problems else 0)


@click.command("format")
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


@click.command("import")
@click.argument("table", type=click.Path(path_type=Path), metavar="TABLE")
@options("data", "texts", "output")
@click.option("--write", "write_", is_flag=True, help="Do it; without, nothing is written.")
@click.option("--unknown", type=click.Path(path_type=Path), metavar="FILE",
              help="Write the unknown names here, with candidates, to be decided.")  # fmt: skip
@click.option("--names", type=click.Path(path_type=Path), metavar="FILE",
              help="Read that file, its column entity filled with ids, or new.")  # fmt: skip
@click.option("--new", is_flag=True, help="Make all names that are still unknown new entities.")
@click.option("--ignore", multiple=True, metavar="COLUMN",
              help="Leave this column out (repeatable).")  # fmt: skip
@click.option("--observed", is_flag=True,
              help="Where since is but the date of the page: it holds then.")  # fmt: skip
@click.option("--note", metavar="TEXT", help="A note for new statements without quote and note.")
@formats("text", "json")
def import_command(
    table: Path,
    data: Path | None,
    output: str,
    write_: bool,
    unknown: Path | None,
    format_: str | None,
    **choices: Any,
) -> None:
    """Bring a table of your own into the data: csv, tsv, xlsx, parquet, or a folder of them.

    Shows what would change: new and changed statements, unknown names with candidates, problems.
    The columns stand in docs/tables.md.

    \b
    Example:
      kg import my-table.xlsx --data my-data
      kg import my-table.xlsx --data my-data --unknown names.csv
      kg import my-table.xlsx --data my-data --names names.csv --write
    """
    from kg.files import shipped
    from kg.importing import Choices, plan
    from kg.importing_text import as_dict, as_text
    from kg.naming import write_unknown
    from kg.tables import as_json

    if write_ and data is None:
        raise click.UsageError("--write needs --data DIR, the data folder to write into")
    found = plan(table, data or shipped("data"), Choices(**choices))
    if unknown:
        write_unknown(found.unknown, unknown)
        if found.unknown:
            say(f"{unknown}: fill the column entity with ids or new, then add --names {unknown}")
    emit(as_json(as_dict(found)) if format_ == "json" else as_text(found), output)
    if write_:
        for path in found.write():
            say(f"{path}: written")
    elif found.files and not found.problems and not found.unknown:
        say("nothing is written yet, add --write")
    sys.exit(1 if found.problems else 0)


ALL = (check, format_command, import_command)
