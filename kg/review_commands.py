"""The commands for people who judge candidates: agreement of annotations, and review.

Heavy modules are imported where they are used.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.options import options
from kg.output import choose_format, counted, emit, open_graph, say, terminal_width


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


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--by", envvar="KG_REVIEWER", metavar="NAME",
              help="Who reviews; stands with every decision [KG_REVIEWER].")  # fmt: skip
@click.option("--least", type=click.FloatRange(0, 1), default=0.0, metavar="CONFIDENCE",
              help="Only candidates of at least this confidence (0 to 1).")  # fmt: skip
@options("data", "texts")
def review(
    files: tuple[str, ...], by: str | None, least: float, data: Path | None, texts: Path | None
) -> None:
    """Go through candidates: accept, mend or refuse each, with its passage before your eyes.

    FILE is JSONL of kg extract (its texts in --texts, see kg extract --save-texts), or a text that
    is read at once. What is accepted stands in the data folder at once, with your name and the
    day; what is refused is remembered in reviewed.yaml and not proposed again. Stop at any time:
    the same command goes on where you stopped.

    \b
    Example:
      kg review candidates.jsonl --data my-data --texts my-texts --by "A. Muster"
      kg review pressemitteilung.txt --data my-data --by "A. Muster"
    """
    import datetime as dt

    from kg.extraction.judging import Desk
    from kg.extraction.proposals import proposals
    from kg.extraction.reviewing import Review
    from kg.ontology import read_ontology

    if data is None:
        raise click.UsageError("this writes: name your data folder by --data DIR")
    if not (by := (by or "").strip()):
        raise click.UsageError("say who decides by --by NAME")
    today = dt.datetime.now(tz=dt.UTC).astimezone().date().isoformat()
    desk = Desk.at(data, read_ontology(), by, today)
    found = proposals(files, desk, texts, least)
    for problem in found.problems:
        say(str(problem))
    if found.settled:
        say(f"{counted(found.settled, 'candidate')} decided before")
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    session = Review(desk, found.queue, _ask, click.echo, _standing_out if on_terminal else _marked)
    try:
        session.run()
    except KeyboardInterrupt:
        click.echo()
    counts = session.counts
    say(f"{counts['accepted']} accepted, {counts['refused']} refused, {session.left} left")
    sys.exit(1 if found.problems else 0)


def _ask(question: str) -> str:
    """An answer typed or piped in; EOFError at its end."""
    click.echo(question, nl=False)
    sys.stdout.flush()
    line = sys.stdin.buffer.readline()
    if not line:
        click.echo()
        raise EOFError
    return line.decode(sys.stdin.encoding or "utf-8", "replace").strip()


def _standing_out(passage: str) -> str:
    return "\n".join(click.style(line, bold=True, reverse=True) for line in passage.split("\n"))


def _marked(passage: str) -> str:
    return f"[[{passage}]]"


ALL = (agreement, review)
