"""What a request brings: parameters and body, within limits."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.server.limits import Limits
from kg.server.replies import Wrong

_MOST_FIELDS = 200
FORM = "application/x-www-form-urlencoded"
Pairs = list[tuple[str, str]]


def parameters(text: str | bytes) -> Pairs:
    """The fields of a query string or form.

    Raises:
        Wrong: it is no UTF-8, or has too many fields.
    """
    try:
        plain = text.decode("ascii") if isinstance(text, bytes) else text
        return parse_qsl(
            plain, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except (UnicodeError, ValueError) as error:
        raise Wrong(400, "the parameters are no UTF-8 in percent-encoding, or too many") from error


def query_of(request: Request) -> Pairs:
    """The fields of the query string."""
    return parameters(request.scope["query_string"])


def content_type(request: Request) -> str:
    """The media type of the body, without parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def body_of(request: Request, limits: Limits) -> bytes:
    """The body of a request.

    Raises:
        Wrong: it is too large, or arrives too slowly.
    """
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > limits.body_bytes:
        raise Wrong(413, f"the body has more than {limits.body_bytes} bytes, send less")
    parts, size = [], 0
    try:
        async with asyncio.timeout(limits.arrival):
            async for part in request.stream():
                parts.append(part)
                size += len(part)
                if size > limits.body_bytes:
                    raise Wrong(413, f"the body has more than {limits.body_bytes} bytes, send less")
    except TimeoutError as error:
        raise Wrong(408, "the body did not arrive in time, send it again") from error
    except ClientDisconnect as error:
        raise Wrong(400, "the client has left") from error
    return b"".join(parts)


def one(pairs: Pairs, name: str) -> str | None:
    """The value of a field that may be given once.

    Raises:
        Wrong: it is given more often.
    """
    found = [value for key, value in pairs if key == name]
    if len(found) > 1:
        raise Wrong(400, f"the parameter '{name}' is given {len(found)} times, give it once")
    return found[0] if found else None
