"""A curriculum held against a role, and what a catalogue lacks."""

from dataclasses import replace

import pytest

from reskilling_graphs import below, build_graph, concept, course, need, role, skills
from skillatlas.reskilling import (
    BadInputError,
    CatalogueGap,
    Demand,
    GapStatus,
    NotFoundError,
    catalogue_gaps,
    curriculum_coverage,
)
from skillatlas.taxonomy import ConceptKind, Graph

ROLE, OTHER = "atlas:role.r", "atlas:role.other"


@pytest.fixture
def graph() -> Graph:
    return build_graph(
        [*skills("a", "b", "c", "d", "e", "f"), role(ROLE), role(OTHER), concept("atlas:domain.x", ConceptKind.DOMAIN)],
        [
            need(ROLE, "atlas:a", 3),
            need(ROLE, "atlas:b", 4),
            need(ROLE, "atlas:c"),
            need(ROLE, "atlas:d", optional=True),
            need(OTHER, "atlas:c"),
            need(OTHER, "atlas:f"),
            below(ROLE, "atlas:domain.x"),
        ],
        [
            course("open:1", [("atlas:a", 2), ("atlas:b", 2), ("atlas:e", 1)]),
            course("open:2", [("atlas:a", 3), "atlas:d"]),
            course("open:3", ["atlas:c"], confidence=0.3),
            course("more:4", ["atlas:b"]),
        ],
    )


def test_coverage_takes_the_highest_level_and_counts_by_necessity(graph: Graph) -> None:
    answer = curriculum_coverage(graph, ["open:1", "open:2", "open:3"], ROLE)
    assert (answer.covered, answer.uncovered, answer.untargeted) == (
        ("atlas:a", "atlas:d"),
        ("atlas:b", "atlas:c"),
        ("atlas:e",),
    )
    share = answer.essential
    assert (share.required, share.met, share.level_gap, share.missing, share.coverage) == (3, 1, 1, 1, 1 / 3)
    assert answer.optional.coverage == 1
    assert answer.release == 7


def test_coverage_names_what_does_not_exist(graph: Graph) -> None:
    with pytest.raises(BadInputError, match=r"courseIds\[1\]"):
        curriculum_coverage(graph, ["open:1", "open:nix"], ROLE)
    with pytest.raises(NotFoundError):
        curriculum_coverage(graph, [], "atlas:role.nix")
    assert curriculum_coverage(graph, [], ROLE).essential.missing == 3


def test_gaps_of_a_catalogue_most_needed_first(graph: Graph) -> None:
    lacks = CatalogueGap("atlas:c", 1, 0, unmet_roles=1, needed_level=None, taught_level=None)
    assert catalogue_gaps(graph, "open", "atlas:domain.x") == (lacks,)
    assert catalogue_gaps(graph, "open", ROLE, max_courses=1) == (
        CatalogueGap("atlas:b", 1, 1, unmet_roles=1, needed_level=4, taught_level=2),
        lacks,
        CatalogueGap("atlas:d", 1, 1, unmet_roles=0, needed_level=None, taught_level=None),
    )
    assert catalogue_gaps(graph, "more", OTHER) == (lacks, replace(lacks, skill_id="atlas:f"))


def test_a_course_below_the_level_closes_no_need(graph: Graph) -> None:
    found = catalogue_gaps(graph, "open", ROLE, levels=True)
    assert [(gap.skill_id, gap.unmet_roles, gap.needed_level, gap.taught_level) for gap in found] == [
        ("atlas:b", 1, 4, 2),
        ("atlas:c", 1, None, None),
    ]
    needs = {need.skill_id: need for need in curriculum_coverage(graph, ["open:1", "open:2"], ROLE).needs}
    below = needs["atlas:b"]
    assert (below.status, below.required_level, below.taught_level) == (GapStatus.LEVEL_GAP, 4, 2)
    assert needs["atlas:a"].course_ids == ("open:1", "open:2")
    assert (needs["atlas:c"].status, needs["atlas:c"].course_ids) == (GapStatus.MISSING, ())


def test_demand_ranks_the_gaps(graph: Graph) -> None:
    demand = Demand("atlas", 10, {"atlas:d": 7, "atlas:b": 2})
    found = catalogue_gaps(graph, "open", ROLE, max_courses=1, demand=demand)
    assert [(gap.skill_id, gap.documents) for gap in found] == [("atlas:d", 7), ("atlas:b", 2), ("atlas:c", 0)]
    elsewhere = catalogue_gaps(graph, "open", ROLE, max_courses=1, demand=Demand("esco", 10, {"atlas:d": 7}))
    assert [(gap.skill_id, gap.documents) for gap in elsewhere] == [
        ("atlas:b", None),
        ("atlas:c", None),
        ("atlas:d", None),
    ]


def test_gaps_of_what_does_not_exist(graph: Graph) -> None:
    for catalogue, under in (("nix", ROLE), ("atlas", ROLE), ("open", "atlas:nix")):
        with pytest.raises(NotFoundError):
            catalogue_gaps(graph, catalogue, under)
    with pytest.raises(BadInputError, match="maxCourses"):
        catalogue_gaps(graph, "open", ROLE, max_courses=-1)
