"""The commands for people who judge candidates: agreement of annotations, and review.

Heavy modules are imported where they are used.
"""

from __future__ import annotations

from pathlib import Path

import click

from kg.output import choose_format, emit, open_graph, options, terminal_width


@click.command()
@click.argument("a", type=click.Path(path_type=Path), metavar="A")
@click.argument("b", type=click.Path(path_type=Path), metavar="B")
@click.option("--relation", "relations", multiple=True, metavar="NAME",
              help="Only this relation (repeatable).")  # fmt: skip
@click.option("--core", is_flag=True, help="Only the core relations, see docs/review.md.")
@click.option("--implied", is_flag=True, help="Count also what texts only imply.")
@click.option("--format", "format_", type=click.Choice(("text", "json", "csv")),
              help="Default: by the file's ending, else text.")  # fmt: skip
@options("data", "store", "output")
def agreement(
    a: Path,
    b: Path,
    relations: tuple[str, ...],
    core: bool,
    implied: bool,
    format_: str | None,
    data: Path | None,
    store: str | None,
    output: str,
) -> None:
    """Compare two annotations of the same texts: precision, recall and F1 of B against A.

    Each is JSONL: annotated texts, or candidates as kg extract writes them. Names are compared
    leniently, with all names that the graph knows. Cohen's kappa and Krippendorff's alpha are
    given where both have put the same things into classes.

    \b
    Example:
      kg agreement gold.jsonl candidates.jsonl
      kg agreement anna.jsonl bernd.jsonl --implied --format csv -o differences.csv
      kg agreement gold.jsonl candidates.jsonl --relation funds --relation coFunds
    """
    from kg.errors import UsageError, did_you_mean
    from kg.extraction.agreement import CORE
    from kg.extraction.agreement_text import as_csv, as_dict, as_text
    from kg.extraction.annotations import read_annotation
    from kg.extraction.comparing import agreement as compare
    from kg.extraction.lexicon import read_lexicon
    from kg.tables import as_json

    chosen = choose_format(format_, output, ("text", "json", "csv"), "text")
    graph = open_graph(data, store)
    for name in relations:
        if name not in graph.ontology.relations:
            hint = did_you_mean(name, graph.ontology.relations)
            raise UsageError(f"unknown relation '{name}', {hint}")
    names = read_lexicon(graph.corpus)
    found = compare(
        read_annotation(a),
        read_annotation(b),
        graph.ontology,
        known={k: n.id for k, n in names.by_key.items() if n.id},
        relations=CORE if core and not relations else relations,
        implied=implied,
    )
    if chosen == "json":
        emit(as_json(as_dict(found)), output)
    else:
        emit(as_csv(found) if chosen == "csv" else as_text(found, terminal_width(output)), output)


ALL = (agreement,)
