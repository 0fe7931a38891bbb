"""The baseline of the server: a bare Starlette route that answers the same JSON."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

ANSWER = {
    "data": {"concept": {"id": "atlas:python", "label": "Python", "status": "ACTIVE", "scheme": {"key": "atlas"}}}
}


async def answer(request: Request) -> JSONResponse:
    await request.body()
    return JSONResponse(ANSWER)


app = Starlette(routes=[Route("/graphql", answer, methods=["POST"]), Route("/readyz", answer)])
