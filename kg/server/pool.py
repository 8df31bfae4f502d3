"""The server's side of its confined processes: starting them, asking them, ending them."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import json
import os
import socket
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from kg.answers import Manifest
from kg.errors import KgError
from kg.server.framing import SIZES, framed, head_of
from kg.server.jobs import Head, Job
from kg.server.limits import Limits

_MOST_ASKED = 2000
_TICKS = os.sysconf("SC_CLK_TCK")
_MOST_GROWN = 64


class Died(Exception):
    """A process ended before it answered; ``signal`` is what ended it, 0 if none."""

    def __init__(self, number: int) -> None:
        super().__init__(f"signal {number}")
        self.signal = number


class Gone(KgError):
    """The nursery has ended, no process can be had from it."""


class Process(asyncio.Protocol):
    """One confined process; it answers one job at a time."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self.pid = pid
        self._nursery = nursery
        self._asked, self._gave_way = 0, False
        self._sizes: list[int] = []
        self._worked = 0.0
        self._answer: asyncio.Future[tuple[Head, bytes]] | None = None
        self._received = bytearray()
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the channel: one is made from a pair of sockets, both ways."""
        self._transport = cast("asyncio.WriteTransport", transport)

    def ask(self, job: Job) -> asyncio.Future[tuple[Head, bytes]]:
        """The answer to a job, to be waited for.

        It fails by ``Died`` if the process ends, by its alarm (``SIGALRM``) if the time was up.
        """
        self._asked += 1
        self._answer = answer = asyncio.get_running_loop().create_future()
        if self._transport is None or self._transport.is_closing():
            self._fail()
        else:
            self._transport.write(framed(dict(job)))
        return answer

    def data_received(self, data: bytes) -> None:
        """Take a piece of an answer, and hand it over with the last one."""
        self._received += data
        if self._answer is None or len(self._received) < SIZES.size:
            return
        head, body = SIZES.unpack_from(self._received)
        begin = SIZES.size + head
        if len(self._received) < begin + body:
            return
        found = head_of(bytes(self._received[SIZES.size : begin]))
        content = bytes(memoryview(self._received)[begin:])
        self._received = bytearray()
        self._sizes = [*self._sizes[:1], int(found.pop("megabytes"))]
        self._worked = float(found.pop("worked"))
        answer, self._answer = self._answer, None
        if not answer.done():  # it may have been given up
            answer.set_result((found, content))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (asyncio calls it)
        """Fail what is waited for."""
        self._fail()

    def _fail(self) -> None:
        answer = self._answer
        if answer is None or answer.done():
            return
        telling = asyncio.ensure_future(self._nursery.end_of(self.pid))

        def tell(ended: asyncio.Future[int]) -> None:
            if not answer.done():
                answer.set_exception(Died(0 if ended.cancelled() else ended.result()))

        telling.add_done_callback(tell)

    @property
    def is_fresh(self) -> bool:
        """Whether it is idle, at full priority, young, and little larger than it was at first."""
        grown = self._sizes[-1] - self._sizes[0] if self._sizes else 0
        idle = self._answer is None and not self._gave_way
        return idle and grown < _MOST_GROWN and self._asked < _MOST_ASKED

    @property
    def worked_before(self) -> float:
        """The seconds that it was on a processor for the jobs that are done."""
        return self._worked

    def worked(self) -> float:
        """The seconds that it was on a processor so far."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
        except OSError:  # it has ended
            return 0.0
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / _TICKS

    def give_way(self) -> None:
        """Let it have only what others leave of the processor, for as long as it lives."""
        self._gave_way = True
        self._nursery.tell({"do": "give way", "pid": self.pid})

    def kill(self) -> None:
        """End it, whatever it does."""
        self._nursery.tell({"do": "kill", "pid": self.pid})
        self.close()

    def close(self) -> None:
        """Let it end when it is idle."""
        if self._transport is not None:
            self._transport.close()


class Nursery:
    """The process that all others are forked off from; get one by ``start``."""

    def __init__(self, process: subprocess.Popen[bytes], control: socket.socket) -> None:
        self._process, self._control = process, control
        self._forks: collections.deque[asyncio.Future[int]] = collections.deque()
        self._ends: dict[int, asyncio.Future[int]] = {}
        self._ready = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().add_reader(control.fileno(), self._hear)

    @classmethod
    async def start(cls, nquads: bytes, manifest: Manifest, limits: Limits) -> Nursery:
        """Start a nursery on a graph and wait until it is ready.

        Raises:
            Gone: it did not come up.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            [sys.executable, "-m", "kg.server.worker", str(theirs.fileno())],
            stdin=subprocess.PIPE,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        nursery = cls(process, ours)
        head = json.dumps([asdict(limits), asdict(manifest)]).encode() + b"\n"
        try:
            await asyncio.to_thread(_feed, process, head + nquads)
            await nursery._ready
        except BaseException:
            nursery.close()
            raise
        return nursery

    async def fork(self) -> Process:
        """A new process.

        Raises:
            Gone: the nursery has ended.
        """
        ours, theirs = socket.socketpair()
        forked: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        try:
            socket.send_fds(self._control, [b'{"do": "fork"}'], [theirs.fileno()])
            self._forks.append(forked)
            pid = await asyncio.shield(forked)
        except (OSError, Gone) as error:
            ours.close()
            raise Gone("the processes for queries have ended, try again") from error
        finally:
            theirs.close()
        loop = asyncio.get_running_loop()
        _, process = await loop.create_connection(lambda: Process(self, pid), sock=ours)
        return process

    @property
    def alive(self) -> bool:
        """Whether processes can still be had."""
        return self._control.fileno() >= 0

    def tell(self, message: dict[str, Any]) -> None:
        """Send an order that has no answer."""
        with contextlib.suppress(OSError):
            self._control.send(json.dumps(message).encode())

    async def end_of(self, pid: int) -> int:
        """The signal that ended a process, 0 if none is known within a second."""
        end = self._ends.get(pid)
        if end is None:
            return 0
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                return max(0, -await asyncio.shield(end))
        return 0

    def _hear(self) -> None:
        try:
            while message := self._control.recv(4096):
                self._note(json.loads(message))
            self.close()
        except BlockingIOError:
            return
        except OSError:
            self.close()

    def _note(self, message: dict[str, Any]) -> None:
        loop = asyncio.get_running_loop()
        if "ready" in message:
            self._ready.set_result(None)
        elif "forked" in message:
            self._ends[message["forked"]] = loop.create_future()
            forked = self._forks.popleft()
            if not forked.done():
                forked.set_result(message["forked"])
        elif (end := self._ends.get(message["dead"])) is not None and not end.done():
            end.set_result(message["status"])  # and may be asked for after it came
            loop.call_later(5, self._ends.pop, message["dead"], None)

    def close(self) -> None:
        """End the nursery and every process that came from it."""
        if not self.alive:
            return
        asyncio.get_running_loop().remove_reader(self._control.fileno())
        self._control.close()  # which it takes as the end
        if not self._ready.done():
            self._process.terminate()
        for waiting in (self._ready, *self._forks):
            if not waiting.done():
                waiting.set_exception(Gone("the processes for queries have ended, try again"))
                waiting.exception()
        self._forks.clear()
        asyncio.get_running_loop().run_in_executor(None, self._process.wait)


def _feed(process: subprocess.Popen[bytes], content: bytes) -> None:
    assert process.stdin is not None  # noqa: S101  (for the type checker)
    with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
        pipe.write(content)
