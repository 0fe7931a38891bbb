"""Courses that another one replaces in every plan: they are dropped before the search, which loses no optimum."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .path_problem import Candidate, Need, OpenClause, Problem, clauses_for


def without_dominated(problem: Problem) -> Problem:
    """The problem without courses that cost no less, teach no more and assume no less than another.

    What is taught counts only where something in the problem needs it. Of courses alike in all of it the smallest id
    stays. The optimum stays the same: in any plan such a course can be replaced by the other, in its place.
    """
    needed = _needed(problem)
    levels: dict[str, list[Need]] = {}
    for need in sorted(needed):
        levels.setdefault(need.skill, []).append(need)
    useful = {
        course.id: frozenset(
            need for skill in course.teaches for need in levels.get(skill, ()) if course.provides(need)
        )
        for course in problem.candidates
    }
    teachers: dict[Need, list[Candidate]] = {}
    for course in problem.candidates:
        for need in useful[course.id]:
            teachers.setdefault(need, []).append(course)
    comparison = _Comparison(problem, useful)
    kept = tuple(
        course
        for course in problem.candidates
        if not any(comparison.replaces(other, course) for other in _rivals(course, useful[course.id], teachers))
    )
    return replace(problem, candidates=kept)


def _needed(problem: Problem) -> set[Need]:
    """Everything that a goal, a course, or a skill needed in turn may ask for."""
    queue = [goal.need for goal in problem.goals]
    queue += [option for course in problem.candidates for clause in course.clauses for option in clause.options]
    sources: dict[str, set[str]] = {}
    for course in problem.candidates:
        for skill, source in course.through.items():
            sources.setdefault(skill, set()).add(source)
    needed: set[Need] = set()
    while queue:
        need = queue.pop()
        if need in needed:
            continue
        needed.add(need)
        for skill in (need.skill, *sources.get(need.skill, ())):
            queue += [option for options in problem.skill_clauses.get(skill, ()) for option in options]
    return needed


def _rivals(course: Candidate, useful: Iterable[Need], teachers: Mapping[Need, list[Candidate]]) -> Iterable[Candidate]:
    """The courses that teach the rarest of what a course is useful for: only they can replace it."""
    fewest = min((teachers[need] for need in sorted(useful)), key=len, default=[])
    return (other for other in fewest if other is not course)


@dataclass(frozen=True, slots=True)
class _Comparison:
    problem: Problem
    useful: Mapping[str, frozenset[Need]]

    def replaces(self, one: Candidate, other: Candidate) -> bool:
        """Whether `one` is dropped for nothing that `other` would not do as well: it may take the other's place."""
        return self._covers(one, other) and (one.id < other.id or not self._covers(other, one))

    def _covers(self, one: Candidate, other: Candidate) -> bool:
        return (
            one.hours <= other.hours
            and (one.price or 0) <= (other.price or 0)
            and self.useful[one.id] >= self.useful[other.id]
            and all(any(_no_stricter(mine, theirs) for theirs in other.clauses) for mine in one.clauses)
            and all(self._as_usable(one, other, need.skill) for need in self.useful[other.id])
        )

    def _as_usable(self, one: Candidate, other: Candidate, skill: str) -> bool:
        """Whether what `one` teaches of a skill builds on no more than what the other does."""
        return set(clauses_for(self.problem, one, skill)) <= set(clauses_for(self.problem, other, skill))


def _no_stricter(mine: OpenClause, theirs: OpenClause) -> bool:
    """Whether whatever meets one clause meets the other."""
    return (mine.together or not theirs.together) and all(
        any(option.skill == asked.skill and option.level <= asked.level for option in mine.options)
        for asked in theirs.options
    )
