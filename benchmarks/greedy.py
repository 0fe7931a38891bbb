"""The plan that a simple planner makes: the baseline of the path benchmark."""

import importlib
from typing import Any

from skillatlas.reskilling import Profile, Target
from skillatlas.taxonomy import Course, Graph, PrerequisiteKind

_BINDING = (PrerequisiteKind.HARD, PrerequisiteKind.COREQUISITE)
Need = tuple[str, int]
Way = tuple[float, Course, list[Need]]


def greedy_hours(graph: Graph, profile: Profile, target: Target) -> float | None:
    """Hours of the greedy plan; None where it finds none.

    Each need is given the course by which it is reached with the fewest hours, all that leads there counted as if for
    it alone. The plan is these courses for the target and all they build on, put in order, without those that serve
    nothing in the end.
    """
    rules: Any = importlib.import_module("path_rules").Rules(graph, profile, respect=True)
    wanted = [item for item in target.skills or () if not rules.met(item)]
    ways = _cheapest_ways(rules, [graph.courses[key] for key in sorted(graph.courses)])
    taken: dict[str, Course] = {}
    queue = [(item.skill_id, item.level or 1) for item in wanted]
    seen: set[Need] = set()
    while queue:
        need = queue.pop()
        if need in seen:
            continue
        seen.add(need)
        if need not in ways:
            return None
        _, course, builds_on = ways[need]
        taken[course.id] = course
        queue += builds_on
    return _ordered_hours(rules, list(taken.values()), wanted)


def _cheapest_ways(rules: Any, courses: list[Course]) -> dict[Need, Way]:
    """By need, the fewest hours, the course that teaches it, and the needs that this builds on."""
    ways: dict[Need, Way] = {}

    def cheapest(clauses: list[set[Need]]) -> tuple[float, list[Need]] | None:
        hours = 0.0
        builds_on: list[Need] = []
        for options in clauses:
            if any(rules.held.get(skill, 0) >= level for skill, level in options):
                continue
            known = [(ways[option][0], option) for option in options if option in ways]
            if not known:
                return None
            hours, builds_on = hours + min(known)[0], [*builds_on, min(known)[1]]
        return hours, builds_on

    changed = True
    while changed:
        changed = False
        for course in courses:
            before = cheapest(_assumed(course))
            for taught in course.teaches if before is not None else ():
                first = cheapest([o for o in _required(rules.graph, taught.skill) if not _brings(course, o)])
                if before is None or first is None:
                    continue
                hours, builds_on = course.hours + before[0] + first[0], [*before[1], *first[1]]
                for level in range(1, (taught.level or 5) + 1):
                    if (taught.skill, level) not in ways or hours < ways[taught.skill, level][0]:
                        ways[taught.skill, level] = hours, course, builds_on
                        changed = True
    return ways


def _assumed(course: Course) -> list[set[Need]]:
    return [{(o.skill, o.level or 1) for o in rule.any_of} for rule in course.assumes if rule.kind in _BINDING]


def _required(graph: Graph, skill: str) -> list[set[Need]]:
    clauses = (edge for edge in graph.edges.requires.get(skill, ()) if edge.kind is PrerequisiteKind.HARD)
    return [{(option, edge.level or 1) for option in edge.any_of} for edge in clauses]


def _brings(course: Course, options: set[Need]) -> bool:
    return any(
        (taught.skill, level) in options for taught in course.teaches for level in range(1, (taught.level or 5) + 1)
    )


def _ordered_hours(rules: Any, courses: list[Course], wanted: list[Any]) -> float | None:
    """Hours of the courses in an order that works, without those that can be left out; None where none works."""

    def run(some: list[Course]) -> bool:
        state: dict[str, int] = {}
        left = sorted(some, key=lambda one: one.id)
        while left:
            ready = min(
                (one for one in left if _ready(rules, one, state)),
                key=lambda one: _lost(rules, one, state),
                default=None,
            )
            if ready is None:
                break
            state = rules.take(ready, state)
            left.remove(ready)
        return all(rules.learns(state, item) for item in wanted)

    if not run(courses):
        return None
    for course in sorted(courses, key=lambda one: (-one.hours, one.id)):
        fewer = [one for one in courses if one is not course]
        if run(fewer):
            courses = fewer
    return sum(one.hours for one in courses)


def _ready(rules: Any, course: Course, state: dict[str, int]) -> bool:
    after = rules.take(course, state)
    return after is not None and after != state


def _lost(rules: Any, course: Course, state: dict[str, int]) -> int:
    """How many of its skills a course cannot bring yet: it is better taken later."""
    after = rules.take(course, state)
    return sum(after.get(taught.skill, 0) < (taught.level or 9) for taught in course.teaches)
