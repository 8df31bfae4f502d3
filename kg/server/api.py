"""``/api/NAME``: each named question over HTTP, and its description (OpenAPI 3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request  # noqa: TC002  (the map of the package)
from starlette.responses import Response

from kg import __version__
from kg.errors import QueryError, did_you_mean
from kg.queries import Parameter, Query
from kg.server.negotiation import best
from kg.server.replies import Wrong, as_json, checked
from kg.server.requests import Pairs, one, query_of
from kg.server.service import Service
from kg.sparql import parameter_term

_FORMATS: Mapping[str, tuple[str, ...]] = {
    "json": ("application/json",),
    "csv": ("text/csv",),
    "sparql": ("application/sparql-results+json",),
}
_LONGEST = 500


async def api(service: Service, request: Request, name: str) -> Response:
    """Answer a question by name.

    Raises:
        Wrong: there is no such question, parameter, entity or format.
        Refused: there is no answer, for a reason that is not its own.
    """
    known = service.questions
    if name not in known:
        raise Wrong(404, f"there is no question '{name}', {did_you_mean(name, known)}")
    pairs = query_of(request)
    format_ = _format(request, pairs)
    parameters = _parameters(known[name], [(k, v) for k, v in pairs if k != "format"])
    job = {"name": name, "parameters": parameters}
    if format_ == "json":
        head, _ = await service.ask_once({"do": "table", **job})
        table = checked(head)["table"]
        columns = table["columns"]
        rows = [
            {c: None if v is None else _plain(v) for c, v in zip(columns, row, strict=True)}
            for row in table["rows"]
        ]
        return as_json(rows, headers=_headers(head))
    used = {"csv": "csv", "sparql": "json"}[format_]
    head, content = await service.ask_once({"do": "question", "format_": used, **job})
    checked(head)
    kind = _FORMATS[format_][0] + ("; charset=utf-8" if format_ == "csv" else "")
    headers = _headers(head)
    if format_ == "csv":
        headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return Response(content, headers=headers, media_type=kind)


def _headers(head: Mapping[str, Any]) -> dict[str, str]:
    return {"X-Rows": str(head["rows"]), "Vary": "Accept"}


def _plain(packed: list[Any]) -> Any:
    kind, value = packed
    if kind == "Decimal":
        return float(value)
    return value


def _format(request: Request, pairs: Pairs) -> str:
    wanted = one(pairs, "format")
    if wanted is not None:
        if wanted not in _FORMATS:
            raise Wrong(400, f"there is no format '{wanted}', {did_you_mean(wanted, _FORMATS)}")
        return wanted
    accept = request.headers.get("accept")
    if accept and "text/html" in accept:
        return "json"
    found = best(accept, _FORMATS)
    if found is None:
        raise Wrong(406, "questions are answered in " + ", ".join(k[0] for k in _FORMATS.values()))
    return found


def _parameters(query: Query, pairs: Pairs) -> dict[str, str]:
    known = {p.name: p for p in query.parameters}
    given: dict[str, str] = {}
    for key, value in pairs:
        if key not in known:
            hint = did_you_mean(key, known)
            raise Wrong(400, f"the question '{query.name}' has no parameter '{key}', {hint}")
        if key in given:
            raise Wrong(400, f"the parameter '{key}' is given twice, give it once")
        if len(value) > _LONGEST:
            raise Wrong(400, f"the parameter '{key}' has more than {_LONGEST} characters")
        given[key] = _fitting(known[key], value)
    for parameter in known.values():
        if parameter.needed and parameter.name not in given:
            raise Wrong(400, f"the question '{query.name}' needs the parameter '{parameter.name}'")
    return given


def _fitting(parameter: Parameter, value: str) -> str:
    try:
        if parameter.kind != "iri":
            parameter_term(parameter.kind, value)
    except QueryError as error:
        raise Wrong(400, f"parameter '{parameter.name}': {error}") from error
    return value


def questions(known: Mapping[str, Query]) -> list[dict[str, Any]]:
    """All questions, as JSON has them."""
    return [
        {
            "name": q.name,
            "summary": q.summary,
            "description": q.description,
            "tags": q.tags,
            "parameters": [
                {"name": p.name, "kind": p.kind or "text", "needed": p.needed, "default": p.default}
                for p in q.parameters
            ],
        }
        for q in known.values()
    ]


_SCHEMAS: Mapping[str, dict[str, Any]] = {
    "integer": {"type": "string", "pattern": r"^-?[0-9]{1,18}$"},
    "number": {"type": "string", "pattern": r"^-?[0-9]{1,18}(\.[0-9]{1,18})?$"},
    "decimal": {"type": "string", "pattern": r"^-?[0-9]{1,18}(\.[0-9]{1,18})?$"},
    "date": {
        "type": "string",
        "description": "EDTF",
        "examples": ["2018", "2018-12", "2018-12-05"],
    },
    "edtf": {"type": "string", "description": "EDTF", "examples": ["2018", "2018-12", "2018~"]},
    "iri": {"type": "string", "description": "IRI, prefixed name, id or any name of an entity"},
}
_PROBLEM = {
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what is wrong, and how to mend it"},
    },
}
_WRONG = {
    "400": "a parameter is unknown, missing or wrong, or too much is asked",
    "404": "no entity is called so",
    "406": "no such format",
    "503": "too many queries are waiting",
    "504": "the question took too long",
}


def openapi(known: Mapping[str, Query], root: str) -> dict[str, Any]:
    """The description of the questions, https://spec.openapis.org/oas/v3.1.0."""
    paths = {f"/api/{q.name}": {"get": _operation(q)} for q in known.values()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Akteursnetz",
            "version": __version__,
            "description": "The named questions; for SPARQL see /sparql.",
        },
        "servers": [{"url": root}],
        "paths": paths,
        "components": {"schemas": {"Problem": _PROBLEM}},
    }


def _operation(query: Query) -> dict[str, Any]:
    parameters = [_described(p) for p in query.parameters]
    parameters.append({"name": "format", "in": "query", "required": False,
                       "schema": {"type": "string", "enum": list(_FORMATS)}})  # fmt: skip
    row = {"type": "object", "additionalProperties": {
        "type": ["string", "number", "boolean", "null"]}}  # fmt: skip
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "operationId": query.name,
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "the rows",
                "content": {
                    "application/json": {"schema": {"type": "array", "items": row}},
                    "text/csv": {"schema": {"type": "string"}},
                    "application/sparql-results+json": {"schema": {"type": "object"}},
                },
            },
            **{
                status: {"description": text, "content": problem} for status, text in _WRONG.items()
            },
        },
    }


def _described(parameter: Parameter) -> dict[str, Any]:
    schema = dict(_SCHEMAS.get(parameter.kind, {"type": "string"})) | {"maxLength": _LONGEST}
    if parameter.default is not None:
        schema["default"] = parameter.default
    return {"name": parameter.name, "in": "query", "required": parameter.needed, "schema": schema}
