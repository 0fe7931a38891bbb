"""Extraction through the API: the extractor's own answers, with skills as objects."""

import json

import pytest

from asking import Api
from skillatlas.graphql import encode
from skillatlas.taxonomy import Document, MentionCount

TEXT = "Requirements\n- SQL and Python 3, at least 3 years\n- Chinese 统计学\n\nNice to have: pandas"
QUERY = """query($input: ExtractSkillsInput!) { extractSkills(input: $input) {
    lang release extractorVersion
    mentions { text start end skill { id kind } confidence section requirement level minYears
        alternatives { skill { id } score } evidence }
    unlinked { text start end section } } }"""


def test_mentions_index_the_text_as_sent(api: Api) -> None:
    text = "\ufeff𝒳 " + TEXT
    found = api.ask(QUERY, input={"text": text})["extractSkills"]
    assert found["release"] == 1
    assert found["extractorVersion"]
    assert {"atlas:sql", "atlas:python", "atlas:statistics"} <= {row["skill"]["id"] for row in found["mentions"]}
    for row in [*found["mentions"], *found["unlinked"]]:
        assert text[row["start"] : row["end"]] == row["text"]
    for row in found["mentions"]:
        assert 0 <= row["confidence"] <= 1
        assert isinstance(row["evidence"], dict)  # JSON, no string
        assert row["skill"]["kind"] == "SKILL"


def test_other_scheme_kind_and_policy(api: Api) -> None:
    given = {
        "text": "I have used Python for years.",
        "scheme": "onet",
        "kind": "CV",
        "policy": "SENSITIVE",
        "lang": "en",
    }
    found = api.ask(QUERY, input=given)["extractSkills"]
    assert {row["skill"]["id"] for row in found["mentions"]} <= {"onet:tech.Python"}
    assert found["lang"] == "en"


def test_nulls_are_the_defaults(api: Api) -> None:
    plain = api.ask(QUERY, input={"text": TEXT})
    assert api.ask(QUERY, input={"text": TEXT, "lang": None, "kind": None, "scheme": None, "policy": None}) == plain


@pytest.mark.parametrize("text", ["", " ", "\0", "\ud800 SQL \udfff", "数" * 1000, "[" * 20_000])
def test_odd_texts(api: Api, text: str) -> None:
    reply = api.answer(QUERY, {"input": {"text": text}})
    assert reply.status == 200
    assert "errors" not in reply.body, reply.internal
    json.loads(encode(reply.body))
    assert not reply.internal


def test_rank_skills(api: Api) -> None:
    ranked = api.ask('{ rankSkills(text: "analysing data with statistics", first: 3) { skill { id } score } }')[
        "rankSkills"
    ]
    assert 0 < len(ranked) <= 3
    assert [row["score"] for row in ranked] == sorted((row["score"] for row in ranked), reverse=True)
    assert api.ask('{ rankSkills(text: "data", first: 0) { score } }') == {"rankSkills": []}
    assert api.ask('{ rankSkills(text: "") { score } }')["rankSkills"] is not None
    assert api.refuse('{ rankSkills(text: "x", first: 101) { score } }')[0] == "BAD_INPUT"


def test_observed_skills(own_api: Api) -> None:
    def document(name: str, kind: str, *skills: str, collection: str = "ads") -> Document:
        counts = tuple(MentionCount(skill, 2, 1, 0) for skill in skills)
        return Document(collection, name, kind, "atlas", "en", None, None, "…", name, 1, b"{}", counts)

    with own_api.store.writer() as writer:
        writer.add_documents(
            [
                document("1", "JOB", "atlas:sql", "atlas:python"),
                document("2", "JOB", "atlas:sql"),
                document("3", "CV", "atlas:sql", "atlas:pandas", collection="cvs"),
                document("4", "JOB"),
            ]
        )
    fields = "skill { id } documents mentions required preferred share"
    data = own_api.ask(
        f"""{{ all: observedSkills {{ {fields} }} jobs: observedSkills(kind: JOB, first: 1) {{ {fields} }}
              cvs: observedSkills(collection: "cvs") {{ skill {{ id }} share }}
              under: observedSkills(under: "atlas:group.languages") {{ skill {{ id }} }}
              none: observedSkills(collection: "other") {{ share }}
              onet: observedSkills(scheme: "onet") {{ share }} }}"""
    )
    assert data["all"][0] == {
        "skill": {"id": "atlas:sql"}, "documents": 3, "mentions": 6, "required": 3, "preferred": 0, "share": 0.75
    }  # fmt: skip
    assert [row["skill"]["id"] for row in data["all"]] == ["atlas:sql", "atlas:pandas", "atlas:python"]
    assert [(row["documents"], row["share"]) for row in data["jobs"]] == [(2, 0.666667)]
    assert data["cvs"] == [
        {"skill": {"id": "atlas:pandas"}, "share": 1.0},
        {"skill": {"id": "atlas:sql"}, "share": 1.0},
    ]
    assert [row["skill"]["id"] for row in data["under"]] == ["atlas:sql", "atlas:python"]
    assert data["none"] == data["onet"] == []
