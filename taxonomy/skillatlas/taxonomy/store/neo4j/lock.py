"""The one writer: a lock in the database that is kept alive while its holder lives, and fences all that it writes.

The lock is a node with its holder's token and an expiry by the server's clock. A thread renews it, and every
transaction of the writer begins by taking that node's lock and looking at the token, and ends by renewing: one
whose lease was taken over cannot write any more, however late it wakes up.
"""

import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, LiteralString, TypeVar

from ...errors import StoreBusyError, StoreError
from . import queries
from .connection import Connection, Transaction, rows, run
from .settings import Neo4jSettings

_R = TypeVar("_R")


class WriterLock:
    """The lock while it is held."""

    def __init__(self, connection: Connection, settings: Neo4jSettings, *, inherited: bool, token: str) -> None:
        self._connection = connection
        self._lease = {"token": token, "lease": round(settings.lease * 1000)}
        self.inherited = inherited
        """Whether the last holder did not give it back: it died, and may have left something behind."""

    def write(self, work: Callable[[Transaction], _R]) -> _R:
        """Run `work` in a transaction that counts only while the lock is held; else StoreBusyError."""

        def fenced(transaction: Transaction) -> _R:
            run(transaction, queries.LOCK_TOUCH)
            if rows(transaction, queries.LOCK_STATE)[0][0] != self._lease["token"]:
                where = self._connection.address.shown
                raise StoreBusyError(
                    f"{where}: gave no sign of life for too long, and another process took the store over; "
                    "nothing was written, try again"
                )
            result = work(transaction)
            run(transaction, queries.LOCK_RENEW, self._lease)
            return result

        return self._connection.write(fenced)

    def execute(self, statement: LiteralString, parameters: Mapping[str, Any]) -> None:
        """Run one statement so."""
        self.write(lambda transaction: run(transaction, statement, parameters))

    def renew(self) -> None:
        """Give a sign of life."""
        self._connection.write(lambda transaction: run(transaction, queries.LOCK_RENEW, self._lease))

    def release(self) -> None:
        """Give the lock back."""
        self._connection.write(lambda transaction: run(transaction, queries.LOCK_RELEASE, self._lease))


@contextmanager
def hold_lock(connection: Connection, settings: Neo4jSettings, *, wait: float) -> Iterator[WriterLock]:
    """The lock, kept alive in the block. Raises StoreBusyError where it is not to be had within `wait` seconds."""
    lock = _acquire(connection, settings, wait)
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(settings.lease / 3):
            # A failed renewal is not the end: the next may come in time, and if not, the fence will tell.
            with suppress(StoreError):
                lock.renew()

    heart = threading.Thread(target=beat, name="skillatlas-writer-lock", daemon=True)
    heart.start()
    try:
        yield lock
    finally:
        stop.set()
        heart.join()
        # Where the server is away the lease ends by itself.
        with suppress(StoreError):
            lock.release()


def abandoned(connection: Connection) -> bool:
    """Whether a writer died with the lock, so that what it left can be swept."""
    token, alive = connection.read_rows(queries.LOCK_STATE)[0]
    return token is not None and not alive


def _acquire(connection: Connection, settings: Neo4jSettings, wait: float) -> WriterLock:
    deadline = time.monotonic() + wait
    while True:
        token, alive = connection.read_rows(queries.LOCK_STATE)[0]
        left = deadline - time.monotonic()
        if token is None or not alive:
            # The holder may be in a long transaction and renew at its end: so wait for the node no longer than told.
            with suppress(StoreBusyError):
                lock = _take(connection, settings, timeout=max(left, settings.poll))
                if lock is not None:
                    return lock
        if left <= 0:
            raise StoreBusyError(
                f"{connection.address.shown}: another process is writing; nothing was written, try again later"
            )
        time.sleep(min(settings.poll, left))


def _take(connection: Connection, settings: Neo4jSettings, *, timeout: float) -> WriterLock | None:
    mine = uuid.uuid4().hex

    def work(transaction: Transaction) -> WriterLock | None:
        run(transaction, queries.LOCK_TOUCH)
        token, alive = rows(transaction, queries.LOCK_STATE)[0]
        if token == mine:  # a repeated transaction whose first attempt counted
            token = None
        elif token is not None and alive:
            return None
        run(transaction, queries.LOCK_TAKE, {"token": mine, "lease": round(settings.lease * 1000)})
        return WriterLock(connection, settings, inherited=token is not None, token=mine)

    return connection.write(work, timeout=timeout)
