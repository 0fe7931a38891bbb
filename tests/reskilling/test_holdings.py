"""Evidence: which source wins, what it implies, and what counts through replacements and mappings."""

import pytest

from reskilling_graphs import build_graph, concept, need, requires, role, skills
from skillatlas.reskilling import (
    BadInputError,
    EvidenceItem,
    GapStatus,
    Profile,
    RequiredSkill,
    SkillGapEntry,
    Target,
    skill_gap,
)
from skillatlas.taxonomy import (
    ConceptKind,
    Edge,
    Graph,
    MappingPredicate,
    MapsTo,
    PrerequisiteKind,
    Replacement,
    ReplacementKind,
)

OLD = "atlas:role.old"


@pytest.fixture
def graph() -> Graph:
    edges: list[Edge] = [
        need(OLD, "atlas:a", 3),
        need(OLD, "atlas:b", 2, optional=True),
        requires("atlas:c", "atlas:d", level=2),
        requires("atlas:d", "atlas:e", level=4),
        requires("atlas:c", "atlas:f", "atlas:g"),
        requires("atlas:c", "atlas:h", kind=PrerequisiteKind.RECOMMENDED),
        requires("atlas:x", "atlas:e", level=5),
    ]
    return build_graph([*skills(*"abcdefghx"), role(OLD)], edges)


def ask(graph: Graph, profile: Profile, skill_id: str, level: int | None = 3) -> SkillGapEntry:
    return skill_gap(graph, profile, Target(skills=(RequiredSkill(skill_id, level),))).entries[0]


def text(skill_id: str, level: int | None = None, confidence: float = 0.9) -> EvidenceItem:
    return EvidenceItem(skill_id, level, confidence, "text", "as read", 3, 10)


def test_named_beats_denied_text_beats_roles(graph: Graph) -> None:
    everything = Profile(named=(EvidenceItem("atlas:a", 1),), text=(text("atlas:a", 5, 1.0),), role_ids=(OLD,))
    entry = ask(graph, everything, "atlas:a")
    assert (entry.status, entry.held_level) == (GapStatus.LEVEL_GAP, 1)
    assert [(e.source, e.text, e.start, e.end) for e in entry.evidence] == [
        ("named", None, None, None),
        ("text", "as read", 3, 10),
        ("role", OLD, None, None),
    ]
    denied = Profile(not_held=frozenset({"atlas:a"}), text=(text("atlas:a", 5),), role_ids=(OLD,))
    entry = ask(graph, denied, "atlas:a")
    assert (entry.status, entry.ruled_out) == (GapStatus.MISSING, True)
    assert [e.source for e in entry.evidence] == ["notHeld", "text", "role"]
    read = Profile(text=(text("atlas:a", 4, 0.6),), role_ids=(OLD,))
    assert ask(graph, read, "atlas:a").credit == pytest.approx(0.6)
    assert ask(graph, Profile(role_ids=(OLD,)), "atlas:a").held_level == 3
    assert ask(graph, Profile(role_ids=(OLD,)), "atlas:b").status is GapStatus.UNKNOWN


def test_a_text_that_denies_beats_a_role_only(graph: Graph) -> None:
    profile = Profile(text_not_held=(text("atlas:a"),), role_ids=(OLD,))
    entry = ask(graph, profile, "atlas:a")
    assert (entry.status, entry.ruled_out) == (GapStatus.MISSING, True)
    assert [(e.source, e.text, e.start, e.end, e.confidence) for e in entry.evidence] == [
        ("text", "as read", 3, 10, 0.9),
        ("role", OLD, None, None, 1.0),
    ]
    both = Profile(named=(EvidenceItem("atlas:a", 3),), text_not_held=(text("atlas:a"),))
    assert ask(graph, both, "atlas:a").status is GapStatus.MET


def test_a_weak_denial_of_a_text_is_shown_and_counts_for_nothing(graph: Graph) -> None:
    weak = text("atlas:a", confidence=0.49)
    entry = ask(graph, Profile(text_not_held=(weak,)), "atlas:a")
    assert (entry.status, entry.ruled_out, len(entry.evidence)) == (GapStatus.UNKNOWN, False, 1)
    assert ask(graph, Profile(text_not_held=(weak,), role_ids=(OLD,)), "atlas:a").status is GapStatus.MET


@pytest.mark.parametrize(
    ("confidence", "complete", "high"), [(0.94, False, 1), (0.95, False, 0), (0.94, True, 0), (0.49, True, 0)]
)
def test_only_a_sure_denial_of_a_text_is_ruled_out_of_high(
    graph: Graph, confidence: float, complete: bool, high: float
) -> None:
    profile = Profile(text_not_held=(text("atlas:a", confidence=confidence),), complete=complete)
    gap = skill_gap(graph, profile, Target(skills=(RequiredSkill("atlas:a", 3),)))
    assert (gap.entries[0].status, gap.readiness, gap.readiness_high) == (GapStatus.MISSING, 0, high)
    assert gap.known_share == 1


