"""Entities: their ids and shapes as the contract has them, and the way there and back."""

import dataclasses
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from histories import concepts, courses, edges, scheme_of, schemes
from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    Course,
    CourseClause,
    Eases,
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
    TaughtSkill,
    canonical_json,
    entity_id,
    entity_type,
    from_json,
    from_record,
    record,
    to_json,
)

entities = st.one_of(schemes(), concepts(), edges(), courses())


@settings(deadline=None)
@given(entities)
def test_an_entity_comes_back_from_its_record(entity: Entity) -> None:
    row = record(entity, scheme_of(entity))
    again = from_record(row)
    assert type(again) is type(entity)
    assert record(again, row.scheme) == row
    assert from_json(row.entity_type, to_json(again)) == again
    # What the shape sorts or makes one may differ; nothing else does.
    sortable = {"labels", "teaches", "assumes", "outcomes", "replacement"}
    for name in (field.name for field in dataclasses.fields(entity)):
        if name not in sortable and name != "data":
            assert getattr(again, name) == getattr(entity, name), name


@settings(deadline=None)
@given(entities)
def test_a_line_is_canonical_and_names_its_entity(entity: Entity) -> None:
    row = record(entity, scheme_of(entity))
    line = orjson.loads(row.line())
    assert line["entityId"] == entity_id(entity) == row.entity_id
    assert line["entityType"] == entity_type(entity)
    assert line["scheme"] == scheme_of(entity)
    assert canonical_json(line) + b"\n" == row.line()


@settings(deadline=None)
@given(entities)
def test_all_keys_are_always_there(entity: Entity) -> None:
    shape = to_json(entity)
    keys = SHAPES["EDGE"] | SHAPES[shape["type"]] if "type" in shape else SHAPES[str(entity_type(entity))]
    assert set(shape) == keys


# Copied from the contract, "Releases, changes, dumps"; of a course, the catalogue line with its catalogue.
SHAPES: dict[str, set[str]] = {
    "SCHEME": {"key", "namespace", "title", "version", "licence", "attribution", "sourceUrl"},
    "CONCEPT": {
        *("id", "uri", "scheme", "kind", "skillType", "status", "labels", "definitions", "replacement", "data"),
    },
    "EDGE": {"id", "type", "from", "to", "confidence", "source", "data"},
    "BROADER": {"primary"},
    "RELATED": set(),
    "REQUIRES": {"kind", "level"},
    "EASES": {"transfer"},
    "NEEDS": {"necessity", "importance", "level"},
    "MAPS_TO": {"predicate", "stale"},
    "COURSE": {
        *("id", "catalogue", "title", "provider", "url", "lang", "hours", "price", "description", "outcomes"),
        *("teaches", "assumes"),
    },
}


@pytest.mark.parametrize(
    ("edge", "expected"),
    [
        (Broader(from_id="atlas:a", to_id="atlas:b"), "BROADER|atlas:a|atlas:b"),
        (Related(from_id="atlas:b", to_id="atlas:a"), "RELATED|atlas:a|atlas:b"),
        (Eases(from_id="atlas:b", to_id="atlas:a", transfer=0.5), "EASES|atlas:b|atlas:a"),
        (Needs(from_id="atlas:r", to_id="atlas:a", necessity=Necessity.OPTIONAL), "NEEDS|atlas:r|atlas:a"),
        (Requires(from_id="atlas:a", any_of=("atlas:c", "atlas:b")), "REQUIRES|atlas:a|HARD|atlas:b,atlas:c"),
        (
            Requires(from_id="atlas:a", any_of=("atlas:b",), kind=PrerequisiteKind.RECOMMENDED, level=3),
            "REQUIRES|atlas:a|RECOMMENDED|atlas:b",
        ),
        (
            MapsTo(
                from_id="atlas:a",
                to_id="esco:skill/1",
                predicate=MappingPredicate.CLOSE,
                iri="http://data.europa.eu/esco/skill/1",
            ),
            "MAPS_TO|atlas:a|CLOSE|http://data.europa.eu/esco/skill/1",
        ),
    ],
)
def test_ids_of_edges(edge: Entity, expected: str) -> None:
    assert entity_id(edge) == expected
    assert to_json(edge)["id"] == expected
    assert entity_type(edge) is EntityType.EDGE


def test_related_has_the_smaller_id_first_in_all_places() -> None:
    one = Related(from_id="atlas:b", to_id="atlas:a")
    other = Related(from_id="atlas:a", to_id="atlas:b")
    assert to_json(one) == to_json(other)
    assert to_json(one)["from"] == "atlas:a"


def test_the_iri_of_a_mapping_may_hold_the_separator() -> None:
    edge = MapsTo(from_id="atlas:a", to_id="x", predicate=MappingPredicate.EXACT, iri="https://example.org/a|b")
    assert from_record(record(edge, "atlas")) == edge


def test_a_concept_is_written_sorted() -> None:
    labels = (
        Label(LabelType.PREFERRED, "zh", "数据"),
        Label(LabelType.HIDDEN, "en", "b"),
        Label(LabelType.PREFERRED, "en", "data"),
        Label(LabelType.ALTERNATIVE, "en", "b"),
        Label(LabelType.ALTERNATIVE, "en", "a"),
        Label(LabelType.ALTERNATIVE, "en", "a"),
    )
    concept = Concept(
        "atlas:a",
        "https://example.org/a",
        "atlas",
        ConceptKind.SKILL,
        labels,
        replacement=Replacement(ReplacementKind.SPLIT, ("atlas:c", "atlas:b")),
    )
    shape = to_json(concept)
    rows = [(row["type"], row["lang"], row["value"]) for row in shape["labels"]]
    assert rows == [
        ("ALTERNATIVE", "en", "a"),
        ("ALTERNATIVE", "en", "b"),
        ("HIDDEN", "en", "b"),
        ("PREFERRED", "en", "data"),
        ("PREFERRED", "zh", "数据"),
    ]
    assert shape["replacement"]["concepts"] == ["atlas:b", "atlas:c"]


def test_the_order_in_which_a_course_is_told_does_not_matter() -> None:
    def course(*, turned: bool) -> dict[str, Any]:
        teaches = (TaughtSkill("atlas:b", 2), TaughtSkill("atlas:a", 3), TaughtSkill("atlas:a"))
        outcomes = ("b", "a")
        options = (SkillAtLevel("atlas:x", 2), SkillAtLevel("atlas:x"), SkillAtLevel("atlas:w", 5))
        clauses = (CourseClause(options), CourseClause(options[:1], PrerequisiteKind.COREQUISITE))
        if turned:
            teaches, outcomes = teaches[::-1], outcomes[::-1]
            clauses = (clauses[1], CourseClause(options[::-1]))
        price = Money(49.5, "EUR")
        return to_json(Course("c:1", "c", "t", 1.5, price=price, teaches=teaches, assumes=clauses, outcomes=outcomes))

    assert course(turned=True) == course(turned=False)
    assert course(turned=False)["outcomes"] == ["a", "b"]


def test_a_scheme_is_its_key() -> None:
    scheme = Scheme("atlas", "https://example.org/", "skillatlas", licence="CC-BY-4.0")
    row = record(scheme, "atlas")
    assert (row.entity_id, row.order) == ("atlas", (0, "atlas"))
    assert from_record(row) == scheme
