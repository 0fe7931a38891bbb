"""Words as the lanes compare them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillatlas.ingest.extraction.folding import fold_form
from skillatlas.ingest.extraction.linking import load_rules


def stems(text: str) -> list[str]:
    return [word.stem for word in load_rules().read(fold_form(text))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("You led a team", "leading teams"),
        ("kept the books", "keep books"),
        ("managing budgets", "manage a budget"),
        ("taught classes", "teaching a class"),
        ("written reports", "write the report"),
        ("policies", "policy"),
        ("做过数据的分析", "做过数据分析"),
    ],
)
def test_alike(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@pytest.mark.parametrize(("one", "other"), [("news", "new"), ("analysis", "analys"), ("C++", "C"), ("C#", "C")])
def test_apart(one: str, other: str) -> None:
    assert stems(one) != stems(other)


def test_chinese_is_read_by_characters() -> None:
    assert stems("懂Java和记账") == ["懂", "java", "记", "账"]


def test_tags_and_placeholders_are_no_words() -> None:
    assert stems("<p>at <ORGANIZATION> in</p> Leeds") == ["leed"]
    assert stems("a < b > c") == ["b", "c"]


def test_marks_keep_words_from_being_a_pair() -> None:
    read = load_rules().read("web development, data (mining) and the analysis")
    assert [(word.stem, word.apart) for word in read] == [
        ("web", False),
        ("development", False),
        ("data", True),
        ("min", True),
        ("analysis", True),
    ]


@given(st.text(st.characters(categories=None), max_size=80))
def test_places_hold_for_any_text(text: str) -> None:
    folded = fold_form(text)
    done = 0
    for word in load_rules().read(folded):
        assert done <= word.start < word.end <= len(folded)
        done = word.end
