"""A proxy that does to a server's answers what networks do: cuts them, cleanly or not, and alters them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

Fault = Callable[[str, bytes], tuple[bytes, bool]]
"""From the path and the body of an answer: what is passed on, and whether the connection then breaks."""


def honest(_path: str, body: bytes) -> tuple[bytes, bool]:
    """Pass on everything."""
    return body, False


class FaultyProxy:
    """Passes requests on to `upstream`; answers go through `fault`, which may be changed at any time."""

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream
        self.fault: Fault = honest
        self.url = ""
        self.requests: list[str] = []


@contextmanager
def faulty_proxy(upstream: str) -> Iterator[FaultyProxy]:
    """A running proxy."""
    proxy = FaultyProxy(upstream)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._pass_on(httpx.get(proxy.upstream + self.path, timeout=60))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._pass_on(httpx.post(proxy.upstream + self.path, content=body, timeout=60))

        def _pass_on(self, answer: httpx.Response) -> None:
            proxy.requests.append(self.path)
            body, breaks = proxy.fault(self.path, answer.content)
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                if name.startswith("skillatlas-"):
                    self.send_header(name, value)
            if breaks:  # more is announced than comes
                self.send_header("Content-Length", str(len(body) + 1))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    proxy.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
