"""Stale mappings: whose other end is not what it was when somebody last looked, and what changed there."""

from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from .entities import edge_id, from_json
from .following import successors
from .graph import Graph
from .model import Concept, EntityType, LabelType, MapsTo
from .store.port import Change, Store


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that changed: `field` is status, kind, label (a preferred one) or definition; None: there was none."""

    field: str
    lang: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class StaleMapping:
    """A stale mapping and what to look at.

    `since` is the release in which it turned stale (None where it came into the store so). `before` is its other end
    as it was up to then, `after` as it is; None where that is not known. `followers` are active, and came after an
    end that is deprecated; with `choice`, a person has to choose among them.
    """

    edge: MapsTo
    since: int | None
    before: Concept | None
    after: Concept | None
    changes: tuple[FieldChange, ...]
    followers: tuple[Concept, ...]
    choice: bool

    @property
    def id(self) -> str:
        """The edge's id."""
        return edge_id(self.edge)


def stale_mappings(graph: Graph, scheme: str | None = None) -> tuple[MapsTo, ...]:
    """The stale mappings of a graph, by edge id; with `scheme`, those that begin or end in it."""
    found = [
        edge
        for edges in graph.edges.mappings.values()
        for edge in edges
        if edge.stale and (scheme is None or scheme in _schemes(graph, edge))
    ]
    return tuple(sorted(found, key=edge_id))


def explain_stale(store: Store, graph: Graph, edge: MapsTo) -> StaleMapping:
    """What changed at the other end of a stale mapping of the graph, from the log up to the graph's release."""
    after = graph.mapping_target(edge)
    since = _turned(store, edge_id(edge), graph.release.number)
    before = _stood(store, after.id, since) if after and since is not None else None
    followed = successors(graph.concepts, after) if after and not after.active else None
    return StaleMapping(
        edge,
        since,
        before,
        after,
        tuple(_changes(before, after)) if before and after else (),
        followed.concepts if followed else (),
        followed is not None and followed.choice,
    )


def _schemes(graph: Graph, edge: MapsTo) -> set[str]:
    ends = graph.concepts.get(edge.from_id), graph.mapping_target(edge)
    return {concept.scheme for concept in ends if concept}


def _turned(store: Store, name: str, newest: int) -> int | None:
    found: int | None = None
    for change in _history(store, EntityType.EDGE, name, newest):
        if change.after is None:
            continue
        was = change.before is not None and orjson.loads(change.before)["stale"]
        if orjson.loads(change.after)["stale"] and not was:
            found = change.release if change.before is not None else None
    return found


def _stood(store: Store, concept_id: str, release: int) -> Concept | None:
    """A concept as it was before a release."""
    body: bytes | None = None
    for change in _history(store, EntityType.CONCEPT, concept_id, release - 1):
        body = change.after
    if body is None:
        return None
    concept = from_json(EntityType.CONCEPT, orjson.loads(body))
    assert isinstance(concept, Concept)
    return concept


def _history(store: Store, kind: EntityType, name: str, newest: int) -> Iterator[Change]:
    for change in store.history(kind, name):
        if change.release > newest:
            return
        yield change


def _changes(before: Concept, after: Concept) -> Iterator[FieldChange]:
    if before.status is not after.status:
        yield FieldChange("status", None, before.status, after.status)
    if before.kind is not after.kind:
        yield FieldChange("kind", None, before.kind, after.kind)
    for name, was, now in (
        ("label", _preferred(before), _preferred(after)),
        ("definition", before.definitions, after.definitions),
    ):
        for tag in sorted(was.keys() | now.keys()):
            if was.get(tag) != now.get(tag):
                yield FieldChange(name, tag, was.get(tag), now.get(tag))


def _preferred(concept: Concept) -> dict[str, str]:
    return {label.lang: label.value for label in concept.labels if label.type is LabelType.PREFERRED}
