"""The commands that take a graph elsewhere: exports and citations.

Heavy modules are imported where they are used.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import click

from kg.commands import asked_for, parameters_of
from kg.output import (
    choose_format,
    emit,
    formats,
    is_ours,
    made_by,
    open_graph,
    options,
    say,
)

if TYPE_CHECKING:
    from kg.graph import Graph

_EXPORTS = ("ttl", "trig", "nt", "nq", "jsonld", "rdfxml")


@click.command()
@formats(*_EXPORTS, note="Default: by the file's ending, else ttl.")
@options("graph", "output")
def export(format_: str | None, output: str, **which: Any) -> None:
    """Write the whole graph; trig and nq with a graph for each source, the others merged.

    \b
    Example:
      kg export -o graph.ttl
      kg export --format jsonld > graph.jsonld
    """
    from kg.export import with_origin

    chosen = choose_format(format_, output, _EXPORTS, "ttl")
    graph = open_graph(**which)
    emit(with_origin(graph.export(chosen), chosen, made_by(graph)), output)


@click.command()
@click.argument("entity", required=False)
@click.option(
    "--query", "question", metavar="NAME", help="The sources that this question's answer names."
)
@click.option("-p", "--parameter", "pairs", multiple=True, metavar="KEY=VALUE",
              help="A parameter of the question.")  # fmt: skip
@formats("text", "bibtex", "csl")
@options("graph", "output")
def cite(
    entity: str | None,
    question: str | None,
    pairs: tuple[str, ...],
    format_: str | None,
    output: str,
    **which: Any,
) -> None:
    """Cite the graph and its sources: all, those behind an entity, or those of an answer.

    \b
    Example:
      kg cite
      kg cite ACOD --format bibtex -o acod.bib
      kg cite --query funding --format csl
    """
    from kg import cite as citing

    if question and entity:
        raise click.UsageError("cite an entity or the answer of a --query, one of them")
    if pairs and not question:
        raise click.UsageError("-p goes with --query NAME")
    graph = open_graph(**which)
    sources = _cited(graph, entity, question, parameters_of(pairs))
    manifest, part = graph.store.manifest, _restriction(which)
    references = citing.references_of(graph.corpus, manifest, sources, part=part)
    if not is_ours(which):  # our title and licence are not for other people's data
        references = [r for r in references if r.kind != "dataset"]
        say(f"the graph itself is yours to name; its sha256 is {manifest.sha256}")
    render = {"bibtex": citing.as_bibtex, "csl": citing.as_csl_json}.get(
        format_ or "", citing.as_text
    )
    emit(render(references), output)


def _cited(
    graph: Graph, entity: str | None, question: str | None, parameters: dict[str, str]
) -> list[str] | None:
    """The sources that are asked for, by id; None for all."""
    from kg.cite import sources_in

    if entity:
        return sorted({str(r["source"]) for r in graph.evidence(entity)})
    if not question:
        return None
    asked = asked_for(question, None)
    answer = graph.query(asked, **parameters)
    if answer.kind == "select":
        return sources_in(graph.with_evidence(asked, **parameters).rows, graph.corpus)
    return sources_in(answer.rows(), graph.corpus)


def _restriction(which: dict[str, Any]) -> str:
    """The options that cut a part out of the graph, as they are typed."""
    named = (("--at", "at"), ("--from", "since"), ("--until", "until"))
    words = [w for option, key in named if which[key] for w in (option, str(which[key]))]
    words += [w for source in which["sources"] for w in ("--source", source)]
    return shlex.join([*words, *(["--roll-up"] if which["roll_up"] else [])])


ALL = (cite, export)
