"""Entities as they stand in dumps, changes and stores: their ids, their JSON shape, and back.

The shapes are those of the public contract: all keys always present, null where there is nothing, all lists
sorted, no derived count.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any

import orjson

from .canonical import canonical_json
from .model import (
    Broader,
    Concept,
    ConceptKind,
    ConceptStatus,
    Course,
    CourseClause,
    Eases,
    Edge,
    EdgeType,
    Entity,
    EntityType,
    Label,
    LabelType,
    MappingPredicate,
    MapsTo,
    Money,
    Necessity,
    Needs,
    PrerequisiteKind,
    Related,
    Replacement,
    ReplacementKind,
    Requires,
    Scheme,
    SkillAtLevel,
    SkillType,
    TaughtSkill,
)

TYPE_RANK: Mapping[EntityType, int] = {kind: rank for rank, kind in enumerate(EntityType)}


@dataclass(frozen=True, slots=True)
class Record:
    """An entity as stored: `body` is the canonical JSON of the entity, `scheme` its scheme or catalogue key."""

    entity_type: EntityType
    entity_id: str
    scheme: str
    body: bytes

    @property
    def order(self) -> tuple[int, str]:
        """Its place in a dump: SCHEME, CONCEPT, EDGE, COURSE, then the id in code point order."""
        return TYPE_RANK[self.entity_type], self.entity_id

    def line(self) -> bytes:
        """Its line in `dump.jsonl`, with the final newline."""
        return b'{"entity":%b,"entityId":%b,"entityType":"%b","scheme":%b}\n' % (
            self.body,
            orjson.dumps(self.entity_id),
            self.entity_type.encode(),
            orjson.dumps(self.scheme),
        )


def edge_type(edge: Edge) -> EdgeType:
    """The type of an edge."""
    return _EDGE_TYPES[type(edge)]


def edge_id(edge: Edge) -> str:
    """`TYPE|from|to`; REQUIRES: its kind and sorted alternatives; MAPS_TO: its predicate and the target's IRI."""
    match edge:
        case Requires():
            return f"REQUIRES|{edge.from_id}|{edge.kind}|{','.join(sorted(edge.any_of))}"
        case MapsTo():
            return f"MAPS_TO|{edge.from_id}|{edge.predicate}|{edge.iri}"
        case Related():
            first, second = sorted((edge.from_id, edge.to_id))
            return f"RELATED|{first}|{second}"
        case _:
            return f"{edge_type(edge)}|{edge.from_id}|{edge.to_id}"


def entity_id(entity: Entity) -> str:
    """The id under which the entity stands in dumps and changes."""
    match entity:
        case Scheme():
            return entity.key
        case Concept() | Course():
            return entity.id
        case _:
            return edge_id(entity)


def entity_type(entity: Entity) -> EntityType:
    """Which of the four sorts of entity it is."""
    match entity:
        case Scheme():
            return EntityType.SCHEME
        case Concept():
            return EntityType.CONCEPT
        case Course():
            return EntityType.COURSE
        case _:
            return EntityType.EDGE


def record(entity: Entity, scheme: str) -> Record:
    """The record of an entity. `scheme`: of an edge, the scheme of its `from`; of a course, its catalogue."""
    return Record(entity_type(entity), entity_id(entity), scheme, canonical_json(to_json(entity)))


def to_json(entity: Entity) -> dict[str, Any]:
    """The entity's shape, with every key and sorted lists."""
    match entity:
        case Scheme():
            return {
                "key": entity.key,
                "namespace": entity.namespace,
                "title": entity.title,
                "version": entity.version,
                "licence": entity.licence,
                "attribution": entity.attribution,
                "sourceUrl": entity.source_url,
            }
        case Concept():
            return _concept_json(entity)
        case Course():
            return _course_json(entity)
        case _:
            return _edge_json(entity)


def _concept_json(concept: Concept) -> dict[str, Any]:
    replacement = concept.replacement
    return {
        "id": concept.id,
        "uri": concept.uri,
        "scheme": concept.scheme,
        "kind": concept.kind,
        "skillType": concept.skill_type,
        "status": concept.status,
        "labels": [
            {"type": label.type, "lang": label.lang, "value": label.value}
            for label in sorted(set(concept.labels), key=lambda label: (label.type, label.lang, label.value))
        ],
        "definitions": dict(concept.definitions),
        "replacement": replacement
        and {
            "kind": replacement.kind,
            "concepts": sorted(set(replacement.concepts)),
            "reason": replacement.reason,
        },
        "data": concept.data,
    }


def _edge_json(edge: Edge) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "id": edge_id(edge),
        "type": edge_type(edge),
        "from": edge.from_id,
        "to": sorted(set(edge.any_of)) if isinstance(edge, Requires) else [edge.to_id],
        "confidence": edge.confidence,
        "source": edge.source,
        "data": edge.data,
    }
    match edge:
        case Broader():
            shape["primary"] = edge.primary
        case Related():
            shape["from"], shape["to"] = min(edge.from_id, edge.to_id), [max(edge.from_id, edge.to_id)]
        case Requires():
            shape |= {"kind": edge.kind, "level": edge.level}
        case Eases():
            shape["transfer"] = edge.transfer
        case Needs():
            shape |= {"necessity": edge.necessity, "importance": edge.importance, "level": edge.level}
        case MapsTo():
            shape |= {"predicate": edge.predicate, "stale": edge.stale}
    return shape


