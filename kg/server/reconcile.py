"""``/reconcile``: the Reconciliation Service API 0.2, so that OpenRefine matches names with ours.

Specification: https://reconciliation-api.github.io/specs/0.2/.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request  # noqa: TC002  (the map of the package)
from starlette.responses import Response

from kg import __version__
from kg.html import templates
from kg.iris import AKT, ENT
from kg.reading import label_of
from kg.server.reconciling import MOST
from kg.server.replies import Wrong, as_json, checked
from kg.server.requests import FORM, Pairs, body_of, content_type, one, parameters, query_of
from kg.server.service import Service

_LONGEST = 500
_KINDS = ("entity", "type", "property")
_PREVIEW = "default-src 'none'; style-src 'none'; base-uri 'none'; form-action 'none'"


async def reconcile(service: Service, request: Request, path: str, root: str) -> Response:
    """Answer a request below ``/reconcile``; ``root`` is the address of the site, without slash.

    Raises:
        Wrong: it is no request of the API.
        Refused: there is no answer, for a reason that is not its own.
    """
    pairs = query_of(request)
    if request.method == "POST":
        if content_type(request) != FORM:
            raise Wrong(415, f"send queries as {FORM}")
        pairs += parameters(await body_of(request, service.settings.limits))
    if path == "/preview":
        return _preview(service, one(pairs, "id") or "")
    if path == "/properties":
        return await _properties(service, one(pairs, "type") or "")
    if path.startswith("/suggest/"):
        return await _suggest(service, path.removeprefix("/suggest/"), pairs)
    if path not in ("", "/"):
        raise Wrong(404, "there is nothing here, the service is at /reconcile")
    if (queries := one(pairs, "queries")) is not None:
        head, _ = await service.ask({"do": "reconcile", "queries": _queries(queries)})
        found = checked(head)["found"]
        return as_json({k: {"result": v} for k, v in found.items()}, headers=_rows(head))
    if (extension := one(pairs, "extend")) is not None:
        ids, properties = _extension(extension)
        head, _ = await service.ask({"do": "extend", "ids": ids, "properties": properties})
        return as_json(checked(head)["found"], headers=_rows(head))
    return as_json(manifest(root))


def _rows(head: dict[str, Any]) -> dict[str, str]:
    return {"X-Rows": str(head["rows"])}


def manifest(root: str) -> dict[str, Any]:
    """What the service can, section 3 of the specification."""
    suggest = {
        kind: {"service_url": root, "service_path": f"/reconcile/suggest/{kind}"} for kind in _KINDS
    }
    return {
        "versions": ["0.2"],
        "name": "Akteursnetz",
        "identifierSpace": ENT,
        "schemaSpace": AKT,
        "serviceVersion": __version__,
        "documentation": f"{root}/openapi.json",
        "view": {"url": f"{root}/entity/{{{{id}}}}"},
        "preview": {"url": f"{root}/reconcile/preview?id={{{{id}}}}", "width": 420, "height": 160},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": root, "service_path": "/reconcile/properties"},
            "property_settings": [],
        },
        "defaultTypes": [{"id": "Actor", "name": "Akteur"}],
    }


def _parsed(text: str, what: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Wrong(400, f"the parameter '{what}' is no JSON") from error
    if not isinstance(found, dict):
        raise Wrong(400, f"the parameter '{what}' is no JSON object")
    return found


def _queries(text: str) -> dict[str, dict[str, Any]]:
    """The queries of a batch, each as ``kg.server.reconciling`` takes it."""
    batch = _parsed(text, "queries")
    if len(batch) > MOST:
        raise Wrong(413, f"a batch may have {MOST} queries, send several batches")
    return {key: _query(key, value) for key, value in batch.items()}


def _query(key: str, query: Any) -> dict[str, Any]:
    if not isinstance(query, dict):
        raise Wrong(400, f"query '{key}' is no object")
    text, limit = query.get("query", ""), query.get("limit", 5)
    kinds, asked = query.get("type", []), query.get("properties", [])
    kinds = kinds if isinstance(kinds, list) else [kinds]
    fine = (
        isinstance(text, str)
        and len(text) <= _LONGEST
        and isinstance(limit, int | float)
        and 0 <= limit <= 1_000_000
        and all(isinstance(k, str) for k in kinds)
        and query.get("type_strict", "should") in ("any", "all", "should")
        and isinstance(asked, list)
        and len(asked) <= MOST
        and all(map(_is_property, asked))
    )
    if not fine or not (text or asked):
        raise Wrong(400, f"query '{key}' is none of the API 0.2: it has query or properties, and "
                    "perhaps type, limit, type_strict")  # fmt: skip
    return {
        "query": text,
        "limit": int(limit),
        "type": kinds,
        "type_strict": query.get("type_strict"),
        "properties": [{"pid": p["pid"], "v": p["v"]} for p in asked],
    }


def _is_property(asked: Any) -> bool:
    return (
        isinstance(asked, dict) and isinstance(asked.get("pid"), str) and _is_value(asked.get("v"))
    )


def _is_value(value: Any) -> bool:
    values = value if isinstance(value, list) else [value]
    return len(values) <= MOST and all(
        isinstance(v, int | float)
        or (isinstance(v, str) and len(v) <= _LONGEST)
        or (isinstance(v, dict) and isinstance(v.get("id"), str))
        for v in values
    )


def _extension(text: str) -> tuple[list[str], list[str]]:
    asked = _parsed(text, "extend")
    ids, properties = _listed(asked, "ids"), _listed(asked, "properties")
    fine = all(isinstance(i, str) for i in ids) and all(
        isinstance(p, dict) and isinstance(p.get("id"), str) for p in properties
    )
    if not fine or len(ids) > 10 * MOST or len(properties) > MOST:
        raise Wrong(400, "an extension has ids (texts) and properties (objects with an id)")
    return ids, [p["id"] for p in properties]


def _listed(asked: dict[str, Any], key: str) -> list[Any]:
    found = asked.get(key)
    return found if isinstance(found, list) else [None]


async def _suggest(service: Service, kind: str, pairs: Pairs) -> Response:
    if kind not in _KINDS:
        raise Wrong(404, "suggestions are there for entity, type and property")
    prefix, cursor = one(pairs, "prefix") or "", one(pairs, "cursor") or "0"
    if len(prefix) > _LONGEST or not (cursor.isascii() and cursor.isdigit() and len(cursor) < 9):
        raise Wrong(400, "a suggestion needs a short prefix, and perhaps a number as cursor")
    job = {"do": "suggest", "kind": kind, "prefix": prefix, "cursor": int(cursor)}
    head, _ = await service.ask(job)
    return as_json({"result": checked(head)["found"]}, headers=_rows(head))


async def _properties(service: Service, kind: str) -> Response:
    """The relations that a class may have as subject, section 7.2 of the specification."""
    ontology = service.current.site.graph.ontology
    name = kind.removeprefix(AKT)
    found = [
        {"id": r.name, "name": r.labels.get("de", r.name)}
        for _, r in sorted(ontology.relations.items())
        if name not in ontology.classes or ontology.is_a(name, r.domain)
    ]
    return as_json({"properties": found, "type": kind})


def _preview(service: Service, id_: str) -> Response:
    graph = service.current.site.graph
    corpus = graph.corpus
    entity = corpus.entities.get(corpus.canonical.get(id_, id_))
    if entity is None:
        raise Wrong(404, f"there is no entity '{id_[:100]}'")
    html = (
        templates()
        .get_template("preview.html")
        .render(
            entity=entity,
            label=label_of(entity),
            kind=graph.ontology.classes[entity.type].labels["de"],
            statements=sum(entity.id in (s.subject, s.object) for s in corpus.statements()),
        )
    )
    headers = {"Content-Security-Policy": _PREVIEW, "X-Frame-Options": ""}
    return Response(html, media_type="text/html; charset=utf-8", headers=headers)
