"""Writing in batches that count only when `finish` marks them, in one small transaction."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, LiteralString

from ...errors import StoreBusyError, StoreError
from ...model import EntityType
from ..port import Document, Edit, NewChange, Override, Release, SchemeState
from . import queries
from .connection import Connection, Transaction, rows, run
from .documents import write_documents
from .live import LiveGraph
from .lock import WriterLock
from .overrides import override_key, override_row
from .reader import read_records
from .rows import batches, change_row, edit_row, release_row, state_row
from .settings import Neo4jSettings
from .sweep import sweep_staged

_ID_BYTES = 4000  # ids of nodes stand in an index, which takes about 8,000 bytes a key


class Neo4jWriter:
    """See `Writer` for the contract of each method."""

    def __init__(self, connection: Connection, lock: WriterLock, settings: Neo4jSettings) -> None:
        self._connection = connection
        self._lock = lock
        self._settings = settings
        state: list[int] = connection.read_rows(queries.STATE)[0]
        self._head, self._last_seq, batch, self._last_edit, self._cleared = state
        self._batch = batch + 1
        self._live: LiveGraph | None = None
        self._published = 0
        self._measures: list[list[Any]] = []
        self._overrides: dict[str, dict[str, Any] | None] = {}
        self.touched = False
        """Whether anything was written."""

    def edit(self, edits: Iterable[Edit]) -> int:
        """Add unpublished edits."""
        first = self._last_edit
        for part in batches(edits, self._settings.batch, self._settings.batch_bytes, _edit_weight):
            numbered = [edit_row(number, edit) for number, edit in enumerate(part, self._last_edit + 1)]
            self._execute(queries.INSERT_EDITS, {"rows": numbered, "batch": self._batch})
            self._last_edit += len(part)
        return self._last_edit - first

    def discard_edits(self) -> None:
        """Forget all unpublished edits."""
        self._cleared = self._last_edit
        self.touched = True

    def publish(self, release: Release, states: Iterable[SchemeState], changes: Iterable[NewChange]) -> None:
        """Append a release."""
        if release.number != self._head + 1:
            raise StoreBusyError(f"release {self._head} was published meanwhile; nothing was written, publish again")
        if release.last_seq != self._last_seq + release.change_count:
            raise ValueError(f"the last seq must be {self._last_seq + release.change_count}, not {release.last_seq}")
        self._published += 1
        # A second release in one block: the graph goes from the newest published one to the last, read from the log.
        live = self._live = LiveGraph(self._lock, self._settings, whole=False) if self._published == 1 else None
        seq = self._last_seq
        for part in batches(changes, self._settings.batch, self._settings.batch_bytes, _change_weight):
            self._write_changes(release.number, seq, part)
            seq += len(part)
            if live is not None:
                live.take_changes(part)
        if seq != release.last_seq:
            raise ValueError(f"{release.change_count} changes announced, the last seq is {seq}")
        self._execute(queries.INSERT_STATES, {"rows": [state_row(release.number, state) for state in states]})
        self._execute(queries.INSERT_RELEASE, {"release": release_row(release)})
        self._head, self._last_seq, self._cleared = release.number, seq, self._last_edit

    def add_documents(self, documents: Iterable[Document]) -> int:
        """Store documents with their counts."""
        self.touched = True
        return write_documents(self._lock, self._settings, self._batch, documents)

    def put_overrides(self, overrides: Iterable[Override]) -> int:
        """Keep what people said of forms."""
        return self._say({override_key(one): override_row(one) for one in overrides})

    def remove_overrides(self, overrides: Iterable[Override]) -> int:
        """Forget what people said."""
        return self._say(dict.fromkeys(map(override_key, overrides)))

    def _say(self, said: Mapping[str, dict[str, Any] | None]) -> int:
        self.touched = True
        self._overrides |= said
        return len(said)

    def put_measure(self, release: int, name: str, body: bytes) -> None:
        """Keep a figure that was reckoned from a release."""
        self.touched = True
        self._measures.append([release, name, body.decode()])

    def finish(self) -> bool:
        """Let all that was written count, at once; whether there was anything."""
        if not self.touched:
            return False
        live = self._next_live()

        def work(transaction: Transaction) -> None:
            if live is not None:
                live.apply(transaction)
            if self._measures:
                run(transaction, queries.PUT_MEASURES, {"rows": self._measures})
            if self._overrides:
                gone = [key for key, row in self._overrides.items() if row is None]
                run(transaction, queries.REMOVE_OVERRIDES, {"keys": gone})
                run(transaction, queries.PUT_OVERRIDES, {"rows": [row for row in self._overrides.values() if row]})
            run(transaction, queries.COUNT_BATCH, self._state())

        self._lock.write(work)
        return True

    def _next_live(self) -> LiveGraph | None:
        """The graph of the last release written here, staged; None if there is none."""
        if not self._published:
            return None
        live = self._live
        if live is not None:
            live.finish_staging()
        if live is None or live.too_large:
            sweep_staged(self._lock, self._settings)
            live = LiveGraph(self._lock, self._settings, whole=True)
            live.take_records(read_records(self._connection, self._settings, self._head, None, None))
            live.finish_staging()
        return live

    def _state(self) -> dict[str, int]:
        return {
            "head": self._head,
            "lastSeq": self._last_seq,
            "batch": self._batch,
            "lastEdit": self._last_edit,
            "clearedEdit": self._cleared,
        }

    def _execute(self, statement: LiteralString, parameters: dict[str, Any]) -> None:
        self.touched = True
        self._lock.execute(statement, parameters)

    def _write_changes(self, release: int, seq: int, changes: list[NewChange]) -> None:
        new = [change_row(number, change) for number, change in enumerate(_checked(changes), seq + 1)]
        first = release == 1
        self.touched = True

        def work(transaction: Transaction) -> None:
            pairs = [] if first else rows(transaction, queries.PREVIOUS, {"rows": new})
            previous = dict(pairs)
            linked = [[*row, previous.get(row[0])] for row in new]
            run(transaction, queries.INSERT_CHANGES, {"rows": linked, "release": release})
            if pairs:
                run(transaction, queries.SUPERSEDE, {"pairs": pairs, "release": release})

        self._lock.write(work)


def _checked(changes: Iterable[NewChange]) -> Iterator[NewChange]:
    for change in changes:
        if change.entity_type is not EntityType.EDGE and len(change.entity_id.encode()) > _ID_BYTES:
            raise StoreError(f"{change.entity_id[:80]}…: Neo4j cannot keep an id of more than {_ID_BYTES} bytes")
        yield change


def _edit_weight(edit: Edit) -> int:
    return len(edit.body or b"")


def _change_weight(change: NewChange) -> int:
    return len(change.after or b"")
