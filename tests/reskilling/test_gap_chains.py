"""What stands before a skill: complete, in an order that can be learnt, and at an end whatever the graph."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reskilling_graphs import build_graph, concept, course, requires, skills
from skillatlas.reskilling import (
    EvidenceItem,
    GapStatus,
    PathRequest,
    PathStatus,
    PrerequisiteStep,
    Profile,
    RequiredSkill,
    Target,
    learning_paths,
    prerequisite_chain,
    read_standing,
    ready_to_learn,
    skill_gap,
)
from skillatlas.taxonomy import Edge, Graph, PrerequisiteKind, Replacement, ReplacementKind, Requires

COREQUISITE, RECOMMENDED, INFERRED = (
    PrerequisiteKind.COREQUISITE,
    PrerequisiteKind.RECOMMENDED,
    PrerequisiteKind.INFERRED,
)


def chain(graph: Graph, skill_id: str, profile: Profile | None = None) -> tuple[PrerequisiteStep, ...]:
    target = Target(skills=(RequiredSkill(skill_id),))
    return prerequisite_chain(read_standing(graph, profile or Profile(), target), skill_id)


def names(steps: tuple[PrerequisiteStep, ...]) -> str:
    return "".join(step.skill_id[-1] for step in steps)


def test_all_that_stands_before_a_skill_in_order() -> None:
    graph = build_graph(
        skills(*"abcdxy"),
        [
            requires("atlas:a", "atlas:b", level=3),
            requires("atlas:a", "atlas:c", kind=COREQUISITE),
            requires("atlas:b", "atlas:d"),
            requires("atlas:c", "atlas:d", level=2),
            requires("atlas:a", "atlas:x", kind=RECOMMENDED),
            requires("atlas:a", "atlas:y", kind=INFERRED),
        ],
    )
    steps = chain(graph, "atlas:a")
    assert names(steps) == "dcb"
    by_name = {step.skill_id[-1]: step for step in steps}
    assert (by_name["d"].level, by_name["d"].needed_for) == (2, ("atlas:b", "atlas:c"))
    assert (by_name["b"].level, by_name["b"].kind) == (3, PrerequisiteKind.HARD)
    assert by_name["c"].kind is COREQUISITE
    assert not any(step.held or step.circular for step in steps)
    assert {step.status for step in steps} == {GapStatus.UNKNOWN}
    assert chain(graph, "atlas:d") == ()


def test_what_is_held_is_marked_and_not_followed() -> None:
    graph = build_graph(
        skills(*"abcd"),
        [requires("atlas:a", "atlas:b", level=3), requires("atlas:b", "atlas:c"), requires("atlas:c", "atlas:d")],
    )
    (step,) = chain(graph, "atlas:a", Profile(named=(EvidenceItem("atlas:b", 4),)))
    assert (step.skill_id, step.held, step.held_level, step.status) == ("atlas:b", True, 4, GapStatus.MET)
    (low,) = chain(graph, "atlas:a", Profile(named=(EvidenceItem("atlas:b", 1),)))
    assert (low.held, low.held_level, low.status) == (False, 1, GapStatus.LEVEL_GAP)
    denied = chain(graph, "atlas:a", Profile(not_held=frozenset({"atlas:d"})))
    assert [(step.skill_id[-1], step.status) for step in denied] == [
        ("d", GapStatus.MISSING),
        ("c", GapStatus.UNKNOWN),
        ("b", GapStatus.UNKNOWN),
    ]


def test_of_alternatives_the_one_that_leaves_least_is_taken() -> None:
    edges: list[Edge] = [
        requires("atlas:a", "atlas:b", "atlas:c"),
        requires("atlas:b", "atlas:d"),
        requires("atlas:d", "atlas:e"),
        requires("atlas:c", "atlas:f"),
    ]
    graph = build_graph(skills(*"abcdef"), edges)
    steps = chain(graph, "atlas:a")
    assert names(steps) == "fc"
    assert steps[-1].any_of == ("atlas:b",)
    assert names(chain(graph, "atlas:a", Profile(named=(EvidenceItem("atlas:b", 2),)))) == "b"
    assert names(chain(graph, "atlas:a", Profile(named=(EvidenceItem("atlas:d", 2),)))) == "db"


def test_what_only_waits_for_itself_is_said_so() -> None:
    edges = [requires("atlas:a", "atlas:b"), requires("atlas:b", "atlas:c"), requires("atlas:c", "atlas:b")]
    graph = build_graph(skills(*"abc"), edges)
    assert [(step.skill_id[-1], step.circular) for step in chain(graph, "atlas:a")] == [("c", True), ("b", True)]
    held = chain(graph, "atlas:a", Profile(named=(EvidenceItem("atlas:c"),)))
    assert [(step.skill_id[-1], step.held, step.circular) for step in held] == [("b", True, False)]
    ring = build_graph(skills("a"), [requires("atlas:a", "atlas:a")])
    assert chain(ring, "atlas:a") == ()


def test_a_way_round_a_cycle_is_taken() -> None:
    edges = [requires("atlas:a", "atlas:b"), requires("atlas:b", "atlas:a", "atlas:z")]
    assert [(step.skill_id[-1], step.circular) for step in chain(build_graph(skills(*"abz"), edges), "atlas:a")] == [
        ("z", False),
        ("b", False),
    ]


def test_deprecated_alternatives_are_left_out() -> None:
    gone = concept("atlas:g", replacement=Replacement(ReplacementKind.RETIRED))
    edges = [requires("atlas:a", "atlas:b", "atlas:g"), requires("atlas:b", "atlas:g")]
    (step,) = chain(build_graph([*skills("a", "b"), gone], edges), "atlas:a")
    assert (step.skill_id, step.any_of) == ("atlas:b", ())


# -- any graph, cycles included --------------------------------------------------------------------------

IDS = [f"atlas:s{n}" for n in range(8)]
KINDS = st.sampled_from([PrerequisiteKind.HARD, PrerequisiteKind.HARD, COREQUISITE, INFERRED])


@st.composite
def tangles(draw: st.DrawFn) -> tuple[Graph, Profile]:
    edges: dict[tuple[str, tuple[str, ...], PrerequisiteKind], Edge] = {}
    for _ in range(draw(st.integers(0, 16))):
        start, kind = draw(st.sampled_from(IDS)), draw(KINDS)
        options = tuple(sorted(draw(st.sets(st.sampled_from(IDS), min_size=1, max_size=3))))
        edges[start, options, kind] = requires(start, *options, level=draw(st.none() | st.integers(1, 5)), kind=kind)
    items = st.builds(EvidenceItem, st.sampled_from(IDS), st.none() | st.integers(1, 5))
    named = draw(st.lists(items, max_size=4))
    free = sorted(set(IDS) - {item.skill_id for item in named})
    denied = draw(st.frozensets(st.sampled_from(free), max_size=2)) if free else frozenset[str]()
    return build_graph(skills(*(f"s{n}" for n in range(8))), edges.values()), Profile(tuple(named), denied)


def binding(graph: Graph, skill_id: str) -> list[Requires]:
    kinds = (PrerequisiteKind.HARD, COREQUISITE)
    return [
        clause
        for clause in graph.edges.requires.get(skill_id, ())
        if clause.kind in kinds and set(clause.any_of) - {skill_id}
    ]


@settings(max_examples=80, deadline=None)
@given(tangles())
def test_every_chain_ends_and_can_be_learnt_in_its_order(question: tuple[Graph, Profile]) -> None:
    graph, profile = question
    standing = read_standing(graph, profile, Target(skills=tuple(RequiredSkill(one, 3) for one in IDS)))
    held = standing.holdings.held
    # What can be learnt at all, in rounds, by a rule of its own: each round adds what all clauses of are met.
    learnable = set(held)
    while True:
        more = {
            one
            for one in set(IDS) - learnable
            if all((set(clause.any_of) - {one}) & learnable for clause in binding(graph, one))
        }
        if not more:
            break
        learnable |= more
    for target in IDS:
        steps = prerequisite_chain(standing, target)
        assert len({step.skill_id for step in steps}) == len(steps)
        assert target not in {step.skill_id for step in steps}
        if target in held:  # at too low a level, say: what it waits for may wait for a higher level of it
            continue
        before: set[str] = set()
        for step in steps:
            if step.circular:
                assert step.skill_id not in learnable
            elif step.skill_id not in held:
                assert step.skill_id in learnable
                assert all(set(clause.any_of) & before for clause in binding(graph, step.skill_id))
            before.add(step.skill_id)
        for clause in binding(graph, target):
            assert set(clause.any_of) & before or set(clause.any_of) == {target}
        if not any(step.circular for step in steps) and steps:
            assert all(set(clause.any_of) & before for clause in binding(graph, target))


@settings(max_examples=80, deadline=None)
@given(tangles())
def test_cycles_end_everywhere(question: tuple[Graph, Profile]) -> None:
    graph, profile = question
    gap = skill_gap(graph, profile, Target(skills=tuple(RequiredSkill(one, 3) for one in IDS)))
    assert len(gap.entries) == len(IDS)
    assert gap.readiness is not None
    assert 0 <= gap.readiness <= 1
    ready = ready_to_learn(graph, profile, IDS[0])
    assert set(ready) <= set(IDS)


@settings(max_examples=25, deadline=None)
@given(tangles(), st.sets(st.sampled_from(IDS)))
def test_cycles_end_in_plans_too(question: tuple[Graph, Profile], taught: set[str]) -> None:
    tangled, profile = question
    edges = [edge for edges in tangled.edges.requires.values() for edge in edges]
    courses = [course(f"open:{one[6:]}", [(one, 3)]) for one in sorted(taught)]
    graph = build_graph(list(tangled.concepts.values()), edges, courses)
    found = learning_paths(
        graph, profile, Target(skills=(RequiredSkill(IDS[0], 2), RequiredSkill(IDS[1]))), PathRequest()
    )
    planned = {step.course_id for plan in found.plans for step in plan.steps}
    assert planned <= {item.id for item in courses}
    assert found.status is (PathStatus.INFEASIBLE if found.uncovered else PathStatus.OPTIMAL)
