"""What can go wrong, in one family, each with an exit code and a way to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong at one place, and how to mend it.

    >>> print(Problem("data/sources/a.yaml", 12, "unknown entity 'acodd'", "did you mean 'acod'?"))
    data/sources/a.yaml:12: unknown entity 'acodd', did you mean 'acod'?
    """

    path: str
    line: int
    message: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        line = f"{place}: {self.message}, {self.mend}"
        return "".join(c if c.isprintable() else " " for c in line)


class KgError(Exception):
    """Anything a user can cause. ``exit_code`` 1: the data or the run has a problem."""

    exit_code = 1


class UsageError(KgError):
    """The command itself is wrong: an unknown query, relation, format or class (exit code 2)."""

    exit_code = 2


class DataError(KgError):
    """The data has problems; ``problems`` holds every one, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


class QueryError(KgError):
    """The text of a query is wrong, or it may not be run."""


class StoreError(KgError):
    """The store cannot be opened, read or written."""


class UnknownName(KgError):
    """No entity, source or statement has this name."""


def missing(library: str, extra: str) -> KgError:
    """The error that a library of one of our extras is not installed.

    >>> str(missing("pyarrow", "tables"))
    'pyarrow is not installed, run `pip install akteursnetz[tables]`'
    """
    return KgError(f"{library} is not installed, run `pip install akteursnetz[{extra}]`")


def did_you_mean(name: str, known: Iterable[str], *, limit: int = 3) -> str:
    """Name the nearest known names, or say how to see them all.

    >>> did_you_mean("chairdBy", ["chairedBy", "funds", "managedBy"])
    "did you mean 'chairedBy'?"
    >>> did_you_mean("xyz", [])
    'there is none'
    """
    import difflib

    names: Sequence[str] = sorted(set(known))
    near = difflib.get_close_matches(name, names, n=limit, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(f"'{n}'" for n in near) + "?"
    if not names:
        return "there is none"
    shown = ", ".join(names[:30]) + (", …" if len(names) > 30 else "")
    return f"known are: {shown}"
