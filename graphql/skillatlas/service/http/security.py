"""Refusing requests that another site makes a browser send, and the headers that keep pages to our origin.

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


class SecurityMiddleware:
    """Refuses cross-site writes with 403, and adds the security headers to every answer."""

    def __init__(self, app: ASGIApp, allowed_origins: Collection[str] = ()) -> None:
        self._app = app
        self._allowed = frozenset(allowed_origins)

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
