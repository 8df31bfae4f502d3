"""Which words a pattern cannot do without, so that it is only tried where one of them stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Generic, TypeVar

# The parse tree of a pattern has no public name.
codes: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

_SHORTEST = 3
Literals = frozenset[str]
Row = TypeVar("Row")


@cache
def cues(pattern: re.Pattern[str]) -> Literals:
    """Texts of which at least one stands wherever the pattern matches; empty where none is certain.

    For a pattern that ignores case they are in small letters, to be looked for in such.

    >>> sorted(cues(re.compile(r"(?:Träger|Betreiber)(?: neu)? (?:ist|sind)")))
    ['Betreiber', 'Träger']
    """
    found = _of_sequence(parser.parse(pattern.pattern, pattern.flags))
    if pattern.flags & re.IGNORECASE:
        return frozenset(t.lower() for t in found)
    return found


@dataclass(frozen=True)
class CueIndex(Generic[Row]):
    """Rows of a table by the cues that they need, to find those that a text may match at once.

    >>> index = index_of([(1, frozenset(["Träger"])), (2, frozenset(["Sitz", "Ort:"])), (3, frozenset())])
    >>> index.rows_for("Der Sitz ist hier.")
    [2, 3]
    """

    rows: tuple[Row, ...]
    always: frozenset[int]
    by_start: Mapping[str, tuple[tuple[str, tuple[int, ...]], ...]]

    def rows_for(self, text: str) -> list[Row]:
        """The rows of which a cue stands in a text, and those that need none, in their order."""
        starts = set(map("".join, zip(*(text[i:] for i in range(_SHORTEST)), strict=False)))
        found = set(self.always)
        for start in self.by_start.keys() & starts:
            for cue, numbers in self.by_start[start]:
                if cue in text:
                    found.update(numbers)
        return [self.rows[i] for i in sorted(found)]


def index_of(table: Iterable[tuple[Row, Literals]]) -> CueIndex[Row]:
    """An index of rows and the cues of each; a row without cues is always found."""
    rows = list(table)
    numbers: dict[str, list[int]] = defaultdict(list)
    for i, (_, needed) in enumerate(rows):
        for cue in needed:
            numbers[cue].append(i)
    by_start: dict[str, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
    for cue in sorted(numbers):
        by_start[cue[:_SHORTEST]].append((cue, tuple(numbers[cue])))
    always = frozenset(i for i, (_, needed) in enumerate(rows) if not needed)
    return CueIndex(tuple(r for r, _ in rows), always, {k: tuple(v) for k, v in by_start.items()})


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> Literals:
    """The best set of literals of a sequence: that of the longest shortest text."""
    choices: list[Literals] = []
    run = ""
    for code, value in items:
        if code is codes.LITERAL and value < 0xF0000:
            run += chr(value)
            continue
        if run:
            choices.append(frozenset([run]))
        run = ""
        choices.append(_of_item(code, value))
    if run:
        choices.append(frozenset([run]))
    good = [c for c in choices if c and min(map(len, c)) >= _SHORTEST]
    return max(good, key=lambda c: (min(map(len, c)), -len(c)), default=frozenset())


def _of_item(code: Any, value: Any) -> Literals:
    if code is codes.SUBPATTERN:
        return _of_sequence(value[-1])
    if code is codes.BRANCH:
        parts = [_of_sequence(part) for part in value[1]]
        return frozenset().union(*parts) if all(parts) else frozenset()
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT) and value[0] > 0:
        return _of_sequence(value[2])
    return frozenset()
