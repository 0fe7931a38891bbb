"""The SQL of the SQLite adapter. Values are parameters; nothing is formatted into a statement."""

SCHEMA_1 = """
CREATE TABLE release (
    number INTEGER PRIMARY KEY, published_at TEXT NOT NULL, note TEXT, content_hash TEXT NOT NULL,
    concept_count INTEGER NOT NULL, edge_count INTEGER NOT NULL, change_count INTEGER NOT NULL,
    last_seq INTEGER NOT NULL
) STRICT;
CREATE TABLE scheme_state (
    release INTEGER NOT NULL, key TEXT NOT NULL, content_hash TEXT NOT NULL,
    concept_count INTEGER NOT NULL, changed_in INTEGER NOT NULL, PRIMARY KEY (release, key)
) STRICT, WITHOUT ROWID;
-- The log. A row is a change and the entity's state from `release` on, until release `until`.
CREATE TABLE change (
    seq INTEGER PRIMARY KEY, release INTEGER NOT NULL, operation TEXT NOT NULL, type_rank INTEGER NOT NULL,
    entity_id TEXT NOT NULL, scheme TEXT NOT NULL, body BLOB, until INTEGER, prev INTEGER, reason TEXT
) STRICT;
CREATE UNIQUE INDEX change_current ON change (type_rank, entity_id) WHERE until IS NULL;
CREATE INDEX change_entity ON change (type_rank, entity_id, release, until);
CREATE TABLE edit (
    type_rank INTEGER NOT NULL, entity_id TEXT NOT NULL, scheme TEXT NOT NULL, body BLOB, reason TEXT,
    PRIMARY KEY (type_rank, entity_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE document (
    collection TEXT NOT NULL, id TEXT NOT NULL, scheme TEXT NOT NULL, kind TEXT NOT NULL, lang TEXT NOT NULL,
    title TEXT, url TEXT, text TEXT NOT NULL, fingerprint TEXT NOT NULL, release INTEGER NOT NULL,
    mentions BLOB NOT NULL, PRIMARY KEY (collection, id, scheme)
) STRICT;
CREATE INDEX document_selection ON document (scheme, collection, kind, id);
CREATE TABLE mention_count (
    collection TEXT NOT NULL, document TEXT NOT NULL, scheme TEXT NOT NULL, skill TEXT NOT NULL,
    mentions INTEGER NOT NULL, required INTEGER NOT NULL, preferred INTEGER NOT NULL,
    PRIMARY KEY (collection, document, scheme, skill)
) STRICT, WITHOUT ROWID;
"""

SCHEMA_2 = """
CREATE TABLE measure (
    release INTEGER NOT NULL, name TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (release, name)
) STRICT, WITHOUT ROWID
"""

# No NULL in a key: the empty text stands for everywhere.
SCHEMA_3 = """
CREATE TABLE override (
    scheme TEXT NOT NULL, collection TEXT NOT NULL, document TEXT NOT NULL, key TEXT NOT NULL,
    form TEXT NOT NULL, verdict TEXT NOT NULL, skill TEXT, release INTEGER NOT NULL, reason TEXT,
    PRIMARY KEY (scheme, collection, document, key)
) STRICT, WITHOUT ROWID
"""

MIGRATIONS: tuple[str, ...] = (SCHEMA_1, SCHEMA_2, SCHEMA_3)
"""Statement sets that bring a store from version n to n + 1."""

RELEASE_COLUMNS = "number, published_at, note, content_hash, concept_count, edge_count, change_count, last_seq"
HEAD = f"SELECT {RELEASE_COLUMNS} FROM release ORDER BY number DESC LIMIT 1"
RELEASE = f"SELECT {RELEASE_COLUMNS} FROM release WHERE number = ?"
RELEASES = f"SELECT {RELEASE_COLUMNS} FROM release ORDER BY number DESC"
INSERT_RELEASE = f"INSERT INTO release ({RELEASE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
HEAD_NUMBER = "SELECT coalesce(max(number), 0) FROM release"

SCHEME_STATES = "SELECT key, content_hash, concept_count, changed_in FROM scheme_state WHERE release = ? ORDER BY key"
INSERT_SCHEME_STATE = "INSERT INTO scheme_state VALUES (?, ?, ?, ?, ?)"

# `types` and `scheme` are optional filters: a JSON list of ranks or NULL, a key or NULL.
RECORDS_CURRENT = """
SELECT type_rank, entity_id, scheme, body FROM change
WHERE until IS NULL AND body IS NOT NULL
  AND (:scheme IS NULL OR scheme = :scheme)
  AND (:types IS NULL OR type_rank IN (SELECT value FROM json_each(:types)))
ORDER BY type_rank, entity_id
"""
RECORDS_AT = """
SELECT type_rank, entity_id, scheme, body FROM change INDEXED BY change_entity
WHERE release <= :release AND (until IS NULL OR until > :release) AND body IS NOT NULL
  AND (:scheme IS NULL OR scheme = :scheme)
  AND (:types IS NULL OR type_rank IN (SELECT value FROM json_each(:types)))
ORDER BY type_rank, entity_id
"""
RECORD_AT = """
SELECT type_rank, entity_id, scheme, body FROM change
WHERE type_rank = :type_rank AND entity_id = :entity_id
  AND release <= :release AND (until IS NULL OR until > :release) AND body IS NOT NULL
"""

