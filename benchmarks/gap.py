"""Gaps between pairs of roles: exact against a second working-out, and how long one takes.

One role was held, another is the target. Baseline: plain set arithmetic over the same two lists of skills.
"""

import math
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.processes import ROOT, esco_zips, run_command
from benchmarks.table import Row, print_rows, row
from skillatlas.reskilling import (
    AdvertText,
    EvidenceItem,
    Profile,
    RequiredSkill,
    Target,
    compare_roles,
    demand_gap,
    gap_questions,
    prerequisite_chain,
    read_standing,
    skill_gap,
)
from skillatlas.taxonomy import Graph, Necessity, load_graph, open_store

sys.path.insert(0, str(ROOT / "tests" / "plugins"))

from gap_figures import Dump, differences, figures, held_after_role, near_pairs, pairs, read_dump

PAIRS = 500
SEED = 20_270_104


def set_arithmetic(needs: dict[str, list[tuple[str, bool]]], held: str, target: str) -> tuple[int, int, int, int]:
    """Essential and optional skills met and required, as sets."""
    has = {skill for skill, essential in needs[held] if essential}
    essential = {skill for skill, is_essential in needs[target] if is_essential}
    optional = {skill for skill, is_essential in needs[target] if not is_essential}
    return len(essential & has), len(essential), len(optional & has), len(optional)


def _timed(call: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    answer = call()
    return time.perf_counter() - begin, answer


def _each_pair(graph: Graph, dump: Dump, what: str, asked: Sequence[tuple[str, str]]) -> list[Row]:
    needs = {
        role: [(need["to"][0], need["necessity"] == "ESSENTIAL") for need in listed]
        for role, listed in dump.needs.items()
    }
    levels = any(need["level"] is not None for _, target in asked for need in dump.needs[target])
    ours: list[float] = []
    base: list[float] = []
    wrong = off = 0
    furthest = 0.0
    for held, target in asked:
        seconds, counts = _timed(partial(set_arithmetic, needs, held, target))
        base.append(seconds)
        seconds, gap = _timed(partial(skill_gap, graph, Profile(role_ids=(held,)), Target(role_id=target)))
        ours.append(seconds)
        off += (gap.essential.met, gap.essential.required, gap.optional.met, gap.optional.required) != counts
        wrong += any(differences(gap, figures(dump, held_after_role(dump, held), target)))
        if gap.readiness is not None:
            furthest = max(furthest, abs(math.fsum(e.contribution for e in gap.entries) - gap.readiness))
    median, baseline = statistics.median(ours), statistics.median(base)
    rows = [
        row(
            f"{what}: any figure that differs from the second working-out",
            wrong,
            "pairs",
            goal="0",
            met=wrong == 0,
            baseline="the same figures from the lines of the dump",
        ),
        row(
            f"{what}: contributions less readiness, at most",
            furthest * 1e15,
            "e-15",
            goal="< 1e-9",
            met=furthest < 1e-9,
        ),
        row(
            f"{what}: a gap, median",
            median * 1e3,
            "ms",
            baseline=f"set arithmetic {baseline * 1e6:.1f} µs",
            ratio=median / baseline,
            goal="< 50 ms",
            met=median < 0.05,
        ),
        row(f"{what}: a gap, slowest", max(ours) * 1e3, "ms"),
    ]
    if not levels:  # with levels a skill may be held and yet not be met: sets cannot say so
        counted = row(
            f"{what}: counts that differ from set arithmetic",
            off,
            "pairs",
            goal="0",
            met=off == 0,
            baseline="intersections of two sets of skills",
        )
        rows.insert(0, counted)
    return rows


def _large(graph: Graph) -> list[Row]:
    """400 requirements, a profile of 1,000 skills: 500 named, 500 denied or from roles."""
    skills = sorted(
        concept.id
        for concept in graph.concepts.values()
        if concept.active and concept.kind == "SKILL" and concept.scheme == "esco"
    )
    chance = random.Random(SEED)
    required = tuple(RequiredSkill(skill, 3, Necessity.ESSENTIAL) for skill in chance.sample(skills, 400))
    pool = chance.sample(skills, 1000)
    profile = Profile(named=tuple(EvidenceItem(skill) for skill in pool[:500]), not_held=frozenset(pool[500:]))
    target = Target(skills=required)
    rows: list[Row] = []

    def measure(what: str, call: Callable[[], Any], rounds: int = 5, goal: float | None = None) -> None:
        best = statistics.median(_timed(call)[0] for _ in range(rounds))
        rows.append(
            row(
                what,
                best * 1e3,
                "ms",
                goal="" if goal is None else f"< {goal * 1e3:g} ms",
                met=None if goal is None else best < goal,
            )
        )

    usual = min(graph.edges.needs, key=lambda role: (abs(len(graph.edges.needs[role]) - 60), role))
    half = Profile(named=tuple(EvidenceItem(need.to_id) for need in graph.needs(usual)[::2]))
    open_ends = read_standing(graph, half, Target(role_id=usual))
    measure("60 requirements, half of them held: ten questions", lambda: gap_questions(open_ends))
    standing = read_standing(graph, profile, target)
    measure("400 requirements, 1,000 skills: gap", lambda: skill_gap(graph, profile, target), goal=0.05)
    measure("400 requirements, 1,000 skills: ten questions", lambda: gap_questions(standing))
    measure(
        "400 requirements, 1,000 skills: what stands before each",
        lambda: [prerequisite_chain(standing, r.skill_id) for r in required],
    )
    roles = sorted(graph.edges.needs, key=lambda role: (-len(graph.edges.needs[role]), role))[:4]
    measure("four roles of most needs side by side", lambda: compare_roles(graph, [profile] * 4, roles))
    texts = [AdvertText(tuple(chance.sample(required, 30))) for _ in range(50)]
    measure("50 adverts of 30 requirements each", lambda: demand_gap(graph, profile, texts, scheme="esco"))
    return rows


def run() -> list[Row]:
    """All figures, on our ontology and ESCO 1.1.1."""
    with tempfile.TemporaryDirectory() as folder:
        url, dump_file = f"sqlite:///{Path(folder) / 'bench.db'}", Path(folder) / "dump.jsonl"
        run_command(["init", "--store", url])
        run_command(["import", "esco", *esco_zips(), "--store", url, "--publish", "ESCO"])
        run_command(["export", "--release", "2", "--format", "jsonl", "--out", str(dump_file), "--store", url])
        with dump_file.open("rb") as lines:
            dump = read_dump(lines)
        store = open_store(url)
        graph = load_graph(store)
        store.close()
    return [
        *_each_pair(graph, dump, f"{PAIRS} pairs of ESCO occupations", pairs(dump, "esco", PAIRS, SEED)),
        *_each_pair(graph, dump, f"{PAIRS} that share a skill", near_pairs(dump, "esco", PAIRS, SEED)),
        *_each_pair(graph, dump, f"{PAIRS} pairs of our roles", pairs(dump, "atlas", PAIRS, SEED)),
        *_large(graph),
    ]


if __name__ == "__main__":
    print_rows("gap", run())
