"""A mirror: the taxonomy of a server, or one scheme of it, in a folder, right to the byte or not at all."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .applying import apply_changes, file_hash
from .errors import DivergedError, IntegrityError, MirrorError
from .feed import fetch_changes
from .server import Head, Server
from .state import MirrorState, has_state, locked, read_state, write_state


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull did: from which release to which, by how many changes (0: the mirror was up to date)."""

    start: int
    end: int
    changes: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class Verified:
    """That the mirror's file has its hash; `newest` is the server's release, None where it was not asked."""

    state: MirrorState
    newest: int | None

    @property
    def behind(self) -> bool:
        """Whether the server has a newer release."""
        return self.newest is not None and self.newest > self.state.release


class Mirror:
    """The mirror in a folder. `file` is the dump of `state.release`: JSON Lines, one entity a line, ordered.

    A pull that is killed at any moment, or that fails, leaves the mirror at the release that it had; the next pull
    goes on with what had arrived.
    """

    def __init__(self, folder: Path | str) -> None:
        """Open a mirror. Raises MirrorError where the folder holds none; make one with `Mirror.create`."""
        self.folder = Path(folder)
        self.state = read_state(self.folder)

    @classmethod
    def create(cls, folder: Path | str, server: Server, *, scheme: str | None = None, again: bool = False) -> "Mirror":
        """Fetch the newest release into a folder, made if needed. `again`: replace the mirror that is there.

        Raises MirrorError where the folder holds a mirror already, ServerError, IntegrityError.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            if has_state(folder) and not again:
                raise MirrorError(f"{folder}: holds a mirror already; `pull` brings it up to date")
            head = server.head(scheme)
            name = f"release-{head.release}.jsonl"
            part = folder / f"{name}.part"
            with server.dump(head.release, scheme) as chunks, part.open("wb") as file:
                for chunk in chunks:
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            if file_hash(part) != head.content_hash:
                part.unlink()
                raise IntegrityError(
                    f"{server.url}: the dump of release {head.release} does not have the hash {head.content_hash}; "
                    "it was cut or altered on the way, and nothing was kept; try again"
                )
            part.replace(folder / name)
            write_state(folder, MirrorState(server.url, scheme, head.release, head.content_hash, name))
            mirror = cls(folder)
            mirror._sweep()
        return mirror

    @property
    def file(self) -> Path:
        """The dump of the mirrored release."""
        return self.folder / self.state.file

    def lines(self) -> Iterator[bytes]:
        """The entities of the mirrored release, a line each, in the order of dumps."""
        with self.file.open("rb") as file:
            yield from file

    def pull(self, server: Server, *, attempts: int = 3) -> Pulled:
        """Bring the mirror to the server's newest release, all of it or nothing.

        `attempts`: how often a stream that brings nothing is asked for again. Raises ServerError, IntegrityError, and
        DivergedError where the server went back to an older copy or has another history.
        """
        with locked(self.folder):
            self.state = state = read_state(self.folder)
            head = server.head(state.scheme)
            self._check_history(head)
            if head.release == state.release:
                return Pulled(state.release, state.release, 0, state.content_hash)
            fetched = fetch_changes(server, self.folder, state.release, head.release, state.scheme, attempts=attempts)
            name = f"release-{head.release}.jsonl"
            target = self.folder / f"{name}.part"
            try:
                found = apply_changes(self.file, fetched.path, target)
                if found != fetched.content_hash or found != head.content_hash:
                    raise IntegrityError(
                        f"{server.url}: with its changes the mirror would not have the hash {head.content_hash}; they "
                        "were altered on the way, or the server has another history; nothing was kept. If it happens "
                        "again, make the mirror anew with `init --again`"
                    )
            except IntegrityError:
                fetched.path.unlink()
                target.unlink(missing_ok=True)
                raise
            target.replace(self.folder / name)
            write_state(self.folder, MirrorState(state.server, state.scheme, head.release, found, name))
            self.state = read_state(self.folder)
            self._sweep()
        return Pulled(state.release, head.release, fetched.count, found)

    def impact(self, server: Server, ids: Iterable[str], *, start: int) -> list[dict[str, Any]]:
        """What became of your stored ids between release `start` and the mirrored one, as `POST /sync/impact` says."""
        return server.impact(ids, start, self.state.release)

    def verify(self, server: Server | None = None) -> Verified:
        """Hash the mirror's file anew; with a server, ask whether there is more. Raises IntegrityError, ServerError."""
        if not self.file.exists() or file_hash(self.file) != self.state.content_hash:
            raise IntegrityError(
                f"{self.file}: is not what release {self.state.release} is; make it anew with `init --again`"
            )
        if server is None:
            return Verified(self.state, None)
        head = server.head(self.state.scheme)
        self._check_history(head)
        return Verified(self.state, head.release)

    def _check_history(self, head: Head) -> None:
        state = self.state
        if head.release < state.release:
            raise DivergedError(
                f"{state.server}: is at release {head.release}, the mirror at {state.release}: the server went back to "
                "an older copy. The mirror is kept; `init --again` makes it anew from what the server has now"
            )
        if head.release == state.release and head.content_hash != state.content_hash:
            raise DivergedError(
                f"{state.server}: its release {head.release} is another one than the mirror's. The mirror is kept; "
                "`init --again` makes it anew from what the server has now"
            )

    def _sweep(self) -> None:
        """Remove what the state does not name: older releases, and what is left of attempts."""
        for path in self.folder.iterdir():
            ours = path.name.startswith(("release-", "changes-")) and path.name.endswith((".jsonl", ".part"))
            if ours and path.name != self.state.file:
                path.unlink()
