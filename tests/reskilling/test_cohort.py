"""Many learners against one target: the figures of single calls, and what they have in common."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reskilling_graphs import build_graph, course, need, role, skills
from skillatlas.reskilling import (
    EvidenceItem,
    GapStatus,
    LackedSkill,
    PathRequest,
    PathStatus,
    Profile,
    Target,
    learner_gap,
    learning_paths,
    skill_gap,
    summarise,
)

ROLE = Target(role_id="atlas:role.r")
GRAPH = build_graph(
    [*skills("a", "b", "c", "d"), role("atlas:role.r")],
    [
        need("atlas:role.r", "atlas:a", 3, 80),
        need("atlas:role.r", "atlas:b", 2, 50),
        need("atlas:role.r", "atlas:c", optional=True),
    ],
    [course("open:1", [("atlas:a", 3)], 10, price=5), course("open:2", ["atlas:b"], 6, price=None)],
)
PROFILES = st.builds(
    Profile,
    named=st.lists(
        st.builds(
            EvidenceItem, st.sampled_from(["atlas:a", "atlas:b", "atlas:c", "atlas:d"]), st.sampled_from([None, 1, 3])
        ),
        unique_by=lambda item: item.skill_id,
    ).map(tuple),
    complete=st.booleans(),
)


def held(*pairs: tuple[str, int | None]) -> Profile:
    return Profile(named=tuple(EvidenceItem(f"atlas:{skill}", level) for skill, level in pairs))


@settings(deadline=None, max_examples=50)
@given(PROFILES)
def test_figures_are_those_of_single_calls(profile: Profile) -> None:
    found = learner_gap(GRAPH, profile, ROLE, request=PathRequest())
    gap = skill_gap(GRAPH, profile, ROLE)
    assert (found.readiness, found.readiness_strict, found.readiness_low, found.readiness_high, found.known_share) == (
        gap.readiness,
        gap.readiness_strict,
        gap.readiness_low,
        gap.readiness_high,
        gap.known_share,
    )
    assert (found.essential, found.optional) == (gap.essential, gap.optional)
    paths = learning_paths(GRAPH, profile, ROLE)
    best = paths.plans[0]
    assert found.plan is not None
    assert (found.plan.status, found.plan.hours, found.plan.prices) == (paths.status, best.hours, best.prices)
    assert found.plan.course_ids == tuple(step.course_id for step in best.steps)
    assert (found.plan.unpriced, found.plan.readiness_after) == (best.unpriced, best.readiness_after)


def test_what_a_cohort_has_in_common() -> None:
    profiles = [held(("a", 3), ("b", 2)), held(("a", 1)), held()]
    gaps = [learner_gap(GRAPH, profile, ROLE, request=PathRequest()) for profile in profiles]
    summary = summarise(gaps)
    assert (summary.learners, summary.ready) == (3, 1)
    assert summary.lacked == (LackedSkill("atlas:a", 2, 1), LackedSkill("atlas:b", 2, 0))
    assert gaps[1].lacking == (("atlas:a", GapStatus.LEVEL_GAP), ("atlas:b", GapStatus.UNKNOWN))
    readiness = sorted(gap.readiness or 0.0 for gap in gaps)
    assert (summary.readiness_least, summary.readiness_median, summary.readiness_most) == tuple(readiness)
    assert summary.readiness_mean == pytest.approx(sum(readiness) / 3)
    assert summary.plans == ((PathStatus.OPTIMAL, 3),)
    assert summary.hours_total == 32.0
    assert summary.hours_mean == pytest.approx(32 / 3)


def test_nobody_is_no_average() -> None:
    summary = summarise([])
    assert (summary.learners, summary.ready, summary.lacked, summary.plans) == (0, 0, (), ())
    assert summary.readiness_mean is summary.readiness_median is summary.hours_total is summary.hours_mean is None


def test_without_a_request_there_is_no_plan() -> None:
    assert learner_gap(GRAPH, held(), ROLE).plan is None
