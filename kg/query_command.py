"""The command ``kg query``; ``kg.cli`` reads its plainest form without click."""

from __future__ import annotations

from typing import Any

import click

from kg.answering import GRAPHS, ROWS, answer
from kg.options import formats, options


@click.command()
@click.argument("question", required=False, metavar="[NAME|FILE.rq|-]")
@click.option("-e", "--expression", metavar="SPARQL", help="The query itself.")
@click.option("-p", "--parameter", "pairs", multiple=True, metavar="KEY=VALUE",
              help="A parameter of the question.")  # fmt: skip
@click.option("--evidence", is_flag=True, help="Add statement, source, date and quote to each row.")
@formats(*ROWS, *GRAPHS, note="Default: table on a terminal, else csv; ttl for graphs.")
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
    answer(question, expression, pairs, evidence=evidence, format_=format_, output=output, **which)


ALL = (query,)
