"""Builds of a store on disk: written beside, renamed when complete, then made current.

A build becomes current when ``kg-store.json`` is replaced; killed at any moment, or on a full disk,
the old build goes on working. What a killed one left is swept away by the next.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import pyoxigraph as ox

from kg.answers import Manifest
from kg.errors import StoreError
from kg.files import write
from kg.store import ENGINE_ERRORS, MANIFEST, EmbeddedStore, manifest_of

_STALE_SECONDS = 24 * 3600
_UNLOCKED_SECONDS = 60
_BEGUN = "build-tmp-"
_LOCK = "lock"


def build_store(folder: Path, nquads: bytes, made_from: str, version: str) -> Manifest:
    """Write canonical N-Quads as the current build of a store, atomically.

    Args:
        folder: the store; new, empty, or a store already.
        nquads: what ``canonical_nquads`` gave.
        made_from: a text that changes with the data, ontology and code.
        version: of kg.

    Raises:
        StoreError: the folder holds something else, or cannot be written to.
    """
    manifest = manifest_of(nquads, made_from, version)
    with _told(folder):
        _claim(folder)
        if _is_sound(folder / manifest.build, manifest):
            _make_current(folder, manifest)
            return manifest
    with Build(folder) as build:
        build.add(nquads)
        with _told(folder):
            (build.path / "graph.nq").write_bytes(nquads)
        build.finish(manifest)
    return manifest


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    """What the system or the engine says when it cannot write, as an error that says what to do."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StoreError(
            f"{folder}: cannot be written ({reason}), make room or choose another --store; "
            "what was there is as it was"
        ) from error


class Build:
    """A build that is being written; nobody sees it before ``finish``.

    To be used as a context: what is not finished when it ends is taken away.
    """

    def __init__(self, folder: Path) -> None:
        """Begin a build of a store, which is new, empty, or a store already.

        Raises:
            StoreError: the folder holds something else, or cannot be written to.
        """
        self.folder = folder
        self._added = 0
        with _told(folder):
            _claim(folder)
            _sweep(folder)
            self.path = Path(tempfile.mkdtemp(prefix=_BEGUN, dir=folder))
            self._lock = _locked(self.path / _LOCK)
            self._inner: ox.Store | None = ox.Store(str(self.path / "oxigraph"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._inner = None
        if self._lock is not None:
            self._lock.close()
        shutil.rmtree(self.path, ignore_errors=True)

    @property
    def store(self) -> EmbeddedStore:
        """What has been added so far, to be asked."""
        return EmbeddedStore(self._open, Manifest(self.path.name, "", 0, "", ""))

    @property
    def _open(self) -> ox.Store:
        if self._inner is None:
            raise StoreError(f"{self.folder}: this build is finished, begin another")
        return self._inner

    def add(self, nquads: bytes) -> None:
        """Add N-Quads; all of them or, where one is malformed, none.

        Raises:
            SyntaxError: a quad is malformed; ``lineno`` is its line.
            StoreError: the build cannot be written.
        """
        with _told(self.folder):
            self._open.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)
        self._added += 1

    def __len__(self) -> int:
        return len(self._open)

    def finish(self, manifest: Manifest) -> None:
        """Make the build current, and keep of the old ones only the last.

        Raises:
            StoreError: it cannot be written.
        """
        target = self.folder / manifest.build
        with _told(self.folder):
            if self._added > 1:  # many small files, which make every query twice as slow
                self._open.optimize()
            self._open.flush()
            self._inner = None
            self.path.chmod(0o755)
            if not _is_sound(target, manifest):  # else another process wrote the same meanwhile
                if target.exists():  # damaged: out of the way, swept later
                    target.rename(tempfile.mkdtemp(prefix=_BEGUN, dir=self.folder))
                (self.path / _LOCK).unlink(missing_ok=True)
                self.path.rename(target)
            _make_current(self.folder, manifest)


def _make_current(folder: Path, manifest: Manifest) -> None:
    write(folder / MANIFEST, json.dumps(asdict(manifest), indent=1) + "\n")
    _sweep(folder, keep=manifest.build)


def _claim(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    strange = [
        p.name for p in folder.iterdir() if not p.name.startswith(("build-", f".{MANIFEST}"))
    ]
    if strange and MANIFEST not in strange:
        raise StoreError(
            f"{folder}: this folder holds other things ({strange[0]}), "
            "name a new or empty one, kg would clear it"
        )


def _is_sound(build: Path, manifest: Manifest) -> bool:
    """Whether a build of known bytes is there and whole."""
    import hashlib

    try:
        nquads = (build / "graph.nq").read_bytes()
        inner = ox.Store.read_only(str(build / "oxigraph"))
        return (
            hashlib.sha256(nquads).hexdigest() == manifest.sha256 and len(inner) == manifest.quads
        )
    except ENGINE_ERRORS:
        return False


def _locked(path: Path) -> IO[bytes] | None:
    """A file that is locked as long as this process lives; None where the system has no locks."""
    try:
        import fcntl
    except ImportError:
        return None
    handle = path.open("wb")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return None
    return handle


def _sweep(folder: Path, keep: str | None = None) -> None:
    """Remove what nobody works on or reads: of ``keep`` and the build before it, nothing.

    Without ``keep`` only what was begun and abandoned goes.
    """
    builds = [p for p in folder.glob("build-*") if p.name != keep and p.is_dir()]
    begun = [p for p in builds if p.name.startswith(_BEGUN)]
    finished = sorted((p for p in builds if p not in begun), key=lambda p: p.stat().st_mtime)
    for path in [p for p in begun if _is_abandoned(p)] + (finished[:-1] if keep else []):
        shutil.rmtree(path, ignore_errors=True)


def _is_abandoned(path: Path) -> bool:
    """Whether the process that began a build is gone, or a day has passed."""
    try:
        age = time.time() - path.stat().st_mtime
        if age > _STALE_SECONDS:
            return True
        if not (path / _LOCK).exists():  # about to be locked, or to be renamed, or killed then
            return age > _UNLOCKED_SECONDS
        lock = _locked(path / _LOCK)
    except OSError:
        return False
    if lock is None:
        return False
    lock.close()
    return True
