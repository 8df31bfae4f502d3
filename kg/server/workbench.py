"""The page on which a person writes SPARQL: an editor, and answers as table, chart and network."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache

from markupsafe import Markup
from starlette.responses import Response

from kg.html import TEMPLATES, script_json, templates
from kg.iris import PREFIXES
from kg.site.model import POLICY, Site

_FILES = {"sparql.js": "text/javascript; charset=utf-8", "sparql.css": "text/css; charset=utf-8"}
_EXAMPLES = (
    """SELECT ?funder ?funded ?source WHERE {
  GRAPH ?source { ?funder akt:funds ?funded }
}""",
    """SELECT ?class (COUNT(DISTINCT ?entity) AS ?count) WHERE {
  ?entity a akt:Entity, ?class .
} GROUP BY ?class ORDER BY DESC(?count)""",
    """CONSTRUCT { ?a ?relation ?b } WHERE {
  ?statement rdf:subject ?a ; rdf:predicate ?relation ; rdf:object ?b .
  FILTER(ent:acod IN (?a, ?b) && ISIRI(?b))
}""",
)
_TITLES: Mapping[str, tuple[str, ...]] = {
    "de": ("Wer fördert was, nach welcher Quelle", "Wie viele je Klasse", "Das Netz um den ACOD"),
    "en": ("Who funds what, by which source", "How many of each class", "The network around ACOD"),
}


@cache
def _assets() -> dict[str, tuple[str, bytes]]:
    """The page's files by their name with a hash of their content, as (media type, content)."""
    found = {}
    for name, kind in _FILES.items():
        content = (TEMPLATES / name).read_bytes()
        stem, _, suffix = name.partition(".")
        mark = hashlib.sha256(content).hexdigest()[:12]
        found[f"{stem}-{mark}.{suffix}"] = (kind, content)
    return found


def asset(name: str) -> Response | None:
    """A file of the page; None if it has no such file."""
    found = _assets().get(name)
    if found is None:
        return None
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(found[1], media_type=found[0], headers=headers)


def workbench(site: Site, language: str) -> Response:
    """The page, in ``de`` or ``en``."""
    script, style = sorted(_assets(), key=lambda name: not name.endswith(".js"))
    examples = dict(zip(_TITLES[language], _EXAMPLES, strict=True))
    ontology = site.graph.ontology
    terms = [
        {"name": f"akt:{t.name}", "kind": kind, "label": t.labels.get(language, t.name)}
        for kind, known in (("class", ontology.classes), ("relation", ontology.relations),
                            ("property", ontology.properties))
        for t in known.values()
    ]  # fmt: skip
    data = {"prefixes": PREFIXES, "terms": terms, "examples": examples}
    html = (
        templates()
        .get_template("sparql.html")
        .render(
            language=language,
            prefix=site.prefix,
            script=f"{site.prefix}/workbench/{script}",
            style=f"{site.prefix}/workbench/{style}",
            examples=examples,
            data=Markup(script_json(data)),  # noqa: S704  (it escapes what could end the element)
        )
    )
    headers = {"Content-Security-Policy": POLICY, "Vary": "Accept"}
    return Response(html, media_type="text/html; charset=utf-8", headers=headers)
