"""The driver behind the adapter: sessions on the named database, and what the server's errors mean for a user."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, LiteralString, TypeVar

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from ...errors import StoreBusyError, StoreError, StoreUnavailableError
from .address import Address
from .settings import Neo4jSettings

_R = TypeVar("_R")
Row = list[Any]
Transaction = neo4j.ManagedTransaction


def rows(transaction: Transaction, query: LiteralString, parameters: Mapping[str, Any] | None = None) -> list[Row]:
    """All rows of a statement: managed transactions may run twice, so nothing is left half-read."""
    return transaction.run(query, dict(parameters or {})).values()


def run(transaction: Transaction, query: LiteralString, parameters: Mapping[str, Any] | None = None) -> None:
    """Run a statement to its end, for what it does."""
    transaction.run(query, dict(parameters or {})).consume()


class Connection:
    """One driver for one store; it may be used from several threads."""

    def __init__(self, address: Address, settings: Neo4jSettings) -> None:
        """Connect. Raises StoreUnavailableError where the server is away or refuses the credentials."""
        self.address = address
        self._closed = False
        with self._translated():
            self._driver = neo4j.GraphDatabase.driver(
                address.uri,
                auth=None if address.user is None else (address.user, address.password),
                connection_timeout=settings.connect,
                connection_acquisition_timeout=settings.acquire,
                max_transaction_retry_time=settings.retry,
                notifications_min_severity="WARNING",
                telemetry_disabled=True,
            )
        try:
            # Not a managed transaction: that would try again for `retry` seconds before it says that nobody is there.
            with self._translated(), self._session(neo4j.READ_ACCESS) as session:
                session.run("RETURN 1").consume()
        except BaseException:
            self._driver.close()
            raise

    def close(self) -> None:
        """Give the driver's connections back."""
        self._closed = True
        self._driver.close()

    def read(self, work: Callable[[Transaction], _R]) -> _R:
        """Run `work` in a transaction that reads; it may run more than once."""
        with self._translated(), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(work)

    def read_rows(self, query: LiteralString, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """All rows of one reading statement."""
        return self.read(lambda transaction: rows(transaction, query, parameters))

    def write(self, work: Callable[[Transaction], _R], *, timeout: float | None = None) -> _R:
        """Run `work` in a transaction that writes; it may run more than once, and counts once.

        The server ends it after `timeout` seconds, which is raised as StoreBusyError.
        """
        wrapped = work if timeout is None else neo4j.unit_of_work(timeout=timeout)(work)
        with self._translated(), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(wrapped)

    def write_schema(self, statement: LiteralString) -> None:
        """Run a statement that changes constraints or indexes; those stand alone in their transaction."""
        self.write(lambda transaction: run(transaction, statement))

    def _session(self, mode: str) -> neo4j.Session:
        # One bookmark manager for all sessions: on a cluster, a read sees what this store wrote before.
        return self._driver.session(
            database=self.address.database,
            default_access_mode=mode,
            bookmark_manager=self._driver.execute_query_bookmark_manager,
        )

    @contextmanager
    def _translated(self) -> Iterator[None]:
        if self._closed:
            raise StoreError("the store is closed")
        try:
            yield
        except (Neo4jError, DriverError, OSError) as error:
            raise translate(error, self.address) from error


def translate(error: Exception, address: Address) -> StoreError:
    """The store error that an error of the driver or the server stands for; its text never holds the password."""
    where = address.shown
    code = getattr(error, "code", None) or ""
    if isinstance(error, AuthError):
        who = f"the user {address.user!r} and the password" if address.user else "a connection without a user"
        return StoreUnavailableError(f"{where}: the server refuses {who}; check the store's URL")
    if "CredentialsExpired" in code:
        return StoreUnavailableError(f"{where}: the password must be changed first (ALTER CURRENT USER SET PASSWORD)")
    if "Security" in code:
        return StoreUnavailableError(f"{where}: the server does not allow it: {_message(error)}")
    if "DatabaseNotFound" in code:
        return StoreUnavailableError(f"{where}: the server has no database {address.database!r}")
    if isinstance(error, IncompleteCommit):
        return StoreUnavailableError(
            f"{where}: the connection broke while the last step was confirmed; look at the newest release "
            "and repeat what is missing"
        )
    if isinstance(error, (ServiceUnavailable, SessionExpired, OSError)):
        return StoreUnavailableError(f"{where}: the server cannot be reached; does it run, and is the address right?")
    if isinstance(error, ConfigurationError):
        return StoreUnavailableError(f"{where}: the store's URL does not fit the server: {_message(error)}")
    if "TransactionTimedOut" in code or "LockClient" in code:
        return StoreBusyError(f"{where}: another process is writing; nothing was written, try again later")
    if "Memory" in code:
        return StoreUnavailableError(f"{where}: the server ran out of memory; give it more ({_message(error)})")
    if isinstance(error, ClientError):
        return StoreError(f"{where}: the server refused a statement: {_message(error)}")
    return StoreUnavailableError(f"{where}: {_message(error)}")


def _message(error: Exception) -> str:
    return getattr(error, "message", None) or str(error)
