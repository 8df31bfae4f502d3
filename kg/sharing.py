"""The commands that take a graph elsewhere: networks, exports, citations.

Heavy modules are imported where they are used.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import click

from kg.commands import asked_for, parameters_of
from kg.output import (
    choose_format,
    counted,
    emit,
    formats,
    made_by,
    open_graph,
    options,
    say,
)

if TYPE_CHECKING:
    from kg.graph import Graph

_EXPORTS = ("ttl", "trig", "nt", "nq", "jsonld", "rdfxml")
_NETWORKS = ("html", "graphml", "gexf", "json")


@click.command()
@formats(*_NETWORKS, note="Default: by the file's ending, else html.")
@click.option("--relation", "relations", multiple=True, metavar="NAME",
              help="Only this relation and those below it (repeatable).")  # fmt: skip
@click.option("--class", "classes", multiple=True, metavar="NAME",
              help="Only entities of this class (repeatable).")  # fmt: skip
@click.option("--ego", metavar="ENTITY", help="Only what surrounds this entity.")
@click.option("--depth", type=click.IntRange(0, 20), default=1, show_default=True,
              help="How far around it.")  # fmt: skip
@options("graph", "output")
def network(
    format_: str | None,
    relations: tuple[str, ...],
    classes: tuple[str, ...],
    ego: str | None,
    depth: int,
    output: str,
    **which: Any,
) -> None:
    """Write the network of actors: an interactive page, or a file for Gephi, R and others.

    \b
    Example:
      kg network -o network.html
      kg network --ego ACOD --depth 2 -o acod.gexf
    """
    from kg.network import network_bytes

    chosen = choose_format(format_, output, _NETWORKS, "html")
    graph = open_graph(**which)
    found = graph.network(relations=relations, classes=classes, ego=ego, depth=depth)
    if chosen == "html":
        from kg.page import network_page
        from kg.pagedata import background

        ours = _is_ours(which)
        known = background(
            graph.corpus,
            graph.ontology,
            graph.store.manifest if ours else None,
            part=_restriction(which),
        )
        page = network_page(
            found, title="Akteursnetz", made_by=made_by(graph), licensed=ours, known=known
        )
        emit(page, output)
    else:
        emit(network_bytes(found, chosen, made_by(graph)), output)
    nodes, edges = found.number_of_nodes(), found.number_of_edges()
    empty = "" if nodes else ": nothing fits, take a filter away"
    say(f"{counted(nodes, 'node')}, {counted(edges, 'edge')}{empty}")


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
    if not _is_ours(which):  # our title and licence are not for other people's data
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


def _is_ours(which: dict[str, Any]) -> bool:
    """Whether the packaged data are read."""
    return which["data"] is None and which["store"] is None


ALL = (cite, export, network)
