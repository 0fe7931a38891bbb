"""The same question gives the same plan: in fresh processes, with another hash seed, in another order of input."""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

from catalogues import layered
from skillatlas.reskilling import PathRequest, PathStatus, Profile, Target, learning_paths


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
