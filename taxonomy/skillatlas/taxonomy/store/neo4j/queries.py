"""The Cypher of the store proper: log, edits, documents, the writer's lock. Values are parameters throughout.

`Meta` says what counts: releases up to `head`, changes up to `lastSeq`, edits after `clearedEdit` up to `lastEdit`,
batches up to `batch`. One statement moves it; all else is invisible to readers, and swept.
"""

from typing import LiteralString

RELEASE_COLUMNS: LiteralString = (
    "r.number, r.publishedAt, r.note, r.contentHash, r.conceptCount, r.edgeCount, r.changeCount, r.lastSeq"
)
STATE: LiteralString = """
MATCH (m:Meta {name: 'store'}) RETURN m.head, m.lastSeq, m.batch, m.lastEdit, m.clearedEdit
"""

# ---- reading the log --------------------------------------------------------------------------------------------

HEAD: LiteralString = (
    "MATCH (m:Meta {name: 'store'}) MATCH (r:Release) WHERE r.number = m.head RETURN " + RELEASE_COLUMNS
)
RELEASE: LiteralString = (
    "MATCH (m:Meta {name: 'store'}) MATCH (r:Release {number: $number}) WHERE r.number <= m.head RETURN "
    + RELEASE_COLUMNS
)
RELEASES: LiteralString = (
    "MATCH (m:Meta {name: 'store'}) MATCH (r:Release) WHERE r.number <= m.head RETURN "
    + RELEASE_COLUMNS
    + " ORDER BY r.number DESC"
)
SCHEME_STATES: LiteralString = """
MATCH (m:Meta {name: 'store'}) MATCH (s:SchemeState)
WHERE s.release = $release AND s.key > '' AND s.release <= m.head
RETURN s.key, s.contentHash, s.conceptCount, s.changedIn ORDER BY s.key
"""
# Pages in the order of the index, which is that of code points: `sortKey` is the type's rank and the id (`rows.py`).
# Strings are compared by the index alone: where an expression compares them, the server goes by UTF-16 units.
# coalesce, not OR: an OR is planned as a union, which loses the order and reads everything for each page.
# A page comes as one list in one row: 160,000 rows of their own took the driver three times as long.
RECORDS: LiteralString = """
MATCH (c:Change) USING INDEX c:Change(sortKey)
WHERE c.sortKey > $key AND c.sortKey < $end
  AND c.release <= $release AND coalesce(c.until, $release + 1) > $release AND c.body IS NOT NULL
  AND ($scheme IS NULL OR c.scheme = $scheme)
WITH c ORDER BY c.sortKey LIMIT $limit
RETURN collect([c.entityId, c.scheme, c.body])
"""
RECORD: LiteralString = """
MATCH (m:Meta {name: 'store'}) MATCH (c:Change)
WHERE c.sortKey = $key AND c.release <= m.head
  AND c.release <= $release AND coalesce(c.until, $release + 1) > $release AND c.body IS NOT NULL
RETURN c.scheme, c.body ORDER BY c.seq DESC LIMIT 1
"""
CHANGES: LiteralString = """
MATCH (c:Change) WHERE c.seq > $after AND c.seq <= $last
  AND ($scheme IS NULL OR c.scheme = $scheme) AND ($ranks IS NULL OR c.typeRank IN $ranks)
WITH c ORDER BY c.seq LIMIT $limit
MATCH (r:Release {number: c.release})
OPTIONAL MATCH (p:Change {seq: c.prev})
WITH c, r, p ORDER BY c.seq
RETURN collect([
  c.seq, c.release, c.operation, c.typeRank, c.entityId, c.scheme, p.body, c.body, c.reason, r.publishedAt
])
"""
COUNT_CHANGES: LiteralString = """
MATCH (c:Change) WHERE c.seq > $after AND c.seq <= $last
  AND ($scheme IS NULL OR c.scheme = $scheme) AND ($ranks IS NULL OR c.typeRank IN $ranks)
RETURN count(*), max(c.seq)
"""
COUNT_OPERATIONS: LiteralString = """
MATCH (c:Change) WHERE c.seq > $after AND c.seq <= $last
RETURN c.scheme, c.typeRank, c.operation, count(*)
"""
HISTORY: LiteralString = """
MATCH (m:Meta {name: 'store'}) MATCH (c:Change)
WHERE c.sortKey = $key AND c.release <= m.head
MATCH (r:Release {number: c.release})
OPTIONAL MATCH (p:Change {seq: c.prev})
RETURN c.seq, c.release, c.operation, c.typeRank, c.entityId, c.scheme, p.body, c.body, c.reason, r.publishedAt
ORDER BY c.seq
"""
EDGE_HISTORY: LiteralString = """
MATCH (m:Meta {name: 'store'}) UNWIND $keys AS key MATCH (c:Change)
WHERE c.sortKey STARTS WITH key AND c.release <= m.head
MATCH (r:Release {number: c.release})
OPTIONAL MATCH (p:Change {seq: c.prev})
RETURN c.seq, c.release, c.operation, c.typeRank, c.entityId, c.scheme, p.body, c.body, c.reason, r.publishedAt
ORDER BY c.seq
"""
EDITS: LiteralString = """
MATCH (e:Edit) USING INDEX e:Edit(sortKey)
WHERE e.sortKey > $key AND e.sortKey < $end AND e.no > $cleared AND e.no <= $last
WITH e ORDER BY e.sortKey, e.no DESC LIMIT $limit
RETURN collect([
  e.entityId, e.scheme, CASE WHEN $scheme IS NULL OR e.scheme = $scheme THEN e.body END, e.reason
])
"""

