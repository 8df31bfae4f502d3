"""What a text names: the record of a mention, and which of several that overlap counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Mention:
    """A name, date, amount or office at a place of the plain text.

    ``types`` are the classes it may have, likeliest first; ``kind`` says how it was found: known,
    form, quote, person, place, short, date, amount, office. ``value`` is the EDTF date, the kind of
    an office, and so on; ``head`` the stem of the noun by which later words may refer to it,
    ``whole`` the body that the name itself says it is a part of, ``within`` another such relation.
    """

    start: int
    end: int
    name: str
    types: tuple[str, ...]
    kind: str
    head: str = ""
    id: str | None = None
    value: str = ""
    alias: str = ""
    prefix: str = ""
    whole: Mention | None = None
    within: tuple[str, Mention] | None = None

    @property
    def type(self) -> str:
        """The likeliest class."""
        return self.types[0] if self.types else ""


_RANK = {"known": 0, "quote": 1, "form": 2, "person": 3, "amount": 4, "date": 4, "office": 5,
         "place": 6, "short": 7, "brand": 8}  # fmt: skip


def longest(found: Iterable[Mention]) -> list[Mention]:
    """Of mentions that overlap the longest, in order of place."""
    order = sorted(found, key=lambda m: (m.start - m.end, _RANK[m.kind], m.start))
    taken = bytearray(max((m.end for m in order), default=0))
    kept: list[Mention] = []
    for mention in order:
        if taken[mention.start] or taken[mention.end - 1]:
            continue
        taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
        kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def beside(found: Iterable[Mention], more: Iterable[Mention]) -> list[Mention]:
    """Mentions, and those of ``more`` that overlap none of them, in order of place."""
    kept = list(found)
    taken = {place for m in kept for place in range(m.start, m.end)}
    kept += [m for m in more if taken.isdisjoint(range(m.start, m.end))]
    return sorted(kept, key=lambda m: m.start)
