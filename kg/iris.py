"""The IRIs that users and checks rely on: namespaces, names of graphs, prefixes."""

from __future__ import annotations

import re
from functools import lru_cache

BASE = "https://w3id.org/akteursnetz/"
AKT = BASE + "ontology#"
ENT = BASE + "entity/"
SRC = BASE + "source/"
STM = BASE + "statement/"
CONFLICT = BASE + "conflict/"

MERGED_GRAPH = BASE + "graph"
INFERRED_GRAPH = BASE + "inferred"
ONTOLOGY_GRAPH = BASE + "ontology"
BUILD_GRAPH = BASE + "build"
"""On a server only: which build was pushed, and whether to its end."""

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDF_TYPE = RDF + "type"

PREFIXES: dict[str, str] = {
    "akt": AKT,
    "ent": ENT,
    "src": SRC,
    "stm": STM,
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": XSD,
}
"""Prefixes that every query may use without declaring them."""

_LOCAL_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?<!\.)\Z")
# What RFC 3987 and SPARQL's IRIREF forbid inside <…>.
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


def is_iri(text: str) -> bool:
    """Whether ``text`` is an absolute IRI that can stand between ``<`` and ``>``.

    >>> is_iri("https://w3id.org/akteursnetz/entity/acod"), is_iri("acod"), is_iri("urn:x> <y")
    (True, False, False)
    """
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:.", text)) and not _NOT_IN_IRI.search(text)


@lru_cache(maxsize=1 << 14)
def shorten(iri: str) -> str:
    """The compact form of an IRI where a prefix fits, else the IRI as it is.

    >>> shorten("https://w3id.org/akteursnetz/entity/acod"), shorten("https://example.org/")
    ('ent:acod', 'https://example.org/')
    """
    best = max((p for p in PREFIXES if iri.startswith(PREFIXES[p])), default=None,
               key=lambda p: len(PREFIXES[p]))  # fmt: skip
    if best is None or not _LOCAL_NAME.match(iri[len(PREFIXES[best]) :]):
        return iri
    return f"{best}:{iri[len(PREFIXES[best]) :]}"


def expand(text: str) -> str | None:
    """The IRI that ``text`` (``ent:acod``, ``<https://…>`` or ``https://…``) stands for, or None.

    >>> expand("ent:acod")
    'https://w3id.org/akteursnetz/entity/acod'
    >>> expand("acod") is None
    True
    """
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        text = PREFIXES[prefix] + local
    return text if is_iri(text) else None


def local_name(iri: str) -> str:
    """What stands behind the last ``#`` or ``/``.

    >>> local_name("https://w3id.org/akteursnetz/ontology#funds")
    'funds'
    """
    return re.split(r"[#/]", iri)[-1]
