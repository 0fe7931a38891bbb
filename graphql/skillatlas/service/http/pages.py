"""The start page, its files, and the schema for code generators."""

from importlib.resources import files

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from skillatlas.graphql import schema_text

from ..runtime import Runtime
from .responses import json_response

_STATIC = files("skillatlas.service") / "static"
_TYPES = {
    "icon.svg": "image/svg+xml",
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
}


def page_routes(runtime: Runtime) -> list[Route]:
    """`/`, `/static/…`, `/about.json` (what the page shows of the release) and `/schema.graphql`."""
    page = (_STATIC / "page.html").read_text(encoding="utf-8")
    static = {name: (_STATIC / name).read_bytes() for name in _TYPES}
    examples = orjson.loads((_STATIC / "examples.json").read_bytes())
    schema = schema_text()

    async def start_page(_request: Request) -> Response:
        return HTMLResponse(page)

    async def static_file(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in static:
            return PlainTextResponse("not found\n", 404)
        return Response(static[name], media_type=_TYPES[name], headers={"Cache-Control": "no-cache"})

    def about(_request: Request) -> Response:
        graph = runtime.snapshots.newest()
        release = graph.release
        return json_response(
            {
                "release": {
                    "number": release.number,
                    "publishedAt": release.published_at,
                    "contentHash": release.content_hash,
                    "conceptCount": release.concept_count,
                    "edgeCount": release.edge_count,
                },
                "schemes": [
                    {
                        "key": scheme.key,
                        "title": scheme.title,
                        "version": scheme.version,
                        "licence": scheme.licence,
                        "attribution": scheme.attribution,
                        "sourceUrl": scheme.source_url,
                        "conceptCount": graph.scheme_states[scheme.key].concept_count,
                    }
                    for _, scheme in sorted(graph.schemes.items())
                ],
                "examples": examples,
            },
            headers={"Cache-Control": "no-cache"},
        )

    async def about_page(request: Request) -> Response:
        return await run_in_threadpool(about, request)

    async def schema_file(_request: Request) -> Response:
        return PlainTextResponse(schema, headers={"Cache-Control": "no-cache"})

    return [
        Route("/", start_page),
        Route("/static/{name}", static_file),
        Route("/about.json", about_page),
        Route("/schema.graphql", schema_file),
    ]
