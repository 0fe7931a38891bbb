"""The state of a mirror: one small file, replaced at once, that names the one file with the data."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from .errors import MirrorError

_FORMAT = 1
_STATE = "state.json"
_LOCK = "lock"


@dataclass(frozen=True, slots=True)
class MirrorState:
    """What a folder mirrors: `scheme` None is the whole; `file` holds the dump of `release`, with `content_hash`."""

    server: str
    scheme: str | None
    release: int
    content_hash: str
    file: str


def read_state(folder: Path) -> MirrorState:
    """The state of a folder. Raises MirrorError where there is none, or none that can be read."""
    try:
        found = json.loads((folder / _STATE).read_text("utf-8"))
        if found.pop("format") != _FORMAT:
            raise MirrorError(f"{folder}: is a mirror of another version of the client; run `init` into a new folder")
        return MirrorState(**found)
    except FileNotFoundError:
        raise MirrorError(f"{folder}: holds no mirror; run `init` first") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise MirrorError(f"{folder / _STATE}: is no state of a mirror; run `init` into a new folder") from None


def write_state(folder: Path, state: MirrorState) -> None:
    """Replace the state at once: who reads sees the old one or the new one, a crash leaves one of them."""
    text = json.dumps({"format": _FORMAT, **asdict(state)}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    replace_file(folder / _STATE, text.encode())


def has_state(folder: Path) -> bool:
    """Whether the folder holds a mirror."""
    return (folder / _STATE).exists()


def replace_file(path: Path, content: bytes) -> None:
    """Write a file beside `path`, and put it in its place when it is on the disk."""
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for one process; the lock ends with the process, however it ends. Raises MirrorError."""
    with (folder / _LOCK).open("ab") as file:
        if not _lock(file.fileno()):
            raise MirrorError(f"{folder}: another process is working on this mirror; wait for it")
        yield


def _lock(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
