"""What is ready to be learnt: not held, and nothing that binds is missing."""

import pytest

from reskilling_graphs import below, build_graph, concept, requires, skills
from skillatlas.reskilling import EvidenceItem, NotFoundError, Profile, ready_to_learn
from skillatlas.taxonomy import ConceptKind, Graph, PrerequisiteKind, Replacement, ReplacementKind

GROUP = "atlas:group.g"


@pytest.fixture
def graph() -> Graph:
    names = ["a", "b", "c", "d", "e", "f"]
    gone = concept("atlas:gone", replacement=Replacement(ReplacementKind.RETIRED))
    edges = [below(f"atlas:{name}", GROUP) for name in [*names, "gone"]]
    return build_graph(
        [*skills(*names, "outside"), gone, concept(GROUP, ConceptKind.SKILL_GROUP)],
        [
            *edges,
            requires("atlas:b", "atlas:a", level=2),
            requires("atlas:c", "atlas:a", level=3),
            requires("atlas:d", "atlas:b", kind=PrerequisiteKind.COREQUISITE),
            requires("atlas:e", "atlas:b", kind=PrerequisiteKind.RECOMMENDED),
            requires("atlas:f", "atlas:a", "atlas:b"),
        ],
    )


def ready(graph: Graph, *named: EvidenceItem, not_held: frozenset[str] = frozenset()) -> str:
    found = ready_to_learn(graph, Profile(named=named, not_held=not_held), GROUP)
    return "".join(skill.removeprefix("atlas:") for skill in found)


def test_clauses_that_bind_are_met(graph: Graph) -> None:
    assert ready(graph) == "ae"
    assert ready(graph, EvidenceItem("atlas:a")) == "bef"  # a level not known counts as 2
    assert ready(graph, EvidenceItem("atlas:a", 1)) == "ef"
    assert ready(graph, EvidenceItem("atlas:a", 3)) == "bcef"
    assert ready(graph, EvidenceItem("atlas:b")) == "def"  # which implies a at level 2
    assert ready(graph, EvidenceItem("atlas:a", None, 0.3)) == "ae"
    assert ready(graph, EvidenceItem("atlas:b"), not_held=frozenset({"atlas:a"})) == "adef"


def test_an_unknown_concept_is_not_found(graph: Graph) -> None:
    with pytest.raises(NotFoundError, match="nix"):
        ready_to_learn(graph, Profile(), "atlas:nix")
