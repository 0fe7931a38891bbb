"""Plans for bad or awkward questions through the API: each is told what is wrong or missing, none gets a default."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api_graphs import concept, publish_entities, small_graph
from asking import Api
from skillatlas.taxonomy import (
    ConceptKind,
    ConceptStatus,
    Course,
    CourseClause,
    MappingPredicate,
    MapsTo,
    Money,
    Necessity,
    Needs,
    Replacement,
    ReplacementKind,
    SkillAtLevel,
    Store,
    TaughtSkill,
    open_store,
)

PATHS = """query($input: LearningPathsInput!) { learningPaths(input: $input) {
    status warnings uncovered { skill { id } reason detail }
    plans { status hours readinessAfter essentialAfter { coverage } prices { amount currency }
        steps { course { id } why teaches { skill { id } } throughMappings { skill { id } taught { id } } } } } }"""
ROLE = {"roleId": "atlas:role.data-analyst"}
SQL = {"skills": [{"skillId": "atlas:sql", "level": 3}]}


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Any]:
    stores: list[Store] = []

    def made(*more: Any, without_courses: bool = False) -> Api:
        store = open_store(f"sqlite:///{tmp_path / f'{len(stores)}.db'}")
        stores.append(store)
        entities = [one for one in small_graph() if not (without_courses and isinstance(one, Course))]
        publish_entities(store, [*entities, *more], "first")
        return Api.over(store)

    yield made
    for store in stores:
        store.close()


def paths(api: Api, target: dict[str, Any], profile: dict[str, Any] | None = None, **options: Any) -> Any:
    return api.ask(PATHS, input={"profile": profile or {}, "target": target, **options})["learningPaths"]


def uncovered(found: Any) -> list[tuple[str, str]]:
    return [(row["skill"]["id"], row["reason"]) for row in found["uncovered"]]


def taught(course_id: str, *skills: str, price: Money | None = None, assumes: Iterable[str] = ()) -> Course:
    clauses = tuple(CourseClause((SkillAtLevel(skill),)) for skill in assumes)
    teaches = tuple(TaughtSkill(skill) for skill in sorted(skills))
    return Course(
        course_id, course_id.split(":", maxsplit=1)[0], course_id, 10, price=price, teaches=teaches, assumes=clauses
    )


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"startDate": "2027-01-04", "deadline": "2027-01-03"}, "2027-01-03 is before the start"),
        ({"deadline": "2027-01-03"}, "startDate"),
        ({"hoursPerWeek": 0}, "hoursPerWeek"),
        ({"hoursPerWeek": -3}, "hoursPerWeek"),
        ({"hoursPerWeek": 500}, "above 0 and at most 80"),
        ({"budget": {"amount": -0.01, "currency": "EUR"}}, "budget.amount"),
        ({"budget": {"amount": 10, "currency": "euro"}}, "ISO 4217"),
        ({"budget": {"amount": 10, "currency": "EUR"}, "currency": "USD"}, "not that of the budget"),
        ({"alternatives": 6}, "alternatives"),
    ],
)
def test_what_cannot_be_planned_for_is_said(api: Api, options: dict[str, Any], named: str) -> None:
    code, message = api.refuse(PATHS, input={"profile": {}, "target": ROLE, **options})
    assert code == "BAD_INPUT"
    assert named in message


def test_two_currencies_are_never_compared(make: Any) -> None:
    api = make(taught("demo:us", "atlas:sql", price=Money(5, "USD")))
    code, message = api.refuse(PATHS, input={"profile": {}, "target": SQL, "objective": "CHEAPEST"})
    assert (code, "EUR, USD" in message) == ("BAD_INPUT", True)
    found = paths(api, SQL, objective="CHEAPEST", currency="USD")
    assert [step["course"]["id"] for step in found["plans"][0]["steps"]] == [
        "demo:sql-1"
    ]  # free, whatever its currency


def test_no_courses_at_all(make: Any) -> None:
    found = paths(make(without_courses=True), ROLE)
    assert found["status"] == "INFEASIBLE"
    assert {reason for _, reason in uncovered(found)} == {"NO_COURSE"}
    assert found["plans"][0]["steps"] == []
    assert found["plans"][0]["readinessAfter"] == 0


def test_courses_that_only_each_other_satisfy(make: Any) -> None:
    api = make(
        taught("demo:a", "atlas:cpp", assumes=["atlas:polars"]), taught("demo:b", "atlas:polars", assumes=["atlas:cpp"])
    )
    found = paths(api, {"skills": [{"skillId": "atlas:cpp"}]})
    assert uncovered(found) == [("atlas:cpp", "PREREQUISITE_UNREACHABLE")]
    assert "atlas:polars" in found["uncovered"][0]["detail"]


def test_a_level_that_no_course_teaches(api: Api) -> None:
    found = paths(api, {"skills": [{"skillId": "atlas:sql", "level": 5}]})
    assert [(row["reason"], row["detail"]) for row in found["uncovered"]] == [
        ("NO_COURSE", "no course teaches it at level 5; the highest is 3")
    ]


def test_a_target_already_met_is_readiness_one_and_an_empty_plan(api: Api) -> None:
    found = paths(api, SQL, {"skills": [{"skillId": "atlas:sql", "level": 4}]})
    (plan,) = found["plans"]
    assert (found["status"], plan["status"], plan["steps"], plan["hours"]) == ("OPTIMAL", "OPTIMAL", [], 0)
    assert (plan["readinessAfter"], plan["essentialAfter"]["coverage"], found["uncovered"]) == (1, 1, [])


def test_a_role_without_needs_has_no_readiness(api: Api) -> None:
    found = paths(api, {"roleId": "atlas:role.idle"})
    assert (found["plans"][0]["readinessAfter"], found["plans"][0]["steps"]) == (None, [])
    assert any("requires no skill" in warning for warning in found["warnings"])


def test_retired_ids_say_what_replaced_them(make: Any) -> None:
    split = Replacement(ReplacementKind.SPLIT, ("atlas:role.data-analyst", "atlas:role.idle"), "two roles")
    old = concept("atlas:role.old", ConceptKind.ROLE, "old", status=ConceptStatus.DEPRECATED, replacement=split)
    moved = Replacement(ReplacementKind.REPLACED, ("atlas:role.data-analyst",), "renamed")
    api = make(old, replace(old, id="atlas:role.former", uri=old.uri + "er", replacement=moved))
    code, message = api.refuse(PATHS, input={"profile": {}, "target": {"roleId": "atlas:role.old"}})
    assert code == "BAD_INPUT"
    assert "atlas:role.data-analyst, atlas:role.idle" in message
    found = paths(api, {"roleId": "atlas:role.former"}, {"skills": [{"skillId": "atlas:ml-old"}]})
    assert len(found["plans"][0]["steps"]) > 1
    for old_id, new_id in (
        ("atlas:role.former", "atlas:role.data-analyst"),
        ("atlas:ml-old", "atlas:machine-learning"),
    ):
        assert any(old_id in warning and new_id in warning for warning in found["warnings"])


def test_a_role_of_another_scheme_gets_our_courses_through_exact_mappings(make: Any) -> None:
    role = concept("onet:15", ConceptKind.ROLE, "analyst")
    skills = [concept(f"onet:{name}", ConceptKind.SKILL, name) for name in ("sql", "cpp")]
    needs = [Needs(from_id="onet:15", to_id=skill.id, necessity=Necessity.ESSENTIAL) for skill in skills]
    iri = "https://w3id.org/skillatlas/id/"
    maps = [
        MapsTo(from_id="onet:sql", to_id="atlas:sql", predicate=MappingPredicate.EXACT, iri=f"{iri}sql"),
        MapsTo(from_id="onet:cpp", to_id="atlas:statistics", predicate=MappingPredicate.CLOSE, iri=f"{iri}statistics"),
    ]
    found = paths(make(role, *skills, *needs, *maps), {"roleId": "onet:15"})
    (step,) = found["plans"][0]["steps"]
    assert step["course"]["id"] == "demo:sql-1"
    assert {row["skill"]["id"] for row in step["teaches"]} == {"atlas:sql", "onet:sql"}
    assert step["throughMappings"] == [{"skill": {"id": "onet:sql"}, "taught": {"id": "atlas:sql"}}]
    assert "sql is taught as SQL" in step["why"]
    assert uncovered(found) == [("onet:cpp", "NO_COURSE")]
    assert any("EXACT" in warning for warning in found["warnings"])


UNCONFIRMED = """query($catalogue: String) { unconfirmedCourses(catalogue: $catalogue) { totalCount edges { node {
    course { id } outline skills { skill { id } level confidence evidence { text start end } } } } } }"""


def test_what_was_read_in_outlines_is_listed_with_its_places(make: Any) -> None:
    read = Course(
        "demo:read", "demo", "Databases", 9, lang="en", description="You will learn SQL.",
        teaches=(TaughtSkill("atlas:cpp", 2, 0.6), TaughtSkill("atlas:sql", None, 0.8)),
    )  # fmt: skip
    api = make(read)
    (edge,) = api.ask(UNCONFIRMED)["unconfirmedCourses"]["edges"]
    node = edge["node"]
    assert (node["course"]["id"], node["outline"]) == ("demo:read", "Databases\nYou will learn SQL.")
    lost, found = node["skills"]
    assert (lost["skill"]["id"], lost["level"], lost["evidence"]) == ("atlas:cpp", 2, [])
    (place,) = found["evidence"]
    assert node["outline"][place["start"] : place["end"]] == place["text"] == "SQL"
    assert api.refuse(UNCONFIRMED, catalogue="nix")[0] == "NOT_FOUND"
