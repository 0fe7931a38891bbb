"""The schema of the database and its version. Uniqueness constraints and range indexes only: Community has no more."""

from typing import LiteralString

from ...errors import StoreVersionError
from .connection import Connection, run

FOUND: LiteralString = "SHOW CONSTRAINTS YIELD name WHERE name = 'skillatlas_meta' RETURN count(*)"
VERSION: LiteralString = "MATCH (m:Meta {name: 'store'}) RETURN m.schema"
COUNT_NODES: LiteralString = "MATCH (n) RETURN count(n)"
AWAIT_INDEXES: LiteralString = "CALL db.awaitIndexes(300)"

# Every statement can be repeated: a process may die between two of them, or two processes may run at once.
SCHEMA_1: tuple[LiteralString, ...] = (
    "CREATE CONSTRAINT skillatlas_meta IF NOT EXISTS FOR (n:Meta) REQUIRE n.name IS UNIQUE",
    "CREATE CONSTRAINT skillatlas_lock IF NOT EXISTS FOR (n:WriterLock) REQUIRE n.name IS UNIQUE",
    "CREATE CONSTRAINT skillatlas_batch IF NOT EXISTS FOR (n:Batch) REQUIRE n.no IS UNIQUE",
    "CREATE CONSTRAINT skillatlas_release IF NOT EXISTS FOR (n:Release) REQUIRE n.number IS UNIQUE",
    "CREATE CONSTRAINT skillatlas_state IF NOT EXISTS FOR (n:SchemeState) REQUIRE (n.release, n.key) IS UNIQUE",
    "CREATE CONSTRAINT skillatlas_change IF NOT EXISTS FOR (n:Change) REQUIRE n.seq IS UNIQUE",
    "CREATE INDEX skillatlas_change_entity IF NOT EXISTS FOR (n:Change) ON (n.sortKey)",
    "CREATE CONSTRAINT skillatlas_edit IF NOT EXISTS FOR (n:Edit) REQUIRE n.no IS UNIQUE",
    "CREATE INDEX skillatlas_edit_entity IF NOT EXISTS FOR (n:Edit) ON (n.sortKey)",
    "CREATE INDEX skillatlas_document IF NOT EXISTS FOR (n:Document) ON (n.key)",
    "CREATE INDEX skillatlas_document_since IF NOT EXISTS FOR (n:Document) ON (n.since)",
    "CREATE INDEX skillatlas_document_until IF NOT EXISTS FOR (n:Document) ON (n.until)",
    "CREATE CONSTRAINT skillatlas_concept IF NOT EXISTS FOR (n:Concept) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX skillatlas_concept_uri IF NOT EXISTS FOR (n:Concept) ON (n.uri)",
    "CREATE CONSTRAINT skillatlas_course IF NOT EXISTS FOR (n:Course) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT skillatlas_scheme IF NOT EXISTS FOR (n:Scheme) REQUIRE n.key IS UNIQUE",
    "CREATE CONSTRAINT skillatlas_external IF NOT EXISTS FOR (n:ExternalConcept) REQUIRE n.uri IS UNIQUE",
    "CREATE CONSTRAINT skillatlas_staged_concept IF NOT EXISTS FOR (n:StagedConcept) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT skillatlas_staged_course IF NOT EXISTS FOR (n:StagedCourse) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT skillatlas_staged_external IF NOT EXISTS FOR (n:StagedExternal) REQUIRE n.uri IS UNIQUE",
)
# Made and deleted at once: it lets the server know every name, which else it warns of until the first use.
NAMES_1: LiteralString = """
CREATE (n:Staged:StagedClause:Retired:Clause:Area:Domain:SkillGroup:Skill:RoleGroup:Role)
CREATE (n)-[:BROADER]->(n) CREATE (n)-[:RELATED]->(n) CREATE (n)-[:REQUIRES]->(n) CREATE (n)-[:ANY_OF]->(n)
CREATE (n)-[:EASES]->(n) CREATE (n)-[:NEEDS]->(n) CREATE (n)-[:TEACHES]->(n) CREATE (n)-[:ASSUMES]->(n)
CREATE (n)-[:REPLACED_BY]->(n) CREATE (n)-[:MAPS_TO]->(n)
SET n = $properties
DETACH DELETE n
"""
PROPERTIES_1 = """
number publishedAt note contentHash conceptCount edgeCount changeCount lastSeq head batch lastEdit clearedEdit
schema name no cleared at release key changedIn seq operation typeRank entityId sortKey scheme body until prev
reason touched token expires since collection id kind lang title url text fingerprint mentions skills
skillMentions skillRequired skillPreferred uri status skillType prefLabel prefLabel_en altLabels hiddenLabels
definition definition_en data replacementKind replacementReason confidence source primary level transfer
necessity importance predicate iri stale hours provider price currency catalogue description outcomes
namespace version licence attribution sourceUrl
"""
START_1: LiteralString = """
MERGE (l:WriterLock {name: 'writer'})
MERGE (m:Meta {name: 'store'})
ON CREATE SET m.schema = 1, m.head = 0, m.lastSeq = 0, m.batch = 0, m.lastEdit = 0, m.clearedEdit = 0
"""
# A figure reckoned from a release.
SCHEMA_2: tuple[LiteralString, ...] = (
    "CREATE CONSTRAINT skillatlas_measure IF NOT EXISTS FOR (n:Measure) REQUIRE (n.release, n.name) IS UNIQUE",
)
REACH_2: LiteralString = "MATCH (m:Meta {name: 'store'}) WHERE m.schema < 2 SET m.schema = 2"
# What people said of forms. Names are made known as by NAMES_1, on a label without a constraint: under one, processes
# that come at once would wait for each other.
SCHEMA_3: tuple[LiteralString, ...] = (
    "CREATE CONSTRAINT skillatlas_override IF NOT EXISTS FOR (n:Override) REQUIRE n.key IS UNIQUE",
)
NAMES_3: LiteralString = "CREATE (n:Retired) SET n = $properties DELETE n"
PROPERTIES_3 = "key scheme collection document formKey form verdict skill release reason"
REACH_3: LiteralString = "MATCH (m:Meta {name: 'store'}) WHERE m.schema < 3 SET m.schema = 3"
LATEST = 3


