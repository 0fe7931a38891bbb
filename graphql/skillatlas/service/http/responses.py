"""Small helpers for answers outside GraphQL: JSON errors, ETags, query parameters."""

from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response


class RequestError(Exception):
    """Raised when a request's path or query is at fault; becomes an answer of `status` that says what to mend."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def json_response(value: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """`value` as JSON."""
    return Response(orjson.dumps(value), status, headers, "application/json")


def error_response(error: RequestError) -> Response:
    """The body that every error outside GraphQL has."""
    return json_response({"error": {"code": error.code, "message": error.message}}, status=error.status)


def not_modified(request: Request, etag: str) -> bool:
    """Whether the client's `If-None-Match` holds the tag (weak comparison, RFC 9110)."""
    sent = request.headers.get("if-none-match")
    if sent is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in sent.split(",")}
    return "*" in tags or etag in tags


def whole_number(request: Request, name: str, *, default: int | None = None) -> int | None:
    """A query parameter that is a whole number from 0. Raises RequestError for anything else."""
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise RequestError(400, "BAD_INPUT", f"{name}: must be a whole number, 0 or more")
    return int(text)


def refuse_unknown(request: Request, *known: str) -> None:
    """Raise RequestError for a query parameter that the route does not know: a typo must not widen an answer."""
    for name in request.query_params:
        if name not in known:
            raise RequestError(400, "BAD_INPUT", f"unknown parameter {name!r}; known: {', '.join(known) or 'none'}")
        if len(request.query_params.getlist(name)) > 1:
            raise RequestError(400, "BAD_INPUT", f"{name}: is given more than once")


async def read_body(request: Request, limit: int) -> bytes | None:
    """The body, or None where it is longer; what arrives is counted, Content-Length is not trusted."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            return None
        chunks.append(chunk)
    return b"".join(chunks)
