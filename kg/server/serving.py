"""The processes of a server: one that supervises, and one or several that answer."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import Any, NoReturn

from kg.errors import KgError
from kg.server.limits import Limits
from kg.server.metrics import Metrics, say
from kg.server.service import Service, Settings

_HEAD_BYTES = 64 * 1024
_RESTART_SECONDS = 1.0


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one.

    Raises:
        KgError: it cannot be had.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise KgError(f"{host}:{port}: {reason}, choose another --host or --port") from error
    listening.listen(1024)
    listening.set_inheritable(True)
    return listening


def supervise(
    settings: Settings, listening: socket.socket, workers: int, ready: Callable[[], None]
) -> int:
    """Run a server until a signal ends it; a process that ends by itself is started anew.

    Args:
        settings: what is served.
        listening: the socket, see ``listen``.
        workers: how many processes answer.
        ready: called when the first of them does.

    Returns:
        The exit code: 1 if no process came up.
    """
    return _Supervisor(settings, listening, workers, ready).run()


class _Supervisor:
    def __init__(
        self, settings: Settings, listening: socket.socket, workers: int, ready: Callable[[], None]
    ) -> None:
        self._settings, self._listening, self._ready = settings, listening, ready
        self._workers = workers
        self._metrics = Metrics(workers)
        self._children: dict[int, int] = {}
        self._up = self._stopping = False
        self._heard, self._told = os.pipe()
        self._woken, wake = os.pipe()
        for descriptor in (self._heard, self._woken, wake):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)

    def run(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number_ in range(self._workers):
            self._start(number_)
        while self._children:
            select.select([self._heard, self._woken], [], [])
            if self._drained(self._heard) and not self._up:
                self._up = True
                self._ready()
            self._drained(self._woken)
            self._bury()
        return 0 if self._up else 1

    def _drained(self, descriptor: int) -> bytes:
        try:
            return os.read(descriptor, 4096)
        except BlockingIOError:
            return b""

    def _stop(self, *_: object) -> None:
        self._stopping = True
        for pid in self._children:
            os.kill(pid, signal.SIGTERM)

    def _bury(self) -> None:
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            number = self._children.pop(pid)
            if self._stopping or not self._up:
                continue
            say(event="restart", process=number, code=os.waitstatus_to_exitcode(status))
            time.sleep(_RESTART_SECONDS)
            self._start(number)

    def _start(self, number: int) -> None:
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            for kind in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
                signal.signal(kind, signal.SIG_DFL)
            self._metrics.belong_to(number)
            _answer(self._settings, self._listening, self._metrics,
                    lambda: os.write(self._told, b"1"))  # fmt: skip
        self._children[pid] = number


def _answer(
    settings: Settings, listening: socket.socket, metrics: Metrics, ready: Callable[[], object]
) -> NoReturn:
    """The life of a process that answers."""
    import uvicorn

    from kg.server.app import App

    code = 1
    try:
        app = App(Service(settings, say), metrics, lambda: (ready(), None)[1])
        limits = settings.limits
        config = uvicorn.Config(
            app,
            http=guarded(limits),
            ws="none",
            lifespan="on",
            loop="auto",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(settings.proxies),
            forwarded_allow_ips=list(settings.proxies),
            limit_concurrency=limits.connections,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=int(2 * limits.seconds) + 5,
        )
        server = uvicorn.Server(config)
        server.run(sockets=[listening])
        code = 0 if server.started else 1
    except KeyboardInterrupt:
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


def guarded(limits: Limits) -> Any:
    """The HTTP protocol with limits on how long and how large the head of a request may be."""
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

    class Guarded(HttpToolsProtocol):
        """Closes a connection on which the head of a request does not arrive in time."""

        _alarm: asyncio.TimerHandle | None = None
        _head = 0

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._expect()

        def connection_lost(self, exc: Exception | None) -> None:
            self._arrived()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            if self._alarm is not None:
                self._head += len(data)
                if self._head > _HEAD_BYTES + limits.body_bytes:
                    self.transport.close()
                    return
            super().data_received(data)

        def on_message_begin(self) -> None:
            super().on_message_begin()
            self._expect()

        def on_headers_complete(self) -> None:
            self._arrived()
            super().on_headers_complete()

        def _expect(self) -> None:
            self._arrived()
            self._alarm = self.loop.call_later(limits.arrival, self.transport.close)

        def _arrived(self) -> None:
            self._head = 0
            if self._alarm is not None:
                self._alarm.cancel()
                self._alarm = None

    return Guarded
