"""The sync routes: the probe and the change feed, read from the store's log."""

import hashlib
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from skillatlas.taxonomy import (
    Change,
    EntityType,
    Store,
    find_release,
    find_scheme_state,
)

from .responses import RequestError, json_response, not_modified, refuse_unknown, whole_number
from .streaming import NDJSON, stream, threaded

_EMPTY = f"sha256:{hashlib.sha256().hexdigest()}"
"""The content hash of release 0, which has no entities."""


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
        end, content_hash = _find_end(store, whole_number(request, "to"))
        if start > end:
            raise RequestError(400, "BAD_INPUT", f"from: {start} is after release {end}")
        after = whole_number(request, "after", default=0) or 0
        scheme = request.query_params.get("scheme")
        if scheme is not None and end:
            content_hash = find_scheme_state(store, end, scheme).content_hash
        selection: dict[str, Any] = {"after_seq": after, "scheme": scheme, "types": _types(request)}
        count = store.count_changes(start, end, **selection)
        headers = {
            "Skillatlas-Changes": str(count.count),
            "Skillatlas-Last-Seq": str(count.last_seq if count.last_seq is not None else after),
            "Skillatlas-Content-Hash": content_hash,
            "Skillatlas-Release": str(end),
            "Cache-Control": "no-cache",
        }
        rows = store.changes(start, end, **selection)
        return stream(request, map(change_line, rows), headers, NDJSON)

    return [
        Route("/sync/head", threaded(head)),
        Route("/sync/changes", threaded(changes)),
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


def _find_end(store: Store, number: int | None) -> tuple[int, str]:
    """The number and content hash of a release, the newest if None; 0 is the empty one. Raises NotFoundError."""
    newest = find_release(store)
    if number == 0:
        return 0, _EMPTY
    release = newest if number is None else find_release(store, number)
    return release.number, release.content_hash


def _types(request: Request) -> tuple[EntityType, ...] | None:
    text = request.query_params.get("types")
    if text is None:
        return None
    try:
        return tuple(EntityType(name) for name in text.split(","))
    except ValueError:
        raise RequestError(400, "BAD_INPUT", f"types: {', '.join(EntityType)}, separated by commas") from None
