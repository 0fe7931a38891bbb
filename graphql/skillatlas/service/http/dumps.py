"""The dumps of a release in four formats, and the manifest with their checksums."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from skillatlas.taxonomy import (
    NotFoundError,
    Release,
    SchemeState,
    dump_document,
    dump_lines,
    dump_tables,
    dump_turtle,
    find_release,
    find_scheme_state,
    manifest_of,
)

from ..runtime import Runtime
from .responses import not_modified, refuse_unknown
from .streaming import NDJSON, stream, threaded

IMMUTABLE = "public, max-age=31536000, immutable"
_KEPT_MANIFESTS = 8

Writer = Callable[[Runtime, int, str | None], Iterator[bytes]]

FORMATS: dict[str, tuple[str, Writer]] = {
    "jsonl": (NDJSON, lambda runtime, number, scheme: dump_lines(runtime.store, number, scheme=scheme)),
    "json": ("application/json", lambda runtime, number, scheme: dump_document(runtime.store, number, scheme=scheme)),
    "csv.zip": ("application/zip", lambda runtime, number, scheme: dump_tables(runtime.store, number, scheme=scheme)),
    "ttl": ("text/turtle", lambda runtime, number, scheme: dump_turtle(runtime.snapshots.at(number), scheme=scheme)),
}
"""By what follows `dump.` in the path: the media type, and what writes it."""


def dump_routes(runtime: Runtime) -> list[Route]:
    """The routes over one runtime."""
    manifests = _Manifests(runtime)

    def dump(request: Request, *, extension: str) -> Response:
        refuse_unknown(request, "scheme")
        release, state = _release_and_scheme(runtime, request)
        media_type, write = FORMATS[extension]
        content_hash = state.content_hash if state else release.content_hash
        etag = f'"{content_hash.removeprefix("sha256:")}"'
        if extension != "jsonl":
            # How these are written may change with the program; jsonl is what the hash is of.
            etag = f'"{content_hash.removeprefix("sha256:")}-{runtime.context.version}"'
        headers = {
            "ETag": etag,
            "Cache-Control": IMMUTABLE,
            "Skillatlas-Content-Hash": content_hash,
            "Skillatlas-Release": str(release.number),
        }
        if not_modified(request, etag):
            return Response(status_code=304, headers=headers)
        return stream(request, write(runtime, release.number, _key(state)), headers, media_type)

    def manifest(request: Request) -> Response:
        refuse_unknown(request, "scheme")
        release, state = _release_and_scheme(runtime, request)
        body = manifests.get(release, state)
        return Response(body, headers={"Cache-Control": "no-cache"}, media_type="application/json")

    return [
        *(
            Route(f"/releases/{{number:int}}/dump.{extension}", threaded(partial(dump, extension=extension)))
            for extension in FORMATS
        ),
        Route("/releases/{number:int}/manifest.json", threaded(manifest)),
    ]


def _release_and_scheme(runtime: Runtime, request: Request) -> tuple[Release, SchemeState | None]:
    number = request.path_params["number"]
    if number > 2**53:
        raise NotFoundError(f"there is no release {number}")
    release = find_release(runtime.store, number)
    scheme = request.query_params.get("scheme")
    return release, None if scheme is None else find_scheme_state(runtime.store, release.number, scheme)


def _key(state: SchemeState | None) -> str | None:
    return None if state is None else state.key


class _Manifests:
    """Manifests by release and scheme: the checksums take as long as the dumps, so they are made once."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._lock = threading.Lock()
        self._made = lru_cache(maxsize=_KEPT_MANIFESTS)(self._make)

    def get(self, release: Release, state: SchemeState | None) -> bytes:
        """The manifest; two that ask at once wait for one."""
        with self._lock:
            return self._made(release.number, release.content_hash, _key(state))

    def _make(self, number: int, _content_hash: str, scheme: str | None) -> bytes:
        files = {}
        for extension, (_media_type, write) in FORMATS.items():
            digest = hashlib.sha256()
            for block in write(self._runtime, number, scheme):
                digest.update(block)
            files[f"dump.{extension}"] = f"sha256:{digest.hexdigest()}"
        return manifest_of(self._runtime.store, number, scheme=scheme, files=files)
