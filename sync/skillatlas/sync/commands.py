"""What `skillatlas sync` does, apart from how it is called: results to stdout, faults as SyncError."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from .mirror import Mirror
from .server import Server


def init(server_url: str, folder: Path, *, scheme: str | None = None, again: bool = False) -> None:
    """Make a mirror of the newest release."""
    with Server(server_url) as server:
        mirror = Mirror.create(folder, server, scheme=scheme, again=again)
    state = mirror.state
    print(f"{mirror.file}: release {state.release}, {state.content_hash}")


def pull(folder: Path, *, server_url: str | None = None, ids: Path | None = None) -> None:
    """Bring the mirror to the newest release; with a list of ids, say what became of them, a line of JSON each."""
    mirror = Mirror(folder)
    stored = None if ids is None else read_ids(ids)
    with Server(server_url or mirror.state.server) as server:
        pulled = mirror.pull(server)
        if pulled.start == pulled.end:
            print(f"{mirror.file}: release {pulled.end} is the newest", file=sys.stderr)
        else:
            change = f"release {pulled.start} to {pulled.end}, {pulled.changes} changes"
            print(f"{mirror.file}: {change}, {pulled.content_hash}", file=sys.stderr)
        if stored is None:
            return
        for row in mirror.impact(server, stored, start=pulled.start):
            print(json.dumps(row, ensure_ascii=False, sort_keys=True))


def verify(folder: Path, *, server_url: str | None = None, offline: bool = False) -> None:
    """Hash the mirror anew, and ask the server whether there is more."""
    mirror = Mirror(folder)
    if offline:
        verified = mirror.verify()
    else:
        with Server(server_url or mirror.state.server) as server:
            verified = mirror.verify(server)
    state = verified.state
    newest = f"; the server is at release {verified.newest}: run `pull`" if verified.behind else ""
    print(f"{mirror.file}: whole, release {state.release}, {state.content_hash}{newest}")


def read_ids(path: Path) -> Sequence[str]:
    """Ids of a file, one a line; `-` is standard input. Empty lines are skipped."""
    text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8-sig")
    return [line.strip() for line in text.split("\n") if line.strip()]
