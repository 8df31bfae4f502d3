"""Changes to a data folder: the files that they make, tried in a copy, written all or none."""

from __future__ import annotations

import copy
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from kg import encoding
from kg.check import check_data
from kg.curated import VERDICTS_FILE, data_files
from kg.errors import Problem
from kg.files import read_text, write
from kg.formatting import changed_text
from kg.model import Corpus, Entity, Origin, Source, Statement, conflict_id
from kg.ontology import Ontology

_FILL_IN = "run `kg format --texts DIR` to fill it in"
_Change: TypeAlias = Callable[[Any], Any]

NEW_ENTITIES = Path("entities") / "imported.yaml"


@dataclass(frozen=True, slots=True)
class Planned:
    """A statement as it should stand, under its id, in the place of ``replaced`` or anew."""

    id: str
    replaced: str | None
    mapping: encoding.Mapping


@dataclass
class Edits:
    """What is to stand in a data folder, as mappings: new things, and old ones as they become."""

    entities: dict[str, encoding.Mapping] = field(default_factory=dict)
    sources: dict[str, encoding.Mapping] = field(default_factory=dict)
    statements: dict[str, list[Planned]] = field(default_factory=dict)
    """By source."""
    verdicts: list[encoding.Mapping] = field(default_factory=list)
    places: dict[str, Origin] = field(default_factory=dict)
    """Where the person said so: by id of an entity or statement, or ``/`` and that of a source."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a data folder becomes: the files that differ, what they say, and what is wrong."""

    files: Mapping[Path, str]
    """New contents by path below the data folder."""
    corpus: Corpus
    problems: tuple[Problem, ...]


def try_edits(
    data: Path, old: Corpus, edits: Edits, ontology: Ontology, texts: Path | None = None
) -> Tried:
    """Make the edits in a copy of a data folder and check it whole; nothing else is written.

    Args:
        data: the data folder; one that is not there, or empty, counts as one without data.
        old: what it says.
        edits: what it should say.
        ontology: what classes and relations there are.
        texts: a folder of ``<source-id>.txt``, from which offsets, length and hash are filled in.

    Raises:
        KgError: a file cannot be read, or ``texts`` is no folder.
    """
    with _copy(data) as there:
        problems: list[Problem] = []
        files = dict(_changed_files(data, there, old, edits, texts, problems))
        for path, content in files.items():
            write(there / path, content)
        corpus, more = check_data(there, ontology, texts)
    shown = (_shown(p, corpus, edits.places, there, data) for p in (*problems, *more))
    return Tried(files, corpus, tuple(sorted(set(shown))))


def files_of(data: Path, old: Corpus, edits: Edits, problems: list[Problem]) -> dict[Path, str]:
    """The files that the edits change, by path below the data folder; nothing is checked.

    Arguments as of ``try_edits``; what cannot be written is added to ``problems``.
    """
    return dict(_changed_files(data, data, old, edits, None, problems))


def write_files(data: Path, files: Mapping[Path, str]) -> None:
    """Write all files; where one cannot be written, those before it get back what they had.

    Raises:
        KgError: a file cannot be written.
    """
    for folder in ("entities", "sources"):
        (data / folder).mkdir(parents=True, exist_ok=True)
    paths = [data / path for path in sorted(files)]  # entities before the sources that name them
    before = {path: read_text(path) if path.is_file() else None for path in paths}
    done: list[Path] = []
    try:
        for path in paths:
            done.append(path)
            write(path, files[path.relative_to(data)])
    except BaseException:
        for path in done:
            content = before[path]
            if content is None:
                path.unlink(missing_ok=True)
            else:
                write(path, content)
        raise


