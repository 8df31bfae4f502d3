"""Processes that answer jobs and can do nothing else: no new file, no network, bounded memory.

``python -m kg.server.worker`` is the *nursery*: it reads the graph once and then forks off a
process for each channel that it is handed. A fork shares the graph's memory and is there in
milliseconds. Each process is confined by the kernel, whatever its query makes the engine do:

- it can open no descriptor, so neither ``SERVICE`` nor ``FROM`` nor anything else reaches a file
  or the network (``RLIMIT_NOFILE``);
- its memory is bounded (``RLIMIT_AS``), it writes no file and no core;
- a query that exceeds its time ends the process by an alarm, also if the server is gone.
"""

from __future__ import annotations

import array
import json
import os
import resource
import select
import signal
import socket
import sys
import time
import warnings
from typing import Any, NoReturn

from kg.answers import Manifest
from kg.server.framing import SIZES, framed, head_of
from kg.server.jobs import Jobs
from kg.server.limits import MB, Limits

_IDLE_PRIORITY = 19
_QUERY_NICENESS = 5
"""By so much every query comes after what serves pages and hands out answers."""


def main() -> None:
    """Read limits, manifest and graph from standard input, then fork on request until the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends us
    control = socket.socket(fileno=int(sys.argv[1]))
    limits, manifest = json.loads(sys.stdin.buffer.readline())
    jobs = Jobs(sys.stdin.buffer.read(), Manifest(**manifest), Limits(**limits))
    jobs.warm()
    control.send(json.dumps({"ready": os.getpid()}).encode())
    _Nursery(control, jobs, Limits(**limits)).run()


class _Nursery:
    """Forks off processes, tells of their end, and makes them end or give way."""

    def __init__(self, control: socket.socket, jobs: Jobs, limits: Limits) -> None:
        self._control, self._jobs, self._limits = control, jobs, limits
        self._children: set[int] = set()
        self._woken, wake = os.pipe()
        for descriptor in (self._woken, wake):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def run(self) -> None:
        """Obey until the server goes away, which ends all processes that still run."""
        while True:
            waiting: list[Any] = [self._control, self._woken]
            ready, _, _ = select.select(waiting, [], [])
            if self._woken in ready:
                os.read(self._woken, 4096)
                self._bury()
            if self._control in ready and not self._obey():
                break
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)

    def _obey(self) -> bool:
        message, ancillary, _, _ = self._control.recvmsg(4096, socket.CMSG_SPACE(4))
        if not message:
            return False
        asked = json.loads(message)
        if asked["do"] == "fork":
            descriptors = array.array("i")
            descriptors.frombytes(ancillary[0][2][:4])
            self._tell({"forked": self._fork(descriptors[0])})
        elif asked["pid"] in self._children:  # still ours, so the number means no other process
            if asked["do"] == "kill":
                os.kill(asked["pid"], signal.SIGKILL)
            else:
                give_way(asked["pid"])
        return True

    def _fork(self, channel: int) -> int:
        with warnings.catch_warnings():
            # The engine's threads only load; they are idle by now, and a query needs none of them.
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
        if pid == 0:
            _live(channel, self._jobs, self._limits)
        os.close(channel)
        self._children.add(pid)
        return pid

    def _bury(self) -> None:
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            self._children.discard(pid)
            self._tell({"dead": pid, "status": os.waitstatus_to_exitcode(status)})

    def _tell(self, message: dict[str, Any]) -> None:
        try:
            self._control.send(json.dumps(message).encode())
        except OSError:  # the server is gone, which the next round finds out
            return


def give_way(pid: int) -> None:
    """Let a process have only what the others leave of the processor."""
    try:
        os.setpriority(os.PRIO_PROCESS, pid, _IDLE_PRIORITY)
        os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))
    except OSError:  # it has just ended
        return


def _live(channel: int, jobs: Jobs, limits: Limits) -> NoReturn:
    """The life of a forked process: confine itself, then answer until its channel is closed."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        own = os.dup2(channel, 3)
        os.closerange(4, 65_536)
        confine(limits.memory)
        os.nice(_QUERY_NICENESS)
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))  # wakes up without haste
        with socket.socket(fileno=own) as connection:
            _answer(connection, jobs, limits.seconds)
        code = 0
    finally:
        os._exit(code)


def confine(memory: int) -> None:
    """Take from this process what a query needs not; ``memory`` is in megabytes from here on."""
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123  (no file system)
        pages = int(statm.read().split()[0])
    most = pages * resource.getpagesize() + memory * MB
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for kind in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        resource.setrlimit(kind, (0, 0))


def _answer(connection: socket.socket, jobs: Jobs, seconds: float) -> None:
    while sizes := _exactly(connection, SIZES.size):
        head, body = SIZES.unpack(sizes)
        job = head_of(_exactly(connection, head + body)[:head])
        signal.setitimer(signal.ITIMER_REAL, seconds)
        answer, content = jobs.run(job)
        signal.setitimer(signal.ITIMER_REAL, 0)
        answer["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        answer["worked"] = time.process_time()
        connection.sendall(framed(answer, content))


def _exactly(connection: socket.socket, size: int) -> bytes:
    """So many bytes; none if the other side is gone."""
    parts = []
    while size:
        part = connection.recv(min(size, MB))
        if not part:
            return b""
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


if __name__ == "__main__":
    main()
