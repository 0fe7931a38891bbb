"""Synthetic catalogues of any size, for tests and measurements of planning."""

import random

from reskilling_graphs import build_graph, clause, concept, course, requires
from skillatlas.reskilling import EvidenceItem, Profile, RequiredSkill, Target
from skillatlas.taxonomy import Course, Edge, Graph


def layered(count: int, skill_count: int, seed: int, wanted: int = 10) -> tuple[Graph, Profile, Target]:
    """A synthetic catalogue of `count` courses over `skill_count` skills, whose courses build on earlier skills.

    Each course teaches one to five neighbouring skills, half of them assume something, most with alternatives, and two
    in five skills have hard prerequisites of their own. Half of the first fifth of the skills is held; `wanted` others
    are the target. Hours, prices and levels are those that catalogues have. The same seed gives the same question.
    """
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
    targets = draw.sample(ids, wanted)
    held = [skill for skill in ids[: skill_count // 5] if draw.random() < 0.5]
    draw.shuffle(edges)
    draw.shuffle(courses)
    return (
        build_graph([concept(skill) for skill in ids], edges, courses),
        Profile(named=tuple(EvidenceItem(skill, 3) for skill in held)),
        Target(skills=tuple(RequiredSkill(skill, draw.choice([None, 2, 3])) for skill in targets)),
    )
