"""The formats that entities, sources and statements have besides pages, and their negotiation."""

from __future__ import annotations

import re
from collections.abc import Mapping

MEDIA_TYPES: Mapping[str, str] = {
    "html": "text/html; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
    "nt": "application/n-triples; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "csl": "application/vnd.citationstyles.csl+json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "nq": "application/n-quads; charset=utf-8",
    "trig": "application/trig; charset=utf-8",
    "rdfxml": "application/rdf+xml; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
}
"""Media type by suffix."""

DESCRIBED = ("entity", "source", "statement")
"""What has formats of its own, by the first part of its path."""
SUFFIXES = ("ttl", "jsonld", "nt", "json")
"""The formats of what is described; ``json`` is that of ``kg show`` and ``kg evidence``."""
ALTERNATES = tuple((suffix, MEDIA_TYPES[suffix].partition(";")[0]) for suffix in SUFFIXES)
"""The formats as a page names them in its head."""
_PREFERRED = ("html", *SUFFIXES)


def negotiated(accept: str | None) -> str | None:
    """The suffix that an ``Accept`` header wants for what is described; None if it takes none.

    Where several are wanted alike, the page goes first. Source: RFC 9110, section 12.5.1.

    >>> negotiated("text/turtle"), negotiated("*/*"), negotiated("image/png")
    ('ttl', 'html', None)
    >>> negotiated("application/json;q=0.5, application/ld+json")
    'jsonld'
    """
    if not accept or not accept.strip():
        return "html"
    ranges = [_range(part) for part in accept.split(",")]
    best, most = None, 0.0
    for suffix in _PREFERRED:
        kind = MEDIA_TYPES[suffix].partition(";")[0]
        if (quality := _quality(kind, ranges)) > most:
            best, most = suffix, quality
    return best


def _range(part: str) -> tuple[str, float]:
    kind, *given = (x.strip().lower() for x in part.split(";"))
    quality = next((x[2:] for x in given if x.startswith("q=")), "1")
    return kind, float(quality) if re.fullmatch(r"[01](\.\d{0,3})?", quality) else 0.0


def _quality(kind: str, ranges: list[tuple[str, float]]) -> float:
    """The quality that the most exact matching range gives."""
    major = kind.partition("/")[0]
    for exact in (kind, f"{major}/*", "*/*"):
        found = [quality for wanted, quality in ranges if wanted == exact]
        if found:
            return max(found)
    return 0.0
