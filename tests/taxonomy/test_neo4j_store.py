"""The database of a Neo4j store: what it refuses, its lock and fence, what is swept. The contract: tests/contract."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import LiteralString

import neo4j
import pytest

from graphs import concept
from histories import put
from live_graph import remains
from neo4j_fixtures import DATABASE, empty_database, require_tools
from neo4j_server import run_server
from skillatlas.taxonomy import (
    Document,
    Edit,
    Store,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
    StoreVersionError,
    dump_lines,
    open_store,
    publish,
)
from skillatlas.taxonomy.store.neo4j import Neo4jSettings, Neo4jStore
from skillatlas.taxonomy.store.neo4j.schema import LATEST

pytestmark = pytest.mark.neo4j


def ask(driver: neo4j.Driver, query: LiteralString) -> list[list[object]]:
    return [row.values() for row in driver.execute_query(query, database_=DATABASE).records]


def edit(store: Store, name: str = "atlas:a", *, wait: float = 10.0) -> None:
    with store.writer(wait=wait) as writer:
        writer.edit([put(concept(name))])


@pytest.fixture
def opened(neo4j_url: str) -> Iterator[Callable[..., Neo4jStore]]:
    """A function that opens the store with settings of one's own; all are closed at the end."""
    stores: list[Neo4jStore] = []

    def opening(**changes: float) -> Neo4jStore:
        store = Neo4jStore(neo4j_url, Neo4jSettings(**changes))  # type: ignore[arg-type]
        stores.append(store)
        return store

    yield opening
    for store in stores:
        store.close()


# -- opening ---------------------------------------------------------------------------------------------------


def test_the_schema_is_made_once(neo4j_url: str, neo4j_driver: neo4j.Driver) -> None:
    empty_database(neo4j_driver, schema=True)
    open_store(neo4j_url).close()
    names = ask(neo4j_driver, "SHOW CONSTRAINTS YIELD name, type RETURN name, type ORDER BY name")
    assert len(names) == 16
    assert {kind for _, kind in names} == {"UNIQUENESS"}, "Community has no other"
    open_store(neo4j_url).close()
    assert ask(neo4j_driver, "SHOW CONSTRAINTS YIELD name, type RETURN name, type ORDER BY name") == names
    assert ask(neo4j_driver, "MATCH (n) RETURN labels(n), n.schema ORDER BY labels(n)") == [
        [["Meta"], LATEST],
        [["WriterLock"], None],
    ]


def test_two_that_make_the_schema_together_agree(neo4j_url: str, neo4j_driver: neo4j.Driver) -> None:
    empty_database(neo4j_driver, schema=True)
    failures: list[BaseException] = []

    def opening() -> None:
        try:
            open_store(neo4j_url).close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=opening) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert ask(neo4j_driver, "MATCH (n) RETURN count(n)") == [[2]]


def test_a_newer_schema_is_refused_and_left_alone(neo4j_url: str, neo4j_driver: neo4j.Driver) -> None:
    open_store(neo4j_url).close()
    ask(neo4j_driver, "MATCH (m:Meta {name: 'store'}) SET m.schema = m.schema + 1")
    with pytest.raises(StoreVersionError, match=rf"schema version {LATEST + 1}.*use a newer skillatlas"):
        open_store(neo4j_url)
    assert ask(neo4j_driver, "MATCH (m:Meta {name: 'store'}) RETURN m.schema") == [[LATEST + 1]]


def test_an_older_schema_is_brought_up_to_date(neo4j_url: str, neo4j_driver: neo4j.Driver) -> None:
    open_store(neo4j_url).close()
    ask(neo4j_driver, "MATCH (m:Meta {name: 'store'}) SET m.schema = 1")
    ask(neo4j_driver, "DROP CONSTRAINT skillatlas_measure")
    open_store(neo4j_url).close()
    assert ask(neo4j_driver, "MATCH (m:Meta {name: 'store'}) RETURN m.schema") == [[LATEST]]
    found = "SHOW CONSTRAINTS YIELD name WHERE name = 'skillatlas_measure' RETURN count(*)"
    assert ask(neo4j_driver, found) == [[1]]


def test_the_data_of_another_program_are_refused_and_left_alone(neo4j_url: str, neo4j_driver: neo4j.Driver) -> None:
    ask(neo4j_driver, "CREATE (:Theirs {x: 1})")
    with pytest.raises(StoreVersionError, match="data of another program"):
        open_store(neo4j_url)
    assert ask(neo4j_driver, "MATCH (n) RETURN labels(n)") == [[["Theirs"]]]


