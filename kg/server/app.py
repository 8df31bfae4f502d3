"""The ASGI application: who may ask, which part answers, what goes with answers."""

from __future__ import annotations

import asyncio
import contextvars
import functools
import hashlib
import ipaddress
import time
import traceback
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from kg.export import export
from kg.server.api import api, openapi, questions
from kg.server.description import dcat, void
from kg.server.metrics import Metrics, say
from kg.server.negotiation import GRAPHS, media_type
from kg.server.protocol import sparql
from kg.server.reconcile import reconcile
from kg.server.replies import Wrong, as_json, as_problem, as_text, refusal
from kg.server.requests import query_of
from kg.server.service import CLIENT, Generation, Service
from kg.server.turns import Refused
from kg.server.workbench import asset
from kg.site.formats import DESCRIBED, negotiated
from kg.site.links import split_language
from kg.site.model import Page
from kg.site.pages import render

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_OPEN = ("sparql", "api", "reconcile")
_METHODS = {"sparql": "GET, HEAD, POST, OPTIONS", "reconcile": "GET, HEAD, POST, OPTIONS",
            "api": "GET, HEAD, OPTIONS"}  # fmt: skip
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
}
_RAW_HEADERS = tuple((n.lower().encode(), v.encode()) for n, v in _HEADERS.items())
_PIECE = 64 * 1024
_PATIENCE = 0.05
"""Seconds after which it is watched whether a client still waits."""


