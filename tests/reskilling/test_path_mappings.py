"""Courses of one scheme for a target of another: EXACT mappings count as taught, CLOSE ones do not."""

import pytest

from reskilling_graphs import build_graph, clause, course, need, requires, role, skills
from skillatlas.reskilling import (
    EvidenceItem,
    LearningPaths,
    PathRequest,
    PathStatus,
    Profile,
    RequiredSkill,
    Target,
    UncoveredReason,
    curriculum_coverage,
    explain_step,
    learning_paths,
)
from skillatlas.taxonomy import Course, Edge, Graph, MappingPredicate, MapsTo, PrerequisiteKind

EXACT, CLOSE = MappingPredicate.EXACT, MappingPredicate.CLOSE
SKILLS = [*skills("a", "b", "c"), *skills("x", "y", "z", scheme="esco"), role("esco:r"), role("atlas:role.r")]
NEEDS = [need("esco:r", "esco:x", 3), need("esco:r", "esco:y"), need("atlas:role.r", "atlas:a", 3)]


def mapping(start: str, end: str, predicate: MappingPredicate = EXACT, confidence: float = 1.0) -> MapsTo:
    return MapsTo(
        from_id=start,
        to_id=end,
        predicate=predicate,
        iri=f"https://example.org/{end.replace(':', '/')}",
        confidence=confidence,
    )


def graph_of(courses: list[Course], *edges: Edge) -> Graph:
    return build_graph(SKILLS, [*NEEDS, *edges], courses)


def plan(graph: Graph, role_id: str = "esco:r", *held: str, request: PathRequest | None = None) -> LearningPaths:
    profile = Profile(named=tuple(EvidenceItem(skill, 3) for skill in held))
    return learning_paths(graph, profile, Target(role_id=role_id), request)


@pytest.mark.parametrize("edge", [mapping("atlas:a", "esco:x"), mapping("esco:x", "atlas:a")])
def test_an_exact_mapping_counts_as_taught_in_either_direction(edge: MapsTo) -> None:
    graph = graph_of([course("open:1", [("atlas:a", 3)]), course("open:2", ["esco:y"])], edge)
    answer = plan(graph)
    assert answer.status is PathStatus.OPTIMAL
    assert answer.plans[0].covered == ("esco:x", "esco:y")
    assert answer.plans[0].readiness_after == 1.0
    step = answer.plans[0].steps[0]
    assert [(taught.skill, taught.level) for taught in step.teaches] == [("atlas:a", 3), ("esco:x", 3)]
    assert [(use.skill_id, use.through) for use in step.uses] == [("esco:x", "atlas:a")]
    assert "x is taught as a" in explain_step(graph, answer.plans[0], step)
    assert "课程以a教授x" in explain_step(graph, answer.plans[0], step, "zh")
    assert answer.warnings == ("taught through an EXACT mapping: esco:x as atlas:a (open:1)",)


def test_the_reverse_a_role_of_ours_over_courses_of_another_scheme() -> None:
    graph = graph_of([course("open:1", [("esco:x", 3)])], mapping("atlas:a", "esco:x"))
    assert plan(graph, "atlas:role.r").plans[0].covered == ("atlas:a",)


@pytest.mark.parametrize(
    "edge",
    [
        mapping("atlas:a", "esco:x", CLOSE),
        mapping("atlas:a", "esco:x", EXACT, 0.4),
        mapping("atlas:a", "esco:x", MappingPredicate.BROAD),
    ],
)
def test_a_close_or_doubtful_mapping_teaches_nothing(edge: MapsTo) -> None:
    answer = plan(graph_of([course("open:1", [("atlas:a", 3)])], edge))
    assert answer.plans[0].steps == ()
    assert {row.reason for row in answer.uncovered} == {UncoveredReason.NO_COURSE}


def test_a_level_too_low_stays_so_through_a_mapping() -> None:
    answer = plan(
        graph_of([course("open:1", [("atlas:a", 2)]), course("open:2", ["esco:y"])], mapping("atlas:a", "esco:x"))
    )
    assert [(row.skill_id, row.detail) for row in answer.uncovered] == [
        ("esco:x", "no course teaches it at level 3; the highest is 2")
    ]


def test_what_the_taught_skill_builds_on_binds_the_mapped_one_too() -> None:
    edges = (mapping("atlas:a", "esco:x"), requires("atlas:a", "atlas:b"))
    graph = graph_of([course("open:1", ["atlas:a", "esco:y"]), course("open:2", ["atlas:b"])], *edges)
    assert [step.course_id for step in plan(graph).plans[0].steps] == ["open:2", "open:1"]
    free = PathRequest(respect_skill_prerequisites=False)
    assert [step.course_id for step in plan(graph, request=free).plans[0].steps] == ["open:1"]
    alone = graph_of([course("open:1", ["atlas:a", "esco:y"])], *edges)
    assert plan(alone).uncovered[0].reason is UncoveredReason.PREREQUISITE_UNREACHABLE


def test_what_is_held_in_the_target_s_scheme_meets_what_a_course_of_another_assumes() -> None:
    edges = (mapping("atlas:a", "esco:x"), mapping("atlas:b", "esco:z"))
    courses = [course("open:1", ["atlas:a"], assumes=[clause(("atlas:b", 2))]), course("open:2", ["esco:y"])]
    graph = graph_of(courses, *edges)
    assert plan(graph).plans[0].covered == ("esco:y",)
    answer = plan(graph, "esco:r", "esco:z")
    assert answer.plans[0].covered == ("esco:x", "esco:y")
    assert [(done.by, done.step) for done in answer.plans[0].steps[0].prerequisites] == [("atlas:b", None)]


def test_a_clause_is_met_by_an_earlier_step_through_a_mapping() -> None:
    assumed = clause("esco:z", kind=PrerequisiteKind.HARD)
    courses = [course("open:1", ["esco:x", "esco:y"], assumes=[assumed]), course("open:2", ["atlas:c"])]
    answer = plan(graph_of(courses, mapping("esco:z", "atlas:c")))
    assert [step.course_id for step in answer.plans[0].steps] == ["open:2", "open:1"]
    assert [(done.by, done.step) for done in answer.plans[0].steps[1].prerequisites] == [("esco:z", 1)]


def test_a_course_that_names_the_skill_itself_stays_as_it_says() -> None:
    graph = graph_of([course("open:1", [("atlas:a", 5), ("esco:x", 2), "esco:y"])], mapping("atlas:a", "esco:x"))
    assert [row.skill_id for row in plan(graph).uncovered] == ["esco:x"]


def test_a_mapping_that_nothing_uses_is_not_shown() -> None:
    graph = graph_of(
        [course("open:1", ["atlas:a", "atlas:b"])], mapping("atlas:b", "esco:z"), mapping("atlas:a", "esco:x")
    )
    answer = learning_paths(graph, Profile(), Target(skills=(RequiredSkill("esco:x"),)))
    assert [taught.skill for taught in answer.plans[0].steps[0].teaches] == ["atlas:a", "atlas:b", "esco:x"]


def test_a_curriculum_covers_through_exact_mappings_too() -> None:
    graph = graph_of([course("open:1", [("atlas:a", 3), ("atlas:b", 2)])], mapping("atlas:a", "esco:x"))
    answer = curriculum_coverage(graph, ["open:1"], "esco:r")
    assert (answer.covered, answer.untargeted) == (("esco:x",), ("atlas:b",))
