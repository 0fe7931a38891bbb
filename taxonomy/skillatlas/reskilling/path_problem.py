"""The planning problem in plain integers: courses, what they open up, and what is to be reached."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

ANY_LEVEL = 6
"""Above every level: a course that states no level brings a skill to the one asked for."""


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """A skill at a level from 1; what is needed at any level is needed at 1."""

    skill: str
    level: int


@dataclass(frozen=True, slots=True)
class OpenClause:
    """A clause that the profile does not meet: any option does. `together`: the course itself may teach it too."""

    options: tuple[Need, ...]
    together: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A course that may be used. `hours` in units of the problem, `price` in minor units (None: not known).

    `teaches` has the level reached by skill, ANY_LEVEL where none is stated. `through`: the skill of another scheme
    as which the course teaches one, for those that it teaches through a mapping.
    """

    id: str
    hours: int
    price: int | None
    teaches: Mapping[str, int]
    clauses: tuple[OpenClause, ...]
    through: Mapping[str, str] = field(default_factory=dict)

    def provides(self, need: Need) -> bool:
        """Whether it teaches a skill at the level needed."""
        return self.teaches.get(need.skill, 0) >= need.level


@dataclass(frozen=True, slots=True)
class Goal:
    """A need of the target, and its weight in whole units, at least 1."""

    need: Need
    weight: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What may be taken (by id), what is to be reached, and what each skill builds on that the profile lacks.

    `skill_clauses`: of a course only those skills count whose clauses are met before it or by the course itself.
    Limits are in the units of the candidates; None: no limit.
    """

    candidates: tuple[Candidate, ...]
    goals: tuple[Goal, ...]
    skill_clauses: Mapping[str, tuple[tuple[Need, ...], ...]]
    hours_limit: int | None = None
    price_limit: int | None = None


State = Mapping[str, int]
"""What has been learnt so far: the level reached, by skill."""


def learnt(state: State, need: Need) -> bool:
    """Whether a need has been met by courses."""
    return state.get(need.skill, 0) >= need.level


def clauses_for(problem: Problem, course: Candidate, skill: str) -> Iterator[tuple[Need, ...]]:
    """What a skill builds on where this course teaches it: its own clauses, and those of the skill it is taught as."""
    yield from problem.skill_clauses.get(skill, ())
    source = course.through.get(skill)
    if source is not None:
        yield from problem.skill_clauses.get(source, ())


def gains(problem: Problem, course: Candidate, state: State) -> dict[str, int] | None:
    """What a course adds when it is taken in a state: the level by skill; None where it may not be taken yet.

    Skills of the course may build on each other. Those whose clauses nothing meets are lost.
    """
    usable = dict(course.teaches)
    changed = True
    while changed:
        changed = False
        for skill in list(usable):
            for options in clauses_for(problem, course, skill):
                if not any(learnt(state, option) or learnt(usable, option) for option in options):
                    del usable[skill]
                    changed = True
                    break
    for clause in course.clauses:
        met = any(learnt(state, option) for option in clause.options)
        if not met and not (clause.together and any(learnt(usable, option) for option in clause.options)):
            return None
    return {skill: level for skill, level in usable.items() if level > state.get(skill, 0)}


def merged(state: State, gained: Mapping[str, int]) -> dict[str, int]:
    """The state after a course."""
    return {**state, **gained}
