"""The gap formula: statuses, credits, ranges, order; and a recomputation that shares no code with it."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reskilling_graphs import below, build_graph, concept, course, need, requires, role, skills
from skillatlas.reskilling import (
    BadInputError,
    EvidenceItem,
    GapStatus,
    NotFoundError,
    Profile,
    RequiredSkill,
    SkillGap,
    SkillGapEntry,
    Target,
    skill_gap,
)
from skillatlas.taxonomy import ConceptKind, Eases, Edge, Graph, Necessity, PrerequisiteKind

ROLE = "atlas:role.r"
TARGET = Target(role_id=ROLE)


def held(skill_id: str, level: int | None = None, confidence: float = 1.0, source: str = "named") -> EvidenceItem:
    return EvidenceItem(skill_id, level, confidence, source)


def entry(gap: SkillGap, skill_id: str) -> SkillGapEntry:
    return next(item for item in gap.entries if item.skill_id == skill_id)


@pytest.fixture
def graph() -> Graph:
    return build_graph(
        [*skills("a", "b", "c", "d", "e", "f", "z"), role(ROLE), role("atlas:role.other")],
        [
            need(ROLE, "atlas:a", 3, 80),
            need(ROLE, "atlas:b", 4),
            need(ROLE, "atlas:c", None, 50),
            need(ROLE, "atlas:d", 2, 90, optional=True),
            need(ROLE, "atlas:e", 2, optional=True),
            need("atlas:role.other", "atlas:a", 1),
            Eases(from_id="atlas:z", to_id="atlas:b", transfer=0.6),
            requires("atlas:e", "atlas:f", level=2),
        ],
        [course("open:one", [("atlas:a", 3)], 20), course("open:two", ["atlas:a"], 30)],
    )


def test_nothing_known_is_no_score(graph: Graph) -> None:
    gap = skill_gap(graph, Profile(), TARGET)
    assert (gap.readiness, gap.readiness_strict, gap.readiness_low, gap.readiness_high) == (0, 0, 0, 1)
    assert gap.known_share == 0
    assert {item.status for item in gap.entries} == {GapStatus.UNKNOWN}


def test_a_complete_profile_misses_what_it_does_not_name(graph: Graph) -> None:
    gap = skill_gap(graph, Profile(complete=True), TARGET)
    assert {item.status for item in gap.entries} == {GapStatus.MISSING}
    assert (gap.readiness_high, gap.known_share) == (0, 1)


def test_statuses_credits_and_weights(graph: Graph) -> None:
    profile = Profile(
        named=(held("atlas:a", 2, 0.9), held("atlas:z", 1), held("atlas:c"), held("atlas:d")),
        not_held=frozenset({"atlas:e"}),
    )
    gap = skill_gap(graph, profile, TARGET)
    statuses = {item.skill_id[-1]: item.status for item in gap.entries}
    assert statuses == {
        "a": GapStatus.LEVEL_GAP,
        "b": GapStatus.TRANSFERABLE,
        "c": GapStatus.MET,
        "d": GapStatus.LEVEL_UNKNOWN,
        "e": GapStatus.MISSING,
    }
    a, b, d = (entry(gap, f"atlas:{name}") for name in "abd")
    assert a.credit == pytest.approx(0.9 * 2 / 3)
    assert a.weight == pytest.approx(0.8 * (1 + math.log(3 / 3)))
    assert (b.transferable_from, b.weight) == ("atlas:z", 1 + math.log(3 / 2))
    assert b.credit == pytest.approx(0.3)
    assert d.credit == 1  # an unknown level counts as 2
    assert d.weight == pytest.approx(0.4 * 0.9 * (1 + math.log(3 / 2)))
    assert gap.known_share == pytest.approx(4 / 5)
    assert (gap.essential.required, gap.essential.met, gap.essential.coverage) == (3, 1, 1 / 3)
    assert [item.skill_id[-1] for item in gap.entries] == ["d", "a", "c", "b", "e"]
    assert [item.skill_id[-1] for item in gap.skills(necessity=Necessity.ESSENTIAL)] == ["a", "c", "b"]
    assert gap.target_id == ROLE
    assert gap.release == 7


def test_unsure_evidence_lies_between_low_and_high(graph: Graph) -> None:
    gap = skill_gap(graph, Profile(named=(held("atlas:a", 3, 0.7), held("atlas:c", None, 0.96)), complete=True), TARGET)
    weights = {item.skill_id: item.weight for item in gap.entries}
    total = math.fsum(weights.values())
    assert gap.readiness_low == pytest.approx(0.96 * weights["atlas:c"] / total)
    assert gap.readiness_high == pytest.approx((weights["atlas:a"] + weights["atlas:c"]) / total)


def test_ruled_out_transfer_keeps_its_credit_in_high(graph: Graph) -> None:
    gap = skill_gap(graph, Profile(named=(held("atlas:z"),), complete=True), TARGET)
    assert entry(gap, "atlas:b").status is GapStatus.TRANSFERABLE
    assert gap.readiness_high == gap.readiness
    assert gap.readiness_strict == 0


def test_the_floor_of_transfer() -> None:
    edges: list[Edge] = [Eases(from_id="atlas:x", to_id="atlas:y", transfer=0.1)]
    gap = skill_gap(
        build_graph(skills("x", "y"), edges),
        Profile(named=(held("atlas:x"),)),
        Target(skills=(RequiredSkill("atlas:y"),)),
    )
    assert gap.entries[0].status is GapStatus.UNKNOWN


def test_missing_prerequisites_are_shown_for_skills_not_held(graph: Graph) -> None:
    gap = skill_gap(graph, Profile(named=(held("atlas:f", 1),)), TARGET)
    clauses = entry(gap, "atlas:e").prerequisites_missing
    assert [(clause.any_of, clause.level) for clause in clauses] == [(("atlas:f",), 2)]
    assert entry(skill_gap(graph, Profile(named=(held("atlas:f"),)), TARGET), "atlas:e").prerequisites_missing == ()


def test_priorities_by_weight_shortfall_and_hours(graph: Graph) -> None:
    gap = skill_gap(graph, Profile(named=(held("atlas:c"),)), TARGET)
    by_id = {item.skill_id: item for item in gap.priorities}
    assert by_id["atlas:a"].hours == 20
    assert by_id["atlas:b"].hours is None
    assert by_id["atlas:b"].score == pytest.approx(by_id["atlas:b"].weight / 20)  # the median of the known ones
    scores = [item.score for item in gap.priorities]
    assert scores == sorted(scores, reverse=True)
    assert "atlas:c" not in by_id
    assert [item.skill_id for item in gap.prioritised(2)] == [item.skill_id for item in gap.priorities[:2]]


def test_filters_of_the_entries(graph: Graph) -> None:
    gap = skill_gap(graph, Profile(named=(held("atlas:c"),)), TARGET)
    assert [item.skill_id for item in gap.skills({GapStatus.MET})] == ["atlas:c"]
    assert {item.skill_id for item in gap.skills(necessity=Necessity.OPTIONAL)} == {"atlas:d", "atlas:e"}


def test_a_role_that_requires_nothing_has_no_readiness() -> None:
    gap = skill_gap(build_graph([role(ROLE)]), Profile(), TARGET)
    assert gap.readiness is gap.readiness_low is gap.readiness_high is gap.known_share is None
    assert gap.essential.coverage == 0
    assert "requires no skill" in gap.warnings[0]


def test_requirements_without_weight_have_no_readiness() -> None:
    target = Target(skills=(RequiredSkill("atlas:a", importance=0),))
    gap = skill_gap(build_graph(skills("a")), Profile(named=(held("atlas:a"),)), target)
    assert gap.readiness is None
    assert gap.essential.met == 1
    assert "weight" in gap.warnings[0]


def test_a_skill_required_twice_counts_once() -> None:
    target = Target(
        skills=(
            RequiredSkill("atlas:a", 2, Necessity.OPTIONAL, 10),
            RequiredSkill("https://example.org/atlas/a", 1, importance=5),
        )
    )
    gap = skill_gap(build_graph(skills("a")), Profile(), target)
    (only,) = gap.entries
    assert (only.required_level, only.necessity, only.importance) == (2, Necessity.ESSENTIAL, 10)
    assert "more than once" in gap.warnings[0]


@pytest.mark.parametrize(
    ("profile", "target", "field"),
    [
        (Profile(named=(held("atlas:a", 6),)), TARGET, "profile.skills[0].level"),
        (Profile(named=(held("atlas:a", 0),)), TARGET, "profile.skills[0].level"),
        (Profile(named=(held("atlas:a", None, 1.5),)), TARGET, "profile.skills[0].confidence"),
        (Profile(named=(held("atlas:a", None, math.nan),)), TARGET, "profile.skills[0].confidence"),
        (Profile(named=(held("atlas:nix"),)), TARGET, "profile.skills[0].skillId"),
        (Profile(named=(held(ROLE),)), TARGET, "profile.skills[0].skillId"),
        (Profile(named=(held("atlas:a"),), not_held=frozenset({"atlas:a"})), TARGET, "profile.notHeld"),
        (
            Profile(named=(held("https://example.org/atlas/a"),), not_held=frozenset({"atlas:a"})),
            TARGET,
            "profile.notHeld",
        ),
        (Profile(not_held=frozenset(f"atlas:{n}" for n in range(501))), TARGET, "profile.notHeld"),
        (Profile(named=(held("atlas:a"),) * 501), TARGET, "profile.skills"),
        (Profile(), Target(), "target"),
        (Profile(), Target(role_id=ROLE, skills=()), "target"),
        (Profile(), Target(skills=(RequiredSkill("atlas:a", 9),)), "target.skills[0].level"),
        (Profile(), Target(skills=(RequiredSkill("atlas:a", importance=101),)), "target.skills[0].importance"),
        (Profile(), Target(skills=(RequiredSkill("atlas:nix"),)), "target.skills[0].skillId"),
    ],
)
def test_bad_input_names_the_field(graph: Graph, profile: Profile, target: Target, field: str) -> None:
    with pytest.raises(BadInputError) as caught:
        skill_gap(graph, profile, target)
    assert caught.value.field == field
    assert field in str(caught.value)


def test_unknown_roles_and_schemes_are_not_found(graph: Graph) -> None:
    for profile, target, scheme in (
        (Profile(), Target(role_id="atlas:role.nix"), "atlas"),
        (Profile(), Target(role_id="atlas:a"), "atlas"),
        (Profile(role_ids=("atlas:role.nix",)), TARGET, "atlas"),
        (Profile(), TARGET, "nix"),
    ):
        with pytest.raises(NotFoundError):
            skill_gap(graph, profile, target, scheme=scheme)


# -- invariants and an independent recomputation -------------------------------------------------------

IDS = [f"atlas:s{n}" for n in range(7)]
LEVELS = st.none() | st.integers(1, 5)
CONFIDENCES = st.sampled_from([0.2, 0.5, 0.6, 0.94, 0.95, 1.0])


@st.composite
def questions(draw: st.DrawFn) -> tuple[Graph, Profile]:
    edges: list[Edge] = []
    for skill_id in draw(st.sets(st.sampled_from(IDS), min_size=1)):
        importance = draw(st.none() | st.sampled_from([0.0, 12.5, 50.0, 100.0]))
        edges.append(need(ROLE, skill_id, draw(LEVELS), importance, optional=draw(st.booleans())))
    edges += [need("atlas:role.other", skill_id) for skill_id in draw(st.sets(st.sampled_from(IDS)))]
    pairs = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda pair: pair[0] != pair[1])
    for start, end in sorted(draw(st.sets(pairs, max_size=6))):
        edges.append(Eases(from_id=start, to_id=end, transfer=draw(st.sampled_from([0.1, 0.2, 0.55, 0.9, 1.0]))))
    named = draw(st.lists(st.builds(held, st.sampled_from(IDS), LEVELS, CONFIDENCES), max_size=5))
    texts = draw(st.lists(st.builds(held, st.sampled_from(IDS), LEVELS, CONFIDENCES, st.just("text")), max_size=4))
    free = sorted(set(IDS) - {item.skill_id for item in named})
    denied = draw(st.frozensets(st.sampled_from(free), max_size=3)) if free else frozenset[str]()
    graph = build_graph([*(concept(i) for i in IDS), role(ROLE), role("atlas:role.other")], edges)
    against = st.builds(held, st.sampled_from(IDS), LEVELS, CONFIDENCES, st.just("text"))
    denials = draw(st.lists(against, max_size=4))
    return graph, Profile(tuple(named), denied, tuple(texts), tuple(denials), complete=draw(st.booleans()))


def recompute(graph: Graph, profile: Profile) -> dict[str, tuple[str, float, float, float]]:
    """Status, weight, credit and the most that the credit could be of each need by the text of the rules, for graphs
    without clauses and mappings.
    """

    def best(items: tuple[EvidenceItem, ...], skill: str) -> EvidenceItem | None:
        sure = [item for item in items if item.skill_id == skill and item.confidence >= 0.5]
        return max(sure, key=lambda item: (item.confidence, item.level or 0), default=None)

    has: dict[str, EvidenceItem] = {}
    for skill in graph.concepts:
        found = best(profile.named, skill)
        if found is None and skill not in profile.not_held:
            found = best(profile.text, skill)
        if found is not None:
            has[skill] = found
    roles = [item.id for item in graph.concepts.values() if item.kind is ConceptKind.ROLE]
    answer = {}
    for edge in graph.edges.needs[ROLE]:
        needing = sum(edge.to_id in {other.to_id for other in graph.edges.needs.get(r, ())} for r in roles)
        weight = (1.0 if edge.necessity == "ESSENTIAL" else 0.4) * (1 + math.log((1 + len(roles)) / (1 + needing)))
        if edge.importance is not None:
            weight *= edge.importance / 100
        carried = 0.0
        for start in graph.edges.eases:
            for ease in graph.edges.eases[start]:
                if ease.to_id == edge.to_id and start in has and ease.transfer >= 0.2:
                    carried = max(carried, ease.transfer / 2)
        item = has.get(edge.to_id)
        direct = 0.0
        if item is not None:
            direct = item.confidence * (1 if edge.level is None else min(1, (item.level or 2) / edge.level))
            if edge.level is None or (item.level or 0) >= edge.level:
                status = "MET"
            else:
                status = "LEVEL_UNKNOWN" if item.level is None else "LEVEL_GAP"
        elif carried:
            status = "TRANSFERABLE"
        else:
            out = profile.complete or edge.to_id in profile.not_held or best(profile.text_not_held, edge.to_id)
            status = "MISSING" if out else "UNKNOWN"
        if item is not None:
            most = 1 if status in ("MET", "LEVEL_UNKNOWN") else max(carried, (item.level or 2) / (edge.level or 1))
        else:
            word = best(profile.text_not_held, edge.to_id)
            sure = edge.to_id in profile.not_held or (word is not None and word.confidence >= 0.95)
            most = carried if profile.complete or sure else 1
        answer[edge.to_id] = (status, weight, max(direct, carried), most)
    return answer


@settings(max_examples=200, deadline=None)
@given(questions())
def test_figures_hold_together(question: tuple[Graph, Profile]) -> None:
    graph, profile = question
    gap = skill_gap(graph, profile, TARGET)
    expected = recompute(graph, profile)
    assert {item.skill_id: item.status for item in gap.entries} == {s: e[0] for s, e in expected.items()}
    for item in gap.entries:
        assert item.weight == pytest.approx(expected[item.skill_id][1], abs=1e-12)
        assert item.credit == pytest.approx(expected[item.skill_id][2], abs=1e-12)
    for share, necessity in ((gap.essential, Necessity.ESSENTIAL), (gap.optional, Necessity.OPTIONAL)):
        counts = share.met, share.level_gap, share.level_unknown, share.transferable, share.unknown, share.missing
        assert sum(counts) == share.required == len(gap.skills(necessity=necessity))
    total = sum(weight for _, weight, _, _ in expected.values())
    if total == 0:
        assert gap.readiness is None
        return
    low, strict, readiness, high = gap.readiness_low, gap.readiness_strict, gap.readiness, gap.readiness_high
    assert low is not None
    assert strict is not None
    assert readiness is not None
    assert high is not None
    assert 0 <= low <= strict <= readiness <= high <= 1
    assert readiness == pytest.approx(sum(w * c for _, w, c, _ in expected.values()) / total, abs=1e-9)
    assert high == pytest.approx(sum(w * most for _, w, _, most in expected.values()) / total, abs=1e-9)
    assert math.fsum(item.contribution for item in gap.entries) == pytest.approx(readiness, abs=1e-9)
    assert skill_gap(graph, profile, TARGET) == gap


def test_only_binding_clauses_stand_before_a_skill() -> None:
    edges: list[Edge] = [
        requires("atlas:a", "atlas:b", kind=PrerequisiteKind.COREQUISITE),
        requires("atlas:a", "atlas:c", kind=PrerequisiteKind.RECOMMENDED),
        requires("atlas:a", "atlas:c", kind=PrerequisiteKind.INFERRED),
        below("atlas:a", "atlas:g"),
    ]
    graph = build_graph([*skills("a", "b", "c"), concept("atlas:g", ConceptKind.SKILL_GROUP)], edges)
    gap = skill_gap(graph, Profile(), Target(skills=(RequiredSkill("atlas:a"),)))
    assert [clause.any_of for clause in gap.entries[0].prerequisites_missing] == [("atlas:b",)]
