"""Commands that serve: serve and schema."""

from typing import Annotated

import typer

from .options import StoreOption


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(serve)
    app.command()(schema)


def serve(
    store: StoreOption = None,
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on (127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Port to listen on (8000).")] = None,
    workers: Annotated[int | None, typer.Option("--workers", min=1, max=64, help="Server processes (1).")] = None,
    cors: Annotated[
        list[str] | None, typer.Option("--cors", help="Origin that browsers may call from; may be repeated.")
    ] = None,
    dev: Annotated[bool, typer.Option("--dev", help="Serve introspection, and logs for people.")] = False,
) -> None:
    """Serve GraphQL, the sync routes and a start page. Example: skillatlas serve --port 8000

    Settings come from the environment too (SKILLATLAS_PORT …); SIGTERM finishes what is under way.
    """
    import os
    import signal
    import sys
    from typing import Any

    import orjson

    from ..settings import Settings

    given: dict[str, Any] = {
        "store": store,
        "host": host,
        "port": port,
        "workers": workers,
        "cors": tuple(cors) if cors else None,
    }
    chosen = {name: value for name, value in given.items() if value is not None}
    if dev:
        chosen |= {"dev": True, "log_format": os.environ.get("SKILLATLAS_LOG_FORMAT", "console")}
    settings = Settings(**chosen)
    # Worker processes read their settings from the environment.
    for name, value in chosen.items():
        os.environ[f"SKILLATLAS_{name.upper()}"] = orjson.dumps(value).decode() if name == "cors" else str(value)

    from skillatlas.taxonomy import open_store

    from ..settings import ensure_store_folder
    from .output import say

    ensure_store_folder(settings.store)
    opened = open_store(settings.store)  # a store that cannot be opened is said here, not by a worker's death
    where = opened.url
    opened.close()
    say(f"skillatlas serves {where} on http://{settings.host}:{settings.port}/")

    import uvicorn

    # uvicorn finishes what is under way, then raises the signal again for the handler that it found: ours, since
    # an end that was asked for is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.run(
        "skillatlas.service.http:create_app_from_environment",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        h11_max_incomplete_event_size=64 * 1024,
    )


def schema() -> None:
    """Print the served GraphQL schema. Example: skillatlas schema > schema.graphql"""
    from skillatlas.graphql import schema_text

    from .output import write_bytes

    write_bytes(schema_text().encode())
