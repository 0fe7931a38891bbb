"""`POST /graphql`: reads the body within its limit, answers in a thread of its own pool, masks what is internal."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import orjson
import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from skillatlas.graphql import Answer, ErrorCode, answer, encode, get_schema

from ..runtime import Runtime
from .observing import Metrics
from .responses import read_body

log = structlog.get_logger("skillatlas.graphql")

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_NO_STORE = {"Cache-Control": "no-store"}


class GraphQLRoute:
    """The endpoint of one application; `close` ends its threads after what they are doing."""

    def __init__(self, runtime: Runtime, metrics: Metrics) -> None:
        self._context = runtime.context
        self._snapshots = runtime.snapshots
        self._limit = runtime.settings.max_body_bytes
        self._metrics = metrics
        query = get_schema().query_type
        self._fields = frozenset(query.fields if query else ())
        # A pool of our own: long plans must not take the threads that the sync routes stream from.
        self._threads = ThreadPoolExecutor(runtime.settings.threads, thread_name_prefix="graphql")

    def routes(self) -> list[Route]:
        """The route to mount."""
        return [Route("/graphql", self._endpoint, methods=["POST"])]

    def close(self) -> None:
        """End the threads; waits for requests under way."""
        self._threads.shutdown(wait=True)

    async def run(self, work: Callable[[_Given], _Made], given: _Given) -> _Made:
        """Do heavy work in the endpoint's threads, which bound how much of it is done at once."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, given)

    async def _endpoint(self, request: Request) -> Response:
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != "application/json":
            return _refused(415, ErrorCode.BAD_INPUT, "Content-Type: must be application/json")
        body = await read_body(request, self._limit)
        if body is None:
            return _refused(400, ErrorCode.LIMIT_EXCEEDED, f"body: at most {self._limit} bytes")
        try:
            sent = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            return _refused(400, ErrorCode.BAD_INPUT, f"body: is not JSON in UTF-8 ({error})")
        if not isinstance(sent, dict):
            return _refused(
                400, ErrorCode.BAD_INPUT, "body: must be a JSON object with query and variables; no batches"
            )
        query = sent.get("query")
        if isinstance(query, str) and self._snapshots.loaded is not None and self._context.documents.is_quick(query):
            # Look-ups in memory: a thread's hand-over would take longer than the answer.
            status, encoded, given = self._answer(sent)
        else:
            status, encoded, given = await self.run(self._answer, sent)
        self._observe(given)
        return Response(encoded, status, _NO_STORE, "application/json")

    def _answer(self, sent: dict[str, Any]) -> tuple[int, bytes, Answer]:
        given = answer(self._context, sent.get("query"), sent.get("variables"), sent.get("operationName"))
        return given.status, encode(given.body), given

    def _observe(self, given: Answer) -> None:
        for error in given.internal:
            log.error("internal", exc_info=error)
        for field, code in (given.fields or {}).items():
            # Aliases are the client's text: only names of the schema become metrics.
            name = field if field in self._fields else "aliased"
            self._metrics.operations.labels(name, "ok" if code is None else code.lower()).inc()


def _refused(status: int, code: ErrorCode, message: str) -> Response:
    body = {"errors": [{"message": message, "extensions": {"code": str(code)}}]}
    return Response(orjson.dumps(body), status, _NO_STORE, "application/json")
