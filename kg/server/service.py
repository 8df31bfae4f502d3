"""What a server process serves: the current build, its processes, and the change to a new one."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextvars
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.export import export
from kg.graph import Graph
from kg.queries import Query, library
from kg.server.jobs import Head, Job, unpacked
from kg.server.limits import MB, Limits
from kg.server.pool import Gone, Nursery
from kg.server.replies import raised, unanswered
from kg.server.turns import Refused, Turns, Usage
from kg.site.model import Page, Site
from kg.store import memory_store, open_store, read_manifest
from kg.tables import Table

CLIENT: contextvars.ContextVar[str] = contextvars.ContextVar("client", default="")
"""The address of who asks; known wherever a request is answered."""


_SHELF_BYTES = 128 * MB
_ANSWER_BYTES = MB


@dataclass(frozen=True, slots=True)
class Settings:
    """What is served, and how."""

    folder: Path
    """The store."""
    prefix: str = ""
    texts: Path | None = None
    licensed: bool = False
    limits: Limits = field(default_factory=Limits)
    hosts: frozenset[str] = frozenset()
    """Names that a request may address the server by, besides addresses and localhost."""
    public: bool = False
    """Whether it listens to more than this machine."""
    proxies: tuple[str, ...] = ()
    """Addresses whose ``X-Forwarded-`` headers are believed."""


class Shelf:
    """What was made already; what nobody asked for the longest is given up for the new."""

    def __init__(self, most: int) -> None:
        self._made: dict[tuple[object, ...], Any] = {}
        self._size, self._most = 0, most

    def get(self, key: tuple[object, ...]) -> Any:
        """What is kept under a key, or None."""
        made = self._made.pop(key, None)
        if made is not None:
            self._made[key] = made  # the last one again
        return made

    def put(self, key: tuple[object, ...], made: Any) -> None:
        """Keep what was made; an error page is made anew each time."""
        if key in self._made or (isinstance(made, Page) and made.status != 200):
            return
        self._made[key] = made
        self._size += _size(key) + _size_of(made)
        while self._size > self._most:
            oldest = next(iter(self._made))
            self._size -= _size(oldest) + _size_of(self._made.pop(oldest))


def _size(key: object) -> int:
    """The bytes of a key: strangers choose how long a query or the arguments of a page are."""
    return sum(map(_size, key)) if isinstance(key, tuple) else sys.getsizeof(key)


def _size_of(made: Any) -> int:
    if isinstance(made, tuple):  # head and content of an answer: rows of a head are objects
        head, content = made
        return len(content) + 1000 * (1 if content else 1 + int(head["rows"]))
    content = made.body if isinstance(made, Page) else made
    return len(content) if isinstance(content, bytes) else 100_000


@dataclass(frozen=True)
class Generation:
    """A build as it is served."""

    site: Site
    turns: Turns
    shelf: Shelf = field(default_factory=lambda: Shelf(_SHELF_BYTES))
    """Pages and files."""
    answers: Shelf = field(default_factory=lambda: Shelf(_SHELF_BYTES // 2))
    """Answers of jobs."""

    @property
    def build(self) -> str:
        """The name of the build."""
        return self.site.graph.store.manifest.build


class Service:
    """The current generation and how it is replaced."""

    def __init__(self, settings: Settings, say: Callable[..., None]) -> None:
        self.settings = settings
        self._say = say
        self.questions: Mapping[str, Query] = library()
        self._usage = Usage()
        self._current: Generation | None = None
        self._ended: set[asyncio.Task[None]] = set()
        self._renewing = asyncio.Lock()
        threads = concurrent.futures.ThreadPoolExecutor
        self.rendering = threads(settings.limits.renders, "page")
        self.asking = threads(settings.limits.queue, "question")

    @property
    def current(self) -> Generation:
        """The generation that a request is answered from."""
        if self._current is None:
            raise Gone("the server is not ready yet")
        return self._current

    async def start(self) -> None:
        """Load the current build."""
        self._current = await self._load()

    async def _warm(self, site: Site) -> None:
        """Make what would keep its first visitor waiting; without it all the rest is served."""
        make = asyncio.get_running_loop().run_in_executor(
            self.rendering, lambda: (site.index.names, site.assets, site.network)
        )
        await asyncio.wait({make})
        if error := make.exception():
            self._say(event="error", message=f"/network cannot be made: {error}")

    async def _load(self, stale: Generation | None = None) -> Generation:
        """The build in the store, with processes of its own; pages of the same build stay."""
        settings, loop = self.settings, asyncio.get_running_loop()
        graph, nquads = await asyncio.to_thread(_read, settings.folder)

        def ask(query: Query, parameters: Mapping[str, str]) -> Table:
            answer = self._table(query, parameters)
            return asyncio.run_coroutine_threadsafe(answer, loop).result()

        site = Site(
            graph, settings.prefix, False, settings.texts, ask, settings.licensed, "/sparql"
        )
        if stale is not None and stale.build == graph.store.manifest.build:
            site = stale.site
        warming = asyncio.create_task(self._warm(site))  # while the other processes come up
        nursery = await Nursery.start(nquads, graph.store.manifest, settings.limits)
        turns = Turns(nursery, settings.limits, self._usage)
        await turns.prepare()
        await warming
        return Generation(site, turns)

    async def _table(self, query: Query, parameters: Mapping[str, str]) -> Table:
        job = {"do": "table", "name": query.name, "parameters": dict(parameters)}
        try:
            head, _ = await self.ask_once(job)
        except Refused as error:
            raise unanswered(error) from error
        return unpacked(raised(head)["table"])

    async def ask_once(self, job: Job) -> tuple[Head, bytes]:
        """The answer to a job that a build always answers alike, kept for the next; see ``ask``."""
        shelf, key = self.current.answers, (json.dumps(job, sort_keys=True),)
        found: tuple[Head, bytes] | None = shelf.get(key)
        if found is None:
            found = await self.ask(job)
            if "error" not in found[0] and _size_of(found) <= _ANSWER_BYTES:
                shelf.put(key, found)
        return found

    async def ask(self, job: Job) -> tuple[Head, bytes]:
        """The answer to a job of the current client.

        Raises:
            Refused: there is none, for a reason that is not its own.
        """
        for attempt in range(2):
            generation = self.current
            try:
                return await generation.turns.run(CLIENT.get(), job)
            except Gone as error:
                if attempt:
                    break
                await self._renew(generation, f"{error}; they are started anew")
        raise Refused("the server is starting anew, try again", reason="busy", retry=2)

    async def kept(
        self, generation: Generation, key: tuple[object, ...], make: Callable[[], Any]
    ) -> Any:
        """What ``make`` gives, made in a thread and once for each build."""
        made = generation.shelf.get(key)
        if made is None:
            made = await asyncio.get_running_loop().run_in_executor(self.rendering, make)
            generation.shelf.put(key, made)
        return made

    async def _renew(self, stale: Generation, why: str) -> None:
        async with self._renewing:
            if self._current is not stale:
                return
            fresh = await self._load(stale)
            self._current = fresh
            self._say(event="build", build=fresh.build, why=why)
            task = asyncio.create_task(self._retire(stale))
            self._ended.add(task)
            task.add_done_callback(self._ended.discard)

    async def _retire(self, stale: Generation) -> None:
        await stale.turns.close(2 * self.settings.limits.seconds + 5)

    async def watch(self, every: float = 1.0) -> None:
        """Take up each new build, and new processes for dead ones, until cancelled."""
        while True:
            await asyncio.sleep(every)
            generation = self.current
            manifest = await asyncio.to_thread(read_manifest, self.settings.folder)
            try:
                if manifest is not None and manifest.build != generation.build:
                    await self._renew(generation, "the store was rebuilt")
                elif not generation.turns.alive:
                    await self._renew(generation, "the processes for queries ended")
            except (KgError, OSError) as error:
                self._say(event="error", message=f"the old build stays: {error}")

    async def stop(self) -> None:
        """End all processes; what runs has come to its end before."""
        if self._current is not None:
            await self._current.turns.close(0)
        for task in self._ended:
            task.cancel()
        self.rendering.shutdown(wait=False, cancel_futures=True)
        self.asking.shutdown(wait=False, cancel_futures=True)


def _read(folder: Path) -> tuple[Graph, bytes]:
    """The current build, in memory: its folder may be swept while it is still served."""
    stored = open_store(folder)
    nquads = export(stored, "nq")
    manifest = stored.manifest
    graph = Graph(memory_store(nquads, manifest.made_from, manifest.version))
    graph.corpus, graph.ontology  # noqa: B018  (read before the first visitor waits for it)
    return graph, nquads
