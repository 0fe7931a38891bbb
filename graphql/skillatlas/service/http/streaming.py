"""Streamed answers: lines joined to blocks, read in a worker thread."""

from collections.abc import Awaitable, Callable, Iterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

NDJSON = "application/x-ndjson"
_BLOCK = 64 * 1024  # bytes handed to the server at a time; a line each would cost a thread switch each


def stream(request: Request, lines: Iterator[bytes], headers: dict[str, str], media_type: str) -> Response:
    """The lines as they come; for HEAD only the headers."""
    if request.method == "HEAD":
        return Response(headers=headers, media_type=media_type)
    return StreamingResponse(join_lines(lines), headers=headers, media_type=media_type)


def join_lines(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Lines joined to blocks of about 64 KiB."""
    block: list[bytes] = []
    size = 0
    for line in lines:
        block.append(line)
        size += len(line)
        if size >= _BLOCK:
            yield b"".join(block)
            block.clear()
            size = 0
    if block:
        yield b"".join(block)


def threaded(handler: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """The handler in a worker thread: it waits for the store."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(handler, request)

    return endpoint
