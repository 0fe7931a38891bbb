"""The local part of a concept: laid over what a source says, told from it, laid over again."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from skillatlas.taxonomy import (
    Concept,
    ConceptKind,
    ConceptStatus,
    Label,
    LabelType,
    LocalPart,
    Replacement,
    ReplacementKind,
    from_record,
    local_part,
    record,
    with_local,
    without_local,
)

_TEXTS = st.sampled_from(["saw", "Saw", "锯", "sawing"])
_TAGS = st.sampled_from(["en", "zh", "de"])
_LABELS = st.lists(
    st.builds(Label, st.sampled_from(list(LabelType)), _TAGS, _TEXTS),
    unique_by=(lambda label: (label.lang, label.value)),
    max_size=6,
)


def _one_preferred(labels: list[Label]) -> tuple[Label, ...]:
    """At most one preferred label of a language, as every concept has."""
    seen: set[str] = set()
    found = []
    for label in labels:
        first = label.type is not LabelType.PREFERRED or label.lang not in seen
        found.append(label if first else replace(label, type=LabelType.ALTERNATIVE))
        if label.type is LabelType.PREFERRED:
            seen.add(label.lang)
    return tuple(sorted(found))


_MANY = _LABELS.map(_one_preferred)
_DEFINITIONS = st.dictionaries(_TAGS, _TEXTS, max_size=2)
_FOLLOWS = st.none() | st.builds(
    Replacement, st.just(ReplacementKind.REPLACED), st.sampled_from([("far:b",), ("far:c",)]), st.just("seen")
)
_PARTS = st.builds(LocalPart, _MANY, _DEFINITIONS, _FOLLOWS)


@st.composite
def _sources(draw: st.DrawFn) -> Concept:
    status = draw(st.sampled_from(list(ConceptStatus)))
    nothing, something = Replacement(ReplacementKind.RETIRED), Replacement(ReplacementKind.REPLACED, ("far:b",))
    follows = draw(st.sampled_from([nothing, something]))
    return Concept(
        "far:a", "https://example.org/far/a", "far", ConceptKind.SKILL, draw(_MANY), None, status, draw(_DEFINITIONS),
        follows if status is ConceptStatus.DEPRECATED else None, draw(st.sampled_from([None, {"code": "1"}])),
    )  # fmt: skip


@given(_sources(), _PARTS)
def test_laying_over_again_changes_nothing(source: Concept, part: LocalPart) -> None:
    laid, _ = with_local(source, part)
    again, conflicts = with_local(without_local(laid), local_part(laid))
    assert record(again, "far") == record(laid, "far")
    assert conflicts == ()
    assert from_record(record(laid, "far")) == laid


@given(_sources(), _PARTS)
def test_the_source_stands_and_nothing_of_ours_is_lost_in_silence(source: Concept, part: LocalPart) -> None:
    laid, conflicts = with_local(source, part)
    assert set(source.labels) <= set(laid.labels)
    assert source.definitions.items() <= laid.definitions.items()
    assert without_local(laid).labels == source.labels
    told = " ".join(conflict.text for conflict in conflicts)
    for label in part.labels:
        assert any((have.lang, have.value) == (label.lang, label.value) for have in laid.labels)
        assert label in laid.labels or repr(label.value) in told
    for tag, text in part.definitions.items():
        assert laid.definitions[tag] == text or text in told
    tags = [label.lang for label in laid.labels if label.type is LabelType.PREFERRED]
    assert len(tags) == len(set(tags))


@given(_sources(), _PARTS, _sources())
def test_what_is_laid_over_a_next_version_is_what_was_ours(one: Concept, part: LocalPart, two: Concept) -> None:
    laid, _ = with_local(one, part)
    ours = local_part(laid)
    following, conflicts = with_local(two, ours)
    kept = local_part(following)
    taken_over = sum(one.rule == "same" and one.text.startswith("the label") for one in conflicts)
    assert len(kept.labels) + taken_over == len(ours.labels)
