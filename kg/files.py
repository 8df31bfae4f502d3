"""Files: where the shipped folders are, and writing that never leaves half a file."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import KgError

_PACKAGE = Path(__file__).parent


def shipped(folder: str) -> Path:
    """The folder ``data``, ``ontology`` or ``queries`` of this checkout or installation."""
    installed = _PACKAGE / "_shipped" / folder
    return installed if installed.is_dir() else _PACKAGE.parent / folder


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, its line ends as they are (offsets count code points).

    Raises:
        KgError: the file cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise KgError(
            f"{path}: cannot be read ({error.strerror}), check path and rights"
        ) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise KgError(f"{path}:{line}: this is not UTF-8, save the file as UTF-8") from error


def is_file(path: Path) -> bool:
    """Whether ``path`` is a file; a name too long for any file is none."""
    try:
        return path.is_file()
    except OSError:
        return False


@contextlib.contextmanager
def writing(path: Path) -> Iterator[Path]:
    """A file beside ``path`` to write to; it replaces ``path`` when the block ends well.

    Raises:
        KgError: the folder cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise KgError(
            f"{path}: cannot be written ({error.strerror}), choose another place"
        ) from error
    beside = Path(name)
    try:
        yield beside
        beside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        beside.replace(path)
    except OSError as error:
        raise KgError(
            f"{path}: cannot be written ({error.strerror}), nothing was changed"
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def write(path: Path, content: str | bytes) -> None:
    """Write a whole file or nothing (text as UTF-8, line ends as they are)."""
    with writing(path) as beside:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def fingerprint(folders: Iterable[Path], suffixes: tuple[str, ...]) -> str:
    """SHA-256 over names and contents of the files below ``folders`` that end in ``suffixes``."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(found(folder, suffixes)):
            content = path.read_bytes()
            name = path.relative_to(folder).as_posix()
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def found(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    """Every file below ``folder`` that ends in one of ``suffixes``, hidden ones left out."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith((".", "_"))]
        yield from (Path(parent, n) for n in names if n.endswith(suffixes) and n[0] != ".")
