"""Roles of one scheme for profiles of another: through EXACT and CLOSE mappings, in either direction, named as such."""

import pytest

from reskilling_graphs import build_graph, need, requires, role, skills
from skillatlas.reskilling import EvidenceItem, GapStatus, Profile, SkillGapEntry, Target, skill_gap
from skillatlas.taxonomy import Graph, MappingPredicate, MapsTo

OURS, THEIRS = "atlas:role.r", "esco:role.o"


def mapping(start: str, end: str, predicate: MappingPredicate, confidence: float = 1.0) -> MapsTo:
    iri = f"https://example.org/{end.replace(':', '/')}"
    return MapsTo(from_id=start, to_id=end, predicate=predicate, iri=iri, confidence=confidence)


@pytest.fixture
def graph() -> Graph:
    return build_graph(
        [*skills(*"abcd"), *skills(*"abcd", scheme="esco"), role(OURS), role(THEIRS)],
        [
            *(need(OURS, f"atlas:{name}", 2) for name in "abc"),
            *(need(THEIRS, f"esco:{name}") for name in "abc"),
            mapping("atlas:a", "esco:a", MappingPredicate.EXACT),
            mapping("atlas:b", "esco:b", MappingPredicate.CLOSE, 0.8),
            mapping("atlas:c", "esco:c", MappingPredicate.EXACT, 0.9),
            requires("atlas:d", "atlas:c", level=3),
        ],
    )


def rows(graph: Graph, profile: Profile, target: str) -> dict[str, SkillGapEntry]:
    gap = skill_gap(graph, profile, Target(role_id=target))
    return {entry.skill_id[-1]: entry for entry in gap.entries}


@pytest.mark.parametrize(("held", "target"), [("atlas", THEIRS), ("esco", OURS)])
def test_exact_counts_close_transfers(graph: Graph, held: str, target: str) -> None:
    profile = Profile(named=(EvidenceItem(f"{held}:a", 3), EvidenceItem(f"{held}:b", 3)))
    found = rows(graph, profile, target)
    assert (found["a"].status, found["a"].credit) == (GapStatus.MET, 1)
    assert [(one.source, one.text) for one in found["a"].evidence] == [("mapping", f"{held}:a EXACT")]
    assert (found["b"].status, found["b"].transferable_from) == (GapStatus.TRANSFERABLE, f"{held}:b")
    assert found["b"].credit == pytest.approx(0.4)
    assert found["c"].status is GapStatus.UNKNOWN


@pytest.mark.parametrize(("held", "target"), [(OURS, THEIRS), (THEIRS, OURS)])
def test_a_role_once_held_counts_in_the_other_scheme(graph: Graph, held: str, target: str) -> None:
    found = rows(graph, Profile(role_ids=(held,)), target)
    assert found["a"].evidence[0].source == "mapping"
    assert found["a"].credit == found["c"].credit / 0.9 == 1
    assert found["b"].status is GapStatus.TRANSFERABLE


def test_what_a_held_skill_implies_is_mapped_too(graph: Graph) -> None:
    gap = skill_gap(graph, Profile(named=(EvidenceItem("atlas:d", 4),)), Target(role_id=THEIRS))
    entry = next(entry for entry in gap.entries if entry.skill_id == "esco:c")
    assert (entry.status, entry.held_level) == (GapStatus.MET, 3)
    assert [(one.source, one.text, one.confidence) for one in entry.evidence] == [("mapping", "atlas:c EXACT", 0.9)]
    denied = Profile(named=(EvidenceItem("atlas:d", 4),), not_held=frozenset({"atlas:c"}))
    assert rows(graph, denied, THEIRS)["c"].status is GapStatus.MISSING
    named = Profile(named=(EvidenceItem("atlas:d"), EvidenceItem("esco:c", 1)))
    assert rows(graph, named, THEIRS)["c"].held_level == 1


def test_a_denial_counts_through_exact_only(graph: Graph) -> None:
    found = rows(graph, Profile(not_held=frozenset({"atlas:a", "atlas:b"})), THEIRS)
    assert (found["a"].status, found["b"].status) == (GapStatus.MISSING, GapStatus.UNKNOWN)


def test_what_counts_for_nothing_is_named(graph: Graph) -> None:
    gap = skill_gap(graph, Profile(named=(EvidenceItem("esco:d"), EvidenceItem("esco:a"))), Target(role_id=OURS))
    assert gap.warnings == ("held skills without an exact or close mapping to atlas count for nothing: esco:d",)
