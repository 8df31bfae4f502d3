"""Which words a pattern cannot do without, so that it is only tried where one of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import Any

# The parse tree of a pattern has no public name.
codes: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

_SHORTEST = 3
Literals = frozenset[str]


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
