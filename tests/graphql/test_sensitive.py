"""Facts about a person are refused by name, in literals and in variables, before anything else is said."""

from typing import Any

import pytest

from asking import Api
from skillatlas.graphql import is_sensitive

GAP = "query($input: SkillGapInput!) { skillGap(input: $input) { id } }"
ROLE = {"roleId": "atlas:role.data-analyst"}


@pytest.mark.parametrize(
    "name",
    [
        *("age", "Age", "AGE", "dateOfBirth", "date_of_birth", "birth-year", "DOB", "sex", "genderIdentity", "age2"),
        *("nationality", "ethnic_group", "religion", "healthStatus", "tradeUnion", "photoUrl", "HTTPPhoto"),
        *("marital status", "hisRace", "skin_colour", "ａｇｅ"),
        *("年龄", "出生日期", "性别", "民族", "国籍", "宗教信仰", "照片", "我的年龄"),
    ],
)
def test_names_about_a_person(name: str) -> None:
    assert is_sensitive(name)


@pytest.mark.parametrize(
    "name",
    [
        *("language", "page", "pages", "usage", "manager", "wage", "essex", "sextant", "message", "trace", "brace"),
        *("healthy", "agenda", "stage", "skillId", "notHeld", "语言", "技能", "", "photoshop", "photosynthesis"),
    ],
)
def test_other_names(name: str) -> None:
    assert not is_sensitive(name)


@pytest.mark.parametrize(
    "given",
    [
        {"profile": {"age": 50}, "target": ROLE},
        {"profile": {"性别": "女"}, "target": ROLE},
        {"profile": {}, "target": ROLE, "candidateGender": "f"},
        {"profile": {"skills": [{"skillId": "atlas:sql"}, {"skillId": "atlas:sql", "photo": "…"}]}, "target": ROLE},
        {"profile": {"skills": {"skillId": "atlas:sql", "photo": "…"}}, "target": ROLE},
        # It comes before BAD_INPUT where both apply.
        {"profile": {"nope": 1, "complete": "x", "age": 50}, "target": {"skills": [{"level": "x"}]}},
        {"nope": 1, "target": {"age": 1}},
    ],
)
def test_variables(api: Api, given: dict[str, Any]) -> None:
    reply = api.answer(GAP, {"input": given})
    assert reply.status == 400
    (error,) = reply.body["errors"]
    assert error["extensions"]["code"] == "SENSITIVE_INPUT"


@pytest.mark.parametrize(
    "query",
    [
        '{ skillGap(input: { profile: { age: 50 }, target: { roleId: "x" } }) { id } }',
        '{ skillGap(input: { profile: { skills: [{ skillId: "x", dateOfBirth: "1970" }] }, target: {} }) { nope } }',
        '{ nope1 nope2 nope3 nope4 nope5 nope6 skillGap(input: { profile: { nope: 1, gender: "f" } }) { id } }',
        '{ learningPaths(input: { profile: {}, target: {}, religion: "x" }) { id } }',
        "query($x: Int) { skillGap(input: { profile: { nationality: $x }, target: {} }) { id } }",
    ],
)
def test_literals(api: Api, query: str) -> None:
    reply = api.answer(query)
    assert reply.status == 400
    (error,) = reply.body["errors"]
    assert error["extensions"]["code"] == "SENSITIVE_INPUT"


def test_an_unknown_field_of_another_name_is_bad_input(api: Api) -> None:
    assert api.reject(GAP, input={"profile": {"language": "en"}, "target": ROLE})[0] == "BAD_INPUT"


def test_free_text_is_never_refused_for_such_words(api: Api) -> None:
    text = "Age: 50, female, nationality Dutch, religion none. Experienced in SQL and Python."
    assert api.ask(GAP, input={"profile": {"text": text}, "target": ROLE})["skillGap"]["id"]
