"""RDF dumps and tables of any size into a store, all or nothing.

What is loaded goes through memory in blocks; the old build stays until the new one is whole. What
cannot be used is set aside with its line, in a folder beside the store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kg import __version__, dumps, table_stream
from kg.answers import Manifest
from kg.builds import Build
from kg.dumps import Block
from kg.errors import KgError, Problem
from kg.feed import feed_lines
from kg.files import is_file
from kg.following import Following, lacks_what_follows
from kg.iris import ONTOLOGY_GRAPH
from kg.model import Origin
from kg.ontology import Ontology, read_ontology
from kg.rdf import ontology_lines
from kg.rejects import Rejects
from kg.store import MANIFEST
from kg.table_stream import File, kind_of, open_table
from kg.tables_feed import TableFeed

_BLOCK = dumps.BLOCK

Progress = Callable[[str, int, int], None]
"""Is told what is done, how much of it, and of how much (0: nobody knows)."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: the build, what was set aside and why, statements nothing follows from."""

    manifest: Manifest
    problems: tuple[Problem, ...]
    set_aside: int
    foreign: int


def load(
    paths: Sequence[Path],
    folder: Path,
    *,
    rejected: Path,
    ignored: Collection[str] = (),
    progress: Progress = lambda *_: None,
) -> Loaded:
    """Load files into a store, in place of what it held.

    Args:
        paths: dumps (``dumps.SUFFIXES``), tables (``table_stream.SUFFIXES``), folders of tables.
        folder: the store; new, empty, or a store already.
        rejected: the folder for what cannot be used.
        ignored: columns to leave out.
        progress: see ``Progress``.

    Raises:
        KgError: a file cannot be read at all, or is malformed as a whole.
        StoreError: the store cannot be written. Whatever is raised, the store is as it was.
    """
    files = [file for path in paths for file in _files(path)]
    tables = [open_table(f, ignored) for f in files if kind_of(f) in table_stream.SUFFIXES]
    found = [f for f in files if kind_of(f) in dumps.SUFFIXES]
    rejects, ontology = Rejects(), read_ontology()
    made_from, sha256 = _made_from(files, progress)
    with Build(folder) as build:
        load_ = _Load(build, rejects, progress)
        for number, path in enumerate(found):
            load_.dump(path, str(number))
        foreign = load_.what_follows(ontology) if found else 0
        if tables:
            load_.tables(tables, ontology)
        if not build.store.query(f"ASK {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o }} }}"):
            load_.lines(ontology_lines())
        if rejects:
            rejects.write(rejected, _rows_set_aside(rejects, found, tables))
        name = f"build-{sha256[:16]}-{build.path.name.rpartition('-')[2]}"
        manifest = Manifest(name, sha256, len(build), made_from, __version__, loaded=True)
        build.finish(manifest)
    return Loaded(manifest, tuple(sorted(set(rejects.problems))), len(rejects), foreign)


def _files(path: Path) -> Iterator[Path]:
    """A file, or the tables in a folder."""
    known = (*dumps.SUFFIXES, *table_stream.SUFFIXES)
    if path.is_dir():
        if (path / MANIFEST).exists():
            raise KgError(f"{path}: this is a store already, ask it by --store {path}")
        tables = sorted(p for p in path.iterdir() if kind_of(p) in table_stream.SUFFIXES)
        if not tables:
            raise KgError(f"{path}: no table is in it; a data folder is given by --data {path}")
        yield from tables
    elif not is_file(path):
        raise KgError(f"{path}: there is no such file, check the path")
    elif kind_of(path) not in known:
        raise KgError(f"{path}: this cannot be loaded, give one of .{', .'.join(known)} (.gz)")
    else:
        yield path


def _made_from(files: Sequence[Path], progress: Progress) -> tuple[str, str]:
    """Name, size and hash of each file, and one hash of them all."""
    lines, all_ = [], hashlib.sha256()
    for path in files:
        progress(f"reading {path.name}", 0, 0)
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise KgError(
                f"{path}: cannot be read ({error.strerror}), check path and rights"
            ) from error
        lines.append(f"{path.resolve()} {path.stat().st_size} {digest}")
        all_.update(digest.encode())
    return "\n".join(lines), all_.hexdigest()


class _Load:
    """One load: blocks go to the engine in a thread of its own while the next are made."""

    def __init__(self, build: Build, rejects: Rejects, progress: Progress) -> None:
        self._build, self._rejects, self._progress = build, rejects, progress

    def dump(self, path: Path, mark: str) -> None:
        """Load a dump."""
        size = path.stat().st_size

        def tell(done: int) -> None:
            self._progress(f"loading {path.name}", done, size)

        self._pour(dumps.blocks(path, mark, tell), path)

    def lines(self, lines: Iterable[str]) -> None:
        """Load lines that are known to be sound."""
        self._pour(_blocks_of(lines, self._progress), None)

    def what_follows(self, ontology: Ontology) -> int:
        """Add what follows from the statements of dumps that hold nothing of it."""
        store = self._build.store
        if not lacks_what_follows(store):
            return 0
        following = Following(store, ontology)
        self.lines(following.lines())
        return following.foreign

    def tables(self, tables: Sequence[File], ontology: Ontology) -> None:
        """Load tables."""
        self._progress("reading the tables", 0, 0)
        self.lines(feed_lines(TableFeed(tables, ontology, self._rejects), ontology))

    def _pour(self, blocks: Iterable[Block], path: Path | None) -> None:
        with ThreadPoolExecutor(1) as pool:
            waiting: tuple[Future[None], Block] | None = None
            for block in blocks:
                if waiting:
                    self._settle(*waiting, path)
                waiting = pool.submit(self._build.add, block.nquads), block
            if waiting:
                self._settle(*waiting, path)

    def _settle(self, added: Future[None], block: Block, path: Path | None) -> None:
        try:
            added.result()
        except SyntaxError as error:
            if path is None:  # a cell that should have been refused
                raise KgError(f"a quad was not made well ({error.msg}), report this") from error
            good, problems = dumps.mended(path, block)
            for problem in problems:
                self._rejects.add(Origin(problem.path, problem.line), [problem])
            self._build.add(good)


def _blocks_of(lines: Iterable[str], progress: Progress) -> Iterator[Block]:
    some: list[str] = []
    size = number = 0
    for line in lines:
        some.append(line)
        size += len(line)
        if size >= (_BLOCK if number else _BLOCK // 4):  # so that the engine is soon at work
            number += len(some)
            progress("writing quads", number, 0)
            yield Block("".join(some).encode(), 0)
            some, size = [], 0
    if some:
        yield Block("".join(some).encode(), 0)


def _rows_set_aside(
    rejects: Rejects, found: Iterable[Path], tables: Iterable[File]
) -> dict[str, Iterable[bytes]]:
    rows: dict[str, Iterable[bytes]] = {}

    def name(path: Path, suffix: str) -> str:
        plain = path.name.removesuffix(".gz")
        plain = f"{path.stem}.csv" if suffix == "parquet" else plain
        return plain if plain not in rows else f"{len(rows)}-{plain}"

    for path in found:
        if wanted := rejects.lines_of(str(path)):
            rows[name(path, "")] = dumps.lines_as_they_stand(path, wanted)
    for file in tables:
        if wanted := rejects.lines_of(str(file.path)):
            rows[name(file.path, kind_of(file.path))] = table_stream.rows_as_they_stand(
                file, wanted
            )
    return rows
