"""Settling edges at publish: what may end where, what is left out, which mappings have turned stale."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

from .canonical import canonical_json
from .drafts import merge
from .entities import Record
from .errors import PublishFaultsError
from .local import LOCAL
from .model import EntityType
from .store.port import Edit, Release, Store

OWN_SOURCE = "curated"
"""The source of edges that people wrote: a fault in them is refused, one in imported edges leaves the edge out."""

Edits = dict[tuple[int, str], Edit]


@dataclass(slots=True)
class _Concepts:
    """Of every concept of the draft: its scheme, whether it is deprecated and what follows it; and what turned."""

    scheme: dict[str, str] = field(default_factory=dict)
    deprecated: dict[str, bool] = field(default_factory=dict)
    followers: dict[str, list[str]] = field(default_factory=dict)
    turned: bool = False
    """Whether any status differs from the published one: then edges that nobody edited may not stand any more."""
    altered: set[str] = field(default_factory=set)
    """Concepts whose meaning may not be what it was: their status, kind, preferred labels or definitions differ."""


def settle_edges(store: Store, head: Release | None, edits: Edits) -> list[str]:
    """Check the ends of edges; edits that follow from the others are added to `edits`.

    These are the removal of imported edges to deprecated concepts, which are returned with the reason, by id, and
    `stale` on published mappings whose other end is altered. Raises PublishFaultsError for what is wrong with own
    edges.
    """
    concepts = _read_concepts(store, head, edits)
    touched: list[Edit | Record] = list(edits.values())
    if head and (concepts.turned or concepts.altered):
        touched += (row for row in store.records(head.number, types=(EntityType.EDGE,)) if row.order not in edits)
    faults: list[str] = []
    left_out: list[str] = []
    for item in touched:
        if item.entity_type is not EntityType.EDGE or item.body is None:
            if item.entity_type in (EntityType.CONCEPT, EntityType.SCHEME) and item.body is None:
                faults.append(f"{item.entity_id}: is never removed; deprecate it instead")
            continue
        edge = orjson.loads(item.body)
        if isinstance(item, Record) and _turns_stale(edge, concepts):
            reason = f"{edge['to'][0]} changed"
            edge["stale"] = True
            edits[item.order] = Edit(item.entity_type, item.entity_id, item.scheme, canonical_json(edge), reason)
        fault = _edge_fault(edge, concepts)
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


def _read_concepts(store: Store, head: Release | None, edits: Edits) -> _Concepts:
    found = _Concepts()
    published: Iterable[Record] = store.records(head.number, types=(EntityType.CONCEPT,)) if head else ()
    edited = (edits[order] for order in sorted(edits) if edits[order].entity_type is EntityType.CONCEPT)
    for before, edit in merge(published, edited):
        body = edit.body if edit else before.body if before else None
        if body is None:
            continue
        concept = orjson.loads(body)
        concept_id = concept["id"]
        deprecated = concept["status"] == "DEPRECATED"
        found.scheme[concept_id] = concept["scheme"]
        found.deprecated[concept_id] = deprecated
        if deprecated:
            found.followers[concept_id] = (concept["replacement"] or {}).get("concepts", [])
        if edit and before:
            was = orjson.loads(before.body)
            found.turned |= was["status"] != concept["status"]
            if _meaning(was) != _meaning(concept):
                found.altered.add(concept_id)
    return found


def _meaning(concept: dict[str, Any]) -> tuple[Any, ...]:
    """What mappings to a concept rest on, as its source has it: our own labels and definitions change no meaning."""
    local = (concept["data"] or {}).get(LOCAL) or {}
    ours, own = local.get("labels", ()), local.get("definitions", {})
    preferred = [label for label in concept["labels"] if label["type"] == "PREFERRED" and label not in ours]
    definitions = {tag: text for tag, text in concept["definitions"].items() if tag not in own}
    return concept["status"], concept["kind"], preferred, definitions


def _turns_stale(edge: dict[str, Any], concepts: _Concepts) -> bool:
    """Whether a published mapping, which nobody edited, leads to a concept of another scheme that is altered."""
    return (
        edge["type"] == "MAPS_TO"
        and not edge["stale"]
        and edge["to"][0] in concepts.altered
        and concepts.scheme.get(edge["from"]) != concepts.scheme[edge["to"][0]]
    )


def _edge_fault(edge: dict[str, Any], concepts: _Concepts) -> tuple[bool, str] | None:
    """Why an edge cannot be published (whether it is an own one, and the reason); None if it can."""
    own = edge["source"] == OWN_SOURCE
    start, mapping = edge["from"], edge["type"] == "MAPS_TO"
    if start not in concepts.deprecated:
        return own, f"begins at {start}, which does not exist"
    for end in edge["to"]:
        if end not in concepts.deprecated:
            if mapping:
                continue
            return own, f"ends at {end}, which does not exist"
        if concepts.deprecated[end] and not concepts.deprecated[start]:
            if own and mapping and edge["stale"]:
                # It is on the list of mappings to look at; refusing it would let a foreign upgrade block ours.
                continue
            instead = ", ".join(concepts.followers.get(end, ())) or "nothing"
            return own, f"ends at {end}, which is deprecated (replaced by: {instead})"
    return None
