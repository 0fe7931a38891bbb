"""Roles side by side: each as it is alone, a row a skill, what is shared and what is not."""

import pytest

from reskilling_graphs import build_graph, need, role, skills
from skillatlas.reskilling import (
    BadInputError,
    EvidenceItem,
    GapStatus,
    NotFoundError,
    Profile,
    RoleComparison,
    Target,
    compare_roles,
    explain_comparison,
    skill_gap,
)

R, S, IDLE = "atlas:role.r", "atlas:role.s", "atlas:role.idle"
GRAPH = build_graph(
    [*skills(*"abcd"), role(R), role(S), role(IDLE), role("atlas:role.t"), role("atlas:role.u")],
    [
        need(R, "atlas:a", 2),
        need(R, "atlas:b"),
        need(S, "atlas:a", 4),
        need(S, "atlas:c"),
        need(S, "atlas:d", optional=True),
    ],
)
KNOWS = Profile(named=(EvidenceItem("atlas:a", 2), EvidenceItem("atlas:c")))


def compare(*roles: str) -> RoleComparison:
    return compare_roles(GRAPH, [KNOWS] * len(roles), roles)


def test_roles_side_by_side() -> None:
    found = compare(R, S)
    for compared in found.roles:
        assert compared.gap == skill_gap(GRAPH, KNOWS, Target(role_id=compared.role_id))
    assert [row.skill_id[-1] for row in found.rows] == ["a", "b", "d", "c"]  # shared first, then what is missed most
    cells = {row.skill_id[-1]: [cell and cell.status for cell in row.cells] for row in found.rows}
    assert cells == {
        "a": [GapStatus.MET, GapStatus.LEVEL_GAP],
        "b": [GapStatus.UNKNOWN, None],
        "c": [None, GapStatus.MET],
        "d": [None, GapStatus.UNKNOWN],
    }
    assert (found.shared, found.differing) == (("atlas:a",), ("atlas:b", "atlas:d", "atlas:c"))
    assert [role.role_id for role in compare(S, R).roles] == [S, R]
    assert [row.skill_id for row in compare(S, R).rows] == [row.skill_id for row in found.rows]


def test_roles_in_words() -> None:
    lines = explain_comparison(GRAPH, compare(R, S))
    assert lines[0].startswith("Of what role.r requires, 45 % is held")
    assert "Needed by all of them: 1, among them a." in lines
    assert "Needed by role.s alone: 2, among them d, c." in lines
    assert len(explain_comparison(GRAPH, compare(R, S), "zh")) == len(lines)
    idle = explain_comparison(GRAPH, compare(R, IDLE))
    assert "role.idle requires nothing that has any weight." in idle
    assert "No skill is needed by all of them." in idle


def test_a_role_without_needs_stands_beside_others() -> None:
    found = compare(R, IDLE)
    assert found.roles[1].gap.readiness is None
    assert any(IDLE in word for word in found.warnings)


def test_faults_are_named() -> None:
    for roles, field in (
        ((), "roleIds"),
        ((R,), "roleIds"),
        ((R, S, IDLE, "atlas:role.t", "atlas:role.u"), "roleIds"),
        ((R, S, "https://example.org/atlas/role.r"), "roleIds[2]"),
    ):
        with pytest.raises(BadInputError) as caught:
            compare(*roles)
        assert caught.value.field == field
    with pytest.raises(NotFoundError, match=r"roleIds\[1\].*role\.nix"):
        compare(R, "atlas:role.nix")
