"""Why a skill that is needed is in no plan."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .path_model import PathRequest, UncoveredReason, UncoveredSkill
from .path_offers import Selection
from .path_problem import Need, Problem, State, clauses_for, learnt
from .path_reach import reach


@dataclass(frozen=True, slots=True)
class Shortfall:
    """The needs that the best plan leaves open: out of reach for any plan, or given up for a limit.

    `without_deadline`: what the best plan covers where only the budget counts, None where that was not asked.
    """

    open_needs: Collection[Need]
    reachable: Collection[Need]
    without_deadline: Collection[Need] | None


def explain_uncovered(
    shortfall: Shortfall, problem: Problem, everything: Problem, selection: Selection, request: PathRequest
) -> tuple[UncoveredSkill, ...]:
    """One entry for each open need, by skill. `everything` is the problem without any filter."""
    could_be = reach(everything, everything.candidates, {}).state
    possible = reach(problem, problem.candidates, {}).state
    answers = []
    for need in sorted(shortfall.open_needs):
        if need in shortfall.reachable:
            answers.append(_given_up(need, shortfall, request))
        elif learnt(could_be, need):
            detail = f"only courses that the request leaves out lead to it: {selection.summary()}"
            answers.append(UncoveredSkill(need.skill, UncoveredReason.FILTERED, detail))
        elif not any(course.provides(need) for course in everything.candidates):
            answers.append(UncoveredSkill(need.skill, UncoveredReason.NO_COURSE, _no_course(need, everything)))
        else:
            lacking = ", ".join(sorted(_lacking(need, everything, possible)))
            detail = f"the courses that teach it build on what cannot be reached: {lacking or 'each other'}"
            answers.append(UncoveredSkill(need.skill, UncoveredReason.PREREQUISITE_UNREACHABLE, detail))
    return tuple(answers)


def _given_up(need: Need, shortfall: Shortfall, request: PathRequest) -> UncoveredSkill:
    if request.budget is None and request.deadline is None:
        detail = "no order of the courses reaches it together with the rest"
        return UncoveredSkill(need.skill, UncoveredReason.PREREQUISITE_UNREACHABLE, detail)
    budget = request.budget
    late = request.deadline is not None and (
        budget is None or (shortfall.without_deadline is not None and need in shortfall.without_deadline)
    )
    if late:
        detail = f"at {request.hours_per_week:g} hours a week it does not fit before {request.deadline} with the rest"
        return UncoveredSkill(need.skill, UncoveredReason.TOO_LATE, detail)
    assert budget is not None
    detail = f"it does not fit into {budget.amount:g} {budget.currency} with the rest"
    return UncoveredSkill(need.skill, UncoveredReason.OVER_BUDGET, detail)


def _no_course(need: Need, everything: Problem) -> str:
    highest = max((course.teaches.get(need.skill, 0) for course in everything.candidates), default=0)
    if highest:
        return f"no course teaches it at level {need.level}; the highest is {highest}"
    return "no course teaches it"


def _lacking(need: Need, everything: Problem, possible: State) -> Iterable[str]:
    """The skills of unmet clauses of the courses that teach a need."""
    for course in everything.candidates:
        if not course.provides(need):
            continue
        clauses = [clause.options for clause in course.clauses]
        clauses += clauses_for(everything, course, need.skill)
        for options in clauses:
            if not any(learnt(possible, option) for option in options):
                yield from (option.skill for option in options)
