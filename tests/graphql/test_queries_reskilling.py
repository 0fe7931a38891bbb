"""Skill gaps and learning paths through the API: the packages' own answers, with skills and courses as objects."""

import math
from typing import Any

import pytest

from api_graphs import concept
from asking import Api
from skillatlas.taxonomy import ConceptKind, ConceptStatus, Replacement, ReplacementKind

SHARE = "{ required met levelGap levelUnknown transferable unknown missing coverage }"
ENTRY = """{ skill { id } status necessity importance requiredLevel heldLevel weight credit contribution
    transferableFrom { id } evidence { source text start end confidence }
    prerequisitesMissing { kind level source confidence anyOf { id } } }"""
GAP = f"""query($input: SkillGapInput!) {{ skillGap(input: $input) {{
    id release target {{ id }} readiness readinessStrict readinessLow readinessHigh knownShare
    essential {SHARE} optional {SHARE} skills {ENTRY} priorities {{ skill {{ id }} }}
    parameters {{ name value number meaning }} explanation warnings }} }}"""
PATHS = f"""query($input: LearningPathsInput!) {{ learningPaths(input: $input) {{
    id release status uncovered {{ skill {{ id }} reason detail }} parameters {{ name value number meaning }} warnings
    plans {{ objective status objectiveValue bound hours prices {{ amount currency }} finishDate readinessAfter
        essentialAfter {SHARE} optionalAfter {SHARE}
        steps {{ order course {{ id hours }} startDate endDate teaches {{ skill {{ id }} level confidence }}
            prerequisites {{ clause {{ kind anyOf {{ skill {{ id }} level }} }} by {{ id }} step }}
            why zh: why(lang: "zh") }} }} }} }}"""
ROLE: dict[str, Any] = {"roleId": "atlas:role.data-analyst"}
KNOWS_PYTHON = {"skills": [{"skillId": "atlas:python", "level": 3}]}


def gap(api: Api, profile: dict[str, Any], target: dict[str, Any] = ROLE, **options: Any) -> Any:
    return api.ask(GAP, input={"profile": profile, "target": target, **options})["skillGap"]


def paths(api: Api, profile: dict[str, Any], target: dict[str, Any] = ROLE, **options: Any) -> Any:
    return api.ask(PATHS, input={"profile": profile, "target": target, **options})["learningPaths"]


def test_an_empty_profile_is_unknown_not_missing(api: Api) -> None:
    found = gap(api, {})
    assert (found["readiness"], found["readinessHigh"], found["knownShare"]) == (0, 1, 0)
    assert {row["status"] for row in found["skills"]} == {"UNKNOWN"}
    assert {row["status"] for row in gap(api, {"complete": True})["skills"]} == {"MISSING"}


def test_all_fields_of_a_gap(api: Api) -> None:
    found = gap(api, {"skills": [{"skillId": "atlas:sql", "level": 2}, {"skillId": "atlas:pandas"}]})
    assert found["target"] == {"id": "atlas:role.data-analyst"}
    assert found["release"] == 1
    rows = {row["skill"]["id"]: row for row in found["skills"]}
    assert (rows["atlas:sql"]["status"], rows["atlas:sql"]["requiredLevel"], rows["atlas:sql"]["heldLevel"]) == (
        "LEVEL_GAP",
        3,
        2,
    )
    assert rows["atlas:pandas"]["status"] == "MET"
    assert (rows["atlas:polars"]["status"], rows["atlas:polars"]["transferableFrom"]) == (
        "TRANSFERABLE",
        {"id": "atlas:pandas"},
    )
    assert math.fsum(row["contribution"] for row in found["skills"]) == pytest.approx(found["readiness"], abs=1e-9)
    assert 0 <= found["readinessLow"] <= found["readinessStrict"] <= found["readiness"] <= found["readinessHigh"] <= 1
    assert found["essential"]["required"] == 3
    assert found["optional"]["transferable"] == 1
    assert found["parameters"]
    assert found["explanation"]
    assert rows["atlas:sql"]["evidence"][0]["confidence"] == 1.0


def test_entries_are_selected(api: Api) -> None:
    query = """query($input: SkillGapInput!) { skillGap(input: $input) {
        met: skills(statuses: [MET]) { skill { id } } optional: skills(necessity: OPTIONAL) { skill { id } }
        none: skills(statuses: []) { status } one: priorities(first: 1) { status } zero: priorities(first: 0) { status }
        zh: explanation(lang: "zh-CN") } }"""
    found = api.ask(query, input={"profile": {"skills": [{"skillId": "atlas:pandas"}]}, "target": ROLE})["skillGap"]
    assert found["met"] == [{"skill": {"id": "atlas:pandas"}}]
    assert found["optional"] == [{"skill": {"id": "atlas:polars"}}]
    assert found["none"] == found["zero"] == []
    assert len(found["one"]) == 1
    assert any("\u4e00" <= character <= "\u9fff" for line in found["zh"] for character in line)


