"""Fetching changes into a file, line by line; a broken stream goes on where it broke."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import IntegrityError, ServerError
from .server import Server


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file with all changes of the releases in (`start`, `end`], and the hash that the mirror then has."""

    path: Path
    count: int
    content_hash: str


def fetch_changes(server: Server, folder: Path, start: int, end: int, scheme: str | None, *, attempts: int) -> Fetched:
    """Fetch changes into `folder`, going on with what an earlier, broken attempt left there.

    The stream is asked for again, from the last whole line, up to `attempts` times without a single new line. Raises
    ServerError where it still does not arrive whole, IntegrityError where what arrives is no change.
    """
    path = folder / f"changes-{start}-{end}.ndjson.part"
    held, last = _resume(path)
    idle = 0
    while True:
        problem: ServerError | None = None
        before = held
        try:
            with server.changes(start, end, last, scheme) as feed, path.open("ab") as file:
                missing = feed.count
                rest = b""
                for chunk in feed.chunks:
                    *lines, rest = (rest + chunk).split(b"\n")
                    for line in lines:
                        last = _seq(line, last)
                        file.write(line + b"\n")
                        held += 1
                        missing -= 1
                file.flush()
                os.fsync(file.fileno())
                if missing == 0:
                    return Fetched(path, held, feed.content_hash)
                if missing < 0:
                    raise IntegrityError(f"{server.url}: sent more changes than it announced; nothing was kept")
        except ServerError as error:
            problem = error
        except IntegrityError:
            path.unlink(missing_ok=True)
            raise
        idle = 0 if held > before else idle + 1
        if idle >= attempts:
            raise problem or ServerError(f"{server.url}: ended the stream early {attempts} times; try again later")


def _resume(path: Path) -> tuple[int, int]:
    """How many whole lines a file holds, and the seq of the last; what follows the last whole line is cut off."""
    held, last, end = 0, 0, 0
    if not path.exists():
        return held, last
    with path.open("r+b") as file:
        for line in file:
            try:
                if not line.endswith(b"\n"):
                    break
                last = _seq(line[:-1], last)
            except IntegrityError:
                break
            held += 1
            end += len(line)
        file.truncate(end)
    return held, last


def _seq(line: bytes, last: int) -> int:
    """The seq of a change's line. Raises IntegrityError for what is no change, or comes out of order."""
    try:
        seq: Any = json.loads(line)["seq"]
    except (ValueError, KeyError, TypeError):
        raise IntegrityError("a line of the stream is no change; nothing was kept") from None
    if not isinstance(seq, int) or seq <= last:
        raise IntegrityError(f"a change came out of order: {seq} after {last}; nothing was kept")
    return seq
