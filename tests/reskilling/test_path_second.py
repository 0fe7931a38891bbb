"""Plans against a second, independent formulation solved by HiGHS, and each replayed by the contract's rules."""

import pytest

from path_instances import question
from path_milp import optimum
from skillatlas.reskilling import PathObjective, PathStatus

INSTANCES = 510
FAST = 30


def check(seed: int) -> None:
    drawn = question(seed)
    # Most weight, then least hours is what FASTEST and COVERAGE both ask: the second formulation solves it once.
    fastest = optimum(drawn.for_objective(PathObjective.FASTEST))
    for objective in PathObjective:
        asked = drawn.for_objective(objective)
        answer = asked.answer()
        best = optimum(asked) if objective is PathObjective.CHEAPEST else fastest
        plan = answer.plans[0]
        where = f"seed {seed}, {objective}"
        for one in answer.plans:
            asked.check(one)
        left = {item.skill_id for item in asked.goals} - best.covered
        assert {row.skill_id for row in answer.uncovered} == left, where
        assert answer.status is (PathStatus.INFEASIBLE if left else PathStatus.OPTIMAL), where
        assert plan.status is PathStatus.OPTIMAL, where
        assert frozenset(plan.covered) == best.covered, where
        assert plan.hours == pytest.approx(best.hours), where
        value = {
            PathObjective.FASTEST: best.hours,
            PathObjective.CHEAPEST: best.cents / 100,
            PathObjective.COVERAGE: best.weight / 100,
        }[objective]
        assert plan.objective_value == pytest.approx(value), where
        assert plan.bound == pytest.approx(value), where


@pytest.mark.parametrize("block", range(2))
def test_plans_are_the_optimum_of_a_second_formulation(block: int) -> None:
    for seed in range(block * FAST // 2, (block + 1) * FAST // 2):
        check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(6))
def test_five_hundred_plans_are_the_optimum_of_a_second_formulation(block: int) -> None:
    size = INSTANCES // 6
    for seed in range(1000 + block * size, 1000 + (block + 1) * size):
        check(seed)
