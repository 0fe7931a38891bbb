"""Refusing what another site makes a browser send, by our name or its own; headers that keep pages to our origin.

The check follows the algorithm of https://words.filippo.io/csrf/: what browsers say of themselves
(`Sec-Fetch-Site`, `Origin`) decides, without tokens and without state. Programs send neither header and pass.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .responses import RequestError, error_response

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


def allowed_hosts(listening: str, hosts: Collection[str]) -> frozenset[str] | None:
    """By which names a server that listens on an address may be asked; None for any.

    A page of another site can have its own name lead to 127.0.0.1 and then read what a local server answers, so a
    server on a loopback address is asked by no other name unless `hosts` says so; in `hosts`, `*` stands for any.
    """
    if "*" in hosts:
        return None
    if hosts:
        return frozenset(host.lower() for host in hosts)
    return _LOOPBACK_NAMES if listening in ("127.0.0.1", "::1", "localhost") else None


class SecurityMiddleware:
    """Refuses unknown hosts and cross-site writes, and adds the security headers to every answer."""

    def __init__(
        self, app: ASGIApp, allowed_origins: Collection[str] = (), hosts: frozenset[str] | None = None
    ) -> None:
        """`hosts`: see `allowed_hosts`."""
        self._app = app
        self._allowed = frozenset(allowed_origins)
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one ASGI connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if self._hosts is not None and _name(Headers(scope=scope).get("host", "")) not in self._hosts:
            refusal = error_response(
                RequestError(421, "FORBIDDEN", "this server does not answer for that host; allow it: SKILLATLAS_HOSTS")
            )
            await refusal(scope, receive, send_with_headers)
            return
        if scope["method"] not in _SAFE_METHODS and not self._may_write(Headers(scope=scope)):
            refusal = error_response(
                RequestError(403, "FORBIDDEN", "a page of another site may not send this; allow it with --cors")
            )
            await refusal(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)

    def _may_write(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is not None and origin in self._allowed:
            return True
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        return origin is None or urlsplit(origin).netloc == headers.get("host")


def _name(host: str) -> str:
    """A Host header without its port."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()
