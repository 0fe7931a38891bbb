"""The sync routes: the probe, the change feed and the dumps, all read from the store's log."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from skillatlas.taxonomy import (
    Change,
    EntityType,
    NotFoundError,
    Release,
    SchemeState,
    Store,
    dump_lines,
    find_release,
    find_scheme_state,
)

from .responses import RequestError, json_response, not_modified, refuse_unknown, whole_number

NDJSON = "application/x-ndjson"
IMMUTABLE = "public, max-age=31536000, immutable"
_BLOCK = 64 * 1024  # bytes handed to the server at a time; a line each would cost a thread switch each


def sync_routes(store: Store) -> list[Route]:
    """The routes over one store."""

    def head(request: Request) -> Response:
        refuse_unknown(request, "scheme")
        scheme = request.query_params.get("scheme")
        release = find_release(store)
        content_hash = release.content_hash
        if scheme is not None:
            state = find_scheme_state(store, release.number, scheme)
            content_hash = state.content_hash
            release = find_release(store, state.changed_in)
        etag = f'"{release.number}-{content_hash.removeprefix("sha256:")}"'
        headers = {"ETag": etag, "Cache-Control": "no-cache"}
        if not_modified(request, etag):
            return Response(status_code=304, headers=headers)
        body = {
            "release": release.number,
            "contentHash": content_hash,
            "publishedAt": release.published_at,
        }
        return json_response(body, headers=headers)

    def changes(request: Request) -> Response:
        refuse_unknown(request, "from", "to", "after", "scheme", "types")
        start = whole_number(request, "from")
        if start is None:
            raise RequestError(400, "BAD_INPUT", "from: is required, the release you have (0 for none)")
        if start:
            find_release(store, start)
        release = find_release(store, whole_number(request, "to"))
        if start > release.number:
            raise RequestError(400, "BAD_INPUT", f"from: {start} is after release {release.number}")
        after = whole_number(request, "after", default=0) or 0
        scheme = request.query_params.get("scheme")
        content_hash = release.content_hash
        if scheme is not None:
            content_hash = find_scheme_state(store, release.number, scheme).content_hash
        selection: dict[str, Any] = {"after_seq": after, "scheme": scheme, "types": _types(request)}
        count = store.count_changes(start, release.number, **selection)
        headers = {
            "Skillatlas-Changes": str(count.count),
            "Skillatlas-Last-Seq": str(count.last_seq if count.last_seq is not None else after),
            "Skillatlas-Content-Hash": content_hash,
            "Skillatlas-Release": str(release.number),
            "Cache-Control": "no-cache",
        }
        rows = store.changes(start, release.number, **selection)
        return _stream(request, map(change_line, rows), headers)

    def dump(request: Request) -> Response:
        refuse_unknown(request, "scheme")
        release, state = _release_and_scheme(request)
        content_hash = state.content_hash if state else release.content_hash
        etag = f'"{content_hash.removeprefix("sha256:")}"'
        headers = {
            "ETag": etag,
            "Cache-Control": IMMUTABLE,
            "Skillatlas-Content-Hash": content_hash,
            "Skillatlas-Release": str(release.number),
        }
        if not_modified(request, etag):
            return Response(status_code=304, headers=headers)
        lines = dump_lines(store, release.number, scheme=state.key if state else None)
        return _stream(request, lines, headers)

    def _release_and_scheme(request: Request) -> tuple[Release, SchemeState | None]:
        number = request.path_params["number"]
        if number > 2**53:
            raise NotFoundError(f"there is no release {number}")
        release = find_release(store, number)
        scheme = request.query_params.get("scheme")
        return release, None if scheme is None else find_scheme_state(store, release.number, scheme)

    return [
        Route("/sync/head", _threaded(head)),
        Route("/sync/changes", _threaded(changes)),
        Route("/releases/{number:int}/dump.jsonl", _threaded(dump)),
    ]


def change_line(change: Change) -> bytes:
    """A change as its canonical line in `changes`, with the newline; keys stand in code point order."""
    return (
        b'{"after":%b,"at":%b,"before":%b,"entityId":%b,"entityType":"%b","operation":"%b",'
        b'"reason":%b,"release":%d,"scheme":%b,"seq":%d}\n'
        % (
            change.after or b"null",
            orjson.dumps(change.at),
            change.before or b"null",
            orjson.dumps(change.entity_id),
            change.entity_type.encode(),
            change.operation.encode(),
            orjson.dumps(change.reason),
            change.release,
            orjson.dumps(change.scheme),
            change.seq,
        )
    )


def _types(request: Request) -> tuple[EntityType, ...] | None:
    text = request.query_params.get("types")
    if text is None:
        return None
    try:
        return tuple(EntityType(name) for name in text.split(","))
    except ValueError:
        raise RequestError(400, "BAD_INPUT", f"types: {', '.join(EntityType)}, separated by commas") from None


def _stream(request: Request, lines: Iterator[bytes], headers: dict[str, str]) -> Response:
    if request.method == "HEAD":
        return Response(headers=headers, media_type=NDJSON)
    return StreamingResponse(join_lines(lines), headers=headers, media_type=NDJSON)


def join_lines(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Lines joined to blocks of about 64 KiB."""
    block: list[bytes] = []
    size = 0
    for line in lines:
        block.append(line)
        size += len(line)
        if size >= _BLOCK:
            yield b"".join(block)
            block.clear()
            size = 0
    if block:
        yield b"".join(block)


def _threaded(handler: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """The handler in a worker thread: it waits for the store."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(handler, request)

    return endpoint
