"""Opening SQLite files: pragmas, the schema and its version, and what SQLite's errors mean for a user."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...errors import StoreBusyError, StoreError, StoreUnavailableError, StoreVersionError
from .queries import MIGRATIONS

APPLICATION_ID = 0x736B6174  # "skat": marks a SQLite file as ours
READ_WAIT = 10.0  # seconds; readers wait only for the moment of recovery after a crash


def translate(error: sqlite3.Error, path: Path) -> StoreError:
    """The store error that a SQLite error stands for."""
    text = str(error)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusyError(f"{path}: another process is writing; nothing was written, try again later")
    if code == sqlite3.SQLITE_FULL:
        return StoreUnavailableError(f"{path}: the disk is full; nothing was written, make room and repeat")
    if code == sqlite3.SQLITE_NOTADB:
        return StoreUnavailableError(f"{path}: is no SQLite database; name another file with --store")
    if code == sqlite3.SQLITE_CORRUPT:
        return StoreUnavailableError(f"{path}: the file is damaged; restore it from a copy ({text})")
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR):
        return StoreUnavailableError(f"{path}: cannot be opened or written; check folder and rights ({text})")
    return StoreUnavailableError(f"{path}: {text}")


class Connections:
    """A pool of connections to one file; one is used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._free: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    def open(self, *, wait: float = READ_WAIT) -> sqlite3.Connection:
        """A new connection that the caller closes."""
        connection = sqlite3.connect(
            self._path, timeout=wait, isolation_level=None, check_same_thread=False, cached_statements=64
        )
        try:
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA cache_size = -32000")
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def use(self) -> Iterator[sqlite3.Connection]:
        """A pooled connection, given back afterwards; SQLite's errors leave as store errors."""
        try:
            with self._lock:
                if self._closed:
                    raise StoreError("the store is closed")
                connection = self._free.pop() if self._free else None
            connection = connection or self.open()
            try:
                yield connection
            except BaseException:
                connection.close()
                raise
            with self._lock:
                if self._closed:
                    connection.close()
                else:
                    self._free.append(connection)
        except sqlite3.Error as error:
            raise translate(error, self._path) from error

    def close(self) -> None:
        """Close what is free; connections in use close when they are given back."""
        with self._lock:
            self._closed = True
            for connection in self._free:
                connection.close()
            self._free.clear()


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Create the schema, or bring an older one up to date, in one transaction.

    Raises StoreVersionError for a newer schema, or a database of another program, and leaves that as it is.
    """
    current = _version(connection, path) == len(MIGRATIONS)
    # The mode stays in the file, but a copy made with VACUUM INTO has lost it.
    connection.execute("PRAGMA journal_mode = WAL")
    if current:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for migration in MIGRATIONS[_version(connection, path) :]:
            for statement in migration.split(";"):
                if statement.strip():
                    connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS):d}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The version of the schema, 0 for an empty file. Raises StoreVersionError where the file is not for us."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if owner != APPLICATION_ID and (tables or owner or version):
        raise StoreVersionError(f"{path}: is a database of another program; name another file with --store")
    if version > len(MIGRATIONS):
        raise StoreVersionError(
            f"{path}: has schema version {version}, this program knows {len(MIGRATIONS)}; use a newer skillatlas"
        )
    return int(version)
