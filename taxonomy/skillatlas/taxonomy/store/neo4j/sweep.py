"""Removing what does not count: remains of writers that died or gave up, and what later batches superseded."""

from collections.abc import Mapping
from typing import Any, LiteralString

from . import queries
from .connection import Connection, rows, run
from .lock import WriterLock
from .settings import Neo4jSettings

_COLLECTED_AT_ONCE = 5  # batches; the next writer goes on, so that no small edit pays for a large import


def sweep_unfinished(lock: WriterLock, settings: Neo4jSettings) -> None:
    """Remove all that no finished batch marks; what it had superseded stands again."""
    for statement in queries.SWEEP:
        _repeat(lock, statement, {"limit": settings.batch})
    sweep_staged(lock, settings)
    sweep_retired(lock, settings)


def sweep_staged(lock: WriterLock, settings: Neo4jSettings) -> None:
    """Remove what was staged for the explorable graph."""
    for statement in queries.SWEEP_STAGED:
        _repeat(lock, statement, {"limit": settings.batch})


def sweep_retired(lock: WriterLock, settings: Neo4jSettings) -> None:
    """Remove nodes that have left the explorable graph."""
    for statement in queries.SWEEP_RETIRED:
        _repeat(lock, statement, {"limit": settings.batch})


def collect_garbage(connection: Connection, lock: WriterLock, settings: Neo4jSettings) -> None:
    """Remove edits and documents that were superseded longer ago than any reader may need, some at a time."""
    found = connection.read_rows(queries.GARBAGE, {"grace": round(settings.grace * 1000)})
    batch, cleared = found[0]
    if batch is None:
        return
    parameters = {"batch": batch, "cleared": cleared, "limit": settings.batch}
    if all(
        _repeat(lock, statement, parameters, times=_COLLECTED_AT_ONCE)
        for statement in (queries.COLLECT_EDITS, queries.COLLECT_DOCUMENTS)
    ):
        lock.write(lambda transaction: run(transaction, queries.COLLECT_BATCHES, parameters))


def _repeat(
    lock: WriterLock, statement: LiteralString, parameters: Mapping[str, Any], *, times: int | None = None
) -> bool:
    """Run a statement that takes a part at a time until nothing is left, or `times` times; whether all is gone."""
    while times is None or times > 0:
        if lock.write(lambda transaction: rows(transaction, statement, parameters))[0][0] < parameters["limit"]:
            return True
        times = None if times is None else times - 1
    return False
