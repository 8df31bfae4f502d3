"""Whose turn it is: a bounded queue in which nobody's long queries are in another's way.

A query starts in the quick lane. When it has worked for ``Limits.quick`` seconds it goes over to
the long lane, where it has only what others leave of the processor; if that lane is full it is
ended and begun anew there later. In either lane clients that used little lately come first, without
letting the others wait for long; if the queue is full the client with the most waiting queries,
and of these the one that used the most, gives one up.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import signal
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from kg.errors import KgError
from kg.server.jobs import Head, Job
from kg.server.limits import Limits
from kg.server.pool import Died, Nursery, Process

_HALF_LIFE = 30.0
_MOST_WAITS = 12


class Refused(KgError):
    """A query that was not answered for a reason that is not its own; ``retry`` in seconds."""

    def __init__(self, message: str, *, reason: str, retry: int = 5) -> None:
        super().__init__(message)
        self.reason = reason
        self.retry = retry


@dataclass
class Usage:
    """The seconds that each client made processes run lately; they halve every 30 seconds."""

    clock: Callable[[], float] = time.monotonic
    _seconds: dict[str, tuple[float, float]] = field(default_factory=dict)

    def of(self, client: str) -> float:
        """What a client used."""
        seconds, at = self._seconds.get(client, (0.0, 0.0))
        return seconds * math.exp2((at - self.clock()) / _HALF_LIFE)

    def add(self, client: str, seconds: float) -> None:
        """Charge a client; those that used next to nothing are forgotten."""
        self._seconds[client] = (self.of(client) + seconds, self.clock())
        if len(self._seconds) > 10_000:
            self._seconds = {c: u for c, u in self._seconds.items() if self.of(c) > 0.01}


class Lane:
    """So many places, and a queue for them that is fair to clients."""

    def __init__(self, places: int, queue: int, usage: Usage) -> None:
        self.free, self._most, self._usage = places, queue, usage
        self._waiting: dict[str, list[asyncio.Future[None]]] = defaultdict(list)
        self._since: dict[str, float] = {}

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._waiting.values()))

    def take(self) -> bool:
        """Take a place if one is free and nobody waits for it."""
        if self.free > 0 and not self.waiting:
            self.free -= 1
            return True
        return False

    async def wait(self, client: str, seconds: float) -> None:
        """Wait for a place.

        Raises:
            Refused: the queue is full, or the time is up.
        """
        if self.take():
            return
        if self.waiting >= self._most:
            self._make_room(client)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[client].append(turn)
        self._since.setdefault(client, self._usage.clock())
        try:
            async with asyncio.timeout(seconds):
                await turn
        except TimeoutError as error:
            raise _busy("there was no room for this query in time") from error
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self.leave()  # the place came in the moment in which nobody wanted it any more
            raise
        finally:
            self._forget(client, turn)

    def leave(self) -> None:
        """Give a place back, to the one whose turn it is."""
        if self._waiting:
            client = min(self._waiting, key=self._rank)
            turn = self._waiting[client][0]
            self._forget(client, turn)
            if client in self._waiting:
                self._since[client] = self._usage.clock()
            if not turn.done():
                turn.set_result(None)
                return
            self.leave()
            return
        self.free += 1

    def _rank(self, client: str) -> float:
        """Twice the use waits a second longer."""
        return math.log2(1 + self._usage.of(client)) + self._since[client]

    def _make_room(self, client: str) -> None:
        def greed(one: str, more: int = 0) -> tuple[int, float]:
            return len(self._waiting.get(one, ())) + more, self._usage.of(one)

        greedy = max(self._waiting, key=greed)
        if greed(greedy) <= greed(client, 1):
            raise _busy("too many queries are waiting")
        turn = self._waiting[greedy][-1]
        self._forget(greedy, turn)
        if not turn.done():
            turn.set_exception(_busy("too many queries are waiting"))

    def _forget(self, client: str, turn: asyncio.Future[None]) -> None:
        turns = self._waiting.get(client, [])
        with contextlib.suppress(ValueError):
            turns.remove(turn)
        if not turns:
            self._waiting.pop(client, None)
            self._since.pop(client, None)


def _busy(what: str) -> Refused:
    return Refused(f"{what}, try again in a few seconds", reason="busy")


class Turns:
    """Jobs on one graph, each in a confined process."""

    def __init__(self, nursery: Nursery, limits: Limits, usage: Usage) -> None:
        self._nursery, self._limits, self._usage = nursery, limits, usage
        self.quick = Lane(limits.quick_slots, limits.queue, usage)
        self.long = Lane(limits.long_slots, limits.queue, usage)
        self._idle: list[Process] = []
        self._running = 0
        self._empty = asyncio.Event()
        self.ended: dict[str, int] = defaultdict(int)

    async def prepare(self) -> None:
        """Fork off as many processes as there are quick places."""
        self._idle += [await self._nursery.fork() for _ in range(self._limits.quick_slots)]

    async def run(self, client: str, job: Job) -> tuple[Head, bytes]:
        """The answer to a job, when it is the client's turn.

        Raises:
            Refused: there is no room, or it took too much time or memory.
            Gone: the processes have ended.
        """
        self._running += 1
        try:
            try:
                return await self._try(client, job)
            except Died as error:
                if error.signal not in (0, signal.SIGKILL, signal.SIGTERM):
                    raise
                return await self._try(client, job)  # it was ended from outside
        except Died as error:
            raise self._reason(error) from error
        finally:
            self._running -= 1
            if not self._running:
                self._empty.set()

    async def _try(self, client: str, job: Job) -> tuple[Head, bytes]:
        await self.quick.wait(client, self._limits.seconds)
        lane: Lane | None = self.quick
        try:
            async with self._process(client) as process:
                answer = process.ask(job)
                try:
                    if await self._is_quick(process, answer):
                        return answer.result()
                    if self.long.take():
                        process.give_way()
                        self.quick.leave()
                        lane = self.long
                        return await self._finish(answer)
                finally:
                    answer.cancel()
            self.quick.leave()
            lane = None
            await self.long.wait(client, self._limits.seconds)
            lane = self.long
            async with self._process(client) as process:
                process.give_way()
                return await self._finish(process.ask(job))
        finally:
            if lane is not None:
                lane.leave()

    async def _is_quick(self, process: Process, answer: asyncio.Future[tuple[Head, bytes]]) -> bool:
        """Whether a query is done before it has worked for long; waiting for others is no work."""
        quick, before = self._limits.quick, process.worked_before
        for _ in range(_MOST_WAITS):
            done, _ = await asyncio.wait({answer}, timeout=quick)
            if done or process.worked() - before >= quick / 2:
                return bool(done)
        return False

    async def _finish(self, answer: asyncio.Future[tuple[Head, bytes]]) -> tuple[Head, bytes]:
        """The answer of a process that an alarm ends; if even that fails, ours does."""
        try:
            async with asyncio.timeout(self._limits.seconds + 2):
                return await answer
        except TimeoutError as error:
            raise Died(signal.SIGALRM) from error

    @contextlib.asynccontextmanager
    async def _process(self, client: str) -> AsyncIterator[Process]:
        """A process for one job; it is ended unless it can do another one as well as a new one."""
        process = self._idle.pop() if self._idle else await self._nursery.fork()
        began = time.monotonic()
        try:
            yield process
        finally:
            self._usage.add(client, time.monotonic() - began)
            if process.is_fresh:
                self._idle.append(process)
            else:
                process.kill()

    def _reason(self, error: Died) -> Refused:
        limits = self._limits
        if error.signal == signal.SIGALRM:
            self.ended["time"] += 1
            message = f"the query took longer than {limits.seconds:g} seconds, ask less of it"
            return Refused(message, reason="time")
        if error.signal == signal.SIGABRT:
            self.ended["memory"] += 1
            message = f"the query needed more than {limits.memory} megabytes, ask less of it"
            return Refused(message, reason="memory")
        if error.signal in (signal.SIGSEGV, signal.SIGBUS):
            self.ended["depth"] += 1
            message = "the query is nested or chained too deeply for the engine, simplify it"
            return Refused(message, reason="depth")
        self.ended["killed"] += 1
        return Refused("the query was ended from outside, try again", reason="busy", retry=1)

    def taken(self) -> dict[str, int]:
        """How many queries were ended for which reason since this was last asked."""
        taken, self.ended = dict(self.ended), defaultdict(int)
        return taken

    @property
    def running(self) -> int:
        """How many jobs wait or run."""
        return self._running

    async def close(self, seconds: float) -> None:
        """Let what runs come to its end, at most so long, then end all processes."""
        while self._running and seconds > 0:
            self._empty.clear()
            began = time.monotonic()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._empty.wait()
            seconds -= time.monotonic() - began
        for process in self._idle:
            process.close()
        self._idle.clear()
        self._nursery.close()

    @property
    def alive(self) -> bool:
        """Whether the nursery still is."""
        return self._nursery.alive
