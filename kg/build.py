"""From the data folder to a store: check, build, write; and the store that is kept up to date."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__
from kg.answers import Manifest, Store
from kg.errors import DataError, KgError, StoreError
from kg.files import YAML_SUFFIXES, listing, shipped
from kg.store import canonical_nquads, memory_store, open_store, read_manifest

if TYPE_CHECKING:
    from kg.model import Corpus
    from kg.ontology import Ontology
    from kg.validity import Period


def ingredients(data: Path) -> str:
    """What a build is made from: a listing of data, ontology and code; a change of any shows."""
    code = Path(__file__).parent
    kinds = ((data, YAML_SUFFIXES), (shipped("ontology"), (".ttl",)), (code, (".py",)))
    return "\n".join(listing(folder, suffixes) for folder, suffixes in kinds)


def build_nquads(data: Path) -> bytes:
    """Check a data folder and build its canonical N-Quads.

    Raises:
        DataError: the data has problems.
        KgError: it is no data folder.
    """
    from kg.check import check_data
    from kg.ontology import read_ontology
    from kg.rdf import enriched

    ontology = read_ontology()
    corpus, problems = check_data(data, ontology)
    if problems:
        raise DataError(problems)
    return corpus_nquads(enriched(corpus, ontology), ontology)


def corpus_nquads(corpus: Corpus, ontology: Ontology, when: Period | None = None) -> bytes:
    """The canonical N-Quads of an enriched corpus; see ``kg.rdf.corpus_lines``."""
    from kg.rdf import corpus_lines

    return canonical_nquads("".join(corpus_lines(corpus, ontology, when)).encode())


def build(data: Path, folder: Path) -> Manifest:
    """Build a data folder into the store ``folder``.

    Raises:
        DataError: the data has problems; the store stays as it was.
        StoreError: the store cannot be written.
    """
    from kg.builds import build_store

    made_from = ingredients(data)
    return build_store(folder, build_nquads(data), made_from, __version__)


def cache_folder() -> Path:
    """Where is kept what can be made again (``KG_CACHE`` overrides)."""
    if not (cache := os.environ.get("KG_CACHE")):
        from platformdirs import user_cache_dir

        cache = user_cache_dir("akteursnetz")
    return Path(cache)


def kept_store_folder(data: Path) -> Path:
    """Where the store of a data folder is kept when none is named."""
    import zlib

    place = str(data.resolve()).encode("utf-8", "surrogateescape")
    return cache_folder() / f"store-{zlib.crc32(place):08x}"


def kept_store(data: Path) -> Store:
    """The store of a data folder, built on first use and again when data, ontology or code changed.

    Where no store can be written, the graph is built in memory, with a word on stderr.

    Raises:
        DataError: the data has problems.
        KgError: it is no data folder.
    """
    if not data.is_dir():
        raise KgError(f"{data}: there is no such folder, give a data folder by --data DIR")
    folder, made_from = kept_store_folder(data), ingredients(data)
    manifest = read_manifest(folder)
    if manifest is not None and manifest.made_from == made_from:
        try:
            return open_store(folder)
        except StoreError:  # damaged: what is kept here can be made again
            pass
    from kg.builds import build_store

    nquads = build_nquads(data)
    try:
        build_store(folder, nquads, made_from, __version__)
        return open_store(folder)
    except StoreError as error:
        sys.stderr.write(f"{error}; the graph is built in memory this time\n")
        return memory_store(nquads, made_from, __version__)
