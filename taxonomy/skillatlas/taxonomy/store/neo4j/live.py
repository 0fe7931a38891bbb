"""Bringing the explorable graph from one release to the next, so that a person never meets one half-way.

Concepts that are new, and what lies between two of them, are staged in batches; what touches concepts that are
there already waits for the last transaction. Where that would be too much for one transaction, the whole graph is
staged anew from the log, and the last transaction only lets the two change places.
"""

from collections.abc import Iterable
from typing import LiteralString

import orjson

from ...entities import Record, from_json, from_record
from ...model import Broader, Concept, Course, Eases, Entity, EntityType, MapsTo, Needs, Related, Requires, Scheme
from ..port import NewChange
from . import live_queries as q
from . import live_rows as to
from .connection import Transaction, run
from .live_rows import LiveRow
from .lock import WriterLock
from .settings import Neo4jSettings


class LiveGraph:
    """The next state of the graph, as far as it is known. Schemes and concepts must come before edges and courses."""

    def __init__(self, lock: WriterLock, settings: Neo4jSettings, *, whole: bool) -> None:
        """`whole`: it takes the old graph's place, instead of changing it."""
        self._lock = lock
        self._settings = settings
        self._whole = whole
        self._staged: set[str] = set()
        self._staged_uris: dict[str, str] = {}
        self._staging: dict[LiteralString, list[LiveRow]] = {statement: [] for statement in q.STAGING}
        self._late: dict[LiteralString, list[LiveRow]] = {statement: [] for statement in (*q.REMOVALS, *q.ADDITIONS)}
        self._replaced: list[LiveRow] = []
        self._waiting = 0
        self._weight = 0

    @property
    def too_large(self) -> bool:
        """Whether the last transaction would have to carry more than one can."""
        return not self._whole and self._weight > self._settings.delta

    def take_changes(self, changes: Iterable[NewChange]) -> None:
        """Add changes of a release, in their order; does nothing once it is too large."""
        for change in changes:
            if self.too_large:
                return
            before = None if change.before is None else from_json(change.entity_type, orjson.loads(change.before))
            after = None if change.after is None else from_json(change.entity_type, orjson.loads(change.after))
            if isinstance(before, Concept) and isinstance(after, Concept):
                self._update(before, after)
                continue
            if before is not None and not (after is not None and change.entity_type is EntityType.SCHEME):
                self._remove(before)
            if after is not None:
                self._add(after)

    def take_records(self, records: Iterable[Record]) -> None:
        """Add all entities of a release, in the order of dumps."""
        for record in records:
            self._add(from_record(record))

    def finish_staging(self) -> None:
        """Write what is left to stage; nothing is added afterwards."""
        for row in self._replaced:
            if row["from"] in self._staged and row["to"] in self._staged:
                self._stage(q.STAGE_EDGES, row)
            elif self._whole:
                self._stage_external(q.STAGE_EXTERNAL_EDGES, row)
            else:
                self._wait(q.ADD_REPLACEMENTS, row)
        self._replaced.clear()
        self._flush()

    def apply(self, transaction: Transaction) -> None:
        """The last transaction: afterwards the graph is the new release."""
        for statement in q.RETIRE if self._whole else q.REMOVALS:
            self._run_late(transaction, statement)
        labels = {"labels": q.KIND_LABELS}
        for statement in q.APPEAR:
            run(transaction, statement, labels)
        for statement in q.ADDITIONS:
            self._run_late(transaction, statement)
        run(transaction, q.ADOPT_EXTERNALS)
        run(transaction, q.DROP_EXTERNALS)

    def _run_late(self, transaction: Transaction, statement: LiteralString) -> None:
        if statement in q.RETIRE:
            run(transaction, statement)
            return
        waiting = self._late[statement]
        for start in range(0, len(waiting), self._settings.batch):
            part = waiting[start : start + self._settings.batch]
            run(transaction, statement, {"rows": part, "labels": q.KIND_LABELS})

    def _stage(self, statement: LiteralString, row: LiveRow) -> None:
        self._staging[statement].append(row)
        self._waiting += 1
        if self._waiting >= self._settings.batch:
            self._flush()

    def _flush(self) -> None:
        for statement, waiting in self._staging.items():
            if waiting:
                self._lock.execute(statement, {"rows": waiting})
                self._staging[statement] = []
        self._waiting = 0

    def _wait(self, statement: LiteralString, row: LiveRow, weight: int = 1) -> None:
        self._late[statement].append(row)
        self._weight += weight

    def _stage_external(self, statement: LiteralString, row: LiveRow) -> None:
        self._stage(q.STAGE_EXTERNALS, {"uri": row["uri"]})
        self._stage(statement, row)

    def _add(self, entity: Entity) -> None:
        match entity:
            case Concept():
                self._staged.add(entity.id)
                self._staged_uris[entity.uri] = entity.id
                self._stage(q.STAGE_CONCEPTS, to.concept_row(entity))
                self._replaced += to.replacement_rows(entity.id, entity.replacement)
            case Scheme():
                self._wait(q.PUT_SCHEMES, to.scheme_row(entity))
            case Course():
                self._add_course(entity)
            case Requires():
                row = to.clause_row(entity)
                if self._staged.issuperset((entity.from_id, *entity.any_of)):
                    self._stage(q.STAGE_CLAUSES, row)
                else:
                    self._wait(q.ADD_CLAUSES, row, 1 + len(entity.any_of))
            case MapsTo():
                self._add_mapping(entity)
            case Broader() | Related() | Eases() | Needs():
                both = entity.from_id in self._staged and entity.to_id in self._staged
                (self._stage if both else self._wait)(q.STAGE_EDGES if both else q.ADD_EDGES, to.edge_row(entity))

    def _add_mapping(self, edge: MapsTo) -> None:
        row = to.mapping_row(edge)
        target = edge.to_id if edge.to_id in self._staged else self._staged_uris.get(edge.iri)
        if edge.from_id in self._staged and target is not None:
            self._stage(q.STAGE_EDGES, {**row, "to": target})
        elif self._whole:
            self._stage_external(q.STAGE_EXTERNAL_EDGES, row)
        else:
            self._wait(q.ADD_MAPPINGS, row)
            self._wait(q.ADD_EXTERNAL_MAPPINGS, row)

    def _add_course(self, course: Course) -> None:
        teaches, assumes = to.teaches_rows(course), to.assumes_rows(course)
        if not self._whole:
            # Skills that are there already and skills that come with it are alike in the last transaction.
            self._wait(q.ADD_COURSES, to.course_row(course))
            for row in teaches:
                self._wait(q.ADD_TEACHES, row)
                self._wait(q.ADD_EXTERNAL_TEACHES, row)
            for row in assumes:
                self._wait(q.ADD_ASSUMES, row, 1 + len(row["anyOf"]))
            return
        self._stage(q.STAGE_COURSES, to.course_row(course))
        for row in teaches:
            if row["to"] in self._staged:
                self._stage(q.STAGE_TEACHES, row)
            else:
                self._stage_external(q.STAGE_EXTERNAL_TEACHES, row)
        for row in assumes:
            for option in row["anyOf"]:
                if option["skill"] not in self._staged:
                    self._stage(q.STAGE_EXTERNALS, {"uri": option["skill"]})
            self._stage(q.STAGE_ASSUMES, row)

    def _update(self, before: Concept, after: Concept) -> None:
        self._wait(q.UPDATE_CONCEPTS, to.concept_row(after))
        if before.replacement != after.replacement:
            self._wait(q.UNLINK_REPLACED, {"id": after.id})
            self._replaced += to.replacement_rows(after.id, after.replacement)

    def _remove(self, entity: Entity) -> None:
        match entity:
            case Concept():
                self._wait(q.REMOVE_CONCEPTS, {"id": entity.id})
            case Scheme():
                self._wait(q.REMOVE_SCHEMES, {"id": entity.key})
            case Course():
                self._wait(q.REMOVE_COURSES, {"id": entity.id})
            case Requires():
                row = to.clause_row(entity)
                self._wait(q.REMOVE_CLAUSES, {"from": row["from"], "id": row["id"]})
            case MapsTo():
                row = to.mapping_row(entity)
                self._wait(q.REMOVE_MAPPINGS, {key: row[key] for key in ("from", "predicate", "uri")})
            case Broader() | Related() | Eases() | Needs():
                row = to.edge_row(entity)
                self._wait(q.REMOVE_EDGES, {key: row[key] for key in ("type", "from", "to")})