class App:
    """The server as an ASGI application; a lifespan starts and stops it."""

    def __init__(self, service: Service, metrics: Metrics, ready: Callable[[], None]) -> None:
        self._service, self._metrics, self._ready = service, metrics, ready
        self._settings = service.settings

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer whatever the server hands over."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            await self._service.start()
        except Exception as error:  # whatever it is, the server cannot start
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        watching = asyncio.create_task(self._service.watch())
        await send({"type": "lifespan.startup.complete"})
        self._ready()
        await receive()
        watching.cancel()
        await self._service.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _request(self, scope: Message, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        path = self._path(scope)
        part = _part(path)
        CLIENT.set((scope.get("client") or ("", 0))[0])
        arrived = asyncio.Event()

        async def reading() -> Message:
            message = await receive()
            if not message.get("more_body"):
                arrived.set()
            return message

        request = Request(scope, reading)
        status, rows, size = 499, 0, 0  # nginx' number for a client that has left
        try:
            answering = self._safely(request, path, part)
            if part in _OPEN:
                if request.method != "POST":
                    arrived.set()
                response = await _unless_gone(answering, arrived, receive)
            else:
                response = await answering
            if response is None:
                return
            rows = int(response.headers.get("x-rows", "0"))
            status, size = response.status_code, len(response.body)
            await self._send(request, response, part, send)
        finally:
            seconds = time.perf_counter() - began
            self._metrics.request(part, status, seconds, rows)
            say(event="request", method=request.method, path=path[:200], status=status,
                ms=round(seconds * 1000, 1), rows=rows, bytes=size)  # fmt: skip

    def _path(self, scope: Message) -> str:
        path, prefix = str(scope["path"]), self._settings.prefix
        if prefix and path != prefix and not path.startswith(prefix + "/"):
            return "?" + path
        return path[len(prefix) :] or "/"

    async def _safely(self, request: Request, path: str, part: str) -> Response:
        """The answer to a request, whatever goes wrong."""
        shown = as_problem if part in ("api", "reconcile") else as_text
        try:
            self._check(request, part)
            return await self._answer(request, path, part)
        except Wrong as wrong:
            return shown(wrong)
        except Refused as error:
            if error.reason == "busy":
                self._metrics.end("busy")
            return shown(refusal(error))
        except Exception as error:  # a mistake of ours: the client learns no more than that
            frame = traceback.extract_tb(error.__traceback__)[-1]
            say(
                event="error", kind=type(error).__name__, at_line=f"{frame.filename}:{frame.lineno}"
            )
            return shown(Wrong(500, "the server made a mistake, its log says which"))

    def _check(self, request: Request, part: str) -> None:
        """Refuse what comes by a strange name or from a strange page.

        Raises:
            Wrong: it may not be asked so.
        """
        limits, headers = self._settings.limits, request.headers
        host = urlsplit("//" + headers.get("host", "")).hostname or ""
        if not (is_address(host) or host in self._settings.hosts):
            raise Wrong(
                421, f"this server is not called '{host[:100]}', add --allow-host {host[:100]}"
            )
        if len(request.scope["raw_path"]) + len(request.scope["query_string"]) > limits.url_bytes:
            raise Wrong(414, f"the address has more than {limits.url_bytes} bytes, use POST")
        allowed = _METHODS.get(part, "GET, HEAD")
        if request.method not in allowed.split(", "):
            raise Wrong(405, f"use {allowed}", Allow=allowed)
        if part not in _OPEN:
            return
        strange = headers.get("sec-fetch-site") == "cross-site"
        if strange and headers.get("sec-fetch-mode") == "no-cors":
            raise Wrong(403, "another site may not ask this in the name of its visitors")
        origin = headers.get("origin")
        if (
            origin
            and request.method == "POST"
            and not self._is_own(origin, headers.get("host", ""))
            and not self._shared_with(origin)
        ):
            raise Wrong(403, "another site may not ask this in the name of its visitors")

    def _is_own(self, origin: str, host: str) -> bool:
        return urlsplit(origin).netloc == host

    def _shared_with(self, origin: str | None) -> str | None:
        """The origin that may read an answer: all, or of a local server local ones."""
        if self._settings.public:
            return "*"
        if origin and _is_loopback(urlsplit(origin).hostname or ""):
            return origin
        return None

    async def _answer(self, request: Request, path: str, part: str) -> Response:
        service, generation = self._service, self._service.current
        root = f"{request.scope['scheme']}://{request.headers['host']}{self._settings.prefix}"
        language, bare = split_language(path)
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": _METHODS[part]})
        if part == "sparql":
            return await sparql(service, request, f"{root}/sparql", language)
        if path == "/api":
            return as_json(questions(service.questions))
        if part == "api":
            return await api(service, request, path.removeprefix("/api/"))
        if part == "reconcile":
            return await reconcile(service, request, path.removeprefix("/reconcile"), root)
        if path == "/healthz":
            alive = generation.turns.alive
            return as_json({"ok": alive, "build": generation.build}, 200 if alive else 503)
        if path == "/metrics":
            return self._measured(generation)
        if path.startswith("/workbench/"):
            return asset(path.removeprefix("/workbench/")) or as_text(
                Wrong(404, "there is no such file")
            )
        if path == "/openapi.json":
            description = functools.partial(openapi, service.questions, root)
            return as_json(await service.kept(generation, (path, root), description))
        licensed = generation.site.licensed
        made = {
            "/void.ttl": lambda: void(generation.site.graph, root, licensed),
            "/dcat.ttl": lambda: dcat(generation.site.graph, root, licensed),
        } | {
            f"/graph.{f}": functools.partial(export, generation.site.graph.store, f) for f in GRAPHS
        }
        if path in made:
            content = await service.kept(generation, (path, root), made[path])
            return _file(content, media_type(path.rpartition(".")[2]), request)
        return await self._page(request, generation, bare, language)

    def _measured(self, generation: Generation) -> Response:
        turns, metrics = generation.turns, self._metrics
        metrics.set("waiting_quick", turns.quick.waiting)
        metrics.set("waiting_long", turns.long.waiting)
        metrics.set("running", turns.running)
        for reason, number in turns.taken().items():
            for _ in range(number):
                metrics.end(reason)
        return Response(metrics.text(generation.build), media_type="text/plain; version=0.0.4")

    async def _page(
        self, request: Request, generation: Generation, path: str, language: str
    ) -> Response:
        if path.startswith("?"):
            raise Wrong(404, f"there is nothing here, the site lies at {self._settings.prefix}/")
        arguments = dict(query_of(request))
        kind, _, name = path.removeprefix("/").partition("/")
        if kind in DESCRIBED and name and "." not in name:
            suffix = negotiated(request.headers.get("accept"))
            if suffix is None:
                raise Wrong(406, "this is there as a page, Turtle, JSON-LD, N-Triples and JSON")
            path += "" if suffix == "html" else f".{suffix}"
        make = functools.partial(render, generation.site, path, arguments, language)
        if kind == "questions" and name:  # it waits for its answer, and keeps no page waiting
            loop, run = asyncio.get_running_loop(), contextvars.copy_context().run
            page: Page = await loop.run_in_executor(self._service.asking, run, make)
        else:
            key = (path, language, *sorted(arguments.items()))
            page = await self._service.kept(generation, key, make)
        if page.status != 200:
            return Response(page.body, page.status, dict(page.headers), page.content_type)
        response = _file(page.body, page.content_type, request)
        response.headers.update(dict(page.headers))
        if kind in DESCRIBED:
            response.headers["Vary"] = "Accept"
        return response

    async def _send(self, request: Request, response: Response, part: str, send: Send) -> None:
        """Send an answer piece by piece, to a client that takes it."""
        headers, given = response.headers, {name for name, _ in response.raw_headers}
        response.raw_headers.extend(x for x in _RAW_HEADERS if x[0] not in given)
        if not headers["X-Frame-Options"]:
            del headers["X-Frame-Options"]
        if part in _OPEN and request.method != "POST":
            origin = self._shared_with(headers.get("origin") or request.headers.get("origin"))
            if origin:
                headers["Access-Control-Allow-Origin"] = origin
                headers["Access-Control-Expose-Headers"] = "X-Rows"
                headers.add_vary_header("Origin")
                if request.method == "OPTIONS":
                    headers["Access-Control-Allow-Methods"] = "GET"
                    headers["Access-Control-Allow-Headers"] = "Accept"
        start = {"type": "http.response.start", "status": response.status_code}
        await send(start | {"headers": response.raw_headers})
        body = bytes(response.body)
        for begin in range(0, max(1, len(body)), _PIECE):
            more = begin + _PIECE < len(body)
            async with asyncio.timeout(self._settings.limits.stall):
                await send({"type": "http.response.body", "body": body[begin : begin + _PIECE],
                            "more_body": more})  # fmt: skip


def _file(content: bytes, kind: str, request: Request) -> Response:
    """Content with its tag, or only the tag where the client has it already."""
    tag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return Response(content, media_type=kind, headers={"ETag": tag})


def _part(path: str) -> str:
    first = split_language(path)[1].removeprefix("/").partition("/")[0]
    if first in ("sparql", "api", "reconcile"):
        return first
    return "other" if first in ("healthz", "metrics", "workbench", "assets") else "page"


async def _unless_gone(
    answering: Coroutine[Any, Any, Response], arrived: asyncio.Event, receive: Receive
) -> Response | None:
    """What is answered; None if the client leaves meanwhile, and then nothing goes on."""
    answer = asyncio.ensure_future(answering)
    await asyncio.wait({answer}, timeout=_PATIENCE)
    if not answer.done():
        leaving = asyncio.ensure_future(_gone(arrived, receive))
        await asyncio.wait({answer, leaving}, return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
    if not answer.done():
        answer.cancel()
        return None
    return answer.result()


async def _gone(arrived: asyncio.Event, receive: Receive) -> None:
    """Wait until the client has left; what it sends first is for the one who answers."""
    await arrived.wait()
    while (await receive())["type"] != "http.disconnect":
        pass


def is_address(host: str) -> bool:
    """Whether a host is an address or this machine: no name that a stranger could point here."""
    if host == "localhost":
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (is_address(host) and ipaddress.ip_address(host).is_loopback)