def prepare(connection: Connection) -> None:
    """Create the schema in an empty database, or bring an older one up to date.

    Raises StoreVersionError for a newer schema or foreign data.
    """
    where = connection.address.shown
    version = _version(connection)
    if version == 0:
        # Read again: another process may have made the schema between the two.
        if connection.read_rows(COUNT_NODES)[0][0] and not _version(connection):
            raise StoreVersionError(f"{where}: holds data of another program; name an empty database with --store")
        properties = dict.fromkeys(PROPERTIES_1.split(), 0)
        connection.write(lambda transaction: run(transaction, NAMES_1, {"properties": properties}))
        for statement in SCHEMA_1:
            connection.write_schema(statement)
        connection.write_schema(AWAIT_INDEXES)
        connection.write(lambda transaction: run(transaction, START_1))
        version = 1
    if version == 1:
        for statement in SCHEMA_2:
            connection.write_schema(statement)
        connection.write_schema(AWAIT_INDEXES)
        connection.write(lambda transaction: run(transaction, REACH_2))
        version = 2
    if version == 2:
        _reach_3(connection)
    elif version != LATEST:
        raise StoreVersionError(
            f"{where}: has schema version {version}, this program knows {LATEST}; use a newer skillatlas"
        )


def _reach_3(connection: Connection) -> None:
    properties = dict.fromkeys(PROPERTIES_3.split(), 0)
    connection.write(lambda transaction: run(transaction, NAMES_3, {"properties": properties}))
    for statement in SCHEMA_3:
        connection.write_schema(statement)
    connection.write_schema(AWAIT_INDEXES)
    connection.write(lambda transaction: run(transaction, REACH_3))


def _version(connection: Connection) -> int:
    if not connection.read_rows(FOUND)[0][0]:
        return 0
    found = connection.read_rows(VERSION)
    return int(found[0][0]) if found else 0