# ---- writing ----------------------------------------------------------------------------------------------------

# Rows are lists, not maps: the driver packs 28,000 a second instead of 16,000.
INSERT_EDITS: LiteralString = """
UNWIND $rows AS row
CREATE (:Edit {
  no: row[0], typeRank: row[1], sortKey: row[2], entityId: row[3], scheme: row[4], body: row[5], reason: row[6],
  batch: $batch
})
"""
# A change's row: seq, sortKey, entityId, typeRank, scheme, operation, body, reason, and its predecessor's seq.
PREVIOUS: LiteralString = """
UNWIND $rows AS row
MATCH (p:Change) WHERE p.sortKey = row[1] AND p.until IS NULL
RETURN row[0], p.seq
"""
SUPERSEDE: LiteralString = "UNWIND $pairs AS pair MATCH (p:Change {seq: pair[1]}) SET p.until = $release"
INSERT_CHANGES: LiteralString = """
UNWIND $rows AS row
CREATE (:Change {
  seq: row[0], sortKey: row[1], entityId: row[2], typeRank: row[3], scheme: row[4], operation: row[5], body: row[6],
  reason: row[7], prev: row[8], release: $release
})
"""
INSERT_RELEASE: LiteralString = "CREATE (r:Release) SET r = $release"
INSERT_STATES: LiteralString = "UNWIND $rows AS row CREATE (s:SchemeState) SET s = row"
COUNT_BATCH: LiteralString = """
MATCH (m:Meta {name: 'store'})
SET m.head = $head, m.lastSeq = $lastSeq, m.batch = $batch, m.lastEdit = $lastEdit, m.clearedEdit = $clearedEdit
CREATE (:Batch {no: $batch, cleared: $clearedEdit, at: datetime.realtime().epochMillis})
"""

# ---- documents --------------------------------------------------------------------------------------------------

FINGERPRINT: LiteralString = """
MATCH (m:Meta {name: 'store'}) MATCH (d:Document {key: $key})
WHERE d.since <= m.batch AND coalesce(d.until, m.batch + 1) > m.batch
RETURN d.fingerprint
"""
SUPERSEDE_DOCUMENTS: LiteralString = """
UNWIND $keys AS key MATCH (d:Document {key: key}) WHERE d.until IS NULL SET d.until = $batch
"""
INSERT_DOCUMENTS: LiteralString = "UNWIND $rows AS row CREATE (d:Document) SET d = row"
READINGS: LiteralString = """
MATCH (d:Document)
WHERE d.scheme = $scheme AND ($collection IS NULL OR d.collection = $collection) AND ($kind IS NULL OR d.kind = $kind)
  AND d.since <= $batch AND coalesce(d.until, $batch + 1) > $batch
RETURN d.collection, d.id, d.key
"""
READINGS_OF: LiteralString = """
UNWIND $keys AS key MATCH (d:Document {key: key})
WHERE d.since <= $batch AND coalesce(d.until, $batch + 1) > $batch
RETURN d.collection, d.id, d.kind, d.lang, d.mentions
"""
TEXT: LiteralString = """
MATCH (m:Meta {name: 'store'}) MATCH (d:Document {key: $key})
WHERE d.since <= m.batch AND coalesce(d.until, m.batch + 1) > m.batch
RETURN d.text
"""
COUNT_DOCUMENTS: LiteralString = """
MATCH (d:Document)
WHERE d.scheme = $scheme AND ($collection IS NULL OR d.collection = $collection) AND ($kind IS NULL OR d.kind = $kind)
  AND d.since <= $batch AND coalesce(d.until, $batch + 1) > $batch
RETURN count(*)
"""
OBSERVED: LiteralString = """
MATCH (d:Document)
WHERE d.scheme = $scheme AND ($collection IS NULL OR d.collection = $collection) AND ($kind IS NULL OR d.kind = $kind)
  AND d.since <= $batch AND coalesce(d.until, $batch + 1) > $batch
WITH d.skills AS skills, d.skillMentions AS mentions, d.skillRequired AS required, d.skillPreferred AS preferred
UNWIND range(0, size(skills) - 1) AS i
WITH skills[i] AS skill, mentions[i] AS mentions, required[i] AS required, preferred[i] AS preferred
RETURN skill, count(*), sum(mentions), sum(CASE WHEN required > 0 THEN 1 ELSE 0 END),
  sum(CASE WHEN preferred > 0 THEN 1 ELSE 0 END)
"""

