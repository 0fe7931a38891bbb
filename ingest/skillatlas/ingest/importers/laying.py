"""Laying what is local over what a source says, while both are compared."""

from collections.abc import Mapping
from typing import Any

import orjson

from skillatlas.taxonomy import (
    LOCAL,
    OWN_SOURCE,
    Concept,
    EntityType,
    LocalConflict,
    Record,
    from_record,
    local_part,
    record,
    with_local,
)

_MARK = f'"{LOCAL}":'.encode()


def edge_is_local(body: Mapping[str, Any]) -> bool:
    """Whether people stated an edge themselves beside its scheme's source."""
    return body["source"] == OWN_SOURCE and bool((body["data"] or {}).get(LOCAL))


def lay_over(have: Record, want: Record, conflicts: list[LocalConflict], *, overlay: bool) -> Record:
    """What is wanted of an entity that the store has and that differs, with what only the store knows of it.

    That is the local part of a concept, unless the harvest states it itself (`overlay`), and the mark on a stale
    mapping that is otherwise the same.
    """
    if want.entity_type is EntityType.EDGE:
        return _edge(have, want, conflicts)
    if want.entity_type is not EntityType.CONCEPT or overlay or _MARK not in have.body:
        return want
    held, wanted = from_record(have), from_record(want)
    assert isinstance(held, Concept)
    assert isinstance(wanted, Concept)
    laid, found = with_local(wanted, local_part(held))
    conflicts += found
    return record(laid, want.scheme)


def _edge(have: Record, want: Record, conflicts: list[LocalConflict]) -> Record:
    if b'"stale":true' in have.body:
        before, after = orjson.loads(have.body), orjson.loads(want.body)
        return have if before == {**after, "stale": before.get("stale")} else want
    if _MARK in have.body:
        before, after = orjson.loads(have.body), orjson.loads(want.body)
        if edge_is_local(before) and not edge_is_local(after):
            conflicts.append(LocalConflict(want.entity_id, "same", "the relation is the source's own now"))
    return want


def note_deprecated(
    deprecated: dict[str, list[str]], conflicts: list[LocalConflict], concept: Mapping[str, Any]
) -> None:
    """Remember a concept that is deprecated; what is local at it stays there, and is listed."""
    followers = (concept["replacement"] or {}).get("concepts", [])
    deprecated[concept["id"]] = followers
    local = (concept["data"] or {}).get(LOCAL)
    if local:
        parts = [*(row["value"] for row in local.get("labels", ())), *local.get("definitions", {}).values()]
        text = f"is deprecated ({_followed(followers)}); what is ours stays at it: {'; '.join(parts)}"
        conflicts.append(LocalConflict(concept["id"], "deprecated", text))


def lost_relation(
    deprecated: Mapping[str, list[str]], conflicts: list[LocalConflict], edge: Mapping[str, Any]
) -> str | None:
    """Why a local relation cannot stand any more: one that stays active leads to what is deprecated. None: it can."""
    start = edge["from"]
    if start in deprecated:
        text = f"{start} is deprecated ({_followed(deprecated[start])}); our relation stays at it"
        conflicts.append(LocalConflict(edge["id"], "deprecated", text))
        return None
    if edge["type"] == "MAPS_TO":
        return None
    for end in edge["to"]:
        if end in deprecated:
            text = f"our relation leads to {end}, which is deprecated ({_followed(deprecated[end])}); taken away"
            conflicts.append(LocalConflict(edge["id"], "relation", text))
            return text
    return None


def _followed(followers: list[str]) -> str:
    return f"followed by {', '.join(followers)}" if followers else "nothing follows it"