def test_weak_evidence_is_shown_and_leaves_the_skill_as_if_not_named(graph: Graph) -> None:
    weak = EvidenceItem("atlas:a", 5, 0.49)
    entry = ask(graph, Profile(named=(weak,)), "atlas:a")
    assert (entry.status, entry.credit, len(entry.evidence)) == (GapStatus.UNKNOWN, 0, 1)
    assert ask(graph, Profile(named=(weak,), complete=True), "atlas:a").status is GapStatus.MISSING
    entry = ask(graph, Profile(named=(weak,), text=(text("atlas:a", 2),)), "atlas:a")
    assert (entry.held_level, len(entry.evidence)) == (2, 2)


def test_a_skill_named_twice_counts_by_confidence_then_level(graph: Graph) -> None:
    items = [EvidenceItem("atlas:a", 5, 0.8), EvidenceItem("atlas:a", 2, 0.9), EvidenceItem("atlas:a", 3, 0.9)]
    answers = {ask(graph, Profile(named=(*items[turn:], *items[:turn])), "atlas:a") for turn in range(3)}
    assert [(entry.held_level, len(entry.evidence)) for entry in answers] == [(3, 2)]


def test_held_skills_imply_hard_prerequisites_without_alternative(graph: Graph) -> None:
    profile = Profile(named=(EvidenceItem("atlas:c", 1, 0.7),))
    entry = ask(graph, profile, "atlas:d")
    assert (entry.status, entry.held_level) == (GapStatus.LEVEL_GAP, 2)
    assert entry.credit == pytest.approx(0.7 * 2 / 3)
    assert [(e.source, e.text, e.confidence) for e in entry.evidence] == [("prerequisite", "atlas:c", 0.7)]
    assert ask(graph, profile, "atlas:e").held_level == 4
    assert {ask(graph, profile, f"atlas:{name}").status for name in "fgh"} == {GapStatus.UNKNOWN}


def test_of_several_implied_levels_the_highest_counts(graph: Graph) -> None:
    profile = Profile(named=(EvidenceItem("atlas:c"), EvidenceItem("atlas:x", None, 0.6)))
    entry = ask(graph, profile, "atlas:e")
    assert entry.held_level == 5
    assert entry.credit == pytest.approx(0.6)
    assert [e.text for e in entry.evidence] == ["atlas:x", "atlas:d"]


def test_a_denied_prerequisite_is_not_implied_and_implies_nothing(graph: Graph) -> None:
    profile = Profile(named=(EvidenceItem("atlas:c"),), not_held=frozenset({"atlas:d"}))
    assert ask(graph, profile, "atlas:d").status is GapStatus.MISSING
    assert ask(graph, profile, "atlas:e").status is GapStatus.UNKNOWN


def test_implication_beats_completeness_but_no_evidence(graph: Graph) -> None:
    profile = Profile(named=(EvidenceItem("atlas:c"), EvidenceItem("atlas:d", 1)), complete=True)
    assert ask(graph, profile, "atlas:d").held_level == 1
    assert ask(graph, profile, "atlas:e").status is GapStatus.MET


def test_a_cycle_of_prerequisites_ends() -> None:
    edges: list[Edge] = [requires("atlas:a", "atlas:b"), requires("atlas:b", "atlas:a"), requires("atlas:a", "atlas:a")]
    graph = build_graph(skills("a", "b"), edges)
    assert ask(graph, Profile(named=(EvidenceItem("atlas:a", 3),)), "atlas:b", None).status is GapStatus.MET


# -- deprecated ids --------------------------------------------------------------------------------------


@pytest.fixture
def changed() -> Graph:
    merged, split = ReplacementKind.MERGED, ReplacementKind.SPLIT
    old_role = concept("atlas:role.was", ConceptKind.ROLE, replacement=Replacement(merged, (OLD,)))
    dead_role = concept("atlas:role.dead", ConceptKind.ROLE, replacement=Replacement(ReplacementKind.RETIRED))
    concepts = [
        *skills("a", "b"),
        role(OLD),
        old_role,
        dead_role,
        concept("atlas:old", replacement=Replacement(ReplacementKind.REPLACED, ("atlas:older",))),
        concept("atlas:older", replacement=Replacement(merged, ("atlas:a",))),
        concept("atlas:cut", replacement=Replacement(split, ("atlas:a", "atlas:b"))),
        concept("atlas:dead", replacement=Replacement(ReplacementKind.RETIRED)),
        concept("atlas:turned", replacement=Replacement(merged, (OLD,))),
        concept("atlas:ring", replacement=Replacement(merged, ("atlas:ring2",))),
        concept("atlas:ring2", replacement=Replacement(merged, ("atlas:ring",))),
    ]
    return build_graph(concepts, [need(OLD, "atlas:a", 2)])


