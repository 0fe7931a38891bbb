"""Learning paths: rules of courses, money, dates and reasons, one small case each."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reskilling_graphs import build_graph, clause, concept, course, need, requires, role, skills
from skillatlas.reskilling import (
    BadInputError,
    EvidenceItem,
    LearningPaths,
    LearningPlan,
    LimitExceededError,
    NotFoundError,
    PathObjective,
    PathRequest,
    PathSettings,
    PathStatus,
    Price,
    Profile,
    RequiredSkill,
    Target,
    UncoveredReason,
    explain_step,
    learning_paths,
    skill_gap,
)
from skillatlas.taxonomy import (
    ConceptKind,
    Course,
    Eases,
    Edge,
    Graph,
    Money,
    Necessity,
    PrerequisiteKind,
    Replacement,
    ReplacementKind,
)

TOGETHER = PrerequisiteKind.COREQUISITE


def target(*wanted: str | tuple[str, int]) -> Target:
    return Target(skills=tuple(RequiredSkill(w) if isinstance(w, str) else RequiredSkill(*w) for w in wanted))


def held(*have: str | tuple[str, int], not_held: Sequence[str] = (), complete: bool = False) -> Profile:
    named = tuple(EvidenceItem(h) if isinstance(h, str) else EvidenceItem(*h) for h in have)
    return Profile(named=named, not_held=frozenset(not_held), complete=complete)


def graph_of(courses: Sequence[Course], edges: Sequence[Edge] = ()) -> Graph:
    return build_graph(skills("a", "b", "c", "d", "e"), edges, courses)


def plan(
    graph: Graph, wanted: Target, profile: Profile | None = None, request: PathRequest | None = None
) -> LearningPaths:
    return learning_paths(graph, profile or Profile(), wanted, request or PathRequest(alternatives=0))


def steps(found: LearningPaths | LearningPlan) -> list[str]:
    first = found.plans[0] if isinstance(found, LearningPaths) else found
    return [step.course_id.removeprefix("open:") for step in first.steps]


# -- what counts -----------------------------------------------------------------------------------------


def test_a_target_already_met_is_an_empty_plan() -> None:
    answer = plan(graph_of([course("open:1", ["atlas:a"])]), target("atlas:a"), held("atlas:a"))
    (only,) = answer.plans
    assert (answer.status, only.status, only.steps, only.hours) == (PathStatus.OPTIMAL, PathStatus.OPTIMAL, (), 0)
    assert (only.readiness_after, only.bound, answer.uncovered) == (1.0, 0, ())


def test_levels_must_be_reached_and_an_unstated_one_reaches_any() -> None:
    graph = graph_of([course("open:low", [("atlas:a", 2)], 1), course("open:any", ["atlas:a"], 50)])
    answer = plan(graph, target(("atlas:a", 3)))
    assert steps(answer) == ["any"]
    (step,) = answer.plans[0].steps
    assert step.teaches[0].level is None
    assert [(use.level, use.level_assumed, use.for_target) for use in step.uses] == [(3, True, True)]
    assert "states no level" in explain_step(graph, answer.plans[0], step)
    assert answer.plans[0].essential_after.met == 1
    assert steps(plan(graph, target("atlas:a"))) == ["low"]


def test_unknown_and_unknown_levels_are_planned_for_unless_assumed_held() -> None:
    graph = graph_of([course("open:1", [("atlas:a", 2)]), course("open:2", [("atlas:b", 2)])])
    wanted = target(("atlas:a", 2), ("atlas:b", 2))
    assert steps(plan(graph, wanted, held("atlas:a"))) == ["1", "2"]
    assumed = PathRequest(alternatives=0, assume_unknown_held=True)
    assert steps(plan(graph, wanted, held("atlas:a"), assumed)) == []
    assert steps(plan(graph, wanted, held("atlas:a", not_held=["atlas:b"]), assumed)) == ["2"]


def test_transferable_skills_are_planned_for() -> None:
    edges = [Eases(from_id="atlas:b", to_id="atlas:a", transfer=0.9)]
    graph = graph_of([course("open:1", ["atlas:a"])], edges)
    assumed = PathRequest(alternatives=0, assume_unknown_held=True)
    assert steps(plan(graph, target("atlas:a"), held("atlas:b"), assumed)) == ["1"]


def test_optional_requirements_only_when_asked_for() -> None:
    graph = graph_of([course("open:1", ["atlas:a"]), course("open:2", ["atlas:b"])])
    wanted = Target(skills=(RequiredSkill("atlas:a"), RequiredSkill("atlas:b", None, Necessity.OPTIONAL)))
    answer = plan(graph, wanted)
    assert steps(answer) == ["1"]
    assert answer.plans[0].optional_after.unknown == 1
    assert answer.plans[0].readiness_after == pytest.approx(1 / 1.4)
    assert steps(plan(graph, wanted, request=PathRequest(alternatives=0, include_optional=True))) == ["1", "2"]


def test_what_a_course_hardly_teaches_is_not_relied_on() -> None:
    answer = plan(graph_of([course("open:1", ["atlas:a"], confidence=0.4)]), target("atlas:a"))
    assert answer.uncovered[0].reason is UncoveredReason.NO_COURSE
    answer = plan(graph_of([course("open:1", ["atlas:a"], confidence=0.8)]), target("atlas:a"))
    assert answer.plans[0].readiness_after == pytest.approx(0.8)


def test_a_course_that_teaches_a_replaced_skill_teaches_what_replaced_it() -> None:
    old = concept("atlas:old", replacement=Replacement(ReplacementKind.MERGED, ("atlas:a",)))
    graph = build_graph([*skills("a"), old], [], [course("open:1", ["atlas:old"])])
    answer = plan(graph, target("atlas:a"))
    assert steps(answer) == ["1"]
    assert answer.plans[0].steps[0].teaches[0].skill == "atlas:a"


# -- order -----------------------------------------------------------------------------------------------


def test_hard_clauses_come_before_and_are_attributed() -> None:
    first = course("open:z", [("atlas:b", 2)])
    second = course("open:a", ["atlas:a"], assumes=[clause(("atlas:b", 2), "atlas:e"), clause("atlas:c")])
    graph = graph_of([first, second])
    answer = plan(graph, target("atlas:a"), held("atlas:c"))
    assert steps(answer) == ["z", "a"]
    one, two = answer.plans[0].steps
    assert one.prerequisites == ()
    assert [(item.by, item.step) for item in two.prerequisites] == [("atlas:b", 1), ("atlas:c", None)]
    assert [(use.skill_id, use.for_target, use.for_steps) for use in one.uses] == [("atlas:b", False, (2,))]
    assert "later steps that need it: 2." in explain_step(graph, answer.plans[0], one)
    assert "b (step 1), c (held already)" in explain_step(graph, answer.plans[0], two)
    assert "第 2 步" in explain_step(graph, answer.plans[0], one, "zh")


def test_a_held_level_that_is_not_known_meets_a_clause_up_to_two() -> None:
    for level, expected in ((2, ["a"]), (3, ["b", "a"])):
        graph = graph_of(
            [course("open:a", ["atlas:a"], assumes=[clause(("atlas:b", level))]), course("open:b", ["atlas:b"])]
        )
        assert steps(plan(graph, target("atlas:a"), held("atlas:b"))) == expected


def test_recommended_and_inferred_clauses_bind_nothing() -> None:
    for kind in (PrerequisiteKind.RECOMMENDED, PrerequisiteKind.INFERRED):
        graph = graph_of([course("open:1", ["atlas:a"], assumes=[clause("atlas:b", kind=kind)])])
        answer = plan(graph, target("atlas:a"))
        assert answer.status is PathStatus.OPTIMAL
        assert answer.plans[0].steps[0].prerequisites == ()


def test_a_corequisite_may_be_taught_by_the_course_itself_a_hard_clause_not() -> None:
    alone = course("open:1", ["atlas:a", "atlas:b"], assumes=[clause("atlas:b", kind=TOGETHER)])
    answer = plan(graph_of([alone]), target("atlas:a"))
    (step,) = answer.plans[0].steps
    assert [(item.by, item.step) for item in step.prerequisites] == [("atlas:b", 1)]
    assert "b (taught in this course)" in explain_step(graph_of([alone]), answer.plans[0], step)
    hard = course("open:1", ["atlas:a", "atlas:b"], assumes=[clause("atlas:b")])
    answer = plan(graph_of([hard]), target("atlas:a"))
    assert (answer.status, answer.uncovered[0].reason) == (
        PathStatus.INFEASIBLE,
        UncoveredReason.PREREQUISITE_UNREACHABLE,
    )
    assert "atlas:b" in answer.uncovered[0].detail


def test_courses_that_only_each_other_satisfy_are_out_of_reach() -> None:
    graph = graph_of(
        [
            course("open:1", ["atlas:a"], assumes=[clause("atlas:b")]),
            course("open:2", ["atlas:b"], assumes=[clause("atlas:a")]),
        ]
    )
    answer = plan(graph, target("atlas:a", "atlas:b"))
    assert {item.reason for item in answer.uncovered} == {UncoveredReason.PREREQUISITE_UNREACHABLE}
    assert answer.plans[0].steps == ()


def test_prerequisites_of_the_skill_itself_bind_where_respected() -> None:
    courses = [course("open:1", ["atlas:a"], 5), course("open:2", ["atlas:b"], 7)]
    graph = graph_of(courses, [requires("atlas:a", "atlas:b")])
    assert steps(plan(graph, target("atlas:a"))) == ["2", "1"]
    free = PathRequest(alternatives=0, respect_skill_prerequisites=False)
    assert steps(plan(graph, target("atlas:a"), request=free)) == ["1"]
    soft = graph_of(courses, [requires("atlas:a", "atlas:b", kind=TOGETHER)])
    assert steps(plan(soft, target("atlas:a"))) == ["1"]
    both = graph_of([course("open:1", ["atlas:a", "atlas:b"], 5)], [requires("atlas:a", "atlas:b")])
    assert steps(plan(both, target("atlas:a"))) == ["1"]


def test_a_course_used_only_for_another_skill_need_not_wait() -> None:
    courses = [course("open:1", ["atlas:a", "atlas:c"], 5)]
    graph = graph_of(courses, [requires("atlas:a", "atlas:b")])
    answer = plan(graph, target("atlas:c"))
    assert steps(answer) == ["1"]
    assert [taught.skill for taught in answer.plans[0].steps[0].teaches] == ["atlas:c"]


def test_the_smallest_id_stands_first_wherever_it_may() -> None:
    graph = graph_of(
        [
            course("open:1", ["atlas:a"], assumes=[clause("atlas:d")]),
            course("open:2", ["atlas:b"]),
            course("open:3", ["atlas:d"]),
            course("open:4", ["atlas:c"]),
        ]
    )
    assert steps(plan(graph, target("atlas:a", "atlas:b", "atlas:c"))) == ["2", "3", "1", "4"]


def test_of_equal_plans_the_one_with_fewer_courses_then_smaller_ids() -> None:
    graph = graph_of(
        [
            course("open:1", ["atlas:a"], 5),
            course("open:2", ["atlas:b"], 5),
            course("open:4", ["atlas:a", "atlas:b"], 10),
            course("open:3", ["atlas:a", "atlas:b"], 10),
        ]
    )
    assert steps(plan(graph, target("atlas:a", "atlas:b"))) == ["3"]


# -- money -----------------------------------------------------------------------------------------------


def test_cheapest_counts_money_then_hours_and_leaves_out_unknown_prices() -> None:
    graph = graph_of(
        [
            course("open:1", ["atlas:a"], 1, price=None),
            course("open:2", ["atlas:a"], 2, price=20.1),
            course("open:3", ["atlas:a"], 90, price=10.1),
            course("open:4", ["atlas:a"], 80, price=10.1),
        ]
    )
    answer = plan(graph, target("atlas:a"), request=PathRequest(PathObjective.CHEAPEST, alternatives=0))
    assert steps(answer) == ["4"]
    best = answer.plans[0]
    assert (best.objective_value, best.bound) == (10.1, 10.1)
    assert [(price.amount, price.currency) for price in best.prices] == [(Decimal("10.10"), "EUR")]
    fastest = plan(graph, target("atlas:a"))
    assert steps(fastest) == ["1"]
    assert fastest.plans[0].unpriced == ("open:1",)
    assert fastest.plans[0].prices == ()
    assert fastest.warnings == ("plan 1: the price is not known and in no sum of: open:1",)
    assert "price is not known" in explain_step(graph, fastest.plans[0], fastest.plans[0].steps[0])
    assert "价格不详" in explain_step(graph, fastest.plans[0], fastest.plans[0].steps[0], "zh")
    assert "price" not in explain_step(graph, best, best.steps[0])


def test_every_plan_with_a_price_that_is_not_known_is_said() -> None:
    graph = graph_of(
        [
            course("open:1", ["atlas:a"], 10, price=90),
            course("open:2", ["atlas:a"], 20, price=None),
            course("open:3", ["atlas:b"], 10, price=5, currency="USD"),
        ]
    )
    answer = plan(graph, target("atlas:a"), request=PathRequest(alternatives=1))
    assert [(steps(item), item.prices, item.unpriced) for item in answer.plans] == [
        (["1"], (Price(Decimal(90), "EUR"),), ()),
        (["2"], (), ("open:2",)),
    ]
    assert answer.warnings == ("plan 2: the price is not known and in no sum of: open:2",)
    both = plan(graph, target("atlas:a", "atlas:b"), request=PathRequest(alternatives=1))
    assert [(steps(item), item.prices, item.unpriced) for item in both.plans][1] == (
        ["2", "3"],
        (Price(Decimal(5), "USD"),),
        ("open:2",),
    )


@pytest.mark.parametrize("amount", [1e18, 1.7e308, 60.0])
@pytest.mark.parametrize("objective", list(PathObjective))
def test_a_budget_above_all_prices_binds_nothing(objective: PathObjective, amount: float) -> None:
    graph = graph_of(
        [
            course("open:1", ["atlas:a"], 10, price=10),
            course("open:2", ["atlas:a"], 5, price=30),
            course("open:3", ["atlas:b"], 5, price=20),
        ]
    )
    start = date(2026, 1, 1)
    request = PathRequest(objective, 80, start, date.max, Money(amount, "EUR"), alternatives=0)
    answer = plan(graph, target("atlas:a", "atlas:b"), request=request)
    assert answer.status is PathStatus.OPTIMAL
    assert steps(answer) == (["1", "3"] if objective is PathObjective.CHEAPEST else ["2", "3"])


def test_hours_and_prices_beyond_reckoning() -> None:
    both = ["atlas:a", "atlas:b"]
    for dear in (course("open:1", both, 1e300), course("open:1", both, 1, price=1e300)):
        graph = graph_of([dear, course("open:2", ["atlas:a"], 2), course("open:3", ["atlas:b"], 2)])
        limited = PathRequest(
            start_date=date(2026, 1, 1), deadline=date(2026, 12, 1), budget=Money(50, "EUR"), alternatives=0
        )
        cheapest = replace(limited, objective=PathObjective.CHEAPEST, budget=None, deadline=None)
        if dear.hours > 1:
            with pytest.raises(LimitExceededError, match="excludeCourseIds"):
                plan(graph, target(*both), request=PathRequest(alternatives=0))
        else:
            assert steps(plan(graph, target(*both), request=limited)) == ["2", "3"]
            with pytest.raises(LimitExceededError, match="excludeCourseIds"):
                plan(graph, target(*both), request=cheapest)
        without = replace(cheapest, exclude_course_ids=("open:1",))
        assert steps(plan(graph, target(*both), request=without)) == ["2", "3"]


def test_sums_are_decimal_and_one_a_currency() -> None:
    graph = graph_of(
        [
            course("open:1", ["atlas:a"], price=0.1),
            course("open:2", ["atlas:b"], price=0.2),
            course("open:3", ["atlas:c"], price=500, currency="JPY"),
        ]
    )
    best = plan(graph, target("atlas:a", "atlas:b", "atlas:c")).plans[0]
    assert [(str(price.amount), price.currency) for price in best.prices] == [("0.30", "EUR"), ("500", "JPY")]


def test_a_budget_takes_free_courses_and_those_in_its_currency() -> None:
    graph = graph_of(
        [
            course("open:1", ["atlas:a"], 1, price=5, currency="USD"),
            course("open:2", ["atlas:a"], 9, price=0, currency="USD"),
            course("open:3", ["atlas:b"], 1, price=None),
            course("open:4", ["atlas:c"], 1, price=30),
        ]
    )
    request = PathRequest(budget=Money(20, "EUR"), alternatives=0)
    answer = plan(graph, target("atlas:a", "atlas:b", "atlas:c"), request=request)
    assert steps(answer) == ["2"]
    reasons = {item.skill_id: item.reason for item in answer.uncovered}
    assert reasons == {"atlas:b": UncoveredReason.FILTERED, "atlas:c": UncoveredReason.OVER_BUDGET}
    assert "price that is not known" in answer.uncovered[0].detail


def test_cheapest_over_several_currencies_needs_one_named() -> None:
    graph = graph_of([course("open:1", ["atlas:a"], price=5, currency="USD"), course("open:2", ["atlas:a"], price=6)])
    with pytest.raises(BadInputError, match="EUR, USD"):
        plan(graph, target("atlas:a"), request=PathRequest(PathObjective.CHEAPEST))
    named = PathRequest(PathObjective.CHEAPEST, currency="EUR", alternatives=0)
    assert steps(plan(graph, target("atlas:a"), request=named)) == ["2"]


def test_coverage_closes_the_most_weighted_need_within_budget_and_time() -> None:
    graph = graph_of(
        [
            course("open:1", ["atlas:a"], 10, price=60),
            course("open:2", ["atlas:b"], 10, price=50),
            course("open:3", ["atlas:c"], 10, price=50),
        ]
    )
    wanted = Target(
        skills=(
            RequiredSkill("atlas:a", importance=90),
            RequiredSkill("atlas:b", importance=60),
            RequiredSkill("atlas:c", importance=50),
        )
    )
    request = PathRequest(PathObjective.COVERAGE, budget=Money(100, "EUR"), alternatives=0)
    answer = plan(graph, wanted, request=request)
    assert steps(answer) == ["2", "3"]
    assert answer.plans[0].objective_value == pytest.approx(1.1)
    assert answer.plans[0].bound == answer.plans[0].objective_value
    assert (answer.status, answer.plans[0].status) == (PathStatus.INFEASIBLE, PathStatus.OPTIMAL)
    assert [item.skill_id for item in answer.uncovered] == ["atlas:a"]


# -- dates -----------------------------------------------------------------------------------------------


def test_dates_follow_the_hours() -> None:
    graph = graph_of([course("open:1", ["atlas:a"], 10), course("open:2", ["atlas:b"], 4)])
    start = date(2026, 3, 1)
    request = PathRequest(start_date=start, hours_per_week=7, alternatives=0)
    best = plan(graph, target("atlas:a", "atlas:b"), request=request).plans[0]
    # An hour a day: the tenth hour falls on day 9, the fourteenth on day 13.
    assert [(step.start_date, step.end_date) for step in best.steps] == [
        (start, date(2026, 3, 10)),
        (date(2026, 3, 10), date(2026, 3, 14)),
    ]
    assert best.finish_date == date(2026, 3, 14)
    undated = plan(graph, target("atlas:a")).plans[0]
    assert undated.finish_date is undated.steps[0].start_date is undated.steps[0].end_date is None


@pytest.mark.parametrize(("day", "reached"), [(10, True), (9, False)])
def test_a_deadline_holds_to_the_day(day: int, reached: bool) -> None:
    graph = graph_of([course("open:1", ["atlas:a"], 10)])
    request = PathRequest(start_date=date(2026, 3, 1), deadline=date(2026, 3, day), hours_per_week=7, alternatives=0)
    answer = plan(graph, target("atlas:a"), request=request)
    assert bool(answer.plans[0].steps) is reached
    if not reached:
        assert answer.uncovered[0].reason is UncoveredReason.TOO_LATE


def test_budget_and_deadline_each_get_their_reason() -> None:
    graph = graph_of([course("open:1", ["atlas:a"], 50, price=10), course("open:2", ["atlas:b"], 1, price=90)])
    request = PathRequest(
        start_date=date(2026, 3, 1),
        deadline=date(2026, 3, 7),
        hours_per_week=7,
        budget=Money(20, "EUR"),
        alternatives=0,
    )
    answer = plan(graph, target("atlas:a", "atlas:b"), request=request)
    assert [item.reason for item in answer.uncovered] == [UncoveredReason.TOO_LATE, UncoveredReason.OVER_BUDGET]


def test_a_plan_past_the_calendar_is_a_limit() -> None:
    graph = graph_of([course("open:1", ["atlas:a"], 1e7)])
    request = PathRequest(start_date=date(2026, 1, 1), hours_per_week=1, alternatives=0)
    with pytest.raises(LimitExceededError, match="9999"):
        plan(graph, target("atlas:a"), request=request)


# -- filters and reasons ---------------------------------------------------------------------------------


def test_filters_leave_courses_out_and_say_so() -> None:
    graph = graph_of(
        [
            course("open:1", ["atlas:a"], 1, lang="de"),
            course("open:2", ["atlas:a"], 2, lang=None),
            course("open:3", ["atlas:a"], 3, lang="en-GB"),
            course("other:4", ["atlas:a"], 4, lang="zh"),
        ]
    )

    def ask(**kwargs: tuple[str, ...]) -> LearningPaths:
        return plan(graph, target("atlas:a"), request=PathRequest(alternatives=0, **kwargs))  # type: ignore[arg-type]

    assert steps(ask()) == ["1"]
    assert steps(ask(langs=("en",))) == ["3"]
    assert steps(ask(langs=("zh-CN",))) == ["other:4"]
    assert steps(ask(catalogues=("other",))) == ["other:4"]
    assert steps(ask(exclude_course_ids=("open:1",))) == ["2"]
    nothing = ask(langs=("fi",))
    assert (nothing.status, nothing.plans[0].steps) == (PathStatus.INFEASIBLE, ())
    assert nothing.uncovered[0].reason is UncoveredReason.FILTERED
    assert "4 in other languages" in nothing.uncovered[0].detail


def test_no_course_says_how_high_the_best_one_reaches() -> None:
    graph = graph_of([course("open:1", [("atlas:a", 2)])])
    answer = plan(graph, target(("atlas:a", 4), "atlas:b"))
    assert [(item.skill_id, item.reason) for item in answer.uncovered] == [
        ("atlas:a", UncoveredReason.NO_COURSE),
        ("atlas:b", UncoveredReason.NO_COURSE),
    ]
    assert "highest is 2" in answer.uncovered[0].detail


def test_the_rest_is_planned_when_something_is_out_of_reach() -> None:
    graph = graph_of([course("open:1", ["atlas:a"]), course("open:2", ["atlas:b"], assumes=[clause("atlas:e")])])
    answer = plan(graph, target("atlas:a", "atlas:b"))
    assert answer.status is PathStatus.INFEASIBLE
    assert (steps(answer), answer.plans[0].status) == (["1"], PathStatus.OPTIMAL)
    assert "atlas:e" in answer.uncovered[0].detail


def test_an_empty_catalogue_leaves_everything_uncovered() -> None:
    answer = plan(graph_of([]), target("atlas:a"))
    assert (answer.status, len(answer.plans), answer.uncovered[0].reason) == (
        PathStatus.INFEASIBLE,
        1,
        UncoveredReason.NO_COURSE,
    )


# -- alternatives ----------------------------------------------------------------------------------------


def test_alternatives_differ_and_none_is_beaten() -> None:
    graph = graph_of(
        [
            course("open:1", ["atlas:a"], 10, price=90),
            course("open:2", ["atlas:a"], 50, price=0),
            course("open:3", ["atlas:a"], 20, price=40),
            course("open:4", ["atlas:a"], 60, price=50),
        ]
    )
    answer = plan(graph, target("atlas:a"), request=PathRequest(alternatives=5))
    assert [(steps(item), item.objective) for item in answer.plans] == [
        (["1"], PathObjective.FASTEST),
        (["2"], PathObjective.CHEAPEST),
        (["3"], PathObjective.FASTEST),
    ]
    # The third is the best that begins with it, of all plans for FASTEST the first is.
    assert [(item.status, item.objective_value, item.bound) for item in answer.plans] == [
        (PathStatus.OPTIMAL, 10, 10),
        (PathStatus.OPTIMAL, 0, 0),
        (PathStatus.FEASIBLE, 20, 10),
    ]
    assert not any("effort" in warning for warning in answer.warnings)
    assert len(plan(graph, target("atlas:a"), request=PathRequest(alternatives=1)).plans) == 2
    assert len(plan(graph, target("atlas:a"), request=PathRequest(alternatives=0)).plans) == 1
    cheapest = plan(graph, target("atlas:a"), request=PathRequest(PathObjective.CHEAPEST, alternatives=2))
    assert [(steps(item), item.objective) for item in cheapest.plans][:2] == [
        (["2"], PathObjective.CHEAPEST),
        (["1"], PathObjective.FASTEST),
    ]


# -- after, parameters, errors ---------------------------------------------------------------------------


def test_what_remains_is_the_gap_measured_again() -> None:
    role_id = "atlas:role.r"
    edges = [need(role_id, "atlas:a", 3, 80), need(role_id, "atlas:b", 2, 50), need(role_id, "atlas:c", optional=True)]
    graph = build_graph(
        [*skills("a", "b", "c"), concept(role_id, ConceptKind.ROLE, label="tester")],
        edges,
        [course("open:1", [("atlas:a", 4), "atlas:c"], 5)],
    )
    wanted = Target(role_id=role_id)
    profile = held(("atlas:a", 1), not_held=["atlas:c"])
    best = plan(graph, wanted, profile).plans[0]
    again = skill_gap(graph, held(("atlas:a", 4), "atlas:c"), wanted)
    assert (best.readiness_after, best.essential_after, best.optional_after) == (
        again.readiness,
        again.essential,
        again.optional,
    )
    assert best.covered == ("atlas:a",)
    assert [taught.skill for taught in best.steps[0].teaches] == ["atlas:a", "atlas:c"]
    assert "tester" in explain_step(graph, best, best.steps[0])
    names = [parameter.name for parameter in plan(graph, wanted, profile).parameters]
    assert len(set(names)) == len(names)
    assert {"hoursPerWeek", "effort", "seed", "solver", "levelIfUnknown", "evidenceFloor"} <= set(names)


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (PathRequest(hours_per_week=0), "hoursPerWeek"),
        (PathRequest(hours_per_week=500), "hoursPerWeek"),
        (PathRequest(hours_per_week=math.nan), "hoursPerWeek"),
        (PathRequest(deadline=date(2026, 1, 1)), "deadline"),
        (PathRequest(deadline=date(2026, 1, 1), start_date=date(2026, 1, 2)), "deadline"),
        (PathRequest(budget=Money(-1, "EUR")), "budget.amount"),
        (PathRequest(budget=Money(math.inf, "EUR")), "budget.amount"),
        (PathRequest(budget=Money(math.nan, "EUR")), "budget.amount"),
        (PathRequest(budget=Money(1, "euro")), "budget.currency"),
        (PathRequest(currency="eur"), "currency"),
        (PathRequest(budget=Money(1, "EUR"), currency="USD"), "currency"),
        (PathRequest(alternatives=-1), "alternatives"),
        (PathRequest(alternatives=99), "alternatives"),
        (PathRequest(exclude_course_ids=("open:nix",)), "excludeCourseIds[0]"),
        (PathRequest(exclude_course_ids=("open:1",) * 501), "excludeCourseIds"),
    ],
)
def test_bad_requests_name_the_field(request_: PathRequest, field: str) -> None:
    with pytest.raises(BadInputError) as caught:
        plan(graph_of([course("open:1", ["atlas:a"])]), target("atlas:a"), request=request_)
    assert caught.value.field == field


def test_an_unknown_catalogue_is_not_found() -> None:
    with pytest.raises(NotFoundError, match="nix"):
        plan(graph_of([]), target("atlas:a"), request=PathRequest(catalogues=("nix",)))


def test_the_clock_ends_in_an_error_and_the_effort_in_a_feasible_plan() -> None:
    graph = graph_of([course(f"open:{n}", [f"atlas:{name}"], 5 + n) for n, name in enumerate("abcde")])
    wanted = target(*(f"atlas:{name}" for name in "abcde"))
    with pytest.raises(LimitExceededError, match="seconds"):
        learning_paths(graph, Profile(), wanted, settings=PathSettings(clock_limit=0.0))
    answer = learning_paths(graph, Profile(), wanted, settings=PathSettings(effort=0.0))
    assert answer.status is PathStatus.FEASIBLE
    assert answer.plans[0].status is PathStatus.FEASIBLE
    assert answer.plans[0].bound <= answer.plans[0].objective_value
    assert any("effort" in warning for warning in answer.warnings)


def test_a_role_without_needs_has_nothing_to_plan() -> None:
    graph = build_graph([role("atlas:role.r"), *skills("a")], [], [course("open:1", ["atlas:a"])])
    answer = plan(graph, Target(role_id="atlas:role.r"))
    assert (answer.status, answer.plans[0].steps, answer.plans[0].readiness_after) == (PathStatus.OPTIMAL, (), None)
    assert "requires no skill" in answer.warnings[0]
