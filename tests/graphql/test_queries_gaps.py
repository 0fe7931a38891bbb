"""Several gaps in one answer, questions, chains and priorities through the API."""

import math
from typing import Any

import pytest

from api_graphs import concept
from asking import Api
from skillatlas.graphql import Limits
from skillatlas.taxonomy import (
    ConceptKind,
    ConceptStatus,
    Document,
    MentionCount,
    Necessity,
    Needs,
    Replacement,
    ReplacementKind,
    Requires,
)

ANALYST, IDLE = "atlas:role.data-analyst", "atlas:role.idle"
READINESS = "readiness readinessStrict readinessLow readinessHigh"
GAP = f"""query($input: SkillGapInput!) {{ skillGap(input: $input) {{ id {READINESS} warnings
    skills {{ skill {{ id }} status credit
        prerequisiteChain {{ skill {{ id label }} level kind status held heldLevel circular
            neededFor {{ id }} alternatives {{ id }} }}
        priority {{ value factors {{ name value number meaning }} }} }}
    priorities {{ skill {{ id }} priority {{ value }} }}
    questions {{ skill {{ id }} kind requiredLevel narrows text zh: text(lang: "zh")
        answers {{ text holds level readinessLow readinessHigh }} }} }} }}"""
ADVERTS = f"""query($input: DemandGapInput!) {{ demandGap(input: $input) {{ id release {READINESS} warnings
    adverts {{ index name share gap {{ id {READINESS} essential {{ required met }} }} }}
    skills {{ skill {{ id label }} status required preferred frequency requiredLevel heldLevel missed loss }}
    parameters {{ name value number meaning }} explanation zh: explanation(lang: "zh") }} }}"""
ROLES = f"""query($profile: ProfileInput!, $roles: [ID!]!) {{ compareRoles(profile: $profile, roleIds: $roles) {{
    id release warnings roles {{ id target {{ id }} {READINESS} }}
    rows {{ skill {{ id }} neededBy cells {{ skill {{ id }} status contribution }} }}
    shared {{ id }} differing {{ id }} parameters {{ name }} explanation zh: explanation(lang: "zh") }} }}"""
KNOWS: dict[str, Any] = {"skills": [{"skillId": "atlas:sql", "level": 2}, {"skillId": "atlas:pandas"}]}
POST = "Requirements:\n- SQL is required\n- Python\n\nNice to have:\n- pandas\n"
OTHER = "Requirements:\n- Python is required\n- C++ is required\n"


def gap(api: Api, profile: dict[str, Any], target: dict[str, Any] | None = None, **options: Any) -> Any:
    given = {"profile": profile, "target": target or {"roleId": ANALYST}, **options}
    return api.ask(GAP, input=given)["skillGap"]


def test_every_question_narrows_with_its_answer_in_the_profile(api: Api) -> None:
    before = gap(api, KNOWS)
    width = before["readinessHigh"] - before["readinessLow"]
    assert 0 < len(before["questions"]) <= 10
    for question in before["questions"]:
        skill = question["skill"]["id"]
        assert question["text"]
        assert any("\u4e00" <= character <= "\u9fff" for character in question["zh"])
        others = [row for row in KNOWS["skills"] if row["skillId"] != skill]
        for answer in question["answers"]:
            held = [*others, {"skillId": skill, "level": answer["level"]}]
            profile = {"skills": held} if answer["holds"] else {"skills": others, "notHeld": [skill]}
            after = gap(api, profile)
            assert (after["readinessLow"], after["readinessHigh"]) == (answer["readinessLow"], answer["readinessHigh"])
            assert after["readinessHigh"] - after["readinessLow"] <= width - question["narrows"] + 1e-6
    narrows = [question["narrows"] for question in before["questions"]]
    assert narrows == sorted(narrows, reverse=True)


