"""Courses that another one replaces are dropped, and the best plan stays as good."""

import random
from dataclasses import replace

from skillatlas.reskilling.path_dominance import without_dominated
from skillatlas.reskilling.path_problem import ANY_LEVEL, Candidate, Goal, Need, OpenClause, Problem
from skillatlas.reskilling.path_reach import reduced
from skillatlas.reskilling.path_solver import Meter, Phase, search
from skillatlas.reskilling.settings import PathSettings

A, B, C = Need("a", 1), Need("b", 1), Need("c", 1)
BASE = Candidate("1", 10, 5, {"a": ANY_LEVEL}, ())


def kept(*courses: Candidate, clauses: dict[str, tuple[tuple[Need, ...], ...]] | None = None) -> list[str]:
    problem = Problem(courses, (Goal(A, 1), Goal(Need("b", 3), 1)), clauses or {})
    return [course.id for course in without_dominated(problem).candidates]


def test_what_costs_more_teaches_less_or_assumes_more_is_dropped() -> None:
    assert kept(BASE, replace(BASE, id="2", hours=11)) == ["1"]
    assert kept(BASE, replace(BASE, id="2", price=6)) == ["1"]
    assert kept(BASE, replace(BASE, id="2", clauses=(OpenClause((B,), False),))) == ["1"]
    assert kept(replace(BASE, id="0", hours=11), BASE) == ["1"]
    assert kept(BASE, replace(BASE, id="2", teaches={"a": 1, "unneeded": 5})) == ["1"]
    assert kept(BASE, replace(BASE, id="2")) == ["1"], "alike in all of it, the smallest id stays"


def test_what_is_better_in_anything_stays() -> None:
    assert kept(BASE, replace(BASE, id="2", hours=11, price=4)) == ["1", "2"]
    assert kept(BASE, replace(BASE, id="2", hours=11, teaches={"a": 1, "b": 3})) == ["1", "2"]
    strict = replace(BASE, id="2", clauses=(OpenClause((B,), False),))
    assert kept(strict, replace(BASE, id="3", hours=11)) == ["2", "3"]


def test_a_clause_is_no_stricter_if_all_that_meets_the_other_meets_it() -> None:
    one = replace(BASE, clauses=(OpenClause((B, C), False),))
    assert kept(one, replace(one, id="2", hours=11, clauses=(OpenClause((Need("b", 2),), False),))) == ["1"]
    assert kept(one, replace(one, id="2", hours=11, clauses=(OpenClause((B, A), False),))) == ["1", "2"]
    assert kept(one, replace(one, id="2", hours=11, clauses=(OpenClause((B, C), True),))) == ["1", "2"]


def test_a_skill_taught_through_a_mapping_may_build_on_more() -> None:
    through = replace(BASE, through={"a": "x"})
    assert kept(through, replace(BASE, id="2", hours=11)) == ["1"]
    assert kept(through, replace(BASE, id="2", hours=11), clauses={"x": ((C,),)}) == ["1", "2"]


def drawn(seed: int) -> Problem:
    draw = random.Random(seed)
    names = "abcdef"
    needs = [Need(name, level) for name in names for level in (1, 3)]
    courses = []
    for number in range(14):
        clauses = [
            OpenClause(tuple(sorted(draw.sample(needs, draw.randint(1, 2)))), draw.random() < 0.3)
            for _ in range(draw.choice([0, 0, 1]))
        ]
        teaches = {name: draw.choice([1, 3, ANY_LEVEL]) for name in draw.sample(names, draw.randint(1, 3))}
        courses.append(Candidate(f"{number:02}", draw.randint(1, 4), draw.randint(0, 2), teaches, tuple(clauses)))
    goals = tuple(Goal(need, 1 << place) for place, need in enumerate(draw.sample(needs, 3)))
    skills = {name: (tuple(draw.sample(needs, 2)),) for name in names if draw.random() < 0.3}
    return reduced(Problem(tuple(courses), goals, skills, draw.choice([None, 8]), draw.choice([None, 4])))


def test_the_best_plan_stays_as_good() -> None:
    dropped = 0
    settings = PathSettings()
    for seed in range(60):
        problem = drawn(seed)
        fewer = without_dominated(problem)
        dropped += len(problem.candidates) - len(fewer.candidates)
        values = []
        for one in (problem, fewer):
            by_id = {course.id: course for course in one.candidates}
            phases = (Phase.WEIGHT, Phase.PRICE, Phase.TIME)
            found = search(one, phases, all_goals=False, settings=settings, meter=Meter(settings))
            assert found is not None
            chosen = [by_id[course] for course in found.courses]
            values.append((found.covered, sum(c.price or 0 for c in chosen), sum(c.hours for c in chosen), len(chosen)))
        assert values[0] == values[1], seed
    assert dropped > 60
