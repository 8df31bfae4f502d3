"""The whole site as files: the same pages, with relative links, for any web host or a USB stick."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.errors import KgError
from kg.site.links import file_of, is_neutral
from kg.site.model import Site
from kg.site.pages import paths, render
from kg.site.words import LANGUAGES

MARK = "akteursnetz-site.txt"
"""A file in every folder that was written so; another folder is never replaced."""


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file of a static site: its path in the folder and its content, in a fixed order.

    Raises:
        KgError: two pages would have one file on some system, which ids of the data cannot cause.
    """
    taken: dict[str, str] = {}
    for path in paths(site):
        for language in LANGUAGES[:1] if is_neutral(path) else LANGUAGES:
            name = file_of(path, language)
            if (other := taken.setdefault(name.lower(), path)) != path:
                raise KgError(f"{path} and {other} would be one file, rename one of them")
            page = render(site, path, {}, language)
            if page.status == 200:
                yield name, page.body
    manifest = site.graph.store.manifest
    yield MARK, f"akteursnetz {manifest.version}\nsha256 {manifest.sha256}\n".encode()


def write_site(site: Site, folder: Path, tell: Callable[[int], None] = lambda _: None) -> int:
    """Write a static site beside its folder and put it in its place; gives the number of files.

    Args:
        site: with ``static`` set.
        folder: new, empty, or a site written before, which is replaced as a whole.
        tell: told after each file how many are written.

    Raises:
        KgError: the folder holds something else, or cannot be written to.
    """
    target = folder.resolve()
    try:
        if target.exists() and not target.is_dir():
            raise KgError(f"{folder}: this is a file, name a folder")
        if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_file():
            message = f"{folder}: this folder holds other things"
            raise KgError(f"{message}, name a new or empty one, kg would replace it")
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise KgError(
            f"{folder}: cannot be written ({error.strerror}), choose another place"
        ) from error
    try:
        return _write(site, beside, target, tell)
    except OSError as error:
        raise KgError(
            f"{folder}: cannot be written ({error.strerror}), nothing was changed"
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write(site: Site, beside: Path, target: Path, tell: Callable[[int], None]) -> int:
    made = beside / "new"
    folders: set[Path] = set()
    count = 0
    for count, (name, content) in enumerate(files(site), start=1):
        path = made / name
        if path.parent not in folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            folders.add(path.parent)
        path.write_bytes(content)
        tell(count)
    if target.exists():
        os.replace(target, beside / "old")  # noqa: PTH105  (what is replaced goes with beside)
    os.replace(made, target)  # noqa: PTH105
    return count
