"""ESCO's size on Neo4j: it fits the server's memory and ours, and the explorable graph can be built anew.

How long it takes is measured by `make bench`: here it would depend on what else the machine does.
"""

import resource
from contextlib import closing

import neo4j
import pytest

from histories import put
from large_graph import NAMESPACE, large_edits
from live_graph import remains
from neo4j_fixtures import DATABASE
from skillatlas.taxonomy import Concept, ConceptKind, Label, LabelType, Store, load_graph, open_store, publish
from skillatlas.taxonomy.store.neo4j import Neo4jSettings, Neo4jStore

pytestmark = [pytest.mark.neo4j, pytest.mark.slow, pytest.mark.timeout(900)]

MEGABYTES = 700  # measured: 160
_SHOWN = """
RETURN COUNT { (:Concept) }, COUNT { (:Skill) }, COUNT { (:Skill)-[:BROADER]->(:SkillGroup) },
  COUNT { (:Role)-[:NEEDS]->(:Skill) }, COUNT { (:Skill)-[:REQUIRES]->(:Clause)-[:ANY_OF]->(:Skill) },
  COUNT { (:Skill)-[:RELATED]->(:Skill) }
"""
WANTED = [17_640, 14_000, 14_000, 126_000, 400, 4_667]


def peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def shown(driver: neo4j.Driver) -> list[int]:
    return list(driver.execute_query(_SHOWN, database_=DATABASE).records[0].values())


def test_import_publish_read_and_build_anew(neo4j_url: str, neo4j_driver: neo4j.Driver) -> None:
    before = peak()
    with closing(open_store(neo4j_url)) as store:
        with store.writer() as writer:
            edits = writer.edit(large_edits())
        release = publish(store).release
        assert release is not None
        assert (edits, release.concept_count, release.edge_count) == (163_147, 17_640, 145_506)
        assert shown(neo4j_driver) == WANTED
        check_reading(store)
    with closing(Neo4jStore(neo4j_url, Neo4jSettings(delta=0))) as store:
        label = Label(LabelType.PREFERRED, "en", "renamed")
        renamed = Concept("large:skill.00001", f"{NAMESPACE}skill.00001", "large", ConceptKind.SKILL, (label,))
        with store.writer() as writer:
            writer.edit([put(renamed)])
        assert publish(store).release is not None
        assert shown(neo4j_driver) == WANTED
        assert remains(neo4j_driver, DATABASE) == {}
    assert peak() - before < MEGABYTES


def check_reading(store: Store) -> None:
    graph = load_graph(store)
    assert (len(graph.concepts), graph.edges.count) == (17_640, 145_506)
    assert sum(1 for _ in store.changes(0, 1)) == 163_147
    assert list(store.edits()) == []