def test_questions_are_at_most_ten(api: Api) -> None:
    query = """query($n: Int) { skillGap(input: {profile: {}, target: {roleId: "%s"}}) {
        questions(first: $n) { kind } } }"""
    assert len(api.ask(query % ANALYST, n=1)["skillGap"]["questions"]) == 1
    assert api.ask(query % ANALYST, n=0)["skillGap"]["questions"] == []
    for wrong in (-1, 11):
        reply = api.answer(query % ANALYST, {"n": wrong})
        assert reply.body["errors"][0]["extensions"]["code"] == "BAD_INPUT"
        assert "first" in reply.body["errors"][0]["message"]


def test_chains_and_priorities(api: Api) -> None:
    found = gap(api, {"skills": [{"skillId": "atlas:python", "level": 1}]})
    rows = {row["skill"]["id"]: row for row in found["skills"]}
    (step,) = rows["atlas:pandas"]["prerequisiteChain"]
    assert step == {
        "skill": {"id": "atlas:python", "label": "Python"},
        "level": 2,
        "kind": "HARD",
        "status": "LEVEL_GAP",
        "held": False,
        "heldLevel": 1,
        "circular": False,
        "neededFor": [{"id": "atlas:pandas"}],
        "alternatives": [],
    }
    for row in found["priorities"]:
        factors = {factor["name"]: factor["number"] for factor in rows[row["skill"]["id"]]["priority"]["factors"]}
        assert list(factors) == ["weight", "shortfall", "demand", "value", "hours"]
        value = factors["weight"] * factors["shortfall"] * factors["demand"] * factors["value"] / factors["hours"]
        assert row["priority"]["value"] == pytest.approx(value, abs=1e-12)
    met = gap(api, {"skills": [{"skillId": "atlas:sql", "level": 5}]})["skills"][0]
    assert (met["status"], met["prerequisiteChain"], met["priority"]) == ("MET", [], None)


def test_demand_of_ingested_documents_weighs_the_priorities(own_api: Api) -> None:
    def ingest(start: int, many: int, skill: str) -> None:
        counts = (MentionCount(skill, 2, 1, 0),)
        with own_api.store.writer() as writer:
            writer.add_documents(
                Document("posts", f"{n}", "JOB", "atlas", "en", None, None, "…", f"{n}", 1, b"{}", counts)
                for n in range(start, start + many)
            )

    plain = gap(own_api, {})
    ingest(0, 30, "atlas:statistics")
    assert gap(own_api, {}) == plain  # documents bear only on a question that asks for them
    weighed = gap(own_api, {}, demand={"collection": "posts"})
    assert weighed["priorities"][0]["skill"]["id"] == "atlas:statistics"
    first = next(row for row in weighed["skills"] if row["skill"]["id"] == "atlas:statistics")
    demand = first["priority"]["factors"][2]
    assert demand["number"] == pytest.approx(30.5 / 31)
    assert "30 documents" in demand["meaning"]
    assert weighed["readiness"] == plain["readiness"]
    ingest(30, 30, "atlas:sql")
    again = gap(own_api, {}, demand={"collection": "posts"})
    assert again["id"] != weighed["id"] != plain["id"]
    none = gap(own_api, {}, demand={"collection": "nowhere", "kind": "TASK"})
    assert [row["skill"] for row in none["priorities"]] == [row["skill"] for row in plain["priorities"]]


def test_several_adverts_are_each_their_own_gap(api: Api) -> None:
    texts: list[dict[str, Any]] = [{"text": POST, "name": "first"}, {"text": OTHER, "weight": 3}, {"text": "nothing"}]
    found = api.ask(ADVERTS, input={"profile": KNOWS, "texts": texts})["demandGap"]
    for text, advert in zip(texts, found["adverts"], strict=True):
        alone = gap(api, KNOWS, {"text": text["text"]})
        assert advert["gap"]["id"] == alone["id"]
        assert advert["gap"]["readiness"] == alone["readiness"]
    assert [advert["share"] for advert in found["adverts"]] == [0.25, 0.75, 0]
    assert [advert["name"] for advert in found["adverts"]] == ["first", None, None]
    rows = {row["skill"]["id"]: row for row in found["skills"]}
    assert (rows["atlas:python"]["required"], rows["atlas:pandas"]["preferred"]) == (2, 1)
    assert found["skills"][0]["skill"]["id"] == "atlas:cpp"
    assert math.fsum(row["loss"] for row in found["skills"]) == pytest.approx(1 - found["readiness"], abs=1e-9)
    assert any(word.startswith("texts[2]") for word in found["warnings"])
    assert len(found["explanation"]) == len(found["zh"]) > 2
    assert found == api.ask(ADVERTS, input={"profile": {**KNOWS, "text": " "}, "texts": texts})["demandGap"]
    turned = api.ask(ADVERTS, input={"profile": KNOWS, "texts": texts[::-1]})["demandGap"]
    assert turned["id"] != found["id"]
    assert [row["skill"] for row in turned["skills"]] == [row["skill"] for row in found["skills"]]


