"""The store on a Neo4j server: the log and all that belongs to it, and the newest release as a graph to explore."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from ...entities import TYPE_RANK, Record
from ...errors import StoreBusyError, StoreError
from ...model import EdgeType, EntityType
from ..port import (
    Change,
    ChangeCount,
    ChangeOperation,
    Edit,
    Observation,
    OperationCount,
    Override,
    Reading,
    Release,
    SchemeState,
)
from . import queries
from .address import parse_address
from .connection import Connection
from .documents import read_fingerprint, read_observed, read_readings, read_text
from .lock import abandoned, hold_lock
from .overrides import read_overrides
from .reader import read_changes, read_edits, read_records
from .rows import TYPES, ranks, read_change, sort_key
from .schema import prepare
from .settings import Neo4jSettings
from .sweep import collect_garbage, sweep_retired, sweep_unfinished
from .writer import Neo4jWriter


class Neo4jStore:
    """A store on a Neo4j server, 5.26 or newer. See `Store` for the contract of each method."""

    def __init__(self, url: str, settings: Neo4jSettings | None = None) -> None:
        """Connect, make the schema in an empty database, and sweep what a writer that died has left.

        Raises StoreUnavailableError or StoreVersionError.
        """
        self._settings = settings or Neo4jSettings()
        self._connection = Connection(parse_address(url), self._settings)
        try:
            prepare(self._connection)
            if abandoned(self._connection):
                with suppress(StoreBusyError), self._writer(wait=0.0):
                    pass
        except BaseException:
            self._connection.close()
            raise

    @property
    def url(self) -> str:
        """Where it is, without the password."""
        return self._connection.address.shown

    def close(self) -> None:
        """Close all connections."""
        self._connection.close()

    def head(self) -> Release | None:
        """The newest published release."""
        found = self._connection.read_rows(queries.HEAD)
        return Release(*found[0]) if found else None

    def release(self, number: int) -> Release | None:
        """One published release."""
        if not 0 < number < 2**63:
            return None
        found = self._connection.read_rows(queries.RELEASE, {"number": number})
        return Release(*found[0]) if found else None

    def releases(self) -> list[Release]:
        """All published releases, newest first."""
        return [Release(*row) for row in self._connection.read_rows(queries.RELEASES)]

    def scheme_states(self, release: int) -> list[SchemeState]:
        """Every scheme and catalogue as of the release."""
        return [SchemeState(*row) for row in self._connection.read_rows(queries.SCHEME_STATES, {"release": release})]

    def records(
        self, release: int, *, types: Collection[EntityType] | None = None, scheme: str | None = None
    ) -> Iterator[Record]:
        """All entities of a release in the order of dumps."""
        head = self._connection.read_rows(queries.STATE)[0][0]
        yield from read_records(self._connection, self._settings, min(release, head), types, scheme)

    def record(self, release: int, entity_type: EntityType, entity_id: str) -> Record | None:
        """One entity of a release."""
        parameters = {"release": release, "key": sort_key(entity_type, entity_id)}
        found = self._connection.read_rows(queries.RECORD, parameters)
        return Record(entity_type, entity_id, found[0][0], found[0][1].encode()) if found else None

    def edits(self, *, scheme: str | None = None) -> Iterator[Edit]:
        """Unpublished edits in the order of dumps."""
        return read_edits(self._connection, self._settings, scheme)

    def changes(
        self,
        from_release: int,
        to_release: int,
        *,
        after_seq: int = 0,
        scheme: str | None = None,
        types: Collection[EntityType] | None = None,
        limit: int | None = None,
    ) -> Iterator[Change]:
        """Changes by seq."""
        bounds = self._bounds(from_release, to_release, after_seq, scheme, types)
        yield from read_changes(self._connection, self._settings, bounds, limit)

    def count_changes(
        self,
        from_release: int,
        to_release: int,
        *,
        after_seq: int = 0,
        scheme: str | None = None,
        types: Collection[EntityType] | None = None,
    ) -> ChangeCount:
        """How many changes `changes` would give."""
        bounds = self._bounds(from_release, to_release, after_seq, scheme, types)
        return ChangeCount(*self._connection.read_rows(queries.COUNT_CHANGES, bounds)[0])

    def count_operations(self, from_release: int, to_release: int) -> list[OperationCount]:
        """Changes counted by scheme, entity type and operation."""
        bounds = self._bounds(from_release, to_release, 0, None, None)
        return sorted(
            (
                OperationCount(scheme, TYPES[rank], ChangeOperation(operation), number)
                for scheme, rank, operation, number in self._connection.read_rows(queries.COUNT_OPERATIONS, bounds)
            ),
            key=lambda row: (row.scheme, TYPE_RANK[row.entity_type], row.operation),
        )

    def history(self, entity_type: EntityType, entity_id: str) -> list[Change]:
        """All changes of one entity, oldest first."""
        parameters = {"key": sort_key(entity_type, entity_id)}
        return [read_change(row) for row in self._connection.read_rows(queries.HISTORY, parameters)]

    def edge_history(self, concept_id: str) -> list[Change]:
        """All changes of the edges that begin at a concept, by seq."""
        keys = [sort_key(EntityType.EDGE, f"{kind}|{concept_id}|") for kind in EdgeType]
        return [read_change(row) for row in self._connection.read_rows(queries.EDGE_HISTORY, {"keys": keys})]

    def fingerprint(self, collection: str, document_id: str, scheme: str) -> str | None:
        """The fingerprint under which a document was last read."""
        return read_fingerprint(self._connection, collection, document_id, scheme)

    def measure(self, release: int, name: str) -> bytes | None:
        """A figure that was reckoned from a release."""
        found = self._connection.read_rows(queries.MEASURE, {"release": release, "name": name})
        return found[0][0].encode() if found else None

    def overrides(self, *, scheme: str | None = None) -> list[Override]:
        """What people said of forms."""
        return read_overrides(self._connection, scheme)

    def readings(self, *, scheme: str, collection: str | None = None, kind: str | None = None) -> Iterator[Reading]:
        """What was read in documents."""
        return read_readings(self._connection, self._settings, scheme, collection, kind)

    def text_of(self, collection: str, document_id: str, scheme: str) -> str | None:
        """The text of a document."""
        return read_text(self._connection, collection, document_id, scheme)

    def observed(self, *, scheme: str, collection: str | None = None, kind: str | None = None) -> Observation:
        """Aggregated counts over a selection of documents."""
        return read_observed(self._connection, scheme, collection, kind)

    @contextmanager
    def writer(self, *, wait: float = 10.0) -> Iterator[Neo4jWriter]:
        """The one writer: what it did is marked as counting when the block ends well, and is swept else."""
        with self._writer(wait=wait) as writer:
            yield writer

    @contextmanager
    def _writer(self, *, wait: float) -> Iterator[Neo4jWriter]:
        with hold_lock(self._connection, self._settings, wait=wait) as lock:
            if lock.inherited:
                sweep_unfinished(lock, self._settings)
            writer = Neo4jWriter(self._connection, lock, self._settings)
            try:
                yield writer
                counted = writer.finish()
            except BaseException:
                if writer.touched:
                    # Where the server is away the remains are invisible, and the next writer sweeps them.
                    with suppress(StoreError):
                        sweep_unfinished(lock, self._settings)
                raise
            if counted:
                # All is done and counts; what cannot be tidied now is tidied by a later writer.
                with suppress(StoreError):
                    sweep_retired(lock, self._settings)
                    collect_garbage(self._connection, lock, self._settings)

    def _bounds(
        self,
        from_release: int,
        to_release: int,
        after_seq: int,
        scheme: str | None,
        types: Collection[EntityType] | None,
    ) -> dict[str, Any]:
        """The seqs that a range of releases spans."""
        return {
            "after": max(after_seq, self._last_seq(from_release)),
            "last": self._last_seq(to_release),
            "scheme": scheme,
            "ranks": ranks(types),
        }

    def _last_seq(self, number: int) -> int:
        """The last seq of a release: 0 before the first, beyond the head the head's."""
        found = None if number < 1 else self.release(number) or self.head()
        return found.last_seq if found else 0
