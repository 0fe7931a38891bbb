"""A small HTTP load generator: a fixed number of connections, each sending its next request when answered.

Own code, since the package registry has no such tool that needs no build: one asyncio protocol without any
parsing but of the length, quick enough to keep a bare Starlette route busy from the other core.
"""

import asyncio
import time
from collections.abc import Callable
from typing import cast


class _Connection(asyncio.Protocol):
    def __init__(self, request: bytes, done: Callable[[float, bytes], bool], closed: asyncio.Future[None]) -> None:
        self._request = request
        self._done = done
        self.closed = closed
        self._buffer = b""
        self._sent = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by inheritance
        self._send()

    def _send(self) -> None:
        self._sent = time.perf_counter()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, gap, body = self._buffer.partition(b"\r\n\r\n")
        if not gap:
            return
        start = head.lower().index(b"content-length:") + 15
        length = int(head[start:].split(b"\r\n", 1)[0])
        if len(body) < length:
            return
        self._buffer = b""
        if self._done(time.perf_counter() - self._sent, head):
            self._send()
        else:
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's signature
        if not self.closed.done():
            self.closed.set_result(None)


def request_bytes(path: str, body: bytes | None = None) -> bytes:
    """A GET, or a POST of JSON."""
    if body is None:
        return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _run(port: int, request: bytes, connections: int, seconds: float) -> tuple[float, list[float]]:
    loop = asyncio.get_running_loop()
    times: list[float] = []
    started = time.perf_counter()
    end = started + seconds

    def done(took: float, head: bytes) -> bool:
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode("latin-1"))
        times.append(took)
        return time.perf_counter() < end

    waiting = []
    for _ in range(connections):
        connection = _Connection(request, done, loop.create_future())
        waiting.append(connection.closed)
        await loop.create_connection(lambda made=connection: made, "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.gather(*waiting)
    return len(times) / (time.perf_counter() - started), times


def load(port: int, request: bytes, *, connections: int, seconds: float) -> tuple[float, list[float]]:
    """Requests per second, and the time of each."""
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_run(port, request, connections, seconds))