# ---- measures ---------------------------------------------------------------------------------------------------

# Written in the transaction that lets a batch count: there is nothing of them to be swept.
MEASURE: LiteralString = """
MATCH (m:Meta {name: 'store'}) MATCH (n:Measure {release: $release, name: $name})
WHERE n.release <= m.head
RETURN n.body
"""
PUT_MEASURES: LiteralString = """
UNWIND $rows AS row
MERGE (n:Measure {release: row[0], name: row[1]}) SET n.body = row[2]
"""

# ---- overrides --------------------------------------------------------------------------------------------------

# Few, and written like measures in the transaction that lets a batch count.
OVERRIDES: LiteralString = """
MATCH (o:Override) WHERE $scheme IS NULL OR o.scheme = $scheme
RETURN o.scheme, o.collection, o.document, o.formKey, o.form, o.verdict, o.skill, o.release, o.reason
"""
PUT_OVERRIDES: LiteralString = "UNWIND $rows AS row MERGE (o:Override {key: row.key}) SET o = row"
REMOVE_OVERRIDES: LiteralString = "UNWIND $keys AS key MATCH (o:Override {key: key}) DELETE o"

# ---- the writer's lock ------------------------------------------------------------------------------------------

# Setting a property takes the node's lock until the transaction ends: who has it sees the token as it stands.
LOCK_TOUCH: LiteralString = "MATCH (l:WriterLock {name: 'writer'}) SET l.touched = coalesce(l.touched, 0) + 1"
LOCK_STATE: LiteralString = """
MATCH (l:WriterLock {name: 'writer'})
RETURN l.token, coalesce(l.expires, 0) > datetime.realtime().epochMillis
"""
LOCK_TAKE: LiteralString = """
MATCH (l:WriterLock {name: 'writer'}) SET l.token = $token, l.expires = datetime.realtime().epochMillis + $lease
"""
LOCK_RENEW: LiteralString = """
MATCH (l:WriterLock {name: 'writer'}) WHERE l.token = $token
SET l.expires = datetime.realtime().epochMillis + $lease
"""
LOCK_RELEASE: LiteralString = """
MATCH (l:WriterLock {name: 'writer'}) WHERE l.token = $token REMOVE l.token, l.expires
"""

# ---- sweeping: each statement takes a part, and is repeated until it finds nothing ------------------------------

SWEEP: tuple[LiteralString, ...] = (
    """
    MATCH (m:Meta {name: 'store'}) MATCH (c:Change) WHERE c.seq > m.lastSeq WITH m, c LIMIT $limit
    OPTIONAL MATCH (p:Change {seq: c.prev}) WHERE p.seq <= m.lastSeq
    SET p.until = null DELETE c RETURN count(*)
    """,
    """
    MATCH (m:Meta {name: 'store'}) MATCH (r:Release) WHERE r.number > m.head
    WITH r LIMIT $limit DELETE r RETURN count(*)
    """,
    """
    MATCH (m:Meta {name: 'store'}) MATCH (s:SchemeState) WHERE s.release > m.head
    WITH s LIMIT $limit DELETE s RETURN count(*)
    """,
    """
    MATCH (m:Meta {name: 'store'}) MATCH (e:Edit) WHERE e.no > m.lastEdit
    WITH e LIMIT $limit DELETE e RETURN count(*)
    """,
    """
    MATCH (m:Meta {name: 'store'}) MATCH (d:Document) WHERE d.since > m.batch
    WITH d LIMIT $limit DELETE d RETURN count(*)
    """,
    """
    MATCH (m:Meta {name: 'store'}) MATCH (d:Document) WHERE d.until > m.batch
    WITH d LIMIT $limit SET d.until = null RETURN count(*)
    """,
)
SWEEP_STAGED: tuple[LiteralString, ...] = (
    "MATCH (:Staged)-[r]-() WITH DISTINCT r LIMIT $limit DELETE r RETURN count(*)",
    "MATCH (n:Staged) WITH n LIMIT $limit DELETE n RETURN count(*)",
)
SWEEP_RETIRED: tuple[LiteralString, ...] = (
    "MATCH (:Retired)-[r]-() WITH DISTINCT r LIMIT $limit DELETE r RETURN count(*)",
    "MATCH (n:Retired) WITH n LIMIT $limit DELETE n RETURN count(*)",
)
GARBAGE: LiteralString = """
MATCH (b:Batch) WHERE b.at < datetime.realtime().epochMillis - $grace
RETURN max(b.no), max(b.cleared)
"""
COLLECT_EDITS: LiteralString = "MATCH (e:Edit) WHERE e.no <= $cleared WITH e LIMIT $limit DELETE e RETURN count(*)"
COLLECT_DOCUMENTS: LiteralString = (
    "MATCH (d:Document) WHERE d.until <= $batch WITH d LIMIT $limit DELETE d RETURN count(*)"
)
COLLECT_BATCHES: LiteralString = "MATCH (b:Batch) WHERE b.no <= $batch DELETE b"
