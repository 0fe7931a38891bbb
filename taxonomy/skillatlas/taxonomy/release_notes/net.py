"""Net changes: what differs between two releases, however often it changed on the way."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from ..entities import TYPE_RANK
from ..model import EntityType
from ..store.port import Change, ChangeOperation, OperationCount, Store


@dataclass(frozen=True, slots=True)
class NetChange:
    """One entity that differs: `before` and `after` are whole canonical bodies; `reason` is that of the last change."""

    operation: ChangeOperation
    entity_type: EntityType
    entity_id: str
    scheme: str
    before: bytes | None
    after: bytes | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class NetChanges:
    """All that differs between the releases `start` and `end`, by type and id; of one `scheme` if it is named."""

    start: int
    end: int
    scheme: str | None
    changes: tuple[NetChange, ...]

    def counts(self) -> list[OperationCount]:
        """Counted by scheme, entity type and operation."""
        found = Counter((change.scheme, change.entity_type, change.operation) for change in self.changes)
        rows = (OperationCount(*key, count) for key, count in found.items())
        return sorted(rows, key=lambda row: (row.scheme, TYPE_RANK[row.entity_type], row.operation))

    def totals(self) -> Mapping[ChangeOperation, int]:
        """How many entities were created, updated, deprecated, restored and removed; every operation is there."""
        found = Counter(change.operation for change in self.changes)
        return {operation: found[operation] for operation in ChangeOperation}


def find_net_changes(store: Store, start: int, end: int, *, scheme: str | None = None) -> NetChanges:
    """Compare two published releases by the log between them. `start` 0 is the empty release; `start` <= `end`."""
    first: dict[tuple[int, str], bytes | None] = {}
    last: dict[tuple[int, str], Change] = {}
    if start < end:
        for change in store.changes(start, end, scheme=scheme):
            key = TYPE_RANK[change.entity_type], change.entity_id
            first.setdefault(key, change.before)
            last[key] = change
    found = []
    for key in sorted(last):
        change, before = last[key], first[key]
        # Within one release the log is net already.
        operation = change.operation if end - start == 1 else net_operation(change.entity_type, before, change.after)
        if operation is not None:
            found.append(
                NetChange(
                    operation,
                    change.entity_type,
                    change.entity_id,
                    change.scheme,
                    before,
                    change.after,
                    change.reason,
                )
            )
    return NetChanges(start, end, scheme, tuple(found))


def net_operation(kind: EntityType, before: bytes | None, after: bytes | None) -> ChangeOperation | None:
    """What became of an entity; None where it is as it was."""
    if before == after:
        return None
    if before is None:
        return ChangeOperation.CREATE
    if after is None:
        return ChangeOperation.REMOVE
    if kind is EntityType.CONCEPT:
        was, will = (orjson.loads(body)["status"] for body in (before, after))
        if was != will:
            return ChangeOperation.DEPRECATE if will == "DEPRECATED" else ChangeOperation.RESTORE
    return ChangeOperation.UPDATE
