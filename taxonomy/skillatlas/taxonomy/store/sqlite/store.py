"""The embedded store: one SQLite file in WAL mode, read by many processes while one writes."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import orjson

from ...entities import TYPE_RANK, Record
from ...errors import StoreUnavailableError
from ...model import EdgeType, EntityType
from ..port import (
    Change,
    ChangeCount,
    ChangeOperation,
    Edit,
    Observation,
    ObservedSkill,
    OperationCount,
    Override,
    Reading,
    Release,
    SchemeState,
    Verdict,
)
from . import queries
from .connection import Connections, prepare, translate
from .writer import SqliteWriter

_TYPES = tuple(EntityType)
_OPERATIONS = {str(operation): operation for operation in ChangeOperation}  # calling the enum took a third of a read
_AFTER_BAR = chr(ord("|") + 1)
_CHUNK = 2000  # rows fetched at a time: bounds memory, hides the call's cost


class SqliteStore:
    """A store in one SQLite file; made if absent. See `Store` for the contract of each method."""

    def __init__(self, path: Path) -> None:
        """Open `path`. Raises StoreUnavailableError or StoreVersionError."""
        self._path = path
        if not path.parent.is_dir():
            raise StoreUnavailableError(f"{path}: the folder {path.parent} does not exist; make it first")
        self._connections = Connections(path)
        with self._connections.use() as connection:
            prepare(connection, path)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"sqlite:///{self._path}"

    def close(self) -> None:
        """Close all connections that are not in use."""
        self._connections.close()

    def head(self) -> Release | None:
        """The newest published release."""
        row = self._one(queries.HEAD)
        return Release(*row) if row else None

    def release(self, number: int) -> Release | None:
        """One published release."""
        if not 0 < number < 2**63:
            return None
        row = self._one(queries.RELEASE, (number,))
        return Release(*row) if row else None

    def releases(self) -> list[Release]:
        """All published releases, newest first."""
        return [Release(*row) for row in self._all(queries.RELEASES)]

    def scheme_states(self, release: int) -> list[SchemeState]:
        """Every scheme and catalogue as of the release."""
        return [SchemeState(*row) for row in self._all(queries.SCHEME_STATES, (release,))]

    def records(
        self, release: int, *, types: Collection[EntityType] | None = None, scheme: str | None = None
    ) -> Iterator[Record]:
        """All entities of a release in the order of dumps."""
        parameters = {"release": release, "types": _ranks(types), "scheme": scheme}
        for rank, entity_id, key, body in self._stream(queries.RECORDS_AT, parameters, current=queries.RECORDS_CURRENT):
            yield Record(_TYPES[rank], entity_id, key, body)

    def record(self, release: int, entity_type: EntityType, entity_id: str) -> Record | None:
        """One entity of a release."""
        parameters = {"release": release, "type_rank": TYPE_RANK[entity_type], "entity_id": entity_id}
        row = self._one(queries.RECORD_AT, parameters)
        return Record(_TYPES[row[0]], row[1], row[2], row[3]) if row else None

    def edits(self, *, scheme: str | None = None) -> Iterator[Edit]:
        """Unpublished edits in the order of dumps."""
        for rank, entity_id, key, body, reason in self._stream(queries.EDITS, {"scheme": scheme}):
            yield Edit(_TYPES[rank], entity_id, key, body, reason)

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
        parameters = self._bounds(from_release, to_release, after_seq, scheme, types)
        parameters["limit"] = -1 if limit is None else limit
        for row in self._stream(queries.CHANGES, parameters):
            yield _change(row)

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
        row = self._one(queries.COUNT_CHANGES, self._bounds(from_release, to_release, after_seq, scheme, types))
        return ChangeCount(*row)

    def count_operations(self, from_release: int, to_release: int) -> list[OperationCount]:
        """Changes counted by scheme, entity type and operation."""
        parameters = self._bounds(from_release, to_release, 0, None, None)
        return [
            OperationCount(scheme, _TYPES[rank], ChangeOperation(operation), number)
            for scheme, rank, operation, number in self._all(queries.COUNT_OPERATIONS, parameters)
        ]

    def history(self, entity_type: EntityType, entity_id: str) -> list[Change]:
        """All changes of one entity, oldest first."""
        parameters = {"type_rank": TYPE_RANK[entity_type], "entity_id": entity_id}
        return [_change(row) for row in self._all(queries.HISTORY, parameters)]

    def edge_history(self, concept_id: str) -> list[Change]:
        """All changes of the edges that begin at a concept, by seq."""
        found: list[Change] = []
        for kind in EdgeType:
            beginning = f"{kind}|{concept_id}"
            parameters = {
                "type_rank": TYPE_RANK[EntityType.EDGE],
                "first": f"{beginning}|",
                "beyond": f"{beginning}{_AFTER_BAR}",
            }
            found += map(_change, self._all(queries.EDGE_HISTORY, parameters))
        return sorted(found, key=lambda change: change.seq)

    def fingerprint(self, collection: str, document_id: str, scheme: str) -> str | None:
        """The fingerprint under which a document was last read."""
        row = self._one(queries.FINGERPRINT, (collection, document_id, scheme))
        return row[0] if row else None

    def measure(self, release: int, name: str) -> bytes | None:
        """A figure that was reckoned from a release."""
        row = self._one(queries.MEASURE, (release, name))
        return row[0] if row else None

    def overrides(self, *, scheme: str | None = None) -> list[Override]:
        """What people said of forms."""
        return [
            Override(key, collection or None, document or None, folded, form, Verdict(verdict), *rest)
            for key, collection, document, folded, form, verdict, *rest in self._all(
                queries.OVERRIDES, {"scheme": scheme}
            )
        ]

    def readings(self, *, scheme: str, collection: str | None = None, kind: str | None = None) -> Iterator[Reading]:
        """What was read in documents."""
        for row in self._stream(queries.READINGS, {"scheme": scheme, "collection": collection, "kind": kind}):
            yield Reading(*row)

    def text_of(self, collection: str, document_id: str, scheme: str) -> str | None:
        """The text of a document."""
        row = self._one(queries.TEXT, (collection, document_id, scheme))
        return row[0] if row else None

    def observed(self, *, scheme: str, collection: str | None = None, kind: str | None = None) -> Observation:
        """Aggregated counts over a selection of documents."""
        parameters = {"scheme": scheme, "collection": collection, "kind": kind}
        with self._connections.use() as connection, _snapshot(connection):
            documents = connection.execute(queries.COUNT_DOCUMENTS, parameters).fetchone()[0]
            rows = connection.execute(queries.OBSERVED, parameters).fetchall()
        return Observation(documents, tuple(ObservedSkill(*row) for row in rows))

    @contextmanager
    def writer(self, *, wait: float = 10.0) -> Iterator[SqliteWriter]:
        """The one writer: a transaction, committed when the block ends well."""
        try:
            with closing(self._connections.open(wait=wait)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield SqliteWriter(connection)
                    connection.execute("COMMIT")
                except BaseException:
                    connection.rollback()
                    raise
        except sqlite3.Error as error:
            raise translate(error, self._path) from error

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
            "types": _ranks(types),
        }

    def _last_seq(self, number: int) -> int:
        """The last seq of a release: 0 before the first, beyond the head the head's."""
        found = None if number < 1 else self.release(number) or self.head()
        return found.last_seq if found else 0

    def _one(self, sql: str, parameters: Any = ()) -> Any:
        with self._connections.use() as connection:
            return connection.execute(sql, parameters).fetchone()

    def _all(self, sql: str, parameters: Any = ()) -> list[Any]:
        with self._connections.use() as connection:
            return connection.execute(sql, parameters).fetchall()

    def _stream(self, sql: str, parameters: dict[str, Any], *, current: str | None = None) -> Iterator[Any]:
        """Rows in chunks, from a connection of their own: the consumer may sit in other threads."""
        try:
            with closing(self._connections.open()) as connection, _snapshot(connection):
                if current and parameters["release"] == connection.execute(queries.HEAD_NUMBER).fetchone()[0]:
                    sql = current
                    parameters = {key: parameters[key] for key in ("types", "scheme")}
                cursor = connection.execute(sql, parameters)
                while rows := cursor.fetchmany(_CHUNK):
                    yield from rows
        except sqlite3.Error as error:
            raise translate(error, self._path) from error


@contextmanager
def _snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """One consistent view for several statements."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


def _ranks(types: Collection[EntityType] | None) -> str | None:
    return None if types is None else orjson.dumps(sorted(TYPE_RANK[kind] for kind in types)).decode()


def _change(row: Any) -> Change:
    seq, release, operation, rank, entity_id, scheme, before, after, reason, at = row
    return Change(seq, release, _OPERATIONS[operation], _TYPES[rank], entity_id, scheme, before, after, reason, at)
