"""The command that reads texts: candidate statements with their passages.

Heavy modules are imported where they are used.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.options import options
from kg.output import choose_format, counted, open_graph, opened, say, terminal_width

if TYPE_CHECKING:
    from kg.extraction.extracting import Extractor
    from kg.extraction.judging import Key
    from kg.extraction.language_model import LanguageModel
    from kg.extraction.streaming import Result

_FORMATS = ("jsonl", "yaml", "html", "table")


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--format", "format_", type=click.Choice(_FORMATS),
              help="Default: by the file's ending, else jsonl.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N",
              help="Work in so many processes; default all processors for many files.")  # fmt: skip
@click.option("--dask", metavar="SCHEDULER",
              help="Work on this Dask cluster, which must see the same files.")  # fmt: skip
@click.option("--least", type=click.FloatRange(0, 1), default=0.0, metavar="CONFIDENCE",
              help="Only candidates of at least this confidence (0 to 1).")  # fmt: skip
@click.option("--save-texts", type=click.Path(path_type=Path), metavar="DIR",
              help="Write the text that offsets count in as <source-id>.txt.")  # fmt: skip
@click.option("--model", metavar="URL",
              help="Also ask a language model at this OpenAI-compatible server [KG_MODEL_TOKEN, "
              "KG_MODEL_NAME, KG_MODEL_TIMEOUT].")  # fmt: skip
@click.option("--spacy", default="", metavar="MODEL",
              help="Also use names that this spaCy model sees (akteursnetz[spacy]).")  # fmt: skip
@options("data", "store", "output")
def extract(
    files: tuple[str, ...],
    format_: str | None,
    jobs: int | None,
    dask: str | None,
    least: float,
    save_texts: Path | None,
    model: str | None,
    spacy: str,
    data: Path | None,
    store: str | None,
    output: str,
) -> None:
    """Read German texts and propose statements, each with the exact passage that carries it.

    Text, Markdown, HTML, PDF and Word (the last three need akteursnetz[extract]), folders of them,
    or - for standard input. Names that the graph knows carry its ids. Nothing is written into the
    data: what is proposed is for a person to accept, mend or refuse.

    \b
    Example:
      kg extract pressemitteilung.txt --format table
      kg extract texte/ -o candidates.jsonl --jobs 4
      kg extract meldung.html --format html -o meldung-marked.html
      kg extract meldung.txt --model http://localhost:11434/v1
    """
    from kg.extraction.documents import paths_of

    if dask and jobs:
        raise click.UsageError("--jobs and --dask cannot go together")
    chosen = choose_format(format_, output, _FORMATS, "jsonl")
    paths = list(paths_of(files))
    extractor = _extractor(data, store, spacy)
    results = _results(paths, extractor, jobs, dask)
    asked = _language_model(model, extractor) if model else None
    results = asked.add(results) if asked else results
    counts = {"texts": 0, "candidates": 0, "bad": 0}
    with opened(output) as out:
        for piece in _written(
            _watched(results, counts, least, save_texts, _refused(data, store)),
            extractor,
            chosen,
            output,
        ):
            out.write(piece.encode("utf-8", "replace"))
    say(f"{counted(counts['candidates'], 'candidate')} in {counted(counts['texts'], 'text')}")
    for line in asked.told() if asked else ():
        say(line)
    sys.exit(1 if counts["bad"] or (asked and asked.failed) else 0)


def _results(
    paths: list[tuple[str, str]], extractor: Extractor, jobs: int | None, dask: str | None
) -> Iterator[Result]:
    """Work in this process, in several, or on a cluster: always the same results."""
    from kg.extraction.streaming import default_jobs, extract_files

    if not dask:
        return extract_files(paths, extractor, jobs or default_jobs(len(paths)))
    try:
        from kg.extraction.cluster import extract_on_cluster
    except ImportError as error:
        from kg.errors import missing

        raise missing("Dask", "dask") from error
    return extract_on_cluster(paths, extractor, dask)


def _language_model(url: str, extractor: Extractor) -> LanguageModel:
    from kg.extraction.language_model import LanguageModel

    return LanguageModel(url, extractor)


def _extractor(data: Path | None, store: str | None, spacy: str) -> Extractor:
    from kg.extraction.extracting import Extractor
    from kg.extraction.lexicon import read_lexicon

    graph = open_graph(data, store)
    if spacy:
        from kg.extraction.entity_model import load_model

        load_model(spacy)  # what is wrong with it is told before the first text
    return Extractor(read_lexicon(graph.corpus), graph.ontology, spacy)


def _refused(data: Path | None, store: str | None) -> frozenset[Key]:
    """What persons refused to take into the data folder; a store does not know it."""
    from kg.curated import REVIEWED_FILE
    from kg.files import shipped

    folder = data or shipped("data")
    if store or not (folder / REVIEWED_FILE).is_file():
        return frozenset()
    from kg.extraction.judging import refused_keys

    return refused_keys(folder)


def _watched(
    results: Iterator[Result],
    counts: dict[str, int],
    least: float,
    texts: Path | None,
    refused: frozenset[Key],
) -> Iterator[Result]:
    """The results without what was refused; files with a problem are told at once, and left out."""
    from dataclasses import replace

    from kg.files import write

    for result in results:
        if result.document.problem:
            counts["bad"] += 1
            say(str(result.document.problem))
            continue
        kept = tuple(c for c in result.candidates if c.confidence >= least)
        if refused:
            from kg.extraction.judging import key_of

            kept = tuple(c for c in kept if key_of(c) not in refused)
        counts["texts"] += 1
        counts["candidates"] += len(kept)
        if texts:
            write(texts / f"{result.document.source}.txt", result.document.text)
        yield replace(result, candidates=kept)


def _written(
    results: Iterator[Result], extractor: Extractor, format_: str, output: str
) -> Iterator[str]:
    if format_ == "jsonl":
        from kg.extraction.record import write_lines

        for result in results:
            yield from write_lines(result.candidates)
    elif format_ == "table":
        from kg.extraction.writing import as_table

        yield as_table([c for r in results for c in r.candidates], terminal_width(output)) + "\n"
    elif format_ == "html":
        from kg.extraction.writing import PAGE_FOOT, as_section, page_head

        yield page_head("Kandidaten")
        yield from (as_section(result) for result in results)
        yield PAGE_FOOT
    else:
        from kg.extraction.writing import as_source_file

        taken = {k.id for names in extractor.lexicon.by_first.values() for k in names if k.id}
        for number, result in enumerate(results):
            yield ("---\n" if number else "") + as_source_file(result, extractor.ontology, taken)


ALL = (extract,)