def test_a_server_that_is_away_is_named_without_the_password() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.monotonic()
    with pytest.raises(StoreUnavailableError, match=rf"127\.0\.0\.1:{port}.*cannot be reached") as caught:
        open_store(f"bolt://ann:secret@127.0.0.1:{port}/neo4j")
    assert time.monotonic() - began < 10
    assert "secret" not in str(caught.value)


def test_a_host_without_a_name_is_said() -> None:
    with pytest.raises(StoreUnavailableError, match="cannot be reached"):
        open_store("neo4j://no-such-host.invalid:7687/neo4j")


def test_a_database_that_is_not_there_is_named(neo4j_url: str) -> None:
    with pytest.raises(StoreUnavailableError, match="no database 'other'"):
        open_store(neo4j_url.rpartition("/")[0] + "/other")


@pytest.mark.slow
def test_credentials() -> None:
    require_tools()
    with run_server(auth=True) as server:
        host = server.uri.removeprefix("bolt://")
        with pytest.raises(StoreUnavailableError, match="password must be changed first") as caught:
            open_store(f"bolt://neo4j:neo4j@{host}/neo4j")
        with neo4j.GraphDatabase.driver(server.uri, auth=("neo4j", "neo4j")) as driver:
            driver.execute_query("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO 'pass:word/1'", database_="system")
        for wrong in ("neo4j:wrong-word@", "nobody:pass-word@", ""):
            with pytest.raises(StoreUnavailableError, match="the server refuses") as caught:
                open_store(f"bolt://{wrong}{host}/neo4j")
            assert "word" not in str(caught.value).replace("the password", "")
        with closing(open_store(f"neo4j://neo4j:pass%3Aword%2F1@{host}/neo4j")) as store:
            edit(store)
            assert publish(store).release is not None
            assert "word" not in store.url


def test_the_url_is_shown_without_the_password(neo4j_store: Store) -> None:
    assert neo4j_store.url.startswith("bolt://")
    assert neo4j_store.url.endswith(f"/{DATABASE}")


# -- the lock --------------------------------------------------------------------------------------------------


def test_the_lock_is_kept_alive_while_its_holder_thinks(opened: Callable[..., Neo4jStore]) -> None:
    store, other = opened(lease=0.6, poll=0.05), opened(lease=0.6, poll=0.05)
    with store.writer() as writer:
        time.sleep(1.5)
        with pytest.raises(StoreBusyError):
            edit(other, "atlas:b", wait=0.0)
        writer.edit([put(concept("atlas:a"))])
    assert [item.entity_id for item in other.edits()] == ["atlas:a"]


def test_a_writer_whose_lease_was_taken_over_writes_nothing(
    opened: Callable[..., Neo4jStore], neo4j_driver: neo4j.Driver
) -> None:
    store, other = opened(), opened()
    first = store.writer()
    writer = first.__enter__()
    writer.edit([put(concept("atlas:lost"))])
    # As if it had slept for longer than its lease.
    ask(neo4j_driver, "MATCH (l:WriterLock {name: 'writer'}) SET l.expires = 0")
    edit(other, "atlas:b")
    with pytest.raises(StoreBusyError, match="took the store over") as caught:
        writer.edit([put(concept("atlas:late"))])
    assert first.__exit__(type(caught.value), caught.value, None) in (None, False)
    assert [item.entity_id for item in other.edits()] == ["atlas:b"]
    assert remains(neo4j_driver, DATABASE) == {}


def test_a_writer_that_lost_its_lease_before_the_end_is_told(
    opened: Callable[..., Neo4jStore], neo4j_driver: neo4j.Driver
) -> None:
    store, other = opened(), opened()
    edit(store, "atlas:a")

    def publish_late() -> None:
        with store.writer() as writer:
            writer.edit([put(concept("atlas:lost"))])
            ask(neo4j_driver, "MATCH (l:WriterLock {name: 'writer'}) SET l.expires = 0")
            edit(other, "atlas:b")

    with pytest.raises(StoreBusyError, match="took the store over"):
        publish_late()
    assert [item.entity_id for item in other.edits()] == ["atlas:a", "atlas:b"]
    assert remains(neo4j_driver, DATABASE) == {}


def test_a_long_transaction_of_the_holder_is_waited_for_no_longer_than_told(
    opened: Callable[..., Neo4jStore], neo4j_driver: neo4j.Driver
) -> None:
    store = opened()
    with neo4j_driver.session(database=DATABASE) as session, session.begin_transaction() as transaction:
        transaction.run("MATCH (l:WriterLock) SET l.token = 'other', l.expires = 0, l.touched = 1").consume()
        began = time.monotonic()
        with pytest.raises(StoreBusyError, match="another process is writing"):
            edit(store, wait=0.5)
        assert time.monotonic() - began < 5
        transaction.rollback()
    edit(store)


# -- sweeping --------------------------------------------------------------------------------------------------


