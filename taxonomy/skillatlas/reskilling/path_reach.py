"""What can be reached at all, and what could matter for it: the problem is cut down before it is searched."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .path_problem import Candidate, Need, OpenClause, Problem, State, clauses_for, gains, learnt, merged


@dataclass(frozen=True, slots=True)
class Reach:
    """The courses that can be taken some time, and the levels that they lead to."""

    courses: frozenset[str]
    state: State


def reach(problem: Problem, candidates: Iterable[Candidate], state: State) -> Reach:
    """All that can be learnt from a state, if each course could be repeated: never less than what really can be."""
    reached = dict(state)
    taken: set[str] = set()
    waiting = list(candidates)
    changed = True
    while changed:
        changed = False
        for course in waiting:
            gained = gains(problem, course, reached)
            if gained is not None:
                changed = changed or bool(gained) or course.id not in taken
                taken.add(course.id)
                reached = merged(reached, gained)
    return Reach(frozenset(taken), reached)


def reduced(problem: Problem) -> Problem:
    """The problem with only what can be reached and could serve a goal that can be; the optimum stays the same."""
    all_of_it = reach(problem, problem.candidates, {})
    usable = [course for course in problem.candidates if course.id in all_of_it.courses]
    goals = tuple(goal for goal in problem.goals if learnt(all_of_it.state, goal.need))
    skill_clauses = {
        skill: tuple(tuple(option for option in options if learnt(all_of_it.state, option)) for options in clauses)
        for skill, clauses in problem.skill_clauses.items()
    }
    courses = {
        course.id: replace(
            course,
            clauses=tuple(
                OpenClause(tuple(o for o in clause.options if learnt(all_of_it.state, o)), clause.together)
                for clause in course.clauses
            ),
        )
        for course in usable
    }
    cut = replace(
        problem,
        candidates=tuple(courses[course.id] for course in usable),
        goals=goals,
        skill_clauses=skill_clauses,
    )
    relevant = _relevant(cut)
    return replace(cut, candidates=tuple(course for course in cut.candidates if course.id in relevant))


def _relevant(problem: Problem) -> set[str]:
    """The courses that serve a goal, or what serves one."""
    teachers: dict[str, list[Candidate]] = {}
    for course in problem.candidates:
        for skill in course.teaches:
            teachers.setdefault(skill, []).append(course)
    queue = [goal.need for goal in problem.goals]
    seen = set(queue)
    relevant: set[str] = set()

    def want(needs: Iterable[Need]) -> None:
        for need in needs:
            if need not in seen:
                seen.add(need)
                queue.append(need)

    while queue:
        need = queue.pop()
        providers = [course for course in teachers.get(need.skill, ()) if course.provides(need)]
        for course in providers:
            for options in clauses_for(problem, course, need.skill):
                want(options)
            if course.id not in relevant:
                relevant.add(course.id)
                for clause in course.clauses:
                    want(clause.options)
    return relevant
