"""Plans against brute force: on small random instances every sequence of courses is tried, by rules written anew.

`path_rules.Rules` replays a sequence from the graph alone, and is also the checker of every plan that comes back.
"""

import itertools
import random
from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from path_rules import HARD, TOGETHER, Learnt, Rules
from reskilling_graphs import build_graph, clause, course, requires, skills
from skillatlas.reskilling import (
    EvidenceItem,
    LearningPaths,
    LearningPlan,
    PathObjective,
    PathRequest,
    PathStatus,
    Profile,
    RequiredSkill,
    Target,
    learning_paths,
)
from skillatlas.taxonomy import Course, Edge, Money, PrerequisiteKind

NAMES = [f"s{n}" for n in range(6)]
IDS = [f"atlas:{name}" for name in NAMES]


def sequences(rules: Rules, courses: Sequence[Course], learnt: Learnt) -> Iterator[tuple[list[Course], Learnt]]:
    """Every sequence of courses that may be taken, with what it brings."""
    yield [], learnt
    for taken in courses:
        after = rules.take(taken, learnt)
        if after is not None:
            for rest, end in sequences(rules, [c for c in courses if c is not taken], after):
                yield [taken, *rest], end


class Instance:
    """A random question."""

    def __init__(self, seed: int) -> None:
        draw = random.Random(seed)
        edges: list[Edge] = []
        for skill in NAMES:
            if draw.random() < 0.4:
                options = draw.sample([n for n in NAMES if n != skill], draw.choice([1, 1, 2]))
                kind = draw.choice([HARD, HARD, HARD, TOGETHER, PrerequisiteKind.RECOMMENDED])
                level = draw.choice([None, 2, 3])
                edges.append(requires(f"atlas:{skill}", *(f"atlas:{o}" for o in options), level=level, kind=kind))
        courses = []
        for number in range(draw.randint(3, 6)):
            taught = draw.sample(IDS, draw.randint(1, 4))
            assumes = []
            for _ in range(draw.choice([0, 0, 0, 1, 1, 2])):
                options = draw.sample(IDS, draw.choice([1, 1, 2]))
                levels = [draw.choice([None, 2, 3]) for _ in options]
                pairs = [o if level is None else (o, level) for o, level in zip(options, levels, strict=True)]
                assumes.append(clause(*pairs, kind=draw.choice([HARD, HARD, TOGETHER, PrerequisiteKind.INFERRED])))
            courses.append(
                course(
                    f"open:{number}",
                    [(skill, draw.choice([None, 2, 3, 4])) for skill in taught],
                    draw.choice([4, 8, 10, 12.5]),
                    price=draw.choice([None, 0.0, 10.0, 19.99, 40.0]),
                    assumes=assumes,
                )
            )
        self.graph = build_graph(skills(*NAMES), edges, courses)
        held = draw.sample(IDS, draw.choice([0, 1, 2, 3]))
        self.profile = Profile(named=tuple(EvidenceItem(s, draw.choice([None, 1, 2, 3])) for s in held))
        self.required = tuple(
            RequiredSkill(s, draw.choice([None, 2, 3, 4]), importance=draw.choice([20, 50, 50, 90]))
            for s in draw.sample(IDS, draw.randint(1, 4))
        )
        start = date(2026, 1, 5)
        self.request = PathRequest(
            objective=draw.choice(list(PathObjective)),
            hours_per_week=7.0,
            start_date=start,
            deadline=draw.choice([None, None, date(2026, 1, 5 + draw.randint(3, 22))]),
            budget=draw.choice([None, None, Money(draw.choice([0, 15, 30, 60]), "EUR")]),
            respect_skill_prerequisites=draw.random() < 0.8,
        )
        self.rules = Rules(self.graph, self.profile, respect=self.request.respect_skill_prerequisites)
        self.goals = [item for item in self.required if not self.rules.met(item)]

    def answer(self) -> LearningPaths:
        return learning_paths(self.graph, self.profile, Target(skills=self.required), self.request)

    def covered(self, learnt: Learnt) -> list[RequiredSkill]:
        return [item for item in self.goals if learnt.get(item.skill_id, 0) >= (item.level or 1)]

    def figures(self, sequence: Sequence[Course], learnt: Learnt, objective: PathObjective) -> tuple[float, ...]:
        """Less is better: uncovered weight, then the objective, then ties."""
        weight = sum(item.importance or 0 for item in self.covered(learnt))
        hours = sum(taken.hours for taken in sequence)
        price = round(sum(taken.price.amount for taken in sequence if taken.price), 2)
        first = (price,) if objective is PathObjective.CHEAPEST else ()
        return (-weight, *first, hours, len(sequence))

    def best(self) -> tuple[float, ...]:
        courses = [self.graph.courses[key] for key in sorted(self.graph.courses)]
        if self.request.budget or self.request.objective is PathObjective.CHEAPEST:
            courses = [taken for taken in courses if taken.price is not None]
        found = []
        for sequence, learnt in sequences(self.rules, courses, {}):
            if self.allowed(sequence):
                found.append(self.figures(sequence, learnt, self.request.objective))
        return min(found)

    def allowed(self, sequence: Sequence[Course]) -> bool:
        hours = sum(taken.hours for taken in sequence)
        if self.request.deadline and self.request.start_date:
            days = (self.request.deadline - self.request.start_date).days
            if hours > days + 1:  # at 7 hours a week, an hour a day
                return False
        if self.request.budget:
            if any(taken.price is None for taken in sequence):
                return False
            return sum(taken.price.amount for taken in sequence if taken.price) <= self.request.budget.amount + 1e-9
        return True

    def check(self, plan: LearningPlan) -> tuple[Sequence[Course], Learnt]:
        """Replay a plan by the rules."""
        sequence = [self.graph.courses[step.course_id] for step in plan.steps]
        learnt = self.rules.run(sequence)
        assert learnt is not None, "a step comes before what it builds on"
        assert self.allowed(sequence)
        covered = self.covered(learnt)
        assert set(plan.covered) == {item.skill_id for item in covered}
        assert plan.hours == sum(taken.hours for taken in sequence)
        assert [step.order for step in plan.steps] == list(range(1, len(sequence) + 1))
        for gone in range(len(sequence)):
            shorter = self.rules.run([*sequence[:gone], *sequence[gone + 1 :]])
            assert shorter is None or len(self.covered(shorter)) < len(covered), "a course that serves nothing"
        if len(sequence) <= 5:
            orders = []
            for order in itertools.permutations(sorted(sequence, key=lambda taken: taken.id)):
                end = self.rules.run(order)
                if end is not None and len(self.covered(end)) == len(covered):
                    orders.append([taken.id for taken in order])
            assert min(orders) == [taken.id for taken in sequence], "not the order with the smallest ids first"
        return sequence, learnt


@pytest.mark.parametrize("block", range(8))
def test_plans_are_what_brute_force_finds(block: int) -> None:
    for seed in range(block * 60, block * 60 + 60):
        instance = Instance(seed)
        answer = instance.answer()
        sequence, learnt = instance.check(answer.plans[0])
        assert instance.figures(sequence, learnt, instance.request.objective) == pytest.approx(instance.best()), seed
        left = {item.skill_id for item in instance.goals} - set(answer.plans[0].covered)
        assert {item.skill_id for item in answer.uncovered} == left, seed
        assert answer.status is (PathStatus.INFEASIBLE if left else PathStatus.OPTIMAL), seed
        optima: dict[PathObjective, float] = {}
        for plan in answer.plans:
            instance.check(plan)
            # The first plan of an objective is its optimum, which bounds the others.
            assert plan.bound == optima.setdefault(plan.objective, plan.objective_value), seed
            optimal = plan.objective_value == plan.bound
            assert plan.status is (PathStatus.OPTIMAL if optimal else PathStatus.FEASIBLE), seed
        chosen = [frozenset(step.course_id for step in plan.steps) for plan in answer.plans]
        assert len(set(chosen)) == len(chosen)
