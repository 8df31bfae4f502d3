"""A small OpenAI-compatible server for tests: it answers as a test tells it to, and notes all."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = tuple[int, str]
SILENCE: Reply = (0, "")
"""No answer until the one who asked has left."""


def spoken(content: str) -> Reply:
    """An answer of the model, whatever its words."""
    message = {"role": "assistant", "content": content}
    return 200, json.dumps({"choices": [{"message": message, "finish_reason": "stop"}]})


def answer(*items: object) -> Reply:
    """An answer of the form asked for."""
    return spoken(json.dumps({"candidates": list(items)}, ensure_ascii=False))


@dataclass
class ModelServer:
    """What the server says next (the last for ever), and what it was asked."""

    url: str = ""
    replies: list[Reply] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)

    def next(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextlib.contextmanager
def model_server(*replies: Reply) -> Iterator[ModelServer]:
    """Run the server on a free port of the loopback."""
    told = ModelServer(replies=list(replies))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._send(200, json.dumps({"object": "list", "data": [{"id": "klein-1"}]}))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.asked.append(json.loads(body))
            told.headers.append(dict(self.headers))
            status, content = told.next()
            if status:
                self._send(status, content)
            else:
                told.left.wait(20)
                self.close_connection = True

        def _send(self, status: int, content: str) -> None:
            data = content.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield told
    finally:
        told.left.set()
        server.shutdown()
        thread.join()
        server.server_close()
