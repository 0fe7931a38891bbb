"""What differs between two releases, as far as resolving ids needs it: from the log alone, in one pass."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import orjson

from .entities import from_json
from .model import Concept, EntityType
from .store.port import Change, Store

_TYPES = (EntityType.CONCEPT, EntityType.EDGE, EntityType.COURSE)


@dataclass(frozen=True, slots=True)
class Differences:
    """Of the releases in (`start`, `end`]: which concepts, edges from them and courses are not as they were at `start`.

    `before`: concepts that differ, as they stood at `start`. `created`: ids that `start` did not have. `parents`: of
    concepts whose broader edges differ, the parent of each such edge, and whether the edge stood at `start`.
    `edges`: ids of concepts with any edge from them that differs. `courses`: of
    courses that differ, whether they stood at `start`.
    """

    start: int
    end: int
    before: Mapping[str, Concept]
    created: frozenset[str]
    parents: Mapping[str, Mapping[str, bool]]
    edges: frozenset[str]
    courses: Mapping[str, bool]


def find_differences(store: Store, start: int, end: int) -> Differences:
    """Read the log between two releases. `start` 0 is the empty release; `start` <= `end`, both published."""
    before: dict[str, bytes | None] = {}
    net = _NetChanges()
    if start < end:
        for change in store.changes(start, end, types=_TYPES):
            if change.entity_type is EntityType.CONCEPT:
                before.setdefault(change.entity_id, change.before)
            net.add(change)
    changed = net.changed()
    concepts: dict[str, Concept] = {}
    created: set[str] = set()
    parents: dict[str, dict[str, bool]] = {}
    edges: set[str] = set()
    courses: dict[str, bool] = {}
    for (kind, entity_id), stood in changed:
        if kind is EntityType.CONCEPT:
            body = before[entity_id]
            if body is None:
                created.add(entity_id)
                continue
            concept = from_json(EntityType.CONCEPT, orjson.loads(body))
            assert isinstance(concept, Concept)
            concepts[entity_id] = concept
            continue
        if kind is EntityType.COURSE:
            courses[entity_id] = stood
            continue
        edge_type, from_id, rest = entity_id.split("|", 2)
        edges.add(from_id)
        if edge_type == "BROADER":
            parents.setdefault(from_id, {})[rest] = stood
    return Differences(start, end, concepts, frozenset(created), parents, frozenset(edges), courses)


class _NetChanges:
    """Entities by their first and last state in a range.

    Digests, unlike `find_net_changes`, which keeps the bodies to show them: a range may hold a whole upgrade.
    """

    def __init__(self) -> None:
        self._states: dict[tuple[EntityType, str], tuple[bytes | None, bytes | None]] = {}

    def add(self, change: Change) -> None:
        key = change.entity_type, change.entity_id
        held = self._states.get(key)
        first = _digest(change.before) if held is None else held[0]
        self._states[key] = first, _digest(change.after)

    def changed(self) -> Iterable[tuple[tuple[EntityType, str], bool]]:
        """What differs between the ends, and whether it stood at the start."""
        return ((key, first is not None) for key, (first, last) in self._states.items() if first != last)


def _digest(body: bytes | None) -> bytes | None:
    return None if body is None else hashlib.blake2b(body, digest_size=16).digest()
