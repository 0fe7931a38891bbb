"""Entities as nodes and relationships of the explorable graph: property names that a person can use."""

import re
from collections.abc import Mapping
from typing import Any

from ...canonical import canonical_json
from ...entities import edge_id, edge_type
from ...languages import choose
from ...model import (
    Broader,
    Concept,
    Course,
    CourseClause,
    Eases,
    Edge,
    LabelType,
    MapsTo,
    Needs,
    Related,
    Replacement,
    Requires,
    Scheme,
)

LiveRow = dict[str, Any]
_NO_NAME = re.compile(r"[^A-Za-z0-9]")


def _json(data: Any) -> str | None:
    return None if data is None else canonical_json(data).decode()


def _named(prefix: str, lang: str) -> str:
    """`prefLabel_zh_Hant`: a name that needs no quotes in Cypher."""
    return f"{prefix}_{_NO_NAME.sub('_', lang)}"


def concept_row(concept: Concept) -> LiveRow:
    """`prefLabel` and `definition` are in English, else in the smallest tag; `prefLabel_zh` and so on name theirs."""
    preferred = {label.lang: label.value for label in concept.labels if label.type is LabelType.PREFERRED}
    row: LiveRow = {
        "id": concept.id,
        "uri": concept.uri,
        "scheme": concept.scheme,
        "kind": concept.kind.value,
        "status": concept.status.value,
        "skillType": concept.skill_type and concept.skill_type.value,
        "prefLabel": _chosen(preferred),
        "altLabels": _values(concept, LabelType.ALTERNATIVE),
        "hiddenLabels": _values(concept, LabelType.HIDDEN),
        "definition": _chosen(concept.definitions),
        "data": _json(concept.data),
    }
    if concept.replacement:
        row["replacementKind"] = concept.replacement.kind.value
        row["replacementReason"] = concept.replacement.reason
    row.update((_named("prefLabel", lang), value) for lang, value in preferred.items())
    row.update((_named("definition", lang), value) for lang, value in concept.definitions.items())
    return row


def _chosen(texts: Mapping[str, str]) -> str | None:
    tag = choose("en", texts)
    return None if tag is None else texts[tag]


def _values(concept: Concept, kind: LabelType) -> list[str]:
    return sorted({label.value for label in concept.labels if label.type is kind})


def replacement_rows(concept_id: str, replacement: Replacement | None) -> list[LiveRow]:
    """One row for each concept that came instead."""
    if replacement is None:
        return []
    properties = {"kind": replacement.kind.value, "reason": replacement.reason}
    return [
        {"type": "REPLACED_BY", "from": concept_id, "to": instead, "uri": instead, "properties": properties}
        for instead in replacement.concepts
    ]


def edge_row(edge: Broader | Related | Eases | Needs) -> LiveRow:
    """An edge between two concepts."""
    return {
        "type": edge_type(edge).value,
        "from": edge.from_id,
        "to": edge.to_id,
        "properties": _properties(edge),
    }


def mapping_row(edge: MapsTo) -> LiveRow:
    """A mapping; its target is found by `to`, else by `iri`."""
    return {
        "type": "MAPS_TO",
        "from": edge.from_id,
        "to": edge.to_id,
        "uri": edge.iri,
        "predicate": edge.predicate.value,
        "properties": _properties(edge),
    }


def clause_row(edge: Requires) -> LiveRow:
    """A clause: a node between the skill and what it may build on."""
    return {
        "from": edge.from_id,
        "id": edge_id(edge),
        "properties": _properties(edge),
        "anyOf": [{"skill": skill, "properties": {}} for skill in edge.any_of],
    }


def _properties(edge: Edge) -> LiveRow:
    properties: LiveRow = {"confidence": edge.confidence, "source": edge.source, "data": _json(edge.data)}
    match edge:
        case Broader():
            properties["primary"] = edge.primary
        case Requires():
            properties |= {"kind": edge.kind.value, "level": edge.level}
        case Eases():
            properties["transfer"] = edge.transfer
        case Needs():
            properties |= {
                "necessity": edge.necessity.value,
                "importance": edge.importance,
                "level": edge.level,
            }
        case MapsTo():
            properties |= {"predicate": edge.predicate.value, "iri": edge.iri, "stale": edge.stale}
        case Related():
            pass
    return properties


def course_row(course: Course) -> LiveRow:
    """A course; `price` null is not known, 0 is free."""
    return {
        "id": course.id,
        "catalogue": course.catalogue,
        "title": course.title,
        "provider": course.provider,
        "url": course.url,
        "lang": course.lang,
        "hours": course.hours,
        "price": course.price and course.price.amount,
        "currency": course.price and course.price.currency,
        "description": course.description,
        "outcomes": list(course.outcomes),
    }


def teaches_rows(course: Course) -> list[LiveRow]:
    """What a course teaches."""
    return [
        {
            "from": course.id,
            "to": taught.skill,
            "uri": taught.skill,
            "properties": {"level": taught.level, "confidence": taught.confidence},
        }
        for taught in course.teaches
    ]


def assumes_rows(course: Course) -> list[LiveRow]:
    """What a course assumes: a clause node each."""

    def row(number: int, clause: CourseClause) -> LiveRow:
        return {
            "from": course.id,
            "id": f"ASSUMES|{course.id}|{number}",
            "properties": {"kind": clause.kind.value},
            "anyOf": [{"skill": option.skill, "properties": {"level": option.level}} for option in clause.any_of],
        }

    return [row(number, clause) for number, clause in enumerate(course.assumes, 1)]


def scheme_row(scheme: Scheme) -> LiveRow:
    """A scheme with its licence and attribution."""
    return {
        "key": scheme.key,
        "namespace": scheme.namespace,
        "title": scheme.title,
        "version": scheme.version,
        "licence": scheme.licence,
        "attribution": scheme.attribution,
        "sourceUrl": scheme.source_url,
    }
