"""The commands that take a graph elsewhere: exports, citations and timelines.

Heavy modules are imported where they are used.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.answering import asked_for, parameters_of
from kg.options import formats, options
from kg.output import (
    choose_format,
    counted,
    emit,
    is_ours,
    made_by,
    open_graph,
    opened,
    restriction,
    say,
)

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Corpus

_EXPORTS = ("ttl", "trig", "nt", "nq", "jsonld", "rdfxml")
_IN_FOLDER = ("csv", "tsv", "parquet")
_TABLES = (*_IN_FOLDER, "xlsx")


@click.command()
@formats(*_EXPORTS, *_TABLES, note="Default: by the file's ending, else ttl; csv for a folder.")
@options("graph", "output")
def export(format_: str | None, output: str, **which: Any) -> None:
    """Write the whole graph, or its statements as a table (docs/tables.md).

    Of the formats of graphs, trig and nq have a graph for each source, the others are merged. csv,
    tsv and parquet hold the table of statements; into a folder (-o tables/) also those of
    entities, sources and conflicts, as xlsx has them all. kg import reads them back.

    \b
    Example:
      kg export -o graph.ttl
      kg export --format jsonld > graph.jsonld
      kg export -o graph.xlsx
      kg export --format csv -o tables/
    """
    from kg.export import with_origin

    is_folder = output.endswith(("/", os.sep)) or (format_ in _IN_FOLDER and Path(output).is_dir())
    if is_folder and format_ not in (None, *_IN_FOLDER):
        raise click.UsageError(f"a folder takes --format {'|'.join(_IN_FOLDER)}")
    chosen = (format_ or "csv") if is_folder else ""
    chosen = chosen or choose_format(format_, output, (*_EXPORTS, *_TABLES), "ttl")
    if chosen in _TABLES:
        _export_tables(chosen, output, which, is_folder=is_folder)
    else:
        graph = open_graph(**which)
        emit(with_origin(graph.export(chosen), chosen, made_by(graph)), output)


def _export_tables(chosen: str, output: str, which: dict[str, Any], *, is_folder: bool) -> None:
    from kg import tabulate
    from kg.columns import TABLES, written

    corpus = _corpus(which)
    names = TABLES if is_folder or chosen == "xlsx" else ("statements",)
    tables = [written(corpus, name) for name in names]
    if chosen == "xlsx":
        contents = {output: tabulate.write_workbook(tables)}
    else:
        places = [str(Path(output, f"{t.name}.{chosen}")) if is_folder else output for t in tables]
        contents = {p: tabulate.write_table(t, chosen) for p, t in zip(places, tables, strict=True)}
    for place, content in contents.items():
        with opened(place) as out:
            out.write(content)
    if chosen in ("csv", "tsv") and (count := sum(map(tabulate.like_formulas, tables))):
        begin = f"{counted(count, 'cell')} with = + - or @ in front"
        say(f"{begin}: a spreadsheet would take them for formulas, export xlsx for one")


def _corpus(which: dict[str, Any]) -> Corpus:
    """What is exported as tables: the data as they are written, or the part that is asked for."""
    if any(value for key, value in which.items() if key != "data"):
        return open_graph(**which).corpus
    from kg.check import check_data
    from kg.errors import DataError
    from kg.files import shipped
    from kg.ontology import read_ontology

    corpus, problems = check_data(which["data"] or shipped("data"), read_ontology())
    if problems:
        raise DataError(problems)
    return corpus


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
    manifest, part = graph.store.manifest, restriction(which)
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


@click.command()
@click.argument("names", metavar="ENTITY...", nargs=-1, required=True)
@click.option("--relation", "relations", multiple=True, metavar="NAME",
              help="Only this relation and those below it (repeatable).")  # fmt: skip
@click.option("--language", type=click.Choice(("de", "en")), default="de", show_default=True,
              help="Of relations and words in the picture.")  # fmt: skip
@formats("html", "svg", "json", note="Default: by the file's ending, else html.")
@options("graph", "output")
def timeline(
    names: tuple[str, ...],
    relations: tuple[str, ...],
    language: str,
    format_: str | None,
    output: str,
    **which: Any,
) -> None:
    """Draw functions, fundings and all else that has a date as bars in time.

    What is uncertain fades out; html has every statement with its source below the picture.

    \b
    Example:
      kg timeline ACOD "Jens Katzek" -o acod.html
      kg timeline ACOD --relation chairedBy --relation managedBy --format svg > acod.svg
    """
    from kg.reading import label_of
    from kg.tables import as_json
    from kg.timeline import as_svg
    from kg.timeline_page import as_records, timeline_page

    chosen = choose_format(format_, output, ("html", "svg", "json"), "html")
    graph = open_graph(**which)
    lanes = graph.timeline(*names, relations=relations)
    about = dict.fromkeys(lane.about for lane in lanes)
    title = ", ".join(label_of(graph.corpus.entities[entity]) for entity in about)
    if chosen == "json":
        emit(as_json(as_records(lanes)), output)
    elif chosen == "svg":
        emit(as_svg(lanes, title, language), output)
    else:
        emit(timeline_page(lanes, title=title, made_by=made_by(graph), licensed=is_ours(which),
                           language=language), output)  # fmt: skip
    say(counted(sum(len(lane.bars) for lane in lanes), "statement"))


@click.command()
@click.argument("url")
@click.option(
    "--graphs",
    metavar="URL",
    help="Where the server takes graphs (Graph Store Protocol), if it is not known.",
)
@click.option("--update", is_flag=False, flag_value="", metavar="[URL]",
              help="By SPARQL Update, at this address, if it is not known.")  # fmt: skip
@options("graph")
def push(url: str, graphs: str | None, update: str | None, **which: Any) -> None:
    """Load the graph into a SPARQL server, graph by graph; URL is the one to ask it by.

    Each graph is replaced as a whole or not at all, and counted afterwards; when the server fails
    on the way, run it again. Then --store URL reads it. Credentials come from the environment:
    KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN.

    \b
    Example:
      kg push http://localhost:7878/query
      kg push http://localhost:8890/sparql
      kg push https://example.org/ds/query --graphs https://example.org/ds/data
    """
    from kg.endpoint import Endpoint
    from kg.push import push as pushed
    from kg.push import ways

    endpoint = Endpoint(url)
    graph, to = open_graph(**which), ways(endpoint, graphs, update)
    shown = sys.stderr if sys.stderr is not None and sys.stderr.isatty() else io.StringIO()
    with click.progressbar(length=0, label="graphs", file=shown) as bar:
        removed = 0
        for step in pushed(graph.store, endpoint, to):
            bar.length, removed = step.steps, removed + step.is_removed
            bar.update(1)
    told = f"{counted(bar.pos - removed, 'graph')} pushed, {graph.store.manifest.quads} quads"
    say(told + (f"; {counted(removed, 'source')} removed" if removed else ""))


ALL = (cite, export, push, timeline)