def test_missing_prerequisites_are_shown(api: Api) -> None:
    rows = {row["skill"]["id"]: row for row in gap(api, {"complete": True})["skills"]}
    assert rows["atlas:pandas"]["prerequisitesMissing"] == [
        {"kind": "HARD", "level": 2, "source": "curated", "confidence": 1.0, "anyOf": [{"id": "atlas:python"}]}
    ]
    assert gap(api, KNOWS_PYTHON)["skills"][1]["prerequisitesMissing"] == []


def test_a_cv_gives_evidence_with_places(api: Api) -> None:
    text = "\U0001f600 Experience\nI worked with SQL and pandas for five years.\n"
    found = gap(api, {"text": text})
    read = [evidence for row in found["skills"] for evidence in row["evidence"] if evidence["source"] == "text"]
    assert {evidence["text"] for evidence in read} >= {"SQL", "pandas"}
    for evidence in read:
        assert text[evidence["start"] : evidence["end"]] == evidence["text"]
    # What is named is stronger than what a text says.
    denied = gap(api, {"text": text, "notHeld": ["atlas:sql"]})
    assert {row["skill"]["id"]: row["status"] for row in denied["skills"]}["atlas:sql"] == "MISSING"


def test_a_cv_that_denies_gives_evidence_with_places(api: Api) -> None:
    text = "Skills\nI have no experience with SQL.\n"
    rows = {row["skill"]["id"]: row for row in gap(api, {"text": text})["skills"]}
    (evidence,) = rows["atlas:sql"]["evidence"]
    assert rows["atlas:sql"]["status"] == "MISSING"
    assert (evidence["source"], evidence["text"]) == ("text", "SQL")
    assert text[evidence["start"] : evidence["end"]] == "SQL"
    assert 0.5 <= evidence["confidence"] <= 1


def test_a_job_post_is_a_target(api: Api) -> None:
    found = gap(api, {}, {"text": "Requirements:\n- SQL is required\n\nNice to have:\n- pandas\n"})
    assert found["target"] is None
    assert {row["skill"]["id"]: row["necessity"] for row in found["skills"]} == {
        "atlas:sql": "ESSENTIAL",
        "atlas:pandas": "OPTIONAL",
    }


def test_a_target_that_requires_nothing(api: Api) -> None:
    targets: list[dict[str, Any]] = [{"roleId": "atlas:role.idle"}, {"skills": []}, {"text": "nothing"}, {"text": ""}]
    for target in targets:
        found = gap(api, KNOWS_PYTHON, target)
        assert found["readiness"] is None
        assert found["essential"]["coverage"] == 0
        assert found["warnings"]


def test_skills_are_a_target(api: Api) -> None:
    found = gap(
        api,
        {"roleIds": ["atlas:role.data-analyst"]},
        {
            "skills": [
                {"skillId": "https://w3id.org/skillatlas/id/sql", "level": 3, "importance": 50},
                {"skillId": "atlas:cpp"},
            ]
        },
    )
    assert [(row["skill"]["id"], row["status"], row["importance"]) for row in found["skills"]] == [
        ("atlas:sql", "MET", 50.0),
        ("atlas:cpp", "UNKNOWN", None),
    ]


def test_the_same_question_has_the_same_id(api: Api) -> None:
    plain = {"skills": [{"skillId": "atlas:sql"}, {"skillId": "atlas:pandas"}]}
    same = {
        "skills": [
            {"skillId": "atlas:pandas", "level": None, "confidence": 1},
            {"skillId": "https://w3id.org/skillatlas/id/sql", "confidence": None},
        ],
        "notHeld": None,
        "complete": None,
        "text": None,
    }
    assert gap(api, plain) == gap(api, same, scheme=None)
    for blank in ("", " \n\u3000"):
        assert gap(api, {**plain, "text": blank}) == gap(api, plain)
        assert paths(api, {**plain, "text": blank})["id"] == paths(api, plain)["id"]
    empty, space = (gap(api, plain, {"text": text})["id"] for text in ("", " "))
    assert empty != space
    questions: list[tuple[dict[str, Any], dict[str, Any]]] = [
        (plain, ROLE),
        ({**plain, "complete": True}, ROLE),
        ({**plain, "text": "x"}, ROLE),
        ({**plain, "text": "\ud800"}, ROLE),
        (plain, {"roleId": "atlas:role.idle"}),
    ]
    ids = {gap(api, profile, target)["id"] for profile, target in questions}
    assert len(ids) == 5
    assert paths(api, plain)["id"] not in ids


