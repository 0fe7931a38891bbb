"""The fewest skills for a role, what one skill opens, and places to stop: against brute force."""

import itertools
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reskilling_graphs import build_graph, course
from role_graphs import random_roles
from skillatlas.reskilling import (
    BadInputError,
    EvidenceItem,
    NotFoundError,
    Profile,
    RoleIndex,
    RoleSpace,
    Target,
    TransitionSettings,
    calibrate,
    comparable_roles,
    fewest_skills,
    learning_paths,
    opened_by,
    opened_roles,
    opening_skills,
    read_position,
    role_transitions,
    unlocked_roles,
)
from skillatlas.taxonomy import Graph

SEEDS = st.integers(0, 10_000)
PEOPLE = st.lists(
    st.tuples(
        st.sets(st.integers(0, 15), max_size=3),
        st.sets(st.integers(0, 13), max_size=1),
        st.sets(st.integers(0, 15), max_size=2),
    ),
    min_size=1,
    max_size=3,
)


def person(held: set[int], roles: set[int], denied: set[int]) -> Profile:
    return Profile(
        named=tuple(EvidenceItem(f"atlas:s{number:02d}", confidence=0.9) for number in sorted(held)),
        not_held=frozenset(f"atlas:s{number:02d}" for number in denied - held),
        role_ids=tuple(f"atlas:role.{number:02d}" for number in sorted(roles)),
    )


def with_skills(profile: Profile, skills: tuple[str, ...]) -> Profile:
    """The profile with further named skills, as a person would add them."""
    return replace(
        profile,
        named=(*profile.named, *(EvidenceItem(skill) for skill in skills)),
        not_held=profile.not_held - set(skills),
    )


def viable(space: RoleSpace, profile: Profile) -> set[str]:
    answer = role_transitions(space, profile)
    return {one.role_id for one in answer.ranked if space.calibration.viable(one.similarity)}


def open_needs(space: RoleSpace, profile: Profile, role: str) -> list[str]:
    held = read_position(space, profile).holdings.held
    return sorted({need.to_id for need in space.graph.needs(role)} - held.keys())


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.booleans(), PEOPLE)
def test_the_fewest_skills_are_fewest_and_make_the_role_viable(
    seed: int, rated: bool, people: list[tuple[set[int], set[int], set[int]]]
) -> None:
    graph = random_roles(seed, rated=rated)
    space = strict(graph, 0.45, size=3)
    profile = person(*people[0])
    position = read_position(space, profile)
    now = viable(space, profile)

    @cache
    def viable_with(chosen: tuple[str, ...]) -> set[str]:
        return viable(space, with_skills(profile, chosen))

    for role in space.index.role_ids:
        if role in position.roles:
            continue
        found = fewest_skills(position, role)
        options = open_needs(space, profile, role)
        if role in now:
            assert found == ()
            continue
        brute = next(
            (
                size
                for size in range(1, min(len(options), 3) + 1)
                if any(role in viable_with(chosen) for chosen in itertools.combinations(options, size))
            ),
            None,
        )
        assert len(found) == (brute or 0)
        if found:
            assert set(found) <= set(options)
            assert role in viable_with(found)


def strict(graph: Graph, threshold: float, *, size: int = 5) -> RoleSpace:
    """A space with a higher threshold, so that more than one skill is needed, but no more than `size` are named."""
    index = RoleIndex(graph, "atlas", TransitionSettings(counterfactual_size=size))
    return RoleSpace(graph, index, replace(calibrate(graph, index), threshold=threshold))


def test_a_search_that_takes_too_long_finds_nothing() -> None:
    graph = random_roles(1)
    index = RoleIndex(graph, "atlas", TransitionSettings(counterfactual_effort=0))
    space = RoleSpace(graph, index, replace(calibrate(graph, index), threshold=0.45))
    position = read_position(space, Profile())
    assert all(fewest_skills(position, role) == () for role in index.role_ids)
    assert any(fewest_skills(read_position(strict(graph, 0.45), Profile()), role) for role in index.role_ids)


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.booleans(), PEOPLE)
def test_what_a_skill_opens_equals_brute_force(
    seed: int, rated: bool, people: list[tuple[set[int], set[int], set[int]]]
) -> None:
    graph = random_roles(seed, rated=rated)
    space = strict(graph, 0.3)
    profiles = [person(*one) for one in people]
    answer = opening_skills(space, profiles)
    brute: dict[str, tuple[int, int, dict[str, int]]] = {}
    for skill in space.index.skill_ids:
        roles: dict[str, int] = {}
        helped = 0
        for profile in profiles:
            if skill in read_position(space, profile).holdings.held:
                continue
            opened = viable(space, with_skills(profile, (skill,))) - viable(space, profile)
            opened = {role for role in opened if skill in {need.to_id for need in graph.needs(role)}}
            helped += bool(opened)
            for role in opened:
                roles[role] = roles.get(role, 0) + 1
        if roles:
            brute[skill] = sum(roles.values()), helped, roles
    assert {one.skill_id: (one.opened, one.people) for one in answer.skills} == {
        skill: (opened, helped) for skill, (opened, helped, _) in brute.items()
    }
    assert list(answer.skills) == sorted(answer.skills, key=lambda one: (-one.opened, one.skill_id))
    for skill, (_, _, roles) in brute.items():
        assert dict(opened_by(answer, skill)) == roles


