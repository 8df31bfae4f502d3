"""The graph in the formats that other tools read; the same graph gives the same bytes.

``ttl``, ``nt``, ``jsonld`` and ``rdfxml`` hold the merged graph, ``trig`` and ``nq`` all graphs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, cast

from kg.answers import Quad, Store
from kg.errors import KgError
from kg.files import read_text, shipped
from kg.iris import PREFIXES, RDF_TYPE, XSD, shorten
from kg.store import serialize

FORMATS = ("ttl", "trig", "nt", "nq", "jsonld", "rdfxml")
WITH_GRAPHS = ("trig", "nq")
"""The formats that hold all graphs."""
_LITERAL = re.compile(r'"(.*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?\Z', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SHORT_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def export(store: Store, format_: str) -> bytes:
    """The whole graph in a format of ``FORMATS``, sorted."""
    return write_quads(store.quads(None if format_ in WITH_GRAPHS else ""), format_)


def write_quads(quads: Iterable[Quad], format_: str) -> bytes:
    """Quads, sorted, in a format of ``FORMATS``; formats without graphs leave the graph out."""
    if format_ == "jsonld":
        return jsonld(quads)
    if format_ in ("nt", "nq"):
        named = format_ == "nq"
        lines = (
            f"{s} {p} {o} {g} .\n" if g and named else f"{s} {p} {o} .\n" for s, p, o, g in quads
        )
        return "".join(lines).encode()
    grouped = sorted(quads, key=lambda q: (q[3], q[0], q[1] != f"<{RDF_TYPE}>", q[1], q[2]))
    return serialize(grouped, format_)


def with_origin(content: bytes, format_: str, made_by: str) -> bytes:
    """An export with a line of how it came about, where its format has a place for one.

    N-Quads stay what they are, since the hash of the graph is the hash of their bytes; JSON has no
    comments, and those of XML cannot hold ``--``.
    """
    if format_ in ("ttl", "trig"):
        return f"# {made_by}\n".encode() + content
    return content


@cache
def context() -> Mapping[str, Any]:
    """The JSON-LD context of the ontology.

    Raises:
        KgError: the file is missing or no JSON.
    """
    path = shipped("ontology") / "context.jsonld"
    try:
        return cast("Mapping[str, Any]", json.loads(read_text(path))["@context"])
    except (ValueError, KeyError) as error:
        raise KgError(f"{path}: this is no JSON-LD context, run `make generate`") from error


def jsonld(quads: Iterable[Quad]) -> bytes:
    """Triples as compact JSON-LD 1.1 with our context inside, one node a line, subjects sorted.

    Graph names are left out. Format: https://www.w3.org/TR/json-ld11/
    """
    terms = _terms()
    nodes: dict[str, dict[str, Any]] = {}
    for subject, predicate, object_, _ in sorted(quads):
        node = nodes.setdefault(subject, {"@id": _compact(subject)})
        if predicate == f"<{RDF_TYPE}>":
            key, value = "@type", _compact(object_)
        else:
            key, kind = terms.get(predicate[1:-1], (_compact(predicate), None))
            value = _compact_value(object_, kind)
        node[key] = [*node[key], value] if isinstance(node.get(key), list) else (
            [node[key], value] if key in node else value)  # fmt: skip
    lines = [json.dumps(node, ensure_ascii=False) for node in nodes.values()]
    return f'{{"@context": {_head()},\n"@graph": [\n{f",{chr(10)}".join(lines)}\n]}}\n'.encode()


@cache
def _terms() -> Mapping[str, tuple[str, str | None]]:
    """Term and type by the IRI of each property of the context."""
    return {_expanded(t["@id"]): (name, t.get("@type")) for name, t in context().items()
            if isinstance(t, dict)}  # fmt: skip


@cache
def _head() -> str:
    return json.dumps(context(), ensure_ascii=False)


def _expanded(short: str) -> str:
    prefix, _, local = short.partition(":")
    return PREFIXES[prefix] + local


def _compact(term: str) -> str:
    return shorten(term[1:-1]) if term.startswith("<") else term


def _compact_value(term: str, kind: str | None) -> Any:
    if not term.startswith('"'):
        return _compact(term) if kind == "@id" else {"@id": _compact(term)}
    text, language, datatype = literal_parts(term)
    if language:
        return {"@value": text, "@language": language}
    if datatype == XSD + "string":
        return text if kind is None else {"@value": text}
    return text if kind == shorten(datatype) else {"@value": text, "@type": shorten(datatype)}


def literal_parts(term: str) -> tuple[str, str, str]:
    r"""Text, language and datatype of an N-Triples literal.

    >>> literal_parts('"a\\nb"@de')
    ('a\nb', 'de', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString')
    """
    match = _LITERAL.match(term)
    if not match:
        raise KgError(f"{term!r} is no literal, report this")
    text = _ESCAPE.sub(_unescape, match[1])
    plain = PREFIXES["rdf"] + "langString" if match[2] else XSD + "string"
    return text, match[2] or "", match[3] or plain


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _SHORT_ESCAPES.get(match[3], match[3])
