"""Plans against brute force: on small random instances every sequence of courses is tried, by rules written anew.

Nothing here uses the planner's own modules: `Rules` replays a sequence from the graph alone, and is also the checker
of every plan that comes back.
"""

import itertools
import random
from collections.abc import Iterator, Sequence
from datetime import date

import pytest

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
from skillatlas.taxonomy import Course, Edge, Graph, Money, PrerequisiteKind

NAMES = [f"s{n}" for n in range(6)]
IDS = [f"atlas:{name}" for name in NAMES]
HARD, TOGETHER = PrerequisiteKind.HARD, PrerequisiteKind.COREQUISITE


class Rules:
    """What a sequence of courses brings, by the words of the contract."""

    def __init__(self, graph: Graph, profile: Profile, *, respect: bool) -> None:
        self.graph = graph
        self.respect = respect
        self.held: dict[str, int] = {}
        self.unknown_level: set[str] = set()
        for item in profile.named:
            self.held[item.skill_id] = item.level or 2
            if item.level is None:
                self.unknown_level.add(item.skill_id)
        named = set(self.held)
        while True:
            implied = {
                (edge.any_of[0], edge.level)
                for skill in self.held
                for edge in graph.edges.requires.get(skill, ())
                if edge.kind is HARD and len(edge.any_of) == 1 and edge.any_of[0] not in named
            }
            levels: dict[str, int] = {}
            for skill, level in implied:
                levels[skill] = max(levels.get(skill, 0), level or 0)
            new = {**{s: self.held[s] for s in named}, **{s: level or 2 for s, level in levels.items()}}
            self.unknown_level |= {s for s, level in levels.items() if not level}
            self.unknown_level -= {s for s, level in levels.items() if level}
            if new == self.held:
                break
            self.held = new

    def met(self, item: RequiredSkill) -> bool:
        if item.skill_id not in self.held:
            return False
        if item.level is None:
            return True
        return item.skill_id not in self.unknown_level and self.held[item.skill_id] >= item.level

    def take(self, taken: Course, learnt: dict[str, int]) -> dict[str, int] | None:
        """What is learnt after a course; None where it may not be taken."""

        def has(skill: str, level: int | None, *more: dict[str, int]) -> bool:
            return any(source.get(skill, 0) >= (level or 1) for source in (self.held, learnt, *more))

        brings = {item.skill: 9 if item.level is None else item.level for item in taken.teaches}
        while self.respect:
            lost = [
                skill
                for skill in brings
                for edge in self.graph.edges.requires.get(skill, ())
                if edge.kind is HARD and not any(has(option, edge.level, brings) for option in edge.any_of)
            ]
            if not lost:
                break
            brings = {skill: level for skill, level in brings.items() if skill not in lost}
        for rule in taken.assumes:
            if rule.kind in (HARD, TOGETHER):
                more = (brings,) if rule.kind is TOGETHER else ()
                if not any(has(option.skill, option.level, *more) for option in rule.any_of):
                    return None
        return {skill: max(learnt.get(skill, 0), brings.get(skill, 0)) for skill in learnt.keys() | brings.keys()}

    def run(self, sequence: Sequence[Course]) -> dict[str, int] | None:
        learnt: dict[str, int] | None = {}
        for taken in sequence:
            assert learnt is not None
            learnt = self.take(taken, learnt)
            if learnt is None:
                return None
        return learnt

    def sequences(
        self, courses: Sequence[Course], learnt: dict[str, int]
    ) -> Iterator[tuple[list[Course], dict[str, int]]]:
        yield [], learnt
        for taken in courses:
            after = self.take(taken, learnt)
            if after is not None:
                for rest, end in self.sequences([c for c in courses if c is not taken], after):
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

    def covered(self, learnt: dict[str, int]) -> list[RequiredSkill]:
        return [item for item in self.goals if learnt.get(item.skill_id, 0) >= (item.level or 1)]

    def figures(
        self, sequence: Sequence[Course], learnt: dict[str, int], objective: PathObjective
    ) -> tuple[float, ...]:
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
        for sequence, learnt in self.rules.sequences(courses, {}):
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

    def check(self, plan: LearningPlan) -> tuple[Sequence[Course], dict[str, int]]:
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