@contextmanager
def _copy(data: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kg-import-") as name:
        there = Path(name)
        for folder in ("entities", "sources"):
            (there / folder).mkdir()
        if data.is_dir() and any(data.iterdir()):
            for paths in data_files(data):
                for path in paths:
                    shutil.copyfile(path, there / path.relative_to(data))
            if (data / VERDICTS_FILE).is_file():
                shutil.copyfile(data / VERDICTS_FILE, there / VERDICTS_FILE)
        yield there


def _shown(
    problem: Problem, corpus: Corpus, places: Mapping[str, Origin], there: Path, data: Path
) -> Problem:
    """A problem where the person can mend it: in the table, or in the file as it is now."""
    above = [
        (thing.origin.line, key)
        for key, thing in _things(corpus)
        if thing.origin.path == problem.path and thing.origin.line <= problem.line
    ]
    path, message = (t.replace(str(there), str(data)) for t in (problem.path, problem.message))
    mend = problem.mend.replace(_FILL_IN, "give the folder of the texts by --texts DIR")
    if above and (place := places.get(max(above)[1])):
        return Problem(place.path, place.line, message, mend)
    return Problem(path, problem.line, message, mend)


def _things(corpus: Corpus) -> Iterator[tuple[str, Entity | Source | Statement]]:
    yield from corpus.entities.items()
    for source in corpus.sources.values():
        yield f"/{source.id}", source
        yield from ((s.id, s) for s in source.statements)


def _changed_files(
    data: Path,
    there: Path,
    old: Corpus,
    edits: Edits,
    texts: Path | None,
    problems: list[Problem],
) -> Iterator[tuple[Path, str]]:
    for path, change in _changes(data, old, edits).items():
        file = there / path
        before = read_text(file) if file.is_file() else None
        after = changed_text(before, file, change, texts, problems)
        if after != before:
            yield path, after


def _changes(data: Path, old: Corpus, edits: Edits) -> dict[Path, _Change]:
    """What is to be done to each file, by its path below the data folder."""
    found: dict[Path, _Change] = {}
    places: dict[Path, list[encoding.Mapping]] = {}
    for entity_id, mapping in edits.entities.items():
        known = old.entities.get(entity_id)
        path = Path(known.origin.path).relative_to(data) if known else NEW_ENTITIES
        places.setdefault(path, []).append(mapping)
    before = {i: encoding.entity_mapping(e) for i, e in old.entities.items()}
    for path, mappings in places.items():
        found[path] = partial(_with_items, items=mappings, before=before, key=_id)
    for source_id in sorted({*edits.sources, *edits.statements}):
        source = old.sources.get(source_id)
        path = Path("sources") / f"{source_id}.yaml"
        if source:
            path = Path(source.origin.path).relative_to(data)
        head, statements = edits.sources.get(source_id), edits.statements.get(source_id, [])
        found[path] = partial(_with_source, old=source, head=head, statements=statements)
    if edits.verdicts:
        told = {_about(m): m for m in map(encoding.verdict_mapping, old.verdicts)}
        items = partial(_with_items, items=edits.verdicts, before=told, key=_about)
        found[Path(VERDICTS_FILE)] = items
    return found


def _id(mapping: Any) -> str:
    return str(mapping.get("id"))


def _about(mapping: Any) -> str:
    return conflict_id(map(str, mapping.get("statements") or ()))


def _with_items(
    document: Any,
    items: Sequence[encoding.Mapping],
    before: Mapping[str, encoding.Mapping],
    key: Callable[[Any], str],
) -> Any:
    """A list with items changed where they stand, and new ones behind."""
    document = [] if document is None else document
    if not isinstance(document, list):  # told by the check
        return document
    standing = {key(node): node for node in document if isinstance(node, dict)}
    for item in items:
        if (node := standing.get(key(item))) is not None:
            _update(node, before[key(item)], item)
        else:
            document.append(copy.deepcopy(item))
    return document


def _with_source(
    document: Any,
    old: Source | None,
    head: encoding.Mapping | None,
    statements: Sequence[Planned],
) -> Any:
    """A source with statements replaced where they stand, and new ones behind."""
    document = {} if document is None else document
    if not isinstance(document, dict):
        return document
    if head is not None:
        _update(document, encoding.source_mapping(old) if old else {}, head)
    if not statements:
        return document
    nodes = document.get("statements") or []
    nodes = [nodes] if isinstance(nodes, dict) else nodes
    known = old.statements if old else ()
    place_of = {s.id: place for place, s in enumerate(known)}
    for planned in statements:
        if planned.replaced is None:
            nodes.append(copy.deepcopy(planned.mapping))
        else:
            place = place_of[planned.replaced]
            _update(nodes[place], encoding.statement_mapping(known[place]), planned.mapping)
    document["statements"] = nodes
    return document


def _update(node: Any, old: encoding.Mapping, new: encoding.Mapping) -> None:
    """Change the keys that differ, and leave all others as they are written."""
    for key in {**old, **new}:
        if old.get(key) != new.get(key):
            if key in new:
                node[key] = copy.deepcopy(new[key])
            else:
                node.pop(key, None)
