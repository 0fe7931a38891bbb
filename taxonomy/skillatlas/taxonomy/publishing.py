"""Publishing: from the unpublished edits to the next release, at once and all or nothing."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import orjson

from .drafts import merge
from .entities import Record
from .errors import PublishFaultsError
from .model import EntityType
from .store.port import ChangeOperation, Edit, NewChange, Release, SchemeState, Store

OWN_SOURCE = "curated"
"""The source of edges that people wrote: a fault in them is refused, one in imported edges leaves the edge out."""


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
        left_out = _settle_edges(store, head, edits)
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


@dataclass(slots=True)
class _Statuses:
    """Of every concept of the draft: whether it is deprecated, and what follows it."""

    deprecated: dict[str, bool] = field(default_factory=dict)
    successors: dict[str, list[str]] = field(default_factory=dict)
    turned: bool = False
    """Whether any status differs from the published one: then edges that nobody edited may not stand any more."""


def _statuses(store: Store, head: Release | None, edits: dict[tuple[int, str], Edit]) -> _Statuses:
    found = _Statuses()
    published = store.records(head.number, types=(EntityType.CONCEPT,)) if head else iter(())
    edited = (edits[order] for order in sorted(edits) if edits[order].entity_type is EntityType.CONCEPT)
    for before, edit in merge(published, edited):
        row = _wanted(edit) if edit else before
        if row is None:
            continue
        concept = orjson.loads(row.body)
        deprecated = concept["status"] == "DEPRECATED"
        found.deprecated[row.entity_id] = deprecated
        if deprecated:
            found.successors[row.entity_id] = (concept["replacement"] or {}).get("concepts", [])
        if edit and before and orjson.loads(before.body)["status"] != concept["status"]:
            found.turned = True
    return found


def _wanted(edit: Edit) -> Record | None:
    """The entity that an edit wants; None for its removal."""
    return None if edit.body is None else Record(edit.entity_type, edit.entity_id, edit.scheme, edit.body)


def _settle_edges(store: Store, head: Release | None, edits: dict[tuple[int, str], Edit]) -> list[str]:
    """Check the ends of edges; edits that remove imported edges to deprecated concepts are added to `edits`."""
    statuses = _statuses(store, head, edits)
    touched: Iterable[Edit | Record] = list(edits.values())
    if statuses.turned and head:
        untouched = (row for row in store.records(head.number, types=(EntityType.EDGE,)) if row.order not in edits)
        touched = [*touched, *untouched]
    faults: list[str] = []
    left_out: list[str] = []
    for item in touched:
        if item.entity_type is not EntityType.EDGE or item.body is None:
            if item.entity_type in (EntityType.CONCEPT, EntityType.SCHEME) and item.body is None:
                faults.append(f"{item.entity_id}: is never removed; deprecate it instead")
            continue
        fault = _edge_fault(orjson.loads(item.body), statuses.deprecated, statuses.successors)
        if fault is None:
            continue
        own, text = fault
        if own:
            faults.append(f"{item.entity_id}: {text}")
        else:
            left_out.append(f"{item.entity_id}: {text}")
            edits[item.order] = Edit(item.entity_type, item.entity_id, item.scheme, None, text)
    if faults:
        raise PublishFaultsError(sorted(faults))
    return sorted(left_out)


def _edge_fault(
    edge: dict[str, object], deprecated: dict[str, bool], successors: dict[str, list[str]]
) -> tuple[bool, str] | None:
    """Why an edge cannot be published (whether it is an own one, and the reason); None if it can."""
    own = edge["source"] == OWN_SOURCE
    start, ends, mapping = str(edge["from"]), edge["to"], edge["type"] == "MAPS_TO"
    assert isinstance(ends, list)
    if start not in deprecated:
        return own, f"begins at {start}, which does not exist"
    for end in ends:
        if end not in deprecated:
            if mapping:
                continue
            return own, f"ends at {end}, which does not exist"
        if deprecated[end] and not deprecated[start]:
            instead = ", ".join(successors.get(end, ())) or "nothing"
            return own, f"ends at {end}, which is deprecated (replaced by: {instead})"
    return None


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
