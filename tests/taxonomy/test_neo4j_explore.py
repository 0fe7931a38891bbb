"""The questions of docs/explore-in-cypher.md, asked of the shipped ontology and its sample courses."""

import re
from contextlib import closing
from typing import Any

import neo4j
import pytest

from neo4j_fixtures import DATABASE
from service_process import ROOT, SAMPLES, run_skillatlas
from skillatlas.taxonomy import Graph, load_graph, open_store

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

PAGE = ROOT / "docs" / "explore-in-cypher.md"
COURSES = SAMPLES / "courses.jsonl"


def skillatlas(*arguments: str) -> None:
    done = run_skillatlas(*arguments, timeout=240)
    assert done.returncode == 0, done.stderr


def answers(driver: neo4j.Driver) -> list[list[dict[str, Any]]]:
    questions = re.findall(r"```cypher\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return [
        [row.data() for row in driver.execute_query(question, database_=DATABASE).records] for question in questions
    ]


def test_every_question_is_answered_as_the_graph_says(neo4j_url: str, neo4j_driver: neo4j.Driver) -> None:
    skillatlas("init", "--store", neo4j_url)
    skillatlas("import", "courses", str(COURSES), "--catalogue", "samples", "--publish", "x", "--store", neo4j_url)
    with closing(open_store(neo4j_url)) as store:
        graph = load_graph(store)
    needs, roles, earlier, courses, groups = answers(neo4j_driver)
    check_needs(graph, needs)
    check_roles(graph, roles)
    check_prerequisites(graph, earlier)
    taught = {skill.skill for course in graph.courses.values() for skill in course.teaches}
    needed = {need.to_id for need in graph.needs("atlas:role.data-analyst")}
    assert {skill for row in courses for skill in row["skills"]} <= {label(graph, name) for name in taught & needed}
    assert courses
    check_groups(graph, groups)


def label(graph: Graph, concept_id: str) -> str:
    return graph.label(graph.concepts[concept_id])


def check_needs(graph: Graph, rows: list[dict[str, Any]]) -> None:
    wanted = {
        label(graph, need.to_id): (
            (need.necessity.value, need.importance, need.level),
            sorted(
                (sorted(label(graph, name) for name in clause.any_of), clause.kind.value, clause.level or 0)
                for clause in graph.edges.requires.get(need.to_id, ())
            ),
        )
        for need in graph.needs("atlas:role.data-analyst")
    }
    assert len(wanted) > 5
    assert {
        row["skill"]: (
            (row["necessity"], row["importance"], row["level"]),
            sorted((sorted(c["anyOf"]), c["kind"], c["level"] or 0) for c in row["requires"]),
        )
        for row in rows
    } == wanted
    importances = [row["importance"] for row in rows if row["importance"] is not None]
    assert importances == sorted(importances, reverse=True)


def check_roles(graph: Graph, rows: list[dict[str, Any]]) -> None:
    held = {"atlas:sql", "atlas:python", "atlas:pandas"}
    assert held <= graph.concepts.keys()
    assert rows
    by_label = {graph.label(concept): name for name, concept in graph.concepts.items() if concept.kind == "ROLE"}
    for row in rows:
        essential = {need.to_id for need in graph.needs(by_label[row["role"]]) if need.necessity == "ESSENTIAL"}
        assert (row["has"], row["needed"]) == (len(essential & held), len(essential))


def check_prerequisites(graph: Graph, rows: list[dict[str, Any]]) -> None:
    steps, level, found = 0, {"atlas:machine-learning"}, dict[str, int]()
    seen: set[str] = set()
    while level and steps < 8:
        steps += 1
        level = {
            option
            for name in level
            for clause in graph.edges.requires.get(name, ())
            if clause.kind == "HARD"
            for option in clause.any_of
        } - seen
        seen |= level
        found |= {label(graph, name): steps for name in level}
    assert len(found) > 2
    assert {row["skill"]: row["steps"] for row in rows} == found


def check_groups(graph: Graph, rows: list[dict[str, Any]]) -> None:
    groups = [
        concept
        for concept in graph.narrower("atlas:domain.data-science")
        if concept.kind in ("SKILL_GROUP", "ROLE_GROUP")
    ]
    assert groups
    assert {row["name"]: (row["chinese"], row["skills"] + row["roles"]) for row in rows} == {
        graph.label(group): (
            graph.label(group, "zh"),
            sum(graph.concepts[name].kind in ("SKILL", "ROLE") for name in graph.under(group.id)),
        )
        for group in groups
    }
