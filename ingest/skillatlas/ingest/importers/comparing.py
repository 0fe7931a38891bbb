"""Comparing a harvest with the draft of its scheme: the edits that make the one the other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import orjson

from skillatlas.taxonomy import (
    ChangeOperation,
    Concept,
    ConceptStatus,
    Edit,
    EntityType,
    LocalConflict,
    Record,
    Store,
    entity_id,
    entity_type,
    from_record,
    record,
)

from ..errors import KeyInUseError
from ..settings import ImportSettings
from .draft import open_draft
from .harvest import Harvest
from .laying import edge_is_local, lay_over, lost_relation, note_deprecated
from .report import ImportCounts, ImportSample
from .upgrade import Watch

_RANKS: Mapping[EntityType, int] = {kind: rank for rank, kind in enumerate(EntityType)}
_FIELD_OF: Mapping[ChangeOperation, str] = {
    ChangeOperation.CREATE: "created",
    ChangeOperation.UPDATE: "updated",
    ChangeOperation.DEPRECATE: "deprecated",
    ChangeOperation.RESTORE: "restored",
    ChangeOperation.REMOVE: "removed",
}


@dataclass(slots=True)
class Comparison:
    """The edits, how many of each kind, and how much there was before (active concepts, edges, courses)."""

    settings: ImportSettings
    edits: list[Edit] = field(default_factory=list)
    tally: dict[EntityType, dict[str, int]] = field(default_factory=dict)
    samples: list[ImportSample] = field(default_factory=list)
    before: dict[EntityType, int] = field(default_factory=dict)
    conflicts: list[LocalConflict] = field(default_factory=list)
    deprecated: dict[str, list[str]] = field(default_factory=dict)
    """Concepts that the import deprecates, and what follows each."""
    watch: Watch = field(default_factory=Watch)
    watching: bool = False
    """Whether the changes are noted one by one, for the diff of an upgrade."""

    def counts(self) -> dict[EntityType, ImportCounts]:
        """Counts by type of entity, in the order of dumps."""
        return {kind: ImportCounts(**self.tally[kind]) for kind in EntityType if kind in self.tally}

    def taken_away(self, kind: EntityType) -> int:
        """How many concepts are deprecated, or edges or courses removed."""
        found = self.tally.get(kind, {})
        return found.get("deprecated", 0) + found.get("removed", 0)

    def count(self, kind: EntityType, name: str) -> int:
        """Count one entity; returns how many there are now."""
        found = self.tally.setdefault(kind, {})
        found[name] = found.get(name, 0) + 1
        return found[name]

    def change(
        self, operation: ChangeOperation, edit: Edit, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> None:
        """Add a change."""
        self.edits.append(edit)
        if self.watching:
            self._note(operation, edit, before, after)
        number = self.count(edit.entity_type, _FIELD_OF[operation])
        if number <= self.settings.samples:
            text = _describe(before, after)
            self.samples.append(ImportSample(operation, edit.entity_type, edit.entity_id, text))

    def _note(
        self, operation: ChangeOperation, edit: Edit, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> None:
        if edit.entity_type is EntityType.EDGE:
            self.watch.edge(operation, edit.entity_id)
        elif edit.entity_type is EntityType.CONCEPT and edit.body is not None:
            self.watch.concept(operation, before, orjson.loads(edit.body) if after is None else after)
        elif edit.entity_type is EntityType.SCHEME and before and after:
            self.watch.version = before["version"], after["version"]


def pairs(current: Iterable[Record], wanted: Iterable[Record]) -> Iterator[tuple[Record | None, Record | None]]:
    """Each entity as it is and as it is wanted, either None; both inputs in the order of dumps."""
    waiting = iter(wanted)
    want = next(waiting, None)
    for have in current:
        while want is not None and want.order < have.order:
            yield None, want
            want = next(waiting, None)
        if want is not None and want.order == have.order:
            yield have, want
            want = next(waiting, None)
        else:
            yield have, None
    while want is not None:
        yield None, want
        want = next(waiting, None)


def wanted_records(harvest: Harvest) -> Iterator[Record]:
    """The records of a harvest in the order of dumps, made one at a time: most equal what the store has.

    Raises ValueError where one id stands twice, which is a mistake of the reader.
    """
    entities = harvest.entities if harvest.scheme is None else (harvest.scheme, *harvest.entities)
    places = sorted((_RANKS[entity_type(entity)], entity_id(entity), number) for number, entity in enumerate(entities))
    for (rank, name, _), (next_rank, next_name, _) in pairwise(places):
        if (rank, name) == (next_rank, next_name):
            raise ValueError(f"{name} stands twice in the harvest of {harvest.key}")
    for _, _, number in places:
        yield record(entities[number], harvest.key)


def compare(store: Store, harvest: Harvest, wanted: Iterable[Record], settings: ImportSettings) -> Comparison:
    """What to edit so that the draft has what `wanted` holds, and lacks what the harvest speaks for and lacks.

    Raises KeyInUseError where the key belongs to a catalogue instead of a scheme, or the reverse.
    """
    found = Comparison(settings, watching=not harvest.catalogue and _is_held(store, harvest))
    with open_draft(store, scheme=harvest.key) as current:
        for have, stated in pairs(current, wanted):
            want = stated
            if have is not None:
                if (have.entity_type is EntityType.COURSE) is not harvest.catalogue:
                    what = "a scheme" if harvest.catalogue else "a course catalogue"
                    raise KeyInUseError(f"{harvest.key!r} is {what} already; choose another key")
                _count_before(found, have)
                if want is not None and want.body != have.body:
                    want = lay_over(have, want, found.conflicts, overlay=harvest.overlay)
            if want is None:
                assert have is not None
                _missing(found, harvest, have)
            elif have is None:
                edit = Edit(want.entity_type, want.entity_id, want.scheme, _compact(want.body))
                found.change(ChangeOperation.CREATE, edit, None, _loaded_for_sample(found, want, "created"))
            elif have.body == want.body:
                found.count(want.entity_type, "unchanged")
                if found.watching and want.entity_id.startswith("BROADER|"):
                    found.watch.kept_parents.add(want.entity_id)
            else:
                _differs(found, have, want)
    return found


def _is_held(store: Store, harvest: Harvest) -> bool:
    """Whether the draft has anything of the harvest's scheme."""
    with open_draft(store, scheme=harvest.key) as rows:
        return next(rows, None) is not None


