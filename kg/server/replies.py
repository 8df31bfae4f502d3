"""Answers to requests that all parts share: errors as texts or as problem details."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from kg.errors import KgError
from kg.server.jobs import ERRORS, Head
from kg.server.turns import Refused
from kg.site.model import Unanswered


class Wrong(Exception):
    """A request that is answered by an error: its status, and what is wrong."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


_TITLES = {
    400: "Bad request", 403: "Forbidden", 404: "Not found", 405: "Method not allowed",
    406: "Not acceptable", 408: "Request timeout", 413: "Content too large",
    414: "URI too long", 415: "Unsupported media type", 421: "Misdirected request",
    500: "Internal error", 503: "Busy", 504: "Took too long",
}  # fmt: skip


def as_text(wrong: Wrong) -> Response:
    """An error as a text."""
    return Response(
        wrong.detail + "\n", wrong.status, wrong.headers, media_type="text/plain; charset=utf-8"
    )


def as_problem(wrong: Wrong) -> Response:
    """An error as problem details, https://www.rfc-editor.org/rfc/rfc9457."""
    content = {"title": _TITLES[wrong.status], "status": wrong.status, "detail": wrong.detail}
    return as_json(content, wrong.status, wrong.headers, "application/problem+json")


def as_json(
    content: Any,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    media_type: str = "application/json",
) -> Response:
    """JSON with umlauts as they are; what is no character of Unicode is escaped."""
    text = json.dumps(content, ensure_ascii=False)
    try:
        body = text.encode()
    except UnicodeEncodeError:
        body = json.dumps(content).encode()
    return Response(body, status, headers, media_type=media_type)


def refusal(error: Refused) -> Wrong:
    """Why a query was not answered, as HTTP says it."""
    if error.reason == "busy":
        return Wrong(503, str(error), Retry_After=str(error.retry))
    return Wrong(504 if error.reason == "time" else 400, str(error))


def checked(head: Head) -> Head:
    """The head of an answer.

    Raises:
        Wrong: the job failed, by what was asked of it.
    """
    if "error" in head:
        raise Wrong(404 if head["error"] == "unknown-name" else 400, str(head["message"]))
    return head


def raised(head: Head) -> Head:
    """The head of an answer, for what runs in this process.

    Raises:
        KgError: the one that the job failed by.
    """
    if "error" in head:
        raise ERRORS[head["error"]](str(head["message"]))
    return head


def unanswered(error: Refused) -> KgError:
    """A refusal as the pages know it."""
    wrong = refusal(error)
    if wrong.status == 400:
        return KgError(str(error))
    return Unanswered(str(error), wrong.status, error.retry if wrong.status == 503 else None)
