"""Learning paths: optimality beside a second formulation, time to the proof by size of catalogue, greedy's ratio."""

import importlib
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any

from skillatlas.reskilling import PathObjective, PathRequest, PathStatus, learning_paths

from .greedy import greedy_hours
from .processes import ROOT
from .table import Row, row

SIZES = ((500, 300, 12, 1.0), (3_000, 1_339, 6, 5.0), (5_000, 2_200, 3, None))
"""Courses, skills, questions asked, and the goal of the median in seconds."""

CHECKED = 60  # of the random instances that the slow tests have 510 of


def run() -> list[Row]:
    """All rows."""
    sys.path.insert(0, str(ROOT / "tests" / "plugins"))
    return [*_checked(), *_sized()]


def _checked() -> Iterator[Row]:
    instances: Any = importlib.import_module("path_instances")
    milp: Any = importlib.import_module("path_milp")
    equal = asked = 0
    ours = theirs = 0.0
    for seed in range(CHECKED):
        for objective in PathObjective:
            question = instances.question(seed).for_objective(objective)
            begin = time.perf_counter()
            answer = question.answer()
            middle = time.perf_counter()
            best = milp.optimum(question)
            ours, theirs = ours + middle - begin, theirs + time.perf_counter() - middle
            plan = answer.plans[0]
            same = frozenset(plan.covered) == best.covered and abs(plan.hours - best.hours) < 1e-6
            equal += same and plan.status is PathStatus.OPTIMAL
            asked += 1
    yield row(
        f"plans equal to the second formulation's optimum, of {asked}",
        equal,
        "plans",
        baseline=f"HiGHS {theirs / asked * 1000:.0f} ms a plan, ours {ours / asked * 1000:.0f} ms",
        ratio=theirs / ours,
        goal="all",
        met=equal == asked,
    )


def _sized() -> Iterator[Row]:
    catalogues: Any = importlib.import_module("catalogues")
    for courses, skills, questions, goal in SIZES:
        times: list[float] = []
        ratios: list[float] = []
        proven = failed = 0
        for seed in range(questions):
            graph, profile, target = catalogues.layered(courses, skills, seed, 5 + seed % 11)
            begin = time.perf_counter()
            answer = learning_paths(graph, profile, target, PathRequest(alternatives=0))
            times.append(time.perf_counter() - begin)
            best = answer.plans[0]
            proven += best.status is PathStatus.OPTIMAL
            hours = greedy_hours(graph, profile, target)
            if hours is None:
                failed += not answer.uncovered
            elif best.hours:
                ratios.append(hours / best.hours)
        median = statistics.median(times)
        yield row(
            f"{courses:,} courses: median of {questions} (slowest {max(times):.2f} s), {proven} proven",
            median,
            "s",
            goal="reported" if goal is None else f"below {goal:g} s, all proven",
            met=None if goal is None else median < goal and proven == questions,
            baseline=f"greedy finds no plan for {failed}; its hours / ours, mean (most {max(ratios, default=0):.2f})",
            ratio=statistics.mean(ratios) if ratios else None,
        )
