"""The order of a plan's courses, and what each is taken for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .path_problem import Candidate, Need, Problem, State, clauses_for, gains, learnt, merged
from .path_reach import reach


@dataclass(frozen=True, slots=True)
class Taken:
    """A course in its place: what it adds, and the needs it is taken for (None: the target; else a place)."""

    course: Candidate
    gained: Mapping[str, int]
    uses: Mapping[Need, frozenset[int | None]]


def order_courses(
    problem: Problem, courses: Collection[str], covered: Collection[Need], before: Iterable[tuple[str, str]], limit: int
) -> tuple[str, ...]:
    """The order that puts the smallest id first wherever it may stand, with all of `covered` reached at the end.

    Where more than `limit` beginnings would have to be tried, the smallest order that keeps `before` instead.
    """
    by_id = {course.id: course for course in problem.candidates}
    chosen = [by_id[course] for course in sorted(courses)]
    dead: set[tuple[frozenset[str], frozenset[tuple[str, int]]]] = set()
    left = limit

    def complete(waiting: Sequence[Candidate], state: State) -> list[str] | None:
        nonlocal left
        if not waiting:
            return [] if all(learnt(state, need) for need in covered) else None
        key = frozenset(course.id for course in waiting), frozenset(state.items())
        left -= 1
        if key in dead or left < 0:
            return None
        ahead = reach(problem, waiting, state)
        if len(ahead.courses) == len(waiting) and all(learnt(ahead.state, need) for need in covered):
            for course in waiting:
                gained = gains(problem, course, state)
                if gained is None:
                    continue
                rest = complete([other for other in waiting if other is not course], merged(state, gained))
                if rest is not None:
                    return [course.id, *rest]
        dead.add(key)
        return None

    return tuple(complete(chosen, {}) or _sorted_by(before, courses))


def _sorted_by(before: Iterable[tuple[str, str]], courses: Collection[str]) -> list[str]:
    """Topological order, the smallest id first among those that wait for none."""
    waits = {course: {first for first, second in before if second == course} for course in courses}
    ordered: list[str] = []
    while waits:
        following = min(course for course, firsts in waits.items() if not firsts & waits.keys())
        del waits[following]
        ordered.append(following)
    return ordered


def replay(problem: Problem, order: Sequence[str], covered: Collection[Need]) -> list[Taken]:
    """Take the courses in order and find what each is needed for; courses that serve nothing are left out."""
    by_id = {course.id: course for course in problem.candidates}
    kept = list(order)
    while True:
        taken = _replay(problem, [by_id[course] for course in kept], covered)
        useful = [step.course.id for step in taken if step.uses]
        if len(useful) == len(kept):
            return taken
        kept = useful


def _replay(problem: Problem, courses: Sequence[Candidate], covered: Collection[Need]) -> list[Taken]:
    state: dict[str, int] = {}
    gained: list[dict[str, int]] = []
    for course in courses:
        added = gains(problem, course, state)
        assert added is not None, f"{course.id} may not be taken here"
        gained.append(added)
        state = merged(state, added)
    uses: list[dict[Need, set[int | None]]] = [{} for _ in courses]

    def use(need: Need, place: int | None) -> None:
        """Mark the step that first brings a need as used for a place, and what that use builds on in turn."""
        provider = next(i for i, added in enumerate(gained) if added.get(need.skill, 0) >= need.level)
        places = uses[provider].setdefault(need, set())
        new = not places
        places.add(place)
        if new:
            for options in clauses_for(problem, courses[provider], need.skill):
                use(earliest(options, gained[: provider + 1]), provider)

    for need in sorted(covered):
        use(need, None)
    for place in reversed(range(len(courses))):
        if uses[place]:
            for clause in courses[place].clauses:
                use(earliest(clause.options, gained[: place + clause.together]), place)
    return [
        Taken(course, added, {need: frozenset(places) for need, places in sorted(used.items())})
        for course, added, used in zip(courses, gained, uses, strict=True)
    ]


def earliest(options: Sequence[Need], gained: Sequence[Mapping[str, int]]) -> Need:
    """The option that the steps so far bring first; ties to the smaller skill."""
    places = []
    for option in options:
        for place, added in enumerate(gained):
            if added.get(option.skill, 0) >= option.level:
                places.append((place, option))
                break
    return min(places)[1]
