"""Alive, ready, and the metrics."""

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from skillatlas.taxonomy import StoreError

from ..runtime import Runtime
from .observing import Metrics
from .responses import json_response


def health_routes(runtime: Runtime, metrics: Metrics) -> list[Route]:
    """`/healthz` does nothing; `/readyz` wants a release in memory, with what requests need, and the store in reach."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_request: Request) -> Response:
        graph = runtime.snapshots.loaded
        if graph is None:
            return json_response({"ready": False, "reason": "no release is loaded"}, status=503)
        try:
            head = await run_in_threadpool(runtime.store.head)
        except StoreError:
            return json_response({"ready": False, "reason": "the store cannot be reached"}, status=503)
        return json_response({"ready": True, "release": graph.release.number, "head": head and head.number})

    async def metrics_page(_request: Request) -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics_page)]