@pytest.mark.parametrize(
    ("profile", "target", "code", "named"),
    [
        ({}, {}, "BAD_INPUT", "target"),
        ({}, {"roleId": "atlas:role.idle", "text": "x"}, "BAD_INPUT", "target"),
        ({}, {"roleId": None, "skills": None, "text": None}, "BAD_INPUT", "target"),
        ({}, {"roleId": "atlas:role.none"}, "NOT_FOUND", "atlas:role.none"),
        ({}, {"roleId": "atlas:sql"}, "NOT_FOUND", "atlas:sql"),
        ({"roleIds": ["atlas:role.none"]}, ROLE, "NOT_FOUND", "atlas:role.none"),
        ({"skills": [{"skillId": "atlas:none"}]}, ROLE, "BAD_INPUT", "atlas:none"),
        ({"notHeld": ["atlas:none"]}, ROLE, "BAD_INPUT", "atlas:none"),
        ({"skills": [{"skillId": "atlas:sql", "level": 0}]}, ROLE, "BAD_INPUT", "level"),
        ({"skills": [{"skillId": "atlas:sql", "level": 6}]}, ROLE, "BAD_INPUT", "level"),
        ({"skills": [{"skillId": "atlas:sql", "confidence": 1.5}]}, ROLE, "BAD_INPUT", "confidence"),
        ({"skills": [{"skillId": "atlas:sql"}], "notHeld": ["atlas:sql"]}, ROLE, "BAD_INPUT", "atlas:sql"),
        ({}, {"skills": [{"skillId": "atlas:sql", "importance": 101}]}, "BAD_INPUT", "importance"),
        ({}, {"skills": [{"skillId": "atlas:none"}]}, "BAD_INPUT", "atlas:none"),
        ({"notHeld": ["atlas:sql"] * 501}, ROLE, "LIMIT_EXCEEDED", "notHeld"),
    ],
)
@pytest.mark.parametrize("field", ["skillGap", "learningPaths"])
def test_faults_of_the_question(
    api: Api, field: str, profile: dict[str, Any], target: dict[str, Any], code: str, named: str
) -> None:
    kind = "SkillGapInput" if field == "skillGap" else "LearningPathsInput"
    found, message = api.refuse(
        f"query($input: {kind}!) {{ {field}(input: $input) {{ id }} }}", input={"profile": profile, "target": target}
    )
    assert found == code
    assert named in message


def test_unknown_scheme_and_release(api: Api) -> None:
    given = {"profile": {}, "target": {"text": "x"}, "scheme": "nope"}
    assert api.refuse(GAP, input=given)[0] == "NOT_FOUND"
    query = GAP.replace("skillGap(input: $input)", "skillGap(input: $input, release: 7)")
    assert api.refuse(query, input={"profile": {}, "target": ROLE})[0] == "NOT_FOUND"


def test_deprecated_ids_count_as_what_replaced_them(own_api: Api) -> None:
    retired = Replacement(ReplacementKind.RETIRED)
    own_api.publish(
        [
            concept("atlas:cpp", ConceptKind.SKILL, "C++", status=ConceptStatus.DEPRECATED, replacement=retired),
            concept("atlas:role.idle", ConceptKind.ROLE, "idler", status=ConceptStatus.DEPRECATED, replacement=retired),
        ]
    )
    found = gap(own_api, {"skills": [{"skillId": "atlas:ml-old"}, {"skillId": "atlas:cpp"}]})
    assert any("atlas:ml-old" in warning for warning in found["warnings"])
    assert any("atlas:cpp" in warning for warning in found["warnings"])
    code, message = own_api.refuse(GAP, input={"profile": {}, "target": {"roleId": "atlas:role.idle"}})
    assert (code, "atlas:role.idle" in message) == ("BAD_INPUT", True)


