"""Real SPARQL servers for tests: on free ports of the loopback, their data in temporary folders."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

OXIGRAPH = Path(sys.executable).parent / "oxigraph"
VIRTUOSO_USER = {"KG_ENDPOINT_USER": "dba", "KG_ENDPOINT_PASSWORD": "dba"}
_VIRTUOSO_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
DirsAllowed = .
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
ServerThreads = 5
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = {most_rows}
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = 60
"""


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A server process that can be killed and started again on its data."""

    url: str
    command: list[str | Path]
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    """What a client needs to write."""
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        """Start it and wait until it answers."""
        (self.folder / "virtuoso.lck").unlink(missing_ok=True)  # left by a killed one
        self.process = subprocess.Popen(
            self.command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        probe = f"{self.url}?query=ASK%7B%7D"
        for _ in range(600):
            with contextlib.suppress(OSError), urllib.request.urlopen(probe, timeout=5):
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.kill()
        raise AssertionError(f"{self.command[0]} does not start")

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def oxigraph(folder: Path) -> Server:
    """Oxigraph's server; without it, the test is skipped."""
    if not OXIGRAPH.exists():
        pytest.skip("Oxigraph's server is not installed: pip install oxigraph")
    port = free_port()
    command: list[str | Path] = [
        OXIGRAPH,
        "serve",
        "-l",
        folder / "data",
        "-b",
        f"127.0.0.1:{port}",
    ]
    return Server(f"http://127.0.0.1:{port}/query", command, folder)


def virtuoso(folder: Path, most_rows: int = 20000) -> Server:
    """Virtuoso with nearly Debian's settings; without it, the test is skipped."""
    if not shutil.which("virtuoso-t"):
        pytest.skip("Virtuoso is not installed: apt-get install virtuoso-opensource-7")
    port = free_port()
    ini = _VIRTUOSO_INI.format(port=port, sql_port=free_port(), most_rows=most_rows)
    (folder / "virtuoso.ini").write_text(ini)
    command: list[str | Path] = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    return Server(f"http://127.0.0.1:{port}/sparql", command, folder, VIRTUOSO_USER)


@contextlib.contextmanager
def environment(**values: str) -> Iterator[None]:
    """These variables set, and afterwards as before."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
