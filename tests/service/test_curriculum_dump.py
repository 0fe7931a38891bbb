"""What the catalogue lacks and what a curriculum covers, recomputed from the lines of the dump with plain sets."""

import json
import random
from collections import Counter
from typing import Any

import pytest

from service_process import Served

Lines = list[dict[str, Any]]


@pytest.fixture(scope="module")
def dump(shared_server: Served) -> Lines:
    return [json.loads(line) for line in shared_server.get("/releases/2/dump.jsonl").text.splitlines()]


def entities(dump: Lines, kind: str) -> list[dict[str, Any]]:
    return [row["entity"] for row in dump if row["entityType"] == kind]


def needs_of(dump: Lines) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for edge in entities(dump, "EDGE"):
        if edge["type"] == "NEEDS":
            found.setdefault(edge["from"], []).append(edge)
    return found


def below(dump: Lines, top: str) -> set[str]:
    children: dict[str, set[str]] = {}
    for edge in entities(dump, "EDGE"):
        if edge["type"] == "BROADER":
            children.setdefault(edge["to"][0], set()).add(edge["from"])
    reached, waiting = {top}, [top]
    while waiting:
        fresh = children.get(waiting.pop(), set()) - reached
        reached |= fresh
        waiting += fresh
    return reached


def test_what_the_catalogue_lacks_in_each_area(shared_server: Served, dump: Lines) -> None:
    roles = {row["id"] for row in entities(dump, "CONCEPT") if row["kind"] == "ROLE" and row["status"] == "ACTIVE"}
    teachers = Counter(
        skill for course in entities(dump, "COURSE") for skill in {taught["skill"] for taught in course["teaches"]}
    )
    needs = needs_of(dump)
    areas = [row["id"] for row in entities(dump, "CONCEPT") if row["kind"] == "AREA"]
    assert len(areas) > 10
    query = """query($under: ID!, $most: Int, $after: String) { catalogueGaps(
        catalogue: "samples", under: $under, maxCourses: $most, first: 100, after: $after) { totalCount
        pageInfo { hasNextPage endCursor } edges { node { skill { id } neededByRoles taughtByCourses } } } }"""
    for number, area in enumerate(areas):
        most = number % 3
        needed = Counter(edge["to"][0] for role in sorted(roles & below(dump, area)) for edge in needs.get(role, ()))
        expected = sorted(
            ((count, skill) for skill, count in needed.items() if teachers[skill] <= most),
            key=lambda row: (-row[0], row[1]),
        )
        found: list[tuple[int, str]] = []
        after = None
        while True:
            page = shared_server.graphql(query, {"under": area, "most": most, "after": after})["data"]["catalogueGaps"]
            for edge in page["edges"]:
                node = edge["node"]
                assert node["taughtByCourses"] == teachers[node["skill"]["id"]]
                found.append((node["neededByRoles"], node["skill"]["id"]))
            if not page["pageInfo"]["hasNextPage"]:
                break
            after = page["pageInfo"]["endCursor"]
        assert found == expected
        assert page["totalCount"] == len(expected)


def test_what_curricula_cover(shared_server: Served, dump: Lines) -> None:
    courses = {course["id"]: course for course in entities(dump, "COURSE")}
    needs = needs_of(dump)
    dice = random.Random(4)
    query = """query($courses: [ID!]!, $role: ID!) { curriculumCoverage(courseIds: $courses, roleId: $role) {
        essential { required met levelGap missing coverage } optional { required met }
        covered { id } uncovered { id } untargeted { id } } }"""
    for role in dice.sample(sorted(needs), 40):
        chosen = dice.sample(sorted(courses), dice.randint(1, 30))
        reached: dict[str, int] = {}
        for course in chosen:
            for taught in courses[course]["teaches"]:
                level = 9 if taught["level"] is None else taught["level"]
                reached[taught["skill"]] = max(reached.get(taught["skill"], 0), level)
        met = {edge["to"][0] for edge in needs[role] if reached.get(edge["to"][0], 0) >= (edge["level"] or 1)}
        wanted = {edge["to"][0] for edge in needs[role]}
        essential = {edge["to"][0] for edge in needs[role] if edge["necessity"] == "ESSENTIAL"}
        answer = shared_server.graphql(query, {"courses": chosen, "role": role})["data"]["curriculumCoverage"]
        assert [row["id"] for row in answer["covered"]] == sorted(met)
        assert [row["id"] for row in answer["uncovered"]] == sorted(wanted - met)
        assert [row["id"] for row in answer["untargeted"]] == sorted(set(reached) - wanted)
        assert answer["essential"] == {
            "required": len(essential),
            "met": len(essential & met),
            "levelGap": len((essential - met) & set(reached)),
            "missing": len(essential - set(reached)),
            "coverage": len(essential & met) / len(essential) if essential else 0,
        }
        assert answer["optional"] == {"required": len(wanted - essential), "met": len((wanted - essential) & met)}
