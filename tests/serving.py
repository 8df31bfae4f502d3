"""A real server for tests: the installed command, on a free port of this machine."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any

from tests.commands import KG


@dataclass(frozen=True)
class Got:
    """An answer."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        """The body as a text."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Server:
    """A server that runs; ``address`` has no slash at its end."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path
    store: Path
    children: list[int] = field(default_factory=list)

    def get(
        self,
        path: str,
        parameters: Mapping[str, str] | None = None,
        *,
        body: Any = None,
        method: Any = None,
        timeout: Any = 30,
        **headers: str,
    ) -> Got:
        """Ask; headers are written with underscores, ``body`` is bytes, ``timeout`` in seconds."""
        query = "?" + urllib.parse.urlencode(parameters) if parameters else ""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(
            self.address + path + query, data=body, headers=named, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return Got(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Got(error.code, error.headers, error.read())

    def sparql(self, query: str, accept: str = "application/sparql-results+json") -> Got:
        """Ask SPARQL by GET."""
        return self.get("/sparql", {"query": query}, Accept=accept)

    def lines(self) -> list[dict[str, Any]]:
        """What the log says."""
        found = [x for x in self.log.read_text(encoding="utf-8").splitlines() if x.startswith("{")]
        return [json.loads(line) for line in found]

    def stop(self) -> int:
        """End it, and give its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


@contextlib.contextmanager
def served(store: Path, log: Path, *options: str) -> Iterator[Server]:
    """A server on a store, ended at the end."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [KG, "serve", "--port", "0", "--store", store, *options],
            stdout=out, stderr=out, env=environment,
        )  # fmt: skip
    try:
        end = time.monotonic() + 30
        found = None
        while found is None:
            found = re.search(r"(http://\S+)/ \(", log.read_text(encoding="utf-8"))
            assert process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < end, "the server does not come up"
            time.sleep(0.02)
        yield Server(found[1], process, log, store)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
