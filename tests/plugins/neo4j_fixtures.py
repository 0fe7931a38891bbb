"""Fixtures for tests on a real Neo4j.

- `neo4j_server`: one server a test process. `NEO4J_URI` (with `NEO4J_USERNAME`, `NEO4J_PASSWORD`) names one that is
  kept for tests, which write and delete in it, and which processes use in turn; else one is started. Where Java or
  Maven is missing the tests are skipped with the reason, or fail where `SKILLATLAS_REQUIRE_NEO4J=1` demands them
  (CI does).
- `neo4j_url`: the store's URL of that server, its database emptied for the test.
- `neo4j_driver`: a driver to look at the database with, as a person would.
- `neo4j_store`: an empty store there.

A notification of the server (a deprecation, a Cartesian product, an unknown name) fails the test that caused it.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import nullcontext
from urllib.parse import quote, urlsplit

import neo4j
import pytest

from made_once import in_turn
from neo4j_server import Neo4jServer, ServerError, missing_tools, run_server
from skillatlas.taxonomy import Store, open_store

DATABASE = os.environ.get("NEO4J_DATABASE", "neo4j")
_EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 2000 ROWS"
_NAMES = "SHOW CONSTRAINTS YIELD name RETURN name"
_INDEXES = (
    "SHOW INDEXES YIELD name, owningConstraint AS owner, type WHERE type <> 'LOOKUP' AND owner IS NULL RETURN name"
)


class _Notifications(logging.Handler):
    """Keeps what the driver logs of the server's notifications."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record.getMessage())


def _required() -> bool:
    return os.environ.get("SKILLATLAS_REQUIRE_NEO4J") == "1"


def require_tools() -> None:
    """Skip, or fail where Neo4j is required, if a server cannot be started here."""
    if missing := missing_tools():
        reason = f"no Neo4j for the tests: {' and '.join(missing)} not found, and NEO4J_URI names no server"
        pytest.fail(reason) if _required() else pytest.skip(reason)


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Neo4jServer]:
    """The server of this test run."""
    if named := os.environ.get("NEO4J_URI"):
        yield Neo4jServer(named)
        return
    require_tools()
    try:
        with run_server() as server:
            yield server
    except ServerError as error:
        pytest.fail(str(error))


def _auth() -> tuple[str, str] | None:
    user = os.environ.get("NEO4J_USERNAME")
    return (user, os.environ.get("NEO4J_PASSWORD", "")) if user else None


@pytest.fixture(scope="session")
def neo4j_session_driver(neo4j_server: Neo4jServer) -> Iterator[neo4j.Driver]:
    """The driver that empties the database between tests."""
    with neo4j.GraphDatabase.driver(neo4j_server.uri, auth=_auth()) as driver:
        yield driver


@pytest.fixture
def neo4j_notifications() -> Iterator[list[str]]:
    """Fails the test if the server had anything to remark."""
    handler = _Notifications()
    logger = logging.getLogger("neo4j.notifications")
    logger.addHandler(handler)
    try:
        yield handler.seen
    finally:
        logger.removeHandler(handler)
    assert not handler.seen, "\n".join(handler.seen)


@pytest.fixture
def neo4j_url(
    neo4j_server: Neo4jServer,
    neo4j_session_driver: neo4j.Driver,
    neo4j_notifications: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The URL of an empty database, with the credentials."""
    parts = urlsplit(neo4j_server.uri)
    auth = _auth()
    user = f"{quote(auth[0], safe='')}:{quote(auth[1], safe='')}@" if auth else ""
    with in_turn(tmp_path_factory, "neo4j") if "NEO4J_URI" in os.environ else nullcontext():
        empty_database(neo4j_session_driver)
        yield f"{parts.scheme}://{user}{parts.netloc}/{DATABASE}"


@pytest.fixture
def neo4j_driver(neo4j_url: str, neo4j_session_driver: neo4j.Driver) -> neo4j.Driver:
    """A driver on the emptied database."""
    return neo4j_session_driver


@pytest.fixture
def neo4j_store(neo4j_url: str) -> Iterator[Store]:
    """An empty store on Neo4j."""
    store = open_store(neo4j_url)
    yield store
    store.close()


def empty_database(driver: neo4j.Driver, *, schema: bool = False) -> None:
    """Remove all nodes; with `schema`, all constraints and indexes too."""
    with driver.session(database=DATABASE) as session:
        session.run(_EMPTY).consume()
        if schema:
            for row in session.run(_NAMES).data():
                session.run(neo4j.Query(f"DROP CONSTRAINT `{row['name']}`")).consume()  # pyright: ignore[reportArgumentType]
            for row in session.run(_INDEXES).data():
                session.run(neo4j.Query(f"DROP INDEX `{row['name']}`")).consume()  # pyright: ignore[reportArgumentType]
