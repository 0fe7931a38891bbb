"""Suggestions of what may follow: the likest of the same kind, with a score that says how it came about."""

from hypothesis import given
from hypothesis import strategies as st

from skillatlas.taxonomy import Concept, ConceptKind, Label, LabelType, suggest_replacements


def concept(name: str, *labels: str, kind: ConceptKind = ConceptKind.SKILL, lang: str = "en") -> Concept:
    found = tuple(
        Label(LabelType.PREFERRED if number == 0 else LabelType.ALTERNATIVE, lang, label)
        for number, label in enumerate(labels)
    )
    return Concept(f"far:{name}", f"https://example.org/{name}", "far", kind, found)


def test_the_likest_label_comes_first_and_other_kinds_never() -> None:
    gone = concept("gone", "sawing wood")
    others = [
        concept("same", "Sawing  Wood"),
        concept("near", "sawing wooden boards"),
        concept("far", "pricing offers"),
        concept("group", "sawing wood", kind=ConceptKind.SKILL_GROUP),
        concept("other", "sawing wood", lang="de"),
    ]
    (found,) = suggest_replacements([gone], others, {}, {})
    assert [candidate.concept.id for candidate in found.candidates] == ["far:same", "far:near"]
    assert (found.candidates[0].score, found.candidates[0].shared) == (1.0, None)


def test_shared_relations_weigh_a_quarter() -> None:
    gone = concept("gone", "sawing wood")
    others = [concept("a", "sawing wood"), concept("b", "sawing wood")]
    before = {"far:gone": {"far:g", "far:h"}}
    (found,) = suggest_replacements([gone], others, before, {"far:b": {"far:g"}})
    assert [(one.concept.id, one.score, one.shared) for one in found.candidates] == [
        ("far:b", 0.875, 0.5),
        ("far:a", 0.75, 0.0),
    ]


def test_alternative_labels_count_a_tenth_less() -> None:
    (found,) = suggest_replacements([concept("gone", "xyz", "sawing wood")], [concept("a", "sawing wood")], {}, {})
    assert found.candidates[0].score == 0.9


def test_nothing_alike_is_said() -> None:
    (found,) = suggest_replacements([concept("gone", "sawing")], [concept("a", "pricing offers")], {}, {})
    assert found.candidates == ()


_WORDS = st.lists(st.text("abc 木锯", min_size=1, max_size=8), min_size=1, max_size=4)


@given(st.lists(_WORDS, min_size=1, max_size=8))
def test_the_order_of_concepts_does_not_matter(words: list[list[str]]) -> None:
    concepts = [concept(f"c{number}", *labels) for number, labels in enumerate(words)]
    gone, others = concepts[:1], concepts[1:]
    found = suggest_replacements(gone, others, {}, {})
    assert found == suggest_replacements(gone, reversed(others), {}, {})
    for item in found:
        scores = [candidate.score for candidate in item.candidates]
        assert len(scores) <= 3
        assert scores == sorted(scores, reverse=True)
        assert all(0.5 <= score <= 1.0 for score in scores)
