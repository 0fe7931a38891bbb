"""Roles at random for the tests of transitions and what-if."""

import random

from reskilling_graphs import below, build_graph, concept, need, role, skills
from skillatlas.taxonomy import ConceptKind, Edge, Graph


def random_roles(seed: int, *, roles: int = 14, size: int = 16, rated: bool = False) -> Graph:
    """Roles in groups, over skills in groups; with `rated`, most needs have an importance."""
    draw = random.Random(seed)
    names = [f"s{number:02d}" for number in range(size)]
    concepts = [*skills(*names)]
    edges: list[Edge] = []
    for number in range(4):
        concepts.append(concept(f"atlas:group.{number}", ConceptKind.SKILL_GROUP))
        concepts.append(concept(f"atlas:roles.{number}", ConceptKind.ROLE_GROUP))
    edges += [below(f"atlas:{name}", f"atlas:group.{draw.randrange(4)}") for name in names]
    for number in range(roles):
        name = f"atlas:role.{number:02d}"
        group = number % 4
        concepts.append(role(name))
        edges.append(below(name, f"atlas:roles.{group}"))
        home = names[group * 4 : group * 4 + 4]
        count = draw.randint(8, 12) if rated else draw.randint(1, 5)
        chosen = {*draw.sample(names, count), *draw.sample(home, draw.randint(0, 3))}
        for skill in sorted(chosen):
            importance = round(draw.uniform(25, 100), 1) if rated and draw.random() < 0.8 else None
            level = draw.choice([None, 2, 3])
            edges.append(need(name, f"atlas:{skill}", level, importance, optional=draw.random() < 0.4))
    return build_graph(concepts, edges)
