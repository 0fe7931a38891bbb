"""Documents and what was read in them: versions of nodes, of which the finished batches say which one counts."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from ..port import Document, Observation, ObservedSkill, Reading
from . import queries
from .connection import Connection, Transaction, rows, run
from .lock import WriterLock
from .rows import batches
from .settings import Neo4jSettings


def document_key(collection: str, document_id: str, scheme: str) -> str:
    """One indexed text for the three that name a document; an id may be longer than an index takes."""
    return hashlib.sha256("\0".join((scheme, collection, document_id)).encode()).hexdigest()


def write_documents(lock: WriterLock, settings: Neo4jSettings, batch: int, documents: Iterable[Document]) -> int:
    """Store documents as part of `batch`; returns how many came."""
    stored = 0
    for part in batches(documents, settings.batch, settings.batch_bytes, _weight):
        # A document that comes twice at once counts as it came last.
        found = {document_key(item.collection, item.id, item.scheme): item for item in part}
        parameters = {
            "batch": batch,
            "keys": list(found),
            "rows": [_row(key, batch, item) for key, item in found.items()],
        }

        def work(transaction: Transaction, parameters: dict[str, Any] = parameters) -> None:
            run(transaction, queries.SUPERSEDE_DOCUMENTS, parameters)
            run(transaction, queries.INSERT_DOCUMENTS, parameters)

        lock.write(work)
        stored += len(part)
    return stored


def _weight(document: Document) -> int:
    return len(document.text) + len(document.mentions)


def _row(key: str, batch: int, document: Document) -> dict[str, Any]:
    return {
        "key": key,
        "since": batch,
        "collection": document.collection,
        "id": document.id,
        "scheme": document.scheme,
        "kind": document.kind,
        "lang": document.lang,
        "title": document.title,
        "url": document.url,
        "fingerprint": document.fingerprint,
        "release": document.release,
        # Counts as lists side by side: a document is replaced as one node, and no skill collects a million edges.
        "skills": [count.skill for count in document.counts],
        "skillMentions": [count.mentions for count in document.counts],
        "skillRequired": [count.required for count in document.counts],
        "skillPreferred": [count.preferred for count in document.counts],
        "text": document.text,
        "mentions": document.mentions.decode(),
    }


def read_fingerprint(connection: Connection, collection: str, document_id: str, scheme: str) -> str | None:
    """The fingerprint under which a document was last read."""
    found = connection.read_rows(queries.FINGERPRINT, {"key": document_key(collection, document_id, scheme)})
    return found[0][0] if found else None


def read_text(connection: Connection, collection: str, document_id: str, scheme: str) -> str | None:
    """The text of a document."""
    found = connection.read_rows(queries.TEXT, {"key": document_key(collection, document_id, scheme)})
    return found[0][0] if found else None


def read_readings(
    connection: Connection, settings: Neo4jSettings, scheme: str, collection: str | None, kind: str | None
) -> Iterator[Reading]:
    """What was read in documents, as of one batch: first which there are, then a page of them at a time."""
    batch = connection.read_rows(queries.STATE)[0][2]
    parameters = {"scheme": scheme, "collection": collection, "kind": kind, "batch": batch}
    keys = [key for _, _, key in sorted(connection.read_rows(queries.READINGS, parameters))]
    for start in range(0, len(keys), settings.readings):
        part = connection.read_rows(
            queries.READINGS_OF, {"keys": keys[start : start + settings.readings], "batch": batch}
        )
        for found, document_id, sort, lang, mentions in sorted(part):
            yield Reading(found, document_id, sort, lang, mentions.encode())


def read_observed(connection: Connection, scheme: str, collection: str | None, kind: str | None) -> Observation:
    """Aggregated counts, both numbers as of one batch."""

    def work(transaction: Transaction) -> Observation:
        batch = rows(transaction, queries.STATE)[0][2]
        parameters = {"scheme": scheme, "collection": collection, "kind": kind, "batch": batch}
        documents = rows(transaction, queries.COUNT_DOCUMENTS, parameters)[0][0]
        skills = [ObservedSkill(*row) for row in rows(transaction, queries.OBSERVED, parameters)]
        return Observation(documents, tuple(sorted(skills, key=lambda found: (-found.documents, found.skill))))

    return connection.read(work)
