"""What a load could not use: set aside as it is, with its line and what is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.errors import KgError, Problem
from kg.files import write
from kg.model import Origin

LISTED = 10
"""So many problems are told; all of them stand in the folder."""
PROBLEMS = "problems.txt"


class Rejects:
    """Problems by file and line, and the rows that have them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._lines: dict[str, set[int]] = {}

    def add(self, origin: Origin, problems: Iterable[Problem]) -> None:
        """Set aside the row that begins there."""
        self.problems += problems
        self.lines_of(origin.path).add(origin.line)

    def __len__(self) -> int:
        return sum(map(len, self._lines.values()))

    def lines_of(self, path: str) -> set[int]:
        """The lines in which the rows of a file begin that are set aside; it grows with them."""
        return self._lines.setdefault(path, set())

    @property
    def paths(self) -> list[str]:
        """The files of which something is set aside."""
        return sorted(path for path, lines in self._lines.items() if lines)

    def write(self, folder: Path, rows: Mapping[str, Iterable[bytes]]) -> None:
        """Write the folder anew: what was set aside of each file under its name, and why.

        Args:
            folder: where to; what an earlier load set aside there goes.
            rows: the rows by name of file.

        Raises:
            KgError: it cannot be written, or is a folder of other things.
        """
        clear(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, lines in rows.items():
                with (folder / name).open("wb") as out:
                    out.writelines(lines)
        except OSError as error:
            raise KgError(
                f"{folder}: cannot be written ({error.strerror}), choose another --rejected"
            ) from error
        listed = "\n".join(map(str, sorted(set(self.problems))))
        write(folder / PROBLEMS, listed.encode("utf-8", "replace") + b"\n")


def clear(folder: Path) -> None:
    """Take away what an earlier load set aside.

    Raises:
        KgError: the folder holds other things.
    """
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not (folder / PROBLEMS).is_file():
        raise KgError(f"{folder}: this folder holds other things, choose another --rejected")
    shutil.rmtree(folder)
