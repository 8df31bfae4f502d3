"""Files: where the shipped folders are, and writing that never leaves half a file."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from kg.errors import KgError

YAML_SUFFIXES = (".yaml", ".yml")
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

    A symbolic link keeps pointing where it did, and what is no regular file (a pipe, a device) is
    written into, not replaced.

    Raises:
        KgError: the folder cannot be written to.
    """
    import tempfile

    target = path.resolve() if path.is_symlink() else path
    special = target.exists() and not target.is_file()
    try:
        if special and target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "this is a folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = None if special else target.parent
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=folder)
        os.close(handle)
    except OSError as error:
        raise KgError(
            f"{path}: cannot be written ({error.strerror}), choose another place"
        ) from error
    beside = Path(name)
    _BEGUN.add(beside)
    try:
        yield beside
        if special:
            with target.open("wb") as out:
                out.write(beside.read_bytes())
        else:
            mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
            beside.chmod(mode)
            beside.replace(target)
    except OSError as error:
        raise KgError(
            f"{path}: cannot be written ({error.strerror}), nothing was changed"
        ) from error
    finally:
        beside.unlink(missing_ok=True)
        _BEGUN.discard(beside)


_BEGUN: set[Path] = set()


def discard_begun() -> None:
    """Remove what was begun by ``writing`` and not finished; for a process that is stopped."""
    for beside in list(_BEGUN):
        beside.unlink(missing_ok=True)


def write(path: Path, content: str | bytes) -> None:
    """Write a whole file or nothing (text as UTF-8, line ends as they are)."""
    with writing(path) as beside:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def listing(folder: Path, suffixes: tuple[str, ...]) -> str:
    """Name, size and time of change of each file below ``folder`` that ends in ``suffixes``.

    Two listings are the same only where nothing was changed; nothing is read for it but folders.
    """
    lines = [str(folder.resolve())]
    for path in sorted(found(folder, suffixes)):
        status = path.stat() if path.exists() else path.lstat()  # a link may point nowhere
        lines.append(f"{path.relative_to(folder).as_posix()} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(lines)


def found(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    """Every file below ``folder`` that ends in one of ``suffixes``, hidden ones left out."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith((".", "_"))]
        yield from (Path(parent, n) for n in names if n.lower().endswith(suffixes) and n[0] != ".")
