"""One gap over several texts: each is its own gap, and the losses add up to what readiness lacks."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reskilling_graphs import build_graph, need, role, skills
from skillatlas.reskilling import (
    AdvertText,
    BadInputError,
    EvidenceItem,
    GapStatus,
    Profile,
    RequiredSkill,
    Target,
    demand_gap,
    explain_demand,
    skill_gap,
)
from skillatlas.taxonomy import Necessity

IDS = [f"atlas:{name}" for name in "abcde"]
GRAPH = build_graph([*skills(*"abcde"), role("atlas:role.r")], [need("atlas:role.r", "atlas:a")])
KNOWS = Profile(named=(EvidenceItem("atlas:a", 2), EvidenceItem("atlas:b")))


def required(name: str, level: int | None = None, *, optional: bool = False) -> RequiredSkill:
    return RequiredSkill(f"atlas:{name}", level, Necessity.OPTIONAL if optional else Necessity.ESSENTIAL)


def test_often_and_badly_missed_comes_first() -> None:
    texts = [
        AdvertText((required("a", 2), required("c")), "one"),
        AdvertText((required("a", 4), required("c"), required("d")), "two"),
        AdvertText((required("b"), required("c", optional=True)), "three"),
    ]
    found = demand_gap(GRAPH, KNOWS, texts)
    rows = {row.skill_id[-1]: row for row in found.skills}
    assert [row.skill_id[-1] for row in found.skills][:2] == ["c", "d"]
    assert (rows["c"].required, rows["c"].preferred) == (2, 1)
    assert rows["c"].frequency == pytest.approx(1)
    assert (rows["a"].required_level, rows["a"].held_level, rows["a"].status) == (4, 2, GapStatus.LEVEL_GAP)
    assert rows["a"].missed == pytest.approx(0.25)  # met in one text, half missed in the other
    assert (rows["b"].missed, rows["b"].loss) == (0, 0)
    assert [advert.name for advert in found.adverts] == ["one", "two", "three"]
    assert found.readiness == pytest.approx(sum(advert.gap.readiness or 0 for advert in found.adverts) / 3)
    lines = explain_demand(GRAPH, found)
    assert "over 3 texts" in lines[0]
    assert any("Nearest: three" in line for line in lines)
    assert len(explain_demand(GRAPH, found, "zh")) == len(lines)


def test_one_text_is_its_own_gap() -> None:
    text = (required("a", 4), required("c"))
    found = demand_gap(GRAPH, KNOWS, [AdvertText(text)])
    alone = skill_gap(GRAPH, KNOWS, Target(text_skills=text))
    assert found.adverts[0].gap == alone
    assert (found.readiness, found.readiness_low, found.readiness_high) == (
        alone.readiness,
        alone.readiness_low,
        alone.readiness_high,
    )


def test_weights_and_texts_that_require_nothing() -> None:
    texts = [AdvertText((required("a"),), weight=3), AdvertText((required("c"),)), AdvertText(())]
    found = demand_gap(GRAPH, KNOWS, texts)
    assert [advert.share for advert in found.adverts] == [0.75, 0.25, 0]
    assert found.readiness == pytest.approx(0.75)
    assert any(word.startswith("texts[2]: the text requires no skill") for word in found.warnings)
    nothing = demand_gap(GRAPH, KNOWS, [AdvertText(())])
    assert (nothing.readiness, nothing.skills) == (None, ())
    assert len(explain_demand(GRAPH, nothing)) == 1


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ([], "texts"),
        ([AdvertText(())] * 51, "texts"),
        ([AdvertText(()), AdvertText((), weight=0)], "texts[1].weight"),
        ([AdvertText((), weight=-1)], "texts[0].weight"),
        ([AdvertText((), weight=math.nan)], "texts[0].weight"),
    ],
)
def test_faults_are_named(texts: list[AdvertText], field: str) -> None:
    with pytest.raises(BadInputError) as caught:
        demand_gap(GRAPH, KNOWS, texts)
    assert caught.value.field == field


ITEMS = st.builds(RequiredSkill, st.sampled_from(IDS), st.none() | st.integers(1, 5), st.sampled_from(list(Necessity)))
TEXTS = st.builds(
    AdvertText,
    st.lists(ITEMS, max_size=5, unique_by=lambda item: item.skill_id).map(tuple),
    st.none(),
    st.sampled_from([0.5, 1.0, 3.0]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5), st.booleans())
def test_losses_add_up(texts: list[AdvertText], complete: bool) -> None:
    profile = Profile(named=KNOWS.named, complete=complete)
    found = demand_gap(GRAPH, profile, texts)
    if found.readiness is None:
        assert not any(text.skills for text in texts)
        return
    assert math.fsum(row.loss for row in found.skills) == pytest.approx(1 - found.readiness, abs=1e-9)
    assert found.readiness_low is not None
    assert found.readiness_strict is not None
    assert found.readiness_high is not None
    assert found.readiness_low <= found.readiness_strict + 1e-12 <= found.readiness + 2e-12
    assert found.readiness <= found.readiness_high + 1e-12
    for row in found.skills:
        asking = [text for text in texts if row.skill_id in {item.skill_id for item in text.skills}]
        assert row.required + row.preferred == len(asking)
        assert 0 <= row.missed <= 1
    assert demand_gap(GRAPH, profile, texts) == found