@settings(max_examples=25, deadline=None)
@given(SEEDS, PEOPLE, st.sets(st.integers(0, 15), min_size=1, max_size=3))
def test_which_roles_some_skills_open_equals_brute_force(
    seed: int, people: list[tuple[set[int], set[int], set[int]]], more: set[int]
) -> None:
    graph = random_roles(seed)
    space = strict(graph, 0.3)
    profile = person(*people[0])
    held = read_position(space, profile).holdings.held
    skills = tuple(f"atlas:s{number:02d}" for number in sorted(more) if f"atlas:s{number:02d}" not in held)
    found = opened_roles(space, profile, [EvidenceItem(skill) for skill in skills])
    brute = viable(space, with_skills(profile, skills)) - viable(space, profile)
    brute = {role for role in brute if set(skills) & {need.to_id for need in graph.needs(role)}}
    assert {one.role_id for one in found} == brute


def test_limits_and_unknown_ids_are_named() -> None:
    space = comparable_roles(random_roles(1), "atlas")
    with pytest.raises(BadInputError, match="at least one"):
        opening_skills(space, [])
    with pytest.raises(BadInputError, match="101 entries, at most 100"):
        opening_skills(space, [Profile()] * 101)
    with pytest.raises(NotFoundError, match="under"):
        opening_skills(space, [Profile()], "atlas:nowhere")
    with pytest.raises(NotFoundError, match=r"profiles\[1\].roleIds\[0\]"):
        opening_skills(space, [Profile(), Profile(role_ids=("atlas:role.none",))])
    with pytest.raises(BadInputError, match=r"skills\[0\]"):
        opened_roles(space, Profile(), [EvidenceItem("atlas:none")])
    with pytest.raises(BadInputError, match="confidence"):
        opened_roles(space, Profile(), [EvidenceItem("atlas:s00", confidence=2.0)])
    assert opening_skills(space, [Profile()] * 2).warnings[0].startswith("2 of 2 profiles: the profile names no skill")


def test_under_a_concept_only_its_roles_open() -> None:
    graph = random_roles(5)
    space = strict(graph, 0.3)
    below = graph.under("atlas:roles.1")
    answer = opening_skills(space, [Profile()], "atlas:roles.1")
    assert answer.skills
    assert {role for one in answer.skills for role, _ in opened_by(answer, one.skill_id)} <= below


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_each_step_unlocks_what_is_viable_after_it_and_was_not_before(seed: int) -> None:
    roles = random_roles(seed)
    target = roles.needs("atlas:role.00")
    courses = [
        course(f"cat:c{number}", [(need.to_id, need.level or 3)], 10 + number) for number, need in enumerate(target)
    ]
    graph = build_graph(
        roles.concepts.values(),
        [edge for kind in (roles.edges.broader, roles.edges.needs) for edges in kind.values() for edge in edges],
        courses,
    )
    space = strict(graph, 0.3)
    profile = Profile(role_ids=("atlas:role.05",))
    plan = learning_paths(graph, profile, Target(role_id="atlas:role.00")).plans[0]
    unlocked = unlocked_roles(read_position(space, profile), plan)
    assert len(unlocked) == len(plan.steps)
    learned: tuple[str, ...] = ()
    before = viable(space, profile)
    for step, roles_then in zip(plan.steps, unlocked, strict=True):
        learned += tuple(taught.skill for taught in step.teaches if taught.skill not in learned)
        after = viable(space, with_skills(profile, learned))
        assert set(roles_then) == after - before
        assert list(roles_then) == sorted(roles_then)
        before = after
