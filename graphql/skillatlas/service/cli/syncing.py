"""`skillatlas sync …`: a mirror of a server's taxonomy in a folder."""

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Option("--dir", metavar="DIR", help="The folder of the mirror.")]
FromServer = Annotated[
    str | None, typer.Option("--from", metavar="URL", help="The server, if it is not the mirror's own.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to `skillatlas sync`."""
    app.command()(init)
    app.command()(pull)
    app.command()(verify)


def init(
    server: Annotated[str, typer.Option("--from", metavar="URL", help="The server to mirror.")],
    folder: Folder,
    scheme: Annotated[
        str | None, typer.Option("--scheme", metavar="KEY", help="Mirror only this scheme or catalogue.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Replace the mirror that is there.")] = False,
) -> None:
    """Make a mirror of a server's newest release.

    Example: skillatlas sync init --from http://127.0.0.1:8000 --dir mirror
    """
    from skillatlas.sync import commands

    commands.init(server, folder, scheme=scheme, again=again)


def pull(
    folder: Folder,
    server: FromServer = None,
    ids: Annotated[
        Path | None,
        typer.Option("--ids", metavar="FILE", help="Say what became of these ids, one a line; - is standard input."),
    ] = None,
) -> None:
    """Bring the mirror to the newest release, all of it or nothing. Example: skillatlas sync pull --dir mirror"""
    from skillatlas.sync import commands

    commands.pull(folder, server_url=server, ids=ids)


def verify(
    folder: Folder,
    server: FromServer = None,
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask the server.")] = False,
) -> None:
    """Hash the mirror anew, and ask the server whether there is more. Example: skillatlas sync verify --dir mirror"""
    from skillatlas.sync import commands

    commands.verify(folder, server_url=server, offline=offline)
