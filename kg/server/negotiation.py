"""Media types: what a request wants, of what there is (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

ROWS: Mapping[str, tuple[str, ...]] = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
"""Formats of rows and truth values, each with its media types, the proper one first."""
GRAPHS: Mapping[str, tuple[str, ...]] = {
    "ttl": ("text/turtle", "application/x-turtle", "application/turtle"),
    "jsonld": ("application/ld+json", "application/json"),
    "nt": ("application/n-triples", "text/plain"),
    "rdfxml": ("application/rdf+xml", "application/xml"),
    "trig": ("application/trig",),
    "nq": ("application/n-quads",),
}
"""Formats of graphs, likewise."""
_UTF8 = ("text/", "application/n-")
_SHORT = 400


def best(accept: str | None, offered: Mapping[str, tuple[str, ...]]) -> str | None:
    """The offered format that a request likes most, the first of equals; None if it takes none.

    >>> best("text/csv;q=0.9, application/xml", ROWS), best(None, ROWS), best("image/*", ROWS)
    ('xml', 'json', None)
    """
    if accept is None or not accept.strip():
        return next(iter(offered))
    weigh = _best if len(accept) <= _SHORT else _best.__wrapped__
    return weigh(accept, tuple(offered.items()))


@lru_cache(maxsize=256)
def _best(accept: str, offered: tuple[tuple[str, tuple[str, ...]], ...]) -> str | None:
    """Few programs ask, each always alike: what was weighed once is kept, if it is short."""
    ranges = [_range(part) for part in accept.split(",")[:50]]
    liked = {name: max(_quality(kind, ranges) for kind in kinds) for name, kinds in offered}
    name = max(liked, key=lambda n: liked[n])
    return name if liked[name] > 0 else None


def _range(part: str) -> tuple[str, float]:
    kind, *given = (x.strip().lower() for x in part.split(";"))
    quality = next((x[2:] for x in given if x.startswith("q=")), "1")
    return kind, float(quality) if re.fullmatch(r"[01](\.\d{0,3})?", quality, re.A) else 0.0


def _quality(kind: str, ranges: list[tuple[str, float]]) -> float:
    for exact in (kind, kind.partition("/")[0] + "/*", "*/*"):
        found = [quality for wanted, quality in ranges if wanted == exact]
        if found:
            return max(found)
    return 0.0


def media_type(format_: str) -> str:
    """The media type that a format is sent with."""
    kind = (ROWS.get(format_) or GRAPHS[format_])[0]
    return kind + ("; charset=utf-8" if kind.startswith(_UTF8) else "")
