"""Finding the best set of courses, with proof: a CP-SAT model, searched one objective after the other.

For each need that may matter a Boolean says that it is met, and one for each course that could provide it; a course
or a skill that builds on a need demands one provider that comes before. Ranks keep that order, only where the
courses could wait for each other in a circle: everywhere else the order follows from the model's structure.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from .errors import LimitExceededError
from .path_components import components
from .path_problem import Candidate, Need, Problem, clauses_for
from .settings import PathSettings

_MOST = 2**62
"""Sums from here on are beyond the solver's whole numbers of 64 bits."""


class Phase(Enum):
    """What is optimised, one after the other; TIME is least hours, then fewest courses."""

    WEIGHT = auto()
    PRICE = auto()
    TIME = auto()
    IDS = auto()


@dataclass(frozen=True, slots=True)
class Found:
    """A plan: its courses, the pairs of which the first must come first, and the needs of the goals that it covers.

    `bounds` are in whole units, of TIME the hours. `proven`: no plan is better in any phase but IDS.
    """

    courses: frozenset[str]
    before: frozenset[tuple[str, str]]
    covered: frozenset[Need]
    bounds: Mapping[Phase, int]
    proven: bool


class Meter:
    """What a question may still cost. Effort, in deterministic units, is shared by all of its searches, each of which
    may take half of what is left; the wall clock only ever ends a question with an error, and decides nothing.
    """

    def __init__(self, settings: PathSettings, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._limit = settings.clock_limit
        self._end = now() + settings.clock_limit
        self._effort = settings.effort

    @property
    def effort(self) -> float:
        """Deterministic units that the next search may take."""
        return self._effort / 2

    def spend(self, units: float) -> None:
        """Count what a search took."""
        self._effort = max(0.0, self._effort - units)

    def seconds(self) -> float:
        """Seconds left. Raises LimitExceededError where there are none."""
        left = self._end - self._now()
        if left <= 0.0:
            raise LimitExceededError(
                f"no plan was proven within {self._limit:g} seconds: ask for fewer skills or fewer catalogues"
            )
        return left


def search(
    problem: Problem, phases: Sequence[Phase], *, all_goals: bool, settings: PathSettings, meter: Meter
) -> Found | None:
    """The best plan by `phases`; None where there is none. `all_goals`: one that leaves a goal out does not count.

    The problem is `reduced` already. Raises LimitExceededError when the clock runs out, or where hours or prices are
    beyond what can be reckoned with.
    """
    return _Model(problem, all_goals=all_goals).run(phases, settings, meter)


class _Model:
    def __init__(self, problem: Problem, *, all_goals: bool) -> None:
        from ortools.sat.python import cp_model

        self._cp = cp_model
        self._model: Any = cp_model.CpModel()
        self._problem = problem
        self._taken: dict[str, Any] = {c.id: self._model.new_bool_var(c.id) for c in problem.candidates}
        self._met: dict[Need, Any] = {}
        self._provided: dict[tuple[Need, str], Any] = {}
        self._before: dict[tuple[Need, str], Any] = {}
        self._teachers: dict[str, list[Candidate]] = {}
        for course in problem.candidates:
            for skill in course.teaches:
                self._teachers.setdefault(skill, []).append(course)
        self._build_needs(goal.need for goal in problem.goals)
        self._build_order()
        if all_goals:
            for goal in problem.goals:
                self._model.add_bool_or(self._met[goal.need])
        self._limit(problem.hours_limit, {c.id: c.hours for c in problem.candidates})
        self._limit(problem.price_limit, {c.id: c.price or 0 for c in problem.candidates})

    def _limit(self, limit: int | None, costs: Mapping[str, int]) -> None:
        if limit is not None:
            # A course that is above the limit by itself is so by however little.
            self._model.add(self._sum({key: min(cost, limit + 1) for key, cost in costs.items()}) <= limit)

    def _sum(self, costs: Mapping[str, int]) -> Any:
        """What the courses taken cost together. Raises LimitExceededError where it could be too great to reckon."""
        if sum(costs.values()) >= _MOST:
            raise LimitExceededError(
                "the hours or prices of the courses that could matter are too great to be reckoned with: leave out "
                "the greatest by excludeCourseIds"
            )
        return sum(costs[key] * taken for key, taken in self._taken.items())

    # -- building ----------------------------------------------------------------------------------------

    def _build_needs(self, goals: Iterable[Need]) -> None:
        queue = list(goals)
        done: set[Need] = set()
        opened: set[str] = set()
        while queue:
            need = queue.pop(0)
            if need in done:
                continue
            done.add(need)
            met = self._met_var(need)
            providers = [course for course in self._teachers.get(need.skill, ()) if course.provides(need)]
            self._model.add_bool_or([*(self._provided_var(need, course) for course in providers), ~met])
            for course in providers:
                self._model.add_implication(self._provided_var(need, course), self._taken[course.id])
                for options in clauses_for(self._problem, course, need.skill):
                    queue += self._demand(self._provided_var(need, course), course, options, together=True)
                if course.id not in opened:
                    opened.add(course.id)
                    for clause in course.clauses:
                        queue += self._demand(self._taken[course.id], course, clause.options, together=clause.together)

    def _demand(self, cause: Any, course: Candidate, options: Sequence[Need], *, together: bool) -> list[Need]:
        """`cause` demands one of the options before the course, or by the course itself where `together`."""
        ways = []
        for option in options:
            others = any(c.id != course.id and c.provides(option) for c in self._teachers.get(option.skill, ()))
            if others:
                ways.append(self._before_var(option, course))
            if together and course.provides(option):
                ways.append(self._provided_var(option, course))
        self._model.add_bool_or([*ways, ~cause])
        return list(options)

    def _met_var(self, need: Need) -> Any:
        if need not in self._met:
            self._met[need] = self._model.new_bool_var(f"{need.skill}@{need.level}")
        return self._met[need]

    def _provided_var(self, need: Need, course: Candidate) -> Any:
        key = need, course.id
        if key not in self._provided:
            self._provided[key] = self._model.new_bool_var(f"{need.skill}@{need.level} by {course.id}")
        return self._provided[key]

    def _before_var(self, need: Need, course: Candidate) -> Any:
        key = need, course.id
        if key not in self._before:
            self._before[key] = self._model.new_bool_var(f"{need.skill}@{need.level} before {course.id}")
            self._model.add_implication(self._before[key], self._met_var(need))
        return self._before[key]

    def _build_order(self) -> None:
        """Ranks for courses and needs that could wait for each other."""
        waits: dict[Any, list[Any]] = {course: [] for course in self._taken}
        waits.update({need: [] for need in self._met})
        for need, course in self._before:
            waits[course].append(need)
        for need, course in self._provided:
            waits.setdefault(need, []).append(course)
        component = components(waits)
        sizes: dict[int, int] = {}
        for node, index in component.items():
            sizes[index] = sizes.get(index, 0) + isinstance(node, str)
        ranks: dict[Any, Any] = {}

        def rank(node: Any) -> Any:
            if node not in ranks:
                # A need that is met from outside the circle is met before its first course.
                lowest = 0 if isinstance(node, str) else -1
                ranks[node] = self._model.new_int_var(lowest, sizes[component[node]] - 1, f"rank {node}")
            return ranks[node]

        for (need, course), literal in self._before.items():
            if component[need] == component[course]:
                self._model.add(rank(course) >= rank(need) + 1).only_enforce_if(literal)
        for (need, course), literal in self._provided.items():
            if component[need] == component[course]:
                self._model.add(rank(need) >= rank(course)).only_enforce_if(literal)

    # -- searching ---------------------------------------------------------------------------------------

    def run(self, phases: Sequence[Phase], settings: PathSettings, meter: Meter) -> Found | None:
        bounds: dict[Phase, int] = {}
        found: tuple[frozenset[str], frozenset[tuple[str, str]], frozenset[Need]] | None = None
        proven = True
        self._hint(lambda _: 0)
        for phase in phases:
            objective = self._objective(phase)
            self._model.minimize(objective)
            solver: Any = self._cp.CpSolver()
            solver.parameters.num_workers = 1
            solver.parameters.random_seed = settings.seed
            solver.parameters.linearization_level = 2
            effort = min(meter.effort, settings.ids_effort) if phase is Phase.IDS else meter.effort
            solver.parameters.max_deterministic_time = effort
            # Half a second more than is left, so that a search which the clock ended always ends in the error below.
            solver.parameters.max_time_in_seconds = meter.seconds() + 0.5
            status = solver.solve(self._model)
            meter.spend(solver.response_proto.deterministic_time)
            meter.seconds()
            if status == self._cp.INFEASIBLE:
                return None
            if status not in (self._cp.OPTIMAL, self._cp.FEASIBLE):
                proven = proven and phase is Phase.IDS
                break
            found = self._read(solver)
            bounds[phase] = self._bound(phase, round(solver.best_objective_bound))
            if status != self._cp.OPTIMAL:
                proven = proven and phase is Phase.IDS
                break
            self._model.add(objective <= round(solver.objective_value))
            self._hint(solver.value)
        if found is None:
            return Found(frozenset(), frozenset(), frozenset(), {}, False)
        return Found(*found, bounds, proven)

    def _hint(self, value: Callable[[Any], int]) -> None:
        self._model.clear_hints()
        for variables in (self._taken, self._met, self._provided, self._before):
            for variable in variables.values():
                self._model.add_hint(variable, value(variable))

    def _objective(self, phase: Phase) -> Any:
        match phase:
            case Phase.WEIGHT:
                return -sum(goal.weight * self._met[goal.need] for goal in self._problem.goals)
            case Phase.PRICE:
                return self._sum({course.id: course.price or 0 for course in self._problem.candidates})
            case Phase.TIME:
                step = self._step
                return self._sum({course.id: course.hours * step + 1 for course in self._problem.candidates})
            case Phase.IDS:
                ordered = sorted(self._taken)
                return sum((place + 1) * self._taken[course] for place, course in enumerate(ordered))

    @property
    def _step(self) -> int:
        """More than a plan can have courses, so that hours always come before their number."""
        return min(len(self._taken), len(self._met)) + 1

    def _bound(self, phase: Phase, bound: int) -> int:
        if phase is Phase.TIME:
            return max(0, -(-(bound - self._step + 1) // self._step))
        return -bound if phase is Phase.WEIGHT else bound

    def _read(self, solver: Any) -> tuple[frozenset[str], frozenset[tuple[str, str]], frozenset[Need]]:
        chosen = frozenset(course for course, taken in self._taken.items() if solver.value(taken))
        providers: dict[Need, list[str]] = {}
        for (need, course), literal in self._provided.items():
            if solver.value(literal):
                providers.setdefault(need, []).append(course)
        before = frozenset(
            (provider, course)
            for (need, course), literal in self._before.items()
            if course in chosen and solver.value(literal)
            for provider in providers.get(need, ())
            if provider != course
        )
        covered = frozenset(goal.need for goal in self._problem.goals if solver.value(self._met[goal.need]))
        return chosen, before, covered
