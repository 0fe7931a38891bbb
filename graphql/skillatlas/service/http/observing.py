"""What is seen of each request from outside: an id, one log line, and metrics. No text of a request is kept."""

import os
import re
import time

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_ROUTES = (
    *("/graphql", "/report", "/sync/head", "/sync/changes", "/sync/impact", "/schema.graphql"),
    *("/healthz", "/readyz", "/metrics", "/"),
)

log = structlog.get_logger("skillatlas.http")


class Metrics:
    """The Prometheus metrics of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "skillatlas_http_requests_total",
            "Requests answered",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "skillatlas_http_request_seconds",
            "Time to the end of the answer",
            ("route",),
            registry=self.registry,
            buckets=(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30),
        )
        self.operations = Counter(
            "skillatlas_graphql_fields_total",
            "Root fields answered, by outcome",
            ("field", "outcome"),
            registry=self.registry,
        )
        self.release = Gauge("skillatlas_release", "Newest release in memory", registry=self.registry)


def route_name(path: str) -> str:
    """The route of a path, from a fixed list: paths themselves would make metrics grow without bound."""
    if path in _ROUTES:
        return path
    if path.startswith("/releases/"):
        return "/releases/{n}/dump"
    return "/static" if path.startswith("/static/") else "other"


class ObservingMiddleware:
    """Gives each request an id (the client's `X-Request-ID` if well-formed), logs and counts it."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one ASGI connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent_id = Headers(scope=scope).get("x-request-id", "")
        request_id = sent_id if _REQUEST_ID.fullmatch(sent_id) else os.urandom(16).hex()
        status = 500
        started = time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_id)
            finally:
                seconds = time.perf_counter() - started
                route = route_name(scope["path"])
                self._metrics.requests.labels(route, scope["method"], str(status)).inc()
                self._metrics.seconds.labels(route).observe(seconds)
                log.info(
                    "request",
                    method=scope["method"],
                    route=route,
                    status=status,
                    ms=round(seconds * 1000, 2),
                )
