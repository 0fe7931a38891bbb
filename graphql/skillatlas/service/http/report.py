"""`POST /report`: the JSON of a report's inputs in, one HTML file out. Nothing of it is kept or logged."""

from datetime import UTC, datetime

import orjson
import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from skillatlas.graphql import ErrorCode

from ..reporting import POLICY, ReportError, make_report, read_request
from ..runtime import Runtime
from .graphql_route import GraphQLRoute
from .responses import RequestError, read_body, refuse_unknown

log = structlog.get_logger("skillatlas.report")

_HEADERS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
_STATUS = {ErrorCode.NOT_FOUND: 404, ErrorCode.INTERNAL: 500}


def report_routes(runtime: Runtime, graphql_route: GraphQLRoute) -> list[Route]:
    """The route over one runtime; it shares the threads, and so the bound on heavy work, of the GraphQL endpoint."""

    def report(body: bytes) -> bytes:
        try:
            value = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise RequestError(400, "BAD_INPUT", f"body: is not JSON in UTF-8 ({error})") from None
        try:
            return make_report(runtime.context, read_request(value, datetime.now(UTC).date()))
        except ReportError as error:
            if error.code is ErrorCode.INTERNAL:
                log.error("internal", exc_info=error.__cause__)
            raise RequestError(_STATUS.get(error.code, 400), error.code, str(error)) from None

    async def endpoint(request: Request) -> Response:
        refuse_unknown(request)
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != "application/json":
            raise RequestError(415, "BAD_INPUT", "Content-Type: must be application/json")
        body = await read_body(request, runtime.settings.max_body_bytes)
        if body is None:
            raise RequestError(400, "LIMIT_EXCEEDED", f"body: at most {runtime.settings.max_body_bytes} bytes")
        return Response(await graphql_route.run(report, body), headers=_HEADERS, media_type="text/html")

    return [Route("/report", endpoint, methods=["POST"])]