def test_deprecated_ids_count_as_what_replaced_them(changed: Graph) -> None:
    gap = skill_gap(changed, Profile(named=(EvidenceItem("atlas:old", 3),)), Target(role_id="atlas:role.was"))
    assert gap.target_id == OLD
    assert gap.entries[0].status is GapStatus.MET
    assert [warning.split(" ")[0] for warning in gap.warnings] == ["atlas:role.was", "atlas:old"]


@pytest.mark.parametrize("skill_id", ["atlas:cut", "atlas:dead", "atlas:turned", "atlas:ring"])
def test_what_needs_a_choice_is_left_out_with_a_warning(changed: Graph, skill_id: str) -> None:
    gap = skill_gap(changed, Profile(named=(EvidenceItem(skill_id),)), Target(role_id=OLD))
    assert gap.entries[0].status is GapStatus.UNKNOWN
    assert gap.warnings[0].startswith(f"{skill_id} is deprecated and was left out")


def test_a_target_role_without_a_successor_is_bad_input(changed: Graph) -> None:
    with pytest.raises(BadInputError, match=r"target\.roleId"):
        skill_gap(changed, Profile(), Target(role_id="atlas:role.dead"))


def test_denied_and_named_meet_after_replacement(changed: Graph) -> None:
    profile = Profile(named=(EvidenceItem("atlas:a"),), not_held=frozenset({"atlas:old"}))
    with pytest.raises(BadInputError, match="named as held too"):
        skill_gap(changed, profile, Target(role_id=OLD))


# -- other schemes ---------------------------------------------------------------------------------------


def mapping(start: str, end: str, predicate: MappingPredicate, confidence: float = 1.0) -> MapsTo:
    return MapsTo(
        from_id=start,
        to_id=end,
        predicate=predicate,
        iri=f"https://example.org/{end.replace(':', '/')}",
        confidence=confidence,
    )


@pytest.fixture
def joined() -> Graph:
    edges: list[Edge] = [
        mapping("esco:a", "atlas:a", MappingPredicate.EXACT, 0.9),
        mapping("atlas:b", "esco:b", MappingPredicate.EXACT),
        mapping("esco:c", "atlas:c", MappingPredicate.CLOSE, 0.8),
        mapping("esco:d", "atlas:d", MappingPredicate.BROAD),
    ]
    return build_graph([*skills(*"abcd"), *skills(*"abcd", scheme="esco")], edges)


def test_exact_mappings_count_in_either_direction(joined: Graph) -> None:
    entry = ask(joined, Profile(named=(EvidenceItem("esco:a", 3),)), "atlas:a")
    assert entry.status is GapStatus.MET
    assert entry.credit == pytest.approx(0.9)
    assert [(e.source, e.text) for e in entry.evidence] == [("mapping", "esco:a EXACT")]
    assert ask(joined, Profile(named=(EvidenceItem("esco:b", 3),)), "atlas:b").status is GapStatus.MET
    assert ask(joined, Profile(not_held=frozenset({"esco:b"})), "atlas:b").status is GapStatus.MISSING


def test_a_direct_word_beats_one_through_a_mapping(joined: Graph) -> None:
    profile = Profile(named=(EvidenceItem("esco:b", 3),), not_held=frozenset({"atlas:b"}))
    assert ask(joined, profile, "atlas:b").status is GapStatus.MISSING
    profile = Profile(named=(EvidenceItem("esco:b", 3),), text=(text("atlas:b", 1, 1.0),))
    assert ask(joined, profile, "atlas:b").held_level == 3


def test_close_mappings_give_transfer_and_others_nothing(joined: Graph) -> None:
    entry = ask(joined, Profile(named=(EvidenceItem("esco:c", 3),)), "atlas:c")
    assert (entry.status, entry.transferable_from) == (GapStatus.TRANSFERABLE, "esco:c")
    assert entry.credit == pytest.approx(0.4)
    target = Target(skills=(RequiredSkill("atlas:d"),))
    gap = skill_gap(joined, Profile(named=(EvidenceItem("esco:d"), EvidenceItem("atlas:a"))), target)
    assert gap.entries[0].status is GapStatus.UNKNOWN
    assert gap.warnings == ("held skills without an exact or close mapping to atlas count for nothing: esco:d",)
