"""The commands that make stores and synthetic data, of any size.

Heavy modules are imported where they are used.
"""

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.errors import KgError
from kg.options import options
from kg.output import counted, interruptible, progress_line, say


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@options("data", "store")
@click.option("--rejected", type=click.Path(path_type=Path), metavar="DIR",
              help="Folder for what cannot be used; default beside the store.")  # fmt: skip
@click.option("--ignore", multiple=True, metavar="COLUMN",
              help="Leave this column of tables out (repeatable).")  # fmt: skip
def build(
    files: tuple[Path, ...],
    data: Path | None,
    store: str | None,
    rejected: Path | None,
    ignore: tuple[str, ...],
) -> None:
    """Build the data into a store; the old one stays as it was until the new one is complete.

    Or load FILEs of any size into it: RDF dumps (.nq, .nt, .ttl, .trig), tables of statements,
    entities and sources (.csv, .tsv, .parquet), packed (.gz) or not, or a folder of tables. Rows
    that cannot be used are set aside with their line, and the exit code is 1.

    \b
    Example:
      kg build --store my-store
      kg build dump.nq.gz more.ttl --store big
      kg build tables/ --store big --rejected bad-rows
    """
    if store and store.startswith(("http://", "https://")):
        raise click.UsageError("a store is a folder here; `kg push URL` fills a server")
    if files:
        if data or not store:
            raise click.UsageError("FILEs are loaded into a --store of their own, without --data")
        folder = Path(store)
        beside = rejected or folder.parent / f"{folder.name}-rejected"
        interruptible(lambda: _load(files, folder, beside, ignore))
        return
    from kg.build import build, kept_store_folder
    from kg.files import shipped

    folder = Path(store) if store else kept_store_folder(data or shipped("data"))
    manifest = build(data or shipped("data"), folder)
    say(f"{folder}: {manifest.quads} quads, sha256 {manifest.sha256}")


def _load(files: tuple[Path, ...], folder: Path, rejected: Path, ignore: tuple[str, ...]) -> None:
    from kg.loading import load
    from kg.rejects import LISTED

    show = progress_line()
    try:
        loaded = load(files, folder, rejected=rejected, ignored=ignore, progress=show)
    finally:
        show("", 0, 0)
    for problem in loaded.problems[:LISTED]:
        say(str(problem))
    say(f"{folder}: {loaded.manifest.quads} quads, sha256 {loaded.manifest.sha256} of the files")
    if loaded.foreign:
        say(f"{counted(loaded.foreign, 'statement')} not of our words: nothing follows from them")
    if loaded.set_aside:
        raise KgError(
            f"{counted(loaded.set_aside, 'row')} set aside in {rejected}, all else is loaded; "
            "mend them there and build again with them"
        )


@click.command()
@click.option("--actors", type=click.IntRange(1, 100_000_000), default=1000, show_default=True,
              help="How many persons and organisations.")  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="Which of all such networks.")
@click.option("--format", "format_", type=click.Choice(["nq", "csv", "parquet"]),
              help="Default: nq for a file, csv for a folder.")  # fmt: skip
@click.option("-o", "--output", required=True, metavar="FILE|DIR",
              help="A file of N-Quads (.nq, .nq.gz), or a folder for tables.")  # fmt: skip
def synth(actors: int, seed: int, format_: str | None, output: str) -> None:
    """Make up a policy network of any size that has the shape of the packaged graph.

    Degrees, dates, names and conflicts are as in real data (docs/scale.md), no person in it
    exists, and the same seed gives the same bytes. 12,000 actors make a million quads.

    \b
    Example:
      kg synth --actors 300 --seed 7 -o small.nq
      kg synth --actors 12000 -o million.nq.gz
      kg synth --actors 12000 -o tables/ --format parquet
    """
    from kg.check import check_data
    from kg.files import shipped
    from kg.ontology import read_ontology
    from kg.synth import Synth
    from kg.synth_files import write_quads, write_tables

    is_quads = output.endswith((".nq", ".nq.gz"))
    is_folder = output.endswith(("/", os.sep)) or Path(output).is_dir()
    wanted = (None, "nq") if is_quads else (None, "csv", "parquet") if is_folder else ()
    if format_ not in wanted:
        raise click.UsageError("give a FILE.nq or FILE.nq.gz, or a folder/ for csv or parquet")
    ontology = read_ontology()
    made = Synth(actors, seed, check_data(shipped("data"), ontology)[0], ontology)
    if is_quads:
        interruptible(lambda: write_quads(made, Path(output)))
    else:
        interruptible(lambda: write_tables(made, Path(output), format_ or "csv"))


ALL = (build, synth)
