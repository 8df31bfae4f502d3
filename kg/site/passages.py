"""The text of a source, cut where passages begin and end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Statement


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text and the ids of the statements that it supports, in order of the data."""

    text: str
    statements: tuple[str, ...]


def segments(text: str, statements: Iterable[Statement]) -> list[Segment]:
    """A text cut so that each piece supports the same statements from its start to its end.

    >>> [s.text for s in segments("abc", [])]
    ['abc']
    """
    spans = [
        (e.start, e.end, s.id)
        for s in statements
        for e in s.evidence
        if e.start is not None and e.end is not None and 0 <= e.start < e.end <= len(text)
    ]
    cuts = sorted({0, len(text), *(x for start, end, _ in spans for x in (start, end))})
    return [
        Segment(
            text[start:end],
            tuple(dict.fromkeys(i for a, b, i in spans if a <= start and end <= b)),
        )
        for start, end in pairwise(cuts)
    ]
