"""Who uses the concepts that an upgrade changes: mappings of other schemes, and courses."""

from collections.abc import Collection
from dataclasses import dataclass, field

import orjson

from skillatlas.taxonomy import EntityType, Store

from ..draft import open_draft


@dataclass(slots=True)
class Usage:
    """By concept, the ids of fresh and stale mappings that lead to it, and of courses that name it."""

    mappings: dict[str, list[str]] = field(default_factory=dict)
    courses: dict[str, list[str]] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    """The mappings that are not stale yet."""


def find_usage(store: Store, scheme: str, concepts: Collection[str]) -> Usage:
    """Uses of the concepts of a scheme outside it, in the draft."""
    found = Usage()
    if not concepts:
        return found
    with open_draft(store) as rows:
        for row in rows:
            if row.entity_type is EntityType.EDGE:
                if row.scheme == scheme or not row.entity_id.startswith("MAPS_TO|"):
                    continue
                body = orjson.loads(row.body)
                if body["to"][0] in concepts:
                    found.mappings.setdefault(body["to"][0], []).append(row.entity_id)
                    if not body["stale"]:
                        found.fresh.add(row.entity_id)
            elif row.entity_type is EntityType.COURSE:
                body = orjson.loads(row.body)
                named = {taught["skill"] for taught in body["teaches"]}
                named.update(option["skill"] for clause in body["assumes"] for option in clause["anyOf"])
                for name in named & set(concepts):
                    found.courses.setdefault(name, []).append(row.entity_id)
    return found
