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
from typing import Any

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


class Process:
    """One confined process; it answers one job at a time."""

    def __init__(
        self,
        nursery: Nursery,
        pid: int,
        streams: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        self.pid = pid
        self._nursery = nursery
        self._asked, self._busy, self._gave_way = 0, False, False
        self._sizes: list[int] = []
        self._reader, self._writer = streams

    async def ask(self, job: Job) -> tuple[Head, bytes]:
        """The answer to a job.

        Raises:
            Died: the process ended, by its alarm (``SIGALRM``) if the time was up.
        """
        self._asked, self._busy = self._asked + 1, True
        try:
            self._writer.write(framed(dict(job)))
            head, body = SIZES.unpack(await self._reader.readexactly(SIZES.size))
            answer = head_of(await self._reader.readexactly(head))
            content = await self._reader.readexactly(body)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise Died(await self._nursery.end_of(self.pid)) from error
        self._sizes = [*self._sizes[:1], int(answer.pop("megabytes"))]
        self._busy = False
        return answer, content

    @property
    def is_fresh(self) -> bool:
        """Whether it is idle, at full priority, young, and little larger than it was at first."""
        grown = self._sizes[-1] - self._sizes[0] if self._sizes else 0
        idle = not self._busy and not self._gave_way
        return idle and grown < _MOST_GROWN and self._asked < _MOST_ASKED

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
        self._writer.close()


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
        return Process(self, pid, await asyncio.open_connection(sock=ours))

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
