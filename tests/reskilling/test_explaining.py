"""Explanations name the figures of the gap itself, in English and Chinese."""

import string

from reskilling_graphs import build_graph, concept, need, role, skills
from skillatlas.reskilling import EvidenceItem, Profile, Target, explain_gap, skill_gap
from skillatlas.reskilling.explaining import percent
from skillatlas.reskilling.phrases import PHRASES
from skillatlas.taxonomy import ConceptKind, Eases

ROLE = "atlas:role.r"
GRAPH = build_graph(
    [
        concept("atlas:a", label="alpha", zh="甲"),
        concept("atlas:b", label="beta", zh="乙"),
        concept("atlas:c", label="gamma", zh="丙"),
        concept(ROLE, ConceptKind.ROLE, label="tester", zh="测试员"),
    ],
    [need(ROLE, "atlas:a"), need(ROLE, "atlas:b"), Eases(from_id="atlas:c", to_id="atlas:b", transfer=0.8)],
)
GAP = skill_gap(GRAPH, Profile(named=(EvidenceItem("atlas:a"), EvidenceItem("atlas:c"))), Target(role_id=ROLE))


def test_english_names_labels_and_figures() -> None:
    lines = explain_gap(GRAPH, GAP)
    assert lines[0].startswith("70 % of what tester requires is held")
    assert "50 % without" in lines[0]
    assert "as low as 25 % and as high as 100 %" not in lines[1]
    assert "as low as 50 % and as high as 100 %" in lines[1]
    assert any("beta counts for 40 % of itself through gamma" in line for line in lines)
    assert any(line.startswith("Essential skills: 1 of 2 met") for line in lines)


def test_chinese_has_the_same_figures_and_its_own_labels() -> None:
    lines = explain_gap(GRAPH, GAP, "zh-CN")
    assert "测试员" in lines[0]
    assert "70 %" in lines[0]
    assert len(lines) == len(explain_gap(GRAPH, GAP, "en"))
    assert explain_gap(GRAPH, GAP, "fi") == explain_gap(GRAPH, GAP, "en")


def test_both_tables_have_the_same_phrases_with_the_same_figures() -> None:
    def fields(phrase: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}

    assert {lang: set(table) for lang, table in PHRASES.items()} == {key: set(PHRASES["en"]) for key in PHRASES}
    for key, phrase in PHRASES["en"].items():
        assert fields(phrase) == fields(PHRASES["zh"][key]), key


def test_no_readiness_is_said_so() -> None:
    empty = build_graph([role(ROLE), *skills("a")])
    assert len(explain_gap(empty, skill_gap(empty, Profile(), Target(role_id=ROLE)))) == 1


def test_a_percentage_says_all_or_nothing_only_where_it_is() -> None:
    assert [percent(share) for share in (0.0, 0.001, 0.5, 0.9999, 1.0)] == ["0 %", "<1 %", "50 %", ">99 %", "100 %"]
