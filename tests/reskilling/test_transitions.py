"""Role transitions: the similarity, its threshold, filters, and what is said of a destination."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reskilling_graphs import below, build_graph, concept, need, role, skills
from role_graphs import random_roles
from skillatlas.reskilling import (
    BadInputError,
    EvidenceItem,
    NotFoundError,
    Profile,
    RankedRole,
    RoleSpace,
    RoleTransitions,
    TransitionRequest,
    comparable_roles,
    describe,
    explain_transition,
    fewest_skills,
    role_transitions,
)
from skillatlas.taxonomy import Concept, ConceptKind, Edge, Graph, MappingPredicate, MapsTo

GROUPS = ("atlas:group.x", "atlas:group.y")


def small(*more: Edge, concepts: tuple[Concept, ...] = ()) -> Graph:
    """Three roles in one role group and one in another; skills a, b in group x and c, d in group y."""
    return build_graph(
        [
            *skills("a", "b", "c", "d"),
            *(concept(group, ConceptKind.SKILL_GROUP) for group in GROUPS),
            *(concept(f"atlas:roles.{name}", ConceptKind.ROLE_GROUP) for name in ("one", "two")),
            *(role(f"atlas:role.{name}") for name in ("p", "q", "r", "t")),
            *concepts,
        ],
        [
            *(below(f"atlas:{skill}", GROUPS[0]) for skill in "ab"),
            *(below(f"atlas:{skill}", GROUPS[1]) for skill in "cd"),
            *(below(f"atlas:role.{name}", "atlas:roles.one") for name in "pqr"),
            below("atlas:role.t", "atlas:roles.two"),
            need("atlas:role.p", "atlas:a"),
            need("atlas:role.p", "atlas:b", optional=True),
            need("atlas:role.q", "atlas:a", 3, 50),
            need("atlas:role.q", "atlas:c"),
            need("atlas:role.r", "atlas:b"),
            need("atlas:role.t", "atlas:d"),
            *more,
        ],
    )


def named(*names: str) -> Profile:
    return Profile(named=tuple(EvidenceItem(f"atlas:{name}") for name in names))


def was(*names: str) -> Profile:
    return Profile(role_ids=tuple(f"atlas:role.{name}" for name in names))


def entry(answer: RoleTransitions, name: str) -> RankedRole:
    return next(one for one in answer.ranked if one.role_id == f"atlas:role.{name}")


def idf(needing: int) -> float:
    return 1 + math.log(5 / (1 + needing))


def test_the_similarity_is_the_mixture_of_two_cosines() -> None:
    answer = role_transitions(comparable_roles(small(), "atlas"), was("p"))
    a, b, c = idf(2), idf(2), idf(1)
    p, q = {"a": a, "b": 0.4 * b}, {"a": 0.5 * a, "c": c}
    norms = math.hypot(*p.values()) * math.hypot(*q.values())
    first = p["a"] * q["a"] / norms
    second = (p["a"] + p["b"]) * q["a"] / ((p["a"] + p["b"]) * math.hypot(*q.values()))
    found = describe(answer, entry(answer, "q"))
    assert found.similarity == round(0.8 * first + 0.2 * second, 6)
    assert [item.name for item in found.components] == ["skills", "groups"]
    assert [item.number for item in found.components] == [round(first, 6), round(second, 6)]


def test_destinations_come_by_similarity_then_id_without_the_role_itself() -> None:
    answer = role_transitions(comparable_roles(small(), "atlas"), was("p"))
    assert [one.role_id for one in answer.ranked] == ["atlas:role.r", "atlas:role.q", "atlas:role.t"]
    assert list(answer.ranked) == sorted(answer.ranked, key=lambda one: (-one.similarity, one.role_id))
    assert [(one.name, one.excluded) for one in answer.filters] == [("needs", 0), ("origin", 1), ("coverage", 0)]
    assert answer.excluded[0].role_id == "atlas:role.p"
    assert answer.excluded[0].similarity == 1.0


def test_a_role_in_the_profile_stands_with_its_optional_needs_too() -> None:
    answer = role_transitions(comparable_roles(small(), "atlas"), was("p"))
    found = describe(answer, entry(answer, "r"))
    assert (found.essential.met, found.essential.required, found.essential.coverage) == (1, 1, 1.0)
    assert found.missing == ()


def test_what_is_missing_is_essential_and_not_held() -> None:
    answer = role_transitions(comparable_roles(small(), "atlas"), named("a"))
    found = describe(answer, entry(answer, "q"))
    assert found.missing == ("atlas:c",)
    assert (found.essential.level_unknown, found.essential.unknown) == (1, 1)


def test_the_threshold_is_the_mean_less_a_deviation_of_pairs_of_one_group() -> None:
    space = comparable_roles(small(), "atlas")
    values = [
        entry(role_transitions(space, was(one)), other).similarity for one, other in itertools.combinations("pqr", 2)
    ]
    mean = math.fsum(values) / 3
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / 3)
    assert space.calibration.threshold == round(max(0.0, mean - deviation), 6)
    assert (space.calibration.pairs, space.calibration.groups) == (3, 1)
    shown = space.calibration.parameter()
    assert shown.number == space.calibration.threshold
    assert "3 pairs" in shown.meaning


def test_where_no_two_roles_share_a_group_nothing_is_viable_and_it_is_said() -> None:
    graph = build_graph([*skills("a"), role("atlas:role.p"), role("atlas:role.q")], [need("atlas:role.p", "atlas:a")])
    answer = role_transitions(comparable_roles(graph, "atlas"), named("a"))
    assert answer.threshold.number is None
    assert "no threshold" in answer.warnings[-1]
    assert not describe(answer, answer.ranked[0]).viable
    lines = explain_transition(graph, describe(answer, answer.ranked[0]), answer.position.space.calibration, (), "en")
    assert "No threshold" in lines[1]


def test_an_empty_profile_is_like_nothing_and_is_told_what_is_missing() -> None:
    for profile in (Profile(), Profile(complete=True), Profile(not_held=frozenset({"atlas:a"}))):
        answer = role_transitions(comparable_roles(small(), "atlas"), profile)
        assert [one.similarity for one in answer.ranked] == [0.0] * 4
        assert "names no skill" in answer.warnings[-1]


def test_roles_that_need_nothing_are_left_out_with_the_reason() -> None:
    graph = small(concepts=(role("atlas:role.idle"),))
    answer = role_transitions(comparable_roles(graph, "atlas"), named("a"))
    (idle,) = answer.excluded
    assert (idle.role_id, idle.filters[0].name, idle.filters[0].value) == ("atlas:role.idle", "needs", "0")


def test_filters_say_what_they_left_out_and_why() -> None:
    space = comparable_roles(small(), "atlas")
    answer = role_transitions(space, named("b"), TransitionRequest("atlas:roles.one", 0.5))
    assert [one.role_id for one in answer.ranked] == ["atlas:role.r"]
    results = {one.name: (one.limit, one.excluded) for one in answer.filters}
    assert results == {"needs": ("1", 0), "under": ("atlas:roles.one", 1), "coverage": ("0.5", 3)}
    failed = {one.role_id: [(f.name, f.value, f.limit) for f in one.filters] for one in answer.excluded}
    assert failed["atlas:role.q"] == [("coverage", "0", "0.5")]
    assert failed["atlas:role.t"] == [("under", "elsewhere", "atlas:roles.one"), ("coverage", "0", "0.5")]


def test_job_zones_too_far_apart_are_left_out_where_both_are_known() -> None:
    graph = small()
    zones = {"p": 2, "q": 4, "r": 3}
    located = build_graph(
        [
            _in_zone(one, zones.get(one.id.rpartition(".")[2])) if one.kind is ConceptKind.ROLE else one
            for one in graph.concepts.values()
        ],
        [edge for kind in (graph.edges.broader, graph.edges.needs) for edges in kind.values() for edge in edges],
    )
    space = comparable_roles(located, "atlas")
    answer = role_transitions(space, was("p"))
    assert {one.role_id for one in answer.ranked} == {"atlas:role.r", "atlas:role.t"}
    assert ("jobZone", "2", "1") in [(f.name, f.value, f.limit) for one in answer.excluded for f in one.filters]
    wide = role_transitions(space, was("p"), TransitionRequest(max_zone_distance=2))
    assert len(wide.ranked) == 3


def _in_zone(one: Concept, zone: int | None) -> Concept:
    return Concept(one.id, one.uri, one.scheme, one.kind, one.labels, data={"jobZone": zone} if zone else None)


def test_what_is_wrong_is_named() -> None:
    space = comparable_roles(small(), "atlas")
    with pytest.raises(BadInputError, match="minCoverage"):
        role_transitions(space, named("a"), TransitionRequest(min_coverage=1.5))
    with pytest.raises(BadInputError, match="maxZoneDistance"):
        role_transitions(space, named("a"), TransitionRequest(max_zone_distance=-1))
    with pytest.raises(NotFoundError, match="under"):
        role_transitions(space, named("a"), TransitionRequest("atlas:nowhere"))
    with pytest.raises(NotFoundError, match=r"roleIds\[0\]"):
        role_transitions(space, was("nobody"))
    with pytest.raises(BadInputError, match="nothing"):
        role_transitions(space, named("nothing"))
    with pytest.raises(NotFoundError, match="scheme"):
        comparable_roles(small(), "esco")


def test_a_skill_of_another_scheme_counts_through_an_exact_mapping() -> None:
    graph = small(
        MapsTo(from_id="esco:x", to_id="atlas:a", predicate=MappingPredicate.EXACT, iri="https://example.org/atlas/a"),
        concepts=tuple(skills("x", scheme="esco")),
    )
    space = comparable_roles(graph, "atlas")
    foreign = role_transitions(space, Profile(named=(EvidenceItem("esco:x"),)))
    own = role_transitions(space, named("a"))
    assert foreign.ranked == own.ranked


def test_reasons_are_told_from_the_figures_in_two_languages() -> None:
    graph = small()
    answer = role_transitions(comparable_roles(graph, "atlas"), named("a"))
    found = describe(answer, entry(answer, "t"))
    calibration = answer.position.space.calibration
    fewest = fewest_skills(answer.position, "atlas:role.t")
    english = explain_transition(graph, found, calibration, fewest)
    chinese = explain_transition(graph, found, calibration, fewest, "zh-CN")
    assert english[0].startswith("role.t: similarity 0 of 1")
    assert "0 of 1 essential skills are met (0 %)." in english
    assert english[-1] == "It would be viable with: d."
    assert chinese[-1] == "具备以下技能即可行：d。"
    assert len(english) == len(chinese)


def test_a_rated_scheme_compares_the_ratings_and_the_rest_apart() -> None:
    graph = random_roles(3, rated=True)
    space = comparable_roles(graph, "atlas")
    assert space.index.rated
    answer = role_transitions(space, Profile(role_ids=("atlas:role.00",)))
    assert [item.name for item in describe(answer, answer.ranked[0]).components] == ["skills", "importances"]
    ratings = np.full((len(space.index.role_ids), int(space.index.place.max()) + 1), 0.125)
    for row, name in enumerate(space.index.role_ids):
        for edge in graph.needs(name):
            if edge.importance is not None:
                ratings[row, space.index.place[space.index.column[edge.to_id]]] = edge.importance / 100
    centred = ratings - ratings.mean(axis=0)
    for one in answer.ranked:
        cosine = centred[0] @ centred[one.row] / np.linalg.norm(centred[0]) / np.linalg.norm(centred[one.row])
        assert one.profile == pytest.approx(max(0.0, cosine), abs=2e-6)


SEEDS = st.integers(0, 10_000)


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.booleans())
def test_similarity_is_symmetric_and_within_its_bounds(seed: int, rated: bool) -> None:
    space = comparable_roles(random_roles(seed, rated=rated), "atlas")
    table = {
        (start, one.role_id): one
        for start in space.index.role_ids
        for one in role_transitions(space, Profile(role_ids=(start,))).ranked
    }
    for (start, end), one in table.items():
        assert 0.0 <= one.similarity <= 1.0
        assert 0.0 <= one.skills <= 1.0
        assert 0.0 <= one.profile <= 1.0
        assert one.similarity == pytest.approx(table[end, start].similarity, abs=1.5e-6)


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.data())
def test_a_further_skill_never_lowers_any_coverage(seed: int, data: st.DataObject) -> None:
    graph = random_roles(seed)
    space = comparable_roles(graph, "atlas")
    held = data.draw(st.sets(st.sampled_from(space.index.skill_ids), max_size=6))
    more = data.draw(st.sampled_from(space.index.skill_ids))
    before = _coverages(space, held)
    after = _coverages(space, held | {more})
    assert all(after[name] >= before[name] for name in before)


def _coverages(space: RoleSpace, held: set[str]) -> dict[str, float]:
    profile = Profile(named=tuple(EvidenceItem(skill, 5) for skill in sorted(held)))
    answer = role_transitions(space, profile)
    found = {one.role_id: describe(answer, one).essential.coverage for one in answer.ranked}
    quick = answer.position.coverage()
    assert all(quick[space.index.row[name]] == pytest.approx(value) for name, value in found.items())
    return found


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.booleans())
def test_a_kept_calibration_is_read_as_it_was(seed: int, rated: bool) -> None:
    calibration = comparable_roles(random_roles(seed, rated=rated), "atlas").calibration
    assert type(calibration).from_json(calibration.to_json()) == calibration
