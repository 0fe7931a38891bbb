"""Random planning questions of 5 to 60 courses, and a checker of plans that knows the contract's words only."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from path_rules import HARD, TOGETHER, Learnt, Rules
from reskilling_graphs import build_graph, clause, course, requires, skills
from skillatlas.reskilling import (
    EvidenceItem,
    LearningPaths,
    LearningPlan,
    PathObjective,
    PathRequest,
    Profile,
    RequiredSkill,
    Target,
    learning_paths,
)
from skillatlas.taxonomy import Course, Edge, Graph, Money, PrerequisiteKind

START = date(2026, 1, 5)
HOURS_A_WEEK = 7.0  # an hour a day, so that days are hours


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its own rules: what may be taken, and what a sequence brings."""

    graph: Graph
    profile: Profile
    required: tuple[RequiredSkill, ...]
    request: PathRequest
    rules: Rules
    goals: tuple[RequiredSkill, ...]

    def for_objective(self, objective: PathObjective) -> "Question":
        """The same question with another objective."""
        return replace(self, request=replace(self.request, objective=objective))

    def answer(self) -> LearningPaths:
        """What the planner answers."""
        return learning_paths(self.graph, self.profile, Target(skills=self.required), self.request)

    def courses(self) -> list[Course]:
        """The courses that the request allows, by id."""
        every = [self.graph.courses[key] for key in sorted(self.graph.courses)]
        if self.request.budget or self.request.objective is PathObjective.CHEAPEST:
            return [one for one in every if one.price is not None]
        return every

    @property
    def most_hours(self) -> int | None:
        """Hours until the deadline."""
        deadline = self.request.deadline
        return None if deadline is None else (deadline - START).days + 1

    @property
    def most_cents(self) -> int | None:
        """Cents of the budget."""
        budget = self.request.budget
        return None if budget is None else round(budget.amount * 100)

    def covered(self, learnt: Learnt) -> frozenset[str]:
        """The goals that are met."""
        return frozenset(item.skill_id for item in self.goals if self.rules.learns(learnt, item))

    def weight(self, covered: Iterable[str]) -> float:
        """The importance of goals together."""
        among = frozenset(covered)
        return sum(item.importance or 0.0 for item in self.goals if item.skill_id in among)

    def check(self, plan: LearningPlan) -> None:
        """Replay a plan: order, limits, dates, sums, what it covers, and that no course in it serves nothing."""
        sequence = [self.graph.courses[step.course_id] for step in plan.steps]
        allowed = {one.id for one in self.for_objective(plan.objective).courses()}
        assert {one.id for one in sequence} <= allowed, "a course that the request leaves out"
        assert len({one.id for one in sequence}) == len(sequence), "a course taken twice"
        learnt = self.rules.run(sequence)
        assert learnt is not None, "a step comes before what it builds on"
        covered = self.covered(learnt)
        assert frozenset(plan.covered) == covered
        assert plan.hours == hours_of(sequence)
        assert self.most_hours is None or plan.hours <= self.most_hours, "past the deadline"
        assert self.most_cents is None or cents_of(sequence) <= self.most_cents, "over the budget"
        assert sum(price.amount for price in plan.prices) == Decimal(cents_of(sequence)) / 100
        self._check_dates(plan, sequence)
        for gone in range(len(sequence)):
            shorter = self.rules.run([*sequence[:gone], *sequence[gone + 1 :]])
            assert shorter is None or not self.covered(shorter) >= covered, "a course that serves nothing"

    def _check_dates(self, plan: LearningPlan, sequence: Sequence[Course]) -> None:
        begins, spent = START, 0.0
        for step, taken in zip(plan.steps, sequence, strict=True):
            spent += taken.hours
            ends = START + timedelta(days=int(spent - 1e-9))
            assert (step.start_date, step.end_date) == (begins, ends)
            begins = ends


def hours_of(courses: Iterable[Course]) -> float:
    """Hours together."""
    return sum(one.hours for one in courses)


def cents_of(courses: Iterable[Course]) -> int:
    """Known prices together."""
    return sum(round(one.price.amount * 100) for one in courses if one.price is not None)


def question(seed: int) -> Question:
    """A question of 5 to 60 courses: clauses with alternatives, levels, prices that lack, limits, skills in order."""
    draw = random.Random(seed)
    size = draw.randint(5, 60)
    ids = [f"atlas:s{n:02}" for n in range(max(5, size * 2 // 3))]
    levels = [None, None, 2, 3, 4]
    edges: list[Edge] = []
    for skill in ids:
        if draw.random() < 0.3:
            options = draw.sample([one for one in ids if one != skill], draw.choice([1, 1, 2]))
            kind = draw.choice([HARD, HARD, HARD, TOGETHER, PrerequisiteKind.RECOMMENDED])
            edges.append(requires(skill, *options, level=draw.choice([None, None, 2, 3]), kind=kind))
    courses = []
    for number in range(size):
        assumes = []
        for _ in range(draw.choice([0, 0, 0, 1, 1, 2])):
            drawn = [(one, draw.choice(levels)) for one in draw.sample(ids, draw.choice([1, 1, 2, 3]))]
            pairs = [one if level is None else (one, level) for one, level in drawn]
            assumes.append(clause(*pairs, kind=draw.choice([HARD, HARD, HARD, TOGETHER, PrerequisiteKind.INFERRED])))
        courses.append(
            course(
                f"open:{number:02}",
                [(skill, draw.choice(levels)) for skill in draw.sample(ids, draw.randint(1, 4))],
                draw.choice([4.0, 6.5, 8.0, 10.0, 12.5, 20.0, 33.0]),
                price=draw.choice([None, 0.0, 10.0, 19.99, 40.0, 75.5]),
                assumes=assumes,
            )
        )
    named = draw.sample(ids, draw.randint(0, len(ids) // 3))
    profile = Profile(named=tuple(EvidenceItem(one, draw.choice([None, 1, 2, 3])) for one in named))
    wanted = draw.sample(ids, draw.randint(1, min(8, len(ids))))
    # Powers of two: no two sets of goals weigh the same, so that what is given up is one answer.
    weights = draw.sample([0.5, 1, 2, 4, 8, 16, 32, 64], len(wanted))
    required = tuple(
        RequiredSkill(one, draw.choice(levels), importance=weight) for one, weight in zip(wanted, weights, strict=True)
    )
    request = PathRequest(
        hours_per_week=HOURS_A_WEEK,
        start_date=START,
        deadline=draw.choice([None, None, START + timedelta(days=draw.randint(5, 60))]),
        budget=draw.choice([None, None, Money(draw.choice([0.0, 20.0, 60.0, 120.0]), "EUR")]),
        alternatives=draw.choice([0, 0, 1, 2]),
        respect_skill_prerequisites=draw.random() < 0.8,
    )
    graph = build_graph(skills(*(one.removeprefix("atlas:") for one in ids)), edges, courses)
    rules = Rules(graph, profile, respect=request.respect_skill_prerequisites)
    goals = tuple(item for item in required if not rules.met(item))
    return Question(graph, profile, required, request, rules, goals)
