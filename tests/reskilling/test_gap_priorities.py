"""Priorities: weight x shortfall x demand x value / hours, every factor returned, unknown ones neutral and said so."""

import math

import pytest

from reskilling_graphs import build_graph, clause, course, need, role, skills
from skillatlas.reskilling import Demand, EvidenceItem, Priority, Profile, Target, explain_gap, skill_gap
from skillatlas.taxonomy import Graph, MappingPredicate, MapsTo, PrerequisiteKind

ROLE = "atlas:role.r"
TARGET = Target(role_id=ROLE)
FACTORS = ["weight", "shortfall", "demand", "value", "hours"]


@pytest.fixture
def graph() -> Graph:
    return build_graph(
        [*skills(*"abcdx"), role(ROLE)],
        [need(ROLE, "atlas:a", 3), need(ROLE, "atlas:b"), need(ROLE, "atlas:c"), need(ROLE, "atlas:d")],
        [
            course("open:hard", [("atlas:a", 3)], 5, assumes=[clause(("atlas:x", 2))]),
            course("open:soft", [("atlas:a", 4)], 30, assumes=[clause("atlas:x", kind=PrerequisiteKind.RECOMMENDED)]),
            course("open:low", [("atlas:a", 2)], 1),
            course("open:b", ["atlas:b"], 10),
            course("open:c", ["atlas:c"], 40, assumes=[clause("atlas:x")]),
        ],
    )


def priorities(graph: Graph, profile: Profile | None = None, demand: Demand | None = None) -> dict[str, Priority]:
    gap = skill_gap(graph, profile or Profile(), TARGET, demand=demand)
    for priority in gap.priorities:
        assert [factor.name for factor in priority.factors] == FACTORS
        weight, shortfall, wanted, value, hours = (factor.number or 0.0 for factor in priority.factors)
        assert math.isclose(priority.score, weight * shortfall * wanted * value / hours, rel_tol=1e-12)
    scores = [-round(priority.score, 6) for priority in gap.priorities]
    assert scores == sorted(scores)
    return {priority.skill_id[-1]: priority for priority in gap.priorities}


def test_hours_are_of_the_shortest_course_that_can_be_begun(graph: Graph) -> None:
    found = priorities(graph)
    assert {name: priority.hours for name, priority in found.items()} == {"a": 30, "b": 10, "c": 40, "d": None}
    assert "open:soft" in found["a"].factors[4].meaning
    assert "assumes more" in found["c"].factors[4].meaning
    assert found["d"].factors[4].number == 30  # the median of 10, 30, 40
    assert "median" in found["d"].factors[4].meaning
    able = priorities(graph, Profile(named=(EvidenceItem("atlas:x", 2),)))
    assert {name: priority.hours for name, priority in able.items()} == {"a": 5, "b": 10, "c": 40, "d": None}


def test_a_course_counts_for_what_is_mapped_to_its_skill() -> None:
    exact = MapsTo(
        from_id="esco:a", to_id="atlas:a", predicate=MappingPredicate.EXACT, iri="https://example.org/atlas/a"
    )
    graph = build_graph(
        [*skills("a", scheme="esco"), *skills("a"), role(ROLE)],
        [need(ROLE, "atlas:a", 2), exact],
        [course("open:theirs", [("esco:a", 2)], 7)],
    )
    assert priorities(graph)["a"].hours == 7


def test_what_is_not_known_is_neutral_and_said_so(graph: Graph) -> None:
    found = priorities(graph)
    assert {(priority.demand, priority.value) for priority in found.values()} == {(None, None)}
    for priority in found.values():
        assert [factor.number for factor in priority.factors[2:4]] == [1.0, 1.0]
        assert all("not known" in factor.meaning for factor in priority.factors[2:4])
    bare = build_graph([*skills("a"), role(ROLE)], [need(ROLE, "atlas:a")])
    assert priorities(bare)["a"].factors[4].number == 1


def test_demand_weighs_where_there_are_documents_enough(graph: Graph) -> None:
    demand = Demand("atlas", 99, {"atlas:c": 80, "atlas:b": 10}, "some posts")
    found = priorities(graph, demand=demand)
    assert found["c"].demand == pytest.approx(0.805)
    assert found["a"].demand == pytest.approx(0.005)
    assert next(iter(found)) == "c"
    gap = skill_gap(graph, Profile(), TARGET, demand=demand)
    assert any("some posts" in parameter.meaning for parameter in gap.parameters)
    assert "share of documents" in explain_gap(graph, gap)[-1]
    few = priorities(graph, demand=Demand("atlas", 19, {"atlas:c": 19}))
    assert {priority.demand for priority in few.values()} == {None}
    assert "too few" in few["c"].factors[2].meaning
    assert next(iter(few)) == next(iter(priorities(graph)))
    other = priorities(graph, demand=Demand("esco", 99, {"atlas:c": 80}))
    assert "esco" in other["c"].factors[2].meaning


def test_demand_changes_no_readiness(graph: Graph) -> None:
    with_it = skill_gap(graph, Profile(), TARGET, demand=Demand("atlas", 50, {"atlas:a": 50}))
    without = skill_gap(graph, Profile(), TARGET)
    assert (with_it.entries, with_it.readiness) == (without.entries, without.readiness)