def test_roles_side_by_side(api: Api) -> None:
    found = api.ask(ROLES, profile=KNOWS, roles=[ANALYST, IDLE])["compareRoles"]
    assert [role["target"]["id"] for role in found["roles"]] == [ANALYST, IDLE]
    assert found["roles"][0]["id"] == gap(api, KNOWS)["id"]
    assert (found["roles"][1]["readiness"], found["shared"]) == (None, [])
    assert all(row["neededBy"] == 1 and row["cells"][1] is None for row in found["rows"])
    assert [row["cells"][0]["skill"] for row in found["rows"]] == [row["skill"] for row in found["rows"]]
    assert [row["skill"]["id"] for row in found["rows"]] == [skill["id"] for skill in found["differing"]]
    assert len(found["explanation"]) == len(found["zh"])
    assert any(IDLE in word for word in found["warnings"])


@pytest.mark.parametrize(
    ("query", "given", "code", "named"),
    [
        (ADVERTS, {"input": {"profile": {}, "texts": []}}, "BAD_INPUT", "texts"),
        (ADVERTS, {"input": {"profile": {}, "texts": [{"text": "x"}] * 51}}, "BAD_INPUT", "50"),
        (ADVERTS, {"input": {"profile": {}, "texts": [{"text": "x", "weight": 0}]}}, "BAD_INPUT", "texts[0].weight"),
        (ADVERTS, {"input": {"profile": {}, "texts": [{"text": "x"}], "scheme": "nope"}}, "NOT_FOUND", "nope"),
        (
            ADVERTS,
            {"input": {"profile": {"skills": [{"skillId": "atlas:nix"}]}, "texts": [{"text": "x"}]}},
            "BAD_INPUT",
            "atlas:nix",
        ),
        (ROLES, {"profile": {}, "roles": [ANALYST]}, "BAD_INPUT", "roleIds"),
        (ROLES, {"profile": {}, "roles": [ANALYST] * 5}, "BAD_INPUT", "roleIds"),
        (ROLES, {"profile": {}, "roles": [ANALYST, ANALYST]}, "BAD_INPUT", "roleIds[1]"),
        (ROLES, {"profile": {}, "roles": [ANALYST, "atlas:role.nix"]}, "NOT_FOUND", "roleIds[1]"),
        (ROLES, {"profile": {"notHeld": ["atlas:nix"]}, "roles": [ANALYST, IDLE]}, "BAD_INPUT", "atlas:nix"),
        (
            GAP,
            {"input": {"profile": {"skills": [{"skillId": "atlas:sql", "level": 9}]}, "target": {"roleId": ANALYST}}},
            "BAD_INPUT",
            "level",
        ),
    ],
)
def test_faults_of_the_question_are_named(api: Api, query: str, given: dict[str, Any], code: str, named: str) -> None:
    found, message = api.refuse(query, **given)
    assert found == code
    assert named in message


def test_adverts_are_together_no_longer_than_a_text_may_be(api: Api) -> None:
    small = Api.over(api.store, Limits(text=100))
    texts = [{"text": "SQL " * 20}, {"text": "SQL " * 6}]
    assert small.refuse(ADVERTS, input={"profile": {}, "texts": texts})[0] == "LIMIT_EXCEEDED"
    assert small.ask(ADVERTS, input={"profile": {}, "texts": texts[:1]})["demandGap"]["adverts"]