def test_all_fields_of_learning_paths(api: Api) -> None:
    found = paths(api, {"complete": True}, hoursPerWeek=10, startDate="2026-03-02")
    assert (found["release"], found["status"], found["uncovered"]) == (1, "OPTIMAL", [])
    plan = found["plans"][0]
    assert (plan["objective"], plan["status"], plan["hours"]) == ("FASTEST", "OPTIMAL", 90.0)
    assert plan["objectiveValue"] == plan["bound"] == 90.0
    assert plan["prices"] == [{"amount": 59.0, "currency": "EUR"}]
    assert {step["course"]["id"] for step in plan["steps"]} == {
        "demo:pandas-1",
        "demo:python-1",
        "demo:sql-1",
        "demo:stats-1",
    }
    orders = {step["course"]["id"]: step["order"] for step in plan["steps"]}
    assert orders["demo:python-1"] < orders["demo:pandas-1"]
    assert sorted(orders.values()) == [1, 2, 3, 4]
    (satisfied,) = plan["steps"][orders["demo:pandas-1"] - 1]["prerequisites"]
    assert satisfied == {
        "clause": {"kind": "HARD", "anyOf": [{"skill": {"id": "atlas:python"}, "level": 2}]},
        "by": {"id": "atlas:python"},
        "step": orders["demo:python-1"],
    }
    assert plan["steps"][0]["startDate"] == "2026-03-02"
    assert plan["steps"][-1]["endDate"] == plan["finishDate"] == "2026-05-03"  # floor((90 - ε) × 7 / 10) = 62 days
    assert plan["essentialAfter"]["met"] == 3
    assert all(step["why"] and step["zh"] for step in plan["steps"])
    assert found["parameters"]


def test_what_is_met_needs_no_plan(api: Api) -> None:
    held = [{"skillId": f"atlas:{skill}", "level": 5} for skill in ("sql", "pandas", "statistics")]
    found = paths(api, {"skills": held})
    assert found["status"] == "OPTIMAL"
    assert found["plans"][0]["steps"] == []
    assert found["plans"][0]["finishDate"] is None


def test_what_cannot_be_reached_is_named(api: Api) -> None:
    target = {"skills": [{"skillId": "atlas:cpp"}, {"skillId": "atlas:sql"}]}
    found = paths(api, {}, target)
    assert found["status"] == "INFEASIBLE"
    assert [(row["skill"]["id"], row["reason"]) for row in found["uncovered"]] == [("atlas:cpp", "NO_COURSE")]
    assert found["plans"][0]["steps"][0]["course"]["id"] == "demo:sql-1"
    excluded = paths(api, {}, target, excludeCourseIds=["demo:sql-1"])
    assert {row["skill"]["id"]: row["reason"] for row in excluded["uncovered"]}["atlas:sql"] == "FILTERED"


def test_any_finite_budget_is_one(api: Api) -> None:
    query = """{ learningPaths(input: {profile: {}, target: {roleId: "atlas:role.data-analyst"},
        budget: {amount: %s, currency: "EUR"}}) { status plans { hours } } }"""
    enough = api.ask(query % "59")["learningPaths"]
    assert enough["plans"][0]["hours"] > 0
    for amount in ("1e18", "1.7e308", "1000000000000000000"):
        assert api.ask(query % amount)["learningPaths"] == enough
    for amount in ("1e400", "-1e400"):
        code, message = api.refuse(query % amount)
        assert (code, "amount" in message) == ("BAD_INPUT", True)


@pytest.mark.parametrize(
    ("options", "code", "named"),
    [
        ({"hoursPerWeek": 0}, "BAD_INPUT", "hoursPerWeek"),
        ({"hoursPerWeek": 81}, "BAD_INPUT", "hoursPerWeek"),
        ({"deadline": "2026-01-01"}, "BAD_INPUT", "startDate"),
        ({"catalogues": ["nope"]}, "NOT_FOUND", "nope"),
        ({"excludeCourseIds": ["demo:nope"]}, "BAD_INPUT", "demo:nope"),
        ({"budget": {"amount": -1, "currency": "EUR"}}, "BAD_INPUT", "budget"),
        ({"alternatives": -1}, "BAD_INPUT", "alternatives"),
    ],
)
def test_faults_of_the_plan(api: Api, options: dict[str, Any], code: str, named: str) -> None:
    found, message = api.refuse(PATHS, input={"profile": {}, "target": ROLE, **options})
    assert found == code
    assert named in message


@pytest.mark.parametrize("day", ["2026-13-01", "tomorrow", "20260101", 5, "2026-W01-1", "２０２６-01-01"])
def test_dates_that_are_none(api: Api, day: Any) -> None:
    assert api.reject(PATHS, input={"profile": {}, "target": ROLE, "startDate": day})[0] == "BAD_INPUT"