def _compact(body: bytes) -> bytes:
    """A copy that holds no more memory than its length: orjson's bytes keep 4 kB each (measured: 700 MB for ESCO)."""
    return bytes(memoryview(body))


def _loaded_for_sample(found: Comparison, row: Record, name: str) -> Mapping[str, Any] | None:
    """The body where a sample of it is still wanted: parsing every new edge of ESCO would take a second."""
    if found.tally.get(row.entity_type, {}).get(name, 0) >= found.settings.samples:
        return None
    body: Mapping[str, Any] = orjson.loads(row.body)
    return body


def _count_before(found: Comparison, row: Record) -> None:
    if row.entity_type is EntityType.CONCEPT and b'"status":"DEPRECATED"' in row.body:
        # Labels are JSON strings, in which a quote is escaped: these bytes are the field itself.
        return
    found.before[row.entity_type] = found.before.get(row.entity_type, 0) + 1
    if not found.watching:
        return
    if row.entity_type is EntityType.EDGE:
        found.watch.before_relations[row.entity_id.partition("|")[0]] += 1
    elif row.entity_type is EntityType.CONCEPT:
        # The key after the id, since keys are sorted: parsing every concept would take a second.
        start = b'"id":%b,"kind":"' % orjson.dumps(row.entity_id)
        found.watch.before_kinds[row.body.partition(start)[2].partition(b'"')[0].decode()] += 1


def _differs(found: Comparison, have: Record, want: Record) -> None:
    before, after = orjson.loads(have.body), orjson.loads(want.body)
    operation = ChangeOperation.UPDATE
    if want.entity_type is EntityType.CONCEPT and before["status"] != after["status"]:
        deprecated = after["status"] == ConceptStatus.DEPRECATED
        operation = ChangeOperation.DEPRECATE if deprecated else ChangeOperation.RESTORE
    reason = ((after.get("replacement") or {}).get("reason")) if operation is ChangeOperation.DEPRECATE else None
    edit = Edit(want.entity_type, want.entity_id, want.scheme, _compact(want.body), reason)
    if operation is ChangeOperation.DEPRECATE:
        note_deprecated(found.deprecated, found.conflicts, after)
    found.change(operation, edit, before, after)


def _missing(found: Comparison, harvest: Harvest, have: Record) -> None:
    """What the draft has and the harvest lacks: gone, or kept."""
    body = orjson.loads(have.body)
    owner = body["from"] if have.entity_type is EntityType.EDGE else have.entity_id
    skipped = owner in harvest.left_out or have.entity_id in harvest.left_out
    if have.entity_type is EntityType.EDGE and edge_is_local(body) and not harvest.overlay:
        skipped = True
        lost = lost_relation(found.deprecated, found.conflicts, body)
        if lost is not None:
            found.change(
                ChangeOperation.REMOVE, Edit(have.entity_type, have.entity_id, have.scheme, None, lost), body, None
            )
            return
    if have.entity_type is EntityType.SCHEME or skipped or not harvest.covers(have, body):
        found.count(have.entity_type, "kept")
        return
    if have.entity_type is not EntityType.CONCEPT:
        edit = Edit(have.entity_type, have.entity_id, have.scheme, None)
        found.change(ChangeOperation.REMOVE, edit, body, None)
        return
    concept = from_record(have)
    assert isinstance(concept, Concept)
    if not concept.active:
        found.count(EntityType.CONCEPT, "unchanged")
        return
    successor = harvest.successor(concept)
    after = record(replace(concept, status=ConceptStatus.DEPRECATED, replacement=successor), have.scheme)
    edit = Edit(after.entity_type, after.entity_id, after.scheme, after.body, successor.reason)
    shape = orjson.loads(after.body)
    note_deprecated(found.deprecated, found.conflicts, shape)
    found.change(ChangeOperation.DEPRECATE, edit, body, shape)


def _describe(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """A label or title, and which fields differ."""
    shown = after or before
    if shown is None:
        return ""
    name = shown.get("title") or ""
    for label in shown.get("labels", ()):
        if label["type"] == "PREFERRED" and (not name or label["lang"] == "en"):
            name = label["value"]
    if before is None or after is None:
        return str(name)
    differing = ", ".join(sorted(key for key in after if before.get(key) != after[key]))
    return f"{name} ({differing})" if name else differing