def test_sensitive_fields_are_refused(api: Api) -> None:
    given = {"profile": {"dateOfBirth": "1980-01-01"}, "texts": [{"text": "x"}]}
    assert api.reject(ADVERTS, input=given)[0] == "SENSITIVE_INPUT"


def test_retired_ids_are_named_with_what_replaced_them(own_api: Api) -> None:
    own_api.publish(
        [
            concept(
                "atlas:role.analyst-old",
                ConceptKind.ROLE,
                "analyst",
                status=ConceptStatus.DEPRECATED,
                replacement=Replacement(ReplacementKind.REPLACED, (ANALYST,), "renamed"),
            ),
            concept(
                "atlas:role.gone",
                ConceptKind.ROLE,
                "gone",
                status=ConceptStatus.DEPRECATED,
                replacement=Replacement(ReplacementKind.SPLIT, (ANALYST, IDLE), "split"),
            ),
        ]
    )
    found = own_api.ask(ROLES, profile={}, roles=["atlas:role.analyst-old", IDLE])["compareRoles"]
    assert found["roles"][0]["target"]["id"] == ANALYST
    assert any("atlas:role.analyst-old" in word and ANALYST in word for word in found["warnings"])
    assert found["id"] != own_api.ask(ROLES, profile={}, roles=[ANALYST, IDLE])["compareRoles"]["id"]
    code, message = own_api.refuse(ROLES, profile={}, roles=["atlas:role.analyst-old", ANALYST])
    assert (code, "twice" in message) == ("BAD_INPUT", True)
    code, message = own_api.refuse(GAP, input={"profile": {}, "target": {"roleId": "atlas:role.gone"}})
    assert code == "BAD_INPUT"
    assert ANALYST in message
    assert IDLE in message


def test_a_target_already_met(api: Api) -> None:
    skills = [{"skillId": f"atlas:{name}", "level": 5} for name in ("sql", "pandas", "statistics", "polars")]
    found = gap(api, {"skills": skills})
    assert (found["readiness"], found["readinessLow"], found["readinessHigh"]) == (1, 1, 1)
    assert found["questions"] == found["priorities"] == []


def test_an_empty_profile_has_no_score_and_many_questions(api: Api) -> None:
    found = gap(api, {})
    assert (found["readiness"], found["readinessHigh"]) == (0, 1)
    assert len(found["questions"]) == len(found["skills"])


def test_cycles_from_outside_end(own_api: Api) -> None:
    own_api.publish(
        [
            concept("onet:role.x", ConceptKind.ROLE, "x"),
            *(concept(f"onet:{name}", ConceptKind.SKILL, name) for name in "abc"),
            *(Needs(from_id="onet:role.x", to_id=f"onet:{name}", necessity=Necessity.ESSENTIAL) for name in "abc"),
            Requires(from_id="onet:a", any_of=("onet:b",)),
            Requires(from_id="onet:b", any_of=("onet:c",)),
            Requires(from_id="onet:c", any_of=("onet:a",)),
        ]
    )
    found = gap(own_api, {}, {"roleId": "onet:role.x"})
    for row in found["skills"]:
        assert all(step["circular"] for step in row["prerequisiteChain"])
        assert len(row["prerequisiteChain"]) == 2
    held = gap(own_api, {"skills": [{"skillId": "onet:a"}]}, {"roleId": "onet:role.x"})
    assert {row["status"] for row in held["skills"]} == {"MET"}


def test_other_schemes_count_through_mappings(api: Api) -> None:
    target = {"skills": [{"skillId": "atlas:python"}]}
    (row,) = gap(api, {"skills": [{"skillId": "onet:tech.Python"}]}, target)["skills"]
    assert (row["status"], row["credit"]) == ("MET", 1)
    back = {"skills": [{"skillId": "onet:tech.Python"}]}
    assert gap(api, {"skills": [{"skillId": "atlas:python"}]}, back)["skills"][0]["status"] == "MET"
