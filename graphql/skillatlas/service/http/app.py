"""The application: routes, middleware, and what is done at start and end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response

from skillatlas.taxonomy import NotFoundError, StoreError

from ..logs import configure_logging
from ..runtime import Runtime, open_runtime
from ..settings import Settings
from .dumps import dump_routes
from .graphql_route import GraphQLRoute
from .health import health_routes
from .impact import impact_routes
from .observing import Metrics, ObservingMiddleware
from .pages import page_routes
from .report import report_routes
from .responses import RequestError, error_response
from .security import SecurityMiddleware, allowed_hosts
from .sync import sync_routes

log = structlog.get_logger("skillatlas.service")


def create_app(settings: Settings) -> Starlette:
    """The ASGI application. Opens the store at once and raises StoreError where it cannot be reached."""
    runtime = open_runtime(settings)
    metrics = Metrics()
    graphql_route = GraphQLRoute(runtime, metrics)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        watcher = asyncio.create_task(_watch(runtime, metrics))
        try:
            yield
        finally:
            watcher.cancel()
            graphql_route.close()
            await run_in_threadpool(runtime.close)

    middleware = [
        Middleware(ObservingMiddleware, metrics=metrics),
        Middleware(
            SecurityMiddleware,
            allowed_origins=settings.cors,
            hosts=allowed_hosts(settings.host, settings.hosts),
        ),
    ]
    if settings.cors:
        middleware.insert(
            1,
            Middleware(
                CORSMiddleware,
                allow_origins=list(settings.cors),
                allow_methods=["GET", "POST"],
                allow_headers=["content-type", "x-request-id"],
                expose_headers=[
                    "etag",
                    "x-request-id",
                    "skillatlas-changes",
                    "skillatlas-last-seq",
                    "skillatlas-content-hash",
                    "skillatlas-release",
                    "skillatlas-impact",
                    "skillatlas-lines",
                ],
            ),
        )
    return Starlette(
        routes=[
            *graphql_route.routes(),
            *sync_routes(runtime.store),
            *dump_routes(runtime),
            *impact_routes(runtime),
            *report_routes(runtime, graphql_route),
            *health_routes(runtime, metrics),
            *page_routes(runtime),
        ],
        middleware=middleware,
        exception_handlers={
            RequestError: _on_request_error,
            NotFoundError: _on_not_found,
            StoreError: _on_store_error,
            HTTPException: _on_http_exception,
            Exception: _on_unexpected,
        },
        lifespan=lifespan,
    )


def create_app_from_environment() -> Starlette:
    """The application with the settings of the environment: what each worker process starts."""
    settings = Settings()
    configure_logging(log_format=settings.log_format, level=settings.log_level)
    return create_app(settings)


async def _watch(runtime: Runtime, metrics: Metrics) -> None:
    """Load the newest release and its extractors, then look for new releases as long as the server runs."""
    while True:
        try:
            held = runtime.snapshots.loaded
            graph = await run_in_threadpool(runtime.snapshots.refresh, runtime.prepare)
            if graph is not held:
                metrics.release.set(graph.release.number)
                log.info("release_loaded", release=graph.release.number, concepts=len(graph.concepts))
                await run_in_threadpool(runtime.context.prepare_later, graph)
        except NotFoundError:
            log.warning("nothing_published", hint="run: skillatlas init")
        except StoreError as error:
            log.warning("store_away", error=str(error))
        except Exception:
            log.exception("refresh_failed")
        await asyncio.sleep(runtime.settings.refresh_seconds)


async def _on_request_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)
    return error_response(error)


async def _on_not_found(_request: Request, error: Exception) -> Response:
    return error_response(RequestError(404, "NOT_FOUND", str(error)))


async def _on_http_exception(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = "NOT_FOUND" if error.status_code == 404 else "BAD_INPUT"
    response = error_response(RequestError(error.status_code, code, error.detail))
    response.headers.update(error.headers or {})
    return response


async def _on_store_error(_request: Request, error: Exception) -> Response:
    # The text may name hosts and paths: it is for the log, not for the client.
    log.error("store_error", error=str(error))
    return error_response(RequestError(503, "INTERNAL", "the store cannot be reached; try again later"))


async def _on_unexpected(_request: Request, error: Exception) -> Response:
    log.error("unexpected", exc_info=error)
    return error_response(RequestError(500, "INTERNAL", "internal error"))
