"""A synthetic network in files: N-Quads in our shape, or tables as ``kg build`` and import read."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path

from kg.columns import TABLES, Cells, Column, entity_cells, source_cells, statement_rows
from kg.feed import feed_lines
from kg.files import writing
from kg.rdf import ontology_lines
from kg.synth import Synth
from kg.tabulate import stream_table

_BARE = {"subject_label", "subject_type", "object_label", "object_type"}


def write_quads(synth: Synth, path: Path) -> None:
    """Write the whole graph, with all that follows, as N-Quads (packed where it ends in .gz).

    Raises:
        KgError: the file cannot be written.
    """
    with writing(path) as beside, beside.open("wb") as plain:
        # No name and no time in the head of the packed file: the same seed gives the same bytes.
        packed = gzip.GzipFile("", "wb", 6, plain, mtime=0) if path.suffix == ".gz" else None
        out = packed or plain
        some: list[str] = []
        for lines in (ontology_lines(), feed_lines(synth, synth.ontology, placed=True)):
            for line in lines:
                some.append(line)
                if len(some) == 10_000:
                    out.write("".join(some).encode())
                    some.clear()
        out.write("".join(some).encode())
        if packed:
            packed.close()


def write_tables(synth: Synth, folder: Path, format_: str) -> None:
    """Write the tables of statements, entities and sources as ``csv`` or ``parquet``.

    Raises:
        KgError: a file cannot be written.
    """
    rows: dict[str, Iterable[Cells]] = {
        "entities": map(entity_cells, synth.entities()),
        "sources": map(source_cells, synth.sources()),
        "statements": (row for s in synth.statements() for row in statement_rows(s)),
    }
    for table, found in rows.items():
        stream_table(_columns(table), found, folder / f"{table}.{format_}", format_)


def _columns(table: str) -> list[Column]:
    return [
        c
        for c in TABLES[table]
        if c.exported and not c.name.startswith("source_") and c.name not in _BARE
    ]
