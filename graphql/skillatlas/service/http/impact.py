"""`POST /sync/impact`: what became of any number of stored ids, or of records that hold ids, a line each."""

import codecs
from collections import Counter
from collections.abc import Mapping

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from skillatlas.taxonomy import Graph, Resolution, ResolutionStatus, find_release

from ..impact import Judge, Outcome, Record, UnreadableFileError, judgement_json, read_records
from ..runtime import Runtime
from .responses import RequestError, read_body, refuse_unknown, whole_number
from .streaming import NDJSON, join_lines


def impact_routes(runtime: Runtime) -> list[Route]:
    """The route over one runtime."""

    def impact(request: Request, body: bytes) -> Response:
        refuse_unknown(request, "from", "to", "unchanged")
        start = whole_number(request, "from")
        whole = request.query_params.get("unchanged", "false")
        if whole not in ("true", "false"):
            raise RequestError(400, "BAD_INPUT", "unchanged: true (list them too) or false")
        graph = runtime.snapshots.at(whole_number(request, "to"))
        if start:
            find_release(runtime.store, start)
        if start is not None and start > graph.release.number:
            raise RequestError(400, "BAD_INPUT", f"from: {start} is after release {graph.release.number}")
        if body.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{":
            return _answer(graph, *_records(runtime, graph, body, start, whole=whole == "true"))
        if start is None:
            raise RequestError(400, "BAD_INPUT", "from: is required, the release under which the ids were stored")
        return _answer(graph, *_resolved(runtime, graph, _ids(body), start, whole=whole == "true"))

    async def endpoint(request: Request) -> Response:
        body = await read_body(request, runtime.settings.max_body_bytes)
        if body is None:
            raise RequestError(400, "LIMIT_EXCEEDED", f"body: at most {runtime.settings.max_body_bytes} bytes")
        return await run_in_threadpool(impact, request, body)

    return [Route("/sync/impact", endpoint, methods=["POST"])]


def _answer(graph: Graph, lines: list[bytes], counts: Mapping[str, int]) -> Response:
    headers = {
        "Skillatlas-Release": str(graph.release.number),
        "Skillatlas-Impact": ", ".join(f"{name}={count}" for name, count in counts.items()),
        "Skillatlas-Lines": str(len(lines)),
        "Cache-Control": "no-store",
    }
    return StreamingResponse(join_lines(iter(lines)), headers=headers, media_type=NDJSON)


def _resolved(
    runtime: Runtime, graph: Graph, ids: list[str], start: int, *, whole: bool
) -> tuple[list[bytes], dict[str, int]]:
    counts: Counter[ResolutionStatus] = Counter()
    lines = []
    for resolution in runtime.context.resolvers.get(graph, start).resolve_all(ids):
        counts[resolution.status] += 1
        if whole or resolution.status is not ResolutionStatus.UNCHANGED:
            lines.append(_line(resolution))
    return lines, {status: counts[status] for status in ResolutionStatus}


def _records(
    runtime: Runtime, graph: Graph, body: bytes, start: int | None, *, whole: bool
) -> tuple[list[bytes], dict[str, int]]:
    """The same of records, one JSON value or an object a line; each may name its release, else `start` is it."""
    try:
        records = _read(body)
    except UnreadableFileError as error:
        raise RequestError(400, "BAD_INPUT", str(error)) from None
    # Each release that answers name is loaded, to see what they stand on.
    releases = {graph.release.number, *(record.release for record in records if record.release is not None)}
    most = runtime.settings.max_releases
    if len(releases) > most:
        message = (
            f"body: the records name {len(releases)} releases, with that to compare to; at most {most} in one request"
        )
        raise RequestError(400, "LIMIT_EXCEEDED", message)
    counts: Counter[Outcome] = Counter()
    lines = []
    judge = Judge(runtime.snapshots, runtime.context.resolvers, graph, since=start)
    for judgement in judge.judge_all(records):
        counts[judgement.outcome] += 1
        if whole or judgement.outcome is not Outcome.UNAFFECTED:
            lines.append(orjson.dumps(judgement_json(graph, judgement), option=orjson.OPT_APPEND_NEWLINE))
    return lines, {outcome: counts[outcome] for outcome in Outcome}


def _read(body: bytes) -> list[Record]:
    try:
        return list(read_records(body, ".json", "body"))
    except UnreadableFileError:
        return list(read_records(body, ".jsonl", "body"))


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