def _course_json(course: Course) -> dict[str, Any]:
    return {
        "id": course.id,
        "catalogue": course.catalogue,
        "title": course.title,
        "provider": course.provider,
        "url": course.url,
        "lang": course.lang,
        "hours": course.hours,
        "price": course.price and {"amount": course.price.amount, "currency": course.price.currency},
        "description": course.description,
        "outcomes": sorted(course.outcomes),
        "teaches": [
            {"skill": taught.skill, "level": taught.level, "confidence": taught.confidence}
            for taught in sorted(course.teaches, key=lambda t: (t.skill, t.level or 0, t.confidence))
        ],
        "assumes": sorted(
            (
                {
                    "anyOf": [
                        {"skill": option.skill, "level": option.level}
                        for option in sorted(clause.any_of, key=lambda option: (option.skill, option.level or 0))
                    ],
                    "kind": clause.kind,
                }
                for clause in course.assumes
            ),
            key=lambda clause: (clause["kind"], [(o["skill"], o["level"] or 0) for o in clause["anyOf"]]),
        ),
    }


def from_record(item: Record) -> Entity:
    """The entity of a record."""
    return from_json(item.entity_type, orjson.loads(item.body))


def from_json(kind: EntityType, body: Mapping[str, Any]) -> Entity:
    """The entity of a shape that `to_json` made; it is trusted, not checked again."""
    if kind is EntityType.EDGE:
        return _EDGE_READERS[body["type"]](body)
    if kind is EntityType.CONCEPT:
        return _concept(body)
    if kind is EntityType.COURSE:
        return _course(body)
    return Scheme(
        body["key"],
        body["namespace"],
        body["title"],
        body["version"],
        body["licence"],
        body["attribution"],
        body["sourceUrl"],
    )


def _concept(body: Mapping[str, Any]) -> Concept:
    replacement = body["replacement"]
    return Concept(
        id=intern(body["id"]),
        uri=body["uri"],
        scheme=body["scheme"],
        kind=ConceptKind(body["kind"]),
        labels=tuple(Label(_LABEL_TYPES[row["type"]], row["lang"], row["value"]) for row in body["labels"]),
        skill_type=body["skillType"] and SkillType(body["skillType"]),
        status=ConceptStatus(body["status"]),
        definitions=body["definitions"],
        replacement=replacement
        and Replacement(ReplacementKind(replacement["kind"]), tuple(replacement["concepts"]), replacement["reason"]),
        data=body["data"],
    )


def _course(body: Mapping[str, Any]) -> Course:
    price = body["price"]
    return Course(
        id=body["id"],
        catalogue=body["catalogue"],
        title=body["title"],
        hours=float(body["hours"]),
        provider=body["provider"],
        url=body["url"],
        lang=body["lang"],
        price=price and Money(float(price["amount"]), price["currency"]),
        teaches=tuple(TaughtSkill(t["skill"], t["level"], float(t["confidence"])) for t in body["teaches"]),
        assumes=tuple(
            CourseClause(
                tuple(SkillAtLevel(option["skill"], option["level"]) for option in clause["anyOf"]),
                PrerequisiteKind(clause["kind"]),
            )
            for clause in body["assumes"]
        ),
        description=body["description"],
        outcomes=tuple(body["outcomes"]),
    )


def _common(body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        # Ids recur in many edges: one string each saves about 30 MB on ESCO.
        "from_id": intern(body["from"]),
        "confidence": float(body["confidence"]),
        "source": intern(body["source"]),
        "data": body["data"],
    }


def _needs(body: Mapping[str, Any]) -> Needs:
    importance = body["importance"]
    return Needs(
        from_id=intern(body["from"]),
        to_id=intern(body["to"][0]),
        necessity=_NECESSITIES[body["necessity"]],
        importance=None if importance is None else float(importance),
        level=body["level"],
        confidence=float(body["confidence"]),
        source=intern(body["source"]),
        data=body["data"],
    )


_LABEL_TYPES = {str(kind): kind for kind in LabelType}
_NECESSITIES = {str(kind): kind for kind in Necessity}
_EDGE_TYPES: dict[type, EdgeType] = {
    Broader: EdgeType.BROADER,
    Related: EdgeType.RELATED,
    Requires: EdgeType.REQUIRES,
    Eases: EdgeType.EASES,
    Needs: EdgeType.NEEDS,
    MapsTo: EdgeType.MAPS_TO,
}
_EDGE_READERS: dict[str, Callable[[Mapping[str, Any]], Edge]] = {
    "BROADER": lambda b: Broader(to_id=intern(b["to"][0]), primary=b["primary"], **_common(b)),
    "RELATED": lambda b: Related(to_id=intern(b["to"][0]), **_common(b)),
    "REQUIRES": lambda b: Requires(
        any_of=tuple(b["to"]), kind=PrerequisiteKind(b["kind"]), level=b["level"], **_common(b)
    ),
    "EASES": lambda b: Eases(to_id=intern(b["to"][0]), transfer=float(b["transfer"]), **_common(b)),
    "NEEDS": _needs,
    "MAPS_TO": lambda b: MapsTo(
        to_id=intern(b["to"][0]),
        predicate=MappingPredicate(b["predicate"]),
        iri=b["id"].split("|", 3)[3],
        stale=b["stale"],
        **_common(b),
    ),
}
