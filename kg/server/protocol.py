"""``/sparql``: the SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/, for queries."""

from __future__ import annotations

import functools

from starlette.requests import Request  # noqa: TC002  (the map of the package)
from starlette.responses import Response

from kg.server.asked import is_volatile
from kg.server.description import service_description
from kg.server.negotiation import GRAPHS, ROWS, best, media_type
from kg.server.replies import Wrong, checked
from kg.server.requests import FORM, Pairs, body_of, content_type, one, parameters, query_of
from kg.server.service import Service
from kg.server.workbench import workbench

_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_READ_ONLY = "nothing can be changed here, send a query as the parameter 'query'"


async def sparql(service: Service, request: Request, address: str, language: str) -> Response:
    """Answer a request to the endpoint, whose own address is ``address``.

    Raises:
        Wrong: it is no protocol request, or its query is wrong.
        Refused: there is no answer, for a reason that is not the query's own.
    """
    pairs, query = query_of(request), None
    if request.method == "POST":
        pairs, query = await _posted(service, request, pairs)
    if one(pairs, "update") is not None:
        raise Wrong(403, _READ_ONLY)
    if query is None:
        query = one(pairs, "query")
    accept = request.headers.get("accept")
    if request.method != "POST" and _wants_page(accept, pairs):
        return workbench(service.current.site, language)
    if query is None:
        if request.method == "POST" or pairs:
            raise Wrong(400, "there is no query, send it as the parameter 'query'")
        return await _description(service, accept, address)
    return await _answer(service, query, pairs, accept)


def _wants_page(accept: str | None, pairs: Pairs) -> bool:
    """Whether a browser asks for itself, not a program for an answer."""
    offered = {"page": ("text/html",)} | dict(ROWS) | dict(GRAPHS)
    return one(pairs, "format") is None and bool(accept) and "text/html" in str(accept) and best(
        accept, offered) == "page"  # fmt: skip


async def _posted(service: Service, request: Request, pairs: Pairs) -> tuple[Pairs, str | None]:
    kind = content_type(request)
    if kind == _UPDATE:
        raise Wrong(403, _READ_ONLY)
    if kind not in (FORM, _DIRECT):
        raise Wrong(415, f"send the query as {FORM} or {_DIRECT}")
    body = await body_of(request, service.settings.limits)
    if kind == FORM:
        return parameters(body), None
    if one(pairs, "query") is not None:
        raise Wrong(400, "there is a query in the body and another one in the address, send one")
    try:
        return pairs, body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Wrong(400, "the query is no UTF-8") from error


def _formats(accept: str | None, wanted: str | None) -> dict[str, str]:
    """The format of each kind of answer; a kind that the request does not take is missing."""
    if wanted is not None and wanted in ROWS:
        return {"rows": wanted}
    if wanted is not None and wanted in GRAPHS:
        return {"graph": wanted}
    kinds = (("rows", best(accept, ROWS)), ("graph", best(accept, GRAPHS)))
    found = {kind: format_ for kind, format_ in kinds if format_}
    if not found:
        raise Wrong(406, "this is answered in " + ", ".join(k[0] for k in (
            *ROWS.values(), *GRAPHS.values())))  # fmt: skip
    return found


async def _answer(service: Service, query: str, pairs: Pairs, accept: str | None) -> Response:
    most = service.settings.limits.query_bytes
    if len(query) > most:
        raise Wrong(413, f"the query has more than {most} characters, shorten it")
    job = {
        "do": "sparql",
        "query": query,
        "formats": _formats(accept, one(pairs, "format")),
        "default": [value for key, value in pairs if key == "default-graph-uri"],
        "named": [value for key, value in pairs if key == "named-graph-uri"],
    }
    once = service.ask if is_volatile(query) else service.ask_once
    head, content = await once(job)
    if head.get("error") == "format":
        raise Wrong(406, str(head["message"]))
    checked(head)
    return Response(
        content,
        headers={"X-Rows": str(head["rows"]), "Vary": "Accept"},
        media_type=media_type(head["format"]),
    )


async def _description(service: Service, accept: str | None, address: str) -> Response:
    format_ = best(accept, GRAPHS)
    if format_ is None:
        raise Wrong(406, "the description is there in " + ", ".join(k[0] for k in GRAPHS.values()))
    generation = service.current
    make = functools.partial(service_description, generation.site.graph, address, format_)
    content = await service.kept(generation, ("description", address, format_), make)
    return Response(content, headers={"Vary": "Accept"}, media_type=media_type(format_))
