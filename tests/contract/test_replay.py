"""The replay rule, over random histories of edits: a dump with the changes applied is the next dump, line for line.

The expectation is computed by a small model of its own (plain dicts, the reference implementation of RFC 8785),
which knows nothing of how publishing or the stores work.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import pytest
import rfc8785
from hypothesis import HealthCheck, event, given, settings

from histories import ENTITY_ORDER, History, histories, populated
from skillatlas.taxonomy import (
    Change,
    ChangeCount,
    ChangeOperation,
    Edit,
    Entity,
    EntityType,
    PublishFaultsError,
    Release,
    Store,
    draft_records,
    dump_lines,
    publish,
)

FreshStore = Callable[[], AbstractContextManager[Store]]
Key = tuple[EntityType, str]
Entities = dict[Key, tuple[str, dict[str, Any]]]
EXAMPLES = {"sqlite": 40, "neo4j": 10}


def parsed(text: bytes) -> Any:
    """JSON as a client reads it whose numbers are doubles."""
    return json.loads(text, parse_int=lambda digits: int(digits) if len(digits) < 16 else float(digits))


def sorted_keys(entities: Entities) -> list[Key]:
    return sorted(entities, key=lambda key: (ENTITY_ORDER.index(key[0]), key[1]))


def lines(entities: Entities, scheme: str | None = None) -> list[bytes]:
    """The dump that the contract asks for."""
    return [
        rfc8785.dumps(
            {
                "entity": entities[key][1],
                "entityId": key[1],
                "entityType": str(key[0]),
                "scheme": entities[key][0],
            }
        )
        + b"\n"
        for key in sorted_keys(entities)
        if scheme is None or entities[key][0] == scheme
    ]


def digest(dump: list[bytes]) -> str:
    return f"sha256:{hashlib.sha256(b''.join(dump)).hexdigest()}"


@dataclass
class Model:
    """What should be published, kept in plain dicts."""

    releases: list[Entities] = field(default_factory=lambda: [{}])
    reasons: list[dict[Key, str | None]] = field(default_factory=lambda: [{}])
    changed_in: dict[str, int] = field(default_factory=dict)

    def draft(self, batch: tuple[Edit, ...]) -> Entities:
        entities = dict(self.releases[-1])
        for edit in batch:
            key = (edit.entity_type, edit.entity_id)
            if edit.body is None:
                entities.pop(key, None)
            else:
                entities[key] = (edit.scheme, parsed(edit.body))
        return entities

    def settle(self, draft: Entities, batch: tuple[Edit, ...]) -> tuple[Entities, set[str], set[str]]:
        """The draft without imported edges that may not stand; the ids of those, and of own edges at fault.

        Mappings that nobody edited are stale where the concept of another scheme at their end means something else.
        """
        draft = {**draft, **self.stale(draft, {(edit.entity_type, edit.entity_id) for edit in batch})}
        deprecated = {
            key[1]: body["status"] == "DEPRECATED" for key, (_, body) in draft.items() if key[0] is EntityType.CONCEPT
        }
        left_out: set[str] = set()
        faults: set[str] = set()
        for key, (_, body) in draft.items():
            if key[0] is not EntityType.EDGE:
                continue
            ends = [end for end in body["to"] if end in deprecated or body["type"] != "MAPS_TO"]
            dangling = body["from"] not in deprecated or any(end not in deprecated for end in ends)
            to_deprecated = not dangling and not deprecated[body["from"]] and any(deprecated[end] for end in ends)
            if body["source"] == "curated" and body["type"] == "MAPS_TO" and body["stale"]:
                to_deprecated = False
            if dangling or to_deprecated:
                (faults if body["source"] == "curated" else left_out).add(key[1])
        kept = {key: value for key, value in draft.items() if key[1] not in left_out}
        return kept, left_out, faults

    def stale(self, draft: Entities, edited: set[Key]) -> Entities:
        """Published mappings that turn stale in the draft."""

        def meaning(body: dict[str, Any]) -> Any:
            return [
                body["status"],
                body["kind"],
                body["definitions"],
                [x for x in body["labels"] if x["type"] == "PREFERRED"],
            ]

        found: Entities = {}
        for key, (scheme, body) in draft.items():
            if key in edited or body.get("type") != "MAPS_TO" or body["stale"]:
                continue
            end = (EntityType.CONCEPT, body["to"][0])
            if end not in draft or end not in self.releases[-1] or draft[end][0] == scheme:
                continue
            if meaning(draft[end][1]) != meaning(self.releases[-1][end][1]):
                event("a mapping turns stale")
                found[key] = (scheme, {**body, "stale": True})
        return found

    def release(self, entities: Entities, batch: tuple[Edit, ...]) -> None:
        changed = {key for key in self.releases[-1].keys() | entities.keys() if self.changed(entities, key)}
        self.releases.append(entities)
        self.reasons.append({(edit.entity_type, edit.entity_id): edit.reason for edit in batch})
        for key in changed:
            scheme = (entities.get(key) or self.releases[-2][key])[0]
            self.changed_in[scheme] = len(self.releases) - 1

    def changed(self, entities: Entities, key: Key) -> bool:
        before, after = self.releases[-1].get(key), entities.get(key)
        return (before and rfc8785.dumps(before[1])) != (after and rfc8785.dumps(after[1]))

    def changes_anything(self, entities: Entities) -> bool:
        return any(self.changed(entities, key) for key in self.releases[-1].keys() | entities.keys())


def run(store: Store, history: History) -> Model:
    """Publish a history batch by batch, comparing with the model on the way."""
    model = Model()
    for batch in history:
        head_before = store.head()
        with store.writer() as writer:
            assert writer.edit(batch) == len(batch)
        assert store.head() == head_before, "an edit is not visible before it is published"
        draft = model.draft(batch)
        assert [row.line() for row in draft_records(store)] == lines(draft)
        settled, left_out, faults = model.settle(draft, batch)
        if faults:
            event("a batch with faults")
            with pytest.raises(PublishFaultsError) as caught:
                publish(store)
            assert {fault.split(": ")[0] for fault in caught.value.faults} == faults
            assert len(caught.value.faults) == len(faults)
            assert store.head() == head_before
            assert [row.line() for row in draft_records(store)] == lines(draft), "the edits are kept for mending"
            with store.writer() as writer:
                writer.discard_edits()
            continue
        published = publish(store, note="a note")
        assert {text.split(": ")[0] for text in published.left_out} == left_out
        if left_out - {edit.entity_id for edit in batch}:
            event("published edges are left out")
        if model.changes_anything(settled):
            model.release(settled, batch)
            assert published.release == store.head()
            check_release(store, model, published.release)
        else:
            assert published.release is None
            assert store.head() == head_before
        assert list(store.edits()) == []
    return model


def check_release(store: Store, model: Model, release: Release | None) -> None:
    """The newest release, its counts, hashes and scheme states."""
    assert release is not None
    number = len(model.releases) - 1
    entities = model.releases[-1]
    kinds = [key[0] for key in entities]
    assert release.number == number
    assert release.content_hash == digest(lines(entities))
    assert (release.concept_count, release.edge_count) == (
        kinds.count(EntityType.CONCEPT),
        kinds.count(EntityType.EDGE),
    )
    before = store.release(number - 1)
    assert release.last_seq == release.change_count + (before.last_seq if before else 0)
    states = store.scheme_states(number)
    assert [state.key for state in states] == sorted(model.changed_in)
    for state in states:
        own = lines(entities, state.key)
        assert state.content_hash == digest(own)
        assert state.changed_in == model.changed_in[state.key]
        assert state.concept_count == sum(b'"entityType":"CONCEPT"' in line for line in own)


def check_changes(store: Store, model: Model, number: int) -> None:
    """The changes of one release: net, whole, in order."""
    before, after = model.releases[number - 1], model.releases[number]
    changes = list(store.changes(number - 1, number))
    release, previous = store.release(number), store.release(number - 1)
    assert release is not None
    first = previous.last_seq if previous else 0
    assert [change.seq for change in changes] == list(range(first + 1, release.last_seq + 1))
    keys = [(change.entity_type, change.entity_id) for change in changes]
    assert len(keys) == len(set(keys)), "at most one change an entity"
    assert set(keys) == {
        key
        for key in before.keys() | after.keys()
        if (before.get(key) and rfc8785.dumps(before[key][1])) != (after.get(key) and rfc8785.dumps(after[key][1]))
    }
    removed = [key for key in keys if key[0] is EntityType.EDGE and key not in after]
    rest = [key for key in keys if key not in set(removed)]
    by_order = lambda key: (ENTITY_ORDER.index(key[0]), key[1])  # noqa: E731
    assert keys == sorted(removed, key=by_order) + sorted(rest, key=by_order)
    counted = Counter((change.scheme, change.entity_type, change.operation) for change in changes)
    operations = store.count_operations(number - 1, number)
    assert {(row.scheme, row.entity_type, row.operation): row.count for row in operations} == counted
    order = [(row.scheme, ENTITY_ORDER.index(row.entity_type), row.operation) for row in operations]
    assert order == sorted(order)
    for change in changes:
        key = (change.entity_type, change.entity_id)
        if change.entity_type is EntityType.EDGE:
            start = change.entity_id.split("|", 2)[1]
            edges = store.changes(0, len(model.releases) - 1, types=[EntityType.EDGE])
            assert store.edge_history(start) == [row for row in edges if row.entity_id.split("|", 2)[1] == start]
        assert change.release == number
        assert change.at == release.published_at
        assert change.before == (rfc8785.dumps(before[key][1]) if key in before else None)
        assert change.after == (rfc8785.dumps(after[key][1]) if key in after else None)
        assert change.scheme == (after.get(key) or before[key])[0]
        assert change.operation is expected_operation(before.get(key), after.get(key))
        if key in model.reasons[number] and change.after is not None:
            assert change.reason == model.reasons[number][key]
        assert change in store.history(*key)
        found = store.record(number, *key)
        assert (found and found.body) == change.after


def expected_operation(
    before: tuple[str, dict[str, Any]] | None, after: tuple[str, dict[str, Any]] | None
) -> ChangeOperation:
    if before is None:
        return ChangeOperation.CREATE
    if after is None:
        return ChangeOperation.REMOVE
    was, will = before[1].get("status"), after[1].get("status")
    if was == will:
        return ChangeOperation.UPDATE
    return ChangeOperation.DEPRECATE if will == "DEPRECATED" else ChangeOperation.RESTORE


def replayed(dump: list[bytes], changes: list[Change]) -> list[bytes]:
    """What the contract tells a client to do."""
    entities: Entities = {}
    for line in dump:
        row = parsed(line)
        entities[EntityType(row["entityType"]), row["entityId"]] = (row["scheme"], row["entity"])
    for change in changes:
        key = (change.entity_type, change.entity_id)
        if change.after is None:
            del entities[key]
        else:
            entities[key] = (change.scheme, parsed(change.after))
    return lines(entities)


def check_pairs(store: Store, model: Model) -> None:
    """The replay rule for every pair of releases, whole and by scheme."""
    newest = len(model.releases) - 1
    keys: list[str | None] = [None, *sorted(model.changed_in)]
    for scheme in keys:
        dumps: list[list[bytes]] = [[]]
        for number in range(1, newest + 1):
            known = scheme is None or any(state.key == scheme for state in store.scheme_states(number))
            dumps.append(list(dump_lines(store, number, scheme=scheme)) if known else [])
            assert dumps[-1] == lines(model.releases[number], scheme)
        for first in range(newest):
            for last in range(first + 1, newest + 1):
                changes = list(store.changes(first, last, scheme=scheme))
                assert replayed(dumps[first], changes) == dumps[last]
                seqs = [change.seq for change in changes]
                assert seqs == sorted(seqs)
                assert store.count_changes(first, last, scheme=scheme) == ChangeCount(
                    len(seqs), seqs[-1] if seqs else None
                )
                middle = len(seqs) // 2
                after_seq = seqs[middle] if seqs else 0
                rest = list(store.changes(first, last, scheme=scheme, after_seq=after_seq))
                assert rest == changes[middle + 1 :], "a reader can go on where it stopped"


def check_types(store: Store, model: Model) -> None:
    """Selections by type are the same lines, less the others."""
    newest = len(model.releases) - 1
    everything = list(store.changes(0, newest))
    for types in ((EntityType.CONCEPT,), (EntityType.EDGE, EntityType.COURSE), ()):
        assert list(store.changes(0, newest, types=types)) == [c for c in everything if c.entity_type in types]
        assert [row.entity_id for row in store.records(newest, types=types)] == [
            key[1] for key in sorted_keys(model.releases[-1]) if key[0] in types
        ]


@pytest.mark.parametrize("start", [(), populated()], ids=["from-nothing", "populated"])
def test_every_dump_replays_to_every_later_one(
    store_kind: str, fresh_store: FreshStore, start: tuple[Entity, ...]
) -> None:
    @settings(
        max_examples=EXAMPLES[store_kind],
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(histories(start))
    def holds(history: History) -> None:
        with fresh_store() as store:
            model = run(store, history)
            for number in range(1, len(model.releases)):
                check_changes(store, model, number)
            event(f"{len(model.releases) - 1} releases")
            check_pairs(store, model)
            if len(model.releases) > 1:
                check_types(store, model)

    holds()