def leave_remains(driver: neo4j.Driver) -> None:
    """What a writer leaves that dies in the middle: a part of everything that it may write."""
    ask(
        driver,
        """
        MATCH (m:Meta {name: 'store'}) MATCH (c:Change {seq: 1}) MATCH (d:Document) MATCH (l:WriterLock)
        SET c.until = 2, d.until = m.batch + 1, l.token = 'dead', l.expires = 0
        CREATE (:Change {seq: m.lastSeq + 1, release: 2, prev: 1, sortKey: c.sortKey, entityId: c.entityId,
                         typeRank: c.typeRank, scheme: c.scheme, operation: 'UPDATE', body: '{}'})
        CREATE (:Release {number: 2}) CREATE (:SchemeState {release: 2, key: 'atlas'})
        CREATE (:Edit {no: m.lastEdit + 1, batch: m.batch + 1, sortKey: '1atlas:z', entityId: 'atlas:z', typeRank: 1})
        CREATE (:Document {key: d.key, since: m.batch + 1, skills: ['x'], scheme: 'atlas'})
        CREATE (a:Staged:StagedConcept {id: 'atlas:z'})-[:BROADER]->(a)
        CREATE (r:Retired)-[:BROADER]->(r)
        """,
    )


def state(store: Store) -> object:
    return (
        store.releases(),
        list(store.edits()),
        list(dump_lines(store, 1)),
        list(store.changes(0, 9)),
        store.scheme_states(1),
        store.fingerprint("samples", "d", "atlas"),
        store.observed(scheme="atlas"),
    )


@pytest.mark.parametrize("way", ["the next writer", "opening"])
def test_remains_are_invisible_and_swept(
    opened: Callable[..., Neo4jStore], neo4j_url: str, neo4j_driver: neo4j.Driver, way: str
) -> None:
    store = opened()
    edit(store)
    publish(store)
    with store.writer() as writer:
        writer.add_documents([Document("samples", "d", "JOB", "atlas", "en", None, None, "x", "f", 1, b"[]", ())])
        writer.edit([put(concept("atlas:b"))])
    before = state(store)
    leave_remains(neo4j_driver)
    assert state(store) == before
    assert len(remains(neo4j_driver, DATABASE)) == 6
    if way == "opening":
        open_store(neo4j_url).close()
    else:
        with store.writer():
            pass
    assert remains(neo4j_driver, DATABASE) == {}
    assert state(store) == before
    assert publish(store).release is not None


def test_opening_beside_a_living_writer_sweeps_nothing(
    opened: Callable[..., Neo4jStore], neo4j_url: str, neo4j_driver: neo4j.Driver
) -> None:
    with opened().writer() as writer:
        writer.edit([put(concept("atlas:a"))])
        open_store(neo4j_url).close()
        assert remains(neo4j_driver, DATABASE) == {"edits": 1}
    assert remains(neo4j_driver, DATABASE) == {}


def test_what_was_superseded_is_collected_after_a_while(
    opened: Callable[..., Neo4jStore], neo4j_driver: neo4j.Driver
) -> None:
    counts = "MATCH (m:Meta {name: 'store'}) RETURN COUNT { (:Edit) }, COUNT { (:Document) }, COUNT { (:Batch) }"
    document = Document("samples", "d", "JOB", "atlas", "en", None, None, "x", "f", 1, b"[]", ())
    store = opened()
    edit(store)
    publish(store)
    for _ in range(2):
        with store.writer() as writer:
            writer.add_documents([document])
    assert ask(neo4j_driver, counts) == [[1, 2, 4]], "readers that have begun still need them"
    later = opened(grace=-1.0)
    edit(later, "atlas:b")
    assert ask(neo4j_driver, counts) == [[1, 1, 0]]
    assert [item.entity_id for item in later.edits()] == ["atlas:b"]
    assert later.observed(scheme="atlas").documents == 1


def test_an_id_beyond_the_index_is_refused_with_a_reason(neo4j_store: Store, neo4j_driver: neo4j.Driver) -> None:
    edit(neo4j_store, "atlas:" + "x" * 5000)
    with pytest.raises(StoreError, match="more than 4000 bytes"):
        publish(neo4j_store)
    assert neo4j_store.head() is None
    assert remains(neo4j_driver, DATABASE) == {}


def test_long_bodies_are_written_in_smaller_batches(neo4j_store: Store) -> None:
    with neo4j_store.writer() as writer:
        writer.edit(_long_edits())
    assert sum(len(item.body or b"") for item in neo4j_store.edits()) > 10_000_000


def _long_edits() -> Iterator[Edit]:
    for number in range(12):
        yield put(concept(f"atlas:{number}", label="x" * 1_000_000))
