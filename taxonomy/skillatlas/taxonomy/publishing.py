"""Publishing: from the unpublished edits to the next release, at once and all or nothing."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import orjson

from .drafts import merge
from .entities import Record
from .errors import PublishFaultsError
from .model import EntityType
from .settling import settle_edges
from .store.port import ChangeOperation, Edit, NewChange, Release, SchemeState, Store


@dataclass(frozen=True, slots=True)
class Published:
    """What `publish` did: the new release (None: there was nothing to publish), and the edges left out."""

    release: Release | None
    left_out: tuple[str, ...] = ()


@dataclass(slots=True)
class _Plan:
    changes: list[NewChange] = field(default_factory=list)
    removed_edges: list[NewChange] = field(default_factory=list)
    whole: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    schemes: dict[str, "hashlib._Hash"] = field(default_factory=dict)
    concept_counts: dict[str, int] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    concepts: int = 0
    edges: int = 0


def publish(
    store: Store,
    *,
    note: str | None = None,
    wait: float = 10.0,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Published:
    """Publish all unpublished edits as the next release; edits that change nothing are dropped.

    Raises PublishFaultsError where an own edge ends at a deprecated or missing concept, a concept would be
    removed, or an entity stands in another scheme already; StoreBusyError where another writer holds the store
    for longer than `wait` seconds.
    """
    with store.writer(wait=wait) as writer:
        head = store.head()
        edits = {edit.order: edit for edit in store.edits()}
        if not edits:
            return Published(None)
        left_out = settle_edges(store, head, edits)
        plan = _plan(store, head, [edits[order] for order in sorted(edits)])
        changes = plan.removed_edges + plan.changes
        if not changes:
            writer.discard_edits()
            return Published(None, tuple(left_out))
        release = Release(
            number=head.number + 1 if head else 1,
            published_at=_moment(clock, head),
            note=note,
            content_hash=f"sha256:{plan.whole.hexdigest()}",
            concept_count=plan.concepts,
            edge_count=plan.edges,
            change_count=len(changes),
            last_seq=(head.last_seq if head else 0) + len(changes),
        )
        writer.publish(release, _states(store, head, release, plan), changes)
    return Published(release, tuple(left_out))


def _moment(clock: Callable[[], datetime], head: Release | None) -> str:
    """Now, in whole seconds; never before the previous release, whatever the clock says."""
    now = clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return max(now, head.published_at) if head else now


def _wanted(edit: Edit) -> Record | None:
    """The entity that an edit wants; None for its removal."""
    return None if edit.body is None else Record(edit.entity_type, edit.entity_id, edit.scheme, edit.body)


def _plan(store: Store, head: Release | None, edits: list[Edit]) -> _Plan:
    """Compare the newest release with the edits: what changes, the new hashes and counts."""
    plan = _Plan()
    moved: list[str] = []
    published = store.records(head.number) if head else iter(())
    for before, edit in merge(published, edits):
        if edit is None:
            assert before is not None
            _count(plan, before)
            continue
        after = _wanted(edit)
        if after is not None:
            _count(plan, after)
        if (before.body if before else None) == edit.body:
            continue
        if before and before.scheme != edit.scheme:
            moved.append(f"{edit.entity_id}: belongs to {before.scheme}, and cannot come into {edit.scheme} too")
        plan.changed.add(edit.scheme)
        change = NewChange(
            _operation(edit, before, after),
            edit.entity_type,
            edit.entity_id,
            edit.scheme,
            before.body if before else None,
            edit.body,
            edit.reason,
        )
        removed_edge = after is None and edit.entity_type is EntityType.EDGE
        (plan.removed_edges if removed_edge else plan.changes).append(change)
    if moved:
        raise PublishFaultsError(moved)
    return plan


def _count(plan: _Plan, row: Record) -> None:
    line = row.line()
    plan.whole.update(line)
    plan.schemes.setdefault(row.scheme, hashlib.sha256()).update(line)
    if row.entity_type is EntityType.CONCEPT:
        plan.concepts += 1
        plan.concept_counts[row.scheme] = plan.concept_counts.get(row.scheme, 0) + 1
    elif row.entity_type is EntityType.EDGE:
        plan.edges += 1


def _operation(edit: Edit, before: Record | None, after: Record | None) -> ChangeOperation:
    if before is None:
        return ChangeOperation.CREATE
    if after is None:
        return ChangeOperation.REMOVE
    if edit.entity_type is EntityType.CONCEPT:
        was, will = (orjson.loads(row.body)["status"] for row in (before, after))
        if was != will:
            return ChangeOperation.DEPRECATE if will == "DEPRECATED" else ChangeOperation.RESTORE
    return ChangeOperation.UPDATE


def _states(store: Store, head: Release | None, release: Release, plan: _Plan) -> list[SchemeState]:
    """Every scheme and catalogue at the new release; one that has become empty keeps its line."""
    earlier = {state.key: state for state in store.scheme_states(head.number)} if head else {}
    empty = f"sha256:{hashlib.sha256().hexdigest()}"
    states = []
    for key in sorted(earlier.keys() | plan.schemes.keys()):
        digest = plan.schemes.get(key)
        changed = key in plan.changed or key not in earlier
        states.append(
            SchemeState(
                key=key,
                content_hash=f"sha256:{digest.hexdigest()}" if digest else empty,
                concept_count=plan.concept_counts.get(key, 0),
                changed_in=release.number if changed else earlier[key].changed_in,
            )
        )
    return states
