"""The explorable graph is exactly the newest release: over random histories, changed in place or built anew."""

import neo4j
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from histories import History, histories, populated
from live_graph import expected, remains, seen
from neo4j_fixtures import DATABASE, empty_database
from skillatlas.taxonomy import Edit, PublishFaultsError, dump_lines, publish
from skillatlas.taxonomy.store.neo4j import Neo4jSettings, Neo4jStore

pytestmark = pytest.mark.neo4j


@pytest.mark.parametrize("delta", [0, 5, 20_000], ids=["built-anew", "now-and-then", "in-place"])
def test_the_graph_is_the_newest_release(neo4j_url: str, neo4j_driver: neo4j.Driver, delta: int) -> None:
    @settings(
        max_examples=12,
        deadline=None,
        # Shrinking takes minutes at a server's pace.
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(histories(populated(), max_batches=5))
    def holds(history: History) -> None:
        empty_database(neo4j_driver)
        store = Neo4jStore(neo4j_url, Neo4jSettings(delta=delta, batch=7, page=5))
        try:
            for batch in history:
                check_batch(store, neo4j_driver, batch)
        finally:
            store.close()

    holds()


def check_batch(store: Neo4jStore, driver: neo4j.Driver, batch: tuple[Edit, ...]) -> None:
    before = seen(driver, DATABASE)
    with store.writer() as writer:
        writer.edit(batch)
    assert seen(driver, DATABASE) == before, "an edit shows in the graph before it is published"
    try:
        publish(store)
    except PublishFaultsError:
        with store.writer() as writer:
            writer.discard_edits()
    head = store.head()
    assert head is not None
    now = seen(driver, DATABASE)
    wanted = expected(dump_lines(store, head.number))
    assert (sorted(now - wanted), sorted(wanted - now)) == ([], []), "what the graph has too much, what it lacks"
    assert remains(driver, DATABASE) == {}