EDITS = """
SELECT type_rank, entity_id, scheme, body, reason FROM edit
WHERE :scheme IS NULL OR scheme = :scheme ORDER BY type_rank, entity_id
"""
PUT_EDIT = "INSERT OR REPLACE INTO edit VALUES (?, ?, ?, ?, ?)"
CLEAR_EDITS = "DELETE FROM edit"

CHANGES = """
SELECT c.seq, c.release, c.operation, c.type_rank, c.entity_id, c.scheme, p.body, c.body, c.reason,
       r.published_at
FROM change c JOIN release r ON r.number = c.release LEFT JOIN change p ON p.seq = c.prev
WHERE c.seq > :after AND c.seq <= :last
  AND (:scheme IS NULL OR c.scheme = :scheme)
  AND (:types IS NULL OR c.type_rank IN (SELECT value FROM json_each(:types)))
ORDER BY c.seq LIMIT :limit
"""
COUNT_CHANGES = """
SELECT count(*), max(seq) FROM change
WHERE seq > :after AND seq <= :last
  AND (:scheme IS NULL OR scheme = :scheme)
  AND (:types IS NULL OR type_rank IN (SELECT value FROM json_each(:types)))
"""
COUNT_OPERATIONS = """
SELECT scheme, type_rank, operation, count(*) FROM change
WHERE seq > :after AND seq <= :last
GROUP BY scheme, type_rank, operation ORDER BY scheme, type_rank, operation
"""
HISTORY = """
SELECT c.seq, c.release, c.operation, c.type_rank, c.entity_id, c.scheme, p.body, c.body, c.reason,
       r.published_at
FROM change c JOIN release r ON r.number = c.release LEFT JOIN change p ON p.seq = c.prev
WHERE c.type_rank = :type_rank AND c.entity_id = :entity_id ORDER BY c.seq
"""
# The ids of one type of edge from one concept stand between two texts: `TYPE|from|` and the same with the next sign.
EDGE_HISTORY = """
SELECT c.seq, c.release, c.operation, c.type_rank, c.entity_id, c.scheme, p.body, c.body, c.reason,
       r.published_at
FROM change c INDEXED BY change_entity JOIN release r ON r.number = c.release LEFT JOIN change p ON p.seq = c.prev
WHERE c.type_rank = :type_rank AND c.entity_id >= :first AND c.entity_id < :beyond
"""
CURRENT_SEQ = "SELECT seq FROM change WHERE type_rank = ? AND entity_id = ? AND until IS NULL"
SUPERSEDE = "UPDATE change SET until = ? WHERE seq = ?"
INSERT_CHANGE = (
    "INSERT INTO change (seq, release, operation, type_rank, entity_id, scheme, body, until, prev, reason) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)"
)

FINGERPRINT = "SELECT fingerprint FROM document WHERE collection = ? AND id = ? AND scheme = ?"
PUT_DOCUMENT = "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
CLEAR_COUNTS = "DELETE FROM mention_count WHERE collection = ? AND document = ? AND scheme = ?"
PUT_COUNT = "INSERT INTO mention_count VALUES (?, ?, ?, ?, ?, ?, ?)"
MEASURE = "SELECT body FROM measure WHERE release = ? AND name = ?"
PUT_MEASURE = "INSERT OR REPLACE INTO measure VALUES (?, ?, ?)"
OVERRIDES = """
SELECT scheme, collection, document, key, form, verdict, skill, release, reason FROM override
WHERE :scheme IS NULL OR scheme = :scheme ORDER BY scheme, collection, document, key
"""
PUT_OVERRIDE = "INSERT OR REPLACE INTO override VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
REMOVE_OVERRIDE = "DELETE FROM override WHERE scheme = ? AND collection = ? AND document = ? AND key = ?"
READINGS = """
SELECT collection, id, kind, lang, mentions FROM document
WHERE scheme = :scheme AND (:collection IS NULL OR collection = :collection) AND (:kind IS NULL OR kind = :kind)
ORDER BY collection, id
"""
TEXT = "SELECT text FROM document WHERE collection = ? AND id = ? AND scheme = ?"
COUNT_DOCUMENTS = """
SELECT count(*) FROM document
WHERE scheme = :scheme AND (:collection IS NULL OR collection = :collection)
  AND (:kind IS NULL OR kind = :kind)
"""
OBSERVED = """
SELECT m.skill, count(*), sum(m.mentions), sum(m.required > 0), sum(m.preferred > 0)
FROM document d JOIN mention_count m
  ON m.collection = d.collection AND m.document = d.id AND m.scheme = d.scheme
WHERE d.scheme = :scheme AND (:collection IS NULL OR d.collection = :collection)
  AND (:kind IS NULL OR d.kind = :kind)
GROUP BY m.skill ORDER BY 2 DESC, m.skill
"""
