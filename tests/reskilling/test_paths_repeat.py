"""The same question gives the same plan: in fresh processes, with another hash seed, in another order of input."""

import hashlib
import os
import random
import subprocess
import sys
import time
from pathlib import Path

from reskilling_graphs import build_graph, clause, concept, course, requires
from skillatlas.reskilling import EvidenceItem, PathRequest, PathStatus, Profile, RequiredSkill, Target, learning_paths
from skillatlas.taxonomy import Course, Edge, Graph


def layered(count: int, skill_count: int, seed: int) -> tuple[Graph, Profile, Target]:
    """A synthetic catalogue whose courses build on earlier skills."""
    draw = random.Random(seed)
    ids = [f"atlas:s{n:04}" for n in range(skill_count)]
    reach = skill_count // 6
    edges: list[Edge] = []
    for place in range(skill_count // 5, skill_count):
        if draw.random() < 0.4:
            earlier = draw.sample(range(max(0, place - reach), place), draw.choice([1, 1, 2]))
            edges.append(requires(ids[place], *(ids[n] for n in earlier), level=draw.choice([None, 2])))
    courses: list[Course] = []
    for number in range(count):
        base = draw.randrange(skill_count)
        near = [min(skill_count - 1, max(0, base + draw.randint(-8, 8))) for _ in range(draw.randint(0, 4))]
        taught = sorted({base, *near})
        assumes = [
            clause(*(ids[draw.randrange(max(0, taught[0] - reach), taught[0])] for _ in range(draw.choice([1, 2]))))
            for _ in range(draw.choice([0, 0, 1, 1, 2]))
            if taught[0] > 5
        ]
        levels = [(ids[n], draw.choice([None, 2, 3, 4])) for n in taught]
        hours, price = draw.choice([5, 10, 20, 30, 37.5, 60]), draw.choice([0.0, 0.0, 49.0, 99.0, 19.99])
        courses.append(course(f"open:{number:04}", levels, hours, price=price, assumes=assumes))
    wanted = draw.sample(ids, 10)
    held = [skill for skill in ids[: skill_count // 5] if draw.random() < 0.5]
    draw.shuffle(edges)
    draw.shuffle(courses)
    return (
        build_graph([concept(skill) for skill in ids], edges, courses),
        Profile(named=tuple(EvidenceItem(skill, 3) for skill in held)),
        Target(skills=tuple(RequiredSkill(skill, draw.choice([None, 2, 3])) for skill in wanted)),
    )


def digest() -> str:
    answers = [learning_paths(*layered(60, 40, seed)) for seed in range(4)]
    return hashlib.sha256(repr(answers).encode()).hexdigest()


def test_fresh_processes_with_other_hash_seeds_give_the_same_answers() -> None:
    code = "import test_paths_repeat; print(test_paths_repeat.digest())"
    here = str(Path(__file__).parent)
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([here, *sys.path])},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "77")
    }
    assert found == {digest()}


def test_the_order_of_the_input_does_not_matter() -> None:
    graph, profile, target = layered(60, 40, 3)
    assert target.skills is not None
    turned = Target(skills=target.skills[::-1])
    shuffled = Profile(named=profile.named[::-1])
    assert learning_paths(graph, shuffled, turned) == learning_paths(graph, profile, target)


def test_five_hundred_courses_are_proven() -> None:
    for seed in range(3):
        question = layered(500, 300, seed)
        start = time.perf_counter()
        answer = learning_paths(*question, PathRequest(alternatives=0))
        spent = time.perf_counter() - start
        print(
            f"500 courses: {len(answer.plans[0].steps)} steps, {answer.plans[0].hours:g} hours, proven in {spent:.2f} s"
        )
        assert answer.plans[0].status is PathStatus.OPTIMAL
