"""Messages between a server and its confined processes: a head in JSON, and bytes behind it."""

from __future__ import annotations

import json
import struct
from typing import Any

SIZES = struct.Struct("!II")
"""Before each message: the bytes of its head and of its body."""


def framed(head: dict[str, Any], body: bytes = b"") -> bytes:
    """A message as it is sent."""
    text = json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return SIZES.pack(len(text), len(body)) + text + body


def head_of(content: bytes) -> dict[str, Any]:
    """The head of a message.

    Raises:
        ValueError: it is no JSON object.
    """
    head = json.loads(content)
    if not isinstance(head, dict):
        raise ValueError("the head of a message is no object")
    return head
