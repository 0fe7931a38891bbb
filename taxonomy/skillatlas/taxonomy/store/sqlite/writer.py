"""Writing to SQLite, inside the one transaction that `SqliteStore.writer` holds."""

import sqlite3
from collections.abc import Iterable

from ...entities import TYPE_RANK
from ...errors import StoreBusyError
from ..port import Document, Edit, NewChange, Override, Release, SchemeState
from . import queries


class SqliteWriter:
    """See `Writer` for the contract of each method."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def edit(self, edits: Iterable[Edit]) -> int:
        """Add unpublished edits."""
        rows = ((TYPE_RANK[edit.entity_type], edit.entity_id, edit.scheme, edit.body, edit.reason) for edit in edits)
        return self._connection.executemany(queries.PUT_EDIT, rows).rowcount

    def discard_edits(self) -> None:
        """Forget all unpublished edits."""
        self._connection.execute(queries.CLEAR_EDITS)

    def publish(self, release: Release, states: Iterable[SchemeState], changes: Iterable[NewChange]) -> None:
        """Append a release."""
        execute = self._connection.execute
        head = execute(queries.HEAD_NUMBER).fetchone()[0]
        if release.number != head + 1:
            raise StoreBusyError(f"release {head} was published meanwhile; nothing was written, publish again")
        seq = release.last_seq - release.change_count
        for change in changes:
            seq += 1
            rank = TYPE_RANK[change.entity_type]
            previous = execute(queries.CURRENT_SEQ, (rank, change.entity_id)).fetchone()
            if previous:
                execute(queries.SUPERSEDE, (release.number, previous[0]))
            execute(
                queries.INSERT_CHANGE,
                (
                    seq,
                    release.number,
                    change.operation,
                    rank,
                    change.entity_id,
                    change.scheme,
                    change.after,
                    previous and previous[0],
                    change.reason,
                ),
            )
        if seq != release.last_seq:
            raise ValueError(f"{release.change_count} changes announced, the last seq is {seq}")
        self._connection.executemany(
            queries.INSERT_SCHEME_STATE,
            (
                (release.number, state.key, state.content_hash, state.concept_count, state.changed_in)
                for state in states
            ),
        )
        execute(
            queries.INSERT_RELEASE,
            (
                release.number,
                release.published_at,
                release.note,
                release.content_hash,
                release.concept_count,
                release.edge_count,
                release.change_count,
                release.last_seq,
            ),
        )
        execute(queries.CLEAR_EDITS)

    def add_documents(self, documents: Iterable[Document]) -> int:
        """Store documents with their counts."""
        stored = 0
        for document in documents:
            key = (document.collection, document.id, document.scheme)
            self._connection.execute(queries.CLEAR_COUNTS, key)
            self._connection.execute(
                queries.PUT_DOCUMENT,
                (
                    *key,
                    document.kind,
                    document.lang,
                    document.title,
                    document.url,
                    document.text,
                    document.fingerprint,
                    document.release,
                    document.mentions,
                ),
            )
            self._connection.executemany(
                queries.PUT_COUNT,
                ((*key, count.skill, count.mentions, count.required, count.preferred) for count in document.counts),
            )
            stored += 1
        return stored

    def put_overrides(self, overrides: Iterable[Override]) -> int:
        """Keep what people said of forms."""
        rows = ((*one.place, one.form, one.verdict, one.skill, one.release, one.reason) for one in overrides)
        return max(0, self._connection.executemany(queries.PUT_OVERRIDE, rows).rowcount)

    def remove_overrides(self, overrides: Iterable[Override]) -> int:
        """Forget what people said."""
        places = [one.place for one in overrides]
        self._connection.executemany(queries.REMOVE_OVERRIDE, places)
        return len(places)

    def put_measure(self, release: int, name: str, body: bytes) -> None:
        """Keep a figure that was reckoned from a release."""
        self._connection.execute(queries.PUT_MEASURE, (release, name, body))
