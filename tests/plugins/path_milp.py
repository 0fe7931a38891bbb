"""The best plan by a second formulation: set cover as a mixed-integer program (HiGHS) with lazy cuts.

It shares no code and no idea of order with the planner. The program chooses courses and goals; an order is only
looked for afterwards, by the contract's rules. Where none exists, what is impossible is cut off and it is solved again:

- Let R be all that a set S of courses leads to, if each could be repeated. A goal outside R, or a course that cannot
  be taken in R, needs a course outside S that can be taken in R and adds to it: with such a one a plan leaves R.
- Where R holds the goals but no order of S does, some course outside S or one goal less is needed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from path_instances import Question, cents_of, hours_of
from path_rules import HARD, TOGETHER, Learnt
from skillatlas.reskilling import PathObjective, RequiredSkill
from skillatlas.taxonomy import Course

Row = dict[int, float]
Need = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Optimum:
    """The proven best: what it covers, its weight, and the least cents (0 but for CHEAPEST) and hours for it."""

    covered: frozenset[str]
    weight: float
    cents: int
    hours: float


def optimum(question: Question) -> Optimum:
    """Most weight, then (CHEAPEST) least money, then least hours."""
    program = _Program(question)
    weights = {column: item.importance or 0.0 for column, item in program.goals.items()}
    hours = {n: one.hours for n, one in enumerate(program.courses)}
    # Half a point of weight, the least there is, comes before 60 courses: few of them are quicker put in order.
    fewest = dict.fromkeys(range(len(program.courses)), 0.005)
    _, goals = program.best(fewest | {goal: -weight for goal, weight in weights.items()})
    weight, cents = question.weight(goals), 0
    program.rows.append((weights, weight - 0.1, np.inf))
    if question.request.objective is PathObjective.CHEAPEST:
        costs = {n: float(cents_of([one])) for n, one in enumerate(program.courses)}
        chosen, _ = program.best(costs)
        cents = cents_of(chosen)
        program.rows.append((costs, 0.0, cents + 0.5))
    chosen, goals = program.best(hours)
    return Optimum(goals, weight, cents, hours_of(chosen))


class _Program:
    """Columns: the courses, then what a goal or a course may build on (a skill at a level)."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.courses = question.courses()
        self.rows: list[tuple[Row, float, float]] = []
        self.needs: list[Need] = []
        self._columns: dict[Need, int] = {}
        self.goals = {self._need(item.skill_id, item.level): item for item in question.goals}
        for k, one in enumerate(self.courses):
            for rule in one.assumes:
                if rule.kind not in (HARD, TOGETHER) or any(self._held(o.skill, o.level) for o in rule.any_of):
                    continue
                self._at_most_sum(k, [self._need(option.skill, option.level) for option in rule.any_of])
                if rule.kind is HARD:
                    others = {j for o in rule.any_of for j in self._teachers(o.skill, o.level)} - {k}
                    self._at_most_sum(k, others)
        if question.most_hours is not None:
            self.rows.append(({k: one.hours for k, one in enumerate(self.courses)}, 0.0, question.most_hours + 1e-7))
        if question.most_cents is not None:
            costs = {k: float(cents_of([one])) for k, one in enumerate(self.courses)}
            self.rows.append((costs, 0.0, question.most_cents + 1e-7))

    def _need(self, skill: str, level: int | None) -> int:
        """The column of a need; it is 0 where nothing teaches it, or a clause of the skill is met by nothing."""
        need = skill, level or 1
        if need not in self._columns:
            column = self._columns[need] = len(self.courses) + len(self.needs)
            self.needs.append(need)
            self._at_most_sum(column, self._teachers(skill, level))
            for edge in self.question.graph.edges.requires.get(skill, ()) if self.question.rules.respect else ():
                if edge.kind is HARD and not any(self._held(option, edge.level) for option in edge.any_of):
                    self._at_most_sum(column, [self._need(option, edge.level) for option in edge.any_of])
        return self._columns[need]

    def _held(self, skill: str, level: int | None) -> bool:
        return self.question.rules.held.get(skill, 0) >= (level or 1)

    def _teachers(self, skill: str, level: int | None) -> list[int]:
        return [k for k, one in enumerate(self.courses) if _teaches(one, skill, level)]

    def _at_most_sum(self, column: int, others: Iterable[int]) -> None:
        """A column is 0 where all of the others are."""
        self.rows.append(({column: -1.0, **dict.fromkeys(others, 1.0)}, 0.0, np.inf))

    def best(self, costs: Row) -> tuple[list[Course], frozenset[str]]:
        """The courses and goals of least cost that an order exists for."""
        rules, first = self.question.rules, len(self.courses)
        while True:
            values = self._solve(costs)
            chosen = [k for k in range(first) if values[k] > 0.5]
            wanted = {column: item for column, item in self.goals.items() if values[column] > 0.5}
            courses = [self.courses[k] for k in chosen]
            state = self._reach(courses, {})
            stuck = [k for k in chosen if rules.take(self.courses[k], state) is None]
            stuck += [
                first + n
                for n, (skill, level) in enumerate(self.needs)
                if values[first + n] > 0.5 and state.get(skill, 0) < level
            ]
            opening = [
                k
                for k, one in enumerate(self.courses)
                if (after := rules.take(one, state)) is not None and after != state
            ]
            for column in stuck:
                self._at_most_sum(column, self._openings(column, chosen, state))
                self._at_most_sum(column, opening)
            if stuck:
                continue
            if self._ordered(courses, list(wanted.values())):
                return courses, frozenset(item.skill_id for item in wanted.values())
            row = {k: 1.0 for k in range(first) if k not in chosen}
            self.rows.append((row | dict.fromkeys(wanted, -1.0), 1.0 - len(wanted), np.inf))

    def _openings(self, column: int, chosen: Sequence[int], state: Learnt) -> list[int]:
        """Courses of which one is needed for a column that is out of reach in a state: as few as can be found.

        The state is widened by every course that leaves the column out of reach, which makes the cut stronger.
        """
        needed: list[int] = []
        taken = [self.courses[k] for k in chosen]
        while True:
            opening = [
                k
                for k, one in enumerate(self.courses)
                if k not in needed and (after := self.question.rules.take(one, state)) is not None and after != state
            ]
            if not opening:
                return needed
            # The short ones are given away first: what stays in the cut costs most.
            cheapest = min(opening, key=lambda k: (self.courses[k].hours, k))
            more = [*taken, self.courses[cheapest]]
            wider = self._reach(more, state)
            if self._reachable(column, wider):
                needed.append(cheapest)
            else:
                taken, state = more, wider

    def _reachable(self, column: int, state: Learnt) -> bool:
        if column < len(self.courses):
            return self.question.rules.take(self.courses[column], state) is not None
        skill, level = self.needs[column - len(self.courses)]
        return state.get(skill, 0) >= level

    def _solve(self, costs: Row) -> Any:
        width = len(self.courses) + len(self.needs)
        if not width:
            return np.zeros(0)
        matrix = np.zeros((len(self.rows), width))
        for place, (row, _, _) in enumerate(self.rows):
            for column, factor in row.items():
                matrix[place, column] = factor
        objective = np.zeros(width)
        for column, factor in costs.items():
            objective[column] = factor
        lowest: Any = np.array([low for _, low, _ in self.rows])
        highest: Any = np.array([high for _, _, high in self.rows])
        found = milp(
            objective,
            integrality=np.ones(width),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, lowest, highest) if self.rows else (),
            options={"mip_rel_gap": 0.0},
        )
        assert found.status == 0, found.message
        return found.x

    def _reach(self, courses: Sequence[Course], state: Learnt) -> Learnt:
        """All that courses lead to from a state, if each could be repeated."""
        changed = True
        while changed:
            changed = False
            for one in courses:
                after = self.question.rules.take(one, state)
                if after is not None and after != state:
                    state, changed = after, True
        return state

    def _ordered(self, courses: Sequence[Course], wanted: Sequence[RequiredSkill]) -> bool:
        """Whether some order of some of the courses meets all that is wanted."""
        rules = self.question.rules
        dead: set[tuple[frozenset[str], frozenset[tuple[str, int]]]] = set()

        def lead(left: Sequence[Course], state: Learnt) -> bool:
            if all(rules.learns(state, item) for item in wanted):
                return True
            key = frozenset(one.id for one in left), frozenset(state.items())
            ahead = self._reach(left, state)
            if key in dead or not all(rules.learns(ahead, item) for item in wanted):
                return False
            for one in left:
                after = rules.take(one, state)
                if after is None:
                    continue
                rest = [other for other in left if other is not one]
                if lead(rest, after):
                    return True
                if all(after.get(item.skill, 0) >= (item.level or 9) for item in one.teaches):
                    break  # nothing of it was lost: to take it at once is never worse
            dead.add(key)
            return False

        return lead(courses, {})


def _teaches(course: Course, skill: str, level: int | None) -> bool:
    return any(item.skill == skill and (item.level or 9) >= (level or 1) for item in course.teaches)
