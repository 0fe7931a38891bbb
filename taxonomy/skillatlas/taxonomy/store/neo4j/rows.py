"""Between the port's values and the rows that statements take and give."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, TypeVar

from ...entities import TYPE_RANK
from ...model import EntityType
from ..port import Change, ChangeOperation, Edit, NewChange, Release, SchemeState
from .connection import Row

TYPES = tuple(EntityType)
_PREFIX_BYTES = 4000  # an index of Neo4j takes about 8,000 bytes a key; only a clause of many skills has longer ids
_SURELY_SHORT = _PREFIX_BYTES // 4  # characters: none takes more than 4 bytes
_LAST = "\U0010ffff"  # stands for the character that the limit cut through
_T = TypeVar("_T")


def sort_key(entity_type: EntityType, entity_id: str) -> str:
    """The entity and its place in a dump as one indexed text: rank and id, of a long id its beginning and hash."""
    beginning = _beginning(entity_id)
    if beginning is None:
        return f"{TYPE_RANK[entity_type]}{entity_id}"
    return f"{TYPE_RANK[entity_type]}{beginning}{hashlib.sha256(entity_id.encode()).hexdigest()}"


def _beginning(entity_id: str) -> str | None:
    """What the index takes of a long id; None of one that it takes whole."""
    if len(entity_id) <= _SURELY_SHORT or len(encoded := entity_id.encode()) <= _PREFIX_BYTES:
        return None
    whole = encoded[:_PREFIX_BYTES].decode("utf-8", "ignore")
    return whole if len(whole.encode()) == _PREFIX_BYTES else whole + _LAST


def in_order(found: Iterable[_T], entity_id: Callable[[_T], str]) -> Iterator[_T]:
    """Items of one type that came by sort keys, by id: only long ids with one beginning may change places."""
    held: list[_T] = []
    held_beginning: str | None = None
    for item in found:
        beginning = _beginning(entity_id(item))
        if held and beginning != held_beginning:
            yield from sorted(held, key=entity_id)
            held.clear()
        if beginning is None:
            yield item
        else:
            held.append(item)
            held_beginning = beginning
    yield from sorted(held, key=entity_id)


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
