"""`POST /sync/impact`: what became of any number of stored ids, a line each."""

from collections import Counter

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from skillatlas.taxonomy import Resolution, ResolutionStatus, find_release

from ..runtime import Runtime
from .responses import RequestError, read_body, refuse_unknown, whole_number
from .streaming import NDJSON, join_lines


def impact_routes(runtime: Runtime) -> list[Route]:
    """The route over one runtime."""

    def impact(request: Request, body: bytes) -> Response:
        refuse_unknown(request, "from", "to", "unchanged")
        start = whole_number(request, "from")
        if start is None:
            raise RequestError(400, "BAD_INPUT", "from: is required, the release under which the ids were stored")
        ids = _ids(body)
        graph = runtime.snapshots.at(whole_number(request, "to"))
        if start:
            find_release(runtime.store, start)
        if start > graph.release.number:
            raise RequestError(400, "BAD_INPUT", f"from: {start} is after release {graph.release.number}")
        whole = request.query_params.get("unchanged", "false")
        if whole not in ("true", "false"):
            raise RequestError(400, "BAD_INPUT", "unchanged: true (list them too) or false")
        counts: Counter[ResolutionStatus] = Counter()
        lines = []
        for resolution in runtime.context.resolvers.get(graph, start).resolve_all(ids):
            counts[resolution.status] += 1
            if whole == "true" or resolution.status is not ResolutionStatus.UNCHANGED:
                lines.append(_line(resolution))
        headers = {
            "Skillatlas-Release": str(graph.release.number),
            "Skillatlas-Impact": ", ".join(f"{status}={counts[status]}" for status in ResolutionStatus),
            "Skillatlas-Lines": str(len(lines)),
            "Cache-Control": "no-store",
        }
        return StreamingResponse(join_lines(iter(lines)), headers=headers, media_type=NDJSON)

    async def endpoint(request: Request) -> Response:
        body = await read_body(request, runtime.settings.max_body_bytes)
        if body is None:
            raise RequestError(400, "LIMIT_EXCEEDED", f"body: at most {runtime.settings.max_body_bytes} bytes")
        return await run_in_threadpool(impact, request, body)

    return [Route("/sync/impact", endpoint, methods=["POST"])]


def _ids(body: bytes) -> list[str]:
    """Ids, one a line or as a JSON list of strings; empty lines are skipped."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RequestError(400, "BAD_INPUT", "body: is not UTF-8") from None
    if text.lstrip()[:1] != "[":
        return [line.strip() for line in text.split("\n") if line.strip()]
    try:
        ids = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise RequestError(400, "BAD_INPUT", f"body: is no JSON list ({error})") from None
    if not all(isinstance(one, str) for one in ids):
        raise RequestError(400, "BAD_INPUT", "body: the list must hold ids, as strings")
    return list(ids)


def _line(resolution: Resolution) -> bytes:
    return orjson.dumps(
        {
            "automatic": resolution.automatic,
            "candidates": [concept.id for concept in resolution.candidates],
            "detail": resolution.detail,
            "id": resolution.id,
            "kindChanged": resolution.kind_changed,
            "status": resolution.status,
        },
        option=orjson.OPT_APPEND_NEWLINE,
    )
