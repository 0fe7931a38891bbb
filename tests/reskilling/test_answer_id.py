"""Names of answers, and the package's public face."""

import pytest

import skillatlas.reskilling as face
from skillatlas.reskilling import answer_id
from skillatlas.taxonomy import InvalidEntityError


def test_the_same_question_has_the_same_name() -> None:
    first = answer_id("skillGap", {"skills": [{"b": 1, "a": None}], "notHeld": {"x", "y", "z"}}, 3, "0.1.0")
    assert first == answer_id("skillGap", {"notHeld": {"z", "y", "x"}, "skills": [{"a": None, "b": 1.0}]}, 3, "0.1.0")
    assert len(first) == 64
    others = {
        answer_id("learningPaths", {}, 3, "0.1.0"),
        answer_id("skillGap", {}, 3, "0.1.0"),
        answer_id("skillGap", {}, 4, "0.1.0"),
        answer_id("skillGap", {}, 3, "0.1.1"),
        answer_id("skillGap", {"skills": [1, 2]}, 3, "0.1.0"),
        answer_id("skillGap", {"skills": [2, 1]}, 3, "0.1.0"),
    }
    assert len(others) == 6


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(InvalidEntityError):
        answer_id("skillGap", {"text": "\ud800"}, 1, "0.1.0")


def test_all_names_of_the_face_exist() -> None:
    assert len(set(face.__all__)) == len(face.__all__)
    assert all(hasattr(face, name) for name in face.__all__)
