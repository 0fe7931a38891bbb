"""Between the port's values and the rows that statements take and give."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, TypeVar

from ...entities import TYPE_RANK
from ...model import EntityType
from ..port import Change, ChangeOperation, Edit, NewChange, Release, SchemeState
from .connection import Row

TYPES = tuple(EntityType)
_SORT_KEY_BYTES = 4000  # an index of Neo4j takes about 8,000 bytes a key
_T = TypeVar("_T")


def sort_key(entity_type: EntityType, entity_id: str) -> str:
    """The place of an entity in a dump, as one indexed text. Long ids are cut: compare the id besides."""
    text = f"{TYPE_RANK[entity_type]}{entity_id}"
    if len(text) * 4 <= _SORT_KEY_BYTES:
        return text
    return text.encode()[:_SORT_KEY_BYTES].decode("utf-8", "ignore")


def type_range(entity_type: EntityType) -> tuple[str, str]:
    """Between which sort keys the entities of a type stand; the second is exclusive."""
    rank = TYPE_RANK[entity_type]
    return str(rank), str(rank + 1)


def ranks(types: Collection[EntityType] | None) -> list[int] | None:
    """The ranks of these types."""
    return None if types is None else sorted({TYPE_RANK[kind] for kind in types})


def body_text(body: bytes | None) -> str | None:
    """A body as it is stored: text, so that a person can read it there."""
    return None if body is None else body.decode()


def body_bytes(text: str | None) -> bytes | None:
    """A stored body."""
    return None if text is None else text.encode()


def edit_row(number: int, edit: Edit) -> Row:
    """An edit to be written."""
    return [
        number, TYPE_RANK[edit.entity_type], sort_key(edit.entity_type, edit.entity_id), edit.entity_id, edit.scheme,
        body_text(edit.body), edit.reason,
    ]  # fmt: skip


def change_row(seq: int, change: NewChange) -> Row:
    """A change to be written, without its predecessor."""
    return [
        seq, sort_key(change.entity_type, change.entity_id), change.entity_id, TYPE_RANK[change.entity_type],
        change.scheme, change.operation.value, body_text(change.after), change.reason,
    ]  # fmt: skip


def read_change(row: Row) -> Change:
    """A change as it was read."""
    seq, release, operation, rank, entity_id, scheme, before, after, reason, at = row
    return Change(
        seq, release, ChangeOperation(operation), TYPES[rank], entity_id, scheme,
        body_bytes(before), body_bytes(after), reason, at,
    )  # fmt: skip


def release_row(release: Release) -> dict[str, Any]:
    """A release to be written."""
    return {
        "number": release.number,
        "publishedAt": release.published_at,
        "note": release.note,
        "contentHash": release.content_hash,
        "conceptCount": release.concept_count,
        "edgeCount": release.edge_count,
        "changeCount": release.change_count,
        "lastSeq": release.last_seq,
    }


def state_row(release: int, state: SchemeState) -> dict[str, Any]:
    """A scheme's state to be written."""
    return {
        "release": release,
        "key": state.key,
        "contentHash": state.content_hash,
        "conceptCount": state.concept_count,
        "changedIn": state.changed_in,
    }


def batches(items: Iterable[_T], size: int, limit: int, weight: Callable[[_T], int]) -> Iterator[list[_T]]:
    """Lists of up to `size` items, fewer where their weights add up to more than `limit`."""
    batch: list[_T] = []
    total = 0
    for item in items:
        heavy = weight(item)
        if batch and (len(batch) >= size or total + heavy > limit):
            yield batch
            batch, total = [], 0
        batch.append(item)
        total += heavy
    if batch:
        yield batch
